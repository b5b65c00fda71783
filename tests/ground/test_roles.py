"""The role that the site runs as owns nothing, and cannot switch off what watches it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from factcheck import grants

pytestmark = pytest.mark.django_db


APPEND_ONLY = [model for model in apps.get_models() if getattr(model, "append_only", False)]


def refused(statement: str) -> str:
    """Try a statement as the application; answer with the database's words of refusal."""
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


def test_tests_run_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user = pg_get_userbyid(datdba), rolsuper FROM pg_database, "
            "pg_roles WHERE datname = current_database() AND rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)


def test_there_are_append_only_tables() -> None:
    assert {"Edition", "Review", "Move", "Assessment"} <= {m.__name__ for m in APPEND_ONLY}


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_what_was_appended_stays(model: type[Model]) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        assert "permission denied" in refused(statement)
    assert "permission denied" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE editions_edition DISABLE TRIGGER ALL",
        "ALTER TABLE editions_edition OWNER TO CURRENT_USER",
        "DROP TRIGGER append_only ON editions_edition",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
        "DROP TABLE editions_edition",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE editions_edition (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "DELETE FROM django_migrations",
    ],
)
def test_the_guards_cannot_be_switched_off(statement: str) -> None:
    words = refused(statement)
    assert any(word in words for word in ("permission denied", "must be owner", "must have"))


def test_the_application_cannot_become_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'auth_user'")
        (owner,) = cursor.fetchone()
    assert "permission denied" in refused(f'SET ROLE "{owner}"')


def test_the_application_cannot_grant_itself_more() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT ALL ON editions_edition TO CURRENT_USER")  # warns, and grants nothing
    assert "permission denied" in refused("DELETE FROM editions_edition")


def test_every_table_of_ours_is_granted_as_its_model_says() -> None:
    with connection.cursor() as cursor:
        for table, verbs in grants.rights().items():
            cursor.execute(
                "SELECT verb FROM unnest(%s::text[]) verb WHERE has_table_privilege(%s, verb)",
                [[*grants.EDIT, "TRUNCATE", "REFERENCES", "TRIGGER"], table],
            )
            assert {verb for (verb,) in cursor.fetchall()} == set(verbs), table


def test_a_many_to_many_table_follows_its_model() -> None:
    through = apps.get_model("auth", "User").groups.through
    assert grants.rights()[through._meta.db_table] == grants.EDIT


def test_what_is_kept_is_changed_but_never_removed() -> None:
    kept = [model for model in apps.get_models() if getattr(model, "kept", False)]
    assert kept
    for model in kept:
        assert grants.rights()[model._meta.db_table] == grants.KEEP
        assert "permission denied" in refused(f"DELETE FROM {model._meta.db_table}")
