"""A partner that sends a proposal twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections

from claims.intake.models import Proposal
from tests.asking import partner_with, propose


def test_a_key_in_flight_is_told_to_wait(committed):
    client = partner_with("The Harbour News", "intake")
    propose(client, key="another")
    partner = Proposal.objects.get().partner_id
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"proposal {partner} one"]
            )
        answer = propose(client)
    finally:
        other.close()
    assert (answer.status_code, answer["Retry-After"]) == (409, "1")
    assert propose(client).status_code == 201


def test_of_many_at_once_with_one_key_one_is_filed(committed):
    client = partner_with("The Harbour News", "intake")
    together = Barrier(8)

    def ask(_):
        together.wait()
        try:
            return propose(client).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(ask, range(8)))
    assert statuses <= {201, 409}
    assert 201 in statuses
    assert Proposal.objects.count() == 1
