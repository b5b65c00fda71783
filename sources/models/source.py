"""What was published or told, and what was made from what."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.choices import Access, DerivationCertainty, DerivationKind, SourceKind
from sources.fields import EDTFField, LanguageField

from .agent import Agent
from .row import Referenced, known, language_tag


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Any) -> Self:
        """What this person may see at the desk: of the protected sources, only their own."""
        if user.has_perm("sources.view_protected"):
            return self
        return self.exclude(~Q(created_by=user), access=Access.PROTECTED)

    def standing(self) -> Self:
        """What can be chosen: all but the duplicates that were merged into another."""
        return self.filter(merge__isnull=True)


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


class ProtectedView(models.Model):
    """Somebody at the desk was shown a protected source."""

    append_only = True

    source = models.ForeignKey(Source, models.PROTECT, related_name="views")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    place = models.CharField(_("where"), max_length=200, help_text=_("The address of the page."))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("view of a protected source")
        verbose_name_plural = _("views of protected sources")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.viewer}: {self.source.ref}"


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
