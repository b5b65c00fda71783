"""Events, agents and sources as partners read them: stored text, and the edition it stands in."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from .models import Edition, PublishedAgent, PublishedClaim, PublishedEvent, PublishedSource

# What an item is joined from: see `items.described`.
COLUMNS = ("sequence", "ref", "digest", "claim_ref", "edition", "published_at", "document")
MOST_CLAIMS = 200  # on one event; beyond that its list of claims goes on
MOST_CHILDREN = 60  # sources that came from one; beyond that the list of sources goes on

# In how many claims an agent has which part, by both answers.
TALLY = """(
  SELECT coalesce(json_agg(json_build_array(part, attribution_status, content_status, claims)
                           ORDER BY part, attribution_status, content_status), '[]')::text
  FROM editions_publishedtally WHERE agent = editions_publishedagent.ref
)"""
# The newest claims on an event, and one more than are told: each by the tag that changes with it.
CLAIMS_ON_IT = """(
  SELECT string_agg(etag, '') FROM (
    SELECT etag FROM editions_publishedclaim
    WHERE event_ref = editions_publishedevent.ref AND NOT retracted
    ORDER BY sequence DESC LIMIT %s) AS newest
)"""
# The sources that came from one, the newest first, and one more than are told.
CHILDREN = """(
  SELECT coalesce(json_agg(document::json ORDER BY sequence DESC, ref DESC), '[]')::text
  FROM (SELECT document, sequence, ref FROM editions_publishedsource AS child
        WHERE child.parents @> ARRAY[editions_publishedsource.ref]
        ORDER BY sequence DESC, ref DESC LIMIT %s) AS children
)"""


def _raw(statement: str, *parameters: Any) -> RawSQL:
    return RawSQL(statement, parameters)  # noqa: S611 - of the constants above


def _with_edition(described: QuerySet[Any]) -> QuerySet[Any]:
    """Each with the edition that describes it, so that whoever doubts can look it up there."""
    edition = Edition.objects.filter(pk=OuterRef("sequence"))
    return described.annotate(
        digest=edition.values("digest"),
        claim_ref=edition.values("ref"),
        edition=edition.values("number"),
    )


def events() -> QuerySet[PublishedEvent]:
    return _with_edition(PublishedEvent.objects.all())


def events_with_claims() -> QuerySet[PublishedEvent]:
    """`state` is another one as soon as anything is that an event's own answer tells."""
    claims = _raw(f"md5(sequence || coalesce({CLAIMS_ON_IT}, ''))", MOST_CLAIMS + 1)
    return events().annotate(state=claims)


def agents() -> QuerySet[PublishedAgent]:
    """`tally` counts their claims; `state` covers it and what they are described by."""
    tally = _raw(TALLY)
    return _with_edition(PublishedAgent.objects.all()).annotate(
        tally=tally, state=_raw(f"md5(sequence || {TALLY})")
    )


def sources() -> QuerySet[PublishedSource]:
    return _with_edition(PublishedSource.objects.all())


def sources_with_children() -> QuerySet[PublishedSource]:
    """`children` are what came from a source; `state` covers them."""
    most = MOST_CHILDREN + 1
    return sources().annotate(
        children=_raw(CHILDREN, most), state=_raw(f"md5(sequence || {CHILDREN})", most)
    )


def claims_on(event: str) -> list[PublishedClaim]:
    """What is said on an event, in the order in which it was first published; one beyond the limit
    tells that there is more."""
    found = PublishedClaim.objects.current().filter(event_ref=event).order_by("-sequence")
    newest = found.select_related("edition")[: MOST_CLAIMS + 1]
    return sorted(newest, key=lambda one: (one.first_published_at, one.sequence))
