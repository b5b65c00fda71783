"""Bars and columns, drawn on the server, and the same numbers as a table and a file.

A drawing holds shapes only: every word and number stands beside it as text, so it can be hidden
from screen readers, and mirrored where one reads from right to left.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

# A spreadsheet takes what begins so for a formula, also after white space it does not show, and
# on a later line of a cell.
FORMULA = re.compile(r"(^|[\r\n])(?=[\s\u00a0\ufeff]*[=+\-@\t])")


@dataclass(frozen=True)
class Column:
    """One column of a chart whose width is 10 a column and whose height is 100."""

    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Columns:
    """A number week by week; `top` is what the full height stands for, common to a group."""

    title: str
    numbers: Sequence[int]
    top: int

    @property
    def width(self) -> int:
        return 10 * len(self.numbers)

    @property
    def columns(self) -> list[Column]:
        heights = [round(100 * number / max(self.top, 1), 1) for number in self.numbers]
        return [
            Column(10 * place + 1, 100 - height, height) for place, height in enumerate(heights)
        ]

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def most(self) -> int:
        return max(self.numbers, default=0)

    @property
    def last(self) -> int:
        return self.numbers[-1] if self.numbers else 0


@dataclass(frozen=True)
class Bar:
    """One number, and its share of the longest bar's width."""

    label: str
    number: int
    width: str


def bars(rows: Sequence[tuple[str, int]], *, top: int | None = None) -> list[Bar]:
    longest = top or max((number for _label, number in rows), default=0)
    return [Bar(label, number, share(number, longest)) for label, number in rows]


def share(number: int, longest: int) -> str:
    return f"{100 * number / max(longest, 1):.1f}%"


@dataclass(frozen=True)
class Table:
    """The numbers of a chart. The first column of each row says what the row is about."""

    name: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]

    def as_file(self) -> HttpResponse:
        """For a spreadsheet: UTF-8 with its mark, and nothing in it that would be a formula."""
        answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.name}.csv"'
        writer = csv.writer(answer)
        writer.writerow([_harmless(cell) for cell in self.head])
        writer.writerows([[_harmless(cell) for cell in row] for row in self.rows])
        return answer


def _harmless(cell: str | int) -> str | int:
    return FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell
