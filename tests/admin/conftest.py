"""Claims at each station of their life, for the pages that show them."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

from claims.choices import State
from claims.models import Claim
from claims.review import workflow
from tests import desk_work

from .listing import LIST
from .pages import at, words_of
from .test_browser import NOTED


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
def desk_of(browser, served):
    """Somebody's own browser, signed in. What it complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(user: User, width: int = 1440, height: int = 900, locale: str = "en") -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context = browser.new_context(
            base_url=served, viewport={"width": width, "height": height}, locale=locale
        )
        contexts.append(context)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": served}])
        context.add_init_script(NOTED)
        context.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


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
