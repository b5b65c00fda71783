"""Who asks, and whether they may ask once more: found, counted and noted in one statement.

There is no memory of keys between requests: a key that is revoked, or whose partner is suspended,
opens nothing from the next request on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import texts
from .models import ApiKey, Partner, Use

# What a request is counted as that shows no key, or one that opens nothing.
ANONYMOUS = "anonymous"

_KEY = ("id", "ref", "partner_id", "kind", "label", "prefix", "scopes",
        "created_at", "expires_at", "last_used_at")  # fmt: skip
_PARTNER = ("id", "name", "since")
_FOUND = ", ".join(
    [*(f"k.{name}" for name in _KEY), *(f"p.{name} AS p_{name}" for name in _PARTNER)]
)

# One round trip. The row of the asker is locked from the count to the end of the statement, so that
# of many requests at once, on however many servers, each gets a number of its own. A window begins
# with the first request in it. That the key was used is written at most once a minute.
ASK = f"""
WITH who AS (
    SELECT {_FOUND}
    FROM partners_apikey k JOIN partners_partner p ON p.id = k.partner_id
    WHERE k.digest = %s AND k.revoked_at IS NULL AND p.suspended_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now())
), asker AS (
    SELECT CASE WHEN who.id IS NULL THEN %s ELSE 'key ' || who.id END AS asker,
           CASE WHEN who.id IS NULL THEN '{ANONYMOUS}' ELSE %s END AS scope,
           CASE WHEN who.id IS NULL THEN %s ELSE %s END::integer AS allowed
    FROM (SELECT) AS one LEFT JOIN who ON true
), counted AS (
    INSERT INTO partners_use AS u
        (asker, scope, day, window_began, in_window, requests, refused)
    SELECT asker, scope, (now() AT TIME ZONE 'UTC')::date, now(), 1, 1, 0 FROM asker
    ON CONFLICT (asker, scope, day) DO UPDATE SET
        window_began = CASE WHEN u.window_began <= now() - interval '{{window}} seconds'
            THEN now() ELSE u.window_began END,
        in_window = CASE WHEN u.window_began <= now() - interval '{{window}} seconds'
            THEN 1 ELSE least(u.in_window, 1000000000) + 1 END,
        requests = u.requests + 1,
        refused = u.refused + (u.window_began > now() - interval '{{window}} seconds'
            AND u.in_window >= (SELECT allowed FROM asker))::integer
    RETURNING in_window, extract(epoch FROM window_began - now()) + {{window}} AS left
), noted AS (
    UPDATE partners_apikey k SET last_used_at = date_trunc('minute', now()) FROM who
    WHERE k.id = who.id
      AND (k.last_used_at IS NULL OR k.last_used_at < date_trunc('minute', now()))
)
SELECT counted.in_window, counted.left::float8, who.* FROM counted LEFT JOIN who ON true
"""  # noqa: S608 - made of names that stand above


@dataclass(frozen=True, slots=True)
class Admission:
    """One request that was counted: whose it is, and where it stands in the window."""

    key: ApiKey | None
    policy: str  # a scope, or "anonymous"
    allowed: int
    window: int  # seconds
    number: int  # of this request in its window
    resets_in: float  # seconds until the next window

    @property
    def is_too_many(self) -> bool:
        return self.number > self.allowed

    @property
    def remaining(self) -> int:
        return max(0, self.allowed - self.number)


def ask(text: str | None, scope: str, address: str) -> Admission:
    """Count this request for whoever shows this key, or else for the address it came from.

    The key of the answer is None where none was shown or where it opens nothing; whoever tries keys
    is counted like any other stranger.
    """
    limits, window = settings.API_LIMITS, settings.API_WINDOW
    digest = texts.digest(text) if text and texts.is_key(text) else None
    given = (digest, stranger(address), scope, limits[ANONYMOUS], limits[scope])
    number, left, *found = _run(_statement(window), given)
    key = _key(found) if found[0] is not None else None
    policy = scope if key else ANONYMOUS
    return Admission(key, policy, limits[policy], window, number, max(left, 0))


def standing(key: ApiKey) -> list[Admission]:
    """Where a key stands with each of its scopes, without counting anything."""
    window, now = settings.API_WINDOW, timezone.now()
    since = now - timedelta(seconds=window)
    rows = Use.objects.filter(asker=f"key {key.pk}", day=now.date(), window_began__gt=since)
    found = {row.scope: row for row in rows}
    told = []
    for scope in key.scopes:
        row, allowed = found.get(scope), settings.API_LIMITS[scope]
        left = window - (now - row.window_began).total_seconds() if row else 0
        number = row.in_window if row else 0
        told.append(Admission(key, scope, allowed, window, number, max(left, 0)))
    return told


@cache
def _statement(window: int) -> str:
    return ASK.format(window=int(window))


def stranger(address: str) -> str:
    """An address as it is counted: a keyed digest, another one each day, so that none is kept."""
    day = timezone.now().date().isoformat()
    secret = settings.SECRET_KEY.encode()[:64]
    return blake2b(f"{day} {address}".encode(), key=secret, digest_size=16).hexdigest()


def _run(statement: str, given: tuple[Any, ...]) -> tuple[Any, ...]:
    """As the lists read: with a cursor that lets the database keep the plan."""
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(psycopg.Cursor(connection.connection)) as cursor:  # type: ignore[arg-type]
        cursor.execute(statement, given)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _key(found: list[Any]) -> ApiKey:
    key = ApiKey.from_db("default", _KEY, found[: len(_KEY)])
    key.partner = Partner.from_db("default", _PARTNER, found[len(_KEY) :])
    return key
