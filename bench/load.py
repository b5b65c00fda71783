"""Puts synthetic editions into a database by COPY.

The rows go in as a superuser with `session_replication_role = replica`: the triggers that ask for
reviews and number editions stay silent (nobody reviewed these), while every CHECK, the digest's
among them, holds. What is loaded beside the editions is what `rebuild_published` would make of
them; a test compares.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

import psycopg
from psycopg.rows import dict_row
from tqdm import tqdm

from bench import record, synthetic
from bench.record import Claim
from bench.synthetic import Statuses
from claims.editions.folding import outline
from claims.editions.found_by import described
from claims.editions.texts import words_of, words_of_event, words_of_names

TEXT_COLUMNS = [
    *("ref", "sequence", "terms", "marks", "first_sequence", "first_published_at", "published_at"),
    *("made_from", "made_to", "origins", "figures", "box", "texts"),
]
BATCH = 200  # blocks that are copied at once
COLUMNS = {
    "editions_edition": "sequence, ref, number, kind, digest, content, published_at",
    "editions_publishedclaim": (
        "ref, edition_id, sequence, first_published_at, published_at, retracted, disputed, "
        "statement, language, claimant_ref, claimant_name, event_ref, aspect, harm, "
        "attribution_status, content_status, derived, etag"
    ),
    "editions_publishedrelation": "source, relation, target",
    "editions_publishedevent": ("ref, label, document, sequence, published_at, words, place_words"),
    "editions_publishedmention": "claim_id, agent, part, sequence",
    "editions_publisheduse": "claim_id, source, sequence",
    "editions_publishedtally": "agent, part, attribution_status, content_status, claims",
    "editions_publishedagent": "ref, name, sorted_as, words, document, sequence, published_at",
    "editions_publishedsource": "ref, title, parents, document, sequence, published_at",
    "editions_publishedtext": ", ".join(TEXT_COLUMNS),
    "editions_publishedword": "word, outline, claims",
}
Row = tuple[Any, ...]


def statuses(connection: psycopg.Connection[Any]) -> Statuses:
    """The vocabulary as the migrations made it."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return synthetic.vocabulary(
            cursor.execute(
                "SELECT axis, code, label, definition, tone, rating FROM editions_statusdefinition"
            )
        )


def load(connection: psycopg.Connection[Any], claims: int, *, quiet: bool = False) -> None:
    """Load this many claims (a multiple of ten), with all that lists and pages read."""
    vocabulary = statuses(connection)
    connection.execute("SET session_replication_role = replica")
    events: dict[str, Row] = {}
    agents: dict[str, Row] = {}
    tally = Counter[tuple[str, ...]]()
    words: Counter[str] = Counter()
    last = 0
    with tqdm(total=claims, unit="claim", disable=True if quiet else None) as bar:
        for blocks in batched(record.blocks(claims, vocabulary), BATCH, strict=False):
            made = [claim for block in blocks for claim in block]
            with connection.transaction():
                _copy(connection, "editions_edition", _editions(blocks))
                _copy(connection, "editions_publishedclaim", _published(made))
                _copy(connection, "editions_publishedrelation", _relations(made))
                standing = [claim for claim in made if not claim.retracted]
                _copy(connection, "editions_publishedmention", _mentions(standing))
                _copy(connection, "editions_publisheduse", _uses(standing))
                _copy(connection, "editions_publishedsource", _sources(standing))
                _copy(connection, "editions_publishedtext", _texts(made, words))
            for claim in sorted(standing, key=lambda claim: claim.editions[-1].sequence):
                events |= _event(claim)
                agents |= _agents(claim)
                tally.update(_counted(claim))
            last = max(last, *(claim.editions[-1].sequence for claim in made))
            bar.update(len(made))
    with connection.transaction():
        _copy(connection, "editions_publishedevent", events.values())
        _copy(connection, "editions_publishedagent", agents.values())
        rows = ((*counted, number) for counted, number in tally.items())
        _copy(connection, "editions_publishedtally", rows)
        rows = ((word, outline(word), claims) for word, claims in words.items())
        _copy(connection, "editions_publishedword", rows)
        connection.execute("UPDATE editions_ledger SET last_sequence = %s", [last])
    connection.execute("RESET session_replication_role")
    connection.execute("VACUUM (ANALYZE)")


def _copy(connection: psycopg.Connection[Any], table: str, rows: Iterable[Row]) -> None:
    with connection.cursor().copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _editions(blocks: Iterable[Sequence[Claim]]) -> Iterator[Row]:
    for block in blocks:
        editions = [edition for claim in block for edition in claim.editions]
        for item in sorted(editions, key=lambda edition: edition.sequence):
            yield (
                item.sequence,
                item.ref,
                item.number,
                item.kind,
                item.digest,
                item.content,
                item.published_at,
            )


def _published(claims: Sequence[Claim]) -> Iterator[Row]:
    for first, second in batched(claims, 2, strict=True):
        for claim, other in ((first, second), (second, first)):
            document, newest = claim.document, claim.editions[-1]
            derived = record.derived(claim, other)
            yield (
                claim.ref,
                newest.sequence,
                newest.sequence,
                claim.editions[0].published_at,
                newest.published_at,
                claim.retracted,
                claim is first,
                document["statement"],
                document["language"],
                document["claimant"]["ref"],
                document["claimant_name"],
                document["event"]["ref"],
                document["aspect"],
                document["harm"],
                document["attribution"]["code"],
                document["finding"]["code"],
                derived,
                hashlib.sha256(f"{newest.digest}{derived}".encode()).hexdigest()[:32],
            )


def _relations(claims: Iterable[Claim]) -> Iterator[Row]:
    for claim in claims:
        if not claim.retracted:
            for relation in claim.document["relations"]:
                yield claim.ref, relation["relation"], relation["claim"]


def _texts(claims: Sequence[Claim], words: Counter[str]) -> Iterator[Row]:
    for first, second in batched(claims, 2, strict=True):
        for claim in (first, second):
            newest, oldest = claim.editions[-1], claim.editions[0]
            row = described(
                claim.document,
                ref=claim.ref,
                sequence=newest.sequence,
                first_sequence=oldest.sequence,
                published_at=newest.published_at,
                first_published_at=oldest.published_at,
                standing=not claim.retracted,
                disputed=claim is first,
            )
            if not claim.retracted:
                words.update(words_of(row["texts"]))
            row |= {name: synthetic.stored(row[name]) for name in ("texts", "figures")}
            yield tuple(row[name] for name in TEXT_COLUMNS)


def _event(claim: Claim) -> dict[str, Row]:
    described, newest = claim.document["event"], claim.editions[-1]
    # As it stands in the stored content, whose keys are sorted.
    text = synthetic.canonical(described)
    words = words_of_event(described)
    return {
        described["ref"]: (
            described["ref"],
            described["label"],
            text,
            newest.sequence,
            newest.published_at,
            words["words"],
            words["place_words"],
        )
    }


def _mentions(claims: Iterable[Claim]) -> Iterator[Row]:
    for claim in claims:
        for agent, part in record.mentions(claim):
            yield claim.ref, agent, part, claim.editions[-1].sequence


def _counted(claim: Claim) -> Iterator[tuple[str, ...]]:
    answers = claim.document["attribution"]["code"], claim.document["finding"]["code"]
    return ((agent, part, *answers) for agent, part in record.mentions(claim))


def _agents(claim: Claim) -> dict[str, Row]:
    newest = claim.editions[-1]
    return {
        ref: (
            ref,
            agent["name"],
            agent["name"].casefold(),
            words_of_names(agent),
            synthetic.canonical(agent),
            newest.sequence,
            newest.published_at,
        )
        for (ref, _part), agent in record.mentions(claim).items()
    }


def _uses(claims: Iterable[Claim]) -> Iterator[Row]:
    for claim in claims:
        for item in claim.document["evidence"]:
            yield claim.ref, item["source"]["ref"], claim.editions[-1].sequence


def _sources(claims: Iterable[Claim]) -> Iterator[Row]:
    """No two synthetic claims rest on the same source."""
    for claim in claims:
        newest = claim.editions[-1]
        for item in claim.document["evidence"]:
            source = item["source"]
            text = synthetic.canonical(source)
            yield (
                source["ref"],
                source["title"],
                [],
                text,
                newest.sequence,
                newest.published_at,
            )
