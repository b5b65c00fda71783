"""Lists: the latest claims, filtered by the address alone."""

import re
from urllib.parse import quote

import pytest

from claims.web import record
from tests.web.conftest import tags


def entries(page: bytes) -> int:
    return len(tags(page, "article"))


def test_the_home_page_shows_the_latest_claims_by_event(example, read):
    page = read("/")
    event = page.index("Reported interception of two passenger vehicles")
    assert event < page.index("The soldiers killed at least 24 people") < page.index("Other claims")


def test_a_list_names_the_claimant_first_and_answers_both_questions(example, read):
    assert (
        "Azawad Liberation Front (FLA) · armed group, party to the conflict says: The "
        "soldiers killed at least 24 people by shooting them (“coolly executed”). Was it said? "
        "Single report Is it so? Insufficient evidence Disputed? Denied by General Oumar Diarra"
        in read("/claims/")
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 14),
        ("disputed=yes", 5),
        ("disputed=no", 9),
        ("finding=insufficient_evidence", 5),
        ("finding=insufficient_evidence&disputed=no", 1),
        ("aspect=denial", 1),
        ("attribution=single_report", 14),
        ("attribution=misattributed", 0),
        ("harm=grave", 6),
        ("language=en", 14),
        ("finding=&disputed=&aspect=", 14),
    ],
)
def test_a_filter_shows_the_claims_that_match(example, visitor, query, found):
    assert entries(visitor.get(f"/claims/?{query}").content) == found


def test_a_list_of_an_event_or_a_claimant_names_it(example, read):
    ref = example("E1").split("/")[2]
    assert "Event Reported interception of two passenger vehicles" in read(f"/claims/?event={ref}")


@pytest.mark.parametrize(
    "query",
    [
        "finding=nonsense",
        "disputed=perhaps",
        "aspect=%00",
        "event=short",
        "language=%ED%A0%80",
        "before=x",
        "before=-1",
        "before=" + "9" * 5000,
        "colour=blue",
        quote("<script>alert(1)</script>") + "=1",
    ],
)
def test_what_is_not_understood_is_left_out_and_the_page_says_so(example, visitor, query):
    answer = visitor.get(f"/claims/?{query}")
    assert answer.status_code == 200
    assert b"not understood" in answer.content
    assert b"<script>alert" not in answer.content
    assert entries(answer.content) == 14


def test_pages_of_a_list_hold_each_claim_once(example, visitor, monkeypatch):
    monkeypatch.setattr(record, "PAGE", 4)
    path, seen, sizes = "/claims/", [], []
    while path:
        page = visitor.get(path).content
        found = re.findall(r'<h3><a href="(/claims/\w+/)"', page.decode())
        seen += found
        sizes.append(len(found))
        older = re.search(r'rel="next" href="([^"]+)"', page.decode())
        path = f"/claims/{older[1]}" if older else ""
    assert sizes == [4, 4, 4, 2]
    assert len(set(seen)) == 14


def test_the_next_page_keeps_the_filter(example, visitor, monkeypatch):
    monkeypatch.setattr(record, "PAGE", 3)
    page = visitor.get("/claims/?disputed=yes").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    assert entries(visitor.get(f"/claims/{older[1]}".replace("&amp;", "&")).content) == 2


def test_an_event_shows_who_says_what_on_each_question(example, read):
    page = read(example("E1"))
    assert "When, as asserted “Monday”; which day is not known" in page
    assert "Where, as asserted between Gao and Algeria (somewhere along a route)" in page
    for question in ("What happened", "Who did it", "How many were harmed", "Denial"):
        assert question in page


def test_an_event_shows_its_dispute_whole_and_numbers_who_denies_what(example, read):
    page = read(example("E1"))
    denied = re.search(r"“baseless” denies (\d(?:, \d){4}) · Not checkable", page)
    assert denied
    [denial] = {"1", "2", "3", "4", "5", "6"} - set(denied[1].split(", "))
    assert page.count(f"is denied by {denial}") == 5


def test_events_are_listed_with_what_is_alleged_of_them(example, read):
    page = read("/events/")
    assert "Investigation ordered by the military government" in page
    assert "Alleged: whether it happened is itself a claim" in page


def test_every_status_is_defined_at_an_address_of_its_own(example, visitor):
    page = visitor.get("/statuses/").content.decode()
    for anchor in ("attribution-single_report", "content-not_assessed", "content-false"):
        assert f'id="{anchor}"' in page
    assert "We have not looked into whether this is so." in page


def test_the_search_box_keeps_the_filters_in_force(example, visitor):
    ref = example("E1").split("/")[2]
    page = visitor.get(f"/claims/?event={ref}&finding=not_checkable").content.decode()
    assert f'<input type="hidden" name="event" value="{ref}">' in page
    assert '<input type="hidden" name="finding" value="not_checkable">' in page
