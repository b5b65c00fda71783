"""Claims at each station of their life, for the pages that show them."""

import pytest
from django.contrib.auth.models import User

from claims.choices import State
from claims.models import Claim
from claims.review import workflow
from tests import desk_work


@pytest.fixture
def draft(contributor: User) -> Claim:
    return desk_work.draft(contributor)


@pytest.fixture
def in_review(draft: Claim, contributor: User) -> Claim:
    workflow.submit(draft, by=contributor)
    return draft


@pytest.fixture
def approved(in_review: Claim, reviewer: User) -> Claim:
    desk_work.approve(in_review, reviewer)
    assert in_review.state == State.APPROVED
    return in_review


@pytest.fixture
def published(approved: Claim, publisher: User) -> Claim:
    workflow.publish(approved, by=publisher)
    return approved
