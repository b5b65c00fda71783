"""Events, in the words of the record, and who says what about them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from drf_spectacular.utils import extend_schema_view

from claims.editions import described, items
from claims.editions.derived import summary

from .described import DescribedDetail, DescribedItem, DescribedList
from .narrowing import EventFilter, parameters
from .schema import CURSOR, LIMIT, LINK, REF, TOTAL, fields, operation, ordering
from .words import ASPECTS

event_list = operation(
    "events", "Events that published claims are about", *parameters(EventFilter),
    fields("EventItem"), CURSOR, LIMIT, TOTAL,
    ordering(**{"-sequence": "the last described first", "sequence": "the last described last"}),
    LINK, component="EventPage",
)  # fmt: skip
event = operation(
    "event", "An event, and who says what about it", REF, fields("EventDetail"),
    component="EventDetail", missing="No published claim is about an event with this ref.",
)  # fmt: skip


class EventItem(DescribedItem):
    name = "event"
    component = "EventItem"


@extend_schema_view(get=event_list)
class EventList(EventItem, DescribedList):
    """The events that claims which stand are about, each in the words of the latest edition."""

    queryset = described.events()
    filterset_class = EventFilter
    orderings = {"-sequence": ("-sequence",), "sequence": ("sequence",)}


@extend_schema_view(get=event)
class EventDetail(EventItem, DescribedDetail):
    """An event in the words of the latest edition that is about it, and the claims on it.

    It has no finding of its own: `questions` says who claims what, question by question, and who
    says nothing to one. The first 200 claims are told; `claims` leads to the list of all.
    """

    queryset = described.events_with_claims()
    component = "EventDetail"
    columns = (*described.COLUMNS, "state")
    missing = "No published claim is about an event with this ref."

    def more(self, row: items.Row) -> dict[str, bytes]:
        ref = row[1]
        claims = described.claims_on(ref)
        told = [
            {**summary(claim), "disputed": claim.disputed}
            for claim in claims[: described.MOST_CLAIMS]
        ]
        return {
            "questions": items.as_json(list(_questions(told))),
            "more": items.as_json(len(claims) > len(told)),
            "claims": self.address(f"{reverse('api-claims')}?{urlencode({'event': ref})}"),
        }


def _questions(claims: list[dict[str, Any]]) -> Any:
    """The claims by the question they answer, and who on this event says nothing to it."""
    everybody = dict.fromkeys(claim["claimant_name"] for claim in claims)
    for aspect in ASPECTS:
        answers = [claim for claim in claims if claim["aspect"] == aspect]
        if answers:
            speaking = {claim["claimant_name"] for claim in answers}
            silent = [name for name in everybody if name not in speaking]
            yield {"aspect": aspect, "claims": answers, "silent": silent}
