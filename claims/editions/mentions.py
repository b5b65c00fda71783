"""From the editions to the rows that the pages of agents and sources read.

`forget` what claims said before, `remember` what they say now; the projection calls both under its
lock, for one edition or for all of them in the order of the record.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from .choices import Part
from .mentioned import (
    Mentioned,
    PublishedAgent,
    PublishedMention,
    PublishedSource,
    PublishedTally,
    PublishedUse,
)
from .models import Edition
from .texts import words_of_names

Documents = dict[str, dict[str, Any]]  # by ref
EVERYTHING = (PublishedMention, PublishedUse, PublishedTally, PublishedAgent, PublishedSource)

LONGEST = 100  # what an index holds is short; names that begin alike are put in order by ref

ADD_UP = """
    INSERT INTO editions_publishedtally
      (agent, part, attribution_status, content_status, claims)
    SELECT * FROM unnest(%s::varchar[], %s::varchar[], %s::varchar[], %s::varchar[], %s::integer[])
    ON CONFLICT (agent, part, attribution_status, content_status) DO UPDATE
      SET claims = editions_publishedtally.claims + excluded.claims
"""


class Forgotten(NamedTuple):
    """Whom and what the claims mentioned whose rows were taken out."""

    agents: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


NOTHING = Forgotten()


def agents_in(document: dict[str, Any]) -> dict[tuple[str, Part], dict[str, Any]]:
    """Each agent that a content mentions, in each of its parts.

    Who speaks on their own behalf is the claimant and nothing else, so that nobody's claims are
    counted twice.
    """
    parts: list[tuple[Part, dict[str, Any] | None]] = [
        (Part.CLAIMANT, document["claimant"]),
        (Part.ON_BEHALF_OF, document["on_behalf_of"]),
        *((Part.ABOUT, agent) for agent in document.get("about", [])),
        *((Part.ASKED, reply["party"]) for reply in document["replies"]),
        *(
            (Part.SOURCE, source[role])
            for source in sources_in(document).values()
            for role in ("publisher", "author")
        ),
    ]
    found = {(agent["ref"], part): agent for part, agent in parts if agent}
    if document["claimant"]:
        found.pop((document["claimant"]["ref"], Part.ON_BEHALF_OF), None)
    return found


def sources_in(document: dict[str, Any]) -> Documents:
    """Each source that a content names, once. A protected one has no name."""
    named = (item["source"] for item in document["evidence"])
    return {source["ref"]: source for source in named if source["access"] != "protected"}


def forget(claims: Iterable[str]) -> Forgotten:
    """Take out what these claims say of whom. Their answers are still those of before."""
    mentions = PublishedMention.objects.filter(claim__in=list(claims))
    uses = PublishedUse.objects.filter(claim__in=list(claims))
    rows = mentions.values_list(
        "agent", "part", "claim__attribution_status", "claim__content_status"
    )
    tally = Counter(rows)
    _add_up(Counter({row: -number for row, number in tally.items()}))
    forgotten = Forgotten(
        frozenset(agent for agent, *_rest in tally),
        frozenset(uses.values_list("source", flat=True)),
    )
    mentions.delete()
    uses.delete()
    return forgotten


def remember(editions: Iterable[Edition], forgotten: Forgotten = NOTHING) -> None:
    """Write what these editions mention, in the order of the record: the last one describes."""
    agents: dict[str, tuple[dict[str, Any], Edition]] = {}
    sources: dict[str, tuple[dict[str, Any], Edition]] = {}
    mentions, uses, tally = [], [], Counter[tuple[str, ...]]()
    for edition in editions:
        if edition.is_tombstone:
            continue
        content = edition.document
        answers = content["attribution"]["code"], content["finding"]["code"]
        for (ref, part), agent in agents_in(content).items():
            agents[ref] = agent, edition
            mentions.append(_mention(edition, ref, part))
            tally[ref, part.value, *answers] += 1
        for ref, source in sources_in(content).items():
            sources[ref] = source, edition
            uses.append(PublishedUse(claim_id=edition.ref, source=ref, sequence=edition.sequence))
    PublishedMention.objects.bulk_create(mentions)
    PublishedUse.objects.bulk_create(uses)
    _add_up(tally)
    for ref in forgotten.agents - agents.keys():
        if newest := _newest_with_agent(ref):
            known = {name: agent for (name, _part), agent in agents_in(newest.document).items()}
            agents[ref] = known[ref], newest
    for ref in forgotten.sources - sources.keys():
        use = PublishedUse.objects.filter(source=ref).order_by("-sequence").first()
        if use is not None:
            newest = Edition.objects.get(pk=use.sequence)
            sources[ref] = sources_in(newest.document)[ref], newest
    PublishedAgent.objects.filter(pk__in=forgotten.agents - agents.keys()).delete()
    PublishedSource.objects.filter(pk__in=forgotten.sources - sources.keys()).delete()
    _describe(PublishedAgent, [_agent(*one) for one in agents.values()])
    _describe(PublishedSource, [_source(*one) for one in sources.values()])


def empty() -> None:
    for model in EVERYTHING:
        model.objects.all().delete()


def _mention(edition: Edition, agent: str, part: Part) -> PublishedMention:
    return PublishedMention(
        claim_id=edition.ref, agent=agent, part=part.value, sequence=edition.sequence
    )


def _newest_with_agent(ref: str) -> Edition | None:
    """The newest edition that mentions an agent, by one look into the index for each part."""
    sequences = [
        PublishedMention.objects.filter(agent=ref, part=part)
        .order_by("-sequence")
        .values_list("sequence", flat=True)
        .first()
        for part in Part
    ]
    newest = max((one for one in sequences if one is not None), default=None)
    return None if newest is None else Edition.objects.get(pk=newest)


def _add_up(tally: Counter[tuple[str, ...]]) -> None:
    """Add these numbers to what is counted; what comes to nothing is no row."""
    if not tally:
        return
    columns = [list(column) for column in zip(*tally, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(ADD_UP, [*columns, list(tally.values())])
    PublishedTally.objects.filter(agent__in=set(columns[0]), claims=0).delete()


def _agent(document: dict[str, Any], edition: Edition) -> PublishedAgent:
    return PublishedAgent(
        ref=document["ref"],
        name=document["name"],
        sorted_as=sorted_as(document["name"]),
        words=words_of_names(document),
        document=_json(document),
        sequence=edition.sequence,
        published_at=edition.published_at,
    )


def _source(document: dict[str, Any], edition: Edition) -> PublishedSource:
    return PublishedSource(
        ref=document["ref"],
        title=document["title"],
        parents=sorted(
            {one["source"] for one in document["derived_from"] if one["certainty"] != "rejected"}
        ),
        document=_json(document),
        sequence=edition.sequence,
        published_at=edition.published_at,
    )


def _describe[Kind: Mentioned](model: type[Kind], rows: list[Kind]) -> None:
    changing = [
        field.name
        for field in model._meta.concrete_fields
        if field.name != "ref" and not field.generated
    ]
    model.objects.bulk_create(  # type: ignore[attr-defined]
        rows, update_conflicts=True, unique_fields=["ref"], update_fields=changing
    )


def sorted_as(name: str) -> str:
    """A name as it is put in order: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(plain.split())[:LONGEST]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
