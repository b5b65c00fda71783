"""Nothing is served from a database whose guards are down.

Each server process looks at the catalogue when it starts and every few seconds from then on, in a
thread of its own: a request pays for reading one attribute. The reason goes to the log; a reader
learns that the site is not available, and when to come back.
"""

import json
import threading
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from factcheck import catalogue

log = structlog.get_logger(__name__)

ALWAYS_OPEN = frozenset({"/healthz", "/readyz"})
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not available</title>
<h1>Not available at the moment</h1>
<p>We are looking into it. Nothing that was published is lost: please come back soon.</p>
</html>
"""
PROBLEM = json.dumps(
    {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The site is not available at the moment. Try again in a minute.",
    }
).encode()


class Guard:
    """What this process last saw of the catalogue. Closed until it has seen it once."""

    def __init__(self) -> None:
        self.faults: list[str] | None = None
        self._started = threading.Lock()

    @property
    def is_open(self) -> bool:
        return self.faults == []

    def look(self) -> None:
        """Look once. A database that cannot be asked leaves the last answer standing."""
        try:
            faults = catalogue.faults()
        except (DatabaseError, OSError) as error:
            log.error("catalogue_unreadable", error=str(error))  # noqa: TRY400 - no news in a traceback
            return
        if faults != self.faults:
            if faults:
                log.critical("closed", faults=faults)
            else:
                log.info("open")
            self.faults = faults

    def keep_looking(self, interval: float) -> None:
        """Start this process's watch, once."""
        if not self._started.acquire(blocking=False):
            return
        self._look_and_let_go()
        threading.Thread(target=self._watch, args=[interval], daemon=True, name="guard").start()

    def _watch(self, interval: float) -> None:
        pause = threading.Event()
        while not pause.wait(interval if self.is_open else min(interval, 2)):
            self._look_and_let_go()

    def _look_and_let_go(self) -> None:
        try:
            self.look()
        finally:
            connections["default"].close()


guard = Guard()


class Gate:
    """Middleware: open while the guard is content, 503 for everything else but the health pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watching = bool(settings.CATALOGUE_INTERVAL)
        if self.watching:
            guard.keep_looking(settings.CATALOGUE_INTERVAL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if guard.is_open or not self.watching or request.path in ALWAYS_OPEN:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            response = HttpResponse(PROBLEM, "application/problem+json", 503)
        else:
            response = HttpResponse(PAGE, status=503)
        response.headers["Retry-After"] = "60"
        response.headers["Cache-Control"] = "no-store"
        return response
