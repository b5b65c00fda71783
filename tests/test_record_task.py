"""The worker's daily look at the whole record."""

import pytest
from django.core.management import call_command

from claims.editions.tasks import RecordDamaged, verify_record


@pytest.mark.django_db
def test_an_untouched_record_is_intact():
    call_command("load_example", verbosity=0)
    assert verify_record.call() == 14


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE editions_edition SET content = content || ' ' WHERE sequence = 3", "Edition 3"),
        ("DELETE FROM editions_edition WHERE sequence = 3", "from edition 2 to 4"),
        (
            "UPDATE editions_edition SET content = '{}', redacted_in = 2 WHERE sequence = 3",
            "Edition 3 holds a notice that no edition orders",
        ),
    ],
)
def test_an_owner_who_goes_round_the_rules_is_found_out(owner_sql, damage, words):
    call_command("load_example", verbosity=0)
    owner_sql("ALTER TABLE editions_edition DISABLE TRIGGER USER")
    owner_sql("ALTER TABLE editions_edition DROP CONSTRAINT edition_digest_is_of_content")
    for table, column in (("mention", "claim_id"), ("use", "claim_id"), ("claim", "ref")):
        owner_sql(
            f"DELETE FROM editions_published{table} WHERE {column} ="
            " (SELECT ref FROM editions_edition WHERE sequence = 3)"
        )
    owner_sql(damage)
    with pytest.raises(RecordDamaged, match=words):
        verify_record.call()
