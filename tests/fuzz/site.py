"""The site in this process, on a database that is thrown away: no limits, no waiting."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

CLAIMS = 120
# No run may meet the limits: it would learn nothing but 429.
UNLIMITED = {
    f"API_{name}_LIMIT": "1000000000"
    for name in ("ANONYMOUS", "READ", "BULK", "WEBHOOKS", "INTAKE", "SEARCH")
} | {"OPEN_PROPOSALS": "1000000000", "LOG_LEVEL": "ERROR"}


@contextmanager
def standing() -> Iterator[None]:
    """A server of its own with the synthetic record, for as long as the block runs."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", **UNLIMITED}
    import django

    from tests import database

    try:
        database.start()
        django.setup()
        with database.cloned() as name:
            fill(name)
            yield
    finally:
        database.stop()


def fill(name: str) -> None:
    from bench.load import load
    from tests import database

    with database.run.superuser.connect(name) as connection:
        load(connection, CLAIMS, quiet=True)


def application(asked: Callable[[], None]) -> Any:
    """The site as a WSGI application that tells of each request."""
    from django.core.signals import request_finished, request_started
    from django.core.wsgi import get_wsgi_application
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(
            close_old_connections
        )  # a connection for each request is most of its cost
    if find_spec("claims.api.waiting"):
        import_module("claims.api.waiting").watch.until_news = lambda *args, **more: None
    site = get_wsgi_application()

    def counted(environ: Any, start_response: Any) -> Any:
        asked()
        environ.setdefault("REMOTE_ADDR", "127.0.0.1")  # whom a server always names
        return site(environ, start_response)

    return counted


@cache
def mend_transport() -> None:
    """Schemathesis asks again without the key, and hands on what only a socket understands."""
    from schemathesis.transport.wsgi import WSGI_TRANSPORT

    send = WSGI_TRANSPORT.send

    def without_socket(case: Any, **more: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies"):
            more.pop(name, None)
        return send(case, **more)

    WSGI_TRANSPORT.send = without_socket  # type: ignore[method-assign]


def bar(total: int, what: str) -> Any:
    """Progress on stderr, on a terminal only."""
    from tqdm import tqdm

    return tqdm(total=total, desc=what, unit="request", disable=None, file=sys.stderr)
