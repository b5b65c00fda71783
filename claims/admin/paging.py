"""One page of the list of claims, and the addresses of those before and after it.

A page begins where the one before ended, whatever was added meanwhile: an address of a page stays
good, and the last page costs what the first does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Line

from .counts import Count
from .filters import KEY, ORDERS, Asked, among

PAGE = 50
BETWEEN = "~"


@dataclass(frozen=True)
class Page:
    """Up to fifty lines, and where to go from them."""

    lines: list[Line]
    newer: str
    older: str


def page_of(asked: Asked, *, of: Count) -> Page:
    """The lines that are asked for, from where the address says.

    Where few are known to be found, all of them are looked up before they are put in order: in
    order, they would be looked for among all claims.
    """
    order = ORDERS[asked.order]
    lines = Line.objects.filter(asked.conditions())
    if of.is_few:
        found_keys = lines.order_by().values_list("claim_id", flat=True)
        keys = [] if of.is_none else list(found_keys)
        lines = Line.objects.filter(among(keys))
    backwards = bool(asked.before) and not asked.after
    place = _place(asked, asked.before if backwards else asked.after)
    if place:
        lookup: Any = TupleLessThan if order.falling != backwards else TupleGreaterThan
        lines = lines.filter(lookup(tuple(F(column) for column in order.columns), place))
    found = list(lines.order_by(*order.by(backwards=backwards and bool(place)))[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if place and backwards:
        found.reverse()
    has_newer, has_older = (more, True) if place and backwards else (bool(place), more)
    if not found:  # beyond the end: the way back leads to the first page
        return Page(found, asked.address() if place else "", "")
    return Page(
        found,
        _address(asked, "before", found[0]) if has_newer else "",
        _address(asked, "after", found[-1]) if has_older else "",
    )


def _address(asked: Asked, side: str, line: Line) -> str:
    values = [getattr(line, column) for column in ORDERS[asked.order].columns]
    texts = [one.isoformat() if isinstance(one, dt.date) else str(one) for one in values]
    return asked.address(order=asked.order, **{side: BETWEEN.join(texts)})


def _place(asked: Asked, text: str) -> tuple[Any, ...]:
    """Where a page begins, from its address."""
    if not text:
        return ()
    readers = [READ[column] for column in ORDERS[asked.order].columns]
    try:
        parts = zip(readers, text.split(BETWEEN), strict=True)
        return tuple(read(part) for read, part in parts)
    except (ValueError, OverflowError):
        asked.refused.append(_("The list has no such page: this is its first."))
        return ()


def _key(text: str) -> int:
    if not KEY.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


READ: Mapping[str, Callable[[str], Any]] = {
    "claim_id": _key,
    "due": dt.date.fromisoformat,
    "moved_at": _moment,
}
