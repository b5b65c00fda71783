"""The guards are looked at, and any that is missing is seen."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from factcheck import catalogue
from tests import database


@pytest.fixture
def superuser_sql(django_db_setup: None) -> Iterator[psycopg.Cursor]:
    """Somebody with all rights at work on this worker's database, undone at the end."""
    name = connections.settings["default"]["NAME"]
    with database.run.superuser.connect(name) as session:
        session.autocommit = False
        with session.cursor() as cursor:
            yield cursor
        session.rollback()


@pytest.mark.django_db
def test_the_recorded_facts_are_those_of_a_fresh_database() -> None:
    with connection.cursor() as cursor:
        found = catalogue.facts(cursor)
    assert found == catalogue.RECORDED.read_text().splitlines(), "run `make catalogue`"


@pytest.mark.parametrize(
    ("sabotage", "missing"),
    [
        ("ALTER TABLE editions_edition DISABLE TRIGGER append_only", "trigger append_only on edit"),
        ("ALTER TABLE editions_edition ENABLE REPLICA TRIGGER append_only", "trigger append_only"),
        ("DROP TRIGGER append_only ON editions_edition", "trigger append_only on editions_edition"),
        (
            """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
               SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NEW; END'""",
            "function refuse_change()",
        ),
        ("ALTER FUNCTION refuse_change() RESET search_path", "function refuse_change()"),
        ("ALTER FUNCTION guard_review() SECURITY INVOKER", "function guard_review()"),
        ("ALTER FUNCTION guard_review() OWNER TO {app}", "function guard_review()"),
        ("GRANT DELETE ON editions_edition TO {app}", "table editions_edition"),
        ("GRANT UPDATE ON editions_edition TO PUBLIC", "table editions_edition"),
        ("GRANT UPDATE (digest) ON editions_edition TO {app}", "table editions_edition"),
        ("REVOKE INSERT ON claims_review FROM {app}", "table claims_review"),
        ("ALTER TABLE claims_review OWNER TO {app}", "table claims_review"),
        (
            "ALTER TABLE claims_claim DROP CONSTRAINT claim_ref_format",
            "constraint claim_ref",
        ),
        ("GRANT CREATE ON SCHEMA public TO {app}", "schemas the app may create in: none"),
        ("GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", "database: app connect"),
        ("GRANT {owner} TO {app}", "role app: superuser f"),
        ("GRANT pg_write_all_data TO {app}", "role app: superuser f"),
        ("ALTER ROLE {app} SUPERUSER", "role app: superuser f"),
        ("GRANT SET ON PARAMETER session_replication_role TO {app}", "role app: superuser f"),
    ],
)
def test_a_guard_that_is_down_is_seen(
    superuser_sql: psycopg.Cursor, sabotage: str, missing: str
) -> None:
    before = catalogue.facts(superuser_sql)
    superuser_sql.execute(
        sabotage.format(
            app=connections.settings["default"]["USER"],
            owner=connections.settings["owner"]["USER"],
            database=connections.settings["default"]["NAME"],
        ).encode()
    )
    lost = set(before) - set(catalogue.facts(superuser_sql))
    assert [fact for fact in lost if fact.startswith(missing)]


def test_what_a_newer_release_added_is_no_fault(owner_sql: Callable[..., object]) -> None:
    owner_sql("CREATE TABLE of_tomorrow (id int)")
    assert catalogue.faults() == []


def test_the_command_says_what_is_missing(owner_sql: Callable[..., object]) -> None:
    owner_sql("ALTER TABLE editions_edition DISABLE TRIGGER append_only")
    with pytest.raises(CommandError, match="Missing: trigger append_only on editions_edition: on"):
        call_command("catalogue")


def test_an_unapplied_migration_is_a_fault(owner_sql: Callable[..., object]) -> None:
    owner_sql("DELETE FROM django_migrations WHERE app = 'editions' AND name LIKE '0002%%'")
    assert [fault.split("_")[0] for fault in catalogue.faults()] == ["Migration editions.0002"]


def test_migrating_again_mends_the_grants(owner_sql: Callable[..., object]) -> None:
    role = connections.settings["default"]["USER"]
    owner_sql(f'GRANT DELETE, TRUNCATE ON editions_edition TO "{role}"')
    owner_sql(f'GRANT UPDATE (digest) ON editions_edition TO "{role}"')
    owner_sql("GRANT UPDATE ON editions_edition TO PUBLIC")
    owner_sql(f'REVOKE ALL ON claims_review FROM "{role}"')
    assert catalogue.faults()
    call_command("migrate", verbosity=0)
    assert catalogue.faults() == []
