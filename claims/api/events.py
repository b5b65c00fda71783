"""Events, in the words of the record."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_view

from claims.editions import items
from claims.editions.models import PublishedEvent

from .reading import RecordDetail
from .schema import REF, operation

event = operation(
    "event", "An event", REF,
    component="EventItem", missing="No published claim is about an event with this ref.",
)  # fmt: skip


@extend_schema_view(get=event)
class EventDetail(RecordDetail):
    """An event in the words of the latest edition that is about it."""

    queryset = PublishedEvent.objects.all()
    columns = ("sequence", "ref", "published_at", "document")
    tag_column = "sequence"
    missing = "No published claim is about an event with this ref."

    def body(self, row: items.Row) -> bytes:
        return items.event(*row)
