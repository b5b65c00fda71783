"""Numbers as they were worded, and a drawing that adds nothing to the words.

An open end is drawn open; who gives no figure gets no mark; nothing is summed or averaged. The
words beside each mark are its text equivalent, so the drawing itself is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from . import words
from .text import Said

WITHOUT_NUMBER = ("word", "composition_only")


@dataclass(frozen=True)
class Mark:
    """Where a figure stands on the axis, in per cent of its width."""

    dots: tuple[str, ...]
    line: tuple[str, str] | None = None
    rough: bool = False
    open_from: str = ""
    open_to: str = ""


@dataclass(frozen=True)
class Row:
    """One claimant's figure: the words, how they are read, and a mark if there is a number."""

    claimant: Said
    words: Said | None
    reading: str
    mark: Mark | None = None
    anchor: str = ""
    population: str = ""
    subgroup: str = ""


@dataclass
class Chart:
    """All figures on one kind of harm, over one axis that starts at zero."""

    harm: str
    rows: list[Row] = field(default_factory=list)
    ticks: list[tuple[str, str]] = field(default_factory=list)


Statement = tuple[Said, str, Sequence[Mapping[str, Any]]]  # claimant, language, figures


def charts(statements: Iterable[Statement], *, only: set[str] | None = None) -> list[Chart]:
    """The figures of several statements, one chart a kind of harm (`only` these, if given)."""
    given = list(statements)
    harms = dict.fromkeys(figure["harm"] for _claimant, _language, some in given for figure in some)
    return [_chart(harm, given) for harm in harms if only is None or harm in only]


def _chart(harm: str, given: list[Statement]) -> Chart:
    chart = Chart(words.word(words.FIGURE_HARMS, harm))
    numbers = [
        number
        for _claimant, _language, some in given
        for figure in some
        if figure["harm"] == harm and figure["bound"] not in WITHOUT_NUMBER
        for number in (figure["minimum"], figure["maximum"])
        if number is not None
    ]
    top = _top(max(numbers)) if numbers else 0
    spoke: dict[str, Said] = {}
    silent: dict[str, Said] = {}
    for claimant, language, some in given:
        rows = [_row(claimant, language, one, top) for one in some if one["harm"] == harm]
        chart.rows += rows
        (spoke if rows else silent)[claimant.plain] = claimant
    chart.rows += [
        Row(claimant, None, _("gives no figure. No figure is not a zero."))
        for name, claimant in silent.items()
        if name not in spoke
    ]
    if top:
        chart.ticks = [(_at(n, top), _number(n)) for n in (0, top // 2, top)]
    return chart


def _row(claimant: Said, language: str, figure: Mapping[str, Any], top: int) -> Row:
    return Row(
        claimant=claimant,
        words=Said(figure["words"], language),
        reading=reading(figure),
        mark=_mark(figure, top) if top else None,
        anchor=f"f-{figure['ref']}" if figure.get("ref") else "",
        population=figure.get("population", ""),
        subgroup=figure.get("subgroup", ""),
    )


def reading(figure: Mapping[str, Any]) -> str:
    """How the words are read, in a sentence."""
    low, high, bound = figure["minimum"], figure["maximum"], figure["bound"]
    numbers = {"low": _number(low), "high": _number(high), "number": _number(_first(low, high))}
    if bound == "composition_only":
        sentence = _("Says who, not how many.")
    elif bound == "word" or (low is None and high is None):
        sentence = _("A word, no number.")
    elif low is not None and high is not None and low != high:
        sentence = _("From %(low)s to %(high)s.")
    elif bound == "about":
        sentence = _("About %(number)s.")
    elif bound == "exact" or low == high:
        sentence = _("Exactly %(number)s.")
    elif high is None:
        sentence = _("At least %(low)s; no upper figure given.")
    else:
        sentence = _("At most %(high)s; no lower figure given.")
    return sentence % numbers


def _mark(figure: Mapping[str, Any], top: int) -> Mark | None:
    low, high, bound = figure["minimum"], figure["maximum"], figure["bound"]
    number = _first(low, high)
    if bound in WITHOUT_NUMBER or number is None:
        return None
    rough = bound == "about"
    if low is not None and high is not None and low != high:
        ends = _at(low, top), _at(high, top)
        return Mark(ends, line=ends, rough=rough)
    at = _at(number, top)
    is_open = bound not in ("exact", "about") and low != high
    return Mark(
        (at,),
        rough=rough,
        open_from=at if is_open and high is None else "",
        open_to=at if is_open and low is None else "",
    )


def _top(largest: int) -> int:
    """A round end for the axis, so far beyond the largest number that an open end has room."""
    wanted = max(largest * 2, 10)
    unit: int = 10 ** (len(str(wanted)) - 1)
    return next(n for n in (unit, 2 * unit, 4 * unit, 6 * unit, 10 * unit) if n >= wanted)


def _at(number: int, top: int) -> str:
    return f"{number / top:.2%}"


def _first(low: int | None, high: int | None) -> int | None:
    return high if low is None else low


def _number(number: int | None) -> str:
    return "" if number is None else str(number_format(number, force_grouping=True))
