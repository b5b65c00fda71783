"""Claims, as they stand in public."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from types import MappingProxyType

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.editions import items, narrowing
from claims.editions.addresses import Addresses
from claims.editions.choices import TOMBSTONES
from claims.editions.linked_data import NOT_ASSESSED, linked_data
from claims.editions.models import PublishedClaim
from claims.editions.narrowing import Wanted

from .filters import AXES, FILTERS, ClaimFilter, refuse_unknown_statuses
from .reading import RecordDetail, RecordList, RecordView
from .schema import CURSOR, LIMIT, LINK, REF, TOTAL, fields, include, operation, ordering

FIELDS = fields("Claim")
INCLUDE = include(claim_review="the finding as schema.org `ClaimReview` (JSON-LD)")

# The first is the order of the record from its newest end.
ORDERINGS = {
    "-updated": ("-sequence",),
    "updated": ("sequence",),
    "-published": ("-first_sequence",),
    "published": ("first_sequence",),
    "relevance": (),
}
BY_UPDATE = ("-updated", "updated")
ORDERING = ordering(
    **{
        "-updated": "last published or changed first",
        "updated": "longest unchanged first",
        "-published": "last published for the first time first",
        "published": "first published first",
        "relevance": (
            "what fits the words of `q` best first, among the newest 1,000 matches; then the 1,000 "
            "before, and so on"
        ),
    }
)

claim_list = operation(
    "claims", "Published claims, newest first", *FILTERS, ORDERING, FIELDS, INCLUDE, CURSOR, LIMIT,
    TOTAL, LINK, component="ClaimPage",
)  # fmt: skip
claim = operation(
    "claim", "A claim as it stands", REF, FIELDS, INCLUDE,
    component="Claim", missing="No claim was published under this ref.",
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
    No question takes long: where what is asked for is hard to find, a page may hold fewer claims
    than `limit`, or none, and says `stopped_early`. Only `next: null` is the end.
    """

    queryset = PublishedClaim.objects.current()
    filterset_class = ClaimFilter
    orderings = ORDERINGS
    tag_column = "etag"
    longest_values = MappingProxyType({"cited_source": 2000})

    def columns(self) -> tuple[str, ...]:
        _asked_for = self.included
        return items.CLAIM

    @cached_property
    def wanted(self) -> Wanted | None:
        """What is asked for; None: what one index of the claims themselves has in its order."""
        params, ordering = self.request.query_params, self.paginator.ordering
        [backend] = self.filter_backends  # the settings name it
        filterset = backend().filterset(self.request, self.queryset, self)  # type: ignore[attr-defined]
        if ordering == "relevance" and "q" not in params:
            allowed = "Allowed with `q` only: without words, nothing fits better than another."
            raise ValidationError({"ordering": [ErrorDetail(allowed, code="without_words")]})
        if ordering in BY_UPDATE and (filterset is None or filterset.column):
            return None
        if any("," in params.get(name, "") for name in AXES):
            refuse_unknown_statuses(params)
        wanted: Wanted = filterset.wanted() if filterset else Wanted()
        wanted.order = ordering.removeprefix("-")
        wanted.upwards = ordering in ("updated", "published")
        return wanted

    def page(self, columns: tuple[str, ...]) -> list[items.Row]:
        if self.wanted is None:
            return super().page(columns)
        paginator = self.paginator
        found = narrowing.page(self.wanted, columns, paginator.limit, paginator.position)
        paginator.go_on(found.following, stopped=found.stopped)
        return found.rows

    def count(self, most: int) -> tuple[int, bool]:
        if self.wanted is None:
            return super().count(most)
        return narrowing.count(self.wanted, most)

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
