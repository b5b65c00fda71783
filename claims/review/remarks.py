"""What reviewers say about single parts of a claim's content, and to which content they said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Decision
from claims.models import Claim, Remark, Review

Remarks = Mapping[str, str]  # by part
NONE: Remarks = MappingProxyType({})

# The parts that every claim has; a piece of evidence is a part of its own: "evidence/" and its ref.
PARTS = (
    "change",
    "statement",
    "claimant",
    "event",
    "figures",
    "relations",
    "assessment",
    "replies",
    "translations",
    "independence",
)


def parts_of(document: Mapping[str, Any]) -> list[str]:
    """What can be remarked on in this content."""
    return [*PARTS, *(f"evidence/{item['ref']}" for item in document["evidence"])]


def in_brief(note: str, remarks: Remarks) -> str:
    """The note of a review. Who has said all there is to say at the parts need not say it twice:
    their first remark is the note then."""
    said = [text.strip() for text in remarks.values() if text.strip()]
    return note.strip() or next(iter(said), "")


def write_remarks(review: Review, remarks: Remarks, document: Mapping[str, Any]) -> None:
    """Keep the remarks of a review, in the order of the parts."""
    parts = parts_of(document)
    unknown = [part for part, text in remarks.items() if text.strip() and part not in parts]
    if unknown:
        raise ValueError(f"This content has no part {unknown[0]}.")
    Remark.objects.bulk_create(
        Remark(review=review, part=part, text=remarks[part].strip())
        for part in parts
        if remarks.get(part, "").strip()
    )


@dataclass(frozen=True)
class Letter:
    """One review as it is read later. It is outdated once the content is not the same any more."""

    who: str
    at: datetime
    decision: str
    approves: bool
    note: str
    digest: str
    outdated: bool
    remarks: tuple[tuple[str, str], ...]  # part, text

    @property
    def short(self) -> str:
        return self.digest[:12]


def conversation(claim: Claim, digest: str) -> list[Letter]:
    """What reviewers said since the last edition, the newest first."""
    reviews = claim.reviews.select_related("reviewer").prefetch_related("remarks")
    published = claim.moves.filter(edition__isnull=False).last()
    if published is not None:
        reviews = reviews.filter(at__gt=published.at)
    return [_letter(review, digest) for review in reviews.order_by("-pk")]


def _letter(review: Review, digest: str) -> Letter:
    remarks = tuple((one.part, one.text) for one in review.remarks.all())
    echo = review.note in {text for _part, text in remarks}  # made from one: see `in_brief`
    return Letter(
        who=name_of(review.reviewer),
        at=review.at,
        decision=review.get_decision_display(),
        approves=review.decision == Decision.APPROVE,
        note="" if echo else review.note,
        digest=review.digest,
        outdated=review.digest != digest,
        remarks=remarks,
    )


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


def by_part(letters: list[Letter]) -> dict[str, list[tuple[Letter, str]]]:
    """The remarks on each part, each with the review it belongs to, the newest first."""
    found: dict[str, list[tuple[Letter, str]]] = {}
    for letter in letters:
        for part, text in letter.remarks:
            found.setdefault(part, []).append((letter, text))
    return found
