"""Who took it from whom, drawn so that ten reprints look like one origin.

It is drawn from an edition's content alone. The content names, for each source on file, the public
sources that it came from: what those came from in turn is known only where they are on file too,
and what came from a protected source stands there as if it came from nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import words
from .text import Said

# What a source saw, made or holds itself.
FIRST_HAND = ("first_hand_witness", "own_reporting", "document", "imagery", "forensic")
BOX_WIDTH, BOX_HEIGHT = 36, 26
STEP, LEVEL, MARGIN = 52, 58, 12
WIDEST = 380  # fits a phone; what is wider goes on in the next row


@dataclass
class Report:
    """One source. `number` is its place among those on file; what is only cited has none."""

    key: str
    title: Said
    number: int | None
    publisher: Said | None = None
    protected: bool = False
    party: bool = False
    first_hand: bool = False
    on_content: bool = False
    x: int = 0
    y: int = 0

    @property
    def left(self) -> int:
        return self.x - BOX_WIDTH // 2

    @property
    def top(self) -> int:
        return self.y - BOX_HEIGHT // 2

    @property
    def sign(self) -> str:
        return "?" if self.number is None else str(self.number)

    @property
    def name(self) -> str:
        """What the words beside the drawing call it."""
        if self.number is None:
            return _("a report that is not on file here")
        return _("report %(number)s") % {"number": self.number}


@dataclass(frozen=True)
class Link:
    """One report came from another."""

    child: Report
    parent: Report
    kind: str
    certainty: str
    suspected: bool

    @property
    def how(self) -> str:
        return words.word(words.DERIVATIONS, self.kind)

    @property
    def how_sure(self) -> str:
        return words.word(words.CERTAINTY, self.certainty)

    @property
    def path(self) -> str:
        """From below the parent to above the child, where the arrow points."""
        x, y = self.parent.x, self.parent.y + BOX_HEIGHT // 2
        to_x, to_y = self.child.x, self.child.y - BOX_HEIGHT // 2
        if to_y > y:
            middle = (y + to_y) // 2
            return f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"
        # They lead to each other: round the side.
        side = max(x, to_x) + STEP // 2
        return f"M{x + 9} {y}C{side} {y + 18} {side} {to_y - 18} {to_x + 9} {to_y}"


@dataclass
class Origin:
    """Reports that hang together: suspected links count too."""

    reports: list[Report]
    links: list[Link]
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0

    def coming_from(self, report: Report) -> list[Link]:
        return [link for link in self.links if link.child is report]


@dataclass(frozen=True)
class Entry:
    """A report in words, for the list beside the drawing."""

    report: Report
    links: list[Link]


@dataclass
class Graph:
    """All origins, each in a frame, as wide as a phone can show."""

    origins: list[Origin] = field(default_factory=list)
    width: int = 0
    height: int = 0

    @property
    def reports(self) -> list[Report]:
        found = [report for origin in self.origins for report in origin.reports]
        return sorted(found, key=lambda one: (one.number is None, one.number or 0))

    @property
    def entries(self) -> list[Entry]:
        links = [link for origin in self.origins for link in origin.links]
        return [Entry(one, [link for link in links if link.child is one]) for one in self.reports]

    @property
    def has_suspected(self) -> bool:
        return any(link.suspected for origin in self.origins for link in origin.links)

    def number_of(self, item: Mapping[str, Any]) -> int | None:
        """The number under which a piece of evidence's source is drawn."""
        return next((one.number for one in self.reports if one.key == key_of(item)), None)


def origins(content: Mapping[str, Any]) -> Graph:
    """The reports that say or show what is claimed; those on the context are left out."""
    reports: dict[str, Report] = {}
    about = [item for item in content["evidence"] if item["bears_on"] != "context"]
    for item in about:
        key = key_of(item)
        if key not in reports:
            reports[key] = _report(key, item["source"], len(reports) + 1)
        report = reports[key]
        report.party |= item["basis"] == "party_statement"
        if item["bears_on"] == "content":
            report.on_content = True
            report.first_hand |= item["basis"] in FIRST_HAND
    links = {
        (link.child.key, link.parent.key, link.kind): link
        for item in about
        for link in _links(item, reports)
    }
    return _laid_out(list(_together(reports, list(links.values()))))


def family(sources: Iterable[Mapping[str, Any]]) -> Graph:
    """One source, the first, with what it came from and what came from it."""
    items = [
        {"ref": source["ref"], "bears_on": "attribution", "basis": "", "source": source}
        for source in sources
    ]
    return origins({"evidence": items})


def key_of(item: Mapping[str, Any]) -> str:
    """Two pieces from one protected source cannot be told to be: each stands for itself."""
    return str(item["source"].get("ref") or f"protected {item['ref']}")


def _report(key: str, source: Mapping[str, Any], number: int) -> Report:
    if source["access"] == "protected":
        return Report(key, Said(source["placeholder"]), number, protected=True)
    agents = [agent for agent in (source["publisher"], source["author"]) if agent]
    publisher = source["publisher"]
    return Report(
        key,
        Said(source["title"], source["language"]),
        number,
        publisher=Said(publisher["name"], publisher["language"]) if publisher else None,
        party=any(agent["party"] for agent in agents),
    )


def _links(item: Mapping[str, Any], reports: dict[str, Report]) -> Iterable[Link]:
    for parent in item["source"].get("derived_from", ()):
        if parent["certainty"] == "rejected":
            continue
        known = reports.setdefault(
            parent["source"], Report(parent["source"], Said(parent["title"]), None)
        )
        yield Link(
            reports[key_of(item)],
            known,
            parent["kind"],
            parent["certainty"],
            suspected=parent["certainty"] == "suspected",
        )


def _together(reports: Mapping[str, Report], links: list[Link]) -> Iterable[Origin]:
    """Group what hangs together, in the order of the first report of each group."""
    group = {key: key for key in reports}

    def root(key: str) -> str:
        while group[key] != key:
            key = group[key]
        return key

    for link in links:
        group[root(link.child.key)] = root(link.parent.key)
    members: dict[str, list[Report]] = {}
    for report in reports.values():
        members.setdefault(root(report.key), []).append(report)
    for some in members.values():
        inside = [link for link in links if link.child in some]
        yield Origin(some, inside)


# --- Layout ---------------------------------------------------------------------------------------


def _levels(origin: Origin) -> dict[str, int]:
    """How many steps below its farthest origin each report stands. Circles end where they began."""
    level = {report.key: 0 for report in origin.reports}
    for _step in origin.reports:
        for link in origin.links:
            below = level[link.parent.key] + 1
            if level[link.child.key] < below < len(origin.reports):
                level[link.child.key] = below
    used = {old: new for new, old in enumerate(sorted(set(level.values())))}
    return {key: used[old] for key, old in level.items()}


def _laid_out(found: list[Origin]) -> Graph:
    x = y = MARGIN
    row_height = 0
    width = 0
    for origin in found:
        _place(origin)
        if x > MARGIN and x + origin.width > WIDEST:
            x, y, row_height = MARGIN, y + row_height + MARGIN, 0
        origin.left, origin.top = x, y
        for report in origin.reports:
            report.x, report.y = report.x + x, report.y + y
        x += origin.width + MARGIN
        row_height = max(row_height, origin.height)
        width = max(width, x)
    return Graph(found, width, y + row_height + MARGIN)


def _place(origin: Origin) -> None:
    """Origins on top, what came from them below; a level too wide for a phone takes two rows."""
    levels = _levels(origin)
    per_row = (WIDEST - 2 * MARGIN) // STEP
    rows: list[list[Report]] = []
    for level in range(max(levels.values()) + 1):
        own = [report for report in origin.reports if levels[report.key] == level]
        rows += [own[start : start + per_row] for start in range(0, len(own), per_row)]
    widest = max(len(row) for row in rows)
    for depth, row in enumerate(rows):
        for place, report in enumerate(row):
            report.x = MARGIN + STEP * place + STEP * (widest - len(row)) // 2 + STEP // 2
            report.y = MARGIN + LEVEL * depth + BOX_HEIGHT // 2
    origin.width = 2 * MARGIN + STEP * widest
    origin.height = 2 * MARGIN + LEVEL * (len(rows) - 1) + BOX_HEIGHT
