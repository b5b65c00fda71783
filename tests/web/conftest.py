"""The public pages, read by a visitor. `example` is the worked example, published."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils.html import strip_tags

from claims import example as worked_example
from tests import database


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[str], str]]:
    """The worked example in a database of its own, for all tests of a module.

    Gives the path of a claim, an event, an agent or the article by its name in the example:
    `example("C3")`, `example("FLA")`.
    """
    with django_db_blocker.unblock(), database.cloned():
        call_command("load_example", verbosity=0)
        yield path_of
        connections.close_all()


def path_of(key: str) -> str:
    kinds = {
        "events": worked_example.EVENTS,
        "agents": worked_example.AGENTS,
        "sources": ("article",),
    }
    kind = next((kind for kind, keys in kinds.items() if key in keys), "claims")
    return f"/{kind}/{worked_example.ref(key)}/"


@pytest.fixture
def read(visitor: Client) -> Callable[[str], str]:
    """What a visitor reads at an address: its words, without the markup."""
    return lambda path: words(visitor.get(path).content)


def words(page: bytes) -> str:
    """What can be read without opening anything: what a status means is left out."""
    body = page.decode().partition("</head>")[2]
    body = re.sub(r'<span class="meaning".*?</span>', "", body)
    body = re.sub(r"<(?!/?(?:a|b|bdi|code|em|span|strong)\b)[^>]*>", " ", body)
    return " ".join(html.unescape(strip_tags(body)).split())


def tags(page: bytes, name: str) -> list[str]:
    """The opening tags of a kind, as they stand in the page."""
    return re.findall(rf"<{name}\b[^>]*>", page.decode())
