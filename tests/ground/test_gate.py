"""Nothing is served while a guard is down; the log says why, the reader is told to come back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.db import connections
from django.test import Client

from factcheck import gate
from tests import database

DISABLE = "ALTER TABLE editions_edition DISABLE TRIGGER append_only"
ENABLE = "ALTER TABLE editions_edition ENABLE TRIGGER append_only"


@contextmanager
def without_database() -> Iterator[None]:
    """The database is gone while the block runs."""
    here = connections.settings["default"]["NAME"]
    database.use("nowhere")
    try:
        yield
    finally:
        database.use(here)


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch, settings: object) -> gate.Guard:
    """The watch of one server process, which looks when the test says so."""
    guard = gate.Guard()
    settings.CATALOGUE_INTERVAL = 1  # type: ignore[attr-defined]
    monkeypatch.setattr(gate, "guard", guard)
    monkeypatch.setattr(guard, "keep_looking", lambda _interval: None)
    return guard


def test_it_is_closed_until_it_has_looked(guard: gate.Guard, visitor: Client) -> None:
    assert visitor.get("/admin/account/login/").status_code == 503


def test_it_is_open_when_all_guards_stand(
    committed: None, guard: gate.Guard, visitor: Client
) -> None:
    guard.look()
    assert visitor.get("/admin/account/login/").status_code == 200
    assert visitor.get("/readyz").status_code == 200


def test_a_missing_guard_closes_it_and_mending_opens_it(
    owner_sql: Callable[..., object],
    guard: gate.Guard,
    visitor: Client,
    log: StringIO,
) -> None:
    owner_sql(DISABLE)
    guard.look()
    for path in ("/", "/admin/account/login/", "/api/v1/claims/", "/static/nothing.css"):
        closed = visitor.get(path)
        assert closed.status_code == 503
        assert closed.headers["Retry-After"] == "60"
        assert b"trigger" not in closed.content
    assert visitor.get("/api/v1/claims/").headers["Content-Type"] == "application/problem+json"
    assert visitor.get("/healthz").content == b"ok\n"
    assert (visitor.get("/readyz").status_code, visitor.get("/readyz").content) == (
        503,
        b"not ready\n",
    )
    assert "Missing: trigger append_only on editions_edition: on" in log.getvalue()

    owner_sql(ENABLE)
    guard.look()
    assert visitor.get("/admin/account/login/").status_code == 200


def test_a_database_that_cannot_be_asked_leaves_the_last_answer(
    committed: None, guard: gate.Guard
) -> None:
    guard.look()
    with without_database():
        guard.look()
    assert guard.is_open


def test_without_a_database_the_process_is_healthy_but_not_ready(
    committed: None, visitor: Client
) -> None:
    with without_database():
        assert visitor.get("/healthz").status_code == 200
        assert visitor.get("/readyz").status_code == 503
