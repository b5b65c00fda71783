"""Proposals: claims and sources that partners would have the desk look into."""

from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.intake.choices import OPEN, ProposalKind, ProposalState
from claims.partners.models import Partner

LONGEST_KEY = 255
LONGEST_ANSWER = 2000


def new_ticket() -> str:
    """Twenty-two random characters: a name that says nothing and that nobody can guess."""
    return secrets.token_urlsafe(16)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        """What the desk still has to decide about."""
        return self.filter(state__in=OPEN)

    def of(self, partner: Partner) -> Self:
        """What this partner proposed: no other partner ever sees it."""
        return self.filter(partner=partner)

    def same_words(self, proposal: Proposal) -> Self:
        """What else says exactly this, whoever proposed it."""
        return self.filter(digest=proposal.digest).exclude(pk=proposal.pk)


class Proposal(models.Model):
    """A claim or a source that a partner proposes. It is never public.

    What was sent never changes; the desk adds a state, and a sentence when it declines. `number`
    counts the proposals of one partner; `ticket` is what the partner finds it by. `idempotency_key`
    is the partner's own word for this proposal: under the same one it is filed once, for ever.
    `digest` is of what is proposed. `led_to` is the ref of the draft, or of the source, that the
    desk made of it.
    """

    kept = True

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="proposals", verbose_name=_("partner")
    )
    number = models.PositiveBigIntegerField(_("number"))
    ticket = models.CharField(max_length=22, unique=True, default=new_ticket)
    idempotency_key = models.CharField(max_length=LONGEST_KEY)
    kind = models.CharField(_("kind"), max_length=6, choices=ProposalKind)
    content = models.JSONField(_("what is proposed"))
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("day of receipt"), db_default=Now())

    state = models.CharField(
        _("state"), max_length=9, choices=ProposalState, default=ProposalState.RECEIVED
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    answer = models.TextField(
        _("why it was declined"),
        blank=True,
        max_length=LONGEST_ANSWER,
        help_text=_("The partner reads this sentence."),
    )
    led_to = models.CharField(
        _("led to"), max_length=8, blank=True, help_text=_("What the desk made of it.")
    )
    settled_at = models.DateTimeField(_("decided"), null=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-id"], name="proposals_in_a_state"),  # What is new?
            models.Index(fields=["digest"], name="proposals_by_words"),  # Did we get this already?
            models.Index(  # How many of this partner's are not decided yet?
                fields=["partner"], name="proposals_open", condition=Q(state__in=OPEN)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "idempotency_key"], name="proposal_filed_once"
            ),
            models.UniqueConstraint(fields=["partner", "number"], name="proposal_number_once"),
            models.CheckConstraint(name="proposal_kind", condition=Q(kind__in=ProposalKind.values)),
            models.CheckConstraint(
                name="proposal_state", condition=Q(state__in=ProposalState.values)
            ),
            models.CheckConstraint(
                name="proposal_in_somebodys_hands",
                condition=Q(state=ProposalState.RECEIVED) | Q(taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_declined_in_words",
                condition=Q(state=ProposalState.DECLINED, answer__regex=r"\S")
                | ~Q(state=ProposalState.DECLINED) & Q(answer=""),
                violation_error_message=_("Say to the partner why it is declined."),
            ),
            models.CheckConstraint(
                name="proposal_taken_up_leads_somewhere",
                condition=Q(state=ProposalState.TAKEN_UP) & ~Q(led_to="")
                | ~Q(state=ProposalState.TAKEN_UP) & Q(led_to=""),
            ),
            models.CheckConstraint(
                name="proposal_settled_or_not",
                condition=Q(state__in=OPEN, settled_at__isnull=True)
                | ~Q(state__in=OPEN) & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"\u2068{self.partner}\u2069, {self.number}: \u2068{self.in_short}\u2069"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def in_short(self) -> str:
        """What it is about in a line: who says it stands before what is said."""
        said: dict[str, Any] = self.content
        if self.kind == ProposalKind.CLAIM:
            words = f"{said['claimant']['name']}: {said['statement']}"
        else:
            words = said["title"]
        words = " ".join(words.split())
        return words if len(words) <= 120 else f"{words[:119]}…"
