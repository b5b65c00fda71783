"""What the record as a whole says about a claim: a pure function of all editions.

A mirror that holds the editions can compute the same. Never part of any hashed content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import Q

from .choices import DISPUTING
from .models import Edition, PublishedClaim, PublishedRelation
from .stamps import stamp

QUOTATIONS_SHOWN = 3


Claims = dict[str, PublishedClaim]


def derive(refs: set[str]) -> Iterator[tuple[PublishedClaim, dict[str, Any]]]:
    """Each of these published claims with its derived facts, as the record stands."""
    relations, claims = on_record(neighbours(refs))
    history = _history(refs)
    for ref in sorted(refs & claims.keys()):
        yield claims[ref], implied(ref, relations, claims, history[ref])


def on_record(refs: set[str]) -> tuple[list[PublishedRelation], Claims]:
    """The relations that these claims stand in, and all claims at their ends that are public."""
    relations = list(PublishedRelation.objects.filter(Q(source__in=refs) | Q(target__in=refs)))
    ends = {ref for item in relations for ref in (item.source, item.target)}
    return relations, PublishedClaim.objects.select_related("edition").in_bulk(refs | ends)


def implied(
    ref: str, relations: Iterable[PublishedRelation], claims: Claims, history: list[dict[str, Any]]
) -> dict[str, Any]:
    """What these relations among these claims say about one of them.

    `disputed`: another public claim denies, rebuts or contradicts it. `incoming`, `outgoing`: the
    relations with other public claims, each with a summary of the other claim. `dispute_set`:
    summaries of all claims connected by disputing relations, this one included, oldest first.
    `editions`: the claim's whole history.
    """
    relations = sorted(relations, key=lambda item: (item.relation, item.source, item.target))
    incoming = [
        {"relation": item.relation, **summary(claims[item.source])}
        for item in relations
        if item.target == ref and item.source in claims
    ]
    outgoing = [
        {"relation": item.relation, **summary(claims[item.target])}
        for item in relations
        if item.source == ref and item.target in claims
    ]
    dispute_set = sorted(
        _dispute_set(ref, relations, claims), key=lambda ref: (claims[ref].first_published_at, ref)
    )
    return {
        "disputed": any(item["relation"] in DISPUTING for item in incoming),
        "incoming": incoming,
        "outgoing": outgoing,
        "dispute_set": [summary(claims[member]) for member in dispute_set],
        "editions": history,
    }


def neighbours(refs: Iterable[str]) -> set[str]:
    """The claims whose derived facts may hang on these: the related, and whole dispute sets."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE component (ref) AS (
                SELECT unnest(%(refs)s::varchar[])
              UNION
                SELECT CASE WHEN r.source = c.ref THEN r.target ELSE r.source END
                FROM component c JOIN editions_publishedrelation r
                  ON r.relation = ANY (%(disputing)s)
                 AND (r.source = c.ref OR r.target = c.ref)
            )
            SELECT ref FROM component
            UNION SELECT source FROM editions_publishedrelation WHERE target = ANY (%(refs)s)
            UNION SELECT target FROM editions_publishedrelation WHERE source = ANY (%(refs)s)
            """,
            {"refs": list(refs), "disputing": [str(relation) for relation in DISPUTING]},
        )
        return {ref for (ref,) in cursor.fetchall()}


def summary(claim: PublishedClaim) -> dict[str, Any]:
    """A claim as it is shown beside another: who says what, and what was found."""
    edition = claim.edition
    document = edition.last_words
    quotations = [item["quotation"] for item in document["evidence"] if item["quotation"]]
    speaks_for = document["on_behalf_of"]
    return {
        "ref": claim.ref,
        "edition": edition.number,
        "retracted": claim.retracted,
        "statement": document["statement"],
        "language": document["language"],
        "claimant_name": document["claimant_name"],
        "claimant_role": document["claimant_role"],
        "on_behalf_of": speaks_for["name"] if speaks_for else "",
        "aspect": document["aspect"],
        "attribution": document["attribution"]["code"],
        "finding": {key: document["finding"][key] for key in ("code", "label", "tone")},
        "event": document["event"]["ref"] if document["event"] else "",
        "quotations": [
            {"exact": item["exact"], "language": item["language"]}
            for item in quotations[:QUOTATIONS_SHOWN]
        ],
        "figures": [
            {key: item[key] for key in ("words", "minimum", "maximum", "bound", "harm")}
            for item in document["figures"]
        ],
    }


def _dispute_set(ref: str, relations: Iterable[PublishedRelation], claims: Claims) -> set[str]:
    """The connected component under denies, rebuts and contradicts, among what is public now."""
    edges = [
        {item.source, item.target}
        for item in relations
        if item.disputes
        and all(end in claims and not claims[end].retracted for end in (item.source, item.target))
    ]
    members: set[str] = set()
    fresh = {end for edge in edges if ref in edge for end in edge}
    while fresh:
        members |= fresh
        fresh = {end for edge in edges if edge & fresh for end in edge} - members
    return members


def _history(refs: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    history: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edition in Edition.objects.filter(ref__in=refs).order_by("ref", "number"):
        history[edition.ref].append(
            {
                "number": edition.number,
                "kind": edition.kind,
                "sequence": edition.sequence,
                "digest": edition.digest,
                "published_at": stamp(edition.published_at),
                "note": edition.note,
            }
        )
    return history
