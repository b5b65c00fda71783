"""The public record for partners: stored text, sent as it is."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from claims.editions import items
from claims.editions.choices import TOMBSTONES
from claims.editions.models import Edition, PublishedClaim, PublishedEvent, StatusDefinition
from claims.editions.stamps import stamp

from . import schema
from .filters import ClaimFilter, refuse_unknown_statuses

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
}
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
def selected(view: type[RecordView], columns: tuple[str, ...]) -> QuerySet:
    """These columns of what a view is about; resolving them costs more than the rest of a query."""
    return view.queryset.values_list(*columns)


class RecordView(GenericAPIView):
    """What all addresses have in common: read-only, open to any page, always checked for news."""

    http_method_names = ["get", "head", "options"]
    queryset: QuerySet
    parameters: tuple[str, ...] = ()  # those that are neither filters nor about paging
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
        answer["Cache-Control"] = (
            self.cache_control if answer.status_code < 400 else RecordView.cache_control
        )
        return answer

    def asked(self, columns: tuple[str, ...]) -> QuerySet:
        """These columns of what the address and its parameters ask for."""
        return self.filter_queryset(selected(type(self), columns).filter(**self.kwargs))


class RecordList(RecordView):
    """A page of items: one query, or two where the reader holds what is no longer so."""

    pagination_class = GenericAPIView.pagination_class
    paginator: Any
    order = "sequence"
    tag_column = "digest"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        columns = self.columns()
        conditional = asks_for_news_only(request)
        rows = self.page(("sequence", self.tag_column) if conditional else columns)
        if not rows:
            self.explain_emptiness()
        if conditional:
            tag = self.paginator.tag(row[1] for row in rows)
            if is_held(request, tag):
                return HttpResponseNotModified(headers={"ETag": tag})
            rows = rows and self.page(columns)
        place = columns.index(self.tag_column)
        answer = self.get_paginated_response(items.listed(rows))
        answer["ETag"] = self.paginator.tag(row[place] for row in rows)
        return answer

    def page(self, columns: tuple[str, ...]) -> list[items.Row]:
        page = self.paginator.paginate_queryset(self.asked(columns), self.request, self)
        rows: list[items.Row] = self.paginator.cut(items.read(page))
        return rows

    def columns(self) -> tuple[str, ...]:
        """What is read of each edition: its content only for those who ask for it."""
        match self.request.query_params.get("include"):
            case None:
                return items.EDITION
            case "content":
                return (*items.EDITION, "content")
        raise ValidationError({"include": ["Allowed: content."]})

    def explain_emptiness(self) -> None:
        """A list may know why nothing was found, and say so."""


@extend_schema_view(get=schema.claim_list)
class ClaimList(RecordList):
    """The claims that stand in public, the most recently published or changed first.

    Retracted and merged claims leave this list; the changes say so, and each keeps its address.
    """

    queryset = PublishedClaim.objects.current()
    filterset_class = ClaimFilter
    order = "-sequence"
    tag_column = "etag"

    def columns(self) -> tuple[str, ...]:
        return items.CLAIM

    def explain_emptiness(self) -> None:
        refuse_unknown_statuses(self.request.query_params)


@extend_schema_view(get=schema.change_list)
class ChangeList(RecordList):
    """Everything that was ever added to the record, in the order it was added.

    A reader who goes on from the last `after` never misses an edition, a correction, a retraction
    or a merge: what is visible under a number stays, and nothing appears before it later.
    """

    queryset = Edition.objects.all()
    parameters = ("include",)
    position_parameter = "after"


@extend_schema_view(get=schema.edition_list)
class EditionList(RecordList):
    """All editions of one claim, oldest first; those of a retracted or merged claim too."""

    queryset = Edition.objects.all()
    parameters = ("include",)

    def explain_emptiness(self) -> None:
        if not self.paginator.position:
            raise Http404("No claim was published under this ref.")


class RecordDetail(RecordView):
    """One stored thing. Whether it is still the same is found out without reading it."""

    columns: tuple[str, ...]
    tag_column = "digest"
    missing: str

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if asks_for_news_only(request):
            for (held,) in items.read(self.revalidated(self.asked((self.tag_column,)))):
                if is_held(request, tag := f'"{held}"'):
                    return HttpResponseNotModified(headers={"ETag": tag})
        for row in items.read(self.asked(self.columns)):
            tag = f'"{row[self.columns.index(self.tag_column)]}"'
            return HttpResponse(
                self.body(row),
                status=self.status_of(row),
                content_type="application/json",
                headers={"ETag": tag},
            )
        raise Http404(self.missing)

    def revalidated(self, found: QuerySet) -> QuerySet:
        """The part of what was found for which "you hold it already" is an answer."""
        return found

    def body(self, row: items.Row) -> bytes:
        return b"".join(items.pieces(row))

    def status_of(self, row: items.Row) -> int:
        return 200


@extend_schema_view(get=schema.claim)
class ClaimDetail(RecordDetail):
    """A claim as it stands: the latest edition, and what the record says about it.

    A retracted claim answers 410 Gone with what is left to cite; its editions can still be read.
    So does one that was merged into another: `content.into` names that, `derived.merged_into`
    says what it says. Nobody is led there unasked, or they would print another claim under the
    ref that they hold.
    """

    queryset = PublishedClaim.objects.all()
    columns = items.CLAIM
    tag_column = "etag"
    missing = "No claim was published under this ref."

    def revalidated(self, found: QuerySet) -> QuerySet:
        """Gone is said every time (RFC 9110, 13.2.1)."""
        return found.filter(retracted=False)

    def status_of(self, row: items.Row) -> int:
        kind = row[self.columns.index("edition__kind")]
        return 410 if kind in TOMBSTONES else 200


@extend_schema_view(get=schema.edition)
class EditionDetail(RecordDetail):
    """One edition, as it was published. It never changes; its entity tag is its digest."""

    queryset = Edition.objects.all()
    columns = (*items.EDITION, "content")
    missing = "There is no such edition."
    cache_control = "public, max-age=31536000, immutable"


@extend_schema_view(get=schema.event)
class EventDetail(RecordDetail):
    """An event in the words of the latest edition that is about it."""

    queryset = PublishedEvent.objects.all()
    columns = ("sequence", "ref", "published_at", "document")
    tag_column = "sequence"
    missing = "No published claim is about an event with this ref."

    def body(self, row: items.Row) -> bytes:
        return items.event(*row)


@extend_schema_view(get=schema.status_list)
class StatusList(RecordView):
    """The verification statuses as the desk defines them today, in the desk's order."""

    queryset = StatusDefinition.objects.all()
    columns = (
        "axis",
        "code",
        "label",
        "definition",
        "tone",
        "rating",
        "position",
        "retired",
        "valid_from",
    )

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self.filter_queryset(self.get_queryset()).latest()
        statuses = list(found.values(*self.columns))
        for status in statuses:
            status["valid_from"] = stamp(status["valid_from"])
        body = json.dumps({"items": statuses}, ensure_ascii=False).encode()
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        if asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})


class NothingHere(RecordView):
    """Any other address of the API: not found, whatever is tried on it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
