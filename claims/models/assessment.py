"""What the desk found, and the vocabulary it says it in."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Axis, Tone, TranslationMethod
from claims.editions.vocabulary import translated
from sources.fields import LanguageField
from sources.models import known, language_tag

from .claim import Claim


class VerificationStatusQuerySet(models.QuerySet["VerificationStatus"]):
    def on_axis(self, axis: Axis) -> Self:
        """The statuses that can be chosen today for one of the two questions."""
        return self.filter(axis=axis, retired=False)


class VerificationStatus(models.Model):
    """One word of the desk's vocabulary, with the definition that readers see.

    Can be reworded, re-ordered and retired, never deleted or recoded: old editions speak of it.
    """

    kept = True

    axis = models.CharField(_("question"), max_length=11, choices=Axis)
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("label"), max_length=80)
    definition = models.TextField(_("definition"))
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, default=Tone.OPEN)
    rating = models.PositiveSmallIntegerField(
        _("ClaimReview number"),
        null=True,
        blank=True,
        help_text=_("1 (false) to 5 (true), only where that says no more than the status."),
    )
    retired = models.BooleanField(_("retired"), default=False)

    objects = VerificationStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification status")
        verbose_name_plural = _("verification statuses")
        ordering = ["axis", "position", "code"]
        constraints = [
            known("axis", Axis.values),
            known("tone", Tone.values),
            models.UniqueConstraint(
                fields=["axis", "code"],
                name="status_code_once",
                violation_error_message=_("This code is taken."),
            ),
            models.CheckConstraint(
                name="status_rating_in_range",
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                violation_error_message=_("A ClaimReview number lies between 1 and 5."),
            ),
        ]

    def __str__(self) -> str:
        return translated(self.label)


class Assessment(models.Model):
    """The desk's answers to both questions, with its reasons. Append-only; the newest counts."""

    append_only = True

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assessments")
    attribution = models.ForeignKey(
        VerificationStatus,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"axis": Axis.ATTRIBUTION},
        verbose_name=_("Was it said?"),
    )
    finding = models.ForeignKey(
        VerificationStatus,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"axis": Axis.CONTENT},
        verbose_name=_("Is it so?"),
    )
    rationale = models.TextField(_("rationale"), help_text=_("Why, in Markdown; readers see it."))
    language = LanguageField(verbose_name=_("language of the rationale"), default="en")
    methods = models.TextField(_("methods"), blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    assessed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-pk"]
        constraints = [
            language_tag(),
            models.CheckConstraint(
                name="assessment_gives_reasons",
                condition=Q(rationale__regex=r"\S"),
                violation_error_message=_("An assessment needs its reasons."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribution} · {self.finding}"


class Translation(models.Model):
    """The statement, and the reasons for the finding, in another language.

    The original stays the text that counts. Published once somebody else has reviewed it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="translations")
    language = LanguageField(verbose_name=_("language"))
    text = models.TextField(_("statement"), max_length=2000)
    rationale = models.TextField(_("rationale"), blank=True)
    translator = models.CharField(_("translator"), max_length=200, blank=True)
    method = models.CharField(
        _("method"), max_length=16, choices=TranslationMethod, default=TranslationMethod.HUMAN
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["claim", "language"]
        constraints = [
            known("method", TranslationMethod.values),
            language_tag(),
            models.UniqueConstraint(
                fields=["claim", "language"],
                name="translation_once",
                violation_error_message=_("There is a translation into this language already."),
            ),
            models.CheckConstraint(
                name="translation_four_eyes",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("created_by")),
                violation_error_message=_("Nobody reviews their own translation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:60]}"
