"""What happened to a claim, in the words of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from claims.choices import Decision
from claims.models import Claim


@dataclass(frozen=True)
class Step:
    """One line of the history: who did what, when, to which content."""

    at: datetime
    who: str
    what: str
    states: str
    note: str
    digest: str
    edition: int | None = None

    @property
    def short(self) -> str:
        return self.digest[:12]


def history(claim: Claim) -> list[Step]:
    """Every move, and every comment between the moves, the newest first."""
    moves = [
        Step(
            move.at,
            move.by.get_full_name() or move.by.get_username(),
            move.get_action_display(),
            ""
            if move.from_state == move.to_state
            else f"{move.get_from_state_display()} → {move.get_to_state_display()}",
            move.note,
            move.digest,
            move.edition,
        )
        for move in claim.moves.select_related("by")
    ]
    comments = [
        Step(
            review.at,
            review.reviewer.get_full_name() or review.reviewer.get_username(),
            _("commented"),
            "",
            review.note,
            review.digest,
        )
        for review in claim.reviews.filter(decision=Decision.COMMENT).select_related("reviewer")
    ]
    return sorted([*moves, *comments], key=lambda step: step.at, reverse=True)
