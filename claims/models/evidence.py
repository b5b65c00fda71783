"""What a claim rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Basis, BearsOn, Credibility, Stance
from sources.fields import LanguageField
from sources.models import Referenced, Source, known, language_tag

from .claim import Claim


class Evidence(Referenced):
    """What one source does for one claim.

    A link that bears on attribution and has a quotation is the claim's appearance
    (schema:appearance). The quotation is a W3C TextQuoteSelector: the exact words in their own
    language, with what stands before and after them.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="evidence", verbose_name=_("source")
    )
    bears_on = models.CharField(
        _("bears on"), max_length=11, choices=BearsOn, default=BearsOn.ATTRIBUTION
    )
    stance = models.CharField(_("stance"), max_length=9, choices=Stance, default=Stance.SUPPORTS)
    basis = models.CharField(_("basis"), max_length=18, choices=Basis, default=Basis.UNKNOWN)
    exact = models.TextField(
        _("quotation"), blank=True, max_length=5000, help_text=_("Word for word, as printed.")
    )
    prefix = models.CharField(_("words before"), max_length=300, blank=True)
    suffix = models.CharField(_("words after"), max_length=300, blank=True)
    language = LanguageField(verbose_name=_("language of the quotation"), blank=True)
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Page, paragraph, time code.")
    )
    credibility = models.PositiveSmallIntegerField(
        _("credibility"), choices=Credibility, default=Credibility.CANNOT_BE_JUDGED
    )
    note = models.TextField(_("public note"), blank=True)

    class Meta(Referenced.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "pk"]
        constraints = [
            *Referenced.Meta.constraints,
            known("bears_on", BearsOn.values),
            known("stance", Stance.values),
            known("basis", Basis.values),
            known("credibility", Credibility.values),
            language_tag(),
            models.CheckConstraint(
                name="evidence_context_needs_a_quotation",
                condition=Q(prefix="", suffix="") | Q(exact__regex=r"\S"),
                violation_error_message=_(
                    "Words before and after belong to a quotation: write the quotation too."
                ),
            ),
            models.CheckConstraint(
                name="evidence_quotation_has_a_language",
                condition=Q(exact="") | ~Q(language=""),
                violation_error_message=_("Say in which language the quotation is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_bears_on_display()})"
