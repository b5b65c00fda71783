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


def derive(refs: set[str]) -> Iterator[tuple[PublishedClaim, dict[str, Any]]]:
    """Each of these published claims with its derived facts.

    `disputed`: another public claim denies, rebuts or contradicts it. `incoming`, `outgoing`: the
    relations with other public claims, each with a summary of the other claim. `dispute_set`:
    summaries of all claims connected by disputing relations, this one included, oldest first.
    `editions`: the claim's whole history.
    """
    related = refs | neighbours(refs)
    relations = list(
        PublishedRelation.objects.filter(Q(source__in=related) | Q(target__in=related)).order_by(
            "relation", "source", "target"
        )
    )
    claims = PublishedClaim.objects.select_related("edition").in_bulk(
        related | {ref for item in relations for ref in (item.source, item.target)}
    )
    summaries = {ref: summary(claim) for ref, claim in claims.items()}
    history = _history(refs)
    sets = _dispute_sets(relations, claims)

    for ref in sorted(refs & claims.keys()):
        incoming = [
            {"relation": item.relation, **summaries[item.source]}
            for item in relations
            if item.target == ref and item.source in claims
        ]
        outgoing = [
            {"relation": item.relation, **summaries[item.target]}
            for item in relations
            if item.source == ref and item.target in claims
        ]
        dispute_set = sorted(
            sets.get(ref, ()), key=lambda ref: (claims[ref].first_published_at, ref)
        )
        yield (
            claims[ref],
            {
                "disputed": any(item["relation"] in DISPUTING for item in incoming),
                "incoming": incoming,
                "outgoing": outgoing,
                "dispute_set": [summaries[member] for member in dispute_set],
                "editions": history[ref],
            },
        )


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


def _dispute_sets(
    relations: Iterable[PublishedRelation], claims: dict[str, PublishedClaim]
) -> dict[str, set[str]]:
    """The connected components under denies, rebuts and contradicts, among what is public now."""
    sets: dict[str, set[str]] = {}
    for item in relations:
        ends = (item.source, item.target)
        if item.disputes and all(ref in claims and not claims[ref].retracted for ref in ends):
            joined = set(ends).union(*(sets.get(ref, ()) for ref in ends))
            sets |= dict.fromkeys(joined, joined)
    return sets


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
