"""What follows a move or a comment by itself, in the same transaction."""

from __future__ import annotations

from django.utils import timezone

from claims.models import Claim, Move, Notice, Review
from claims.webhooks.tasks import nudge

from . import assigning, notices


def after_move(move: Move) -> None:
    """Close what it answers, and tell whom it concerns; partners of what is in the record now."""
    _dealt_with(move.claim, move.by_id)
    # Who is asked to work on it next is read from the assignments before they are closed.
    notices.of_move(move)
    assigning.settle(move)
    if move.edition is not None:
        nudge()


def after_comment(review: Review) -> None:
    _dealt_with(review.claim, review.reviewer_id)
    notices.of_comment(review)


def _dealt_with(claim: Claim, user_id: int) -> None:
    """Whoever acts on a claim has read what they were told about it."""
    unread = Notice.objects.filter(recipient=user_id, claim=claim, read_at=None)
    unread.update(read_at=timezone.now())
