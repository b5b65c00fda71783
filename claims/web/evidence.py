"""What a claim rests on, question by question, with the gaps shown as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from . import words
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
    """One piece of evidence; `anchor` is its fragment id, which never changes."""

    anchor: str
    bears_on: str
    source: Source
    quotation: Quotation | None
    stance: str
    basis: str
    credibility: str
    locator: str
    note: str

    @property
    def question(self) -> str:
        return words.word(words.BEARS_ON, self.bears_on)

    @classmethod
    def of(cls, value: dict[str, Any]) -> Piece:
        return cls(
            anchor=f"e-{value['ref']}",
            bears_on=value["bears_on"],
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


def questions(evidence: list[dict[str, Any]]) -> list[Question]:
    pieces = [Piece.of(value) for value in evidence]
    asked = [
        Question(code, str(label), [piece for piece in pieces if piece.bears_on == code])
        for code, label in words.BEARS_ON.items()
    ]
    return [one for one in asked if one.pieces or one.code != "context"]


def quoted(evidence: list[dict[str, Any]]) -> list[Piece]:
    """Where the claim itself can be read in somebody's words."""
    return [
        Piece.of(value)
        for value in evidence
        if value["bears_on"] == "attribution" and value["quotation"]
    ]
