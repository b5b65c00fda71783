"""When something was done, and how long it has waited: on a past that only the owner can write."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim
from claims.review import counts, workflow
from tests import desk_work


@pytest.fixture
def in_review(committed: None, contributor: User) -> Claim:
    claim = desk_work.draft(contributor)
    workflow.submit(claim, by=contributor)
    return claim


def long_ago(owner_sql, days: int) -> None:
    """As if every move had been made some days earlier: only the owner can rewrite the past."""
    owner_sql("ALTER TABLE claims_move DISABLE TRIGGER USER")
    owner_sql(f"UPDATE claims_move SET at = at - interval '{days} days'")
    owner_sql("ALTER TABLE claims_move ENABLE TRIGGER USER")


@pytest.mark.parametrize(("days", "expected"), [(7, [0, 0, 1, 0]), (70, [0, 0, 0, 0])])
def test_a_step_stands_in_the_week_it_was_taken(owner_sql, in_review, days, expected):
    long_ago(owner_sql, days)
    assert counts.throughput(counts.weeks_until_now(4))[counts.SUBMITTED] == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, (0, 1)), (1, (0, 1)), (2, (2, 3)), (14, (8, 14)), (31, (31, None))]
)
def test_a_claim_in_review_is_counted_by_the_days_it_has_waited(
    owner_sql, in_review, days, expected
):
    long_ago(owner_sql, days)
    queue = counts.queue()
    assert [(first, last) for first, last, number in queue.classes if number] == [expected]
    assert (queue.total, queue.oldest) == (1, days)
