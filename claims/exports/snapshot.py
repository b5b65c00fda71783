"""The record as it stood at one moment, read to its end while others go on publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet

from claims.editions import items
from claims.editions.models import Edition, PublishedClaim

from .choices import Extent

ROWS_AT_ONCE = 500
LATEST = items.CLAIM[: items.CLAIM.index("derived") + 1]
EDITIONS = (*items.EDITION, "content")


def rows_of(extent: Extent) -> QuerySet[Any, Any]:
    """The items of an export, in the order of the record.

    Withdrawn claims are among the latest editions: their notice is what stands now.
    """
    if extent == Extent.LATEST:
        return PublishedClaim.objects.order_by("sequence").values_list(*LATEST)
    return Edition.objects.order_by("sequence").values_list(*EDITIONS)


@dataclass
class Snapshot:
    """What one transaction sees of the record, from its first look on."""

    connection: psycopg.Connection[Any]
    extent: Extent
    sequence: int
    at: dt.datetime
    total: int

    def batches(self) -> Iterator[list[items.Row]]:
        """All rows, some at a time, through a cursor of the server: memory does not grow."""
        statement, parameters = rows_of(self.extent).query.sql_with_params()
        with psycopg.ServerCursor(self.connection, "export") as cursor:
            cursor.adapters.register_loader("text", items.StoredText)
            cursor.execute(statement, parameters)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield rows


@contextmanager
def taken(extent: Extent) -> Iterator[Snapshot | None]:
    """The record as it stands now; None while somebody else is at an export of this kind.

    On a connection of its own, so that progress can be told meanwhile. The lock is the
    transaction's: it ends with the worker, however that ends. Reading locks nobody out.
    """
    own = connection.copy()
    own.ensure_connection()
    raw: Any = own.connection
    try:
        raw.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        lock = "SELECT pg_try_advisory_xact_lock(hashtext('claims.exports'), hashtext(%s))"
        if not raw.execute(lock, [str(extent)]).fetchone()[0]:
            yield None
            return
        # The ledger's row is changed in the transaction that appends: this number and what is seen
        # of the record belong together.
        [(sequence, at)] = raw.execute("SELECT last_sequence, now() FROM editions_ledger")
        total = sequence
        if extent == Extent.LATEST:
            [(total,)] = raw.execute("SELECT count(*) FROM editions_publishedclaim")
        yield Snapshot(raw, extent, sequence, at, total)
    finally:
        with suppress(psycopg.Error):  # a connection that was lost holds no lock either
            raw.execute("ROLLBACK")
        own.close()
