"""The record as a schema.org DataFeed: what search engines and aggregators read as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema_view
from rest_framework.renderers import BaseRenderer, JSONRenderer

from claims.editions import items
from claims.editions.addresses import Addresses
from claims.editions.choices import TOMBSTONES
from claims.editions.linked_data import linked_data
from claims.editions.models import PublishedClaim
from claims.editions.stamps import stamp

from .columns import MomentFilter
from .narrowing import parameters
from .reading import RecordList
from .schema import CURSOR, LIMIT, LINK, operation

COLUMNS = (
    "sequence",
    "ref",
    "edition__number",
    "edition__kind",
    "edition__published_at",
    "first_published_at",
    "edition__content",
    "etag",
)


class FeedFilter(FilterSet):
    """Since when?"""

    updated_since = MomentFilter(
        field_name="published_at",
        lookup_expr="gte",
        help_text="Published, changed or withdrawn at this moment or later.",
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []


class LinkedJSON(JSONRenderer):
    """The same text under the name that readers of linked data ask for."""

    media_type = "application/ld+json"
    format = "jsonld"


data_feed = operation(
    "data_feed", "The claims as a schema.org DataFeed", *parameters(FeedFilter), CURSOR, LIMIT,
    LINK, component="DataFeed",
)  # fmt: skip


@extend_schema_view(get=data_feed)
class DataFeed(RecordList):
    """Every claim once, the most recently changed first, as schema.org `DataFeedItem`.

    `item` is the ClaimReview, or the Claim where nothing was assessed, as its page carries it.
    `identifier` is the permanent ref, the same in every edition. A claim that left the record
    (retracted, merged) comes with `dateDeleted`, and its item says only which one it is: remove
    what you hold under that `identifier`. Follow `Link` with rel `next`; there is none on the last
    page. Whoever must not miss an edition reads `/api/v1/changes/`.
    """

    queryset = PublishedClaim.objects.all()
    filterset_class = FeedFilter
    order = "-sequence"
    tag_column = "etag"
    renderer_classes: list[type[BaseRenderer]] = [*RecordList.renderer_classes, LinkedJSON]
    newest: datetime | None = None

    def columns(self) -> tuple[str, ...]:
        return COLUMNS

    def page(self, columns: tuple[Any, ...]) -> list[items.Row]:
        rows = super().page(columns)
        if rows and columns == COLUMNS:
            self.newest = rows[0][COLUMNS.index("edition__published_at")]
        return rows

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        yield items.as_json(_element(row))

    def get_paginated_response(self, data: Iterable[bytes]) -> HttpResponse:  # type: ignore[override]
        head = {
            "@context": "https://schema.org",
            "@type": "DataFeed",
            "name": settings.SITE_NAME,
            "url": self.request.build_absolute_uri(self.request.path),
            "license": settings.LICENCE_URL,
            "provider": {
                "@type": "Organization",
                "name": settings.SITE_NAME,
                "url": Addresses(settings.SITE_URL).desk,
            },
        }
        if self.newest:
            head["dateModified"] = stamp(self.newest)
        opened = items.as_json({name: value for name, value in head.items() if value})[:-1]
        return HttpResponse(
            b"".join([opened, b',"dataFeedElement":[', *data, b"]}"]),
            content_type=self.request.accepted_renderer.media_type,
            headers=self.paginator.links(),
        )


def _element(row: items.Row) -> dict[str, Any]:
    """A claim as it stands, or which one it was that stood here."""
    _sequence, ref, number, kind, published_at, first_published_at, text, _etag = row
    addresses = Addresses(settings.SITE_URL)
    gone = kind in TOMBSTONES or items.is_notice(text)
    changed = stamp(published_at)
    element = {
        "@type": "DataFeedItem",
        "identifier": ref,
        "dateCreated": stamp(first_published_at),
        "dateModified": changed,
    }
    if gone:
        which = {"@type": "Claim", "@id": addresses.claim(ref), "url": addresses.page(ref)}
        return element | {"dateDeleted": changed, "item": which}
    item = linked_data(
        json.loads(text),
        number=number,
        published_at=published_at,
        url=addresses.edition(ref, number),
        claim_url=addresses.page(ref),
        site_name=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        licence_url=settings.LICENCE_URL,
    )
    del item["@context"]  # the feed's own stands for all of it
    return element | {"item": item}
