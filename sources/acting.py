"""Whose doing a change is. The database refuses a change to the desk's work by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """One transaction in which everything written is `user`'s doing.

    May be nested: the inner person acts until the inner block ends, then the outer one again.
    """
    with transaction.atomic():
        outer = _declare(str(user.pk))
        yield
        _declare(outer)  # Not after an error: the rollback takes the declaration back.


def _declare(actor: str) -> str:
    """Name the actor for the rest of this transaction; answer with who it was before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('factcheck.actor', true), ''),"
            " set_config('factcheck.actor', %s, true)",
            [actor],
        )
        return str(cursor.fetchone()[0])
