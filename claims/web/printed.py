"""The editions of a claim as its pages list them, and what they say changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.urls import reverse

from claims.editions.choices import TOMBSTONES
from claims.editions.corrections import Correction
from claims.editions.models import Edition

from . import words
from .languages import permanent_address

CHANGES = ("updated", "corrected", "minor", "redacted")


@dataclass(frozen=True)
class Publication:
    """The edition a page shows: one of the record, or a candidate that is not published yet."""

    ref: str
    number: int | None = None
    kind: str = "published"
    digest: str = ""
    published_at: datetime | None = None

    @classmethod
    def of(cls, edition: Edition) -> Self:
        return cls(edition.ref, edition.number, edition.kind, edition.digest, edition.published_at)

    @property
    def is_candidate(self) -> bool:
        return self.number is None

    @property
    def is_tombstone(self) -> bool:
        return self.kind in TOMBSTONES

    @property
    def path(self) -> str:
        return reverse("claim", args=[self.ref])

    @property
    def url(self) -> str:
        return permanent_address("claim", self.ref)

    @property
    def permalink(self) -> str:
        if self.number is None:
            return self.url
        return permanent_address("claim-edition", self.ref, self.number)

    @property
    def exact(self) -> str:
        """Where the hashed bytes are served, and nothing around them."""
        return f"{self.permalink.rstrip('/')}.content.json"

    @property
    def json(self) -> str:
        return f"/api/v1/claims/{self.ref}/"


@dataclass(frozen=True)
class Printed:
    """An edition in the list of a claim's editions. Of a candidate number and day are not known."""

    number: int | None
    kind: str
    said: str
    published_at: datetime | None
    digest: str
    note: str
    path: str
    is_this: bool
    redacted_in: int | None = None
    compare: str = ""  # with the edition before it, where there is something to compare

    @property
    def is_tombstone(self) -> bool:
        return self.kind in TOMBSTONES

    @property
    def retraction(self) -> bool:
        return self.kind == "retracted"

    @property
    def merge(self) -> bool:
        return self.kind == "merged"

    @property
    def correction(self) -> Correction | None:
        """What was, what is, and why, where the note says it in that order."""
        return Correction.read(self.note) if self.kind == "corrected" else None


@dataclass(frozen=True)
class CitedAs:
    """A claim that was merged into the one shown: readers may hold its ref."""

    ref: str
    path: str
    published_at: datetime
    reason: str


def editions_of(derived: dict[str, Any], publication: Publication) -> dict[str, Any]:
    """All editions, and for the banner: which is current and what came after this one."""
    # What an edition is to those who compare it; of a redacted one nothing is left to compare.
    kinds = {
        one["number"]: "redacted away" if one["redacted_in"] else one["kind"]
        for one in derived["editions"]
    }
    editions = [
        Printed(
            number=one["number"],
            kind=one["kind"],
            said=words.word(words.EDITION_KINDS, one["kind"]),
            published_at=datetime.fromisoformat(one["published_at"]),
            digest=one["digest"],
            note=one["note"],
            path=reverse("claim-edition", args=[publication.ref, one["number"]]),
            is_this=one["number"] == publication.number,
            redacted_in=one["redacted_in"],
            compare=_step(publication.ref, kinds, one["number"]),
        )
        for one in derived["editions"]
    ]
    later = [
        one for one in editions if publication.number and (one.number or 0) > publication.number
    ]
    return {
        "editions": editions,
        "this": next((one for one in editions if one.is_this), None),
        "current": editions[-1] if later else None,
        "later": later,
    }


def _step(ref: str, kinds: dict[int, str], number: int) -> str:
    """Where to read what an edition changed. A tombstone, and what follows one, changed all."""
    before = kinds.get(number - 1)
    nothing = (*TOMBSTONES, "redacted away")
    if before is None or before in nothing or kinds[number] in nothing:
        return ""
    return reverse("claim-compare", args=[ref, number - 1, number])


def changes(
    editions: list[Printed], content: dict[str, Any], publication: Publication
) -> list[Printed]:
    """What readers of this edition are told on top of it, the newest first.

    Every correction and update up to here; a minor edit only while it is the edition shown.
    """
    told = [
        one
        for one in editions
        if one.kind in CHANGES
        and (one.is_this or one.kind != "minor")
        and (publication.number is None or (one.number or 0) <= publication.number)
    ]
    if publication.is_candidate and content["change"]:
        told.append(
            Printed(
                number=None,
                kind=content["change"]["kind"],
                said=words.word(words.EDITION_KINDS, content["change"]["kind"]),
                published_at=None,
                digest=publication.digest,
                note=content["change"]["note"],
                path="",
                is_this=True,
            )
        )
    return told[::-1]


def cited_as(derived: dict[str, Any]) -> list[CitedAs]:
    return [
        CitedAs(
            ref=one["ref"],
            path=reverse("claim-edition", args=[one["ref"], one["edition"]]),
            published_at=datetime.fromisoformat(one["published_at"]),
            reason=one["reason"],
        )
        for one in derived.get("merged_here", [])
    ]
