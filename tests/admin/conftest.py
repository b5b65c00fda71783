"""Claims at each station of their life, for the pages that show them."""

import pytest
from django.contrib.auth.models import User

from claims.choices import State
from claims.models import Claim
from claims.review import workflow
from tests import desk_work

from .listing import LIST
from .pages import at, words_of


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


@pytest.fixture
def shown(desk, contributor):
    """The statements that the list shows, in its order."""

    def ask(by=None, **query):
        page = desk(by or contributor).get(at(LIST), query)
        assert page.status_code == 200
        return [row.claim.statement for row in page.context["rows"]]

    return ask


@pytest.fixture
def listed(desk, contributor):
    """The words of the list."""

    def ask(by=None, **query):
        return words_of(desk(by or contributor).get(at(LIST), query))

    return ask


@pytest.fixture
def number(desk, contributor):
    """The count beside a value of a filter; nothing when the value is not offered."""

    def ask(facet, value, by=None, **query):
        page = desk(by or contributor).get(at(LIST), query)
        for one, choices in page.context["facets"]:
            if one.name == facet:
                for choice in choices:
                    if choice.label == value:
                        return str(choice.count)
        return None

    return ask
