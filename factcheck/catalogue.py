"""Are the record's guards in place? The live database, against what it must be.

A fact is one line: who owns a table and what the application may do there, a trigger and whether it
is on, the body of a function, a constraint. `catalogue.txt` holds the facts of a freshly migrated
database (`manage.py catalogue --write`); a server on which one is missing must not serve.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

RECORDED = Path(__file__).parent / "catalogue.txt"
FACTS = (Path(__file__).parent / "sql" / "catalogue.sql").read_text()


def facts(cursor: Any) -> list[str]:
    """What stands in this database, one line a fact, role names replaced by their parts."""
    cursor.execute(FACTS, {"app": settings.DATABASES["default"]["USER"]})
    return sorted(fact for (fact,) in cursor.fetchall())


@cache
def expected() -> frozenset[str]:
    return frozenset(RECORDED.read_text().splitlines())


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def faults() -> list[str]:
    """Why this database must not be served, in sentences for the log; none when all is well.

    More than was expected is no fault: a newer release may have migrated already. More rights are,
    since they change the line of their table.
    """
    connection = connections["default"]
    applied = MigrationRecorder(connection).applied_migrations()
    unapplied = [
        f"Migration {app}.{name} has not been applied."
        for app, name in sorted(_migrations() - applied.keys())
    ]
    if unapplied:
        return unapplied  # the rest would only say it again
    with connection.cursor() as cursor:
        found = frozenset(facts(cursor))
    return [f"Missing: {fact}" for fact in sorted(expected() - found)]
