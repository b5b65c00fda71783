"""What the record as a whole says about a claim: a pure function of all editions.

A mirror that holds the editions can compute the same. Never part of any hashed content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from .choices import DISPUTING, MERGED_INTO
from .models import Edition, PublishedClaim, PublishedRelation
from .stamps import stamp

QUOTATIONS_SHOWN = 3

Claims = dict[str, PublishedClaim]


@dataclass(frozen=True)
class Relations:
    """What claims say of one another. What is said of a merged claim is said of its survivor.

    `said`: (relation, source, target), sorted. `merged_into`: from a merged claim to the one that
    stands for it, however many merges lie between.
    """

    said: list[tuple[str, str, str]]
    merged_into: dict[str, str]

    @classmethod
    def of(cls, rows: Iterable[PublishedRelation]) -> Relations:
        rows = list(rows)
        steps = {item.source: item.target for item in rows if item.relation == MERGED_INTO}
        merged_into = {ref: _end_of(ref, steps) for ref in steps}
        said = {
            (item.relation, item.source, merged_into.get(item.target, item.target))
            for item in rows
            if item.relation != MERGED_INTO
        }
        return cls(sorted(one for one in said if one[1] != one[2]), merged_into)


def derive(refs: set[str]) -> Iterator[tuple[PublishedClaim, dict[str, Any]]]:
    """Each of these published claims with its derived facts, as the record stands."""
    rows, claims = on_record(neighbours(refs))
    relations = Relations.of(rows)
    history = _history(refs)
    for ref in sorted(refs & claims.keys()):
        yield claims[ref], implied(ref, relations, claims, history[ref])


def on_record(refs: set[str]) -> tuple[list[PublishedRelation], Claims]:
    """The relations that these claims stand in, and all claims at their ends that are public."""
    rows = list(PublishedRelation.objects.filter(Q(source__in=refs) | Q(target__in=refs)))
    ends = {ref for item in rows for ref in (item.source, item.target)}
    return rows, PublishedClaim.objects.select_related("edition").in_bulk(refs | ends)


def implied(
    ref: str, relations: Relations, claims: Claims, history: list[dict[str, Any]]
) -> dict[str, Any]:
    """What these relations among these claims say about one of them.

    `disputed`: another public claim denies, rebuts or contradicts it. `incoming`, `outgoing`: the
    relations with other public claims, each with a summary of the other claim. `dispute_set`:
    summaries of all claims connected by disputing relations, this one included, oldest first.
    `editions`: the claim's whole history. `merged_into`: a summary of the claim that stands for it
    now, if it was merged. `merged_here`: the claims that were merged into it, by which it is still
    cited.
    """
    incoming = [
        {"relation": relation, **summary(claims[source])}
        for relation, source, target in relations.said
        if target == ref and source in claims
    ]
    outgoing = [
        {"relation": relation, **summary(claims[target])}
        for relation, source, target in relations.said
        if source == ref and target in claims
    ]
    dispute_set = sorted(
        _dispute_set(ref, relations, claims), key=lambda ref: (claims[ref].first_published_at, ref)
    )
    survivor = claims.get(relations.merged_into.get(ref, ""))
    return {
        "disputed": any(item["relation"] in DISPUTING for item in incoming),
        "incoming": incoming,
        "outgoing": outgoing,
        "dispute_set": [summary(claims[member]) for member in dispute_set],
        "editions": history,
        "merged_into": summary(survivor) if survivor else None,
        "merged_here": [
            {
                "ref": merged.ref,
                "edition": merged.edition.number,
                "published_at": stamp(merged.published_at),
                "reason": merged.edition.note,
            }
            for merged in sorted(
                (
                    claims[alias]
                    for alias, target in relations.merged_into.items()
                    if target == ref and alias in claims
                ),
                key=lambda merged: merged.sequence,
            )
        ],
    }


def neighbours(refs: Iterable[str]) -> set[str]:
    """The claims whose derived facts may hang on these: the related, whole dispute sets, and
    whatever was merged into one of them or stands for it now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE same (ref) AS (
                SELECT unnest(%(refs)s::varchar[])
              UNION
                SELECT CASE WHEN r.source = same.ref THEN r.target ELSE r.source END
                FROM same JOIN editions_publishedrelation r
                  ON r.relation = %(merged)s AND (r.source = same.ref OR r.target = same.ref)
            ), component (ref) AS (
                SELECT ref FROM same
              UNION
                SELECT CASE WHEN r.source = c.ref THEN r.target ELSE r.source END
                FROM component c JOIN editions_publishedrelation r
                  ON r.relation = ANY (%(connecting)s)
                 AND (r.source = c.ref OR r.target = c.ref)
            ), found (ref) AS (
                (SELECT ref FROM component
                 UNION SELECT CASE WHEN r.source = same.ref THEN r.target ELSE r.source END
                 FROM same JOIN editions_publishedrelation r
                   ON r.source = same.ref OR r.target = same.ref)
              UNION
                SELECT CASE WHEN r.source = f.ref THEN r.target ELSE r.source END
                FROM found f JOIN editions_publishedrelation r
                  ON r.relation = %(merged)s AND (r.source = f.ref OR r.target = f.ref)
            )
            SELECT ref FROM found
            """,
            {
                "refs": list(refs),
                "merged": MERGED_INTO,
                "connecting": [MERGED_INTO, *(str(relation) for relation in DISPUTING)],
            },
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
        "finding": {
            key: document["finding"][key] for key in ("code", "label", "definition", "tone")
        },
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


def _dispute_set(ref: str, relations: Relations, claims: Claims) -> set[str]:
    """The connected component under denies, rebuts and contradicts, among what is public now."""
    edges = [
        {source, target}
        for relation, source, target in relations.said
        if relation in DISPUTING
        and all(end in claims and not claims[end].retracted for end in (source, target))
    ]
    members: set[str] = set()
    fresh = {end for edge in edges if ref in edge for end in edge}
    while fresh:
        members |= fresh
        fresh = {end for edge in edges if edge & fresh for end in edge} - members
    return members


def _end_of(ref: str, steps: dict[str, str]) -> str:
    """Where a chain of merges ends. The database lets none become a circle."""
    while ref in steps:
        ref = steps[ref]
    return ref


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
                "redacted_in": edition.redacted_in,
            }
        )
    return history
