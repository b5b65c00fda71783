"""What was found, marked: by the words that the index says a claim was found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as lazy

from claims.editions.folding import WORD, fold, fold_word
from claims.editions.search import Hit
from claims.editions.texts import agents_of

from .entries import Entry
from .text import Said

PASSAGES = 2
BEFORE, AROUND = 60, 240  # signs before the first marked word, and of a passage

ORIGINAL, QUOTED, TRANSLATED, EVENT, PLACE, NAME, TOLD = (
    lazy("In the original"),
    lazy("Quoted"),
    lazy("Translated"),
    lazy("Event"),
    lazy("Place"),
    lazy("Also called"),
    lazy("Reported by"),
)


class Marked(Said):
    """Somebody's words in which those that were looked for are marked."""

    __slots__ = ("found",)
    found: frozenset[str]

    @classmethod
    def of(cls, said: Said, found: frozenset[str]) -> Self:
        marked = cls(said.plain, said.language)
        marked.found = found
        return marked

    def __html__(self) -> SafeString:
        marked = mark_safe("".join(self._pieces()))  # noqa: S308 - each piece is escaped
        if not self.language:
            return format_html("<bdi>{}</bdi>", marked)
        return format_html(
            '<bdi lang="{}" dir="{}">{}</bdi>', self.language, self.direction, marked
        )

    def _pieces(self) -> Iterator[str]:
        text, end = self.plain, 0
        for word in WORD.finditer(text):
            if not self.found.isdisjoint(fold_word(word[0])):
                yield escape(text[end : word.start()])
                yield f"<mark>{escape(word[0])}</mark>"
                end = word.end()
        yield escape(text[end:])

    def passage(self) -> Self:
        """The part of a long text that shows why it was found."""
        text = self.plain
        if len(text) <= AROUND:
            return self
        hits = (w for w in WORD.finditer(text) if not self.found.isdisjoint(fold_word(w[0])))
        first = next((word.start() for word in hits), 0)
        begin = text.rfind(" ", 0, max(first - BEFORE, 0)) + 1
        end = text.rfind(" ", begin, begin + AROUND)
        end = end if end > first else begin + AROUND
        cut = f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"
        return type(self).of(Said(cut, self.language), self.found)


@dataclass(frozen=True)
class Passage:
    """Where else than in its statement a claim was found."""

    label: str | Promise
    words: Marked
    quoted: bool


@dataclass(frozen=True)
class Found:
    """A claim in a list of what was found."""

    entry: Entry
    passages: list[Passage]

    @classmethod
    def of(cls, hit: Hit) -> Found:
        entry = Entry.of(hit.claim)
        if not hit.words:
            return cls(entry, [])
        claimant = replace(entry.claimant, name=Marked.of(entry.claimant.name, hit.words))
        statement = Marked.of(entry.statement, hit.words)
        missing = set(hit.words) - set(fold(f"{entry.claimant.name.plain} {statement.plain}"))
        passages: list[Passage] = []
        for label, said in _elsewhere(hit.claim.edition.document):
            there = missing.intersection(fold(said.plain))
            if there and len(passages) < PASSAGES:
                missing -= there
                words = Marked.of(said, hit.words).passage()
                passages.append(Passage(label, words, quoted=label is QUOTED))
        return cls(replace(entry, claimant=claimant, statement=statement), passages)


def _elsewhere(content: dict[str, Any]) -> Iterator[tuple[Promise, Said]]:
    """What is searched beside claimant and statement, in the order of weight."""
    yield ORIGINAL, Said(content["statement"], content["language"])
    for one in content["translations"]:
        yield TRANSLATED, Said(one["text"], one["language"])
    for item in content["evidence"]:
        if quotation := item["quotation"]:
            yield QUOTED, Said(quotation["exact"], quotation["language"])
    if event := content["event"]:
        yield EVENT, Said(event["label"], event["language"])
        if place := event["place"]:
            yield PLACE, Said(place["name"])
    yield from _names(NAME, agents_of(content))
    for item in content["evidence"]:
        yield from _names(TOLD, [item["source"].get("publisher"), item["source"].get("author")])


def _names(label: Promise, agents: list[Any]) -> Iterator[tuple[Promise, Said]]:
    for agent in filter(None, agents):
        for name in (agent, *agent.get("names", [])):
            yield label, Said(name["name"], name.get("language", ""))
