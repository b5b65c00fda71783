"""What a claim rests on, piece by piece, with the gaps shown as gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from . import words
from .origins import Graph, key_of
from .people import Party, When
from .text import Said, language_name, web_address


@dataclass(frozen=True)
class Quotation:
    """Words as they stand in the source, with a little of what stands around them."""

    exact: Said
    prefix: Said
    suffix: Said

    @classmethod
    def of(cls, value: dict[str, Any] | None) -> Quotation | None:
        if value is None:
            return None
        language = value["language"]
        return cls(*(Said(value[part], language) for part in ("exact", "prefix", "suffix")))


@dataclass(frozen=True)
class Parent:
    """A source that another one was made from."""

    title: str
    relation: str
    certainty: str


@dataclass(frozen=True)
class Source:
    """A source as the public may know it. A protected one has its placeholder and nothing else."""

    placeholder: str = ""
    page: str = ""
    title: Said | None = None
    url: str = ""
    kind: str = ""
    language: str = ""
    section: str = ""
    restricted: bool = False
    publisher: Party | None = None
    author: Party | None = None
    published: When | None = None
    parents: tuple[Parent, ...] = ()

    @classmethod
    def of(cls, value: dict[str, Any]) -> Source:
        if value["access"] == "protected":
            return cls(placeholder=value["placeholder"])
        language = value["language"]
        return cls(
            page=reverse("source", args=[value["ref"]]),
            title=Said(value["title"], language),
            url=web_address(value["url"]),
            kind=words.word(words.SOURCE_KINDS, value["kind"]),
            language=language_name(language) if language else "",
            section=value["section"],
            restricted=value["access"] == "restricted",
            publisher=Party.of(value["publisher"]),
            author=Party.of(value["author"]),
            published=When.of(value["published"]),
            parents=tuple(
                Parent(
                    title=parent["title"],
                    relation=words.word(words.DERIVATIONS, parent["kind"]),
                    certainty=words.word(words.CERTAINTY, parent["certainty"]),
                )
                for parent in value["derived_from"]
            ),
        )


@dataclass(frozen=True)
class Piece:
    """One piece of evidence; `anchor` is its fragment id, which never changes.

    `group`: pieces that go back to each other, or to one origin, share a number; None where that
    is not told (a protected source) or does not matter (what does not bear on the content). `report`: the
    number of its source in the drawing of who took it from whom.
    """

    anchor: str
    bears_on: str
    asks: str
    source: Source
    quotation: Quotation | None
    stance: str
    basis: str
    credibility: str
    locator: str
    note: str
    group: int | None = None
    report: int | None = None

    @classmethod
    def of(cls, value: dict[str, Any]) -> Piece:
        return cls(
            anchor=f"e-{value['ref']}",
            bears_on=value["bears_on"],
            asks=words.word(words.BEARS_ON, value["bears_on"]),
            source=Source.of(value["source"]),
            quotation=Quotation.of(value["quotation"]),
            stance=words.word(words.STANCES, value["stance"]),
            basis=words.word(words.BASES, value["basis"]),
            credibility=words.word(words.CREDIBILITY, value["credibility"]),
            locator=value["locator"],
            note=value["note"],
        )


@dataclass(frozen=True)
class Question:
    """All that bears on one question. The two main ones stand there even when nothing does."""

    code: str
    label: str
    pieces: list[Piece]


def questions(evidence: Sequence[dict[str, Any]], graph: Graph) -> list[Question]:
    """Editions from before groups were published have them read off the drawing."""
    groups = {} if any("group" in value for value in evidence) else _groups(evidence, graph)
    numbers = {one.key: one.number for one in graph.reports}
    pieces = [
        replace(
            Piece.of(value),
            report=numbers.get(key_of(value)),
            group=value.get("group") or groups.get(value["ref"]),
        )
        for value in evidence
    ]
    asked = [
        Question(code, str(label), [piece for piece in pieces if piece.bears_on == code])
        for code, label in words.BEARS_ON.items()
    ]
    return [one for one in asked if one.pieces or one.code != "context"]


def _groups(evidence: Sequence[Mapping[str, Any]], graph: Graph) -> dict[str, int]:
    together = {
        report.key: number
        for number, origin in enumerate(graph.origins, 1)
        for report in origin.reports
    }
    return {
        value["ref"]: together[key_of(value)]
        for value in evidence
        if value["bears_on"] == "content" and value["source"]["access"] != "protected"
    }


def quoted(evidence: list[dict[str, Any]]) -> list[Piece]:
    """Where the claim itself can be read in somebody's words."""
    return [
        Piece.of(value)
        for value in evidence
        if value["bears_on"] == "attribution" and value["quotation"]
    ]
