"""Every migration of ours goes forwards, backwards, and forwards again."""

import pytest
from django.core.management import call_command
from django.db import connections

from claims.editions.models import Edition, PublishedClaim
from claims.models import Claim, Move

OURS = ("claims_", "editions_", "intake_", "sources_")


@pytest.mark.usefixtures("committed")
def test_our_migrations_can_be_taken_back_and_made_again():
    for app in ("intake", "claims", "editions", "sources"):
        call_command("migrate", app, "zero", database="owner", verbosity=0)
    tables = connections["owner"].introspection.table_names()
    assert not [name for name in tables if name.startswith(OURS)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND proname IN ('acting_user', 'gate_edition', 'append_edition', 'guard_part')"
        )
        assert cursor.fetchone() == (0,)
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_example", verbosity=0)


# Where the tables stood before there were pages to cite.
EARLIER = {"claims": "0010_history", "editions": "0003_merged_claims", "sources": "0005_history"}


@pytest.mark.usefixtures("committed")
def test_a_desk_with_work_on_it_can_go_back_to_an_earlier_release_and_on_again(visitor):
    call_command("load_example", verbosity=0)
    before = on_file()
    for app, name in EARLIER.items():
        call_command("migrate", app, name, database="owner", verbosity=0)
    call_command("migrate", database="owner", verbosity=0)
    call_command("rebuild_published", verbosity=0)
    assert on_file() == before
    for claim in PublishedClaim.objects.all():
        assert visitor.get(f"/claims/{claim.ref}/").status_code == 200


def on_file():
    """The public record and what is quick to read of it, and how far each claim has come."""
    return [
        list(rows.order_by("pk").values())
        for rows in (Edition.objects, PublishedClaim.objects, Claim.objects, Move.objects)
    ]
