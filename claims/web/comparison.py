"""Two states of a claim side by side, part by part, in the words that readers know.

The differences themselves are found by `claims.editions.differences`; here they get labels, their
place among the parts of a claim, and their language and direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.editions.differences import NAMES, Comparison, Kind, Leaf, Path, Run, compare
from claims.editions.differences import words as word_by_word

from .labels import (
    ECHOES,
    LABELS,
    QUIET,
    SPOKEN,
    TAKEN_AS_READ,
    Shown,
    label,
    look_up,
    shown,
)
from .sections import ALWAYS, OF_PART, PARTS
from .text import direction, language_name
from .words import OUTGOING, word

Names = Mapping[str, str]  # what other claims say, by ref
ITEMISED = ("about", "figures", "relations", "replies", "translations")
SAID_IN = {("quotation", "exact"), ("rationale", "text")}  # their labels name the language
PLACES = {pattern: number for number, pattern in enumerate(LABELS)}


@dataclass(frozen=True)
class Side:
    """What one of the two contents says: runs of words, in their language."""

    runs: tuple[Run, ...]
    language: str = ""

    @property
    def direction(self) -> str:
        return direction(self.language) if self.language else "auto"


@dataclass(frozen=True)
class Line:
    """One field. What is the same on both sides has a `new` side only."""

    label: str
    kind: Kind
    old: Side | None
    new: Side | None
    spoken: bool = False

    @property
    def differs(self) -> bool:
        return self.kind != Kind.SAME


@dataclass(frozen=True)
class Group:
    """The lines of one item: a figure, a translation; or all lines of a part that has no items."""

    title: str
    kind: Kind
    lines: tuple[Line, ...]
    moved: bool = False

    @property
    def differs(self) -> bool:
        return self.moved or any(line.differs for line in self.lines)

    @property
    def whole(self) -> bool:
        """It came or went as one: said once, not line by line."""
        return self.kind in (Kind.ADDED, Kind.REMOVED)


@dataclass(frozen=True)
class Part:
    """One part of a claim: what a reviewer can remark on."""

    key: str
    title: str
    groups: tuple[Group, ...]

    @property
    def differs(self) -> bool:
        return any(group.differs for group in self.groups)

    @property
    def moved(self) -> bool:
        return any(group.moved for group in self.groups)

    @property
    def kind(self) -> Kind:
        """Added or removed when that is all there is to say of it."""
        kinds = {group.kind for group in self.groups}
        if len(kinds) == 1:
            return kinds.pop()
        return Kind.CHANGED if self.differs else Kind.SAME

    @property
    def anchor(self) -> str:
        return f"part-{self.key.replace('/', '-')}"


def parts(old: Mapping[str, Any] | None, new: Mapping[str, Any], names: Names) -> list[Part]:
    """All parts of `new` beside `old`, in the order of work. Without `old` nothing is marked."""
    comparison = compare(new if old is None else old, new)
    by_part: dict[str, list[Leaf]] = {key: [] for key in ALWAYS}
    for leaf in comparison.leaves:
        by_part.setdefault(_part_of(leaf.path), []).append(leaf)
    order = {key: number for number, key in enumerate(PARTS)}
    keys = sorted(by_part, key=lambda key: order.get(key.split("/")[0], len(order)))
    found = [
        Part(key, _title(key, by_part[key]), tuple(_groups(by_part[key], comparison, names)))
        for key in keys
    ]
    return [part for part in found if part.key != "other" or part.differs]


def changed(comparison: Iterable[Part]) -> list[Part]:
    """What differs and nothing else: the answer to “what changed?”."""
    return [
        replace(
            part,
            groups=tuple(
                replace(group, lines=tuple(line for line in group.lines if line.differs))
                for group in part.groups
                if group.differs
            ),
        )
        for part in comparison
        if part.differs
    ]


def _part_of(path: Path) -> str:
    if path[0] == "evidence" and len(path) > 1:
        return "/".join(path[:2])
    return OF_PART.get(path[0], "other")


def _said(leaves: Iterable[Leaf]) -> dict[Path, Any]:
    """The values by the end of their path within an item; what is gone by what it was."""
    return {leaf.path[2:]: leaf.old if leaf.new is None else leaf.new for leaf in leaves}


def _title(key: str, leaves: Iterable[Leaf]) -> str:
    """A part's name; a piece of evidence is called by its source, as the public may know it."""
    name, _slash, item = key.partition("/")
    if not item:
        return str(PARTS.get(name, _("Anything else")))
    said = _said(leaves)
    return capfirst(str(said.get(("source", "title")) or said.get(("source", "placeholder"), item)))


def _groups(leaves: list[Leaf], comparison: Comparison, names: Names) -> Iterator[Group]:
    items: dict[Path, list[Leaf]] = {}
    for leaf in leaves:
        items.setdefault(leaf.path[:2] if leaf.path[0] in ITEMISED else (), []).append(leaf)
    for item, own in items.items():
        kinds = {leaf.kind for leaf in own}
        kind = kinds.pop() if len(kinds) == 1 else Kind.CHANGED
        if item and item[0] == "relations":
            lines = [_relation(own, kind, names)]
        else:
            told = [leaf for leaf in own if _tells(leaf, own)]
            lines = [_line(leaf, own) for leaf in sorted(told, key=_place)]
        moved = any(leaf.path[: len(one)] == one for one in comparison.moved for leaf in own)
        yield Group(_heading(item, own), kind, tuple(lines), moved)


def _heading(item: Path, leaves: list[Leaf]) -> str:
    """What tells one item of a part from its neighbours."""
    if not item or item[0] == "relations":
        return ""
    said = _said(leaves)
    if item[0] == "translations":
        return capfirst(language_name(str(said.get(("language",), item[1]))))
    named = (("words",), ("name",), ("party", "name"))
    return str(next((said[name] for name in named if said.get(name)), item[1]))


def _relation(leaves: list[Leaf], kind: Kind, names: Names) -> Line:
    """A relation is one line: what this claim does, to which other one."""
    said = _said(leaves)
    ref = str(said.get(("claim",), ""))
    side = Side((Run(kind, names.get(ref, ref)),))
    gone = kind == Kind.REMOVED
    does = capfirst(word(OUTGOING, said.get(("relation",), "")))
    return Line(does, kind, side if gone else None, None if gone else side)


def _pattern(path: Path) -> Path:
    """Where a value stands, without the names of items."""
    return tuple(key for n, key in enumerate(path) if n == 0 or path[n - 1] not in NAMES)


def _place(leaf: Leaf) -> int:
    """Fields stand in the order in which their labels are listed; a field of an object with it."""
    pattern = _pattern(leaf.path)
    owner = look_up(PLACES, pattern[:-1]) if len(pattern) > 1 else None
    own = look_up(PLACES, pattern)
    exact = PLACES.get(pattern[-2:])
    return next(n for n in (exact, owner, own, len(PLACES)) if n is not None)


def _tells(leaf: Leaf, among: list[Leaf]) -> bool:
    """Whether a field is worth a line. What only follows from another field is silent beside it."""
    if not _is_quiet(leaf):
        return True
    if leaf.kind == Kind.SAME:
        return False
    owner = ("claimant",) if leaf.path == ("claimant_name",) else leaf.path[:-1]
    beside = {other.kind for other in among if other.path[:-1] == owner and not _is_quiet(other)}
    if leaf.path[-1] in ECHOES:
        return beside <= {Kind.SAME}
    return leaf.kind == Kind.CHANGED or leaf.kind not in beside


def _is_quiet(leaf: Leaf) -> bool:
    pattern = _pattern(leaf.path)
    value = leaf.old if leaf.new is None else leaf.new
    if leaf.kind != Kind.CHANGED and pattern[-1] in TAKEN_AS_READ:
        return value == TAKEN_AS_READ[pattern[-1]]
    return bool(look_up(QUIET, pattern))


def _line(leaf: Leaf, among: list[Leaf]) -> Line:
    pattern = _pattern(leaf.path)
    spoken = pattern[-1] in SPOKEN
    tongue = next((one for one in among if one.path == (*leaf.path[:-1], "language")), None)
    old, new = (None if value is None else shown(pattern, value) for value in (leaf.old, leaf.new))
    runs = _runs(leaf, old, new)
    languages = (tongue.old, tongue.new) if tongue and spoken else ("", "")
    before, after = (str(language or "") for language in languages)
    title = label(pattern)
    if pattern[-2:] in SAID_IN and (language := after or before):
        title = _("%(thing)s (%(field)s)") % {"thing": title, "field": language_name(language)}
    same = leaf.kind == Kind.SAME
    return Line(
        title,
        leaf.kind,
        old=Side(_without(runs, Kind.ADDED), before) if old and not same else None,
        new=Side(_without(runs, Kind.REMOVED), after) if new else None,
        spoken=spoken,
    )


def _runs(leaf: Leaf, old: Shown | None, new: Shown | None) -> list[Run]:
    if leaf.kind == Kind.SAME:
        return [Run(Kind.SAME, new.text)] if new else []
    if old and new and old.free and new.free:
        return word_by_word(old.text, new.text)
    sides = ((Kind.REMOVED, old), (Kind.ADDED, new))
    return [Run(kind, side.text) for kind, side in sides if side]


def _without(runs: Iterable[Run], kind: Kind) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.kind != kind)
