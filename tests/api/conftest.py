"""A public record to read: synthetic editions, the same for all tests of a module."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client

from bench.load import load
from claims.api import waiting
from claims.partners import access
from claims.partners.choices import KeyKind
from claims.partners.models import ApiKey, Partner
from sources.acting import acting
from tests import database

CLAIMS = 120


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """120 claims about an invented country: corrected, retracted and disputed ones among them."""
    with django_db_blocker.unblock(), database.cloned() as name:
        with database.run.superuser.connect(name) as connection:
            load(connection, CLAIMS, quiet=True)
        yield CLAIMS
        connections.close_all()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[waiting.Watch]:
    """Those who wait for news: few places, so that a test can fill them, and nobody at its end."""
    watch = waiting.Watch(places=6, each=2)
    monkeypatch.setattr(waiting, "watch", watch)
    yield watch
    watch.let_go()
    for thread in threading.enumerate():
        if thread.name == "ledger":
            thread.join(10)


@pytest.fixture(autouse=True)
def nobody_counted_ahead() -> None:
    """Each test begins as if nobody had asked before, so that its first question is counted."""
    access._leases.clear()


@pytest.fixture
def get(record: int) -> Callable[..., Any]:
    """Ask the API as anybody: `get("claims/", limit=2)`; the answer has `.data`, parsed."""

    def ask(address: str, *, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        address = urljoin("http://testserver/api/v1/", address).removeprefix("http://testserver")
        answer = Client().get(address, parameters, headers=headers)
        body = answer.getvalue()
        answer.data = json.loads(body) if body else None
        return answer

    return ask


@pytest.fixture
def make_key(administrator: User) -> Callable[..., tuple[ApiKey, str]]:
    """A key of a partner, and its text: `make_key("read", "bulk", partner="Le Fleuve")`."""

    def make(
        *scopes: str, partner: str = "Le Fleuve", kind: str = "secret", **more: Any
    ) -> tuple[ApiKey, str]:
        with acting(administrator):
            known = {"name": partner, "contact": "desk@partner.example"}
            owner, _ = Partner.objects.get_or_create(name=partner, defaults=known)
            key, text = ApiKey.new(
                KeyKind(kind),
                partner=owner,
                label="production",
                scopes=list(scopes or ["read"]),
                created_by=administrator,
                **more,
            )
            key.save()
        return key, text

    return make


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}
