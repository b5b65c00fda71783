"""Who speaks, under which names, in which roles, and how far they can be relied on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from sources.choices import AgentKind, NameKind, Reliability
from sources.fields import EDTFField, LanguageField

from .row import Referenced, known, language_tag


class AgentQuerySet(models.QuerySet["Agent"]):
    def parties(self) -> Self:
        """Those who take part in the conflict that is reported on."""
        return self.filter(party=True)

    def standing(self) -> Self:
        """Who can be chosen: all but the duplicates that were merged into another."""
        return self.filter(merge__isnull=True)

    def named_in(self, text: str) -> list[Agent]:
        """Those of whom one name or another stands in this text, as a word of its own."""
        text = f" {text} "
        candidates = (
            self.annotate(text=Value(text, output_field=models.TextField()))
            .filter(Q(text__icontains=F("name")) | Q(text__icontains=F("names__name")))
            .distinct()
            .prefetch_related("names")
        )
        return [
            agent
            for agent in candidates
            if any(
                re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
                for name in (agent.name, *(other.name for other in agent.names.all()))
            )
        ]


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


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def held(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Roles that may have been held at some time between these days; None is an open end."""
        rows = self
        if last is not None:
            rows = rows.filter(Q(begins_earliest=None) | Q(begins_earliest__lte=last))
        if first is not None:
            rows = rows.filter(Q(ends_latest=None) | Q(ends_latest__gte=first))
        return rows


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

    objects = AffiliationQuerySet.as_manager()

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
