"""What all addresses of the public record have in common: stored text, sent as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from claims.editions import items

from . import sparse
from .access import Admitted

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Deprecation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Sunset"
    ),
}
# Answers that say something of who asked, not of what: no cache may give them to others.
ABOUT_THE_ASKER = frozenset({401, 403, 429})
PREFLIGHT = OPEN_TO_ALL | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def is_held(request: Request, tag: str) -> bool:
    """Whether the reader says it holds this very answer (If-None-Match, compared weakly)."""
    held = [entry.removeprefix("W/") for entry in parse_etags(request.headers["if-none-match"])]
    return tag in held or "*" in held


def asks_for_news_only(request: Request) -> bool:
    return "if-none-match" in request.headers


@cache
def selected(view: type[RecordView], columns: tuple[Any, ...]) -> QuerySet:
    """These columns of what a view is about; resolving them costs more than the rest of a query."""
    return view.queryset.values_list(*columns)


class RecordView(Admitted):
    """What all addresses have in common: read-only, open to any page, always checked for news."""

    http_method_names = ["get", "head", "options"]
    queryset: QuerySet
    parameters: tuple[str, ...] = ()  # those that are neither filters nor about paging
    component = ""  # the schema of an item, for `fields`
    includes: tuple[str, ...] = ()  # what can be asked for beside the item, for `include`
    pagination_class: Any = None
    cache_control = "public, no-cache"  # may be kept, must be checked: corrections show at once

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """What a browser asks before it lets a page of another site send If-None-Match."""
        return HttpResponse(status=204, headers=PREFLIGHT)

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        for name, value in OPEN_TO_ALL.items():
            answer.headers.setdefault(name, value)
        if answer.status_code in ABOUT_THE_ASKER:
            answer["Cache-Control"] = "no-store"
        elif answer.status_code < 400:
            answer["Cache-Control"] = self.cache_control
        else:
            answer["Cache-Control"] = RecordView.cache_control
        if "immutable" in answer["Cache-Control"]:
            # Whoever gets this from a cache would read what somebody else had left, for a year.
            del answer["RateLimit"], answer["RateLimit-Policy"]
        return answer

    def asked(self, columns: tuple[Any, ...]) -> QuerySet:
        """These columns of what the address and its parameters ask for."""
        return self.filter_queryset(selected(type(self), columns).filter(**self.about()))

    def about(self) -> dict[str, Any]:
        """What the address itself names, by the columns that have it."""
        return self.kwargs

    @cached_property
    def fields(self) -> sparse.Names | None:
        """The fields that were asked for; None: all of them."""
        return sparse.fields(self.request, self.component) if "fields" in self.parameters else None

    @cached_property
    def included(self) -> tuple[str, ...]:
        return sparse.includes(self.request, self.includes) if self.includes else ()

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        """A row as an item, in pieces, with all there is to say of it."""
        return items.pieces(row)

    def item(self, row: items.Row) -> Iterator[bytes]:
        """A row as an item, in pieces: stored bytes, unless only a part was asked for."""
        if self.fields is None:
            return self.pieces(row)
        return sparse.item(b"".join(self.pieces(row)), self.fields)


class RecordList(RecordView):
    """A page of items: one query, or two where the reader holds what is no longer so."""

    pagination_class = GenericAPIView.pagination_class
    paginator: Any
    order = "sequence"
    tag_column = "digest"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.paginator.begin(request, self)
        columns = self.columns()
        conditional = asks_for_news_only(request)
        # Of an edition the digest stays when its content is taken out of the record.
        with_content = columns[-1] == "content"
        named: Any = items.TAG if with_content else self.tag_column
        rows = self.page(("sequence", named) if conditional else columns)
        if not rows:
            self.explain_emptiness()
        _refused_if_unknown = self.fields
        if self.paginator.counting:
            number, whole = self.count(self.paginator.counted + 1)
            self.paginator.count(number, whole=whole)
        if conditional:
            tag = self.paginator.tag(row[1] for row in rows)
            if is_held(request, tag):
                return HttpResponseNotModified(headers={"ETag": tag})
            rows = rows and self.page(columns)
        place = columns.index(self.tag_column)
        answer = self.get_paginated_response(items.joined(map(self.item, rows)))
        answer["ETag"] = self.paginator.tag(
            row[place] + items.GONE if with_content and items.is_notice(row[-1]) else row[place]
            for row in (row[: len(columns)] for row in rows)
        )
        return answer

    def page(self, columns: tuple[Any, ...]) -> list[items.Row]:
        found = self.asked((*columns, *self.paginator.keys()))
        page = self.paginator.paginate_queryset(found, self.request, self)
        rows: list[items.Row] = self.paginator.cut(items.read(page))
        return rows

    def count(self, most: int) -> tuple[int, bool]:
        """How many there are on all pages, and whether all were counted: no more are than this."""
        number = self.asked(("pk",)).order_by()[:most].count()
        return number, number < most

    def columns(self) -> tuple[str, ...]:
        """What is read of each edition: its content only for those who ask for it."""
        return (*items.EDITION, "content") if "content" in self.included else items.EDITION

    def explain_emptiness(self) -> None:
        """A list may know why nothing was found, and say so."""


class RecordDetail(RecordView):
    """One stored thing. Whether it is still the same is found out without reading it."""

    columns: tuple[str, ...]
    tag_column = "digest"
    missing: str

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _asked_for = self.fields, self.included
        if asks_for_news_only(request):
            for (held,) in items.read(self.revalidated(self.asked((self.tag_column,)))):
                if is_held(request, tag := f'"{held}"'):
                    return HttpResponseNotModified(headers={"ETag": tag})
        for row in items.read(self.asked(self.columns)):
            tag = self.tag(row)
            return HttpResponse(
                self.body(row),
                status=self.status_of(row),
                content_type="application/json",
                headers={"ETag": tag},
            )
        raise Http404(self.missing)

    def tag(self, row: items.Row) -> str:
        return f'"{row[self.columns.index(self.tag_column)]}"'

    def revalidated(self, found: QuerySet) -> QuerySet:
        """The part of what was found for which "you hold it already" is an answer."""
        return found

    def body(self, row: items.Row) -> bytes:
        return b"".join(self.item(row))

    def status_of(self, row: items.Row) -> int:
        return 200


class NothingHere(RecordView):
    """Any other address of the API: not found, whatever is tried on it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
