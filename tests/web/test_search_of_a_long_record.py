"""A record of many eras: a search goes through all of it, and never costs more for that."""

import re

import pytest
from django.core.management import call_command

from claims.editions import search
from claims.editions.models import PublishedText
from claims.web import record

STEP = 3_001  # further apart than an era is long


@pytest.fixture
def long_record(committed, owner_sql) -> list[str]:
    """The worked example with thousands of editions between its claims; their refs, newest first.

    Only the index is stretched: by it searches find their way.
    """
    call_command("load_example", verbosity=0)
    owner_sql(
        "UPDATE editions_publishedtext SET sequence = sequence * %s, terms = array_replace("
        "terms, 'era=' || sequence / 2048, 'era=' || sequence * %s / 2048)",
        [STEP, STEP],
    )
    owner_sql("UPDATE editions_publishedclaim SET sequence = sequence * %s", [STEP])
    owner_sql("UPDATE editions_ledger SET last_sequence = last_sequence * %s", [STEP])
    assert len({term for text in PublishedText.objects.all() for term in text.terms
                if term.startswith("era=")}) > 10  # fmt: skip
    return list(PublishedText.objects.order_by("-sequence").values_list("ref", flat=True))


@pytest.fixture
def impatient(owner_sql) -> None:
    """A search that has no time at all: it stops after each step."""
    [(definition,)] = owner_sql("SELECT pg_get_functiondef('find_claims'::regproc)")
    assert "'150 milliseconds'" in definition
    owner_sql(definition.replace("'150 milliseconds'", "'0 milliseconds'"))


def listed(visitor, query: str) -> list[str]:
    """All that a list shows, from its first page to its last."""
    path, seen = f"/claims/{query}", []
    while path:
        page = visitor.get(path).content.decode()
        seen += re.findall(r'<h3><a href="/claims/(\w+)/"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/claims/{older[1]}".replace("&amp;", "&") if older else ""
    return seen


def test_a_list_goes_through_all_eras_in_either_direction(long_record, visitor):
    assert listed(visitor, "") == long_record
    assert listed(visitor, "?sort=oldest") == long_record[::-1]


def test_words_are_found_in_every_era(long_record, visitor):
    for query in ("?q=mali", "?q=mali&sort=newest"):
        assert len(listed(visitor, query)) > 4
    assert listed(visitor, "?q=coups") == listed(visitor, "?q=coups&sort=oldest")


@pytest.mark.usefixtures("impatient")
def test_a_search_that_runs_out_of_time_says_so_and_goes_on_where_it_stopped(
    long_record, visitor, read
):
    assert "stopped before it took too long" in read("/claims/?q=passenger&sort=newest")
    assert listed(visitor, "") == long_record
    assert listed(visitor, "?sort=oldest") == long_record[::-1]


@pytest.fixture
def read(visitor):
    return lambda path: " ".join(visitor.get(path).content.decode().split())


def test_beyond_the_bound_numbers_are_the_least_there_is(long_record, visitor, read, monkeypatch):
    monkeypatch.setattr(search, "BOUND", 5)
    monkeypatch.setattr(record, "PAGE", 3)
    page = read("/claims/")
    assert "At least 5 claims" in page
    assert "Counted among the latest 5 matches: each number is the least there is." in page
    assert re.search(r'<span class="count">\d or more</span>', page)
    assert listed(visitor, "") == long_record, "pages by date go on all the same"


def test_what_cannot_be_ranked_is_offered_by_date(long_record, read, monkeypatch):
    monkeypatch.setattr(search, "BOUND", 3)
    page = read("/claims/?q=mali")
    assert "At least 3 claims" in page
    assert "?q=mali&amp;sort=newest" in page
    assert "See all of them by date" in page
