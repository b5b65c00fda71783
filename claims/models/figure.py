"""Numbers of people harmed, as worded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Bound, FigureHarm
from sources.fields import LanguageField
from sources.models import Referenced, known, language_tag

from .claim import Claim

# Which numbers each wording has. "A word" may or may not be turned into numbers by a stated rule.
LOWER, UPPER = Q(minimum__isnull=False), Q(maximum__isnull=False)
NUMBERS_FIT_THE_BOUND = (
    Q(bound=Bound.EXACT) & LOWER & Q(maximum=F("minimum"))
    | Q(bound=Bound.AT_LEAST) & LOWER & ~UPPER
    | Q(bound=Bound.AT_MOST) & ~LOWER & UPPER
    | Q(bound__in=[Bound.ABOUT, Bound.RANGE]) & LOWER & UPPER
    | Q(bound=Bound.WORD)
    | Q(bound=Bound.COMPOSITION_ONLY) & ~LOWER & ~UPPER
)


class Figure(Referenced):
    """How many were harmed, in a claimant's own words. `maximum` NULL is an open end.

    Figures are never summed, averaged or halved, and a denial has none.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="figures")
    harm = models.CharField(_("harm"), max_length=9, choices=FigureHarm)
    population = models.CharField(
        _("population"), max_length=200, help_text=_("Such as “civilians”.")
    )
    subgroup = models.CharField(_("subgroup"), max_length=200, blank=True)
    bound = models.CharField(_("bound"), max_length=16, choices=Bound)
    minimum = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    maximum = models.PositiveIntegerField(
        _("at most"), null=True, blank=True, help_text=_("Empty is an open end.")
    )
    words = models.CharField(_("words"), max_length=300, help_text=_("Verbatim."))
    language = LanguageField(verbose_name=_("language of the words"), default="en")
    rule = models.CharField(
        _("rule used"),
        max_length=200,
        blank=True,
        help_text=_("How the words were turned into numbers, where that is not plain."),
    )

    class Meta(Referenced.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["claim", "pk"]
        constraints = [
            *Referenced.Meta.constraints,
            known("harm", FigureHarm.values),
            known("bound", Bound.values),
            language_tag(),
            models.CheckConstraint(
                name="figure_from_is_not_above_to",
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(maximum__gte=F("minimum")),
                violation_error_message=_("“At least” cannot be more than “at most”."),
            ),
            models.CheckConstraint(
                name="figure_numbers_fit_the_bound",
                condition=NUMBERS_FIT_THE_BOUND,
                violation_error_message=_(
                    "The numbers do not fit the bound: “exactly” needs the same number twice, “at "
                    "least” only the lower one, “at most” only the upper one, “about” and "
                    "“from–to” both, “who, not how many” none."
                ),
            ),
            models.CheckConstraint(
                name="figure_keeps_the_words",
                condition=Q(words__regex=r"\S"),
                violation_error_message=_(
                    "Keep the words as printed: a number alone is not enough."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words
