"""What a partner can ask for beyond the facets of the pages, as words of an index: marks.

Each mark is a short text, and a question a set of them, any of which must stand on a claim. A
number, a date, a place on the map is marked several times, by ever coarser steps: "at least this"
is then a few dozen marks, however many values there are. What is in the outermost step and yet not
meant is sorted out by the row's own values; see `narrow_claims` in the database.

Pure functions of a content; nothing here knows the database.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from .folding import fold
from .texts import ERA, LONGEST_TERM

AGE = 16 * ERA  # editions; a coarser part of the record
MOST_ORIGINS = 20  # further ones are told apart by the row
STEP = 4  # bits from one rung to the next
DATE_RUNGS, FIGURE_RUNGS = range(1, 6), range(3)
LATEST, LARGEST = date.max.toordinal(), 1 << 53
LEVELS = (2, 4, 6, 8, 10)  # of the grid on the map; one step halves a cell four times
MOST_CELLS, MOST_ASKED_CELLS = 4, 16
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")

Box = tuple[float, float, float, float]  # west, south, east, north


# --- Numbers in rungs ---


def rungs(name: str, number: int, levels: Iterable[int]) -> list[str]:
    """The marks of a number, one a rung."""
    return [f"{name}/{level}={number >> STEP * level}" for level in levels]


def from_on(name: str, number: int, largest: int, levels: range) -> list[str]:
    """Marks of which each number from this one on has one. The outermost step may hold others."""
    return _between(name, number, largest, levels)


def up_to(name: str, number: int, levels: range) -> list[str]:
    return _between(name, 0, number, levels)


def _between(name: str, first: int, last: int, levels: range) -> list[str]:
    """The steps that cover a range: fine ones at its ends, coarse ones between them."""
    found = []
    low, high = first >> STEP * levels[0], last >> STEP * levels[0]
    for level in levels:
        if low > high:
            break
        if level == levels[-1]:
            found += [f"{name}/{level}={step}" for step in range(low, high + 1)]
            break
        while low <= high and low % (1 << STEP):
            found.append(f"{name}/{level}={low}")
            low += 1
        while low <= high and (high + 1) % (1 << STEP):
            found.append(f"{name}/{level}={high}")
            high -= 1
        low, high = low >> STEP, ((high + 1) >> STEP) - 1
    return found


def magnitude(number: int) -> int:
    """A number as its size: exact when it is small, and to about three in a hundred beyond."""
    number = min(number, LARGEST)
    if number < 64:
        return number
    length = number.bit_length()
    return 64 + (length - 7) * 32 + (number >> (length - 6)) - 32


LARGEST_MAGNITUDE = magnitude(LARGEST)


# --- What stands in a content ---


def marks_of(document: dict[str, Any], *, sequence: int, first_sequence: int) -> list[str]:
    found = [
        f"age={sequence // AGE}",
        f"first={first_sequence // ERA}",
        f"first-age={first_sequence // AGE}",
        *(f"about={agent['ref']}" for agent in document.get("about", [])),
        *_claimant(document),
        *_place(document),
        *_cited(document),
        *(f"origins={n}" for n in range(1, min(origins_of(document), MOST_ORIGINS) + 1)),
    ]
    if made := made_in(document):
        found += rungs("made-from", made[0].toordinal(), DATE_RUNGS)
        found += rungs("made-to", made[1].toordinal(), DATE_RUNGS)
    for harm, minimum, maximum in figures_of(document):
        found.append(f"figure={harm}")
        if minimum is not None or maximum is not None:
            most = LARGEST_MAGNITUDE if maximum is None else magnitude(maximum)
            found += rungs(f"{harm}-from", magnitude(minimum or 0), FIGURE_RUNGS)
            found += rungs(f"{harm}-to", most, FIGURE_RUNGS)
    return sorted(set(found))


def _claimant(document: dict[str, Any]) -> Iterator[str]:
    claimant = document["claimant"]
    names = [document["claimant_name"]]
    if claimant:
        names += [claimant["name"], *(other["name"] for other in claimant.get("names", []))]
        for role in claimant.get("roles", []):
            yield f"member={role['organisation']['ref']}"
    for name in names:
        yield named(name)


def named(name: str) -> str:
    """A whole name, however it is written: capitals, accents and signs do not matter."""
    return f"name={' '.join(fold(name))[:LONGEST_TERM]}"


def _place(document: dict[str, Any]) -> Iterator[str]:
    event = document["event"]
    if place := event and event["place"]:
        yield from placed(place["name"])
    if box := box_of(document):
        yield from cells(box)


def placed(name: str) -> list[str]:
    return [f"place~{word}" for word in dict.fromkeys(fold(name))]


def _cited(document: dict[str, Any]) -> Iterator[str]:
    for item in document["evidence"]:
        if url := item["source"].get("url"):
            yield from (f"host={host}" for host in hosts(url))
            if address := cited(url):
                yield address


# --- The values that marks are made of ---


def origins_of(document: dict[str, Any]) -> int:
    return int(document["independence"]["low"])


def made_in(document: dict[str, Any]) -> tuple[date, date] | None:
    """From when to when it may have been said; an end that is open is the end of all days."""
    when = document["made"]
    if not when or not (when["earliest"] or when["latest"]):
        return None
    return (
        date.fromisoformat(when["earliest"]) if when["earliest"] else date.min,
        date.fromisoformat(when["latest"]) if when["latest"] else date.max,
    )


def figures_of(document: dict[str, Any]) -> list[list[Any]]:
    return [[one["harm"], one["minimum"], one["maximum"]] for one in document["figures"]]


def box_of(document: dict[str, Any]) -> list[float] | None:
    event = document["event"]
    place = event and event["place"]
    box = place.get("box") if place else None
    return [float(edge) for edge in box] if box else None


# --- Addresses ---


def hosts(url: str) -> list[str]:
    """The host of an address, and each domain that it is part of."""
    host = _host(url)
    if not host:
        return []
    labels = host.split(".")
    return [".".join(labels[n:]) for n in range(max(len(labels) - 1, 1))]


def _host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host.encode("idna").decode().lower()
    except ValueError:
        return ""


def cited(url: str) -> str:
    """An address, however it is written: scheme, `www.`, what only tracks readers, a slash at the
    end and the place within the page do not matter."""
    host = _host(url)
    if not host:
        return ""
    parts = urlsplit(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(TRACKING)
    ]
    same = f"{host.removeprefix('www.')}{parts.path.rstrip('/')}?{urlencode(sorted(kept))}"
    return f"url={blake2b(same.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


# --- The map ---


def parts_of(box: Iterable[float]) -> list[Box]:
    """A box in parts that do not cross the 180th meridian: a west that is greater than the east
    goes across it."""
    west, south, east, north = box
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def cells(box: Iterable[float]) -> list[str]:
    """The cells a box lies in, and those that these lie in."""
    level, found = _cover(box, MOST_CELLS)
    marks = [f"cell={level}/{x}/{y}" for x, y in found]
    for coarser in LEVELS[: LEVELS.index(level) + 1]:
        up = level - coarser
        marks += [f"in={coarser}/{x}/{y}" for x, y in {(x >> up, y >> up) for x, y in found}]
    return marks


def cells_asked(box: Iterable[float]) -> list[str]:
    """Marks of which each box that touches this one has one."""
    level, found = _cover(box, MOST_ASKED_CELLS)
    marks = [f"in={level}/{x}/{y}" for x, y in found]
    for coarser in LEVELS[: LEVELS.index(level)]:
        up = level - coarser
        marks += [f"cell={coarser}/{x}/{y}" for x, y in {(x >> up, y >> up) for x, y in found}]
    return sorted(marks)


def _cover(box: Iterable[float], most: int) -> tuple[int, list[tuple[int, int]]]:
    """The finest level at which so many cells hold the box, and these cells."""
    parts = parts_of(box)
    for level in reversed(LEVELS):
        spans = [_span(part, level) for part in parts]
        if level == LEVELS[0] or sum(len(xs) * len(ys) for xs, ys in spans) <= most:
            break
    return level, sorted({(x, y) for xs, ys in spans for x in xs for y in ys})


def _span(box: Box, level: int) -> tuple[range, range]:
    west, south, east, north = box
    across, along = (_steps(west, east, 180.0, level), _steps(south, north, 90.0, level))
    return across, along


def _steps(low: float, high: float, half: float, level: int) -> range:
    many = 1 << level

    def step(degrees: float) -> int:
        return min(max(math.floor((degrees + half) / (2 * half) * many), 0), many - 1)

    return range(step(low), step(high) + 1)
