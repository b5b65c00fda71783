"""Two wordings of one text, compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
TOO_LONG = 4000  # words; beyond that the comparison would take longer than reading both
CONTEXT = 12  # words left standing on either side of a change


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def by_word(before: str, after: str) -> list[Piece]:
    """What was taken out and what was put in, with the words around it."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > TOO_LONG:
        return [Piece(Kind.REMOVED, before), Piece(Kind.ADDED, after)]
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    steps = SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()
    removed = added = ""
    for number, (step, i1, i2, j1, j2) in enumerate(steps):
        first, last = number == 0, number == len(steps) - 1
        before, after = "".join(old[i1:i2]), "".join(new[j1:j2])
        if step == "equal" and (before.strip() or first or last):
            yield from _changed(removed, added)
            removed = added = ""
            yield Piece(Kind.SAME, _shortened(old[i1:i2], first=first, last=last))
        else:  # a space between two changed words is no ground to tell them apart
            removed, added = removed + before, added + after
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Kind.REMOVED, removed)
    if added:
        yield Piece(Kind.ADDED, added)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """What did not change, without the words that are far from any change."""
    near = 2 * CONTEXT  # white space counts as a word
    head = 0 if first else near
    tail = 0 if last else near
    if len(words) <= head + tail + 4:
        return "".join(words)
    return "".join(words[:head]) + " … " + "".join(words[len(words) - tail :])
