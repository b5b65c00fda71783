"""Reviews in the shape that Meedan's Fetch serves, for Check and for whoever reads that already.

Point a client's `fetch_url` at `/api/fetch`. That shape has no place for who made a claim, so the
claimant stands before the statement, and none for what became of a claim: a claim that was
retracted or merged leaves the list, and an `identifier` stays the same over all editions of a
claim. Whoever must not miss a correction reads `/api/v1/changes/` besides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django_filters import filters
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema_field, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.editions.addresses import Addresses
from claims.editions.linked_data import NOT_ASSESSED, rating
from claims.editions.models import PublishedClaim, PublishedText
from claims.editions.questions import parts_of, question
from claims.editions.stamps import stamp

from . import contract
from .columns import LanguageFilter, MomentField
from .reading import RecordView
from .schema import query
from .shapes import shaped

USUAL, MOST, FURTHEST = 20, 10_000, 10_000
CHUNK = 200  # claims that are read at a time: an answer of any length takes the same memory


def service() -> str:
    """What this site is called among the services of an aggregator."""
    return slugify(settings.SITE_NAME) or "factcheck"


def review_of(claim: PublishedClaim) -> dict[str, Any]:
    """A claim with what was found about it. `raw` is what the shape of Fetch has no room for."""
    edition, content = claim.edition, claim.edition.document
    places = Addresses(settings.SITE_URL)
    address = places.edition(claim.ref, edition.number)
    said = f"{content['claimant_name']}: {content['statement']}"
    return {
        "identifier": claim.ref,
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "datePublished": edition.published_at.astimezone(UTC).date().isoformat(),
        "url": address,
        "author": {"name": settings.SITE_NAME, "url": places.desk},
        "inLanguage": content["language"],
        "headline": said,
        "claimReviewed": said,
        "text": content["finding"]["definition"],
        "image": f"{address}card.png",
        "keywords": content["aspect"],
        "reviewRating": rating(content["finding"]),
        "raw": {
            "id": claim.ref,
            "service": service(),
            "created_at": stamp(edition.published_at),
            "language": content["language"],
            "edition": edition.number,
            "digest": edition.digest,
            "sequence": edition.sequence,
            "disputed": claim.disputed,
        },
    }


def saying(found: QuerySet[PublishedClaim], phrase: str) -> QuerySet[PublishedClaim]:
    """Those in which this phrase stands, in any of the scripts it may be written in."""
    strict = question(f'"{phrase}"', parts_of(f'"{phrase}"'), {}).strict
    if strict is None:
        return found.none()
    wanted = SearchQuery(strict, search_type="raw", config="simple")
    return found.filter(ref__in=PublishedText.objects.filter(words=wanted).values("ref"))


class TimeField(MomentField):
    """A day, which begins at midnight UTC, or a moment with its offset."""

    def clean(self, value: Any) -> Any:
        text = str(value or "")
        if len(text) == len("2026-11-23"):
            text += "T00:00:00Z"
        try:
            return super().clean(text)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                "Allowed: a day or a moment with its offset, such as 2026-11-23 or "
                "2026-11-23T12:00:00Z."
            ) from error


@extend_schema_field({"type": "string", "maxLength": 40})
class TimeFilter(filters.Filter):
    field_class = TimeField


class FetchFilter(FilterSet):
    """Which reviews? The names are Fetch's."""

    service = filters.CharFilter(
        method="of_service", help_text="There is one service, ours: `/api/fetch/services` names it."
    )
    search_query = filters.CharFilter(
        method="with_phrase", help_text="A phrase that stands in the claim, its names or its words."
    )
    language = LanguageFilter(help_text="The language of the statement (BCP 47).")
    start_time = TimeFilter(
        field_name="published_at", lookup_expr="gte", help_text="Reviewed then or later."
    )
    end_time = TimeFilter(
        field_name="published_at", lookup_expr="lte", help_text="Reviewed then or earlier."
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def of_service(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found if value == service() else found.none()

    def with_phrase(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return saying(found, value)


WHICH = [
    query("service", FetchFilter.base_filters["service"].extra["help_text"], {"type": "string"}),
    query(
        "search_query",
        FetchFilter.base_filters["search_query"].extra["help_text"],
        {"type": "string", "maxLength": 300},
    ),
    query("language", "The language of the statement (BCP 47).", {"type": "string"}),
    query("start_time", "Reviewed then or later: a day, or a moment with offset.", contract.TEXT),
    query("end_time", "Reviewed then or earlier.", contract.TEXT),
    query("per_page", "How many at most.", {
        "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL,
    }),
    query("offset", "How many to leave out first.", {
        "type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0,
    }),
]  # fmt: skip


class FetchView(RecordView):
    """An address in the shape of Fetch, which has its own way to refuse."""

    def get_exception_handler(self) -> Callable[..., Response]:
        explain = super().get_exception_handler()

        def refuse(error: Exception, context: Mapping[str, Any]) -> Response:
            answer: Response = explain(error, context)
            answer.data = {"error": answer.data["detail"]}
            answer.content_type = "application/json"
            return answer

        return refuse

    def reviewed(self) -> QuerySet[PublishedClaim]:
        return self.filter_queryset(self.get_queryset())


@extend_schema_view(
    get=shaped("fetch_claim_reviews", "Reviews, as Meedan's Fetch serves them", *WHICH,
               component="FetchReviews", problem="FetchError")
)  # fmt: skip
class ClaimReviews(FetchView):
    """What was found about the claims that stand, the latest first."""

    queryset = PublishedClaim.objects.current().exclude(content_status=NOT_ASSESSED)
    filterset_class = FetchFilter
    parameters = ("per_page", "offset")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self.reviewed()
        most = self.whole_number("per_page", least=1, most=MOST, usual=USUAL)
        offset = self.whole_number("offset", least=0, most=FURTHEST, usual=0)
        return StreamingHttpResponse(listed(found, offset, most), content_type="application/json")

    def whole_number(self, name: str, *, least: int, most: int, usual: int) -> int:
        text = self.request.query_params.get(name, str(usual))
        if text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most:
            return int(text)
        raise ValidationError({name: [f"Allowed: a whole number from {least} to {most}."]})


def listed(found: QuerySet[PublishedClaim], offset: int, most: int) -> Iterator[bytes]:
    """The reviews as a JSON array, in pieces. Each part goes on where the last one ended."""
    part = found.order_by("-sequence").select_related("edition")
    yield b"["
    before = b""
    rows = list(part[offset : offset + min(CHUNK, most)])
    while rows:
        for claim in rows:
            yield before + json.dumps(review_of(claim), ensure_ascii=False).encode()
            before = b","
        most -= len(rows)
        wanted = min(CHUNK, most) if len(rows) == CHUNK else 0
        rows = list(part.filter(sequence__lt=rows[-1].sequence)[:wanted])
    yield b"]"


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


@extend_schema_view(
    get=shaped("fetch_services", "What there is, as Meedan's Fetch tells it",
               component="FetchServices", problem="FetchError")
)  # fmt: skip
class Services(FetchView):
    """How many reviews there are, and from when: by that an aggregator cuts its questions."""

    queryset = ClaimReviews.queryset

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        told = self.reviewed().aggregate(
            count=Count("ref"), earliest=Min("published_at"), latest=Max("published_at")
        )
        one = {
            "service": service(),
            "count": told["count"],
            "earliest": _day(told["earliest"]),
            "latest": _day(told["latest"]),
        }
        return HttpResponse(json.dumps({"services": [one]}), content_type="application/json")
