"""Claims, as they stand in public."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_view

from claims.editions import items
from claims.editions.addresses import Addresses
from claims.editions.choices import TOMBSTONES
from claims.editions.linked_data import NOT_ASSESSED, linked_data
from claims.editions.models import PublishedClaim

from .filters import FILTERS, ClaimFilter, refuse_unknown_statuses
from .reading import RecordDetail, RecordList, RecordView
from .schema import CURSOR, EXAMPLE, LIMIT, LINK, REF, TOTAL, fields, include, operation

FIELDS = fields("Claim")
INCLUDE = include(claim_review="the finding as schema.org `ClaimReview` (JSON-LD)")

claim_list = operation(
    "claims", "Published claims, newest first", *FILTERS, FIELDS, INCLUDE, CURSOR, LIMIT, TOTAL,
    LINK, component="ClaimPage", example={"items": [EXAMPLE], "next": None},
)  # fmt: skip
claim = operation(
    "claim", "A claim as it stands", REF, FIELDS, INCLUDE,
    component="Claim", example=EXAMPLE, missing="No claim was published under this ref.",
    gone="Retracted, or merged into another claim: the reason, and the words to cite. Its editions "
    "can still be read.",
)  # fmt: skip


class ClaimItem(RecordView):
    """A claim as it stands, and what can be asked for beside it."""

    parameters = ("fields", "include")
    component = "Claim"
    includes = ("claim_review",)

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        review = {"claim_review": _claim_review(row)} if self.included else None
        return items.pieces(row, review)


def _claim_review(row: items.Row) -> bytes:
    """As it stands in the page of the edition; there is none of what was not assessed."""
    _sequence, ref, number, kind, _digest, published_at, text, *_derived = row
    content = None if kind in TOMBSTONES else json.loads(text)
    if content is None or content["finding"]["code"] == NOT_ASSESSED:
        return b"null"
    addresses = Addresses(settings.SITE_URL)
    review = linked_data(
        content,
        number=number,
        published_at=published_at,
        url=addresses.edition(ref, number),
        claim_url=addresses.page(ref),
        site_name=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        licence_url=settings.LICENCE_URL,
    )
    return json.dumps(review, ensure_ascii=False, separators=(",", ":")).encode()


@extend_schema_view(get=claim_list)
class ClaimList(ClaimItem, RecordList):
    """The claims that stand in public, the most recently published or changed first.

    Retracted and merged claims leave this list; the changes say so, and each keeps its address.
    """

    queryset = PublishedClaim.objects.current()
    filterset_class = ClaimFilter
    order = "-sequence"
    tag_column = "etag"

    def columns(self) -> tuple[str, ...]:
        _asked_for = self.included
        return items.CLAIM

    def explain_emptiness(self) -> None:
        refuse_unknown_statuses(self.request.query_params)


@extend_schema_view(get=claim)
class ClaimDetail(ClaimItem, RecordDetail):
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
