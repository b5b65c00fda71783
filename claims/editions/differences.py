"""What differs between two states of a claim's content: field by field, and word by word.

It works on parsed contents alone, knows no language, and leaves nothing out: every value of both
contents is compared, also those that a later version of the content may add. An empty text, an
empty list, null and a missing key all say the same: nothing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any

Path = tuple[str, ...]
Value = str | int | float | bool


class Kind(StrEnum):
    """What became of a value, of an item in a list, or of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Leaf:
    """One value, and where it stands: the keys that lead to it, a list's items by their name.

    `old` or `new` is None where that content says nothing there.
    """

    path: Path
    old: Value | None
    new: Value | None

    @property
    def kind(self) -> Kind:
        if self.old is None or self.new is None:
            return Kind.ADDED if self.old is None else Kind.REMOVED
        return Kind.SAME if _same(self.old, self.new) else Kind.CHANGED


@dataclass(frozen=True)
class Comparison:
    """Two contents, value beside value, in the order of the new one.

    `moved` holds the items that both have, and that stand in another order now: the fewest of
    them that explain the new order.
    """

    leaves: tuple[Leaf, ...]
    moved: frozenset[Path]

    @property
    def differs(self) -> bool:
        return bool(self.moved) or any(leaf.kind != Kind.SAME for leaf in self.leaves)


def compare(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Comparison:
    """Compare two contents; None is one that says nothing yet."""
    before, after = dict(_leaves(old or {})), dict(_leaves(new or {}))
    paths = _merged(list(before), list(after))
    leaves = tuple(Leaf(path, before.get(path), after.get(path)) for path in paths)
    orders = _orders(old or {}), _orders(new or {})
    moved = {
        (*path, name)
        for path in orders[0].keys() & orders[1].keys()
        for name in _out_of_order(orders[0][path], orders[1][path])
    }
    return Comparison(leaves, frozenset(moved))


# --- Values ---------------------------------------------------------------------------------------

# What makes an item of a list the same item in two contents. Other lists go by place.
NAMES: dict[str, Callable[[Any], str]] = {
    "redacts": str,
    "evidence": lambda item: str(item["ref"]),
    "figures": lambda item: str(item["ref"]),
    "relations": lambda item: f"{item['relation']} {item['claim']}",
    "translations": lambda item: str(item["language"]),
    "rationale": lambda item: str(item["language"]),
    "about": lambda item: str(item["ref"]),
    "names": lambda item: f"{item['language']} {item['name']}",
    "roles": lambda item: f"{item['organisation']['ref']} {item['title']} {item['from']}",
    "replies": lambda item: f"{item['party']['ref']} {item['asked_on']}",
    "derived_from": lambda item: f"{item['kind']} {item['source']}",
}


def _named(key: str, items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The items of a list by name. Where two have the same name, the second is `name#2`."""
    seen: Counter[str] = Counter()
    for place, item in enumerate(items):
        try:
            name = NAMES[key](item)
        except (KeyError, TypeError):  # no such list, or an item that lacks what names it
            name = str(place)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), item


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for name, inner in _named(path[-1] if path else "", value):
            yield from _leaves(inner, (*path, name))
    elif value is not None and value != "":
        yield path, value


def _orders(value: Any, path: Path = ()) -> dict[Path, list[str]]:
    """The names of the items of each list, in order."""
    if isinstance(value, Mapping):
        inside = [(str(key), inner) for key, inner in value.items()]
        found = {}
    elif isinstance(value, list | tuple):
        inside = list(_named(path[-1] if path else "", value))
        found = {path: [name for name, _ in inside]}
    else:
        return {}
    for name, inner in inside:
        found |= _orders(inner, (*path, name))
    return found


def _same(old: Value, new: Value) -> bool:
    """JSON knows no other 1 than 1.0, and true is not 1."""
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _merged(old: list[Path], new: list[Path]) -> list[Path]:
    """All paths in the order of the new content; what is gone stands where it stood before."""
    known = set(new)
    follows: dict[Path | None, list[Path]] = {}
    anchor: Path | None = None
    for path in old:
        if path in known:
            anchor = path
        else:
            follows.setdefault(anchor, []).append(path)
    merged = list(follows.get(None, []))
    for path in new:
        merged += [path, *follows.get(path, [])]
    return merged


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The fewest common names that were moved: all but a longest run that kept its order."""
    place = {name: number for number, name in enumerate(old)}
    common = [name for name in new if name in place]
    ends: list[int] = []  # the place that ends the best run of each length
    chains: list[list[str]] = []
    for name in common:
        length = bisect_left(ends, place[name])
        chain = [*(chains[length - 1] if length else []), name]
        ends[length : length + 1] = [place[name]]
        chains[length : length + 1] = [chain]
    stayed = set(chains[-1]) if chains else set()
    return [name for name in common if name not in stayed]


# --- Words ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """Words in a row that were kept, added or removed."""

    kind: Kind
    text: str


# Beyond this many pairs of words, lines are compared instead.
MOST_PAIRS = 4_000_000
# A few letters kept between two changes are harder to read than one longer change.
ISLAND = 4


def words(old: str, new: str) -> list[Run]:
    """What was kept, removed and added, in reading order.

    The kept and removed runs together are the old text, the kept and added ones the new.
    """
    before, after = _tokens(old), _tokens(new)
    if len(before) * len(after) > MOST_PAIRS:
        before, after = _lines(old), _lines(new)
    if len(before) * len(after) > MOST_PAIRS:
        before, after = [old], [new]
    kept: list[Run] = []
    steps: list[tuple[str, str, str]] = []  # kept, removed, added
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        steps.append((gone, "", "") if tag == "equal" else ("", gone, come))
    for same, gone, come in _without_islands(steps):
        runs = (Run(Kind.SAME, same), Run(Kind.REMOVED, gone), Run(Kind.ADDED, come))
        kept += [run for run in runs if run.text]
    return kept


def _without_islands(steps: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Changes that only a few letters part are one change."""
    merged: list[tuple[str, str, str]] = []
    for number, (kept, removed, added) in enumerate(steps):
        island = (
            kept
            and 0 < number < len(steps) - 1
            and len(kept.strip()) < ISLAND
            and _replaces(steps[number - 1])
            and _replaces(steps[number + 1])
        )
        same, gone, come = ("", kept, kept) if island else (kept, removed, added)
        if merged and not merged[-1][0] and not same:
            merged[-1] = ("", merged[-1][1] + gone, merged[-1][2] + come)
        else:
            merged.append((same, gone, come))
    return merged


def _replaces(step: tuple[str, str, str]) -> bool:
    """Words went and others came: next to a mere comma nothing is hard to read."""
    return any(len(text.strip()) >= ISLAND for text in step[1:])


def _tokens(text: str) -> list[str]:
    """Words, the space between them, and each mark by itself; in every script.

    Vowel signs stay with their word, and a script that is written without spaces is compared sign
    by sign.
    """

    def sort_of(numbered: tuple[int, str]) -> tuple[str, int]:
        number, sign = numbered
        if sign.isspace():
            return ("space", 0)
        alone = unicodedata.category(sign)[0] in "PS" or unicodedata.east_asian_width(sign) in "WF"
        return ("sign", number) if alone else ("word", 0)

    return [
        "".join(sign for _, sign in group) for _, group in groupby(enumerate(text), key=sort_of)
    ]


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
