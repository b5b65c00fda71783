"""Claims beside one another: the sides of a dispute, and what one claim does to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from claims.editions.choices import DISPUTING
from claims.editions.vocabulary import translated

from . import words
from .reading import Reading, of_the_desk
from .statuses import Status
from .text import Said


@dataclass(frozen=True)
class Other:
    """Another claim, in the few words in which a page may name it: claimant first."""

    ref: str
    url: str
    claimant: Said
    role: str
    on_behalf_of: str
    statement: Said
    language_note: str
    quotations: tuple[Said, ...]
    finding: str
    status: Status
    retracted: bool

    @classmethod
    def of(cls, summary: Mapping[str, Any], where: str = "other") -> Other:
        """`where` tells apart the places on a page that name the same claim."""
        return cls(
            ref=summary["ref"],
            url=reverse("claim", args=[summary["ref"]]),
            claimant=Said(capfirst(translated(summary["claimant_name"]))),
            role=summary["claimant_role"],
            on_behalf_of=summary["on_behalf_of"],
            statement=Said(summary["statement"], summary["language"]),
            language_note=Reading.of(summary).brief,
            quotations=tuple(Said(one["exact"], one["language"]) for one in summary["quotations"]),
            finding=of_the_desk(summary["finding"]["label"]),
            status=Status.of("content", summary["finding"], f"{where}-{summary['ref']}"),
            retracted=summary["retracted"],
        )


@dataclass
class Voice:
    """One claim in a dispute: its number in the set, and what it does to the others there."""

    number: int
    claim: Other
    is_this: bool = False
    to_this: str = ""
    does: list[Act] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """ "denies 1, 2 and 4", or "is denied by 6"."""

    words: str
    numbers: list[int]


@dataclass
class Side:
    """What one claimant says in a dispute. All sides are printed in the same size."""

    claimant: Said
    role: str
    on_behalf_of: str
    voices: list[Voice] = field(default_factory=list)


def sides(
    dispute_set: Iterable[Mapping[str, Any]],
    *,
    relations: Iterable[tuple[str, str, str]] = (),
    this: str = "",
    to_this: Mapping[str, str] | None = None,
) -> list[Side]:
    """Claims in dispute by claimant, in the order in which they were first published.

    `relations` are (source, relation, target) for a page that belongs to none of the claims;
    `this` and `to_this` (what each other claim does to it) are for the page of one.
    """
    found: dict[tuple[str, str], Side] = {}
    voices: dict[str, Voice] = {}
    for number, summary in enumerate(dispute_set, 1):
        other = Other.of(summary, "side")
        side = found.setdefault(
            (other.claimant.plain, other.role),
            Side(other.claimant, other.role, other.on_behalf_of),
        )
        voices[other.ref] = Voice(
            number, other, is_this=other.ref == this, to_this=(to_this or {}).get(other.ref, "")
        )
        side.voices.append(voices[other.ref])
    _number(voices, relations)
    return list(found.values())


@dataclass(frozen=True)
class Dispute:
    """A claim's dispute, whole: those it meets face to face, then the rest of the set."""

    facing: list[Side]
    rest: list[Side]


def dispute_of(ref: str, derived: Mapping[str, Any]) -> Dispute:
    to_this = relations_to_this(derived)
    members = derived["dispute_set"]
    facing = [one for one in members if one["ref"] == ref or one["ref"] in to_this]
    facing.sort(key=lambda one: one["ref"] != ref)
    rest = [one for one in members if one not in facing]
    return Dispute(sides(facing, this=ref, to_this=to_this), sides(rest))


def _number(voices: Mapping[str, Voice], relations: Iterable[tuple[str, str, str]]) -> None:
    acts: dict[tuple[str, str], list[int]] = {}
    for source, relation, target in relations:
        if source in voices and target in voices:
            active, passive = (
                words.word(said, relation) for said in (words.OUTGOING, words.INCOMING)
            )
            acts.setdefault((source, active), []).append(voices[target].number)
            acts.setdefault((target, passive), []).append(voices[source].number)
    for (ref, said), numbers in acts.items():
        voices[ref].does.append(Act(said, sorted(numbers)))


def relations_to_this(derived: Mapping[str, Any]) -> dict[str, str]:
    """Each other side, with what it does to this claim, or this claim to it."""
    found = {
        one["ref"]: words.word(words.INCOMING, one["relation"])
        for one in derived["outgoing"]
        if one["relation"] in DISPUTING
    }
    found.update(
        (one["ref"], words.word(words.OUTGOING, one["relation"]))
        for one in derived["incoming"]
        if one["relation"] in DISPUTING
    )
    return found


@dataclass
class Related:
    """All claims that stand in one relation to this one: "is denied by" and who."""

    words: str
    claims: list[Other] = field(default_factory=list)


def related(derived: Mapping[str, Any]) -> list[Related]:
    """Both directions, each in words that read from this claim."""
    found: dict[str, Related] = {}
    for direction, said in (("outgoing", words.OUTGOING), ("incoming", words.INCOMING)):
        for one in derived[direction]:
            phrase = words.word(said, one["relation"])
            where = f"{direction}-{one['relation']}"
            found.setdefault(phrase, Related(phrase)).claims.append(Other.of(one, where))
    return list(found.values())


@dataclass(frozen=True)
class Disputer:
    """Who denies, rebuts or contradicts a claim, for the cell that says that it is disputed."""

    verb: str
    claim: Other


def disputers(derived: Mapping[str, Any]) -> list[Disputer]:
    return [
        Disputer(words.word(words.DISPUTED_BY, one["relation"]), Other.of(one))
        for one in derived["incoming"]
        if one["relation"] in DISPUTING and not one["retracted"]
    ]
