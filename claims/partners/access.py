"""Who asks, and whether they may ask once more: found, counted and noted in one statement.

Whoever asks many times a second is counted some requests ahead (see `Lease`), so that most of
them cost no statement at all. A key that is revoked, or whose partner is suspended, opens nothing
from the next request on; for whoever was counted ahead, that is at most a second later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from threading import Lock
from time import monotonic
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
    SELECT asker, scope, (now() AT TIME ZONE 'UTC')::date, now(), %s, %s, 0 FROM asker
    ON CONFLICT (asker, scope, day) DO UPDATE SET
        window_began = CASE WHEN u.window_began <= now() - interval '{{window}} seconds'
            THEN now() ELSE u.window_began END,
        in_window = CASE WHEN u.window_began <= now() - interval '{{window}} seconds'
            THEN excluded.in_window
            ELSE least(u.in_window, 1000000000) + excluded.in_window END,
        requests = u.requests + excluded.requests,
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


@dataclass(slots=True)
class Lease:
    """Requests of one asker that were counted ahead, to be used up within a second.

    Limits hold over all servers because everything is counted before it is used. How many are
    counted ahead grows with how fast they are used, and shrinks with what is left of the limit:
    what is never used is lost, and must not be much.
    """

    last: Admission  # the last of those that were counted
    left: int
    began: float
    streak: int  # how many requests came in a row, one lease after the other

    def take(self, now: float) -> Admission | None:
        if not self.left or now - self.began > LEASE:
            return None
        self.left -= 1
        number = self.last.number - self.left
        return replace(
            self.last, number=number, resets_in=max(self.last.resets_in - (now - self.began), 0)
        )

    def next_block(self, now: float) -> int:
        """How many to count now that these are used up."""
        if now - self.began > LEASE:
            self.streak = 0
        if self.streak < STEADY:
            return 1
        return max(1, min(LARGEST, self.last.remaining // SMALL_PART))


LEASE = 1.0  # seconds
STEADY, LARGEST, SMALL_PART = 8, 16, 32
MOST_LEASES = 10_000
_leases: dict[tuple[Any, ...], Lease] = {}
_lock = Lock()


def ask(text: str | None, scope: str, address: str) -> Admission:
    """Count this request for whoever shows this key, or else for the address it came from.

    The key of the answer is None where none was shown or where it opens nothing; whoever tries keys
    is counted like any other stranger.
    """
    limits, window = settings.API_LIMITS, settings.API_WINDOW
    digest = texts.digest(text) if text and texts.is_key(text) else None
    asker = (connection.settings_dict["NAME"], digest, digest or address, scope, window,
             limits[ANONYMOUS], limits[scope])  # fmt: skip
    now = monotonic()
    with _lock:
        held = _leases.get(asker)
        if held and (admission := held.take(now)):
            return admission
        block = held.next_block(now) if held else 1
    given = (digest, stranger(address), scope, limits[ANONYMOUS], limits[scope], block, block)
    number, left, *found = _run(_statement(window), given)
    key = _key(found) if found[0] is not None else None
    policy = scope if key else ANONYMOUS
    allowed = limits[policy]
    first = number - block + 1
    admission = Admission(key, policy, allowed, window, first, max(left, 0))
    if digest is None or key is not None:  # who tries keys gets nothing ahead
        _keep(asker, replace(admission, number=max(first, min(number, allowed))), first, now)
    return admission


def _keep(asker: tuple[Any, ...], last: Admission, first: int, now: float) -> None:
    with _lock:
        held = _leases.get(asker)
        fresh = held is not None and now - held.began <= LEASE
        unused = held.left if held and fresh else 0  # another thread counted ahead just now, too
        streak = (held.streak if held and fresh else 0) + 1 + last.number - first
        if len(_leases) >= MOST_LEASES:
            _leases.clear()
        _leases[asker] = Lease(last, last.number - first + unused, now, streak)


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
