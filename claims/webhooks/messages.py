"""What a message says, and which editions an endpoint wants to be told of."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from claims.editions.models import Edition, Ledger, PublishedClaim

from .choices import TEST, TYPES, type_of
from .models import Endpoint, Message

WINDOW = 1000  # editions that are looked through at once, by their kinds alone
NARROW = 100  # the same where the content of each has to be read

KINDS = {type_of(kind): kind for kind in (name.removeprefix("claim.") for name in TYPES)}


def text_of(type_: str, at: datetime, data: dict[str, Any]) -> str:
    """The body, as Standard Webhooks has it: what happened, when, and about what. No content."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"type": type_, "timestamp": moment, "data": data}, separators=(",", ":"))


def about(endpoint: Endpoint, edition: Edition) -> Message:
    """The message about this edition: made once, however often its turn comes."""
    data = {
        "ref": edition.ref,
        "edition": edition.number,
        "digest": edition.digest,
        "sequence": edition.sequence,
    }
    type_ = type_of(edition.kind)
    text = text_of(type_, edition.published_at, data)
    message, _made = Message.objects.get_or_create(
        endpoint=endpoint,
        sequence=edition.sequence,
        defaults={"ref": edition.ref, "type": type_, "body": text},
    )
    return message


def test_message(endpoint: Endpoint) -> Message:
    """One that says nothing but that it came; it is sent as soon as possible."""
    now = timezone.now()
    text = text_of(TEST, now, {"endpoint": str(endpoint.uuid)})
    return Message.objects.create(endpoint=endpoint, type=TEST, body=text, wanted_at=now)


def next_edition(endpoint: Endpoint) -> tuple[Edition | None, int]:
    """The next edition that the endpoint wants to be told of, and how far was looked for it.

    Looks through a bounded piece of the record: where nothing was found, the second number is
    where to go on. The record has no gaps, so what is up to a number is known by the number.
    """
    chosen = bool(endpoint.claimants or endpoint.events)
    last = Ledger.objects.values_list("last_sequence", flat=True).get()
    end = min(endpoint.position + (NARROW if chosen else WINDOW), last)
    kinds = [KINDS[name] for name in endpoint.types or TYPES]
    found = Edition.objects.after(endpoint.position).filter(sequence__lte=end, kind__in=kinds)
    for edition in found.defer("content")[: NARROW if chosen else 1]:
        if not chosen or _concerns(endpoint, edition):
            return edition, edition.sequence - 1
    return None, max(end, endpoint.position)


def _concerns(endpoint: Endpoint, edition: Edition) -> bool:
    """Whether the claim is by one of the claimants and on one of the events that are asked for.

    It counts what the edition says, what the one before it said (a retraction names no claimant,
    and a correction may have changed it), and what the record says of the claim now.
    """
    both = Edition.objects.filter(ref=edition.ref, number__in=(edition.number, edition.number - 1))
    documents = [json.loads(content) for content in both.values_list("content", flat=True)]
    now = PublishedClaim.objects.filter(ref=edition.ref).values_list("claimant_ref", "event_ref")
    known = {
        "claimant": {_ref(document, "claimant") for document in documents},
        "event": {_ref(document, "event") for document in documents},
    }
    for claimant, event in now:
        known["claimant"].add(claimant)
        known["event"].add(event)
    return all(
        not wanted or not known[name].isdisjoint(wanted)
        for name, wanted in (("claimant", endpoint.claimants), ("event", endpoint.events))
    )


def _ref(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    return str(found.get("ref", "")) if isinstance(found, dict) else ""
