"""Waiting for news: an answer that comes when something is published, not when somebody asks.

A server process has few threads, and whoever waits holds one. So there are places for those who
wait, fewer than there are threads; whoever finds none is answered at once, as if nobody had asked
to wait. While somebody waits, one thread of each process looks at the ledger; they themselves hold
no connection to the database.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from claims.editions.models import Ledger

log = structlog.get_logger(__name__)

LONGEST = 30  # seconds
PAUSE = 0.2  # between two looks at the ledger


class Watch:
    """Those of one process who wait, and the thread that looks for them.

    `places` for all together; `each`: how many of them one partner may take; `anonymous`: how
    many all readers without a key may take together, for their addresses say little about them.
    """

    def __init__(self, places: int, *, each: int = 4) -> None:
        self.places, self.each, self.anonymous = places, each, places // 2
        self.waiting: Counter[Hashable] = Counter()
        self._news = threading.Condition()
        self._last = 0
        self._looker: threading.Thread | None = None

    def until_news(self, after: int, seconds: float, *, who: Hashable | None) -> None:
        """Come back once the record goes beyond `after`, or so many seconds have passed."""
        with self._news:
            allowed = self.anonymous if who is None else self.each
            if self.waiting[who] >= allowed or self.waiting.total() >= self.places:
                return
            self.waiting[who] += 1
        try:
            close_old_connections()
            with self._news:
                self._look_from_now_on()
                self._news.wait_for(lambda: self._last > after or not self.places, seconds)
        finally:
            with self._news:
                self.waiting[who] -= 1

    def let_go(self) -> None:
        """Answer everybody who waits now, and let nobody wait any more."""
        with self._news:
            self.places = 0
            self._news.notify_all()

    def _look_from_now_on(self) -> None:
        if self._looker is None or not self._looker.is_alive():
            self._last = 0
            self._looker = threading.Thread(target=self._look, daemon=True, name="ledger")
            self._looker.start()

    def _look(self) -> None:
        pause = threading.Event()
        try:
            while self._is_needed():
                self._look_once()
                pause.wait(PAUSE)
        finally:
            connection.close()

    def _is_needed(self) -> bool:
        with self._news:
            if self.waiting.total() == 0:
                self._looker = None
            return self._looker is not None

    def _look_once(self) -> None:
        """A database that cannot be asked is no news; whoever waits is answered in time."""
        try:
            last = Ledger.objects.values_list("last_sequence", flat=True).get()
        except (DatabaseError, OSError) as error:
            log.warning("ledger_unreadable", error=str(error))
            connection.close()
            return
        with self._news:
            if last > self._last:
                self._last = last
                self._news.notify_all()


watch = Watch(settings.WAITING_PLACES)
