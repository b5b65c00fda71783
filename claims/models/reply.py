"""The right of reply."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import ReplyState
from sources.models import Agent, Source, known

from .claim import Claim


class ReplyRequest(models.Model):
    """Whom we asked about a claim, how, until when, and what they answered."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reply_requests")
    party = models.ForeignKey(Agent, models.PROTECT, related_name="+", verbose_name=_("party"))
    channel = models.CharField(_("channel"), max_length=200)
    text = models.TextField(_("text sent"), blank=True, help_text=_("Kept here, not published."))
    asked_on = models.DateField(_("asked on"))
    deadline = models.DateField(_("deadline"))
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=ReplyState, default=ReplyState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("the answer as a source"),
    )

    class Meta:
        verbose_name = _("reply request")
        verbose_name_plural = _("reply requests")
        ordering = ["claim", "asked_on", "pk"]
        indexes = [
            # Which answers are due first?
            models.Index(
                fields=["deadline", "claim"], name="reply_open", condition=Q(state=ReplyState.OPEN)
            ),
        ]
        constraints = [
            known("state", ReplyState.values),
            models.CheckConstraint(
                name="reply_deadline_after_asking",
                condition=Q(deadline__gte=F("asked_on")),
                violation_error_message=_("The deadline cannot be before the day we asked."),
            ),
            models.CheckConstraint(
                name="reply_answer_fits_the_state",
                condition=Q(state=ReplyState.ANSWERED, answer__regex=r"\S")
                | ~Q(state=ReplyState.ANSWERED) & Q(answer=""),
                violation_error_message=_("An answered request has an answer; others have none."),
            ),
            models.CheckConstraint(
                name="reply_answered_after_asking",
                condition=Q(answered_on__isnull=True)
                | Q(state=ReplyState.ANSWERED, answered_on__gte=F("asked_on")),
                violation_error_message=_(
                    "The day of the answer belongs to an answered request, and cannot be before "
                    "the day we asked."
                ),
            ),
            models.CheckConstraint(
                name="reply_reminded_after_asking",
                condition=Q(reminded_on__isnull=True) | Q(reminded_on__gte=F("asked_on")),
                violation_error_message=_("A reminder cannot be before the day we asked."),
            ),
            models.CheckConstraint(
                name="reply_source_is_an_answer",
                condition=Q(source__isnull=True) | Q(state=ReplyState.ANSWERED),
                violation_error_message=_("Only an answer is filed as a source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.asked_on}"
