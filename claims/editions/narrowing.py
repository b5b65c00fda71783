"""Finding claims by all that partners can ask for, in an order, a page at a time.

Beside `search`, which pages use: nothing is counted here by facets, and ranges of dates, numbers
and places can be asked for. No question takes long: a search that has not found a page in time
says where it stopped, and goes on from there. What comes out is read as stored bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import items, marks
from .marks import Box
from .questions import Known, parts_of, question
from .search import known_words

PATIENCE, COUNTING_PATIENCE = 80, 500  # milliseconds
RANKED = 2000  # the newest so many matches are put in the order of relevance, then those before

FOUND = """
narrow_claims(%(asked)s::tsquery, %(wanted)s::jsonb, %(marked)s::jsonb, %(limits)s::jsonb,
  %(by_first)s, %(upwards)s, %(beyond)s::bigint, %(until)s::bigint, %(enough)s, %(ranked)s,
  %(patience)s::integer)
"""
PAGE = """
WITH found AS MATERIALIZED (SELECT * FROM {found}), page AS MATERIALIZED (
  SELECT ref, place, likeness FROM found WHERE ref IS NOT NULL {further}
  ORDER BY {order} LIMIT %(limit)s
)
SELECT {columns}, page.place, page.likeness, told.*
FROM (SELECT max(reached), count(ref), max(place), min(place) FROM found)
  AS told (reached, number, first, last)
LEFT JOIN page ON true
LEFT JOIN editions_publishedclaim claim USING (ref)
LEFT JOIN editions_edition edition ON edition.sequence = claim.edition_id
ORDER BY {order}
"""
COUNT = "SELECT count(ref), max(reached) FROM {found}"

Position = list[Any]


@dataclass
class Wanted:
    """What is asked for. `terms` and `marks`: of each group, one must stand on the claim.

    `limits`: ranges that the rows are held against, by the names that `narrow_claims` knows.
    `asked`: words, as a tsquery. `order`: by the latest edition or by the first one, or by how
    well the words fit.
    """

    terms: list[list[str]] = field(default_factory=list)
    marks: list[list[str]] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    order: str = "updated"  # or "published", or "relevance"
    upwards: bool = False

    def any_of(self, facet: str, values: list[str]) -> None:
        self.terms.append([f"{facet}={value}" for value in values])

    def said(self, ends: str, day: date) -> None:
        """What may have been said on this day or later ("from"), or earlier ("to")."""
        number = day.toordinal()
        if ends == "from":
            self.marks.append(marks.from_on("made-to", number, marks.LATEST, marks.DATE_RUNGS))
        else:
            self.marks.append(marks.up_to("made-from", number, marks.DATE_RUNGS))
        self.limits[f"made_{ends}"] = day.isoformat()

    def published(self, name: str, moment: datetime) -> None:
        self.limits[name] = moment.isoformat()

    def origins(self, least: int) -> None:
        if least:
            self.marks.append([f"origins={min(least, marks.MOST_ORIGINS)}"])
        self.limits["origins"] = least

    def figure(self, harm: str, minimum: int | None, maximum: int | None) -> None:
        """A figure of this harm, that can be as much as the one and as little as the other."""
        self.marks.append([f"figure={harm}"])
        if minimum is not None:
            size, most = marks.magnitude(minimum), marks.LARGEST_MAGNITUDE
            self.marks.append(marks.from_on(f"{harm}-to", size, most, marks.FIGURE_RUNGS))
        if maximum is not None:
            size = marks.magnitude(maximum)
            self.marks.append(marks.up_to(f"{harm}-from", size, marks.FIGURE_RUNGS))
        if minimum is not None or maximum is not None:
            self.limits["figure"] = [harm, minimum, maximum]

    def box(self, box: Box) -> None:
        self.marks.append(marks.cells_asked(box))
        self.limits["box"] = marks.parts_of(box)

    def words(self, typed: str) -> None:
        """What somebody typed, as pages read it, but strictly; nothing if there is no word."""
        parts = parts_of(typed)
        known = known_words(parts)
        rows = items.run(*_alone(known)) if known is not None else []
        told = rows[0][0] if rows else None
        told = json.loads(told) if isinstance(told, str | bytes) else told
        read = {row["word"]: Known.of({**row, "near": None}) for row in told or ()}
        self.asked = question(typed, parts, read).strict


def _alone(expression: Any) -> tuple[str, Any]:
    return f"SELECT {expression.sql}", expression.params


@dataclass(frozen=True)
class Found:
    """A page. `following`: where the next one begins, if there may be one; `stopped`: the search
    ran out of time before it found a page."""

    rows: list[items.Row]
    following: Position | None
    stopped: bool


def page(
    wanted: Wanted, columns: tuple[str, ...], limit: int, position: Position | None = None
) -> Found:
    """The page of claims after this position, of these columns."""
    ranked = wanted.order == "relevance"
    if ranked:
        return _ranked_page(wanted, columns, limit, position or [None, None, None, None])
    beyond = position[0] if position else None
    direction = "ASC" if wanted.upwards else "DESC"
    parameters = _parameters(wanted, beyond=beyond, enough=limit + 1, limit=limit + 1)
    rows, (reached, *_told) = _read(columns, parameters, further="", order=f"place {direction}")
    if len(rows) > limit:
        return Found([row[0] for row in rows[:limit]], [rows[limit - 1][1]], stopped=False)
    following = None if reached is None else [reached]
    return Found([row[0] for row in rows], following, stopped=reached is not None)


def _ranked_page(wanted: Wanted, columns: tuple[str, ...], limit: int, position: Position) -> Found:
    """A page of a block: the newest matches, ranked, and when these are through, those before.

    Where a block begins and ends is part of the position, so that it is the same on each of its
    pages; a claim that is published anew meanwhile leaves it.
    """
    beyond, until, likeness, place = position
    parameters = _parameters(
        wanted,
        beyond=beyond,
        until=until,
        enough=RANKED,
        ranked=True,
        limit=limit + 1,
        likeness=likeness,
        place=place,
    )
    if until is not None:  # it was gone through in time before
        parameters["patience"] = None
    further = "AND (likeness, place) < (%(likeness)s::real, %(place)s)" if place else ""
    rows, (reached, number, first, last) = _read(
        columns, parameters, further=further, order="likeness DESC, place DESC"
    )
    if until is None and (reached is not None or number >= RANKED):
        until = (reached - 1) if reached is not None else last - 1
    if beyond is None and first is not None:
        beyond = first + 1
    if len(rows) > limit:
        *_, (_row, end, fits) = rows[:limit]
        bounds = [beyond, -1 if until is None else until]
        return Found([row[0] for row in rows[:limit]], [*bounds, fits, end], stopped=False)
    more = until is not None and until >= 0
    following = [until + 1, None, None, None] if more else None
    return Found([row[0] for row in rows], following, stopped=more and len(rows) < limit)


def count(wanted: Wanted, most: int) -> tuple[int, bool]:
    """How many there are, as far as they are counted; and whether these are all."""
    parameters = _parameters(wanted, enough=most, limit=0)
    parameters |= {"patience": COUNTING_PATIENCE, "by_first": False, "upwards": False}
    [(number, reached)] = items.run(COUNT.format(found=FOUND), parameters)
    return number, reached is None and number < most


def _parameters(wanted: Wanted, **more: Any) -> dict[str, Any]:
    return {
        "asked": wanted.asked,
        "wanted": json.dumps([["standing=yes"], *wanted.terms]),
        "marked": json.dumps(wanted.marks),
        "limits": json.dumps(wanted.limits),
        "by_first": wanted.order == "published",
        "upwards": wanted.upwards,
        "beyond": None,
        "until": None,
        "ranked": False,
        "patience": PATIENCE,
    } | more


def _read(
    columns: tuple[str, ...], parameters: dict[str, Any], *, further: str, order: str
) -> tuple[list[tuple[items.Row, int, float]], tuple[Any, ...]]:
    """Rows, each with where it stands; and what was told of the search as a whole."""
    names = ", ".join(
        f"edition.{name.removeprefix('edition__')}"
        if name.startswith("edition__")
        else f"claim.{name}"
        for name in columns
    )
    statement = PAGE.format(columns=names, found=FOUND, further=further, order=order)
    width = len(columns)
    rows = items.run(statement, parameters)
    found = [(row[:width], row[width], row[width + 1]) for row in rows if row[width] is not None]
    return found, rows[0][width + 2 :]
