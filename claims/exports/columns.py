"""Parquet: typed columns, nested where the record is. Written in row groups, in constant memory.

`content` holds the stored text, so that the digest can be checked and whatever has no column of its
own can be read from it; of the latest editions `derived` is there as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from claims.editions.addresses import Addresses

from .flat import Document, Item

ROWS_A_GROUP = 5000
BYTES_A_GROUP = 64 << 20

_text, _whole = pa.string(), pa.int64()


def _record(**fields: pa.DataType) -> pa.StructType:
    return pa.struct(list(fields.items()))


_agent = _record(
    ref=_text, kind=_text, name=_text, language=_text, party=pa.bool_(), reliability=_text,
    wikidata=_text,
)  # fmt: skip
_date = _record(edtf=_text, as_printed=_text, earliest=pa.date32(), latest=pa.date32())
_status = _record(code=_text, label=_text, definition=_text, tone=_text, rating=_whole)
_worded = _record(language=_text, text=_text)
_place = _record(name=_text, precision=_text, box=pa.list_(pa.float64()))
_source = _record(
    ref=_text, access=_text, placeholder=_text, kind=_text, title=_text, language=_text, url=_text,
    publisher=_agent, author=_agent, published=_date,
)  # fmt: skip

# By column what stands in the content under the same name.
_OF_CLAIM: dict[str, pa.DataType] = {
    "voice": _text,
    "claimant": _agent,
    "claimant_name": _text,
    "claimant_role": _text,
    "on_behalf_of": _agent,
    "statement": _text,
    "language": _text,
    "translations": pa.list_(
        _record(language=_text, text=_text, translator=_text, method=_text)
    ),
    "about": pa.list_(_agent),
    "made": _date,
    "event": _record(
        ref=_text, label=_text, language=_text, existence=_text, time=_date, place=_place
    ),
    "aspect": _text,
    "checkability": _text,
    "harm": _text,
    "attribution": _status,
    "finding": _status,
    "rationale": pa.list_(_worded),
    "methods": _text,
    "assessed_at": pa.date32(),
    "evidence": pa.list_(
        _record(
            ref=_text, bears_on=_text, stance=_text, basis=_text, group=_whole, credibility=_whole,
            quotation=_record(exact=_text, prefix=_text, suffix=_text, language=_text),
            locator=_text, note=_text, source=_source,
        )
    ),
    "figures": pa.list_(
        _record(
            ref=_text, harm=_text, population=_text, subgroup=_text, minimum=_whole,
            maximum=_whole, bound=_text, words=_text, language=_text, rule=_text,
        )
    ),
    "relations": pa.list_(_record(relation=_text, claim=_text)),
    "independence": _record(
        reports=_whole, publishers=_whole, party_statements=_whole, low=_whole, high=_whole
    ),
    "wanted": _text,
    "replies": pa.list_(
        _record(
            party=_agent, channel=_text, asked_on=pa.date32(), deadline=pa.date32(), answer=_text,
            state=_text,
        )
    ),
    "change": _record(kind=_text, note=_text),
}  # fmt: skip
SCHEMA = pa.schema(
    [
        ("ref", _text),
        ("edition", pa.int32()),
        ("kind", _text),
        ("sequence", _whole),
        ("digest", _text),
        ("published_at", pa.timestamp("ms", tz="UTC")),
        ("address", _text),
        ("schema", _text),
        *_OF_CLAIM.items(),
        # Where a notice stands in place of the claim.
        ("reason", _text),
        ("merged_into", _text),
        ("disputed", pa.bool_()),
        ("content", _text),
        ("derived", _text),
    ]
)


def fitted(value: Any, kind: pa.DataType) -> Any:
    """A value of the content as a column of this type holds it; None for what is not there."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: fitted(value.get(field.name), field.type) for field in kind}
    if pa.types.is_list(kind):
        return [fitted(entry, kind.value_type) for entry in value]
    if pa.types.is_date(kind):
        return _day(value)
    return value


def _day(text: str) -> dt.date | None:
    """A day of the calendar; one that no calendar of a program has is left to its EDTF."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class Table:
    """A Parquet file that is written some items at a time."""

    def __init__(self, file: Any, addresses: Addresses) -> None:
        self._addresses = addresses
        self._writer = pq.ParquetWriter(file, SCHEMA, compression="zstd")
        self._waiting: list[pa.RecordBatch] = []

    def write(self, items: Iterable[tuple[Item, bytes, bytes | None]]) -> None:
        """Items with their stored content, and what is derived, as text."""
        rows = [
            self._row(item, content.decode(), derived and derived.decode())
            for item, content, derived in items
        ]
        self._waiting.append(pa.RecordBatch.from_pylist(rows, schema=SCHEMA))
        many = sum(batch.num_rows for batch in self._waiting)
        if many >= ROWS_A_GROUP or sum(map(_bytes, self._waiting)) >= BYTES_A_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
            self._waiting.clear()

    def _row(self, item: Item, content: str, derived: str | bytes | None) -> Document:
        claim = item.claim or {}
        return {
            "ref": item.ref,
            "edition": item.number,
            "kind": item.kind,
            "sequence": item.sequence,
            "digest": item.digest,
            "published_at": item.published_at.replace(microsecond=0),
            "address": self._addresses.edition(item.ref, item.number),
            "schema": item.content["schema"],
            **{name: fitted(claim.get(name), kind) for name, kind in _OF_CLAIM.items()},
            "reason": item.content.get("reason"),
            "merged_into": item.content.get("into"),
            "disputed": item.derived["disputed"] if item.derived and item.claim else None,
            "content": content,
            "derived": derived,
        }


def _bytes(batch: pa.RecordBatch) -> int:
    return int(batch.nbytes)
