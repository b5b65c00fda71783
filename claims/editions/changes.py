"""The record in the order it was added: what a mirror is kept from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.expressions import RawSQL

from . import items
from .models import Edition, Ledger

HEAD = ("sequence", "ref", "number", "kind", "digest", "published_at")
# Whether its content was taken out since, and which editions it takes the content of itself.
REDACTIONS = (
    F("redacted_in"),
    RawSQL(  # nothing in it comes from outside
        "CASE WHEN kind = 'redacted' THEN (content::jsonb -> 'redacts')::text END",
        (),
        output_field=TextField(),
    ),
)
# How much of the record one page looks through for what it was asked for.
STRETCH = 10_000

Row = tuple[bytes, ...]


@dataclass(frozen=True)
class Changes:
    """Editions in order, as JSON, and how far whoever holds them has come.

    `reached`: nothing that was asked for is missing up to this sequence. `more`: there is more of
    the record already.
    """

    items: list[bytes]
    tags: list[bytes]
    reached: int
    more: bool


def after(
    sequence: int, *, limit: int, content: bool = False, ops: Collection[str] = ()
) -> Changes:
    """What was added later than `sequence`: at most `limit` editions, of these kinds or of all.

    Kinds are looked for in one stretch of the record at a time, so that rare ones cost no more
    than frequent ones; a page may then be empty, and is not the last one while there is `more`.
    """
    columns = (*HEAD, *REDACTIONS, "content") if content else (*HEAD, *REDACTIONS)
    if not ops:
        found = _read(_statement(columns, limit), (sequence,))
        more = len(found) > limit
        kept = found[:limit]
        reached = int(kept[-1][0]) if kept else sequence
    else:
        # Asked before the editions are: whatever is found up to here is all there will ever be.
        last = Ledger.objects.values_list("last_sequence", flat=True).get()
        end = min(last, sequence + STRETCH)
        asked = _after(columns).filter(sequence__lte=end, kind__in=sorted(ops))
        statement, parameters = asked[: limit + 1].query.sql_with_params()
        found = _read(statement, (sequence, *parameters[1:]))
        kept = found[:limit]
        if len(found) > limit:
            reached, more = int(kept[-1][0]), True
        else:
            reached, more = max(end, sequence), end < last
    return Changes([_item(row) for row in kept], [_tag(row) for row in kept], reached, more)


def _after(columns: tuple[Any, ...]) -> QuerySet:
    return Edition.objects.filter(sequence__gt=0).order_by("sequence").values_list(*columns)


@lru_cache(maxsize=512)
def _statement(columns: tuple[Any, ...], limit: int) -> str:
    """Put together once: Django takes longer over it than the database over its answer."""
    statement, _ = _after(columns)[: limit + 1].query.sql_with_params()
    return str(statement)


def _read(statement: str, parameters: tuple[Any, ...]) -> list[Row]:
    """Every value as the database sent it: it goes out as it came in."""
    with items.cursor() as cursor:
        cursor.execute(statement, parameters)
        result = cursor.pgresult
        value, width = result.get_value, range(result.nfields)
        return [tuple([value(row, column) for column in width]) for row in range(result.ntuples)]


def _item(row: Row) -> bytes:
    """None of the values that are put between quotation marks here can hold one: see `Edition`."""
    sequence, ref, number, kind, digest, at, _redacted_in, redacts, *content = row
    head = (
        b'{"ref":"%b","edition":%b,"op":"%b","sequence":%b,"digest":"%b","published_at":"%bT%bZ"'
        % (ref, number, kind, sequence, digest, at[:10], at[11:19])
    )
    if redacts:
        head += b',"redacts":%b' % redacts
    return b'%b,"content":%b}' % (head, content[0]) if content else head + b"}"


def _tag(row: Row) -> bytes:
    """Names what an item holds: of a redacted edition the digest is that of what it held before."""
    return b"%b-redacted" % row[4] if row[6] else row[4]
