"""What the pages ask of the public record: at most two questions a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.expressions import BaseExpression
from django.http import Http404

from claims.editions.models import Edition, Ledger, PublishedClaim, PublishedEvent, StatusDefinition
from claims.editions.vocabulary import translated

PAGE = 30
SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")
EVENT_CLAIMS = 200  # beyond that an event's page leads on to the list

LAST_SEQUENCE = Subquery(Ledger.objects.values("last_sequence")[:1])


def standing(ref: str) -> PublishedClaim:
    """Where a claim stands, without its content: enough to answer "has it changed?"."""
    found = (
        PublishedClaim.objects.filter(pk=ref)
        .select_related("edition")
        .defer("edition__content", "statement")
        .first()
    )
    if found is None:
        raise Http404
    return found


def edition(claim: PublishedClaim, number: int) -> Edition:
    return Edition.objects.get(ref=claim.ref, number=number)


def editions(claim: PublishedClaim, *numbers: int) -> list[Edition]:
    """These editions of a claim, in the order in which they were published."""
    found = list(Edition.objects.filter(ref=claim.ref, number__in=numbers).order_by("number"))
    if len(found) != len(set(numbers)):
        raise Http404
    return found


def without_content(ref: str, number: int) -> Edition:
    """An edition; its content is read when it is asked for."""
    found = Edition.objects.filter(ref=ref, number=number).defer("content").first()
    if found is None:
        raise Http404
    return found


class Redacted(Exception):
    """What was asked for, or a part of it, is an edition whose content was taken out."""

    def __init__(self, ref: str, number: int) -> None:
        super().__init__(f"{ref}, edition {number}")
        self.ref = ref
        self.number = number

    @property
    def notice(self) -> Edition:
        return Edition.objects.get(ref=self.ref, number=self.number)


def refuse_redacted(claim: PublishedClaim, *numbers: int) -> None:
    """Raises Redacted for the first of these editions of a claim whose content was taken out."""
    for one in claim.facts["editions"]:
        if one["number"] in numbers and one["redacted_in"]:
            raise Redacted(claim.ref, one["number"])


@dataclass(frozen=True)
class Now:
    """How far the record has come, and the desk's vocabulary today. One query for both."""

    statuses: list[StatusDefinition]

    @property
    def tag(self) -> str:
        """Changes with every edition and with every change to the vocabulary."""
        newest = max((status.pk for status in self.statuses), default=0)
        sequence = max((status.last_sequence or 0 for status in self.statuses), default=0)  # type: ignore[attr-defined]
        return f"{sequence}-{newest}"

    def told(self, name: str) -> Any:
        """The answer to what was asked along with it."""
        return getattr(self.statuses[0], name, None) if self.statuses else None

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        labels: dict[str, dict[str, str]] = {"attribution": {}, "content": {}}
        for status in self.statuses:
            labels[status.axis][status.code] = translated(status.label)
        return labels


def now(**also: BaseExpression) -> Now:
    """`also`: what else is asked along with it, as expressions; `Now.told` has the answers."""
    statuses = StatusDefinition.objects.latest().annotate(last_sequence=LAST_SEQUENCE, **also)
    return Now(list(statuses))


def last_sequence() -> int:
    """How far the record has come."""
    return Ledger.objects.values_list("last_sequence", flat=True).get()


def newest(claims: QuerySet[PublishedClaim]) -> QuerySet[PublishedClaim]:
    """Claims for a list, the latest first, each with its edition."""
    return claims.order_by("-sequence").select_related("edition")


def event(ref: str) -> tuple[PublishedEvent, int]:
    """An event, and how far the record has come: any edition may change what is said on it."""
    found = PublishedEvent.objects.filter(pk=ref).annotate(last_sequence=LAST_SEQUENCE).first()
    if found is None:
        raise Http404
    return found, found.last_sequence or 0


def claims_on(event: PublishedEvent) -> list[PublishedClaim]:
    """What is said on an event, in the order in which it was first published; one beyond the limit
    tells that there is more."""
    found = newest(PublishedClaim.objects.current().filter(event_ref=event.ref))
    return sorted(found[: EVENT_CLAIMS + 1], key=lambda one: (one.first_published_at, one.sequence))
