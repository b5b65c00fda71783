"""Claims, as they stand in public."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_view

from claims.editions import items
from claims.editions.choices import TOMBSTONES
from claims.editions.models import PublishedClaim

from .filters import FILTERS, ClaimFilter, refuse_unknown_statuses
from .reading import RecordDetail, RecordList
from .schema import CURSOR, EXAMPLE, LIMIT, LINK, REF, operation

claim_list = operation(
    "claims", "Published claims, newest first", *FILTERS, CURSOR, LIMIT, LINK,
    component="ClaimPage", example={"items": [EXAMPLE], "next": None},
)  # fmt: skip
claim = operation(
    "claim", "A claim as it stands", REF,
    component="Claim", example=EXAMPLE, missing="No claim was published under this ref.", gone=True,
)  # fmt: skip


@extend_schema_view(get=claim_list)
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


@extend_schema_view(get=claim)
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
