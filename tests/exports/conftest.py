"""A record to export, and a shelf of the test's own."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.utils import timezone

from bench.load import load
from claims.api import sending
from claims.exports.build import build
from claims.exports.choices import Extent
from claims.exports.models import Export
from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey, Partner
from sources.acting import acting
from tests import database

CLAIMS = 60


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    return settings.EXPORTS_FOLDER


def load_claims(name: str) -> None:
    """60 claims about an invented country: corrected, retracted and disputed ones among them."""
    with database.run.superuser.connect(name) as connection:
        load(connection, CLAIMS, quiet=True)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), database.cloned() as name:
        load_claims(name)
        yield name
        connections.close_all()


@pytest.fixture
def record(request: pytest.FixtureRequest, shelf: Path) -> Iterator[int]:
    """The claims, and no export yet; in a database of the test's own if it asks for one."""
    if "committed" in request.fixturenames:
        request.getfixturevalue("committed")
        load_claims(connections["default"].settings_dict["NAME"])
        yield CLAIMS
        connections.close_all()
        return
    name = request.getfixturevalue("loaded")
    yield CLAIMS
    with database.run.superuser.connect(name) as connection:
        connection.execute("TRUNCATE exports_export CASCADE")


@pytest.fixture(autouse=True)
def slots(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test left half read keeps nothing from the next."""
    free = threading.BoundedSemaphore(settings.EXPORTS_AT_ONCE)
    monkeypatch.setattr(sending, "slots", free)


@pytest.fixture
def made(record: int) -> Callable[..., Export]:
    """Make an export: `made("latest")`."""

    def make(extent: str) -> Export:
        export = Export.objects.ask(Extent(extent))
        assert build(export)
        export.refresh_from_db()
        return export

    return make


@pytest.fixture
def key(record: int) -> Iterator[Callable[..., str]]:
    """Make a key that opens this, and answer its text: `key(Scope.BULK)`."""

    def make(*scopes: Scope) -> str:
        maker, _ = User.objects.get_or_create(username="maker")
        with acting(maker):
            partner, _ = Partner.objects.get_or_create(name="The Archive", contact="a@example.org")
            made, text = ApiKey.new(
                KeyKind.SECRET,
                partner=partner,
                label="tests",
                scopes=list(scopes),
                created_by=maker,
            )
            made.save()
        return text

    yield make
    with acting(User.objects.get_or_create(username="maker")[0]):
        ApiKey.objects.filter(revoked_at=None).update(revoked_at=timezone.now())


@pytest.fixture
def bulk_key(key: Callable[..., str]) -> str:
    """The text of a partner's key that opens exports."""
    return key(Scope.BULK)


@pytest.fixture
def made_served(served: str, made: Callable[..., Export]) -> Export:
    """An export of the latest editions, on the site as it is served live."""
    return made("latest")
