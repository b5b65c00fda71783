"""What is left in public of a claim that was retracted or merged: why, and the words to cite."""

from __future__ import annotations

from typing import NamedTuple, Self

from claims.editions.choices import EditionKind
from claims.editions.models import Edition
from claims.editions.stamps import stamp
from claims.models import Claim
from claims.moves import MERGE, RETRACT, MoveKind

from .content import Candidate

RETRACTION_SCHEMA = "factcheck-retraction-1"
MERGE_SCHEMA = "factcheck-merge-1"


class Notice(NamedTuple):
    """What is put where a claim stood, and the move by which it is. `into`: see MERGE."""

    move: MoveKind
    kind: EditionKind
    content: str
    reason: str
    into: Claim | None = None

    @classmethod
    def of_retraction(cls, last: Edition, reason: str) -> Self:
        return cls(RETRACT, EditionKind.RETRACTED, retraction(last, reason=reason).content, reason)

    @classmethod
    def of_merge(cls, last: Edition, reason: str, into: Claim) -> Self:
        content = merge_notice(last, into=into.ref, reason=reason).content
        return cls(MERGE, EditionKind.MERGED, content, reason, into)


def retraction(last: Edition, *, reason: str) -> Candidate:
    return _in_place_of(last, schema=RETRACTION_SCHEMA, reason=reason)


def merge_notice(last: Edition, *, into: str, reason: str) -> Candidate:
    """`into`: the ref of the claim at which readers go on."""
    return _in_place_of(last, schema=MERGE_SCHEMA, reason=reason, into=into)


def _in_place_of(last: Edition, **tells: str) -> Candidate:
    return Candidate.of(
        {
            "ref": last.ref,
            **tells,
            "citation": {
                "statement": last.document["statement"],
                "language": last.document["language"],
                "claimant_name": last.document["claimant_name"],
                "edition": last.number,
                "digest": last.digest,
                "published_at": stamp(last.published_at),
            },
        }
    )
