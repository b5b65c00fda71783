"""A claim in a list: claimant, statement, both answers, and whether it is disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.editions.models import PublishedClaim

from . import words
from .boxes import box_in_words
from .dispute import Disputer, disputers
from .people import Claimant, When
from .reading import Reading, in_the_desks_words
from .statuses import Status
from .text import Said


@dataclass(frozen=True)
class Event:
    """What happened, or is said to have: its time and place as they were asserted."""

    ref: str
    label: Said
    existence: str
    time: When | None
    place: Said | None
    precision: str
    box: str

    @classmethod
    def of(cls, value: dict[str, Any] | None) -> Event | None:
        if value is None:
            return None
        place = value["place"]
        return cls(
            ref=value["ref"],
            label=Said(value["label"], value["language"]),
            existence=words.word(words.EXISTENCE, value["existence"]),
            time=When.of(value["time"]),
            place=Said(place["name"]) if place else None,
            precision=words.word(words.PRECISION, place["precision"]) if place else "",
            # Contents of the first two schemas have none.
            box=box_in_words(place.get("box")) if place else "",
        )


@dataclass(frozen=True)
class Entry:
    ref: str
    url: str
    claimant: Claimant
    statement: Said
    reading: Reading
    aspect: str
    attribution: dict[str, Any]
    finding: dict[str, Any]
    disputed: bool
    disputers: list[Disputer]
    event: Event | None
    number: int
    published_at: datetime

    @property
    def said(self) -> Status:
        return Status.of("attribution", self.attribution, self.ref)

    @property
    def so(self) -> Status:
        return Status.of("content", self.finding, self.ref)

    @property
    def more_disputers(self) -> int:
        return len(self.disputers) - 1

    @classmethod
    def of(cls, claim: PublishedClaim) -> Entry:
        content = claim.edition.document
        reading = Reading.of(content)
        return cls(
            ref=claim.ref,
            url=claim.get_absolute_url(),
            claimant=Claimant.of(content),
            statement=reading.shown,
            reading=reading,
            aspect=content["aspect"],
            attribution=in_the_desks_words(content["attribution"]),
            finding=in_the_desks_words(content["finding"]),
            disputed=claim.disputed,
            disputers=disputers(claim.facts),
            event=Event.of(content["event"]),
            number=claim.edition.number,
            published_at=claim.published_at,
        )


@dataclass(frozen=True)
class Group:
    """Entries on one event, or on none."""

    event: Event | None
    entries: list[Entry]


def by_event(entries: list[Entry]) -> list[Group]:
    """Grouped by event, in the order in which the events first come up; what has none is last."""
    groups: dict[str, Group] = {}
    for entry in entries:
        key = entry.event.ref if entry.event else ""
        groups.setdefault(key, Group(entry.event, [])).entries.append(entry)
    return sorted(groups.values(), key=lambda group: group.event is None)
