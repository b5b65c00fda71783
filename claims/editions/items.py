"""JSON joined from stored bytes: what was hashed is sent as it was hashed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from psycopg.adapt import Loader

from .stamps import stamp

# What an item is joined from, in this order. Lists go by the first column; `digest` or `etag` says
# whether the item is still the same.
EDITION = ("sequence", "ref", "number", "kind", "digest", "published_at")
CLAIM = (
    "sequence",
    "ref",
    "edition__number",
    "edition__kind",
    "edition__digest",
    "edition__published_at",
    "edition__content",
    "derived",
    "etag",
)

Row = tuple[Any, ...]

# What is left of an edition whose content was taken out of the record ends like this, and nothing
# else does: the keys of a canonical text are in order, and no string holds a bare quotation mark.
NOTICE_ENDS = b'"schema":"factcheck-redaction-1"}'
GONE = "-redacted"
# Names what an edition holds, where a reader may hold what it held before: its digest stays.
TAG = Cast(
    Case(
        When(redacted_in__isnull=False, then=Concat("digest", Value(GONE))),
        default="digest",
        output_field=CharField(),
    ),
    CharField(),
)


def is_notice(content: bytes) -> bool:
    return content.endswith(NOTICE_ENDS)


class StoredText(Loader):
    """A text as the bytes the database sent: it goes out as it came in, so nobody decodes it."""

    def load(self, data: bytes | bytearray | memoryview) -> bytes:
        return bytes(data)


def read(found: QuerySet) -> list[Row]:
    """The rows of a `values_list`, with every column of type `text` as UTF-8 bytes."""
    try:
        return run(*found.query.sql_with_params())
    except EmptyResultSet:  # asked for what no row can be
        return []


def run(statement: str, parameters: Any) -> list[Row]:
    """The rows of a statement, with every column of type `text` as UTF-8 bytes."""
    with cursor() as asking:
        asking.adapters.register_loader("text", StoredText)
        asking.execute(statement, parameters)
        rows: list[Row] = asking.fetchall()
    return rows


@contextmanager
def cursor() -> Iterator[Any]:
    """A cursor for what is asked again and again.

    Django's own would put the values into the text, and the database would plan each page anew;
    this one lets it keep the plan.
    """
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(psycopg.Cursor(connection.connection)) as wrapped:  # type: ignore[arg-type]
        yield wrapped


def pieces(row: Row, more: Mapping[str, bytes] | None = None) -> Iterator[bytes]:
    """A row as a JSON object, in pieces; `content` and `derived` as far as they were read.

    `more`: what was asked for beside them, as JSON, by its name.

    In pieces, so that long texts are copied once, into the answer. None of the values that are
    put between quotation marks here can hold one: see `Edition`.
    """
    sequence, ref, number, kind, digest, published_at, *stored = row
    yield (
        f'{{"ref":"{ref}","edition":{number},"kind":"{kind}","sequence":{sequence},'
        f'"digest":"{digest}","published_at":"{stamp(published_at)}"'
    ).encode()
    for name, text in zip((b"content", b"derived"), stored, strict=False):
        yield b',"%b":' % name
        yield text
    for other, text in (more or {}).items():
        yield b',"%b":' % other.encode()
        yield text
    yield b"}"


def listed(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as the items of a JSON array, in pieces."""
    return joined(map(pieces, rows))


def joined(found: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Objects, each in pieces, as the items of a JSON array."""
    for number, item in enumerate(found):
        if number:
            yield b","
        yield from item


def described(name: str, row: Row, more: Mapping[str, bytes] | None = None) -> Iterator[bytes]:
    """An event, an agent or a source, as it stands in the newest edition that mentions it.

    `claim` and `edition` say which one that is, `sequence` and `digest` are that edition's.
    """
    sequence, ref, digest, claim, edition, published_at, document, *_rest = row
    yield (
        f'{{"ref":"{ref}","sequence":{sequence},"digest":"{digest}","claim":"{claim}",'
        f'"edition":{edition},"published_at":"{stamp(published_at)}","{name}":'
    ).encode()
    yield document
    for other, text in (more or {}).items():
        yield b',"%b":' % other.encode()
        yield text
    yield b"}"


def as_json(value: Any) -> bytes:
    """What is made for one answer, written as all of it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
