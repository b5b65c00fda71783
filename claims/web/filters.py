"""Which claims a list shows, and in which order: all of it stands in the address.

What is not understood is left out: `ignored` names it, and pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from claims.editions.models import REF_FORMAT
from claims.editions.texts import LONGEST_TERM

from . import words
from .text import language_name

REF = re.compile(REF_FORMAT)
FORMS = {
    "event": REF,
    "claimant": REF,
    "language": re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,6}"),
    "year": re.compile(r"[0-9]{4}"),
    "place": re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_TERM}}}"),
}
SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")
PAGE = re.compile(r"[1-9][0-9]{0,2}")
YES_NO: words.Words = {"yes": lazy("yes"), "no": lazy("no")}
# In the order in which a list offers them.
LABELS: words.Words = {
    "finding": lazy("Is it so?"),
    "attribution": lazy("Was it said?"),
    "disputed": lazy("Disputed?"),
    "claimant": lazy("Claimant"),
    "event": lazy("Event"),
    "aspect": lazy("It answers"),
    "harm": lazy("Harm"),
    "year": lazy("Year"),
    "place": lazy("Place, as asserted"),
    "language": lazy("Language"),
}
ORDERS: words.Words = {
    "relevance": lazy("Best match first"),
    "newest": lazy("Latest first"),
    "oldest": lazy("Earliest first"),
}
PLACES = ("before", "after", "page")
LONGEST_QUERY = 500


@dataclass(frozen=True)
class Chosen:
    """A filter in force, in words, and the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass
class Filters:
    """The filters of one address. `values` holds only what was understood."""

    statuses: Mapping[str, Mapping[str, str]]  # by axis: code and label
    query: str = ""
    values: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    sort: str = ""
    before: int | None = None
    after: int | None = None
    page: int = 1

    @classmethod
    def of(cls, asked: QueryDict, *, statuses: Mapping[str, Mapping[str, str]]) -> Filters:
        filters = cls(statuses)
        for name in asked:
            if value := str(asked[name]).strip():
                filters._take(name, value)
        if filters.order != "oldest" and filters.after is not None:
            filters._ignore("after")
            filters.after = None
        if filters.order != "newest" and filters.before is not None:
            filters._ignore("before")
            filters.before = None
        if filters.order != "relevance" and filters.page > 1:
            filters._ignore("page")
            filters.page = 1
        return filters

    def _take(self, name: str, value: str) -> None:
        if name == "q":
            self.query = value
        elif name == "sort" and value in ORDERS:
            self.sort = value
        elif name in ("before", "after") and SEQUENCE.fullmatch(value):
            setattr(self, name, int(value))
        elif name == "page" and PAGE.fullmatch(value):
            self.page = int(value)
        elif name in LABELS and self._understood(name, value):
            self.values[name] = value
        else:
            self._ignore(name)

    def _ignore(self, name: str) -> None:
        self.ignored.append(name[:40])

    def _understood(self, name: str, value: str) -> bool:
        known: dict[str, Collection[str]] = {
            "finding": self.statuses["content"],
            "attribution": self.statuses["attribution"],
            "aspect": words.ASPECTS,
            "harm": words.HARMS,
            "disputed": YES_NO,
        }
        if name in known:
            return value in known[name]
        return FORMS[name].fullmatch(value) is not None

    @property
    def order(self) -> str:
        """Without words there is nothing by which one claim could match better than another."""
        if self.sort and (self.sort != "relevance" or self.query):
            return self.sort
        return "relevance" if self.query else "newest"

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(f"{name}={value}" for name, value in self.values.items())

    @property
    def narrowed(self) -> bool:
        """Whether this is another list than that of all claims."""
        return bool(self.query or self.values)

    @property
    def elsewhere(self) -> bool:
        """Whether it is another page of that list, or in another order, than what comes first."""
        return bool(self.sort or self.before or self.after or self.page > 1)

    def parameters(self) -> dict[str, str]:
        """What makes the list, without its order and the place in it."""
        return {**({"q": self.query} if self.query else {}), **self.values}

    def address(self, **changes: Any) -> str:
        """The list with these changes; it begins anew, unless they say where. "" takes away."""
        asked: dict[str, Any] = self.parameters()
        if self.sort:
            asked["sort"] = self.sort
        asked |= changes
        query = {name: str(value) for name, value in asked.items() if value}
        return f"?{urlencode(query)}" if query else "?"

    def name_of(self, facet: str, value: str, names: Mapping[str, str]) -> str:
        """A value in words. `names` are those of refs."""
        said: dict[str, Callable[[], str]] = {
            "finding": lambda: self.statuses["content"].get(value, value),
            "attribution": lambda: self.statuses["attribution"].get(value, value),
            "aspect": lambda: words.word(words.ASPECTS, value),
            "harm": lambda: words.word(words.HARMS, value),
            "disputed": lambda: words.word(YES_NO, value),
            "language": lambda: language_name(value),
        }
        return str(said[facet]() if facet in said else names.get(value) or value)

    def chosen(self, names: Mapping[str, str]) -> list[Chosen]:
        """What narrows the list down, each with the address of the list without it."""
        searched = [Chosen(_("Words"), self.query, self.address(q=""))] if self.query else []
        return searched + [
            Chosen(
                label=str(LABELS[name]),
                value=self.name_of(name, value, names),
                without=self.address(**{name: ""}),
            )
            for name, value in self.values.items()
        ]
