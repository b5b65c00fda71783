"""The list of claims: all of them, or those that words and filters ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.editions import questions, search
from claims.editions.questions import Question

from . import record
from .feed_forms import links
from .filters import LABELS, ORDERS, Filters
from .freshness import etag, public, unchanged
from .highlights import Found
from .pages import site


@dataclass(frozen=True)
class Link:
    """A value that the list can be narrowed down to, and in how many of the matches it holds."""

    name: str
    claims: int
    address: str


@dataclass(frozen=True)
class Facet:
    label: str
    links: list[Link]


@dataclass(frozen=True)
class Asked:
    """An address understood, as far as it can be: what is looked for, and how far the record is."""

    filters: Filters
    question: Question
    now: record.Now

    @classmethod
    def of(cls, request: HttpRequest, *, near: bool = True) -> Asked:
        """One question to the database: the vocabulary, and what is known of the words.

        Without `near` a search is strict: no near spellings, and all of the words.
        """
        typed = request.GET.get("q", "").strip()
        parts = questions.parts_of(typed)
        known = search.known_words(parts)
        now = record.now(**({"known": known} if known else {}))
        known_words = search.read_known(now.told("known"), near=near)
        question = questions.question(typed, parts, known_words)
        if not near:
            question.loose = None
        return cls(Filters.of(request.GET, statuses=now.labels), question, now)

    @property
    def finds_nothing(self) -> bool:
        """Something was typed, and there is not a word in it."""
        return bool(self.filters.query) and self.question.strict is None

    def search(self, **changes: Any) -> search.Search:
        filters = self.filters
        asked: dict[str, Any] = {
            "question": self.question,
            "facets": ("standing=yes", *filters.facets),
            "order": filters.order,
            "limit": record.PAGE + 1,
            "offset": (filters.page - 1) * record.PAGE,
            "beyond": filters.before or filters.after,
        }
        return search.Search(**asked | changes)


@public
def claims(request: HttpRequest) -> HttpResponseBase:
    """All claims, or those that were asked for, with the ways to narrow them down."""
    asked = Asked.of(request)
    tag = etag(asked.now.tag)
    if answer := unchanged(request, tag):
        return answer
    filters = asked.filters
    found = search.NOTHING if asked.finds_nothing else search.find(asked.search())
    names = {one.value: capfirst(one.name) for one in found.values if one.name}
    context = {
        "site": site(),
        "area": "claims",
        "filters": filters,
        "question": asked.question,
        "found": found,
        "hits": [Found.of(hit) for hit in found.hits[: record.PAGE]],
        "chosen": filters.chosen(names),
        "facets": _facets(filters, found, names),
        "orders": [
            (label, filters.address(sort=order), order == filters.order)
            for order, label in ORDERS.items()
            if order != "relevance" or filters.query
        ],
        "feeds": links(_("Claims"), "claims-feed", **filters.parameters()),
        "meant": filters.address(q=asked.question.meant),
        **_further(filters, found),
    }
    return HttpResponse(render_to_string("web/claims.html", context), headers={"ETag": tag})


def _facets(filters: Filters, found: search.Found, names: Mapping[str, str]) -> list[Facet]:
    """By what the list can be narrowed down further, and how far."""
    by_facet: dict[str, list[search.Value]] = {name: [] for name in LABELS}
    for one in found.values:
        by_facet.get(one.facet, []).append(one)
    return [
        Facet(
            str(LABELS[facet]),
            [
                Link(
                    name=capfirst(filters.name_of(facet, one.value, names)),
                    claims=one.claims,
                    address=filters.address(**{facet: one.value}),
                )
                for one in values
            ],
        )
        for facet, values in by_facet.items()
        if values and facet not in filters.values
    ]


def _further(filters: Filters, found: search.Found) -> dict[str, Any]:
    """Where the list goes on, where it began, and where those go on who have seen the best."""
    more = len(found.hits) > record.PAGE
    last = found.hits[record.PAGE - 1].claim.sequence if more else found.reached
    following = by_date = ""
    if filters.order == "relevance":
        if more:
            following = filters.address(page=filters.page + 1)
        elif found.is_capped:
            by_date = filters.address(sort="newest")
    elif last is not None:
        following = filters.address(**{"after" if filters.order == "oldest" else "before": last})
    begun = filters.before or filters.after or filters.page > 1
    return {
        "older": following,
        "newest": filters.address() if begun else "",
        "by_date": by_date,
        "out_of_time": found.reached is not None and not more,
    }
