"""What others wrote to the desk and nobody has looked at yet, counted on the desk's home."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from claims.intake.choices import LetterState, ProposalState
from claims.intake.models import Letter, Proposal

COUNTED = 100  # beyond it “99+”: nobody acts on the difference


@dataclass(frozen=True)
class Incoming:
    """So many that are new, and the list that shows them."""

    words: str
    address: str


def incoming(user: User) -> list[Incoming]:
    """New letters and proposals, for whoever may read them; no line for what there is not."""
    waiting = []
    if user.has_perm("intake.view_letter") and (
        count := _count(Letter.objects.filter(state=LetterState.NEW))
    ):
        words = ngettext("%(count)s new letter", "%(count)s new letters", count)
        address = f"{reverse('admin:intake_letter_changelist')}?state__exact={LetterState.NEW}"
        waiting.append(Incoming(words % {"count": _shown(count)}, address))
    if user.has_perm("intake.view_proposal") and (
        count := _count(Proposal.objects.filter(state=ProposalState.RECEIVED))
    ):
        words = ngettext(
            "%(count)s new proposal of a partner", "%(count)s new proposals of partners", count
        )
        new = ProposalState.RECEIVED
        address = f"{reverse('admin:intake_proposal_changelist')}?state__exact={new}"
        waiting.append(Incoming(words % {"count": _shown(count)}, address))
    return waiting


def _count(rows: QuerySet) -> int:
    return rows.order_by()[:COUNTED].count()


def _shown(count: int) -> str:
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)
