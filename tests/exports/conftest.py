"""A record to export, and a shelf of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from bench.load import load
from claims.exports.build import build
from claims.exports.choices import Extent
from claims.exports.models import Export
from tests import database

CLAIMS = 60


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    return settings.EXPORTS_FOLDER


@pytest.fixture
def record(committed: None, shelf: Path) -> Iterator[int]:
    """60 claims about an invented country: corrected, retracted and disputed ones among them."""
    name = connections["default"].settings_dict["NAME"]
    with database.run.superuser.connect(name) as connection:
        load(connection, CLAIMS, quiet=True)
    yield CLAIMS
    connections.close_all()


@pytest.fixture
def made(record: int) -> Callable[..., Export]:
    """Make an export: `made("latest")`."""

    def make(extent: str) -> Export:
        export = Export.objects.ask(Extent(extent))
        assert build(export)
        export.refresh_from_db()
        return export

    return make
