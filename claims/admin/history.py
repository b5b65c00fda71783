"""What happened to a claim, in the words of the desk: one story of moves, comments and changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Decision, State
from claims.editions.vocabulary import translated
from claims.models import Claim, Move, Remark, Review, VerificationStatus
from claims.moves import MERGE, MOVES, SPLIT
from claims.roles import role_name
from sources.admin.history import Act, Deed, Story
from sources.admin.names import SAID, Names
from sources.models import Change
from sources.reading import arrow

MOVED, REVIEWED = Move._meta.db_table, Review._meta.db_table
OUTCOMES = {move.action: move.outcome for move in MOVES}
# What the same moves are to the other claim that they name.
OUTCOMES_HERE = {
    MERGE.action: gettext_lazy("another claim was merged into this one"),
    SPLIT.action: gettext_lazy("split off from another claim"),
}

SAID[Group] = role_name
SAID[VerificationStatus] = translated


def on_the_way(start: State, end: State) -> str:
    """From one state to another, in the direction in which the page is read."""
    if start == end:
        return ""
    return f"{start.label} {arrow()} {end.label}"


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
            on_the_way(State(move.from_state), State(move.to_state)),
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


class ClaimStory(Story):
    """The moves stand above what was changed with them; the state is told by them alone."""

    told_otherwise = frozenset({"state"})

    def acts(self, changes: Sequence[Change]) -> list[Act]:
        reviews = [change.row_id for change in changes if change.table_name == REVIEWED]
        self._remarks: dict[int, list[tuple[str, str]]] = defaultdict(list)
        if reviews:
            for remark in Remark.objects.filter(review__in=reviews):
                self._remarks[remark.review_id].append((remark.part, remark.text))
        return super().acts(changes)

    def deeds(self, group: list[Change], names: Names) -> tuple[list[Deed], list[Change]]:
        moves = [change for change in group if change.table_name == MOVED]
        reviews = [change for change in group if change.table_name == REVIEWED]
        rest = [change for change in group if change.table_name not in (MOVED, REVIEWED)]
        remarks = [remark for review in reviews for remark in self._remarks[review.row_id]]
        if moves:
            return [self._moved(move, names, remarks) for move in reversed(moves)], rest
        return [self._said(review.row, remarks) for review in reversed(reviews)], rest

    def _moved(self, change: Change, names: Names, remarks: Sequence[tuple[str, str]]) -> Deed:
        move = change.row
        if move["claim_id"] != self.thing.pk:
            what = OUTCOMES_HERE.get(move["action"], move["action"])
            other = names.at(change, Claim, move["claim_id"])
            return Deed(str(what), other=other, note=move["note"])
        start, end = (State(move[column]) for column in ("from_state", "to_state"))
        return Deed(
            str(OUTCOMES.get(move["action"], move["action"])),
            states=on_the_way(start, end),
            other=names.at(change, Claim, move["other_id"]) if move.get("other_id") else "",
            note=move["note"],
            digest=move["digest"],
            edition=move["edition"],
            remarks=remarks,
        )

    def _said(self, review: dict[str, Any], remarks: Sequence[tuple[str, str]]) -> Deed:
        commented = review["decision"] == Decision.COMMENT
        what = _("commented") if commented else str(Decision(review["decision"]).label)
        return Deed(what, note=review["note"], digest=review["digest"], remarks=remarks)
