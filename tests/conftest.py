"""The database and the people of the tests.

`db` (or the mark `django_db`) gives rows that are rolled back; `committed` a database of the test's
own, for threads, servers and browsers; `served` a live server on that, `page` a browser's page on
it. All of them run as the application's role, which owns nothing. `owner_sql` is the owner, for the
few tests about that role.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections
from django.test import Client
from hypothesis import settings as examples
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import chromium, database

# The same inputs each time, so that a change is judged by what it changes. To look for new ones:
# `make test ARGS="--hypothesis-profile=default"`.
examples.register_profile("seeded", derandomize=True, database=None, deadline=None)
examples.load_profile("seeded")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if database.is_first_process and not session.config.option.collectonly:
        try:
            database.start()
        except Exception as error:
            database.stop()
            pytest.exit(f"The tests' PostgreSQL is not usable. {error}", returncode=3)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if database.is_first_process and not session.config.option.collectonly:
        connections.close_all()
        database.stop()


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """Instead of pytest-django's: this worker's clone of the migrated template."""
    with database.cloned():
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A fresh database where commits are real, thrown away afterwards."""
    with django_db_blocker.unblock(), database.cloned():
        yield


@pytest.fixture
def served(committed: None) -> Iterator[str]:
    """The address of the site, served live from this process on the test's own database."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """A headless Chromium. Where there is none the tests that need it fail and say what to do."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    arguments = [*chromium.ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    # Playwright keeps an event loop in this thread; Django would take our queries for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page in a browser of its own, on the site as it is served live."""
    with browser.new_context(base_url=served) as context:
        yield context.new_page()


@pytest.fixture
def owner_sql(committed: None) -> Callable[..., list[tuple[Any, ...]]]:
    """Run a statement as the owner, on a database that is thrown away."""

    def execute(statement: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    return execute


@pytest.fixture
def rows(request: pytest.FixtureRequest) -> None:
    """Rows may be written: to the test's own database if it has one, else to be rolled back."""
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")


def _member(group: str, username: str) -> User:
    user = User.objects.create_user(username, f"{username}@example.org", "pass", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def contributor(rows: None) -> User:
    return _member("contributor", "contributor")


@pytest.fixture
def reviewer(rows: None) -> User:
    return _member("reviewer", "reviewer")


@pytest.fixture
def reviewer_two(rows: None) -> User:
    return _member("reviewer", "reviewer-two")


@pytest.fixture
def publisher(rows: None) -> User:
    return _member("publisher", "publisher")


@pytest.fixture
def administrator(rows: None) -> User:
    return _member("administrator", "administrator")


@pytest.fixture
def superuser(rows: None) -> User:
    return User.objects.create_superuser("superuser", "superuser@example.org", "pass")


@pytest.fixture
def visitor() -> Client:
    """Somebody who reads the pages."""
    return Client()


@pytest.fixture
def partner() -> Client:
    """A newsroom's machine that reads the API."""
    return Client(headers={"accept": "application/json"})


@pytest.fixture
def desk() -> Callable[[User], Client]:
    """Somebody's own browser, signed in at the admin."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
