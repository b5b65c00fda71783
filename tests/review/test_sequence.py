"""The record has no gaps, and nobody who follows it can miss an edition."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim
from claims.review import workflow
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from tests import desk_work as desk

pytestmark = pytest.mark.usefixtures("committed")


def approved(contributor: User, reviewer: User, **facts: object) -> Claim:
    claim = desk.draft(contributor, **facts)
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    return claim


def in_thread(work, *arguments, **named):
    """Run in a thread with a connection of its own, closed afterwards."""
    try:
        return work(*arguments, **named)
    finally:
        connection.close()


def test_a_reader_never_misses_an_edition_of_a_slow_publisher(contributor, reviewer, publisher):
    slow, quick = (approved(contributor, reviewer) for _ in range(2))
    inside, let_go = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            workflow.publish(slow, by=publisher)
            inside.set()
            assert let_go.wait(10)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(in_thread, publish_slowly)
        assert inside.wait(10)
        second = pool.submit(in_thread, workflow.publish, quick, by=publisher)
        # The quick one waits for the slow one: it must not become visible before it.
        assert not second.done()
        seen = list(Edition.objects.after(0).values_list("sequence", flat=True))
        assert seen == []
        let_go.set()
        first.result(10)
        second.result(10)

    cursor = max(seen, default=0)
    later = list(Edition.objects.after(cursor).values_list("sequence", "ref"))
    assert later == [(1, slow.ref), (2, quick.ref)]


def test_the_sequence_has_no_gap_after_a_publication_that_failed(contributor, reviewer, publisher):
    claims = [approved(contributor, reviewer) for _ in range(3)]
    workflow.publish(claims[0], by=publisher)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        workflow.publish(claims[1], by=publisher)
        raise ZeroDivisionError
    workflow.publish(claims[2], by=publisher)
    assert list(Edition.objects.after(0).values_list("sequence", flat=True)) == [1, 2]


def test_many_publishers_at_once_leave_a_gapless_record(contributor, reviewer, publisher):
    claims = [approved(contributor, reviewer) for _ in range(12)]
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(in_thread, workflow.publish, claim, by=publisher) for claim in claims]
        for publication in done:
            publication.result(30)
    sequences = list(Edition.objects.after(0).values_list("sequence", flat=True))
    assert sequences == list(range(1, 13))


@pytest.mark.parametrize("first", ["objection", "publication"])
def test_an_objection_and_a_publication_never_both_succeed(
    first, contributor, reviewer, reviewer_two, publisher
):
    claim = approved(contributor, reviewer)
    digest = candidate(claim).digest
    inside, let_go = threading.Event(), threading.Event()

    def object_to_it() -> None:
        claim = Claim.objects.get()
        workflow.request_changes(claim, by=reviewer_two, digest=digest, note="No.")

    def publish_it() -> None:
        workflow.publish(Claim.objects.get(), by=publisher)

    def slowly(work) -> None:
        with transaction.atomic():
            work()
            inside.set()
            assert let_go.wait(10)

    moves = [object_to_it, publish_it]
    ahead, behind = moves if first == "objection" else reversed(moves)
    with ThreadPoolExecutor(2) as pool:
        winner = pool.submit(in_thread, slowly, ahead)
        assert inside.wait(10)
        loser = pool.submit(in_thread, behind)
        let_go.set()
        winner.result(10)
        with pytest.raises(ReviewError):
            loser.result(10)

    claim.refresh_from_db()
    published = Edition.objects.exists()
    assert claim.state == (State.PUBLISHED if published else State.DRAFT)
    assert published == (first == "publication")
