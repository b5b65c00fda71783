"""How many claims stand behind each filter, as far as counting is cheap.

Counting stops at 1,000, and after `WINDOW` claims looked at. Where it had to stop before it was
sure the number is a lower bound, and is shown as one: “57+”. What it costs does not grow with the
number of claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q
from django.utils.formats import number_format

from claims.models import Line

from .filters import FACETS, FIXED, POOL, Asked, Facet

WINDOW = 4_000
ENOUGH = 1_000
TOP = 8
COLUMNS = ("state", "harm", "aspect", "language", "claimant_id", "event_id", "attribution_id",
           "finding_id", "disputed", "created_by_id", "awaits_reply", "due", "claim_id",
           "is_assigned")  # fmt: skip

Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Count:
    """So many claims, or at least so many."""

    number: int
    is_floor: bool = False

    @property
    def is_none(self) -> bool:
        return not self.number and not self.is_floor

    @property
    def is_few(self) -> bool:
        return not self.is_floor and self.number <= ENOUGH

    def __str__(self) -> str:
        shown = number_format(min(self.number, ENOUGH), force_grouping=True)
        if self.number > ENOUGH or (self.is_floor and self.number):
            return f"{shown}+"
        return "" if self.is_floor else shown


def condition(asked: Q) -> Sql:
    """The WHERE of the lines that are so, for whatever stands in the place of their table."""
    query = Line.objects.filter(asked).query
    try:
        sql, parameters = query.get_compiler(connection=connection).compile(query.where)
    except FullResultSet:
        return "TRUE", []
    except EmptyResultSet:
        return "FALSE", []
    return sql, list(parameters)


def count(asked: Asked) -> tuple[Count, dict[str, dict[str, Count]]]:
    """How many claims the list holds, and by filter and value how many it would."""
    seen, sizes = _window(asked)
    counts: dict[str, dict[str, Count]] = defaultdict(dict)
    unsure: list[tuple[Facet, str]] = []
    for facet in FACETS:
        cut = asked.is_cut or sizes[_base(facet, asked)] >= WINDOW
        for value in dict.fromkeys([*_offered(facet, asked), *seen[facet.name]]):
            number = seen[facet.name].get(value, 0)
            counts[facet.name][value] = Count(number, cut)
            if cut and number <= ENOUGH and not asked.conditions(but=facet.name, counting=True):
                unsure.append((facet, value))
    for facet, value, number in _one_by_one(asked, unsure):
        counts[facet.name][value] = Count(number)
    counts["assignee"] |= _assignees(asked)
    return Count(sizes[""], asked.is_cut or sizes[""] >= WINDOW), counts


def _base(facet: Facet, asked: Asked) -> str:
    """A filter's own counts leave it out; all that are not in force have the same to go by."""
    return facet.name if facet.name in asked.values else ""


def _offered(facet: Facet, asked: Asked) -> list[str]:
    """The values that are counted whether or not they are come across."""
    if facet.name == "assignee":
        return ["nobody"]  # the others are counted by themselves
    return list(dict.fromkeys([*FIXED.get(facet.name, ()), *asked.values.get(facet.name, [])]))


def _window(asked: Asked) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """What a first look at some of the claims says: by filter and value, and how many were seen."""
    bases = dict.fromkeys(["", *(_base(facet, asked) for facet in FACETS)])
    parameters: list[Any] = []
    tables, parts = [], []
    for number, base in enumerate(bases):
        where, values = condition(asked.conditions(but=base, counting=True))
        tables.append(
            f"base_{number} AS MATERIALIZED (SELECT {', '.join(COLUMNS)} FROM claims_line"  # noqa: S608
            f" WHERE {where} LIMIT {WINDOW})"
        )
        parameters += values
        parts.append(f"SELECT '', '{base}', count(*) FROM base_{number}")  # noqa: S608
    places = {base: f"base_{number}" for number, base in enumerate(bases)}
    for facet in FACETS:
        table = places[_base(facet, asked)]
        if facet.column:
            top = f" ORDER BY 3 DESC, 2 LIMIT {TOP}" if facet.is_open else ""
            parts.append(
                f"(SELECT '{facet.name}', {facet.column}::text, count(*) FROM {table}"  # noqa: S608
                f" GROUP BY 2{top})"
            )
        else:
            for value in _offered(facet, asked):
                where, values = condition(facet.condition([value], asked.user))
                parts.append(
                    f"SELECT '{facet.name}', %s, count(*) FROM {table} AS claims_line"  # noqa: S608
                    f" WHERE {where}"
                )
                parameters += [value, *values]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", parameters)
        rows = cursor.fetchall()
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for name, value, number in rows:
        if value is not None and (value or not name):
            seen[name][value] = number
    return seen, seen.pop("")


def _one_by_one(
    asked: Asked, unsure: Iterable[tuple[Facet, str]]
) -> Iterator[tuple[Facet, str, int]]:
    """Where nothing else is asked for, an index knows how many have a value."""
    unsure = list(unsure)
    if not unsure:
        return
    parts, parameters = [], []
    for number, (facet, value) in enumerate(unsure):
        where, values = condition(facet.condition([value], asked.user))
        parts.append(
            f"SELECT {number}, count(*) FROM"  # noqa: S608
            f" (SELECT FROM claims_line WHERE {where} LIMIT {ENOUGH + 1}) AS found"
        )
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for number, found in cursor.fetchall():
            yield *unsure[number], found


def _assignees(asked: Asked) -> dict[str, Count]:
    """Open assignments are few beside claims: they are counted through, for whom they are."""
    where, values = condition(asked.conditions(but="assignee", counting=True))
    mine = str(asked.user.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT assignee_id, pool_id, count(*) FROM (
                SELECT given.assignee_id, given.pool_id
                FROM claims_assignment given JOIN claims_line USING (claim_id)
                WHERE NOT given.done AND ({where}) LIMIT {WINDOW}
            ) AS open GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """,  # noqa: S608 - all that was asked for is a parameter
            values,
        )
        rows = cursor.fetchall()
    cut = asked.is_cut or sum(number for *_, number in rows) >= WINDOW
    found = {
        str(person) if person else f"{POOL}{pool}": Count(number, cut)
        for person, pool, number in rows
    }
    chosen = asked.values.get("assignee", [])
    counts = {"me": found.pop(mine, Count(0, cut))}
    kept = [*list(found)[:TOP], *chosen]
    return counts | {value: found.get(value, Count(0, cut)) for value in kept if value != "nobody"}
