"""Who speaks, what was published, and what was made from what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .choices import (
    Access,
    AgentKind,
    DerivationCertainty,
    DerivationKind,
    NameKind,
    Reliability,
    SourceKind,
)
from .fields import LANGUAGE_FORMAT, REF_FORMAT, EDTFField, LanguageField, RefField


def known(field: str, values: Sequence[object]) -> models.CheckConstraint:
    """A column holds one of our words, whoever writes it."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_known", condition=Q(**{f"{field}__in": values})
    )


def language_tag(field: str = "language") -> models.CheckConstraint:
    """A column holds something shaped like a BCP 47 tag, or nothing."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_tag",
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": LANGUAGE_FORMAT}),
        violation_error_message=_("Write a language tag such as “fr”, “ar-ML” or “taq-Tfng”."),
    )


class Referenced(models.Model):
    """A row with a permanent public name."""

    ref = RefField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_ref_format", condition=Q(ref__regex=REF_FORMAT))
        ]


class AgentQuerySet(models.QuerySet["Agent"]):
    def parties(self) -> Self:
        """Those who take part in the conflict that is reported on."""
        return self.filter(party=True)


class Agent(Referenced):
    """Somebody who speaks, publishes or is spoken of (prov:Agent)."""

    kind = models.CharField(_("kind"), max_length=17, choices=AgentKind)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As it is to stand in a headline.")
    )
    language = LanguageField(verbose_name=_("language of the name"), default="en")
    party = models.BooleanField(
        _("party to the conflict"),
        default=False,
        help_text=_("Takes part in the conflict: their word alone is no independent origin."),
    )
    wikidata = models.CharField(_("Wikidata"), max_length=15, blank=True, help_text="Q42")
    note = models.TextField(_("note for the desk"), blank=True)

    objects = AgentQuerySet.as_manager()

    class Meta(Referenced.Meta):
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["name", "pk"]
        constraints = [
            *Referenced.Meta.constraints,
            known("kind", AgentKind.values),
            language_tag(),
            models.CheckConstraint(
                name="agent_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message=_("An agent needs a name."),
            ),
            models.CheckConstraint(
                name="agent_wikidata_id",
                condition=Q(wikidata="") | Q(wikidata__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message=_("A Wikidata id is a Q and a number, such as Q42."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgentName(models.Model):
    """Another name of an agent: in another language or script, an alias, an acronym."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    language = LanguageField(verbose_name=_("language"))
    kind = models.CharField(_("kind"), max_length=15, choices=NameKind, default=NameKind.NAME)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["agent", "name"]
        constraints = [
            known("kind", NameKind.values),
            language_tag(),
            models.UniqueConstraint(
                fields=["agent", "name", "language"],
                name="agent_name_once",
                violation_error_message=_("This agent has that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """The role an agent has in an organisation. A title is true on a date, not for ever."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Agent, models.PROTECT, related_name="members")
    role = models.CharField(_("role"), max_length=200, blank=True)
    begins = EDTFField(
        _("from"), earliest="begins_earliest", latest="begins_latest", help_text=_("EDTF")
    )
    begins_earliest = models.DateField(null=True, editable=False)
    begins_latest = models.DateField(null=True, editable=False)
    ends = EDTFField(
        _("until"), earliest="ends_earliest", latest="ends_latest", help_text=_("EDTF")
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["agent", "begins_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_with_another",
                condition=~Q(agent=F("organisation")),
                violation_error_message=_("An agent cannot belong to itself."),
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=Q(begins_earliest__isnull=True)
                | Q(ends_latest__isnull=True)
                | Q(ends_latest__gte=F("begins_earliest")),
                violation_error_message=_("An affiliation cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, {self.role or self.organisation}"


class ReliabilityRating(models.Model):
    """How far an agent can be relied on, in a given matter. Append-only; the newest counts."""

    append_only = True

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="ratings")
    grade = models.CharField(_("grade"), max_length=1, choices=Reliability, default=Reliability.F)
    scope = models.CharField(
        _("scope"), max_length=200, blank=True, help_text=_("On which matters this holds.")
    )
    rationale = models.TextField(_("rationale"))
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    rated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reliability rating")
        verbose_name_plural = _("reliability ratings")
        ordering = ["-pk"]
        constraints = [known("grade", Reliability.values)]

    def __str__(self) -> str:
        return self.get_grade_display()


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Any) -> Self:
        """What this person may see at the desk: of the protected sources, only their own."""
        if user.has_perm("sources.view_protected"):
            return self
        return self.exclude(~Q(created_by=user), access=Access.PROTECTED)


class Source(Referenced):
    """Something published or told that a claim can rest on (schema:CreativeWork)."""

    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    title = models.CharField(_("title"), max_length=500, help_text=_("As printed."))
    section = models.CharField(
        _("section"), max_length=200, blank=True, help_text=_("The heading it stood under.")
    )
    language = LanguageField(verbose_name=_("language"))
    publisher = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published",
        verbose_name=_("publisher"),
        help_text=_("Leave empty when it is not known."),
    )
    author = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authored",
        verbose_name=_("author"),
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    published = EDTFField(
        pgettext_lazy("date", "published"),
        earliest="published_earliest",
        latest="published_latest",
        help_text=_("EDTF: 2024-02-11, 2024-02, 2024-02-XX. Empty when it is not known."),
    )
    published_earliest = models.DateField(null=True, editable=False)
    published_latest = models.DateField(null=True, editable=False)
    published_as_printed = models.CharField(
        _("date as printed"),
        max_length=200,
        blank=True,
        help_text=_("The words, such as “Monday”."),
    )
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.PUBLIC)
    access_reason = models.CharField(_("reason for the access"), max_length=500, blank=True)
    placeholder = models.CharField(
        _("public placeholder"),
        max_length=200,
        blank=True,
        help_text=_(
            "All that the public will read of a protected source: “one protected source, "
            "first-hand witness”. Nothing that could identify them."
        ),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta(Referenced.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-pk"]
        permissions = [("view_protected", _("Can see protected sources"))]
        constraints = [
            *Referenced.Meta.constraints,
            known("kind", SourceKind.values),
            known("access", Access.values),
            language_tag(),
            models.CheckConstraint(
                name="source_has_a_title",
                condition=Q(title__regex=r"\S"),
                violation_error_message=_("A source needs a title, as printed."),
            ),
            models.CheckConstraint(
                name="source_access_has_a_reason",
                condition=Q(access=Access.PUBLIC) | Q(access_reason__regex=r"\S"),
                violation_error_message=_("Say why this source is restricted or protected."),
            ),
            models.CheckConstraint(
                name="source_protected_has_a_placeholder",
                condition=~Q(access=Access.PROTECTED) | Q(placeholder__regex=r"\S"),
                violation_error_message=_(
                    "A protected source needs the words that the public reads in its place."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_protected(self) -> bool:
        return self.access == Access.PROTECTED


class Derivation(models.Model):
    """One source came from another: ten reprints are one origin."""

    child = models.ForeignKey(Source, models.PROTECT, related_name="derived_from")
    parent = models.ForeignKey(Source, models.PROTECT, related_name="derivatives")
    kind = models.CharField(_("how"), max_length=14, choices=DerivationKind)
    certainty = models.CharField(
        _("certainty"),
        max_length=9,
        choices=DerivationCertainty,
        default=DerivationCertainty.SUSPECTED,
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        ordering = ["child", "parent"]
        constraints = [
            known("kind", DerivationKind.values),
            known("certainty", DerivationCertainty.values),
            models.UniqueConstraint(
                fields=["child", "parent", "kind"],
                name="derivation_once",
                violation_error_message=_("This derivation is on file already."),
            ),
            models.CheckConstraint(
                name="derivation_from_another",
                condition=~Q(child=F("parent")),
                violation_error_message=_("A source cannot come from itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} ← {self.parent}"


def as_printed_date(row: Any, field: str) -> dict[str, Any] | None:
    """A date of `row` with its bounds and the words as printed; None when nothing is known."""
    edtf, words = getattr(row, field), getattr(row, f"{field}_as_printed")
    if not edtf and not words:
        return None
    earliest, latest = getattr(row, f"{field}_earliest"), getattr(row, f"{field}_latest")
    return {
        "edtf": edtf,
        "as_printed": words,
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
    }
