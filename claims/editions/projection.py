"""From the editions to the rows that public lists and pages read. Nothing else feeds them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import connection, transaction

from . import indexing, mentions
from .choices import MERGED_INTO, EditionKind
from .derived import derive, neighbours
from .models import Edition, PublishedClaim, PublishedEvent, PublishedRelation
from .texts import words_of_event

LOCK = 0x6661_6374  # Projecting and rebuilding wait for each other.
BATCH = 500


@transaction.atomic
def project(edition: Edition) -> None:
    """Bring the projection up to date with one new edition, and all claims it says more about."""
    _lock()
    events = _events_of([edition.ref])
    claims = {edition.ref} | neighbours([edition.ref])
    forgotten = mentions.forget([edition.ref])
    _write([edition])
    mentions.remember([edition], forgotten)
    _describe(events | _events_of([edition.ref]))
    _derive(claims | neighbours([edition.ref]))


def rebuild() -> Iterator[int]:
    """Make the whole projection anew from the editions, in one transaction.

    Yields the number of claims done since the last time, twice for each claim.
    """
    with transaction.atomic():
        _lock()
        mentions.empty()
        indexing.empty()
        for model in (PublishedClaim, PublishedRelation, PublishedEvent):
            model.objects.all().delete()
        refs: list[str] = []
        for editions in batched(_latest_editions(), BATCH, strict=False):
            _write(editions)
            mentions.remember(editions)
            refs += [edition.ref for edition in editions]
            yield len(editions)
        events = PublishedClaim.objects.order_by().values_list("event_ref", flat=True).distinct()
        for some in batched(list(events), BATCH, strict=False):
            _describe(set(some) - {""})
        for some in batched(refs, BATCH, strict=False):
            _derive(set(some))
            yield len(some)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _latest_editions() -> Iterator[Edition]:
    newest = Edition.objects.order_by("ref", "-number").distinct("ref").values("pk")
    return Edition.objects.filter(pk__in=newest).order_by("sequence").iterator(BATCH)


def _write(editions: Iterable[Edition]) -> None:
    """What an edition alone determines."""
    editions = list(editions)
    PublishedRelation.objects.filter(source__in=[edition.ref for edition in editions]).delete()
    PublishedRelation.objects.bulk_create(
        PublishedRelation(source=edition.ref, relation=relation, target=target)
        for edition in editions
        for relation, target in _says_of_others(edition)
    )
    rows = [PublishedClaim(ref=edition.ref, **_columns(edition)) for edition in editions]
    changing = [field.name for field in PublishedClaim._meta.fields if field.name != "ref"]
    PublishedClaim.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["ref"], update_fields=changing
    )


def _says_of_others(edition: Edition) -> Iterator[tuple[str, str]]:
    """What is retracted or merged asserts nothing any more; a merge tells where readers go on."""
    if edition.kind == EditionKind.MERGED:
        yield MERGED_INTO, edition.document["into"]
    elif not edition.is_tombstone:
        for item in edition.document["relations"]:
            yield item["relation"], item["claim"]


def _columns(edition: Edition) -> dict[str, Any]:
    document = edition.last_words
    first = edition if edition.number == 1 else Edition.objects.get(ref=edition.ref, number=1)
    return {
        "edition": edition,
        "sequence": edition.sequence,
        "first_published_at": first.published_at,
        "published_at": edition.published_at,
        "retracted": edition.is_tombstone,
        "disputed": False,
        "statement": document["statement"],
        "language": document["language"],
        "claimant_ref": document["claimant"]["ref"] if document["claimant"] else "",
        "claimant_name": document["claimant_name"],
        "event_ref": document["event"]["ref"] if document["event"] else "",
        "aspect": document["aspect"],
        "harm": document["harm"],
        "attribution_status": document["attribution"]["code"],
        "content_status": document["finding"]["code"],
        "derived": "",
        "etag": "",
    }


def _events_of(refs: Iterable[str]) -> set[str]:
    events = PublishedClaim.objects.filter(ref__in=list(refs)).exclude(event_ref="")
    return set(events.values_list("event_ref", flat=True))


def _describe(events: set[str]) -> None:
    """Each event as the newest claim about it that is public now describes it."""
    newest = (
        PublishedClaim.objects.current()
        .filter(event_ref__in=events)
        .order_by("event_ref", "-sequence")
        .distinct("event_ref")
        .select_related("edition")
    )
    PublishedEvent.objects.filter(ref__in=events).delete()
    PublishedEvent.objects.bulk_create(
        PublishedEvent(
            ref=claim.event_ref,
            label=claim.edition.document["event"]["label"],
            document=_json(claim.edition.document["event"]),
            sequence=claim.sequence,
            published_at=claim.published_at,
            **words_of_event(claim.edition.document["event"]),
        )
        for claim in newest
    )


def _derive(refs: set[str]) -> None:
    """Recompute what the record implies about these claims."""
    changed = []
    for claim, facts in derive(refs):
        claim.disputed = facts["disputed"]
        claim.derived = _json(facts)
        basis = f"{claim.edition.digest}{claim.derived}"
        claim.etag = hashlib.sha256(basis.encode()).hexdigest()[:32]
        changed.append(claim)
    PublishedClaim.objects.bulk_update(changed, ["disputed", "derived", "etag"])
    indexing.index(changed)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
