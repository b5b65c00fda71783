"""Every migration of ours goes forwards, backwards, and forwards again."""

import pytest
from django.core.management import call_command
from django.db import connections


@pytest.mark.usefixtures("committed")
def test_our_migrations_can_be_taken_back_and_made_again():
    for app in ("claims", "editions", "sources"):
        call_command("migrate", app, "zero", database="owner", verbosity=0)
    tables = connections["owner"].introspection.table_names()
    assert not [name for name in tables if name.startswith(("claims_", "editions_", "sources_"))]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND proname IN ('acting_user', 'gate_edition', 'append_edition', 'guard_part')"
        )
        assert cursor.fetchone() == (0,)
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_example", verbosity=0)
