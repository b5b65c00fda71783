"""When it happened, was said and was looked into: drawn as exact as it is known, and no more."""

from typing import Any

import pytest

from claims.web.timeline import SOURCES_SHOWN, Timeline, timeline


def when(edtf: str = "", earliest: str | None = None, latest: str | None = None, words: str = ""):
    return {"edtf": edtf, "as_printed": words, "earliest": earliest, "latest": latest}


def day(date: str) -> dict[str, Any]:
    return when(date, date, date)


def source(ref: str, published: dict[str, Any] | None, **facts: Any) -> dict[str, Any]:
    facts = {"access": "public", "title": f"Report {ref}", "language": "en"} | facts
    return {"ref": f"E{ref}", "source": {"ref": ref, "published": published, **facts}}


def drawn(*evidence: dict[str, Any], editions: tuple[str, ...] = (), **facts: Any) -> Timeline:
    content = {
        "event": None,
        "made": None,
        "evidence": list(evidence),
        "replies": [],
        "assessed_at": None,
    } | facts
    listed = [
        {"number": number, "kind": "published", "published_at": f"{date}T12:00:00Z"}
        for number, date in enumerate(editions, 1)
    ]
    return timeline(content, listed)


def mark_of(found: Timeline, label: str = "Report b") -> Any:
    return next(one for one in found.moments if one.thing == label).mark


def test_a_day_is_a_point_at_its_place_between_the_first_and_the_last():
    found = drawn(
        source("a", day("2024-03-01")),
        source("b", day("2024-03-06")),
        source("c", day("2024-03-11")),
    )
    assert (mark_of(found).dots, mark_of(found).line) == (("50.00%",), None)


def test_a_span_is_a_line_between_its_ends():
    found = drawn(
        source("a", day("2024-03-01")),
        source("b", when("2024-03", "2024-03-01", "2024-03-31")),
    )
    assert mark_of(found).line == ("0.00%", "100.00%")


@pytest.mark.parametrize(
    ("open_one", "to_the_right", "to_the_left"),
    [
        (when("2024-03-06/..", "2024-03-06", None), "50.00%", ""),
        (when("../2024-03-06", None, "2024-03-06"), "", "50.00%"),
    ],
)
def test_an_open_end_is_drawn_open(open_one, to_the_right, to_the_left):
    mark = mark_of(
        drawn(source("a", day("2024-03-01")), source("b", open_one), source("c", day("2024-03-11")))
    )
    assert (mark.open_from, mark.open_to) == (to_the_right, to_the_left)


def test_an_approximate_date_is_drawn_as_one():
    found = drawn(
        source("a", day("2024-03-01")), source("b", when("2024-03-05~", "2024-03-05", "2024-03-05"))
    )
    assert mark_of(found).rough
    assert not mark_of(found, "Report a").rough


def test_what_has_no_date_keeps_the_words_as_printed_and_gets_no_mark():
    found = drawn(source("a", when(words="Monday")), source("b", day("2024-03-01")))
    monday = next(one for one in found.undated if one.thing == "Report a")
    assert monday.when is not None
    assert (monday.when.printed, monday.mark) == ("Monday", None)


def test_a_single_day_is_told_and_not_drawn():
    found = drawn(source("b", day("2024-03-01")), assessed_at="2024-03-01")
    assert mark_of(found) is None
    assert found.ticks == []


def test_all_that_has_a_date_stands_in_order_of_time():
    party = {"name": "Army", "language": "en"}
    found = drawn(
        source("b", day("2024-03-02")),
        event={"label": "The fire", "language": "en", "time": day("2024-03-01")},
        made=day("2024-03-03"),
        replies=[
            {"party": party, "asked_on": "2024-03-04", "deadline": "2024-03-06", "state": "open"}
        ],
        assessed_at="2024-03-07",
        editions=("2024-03-08",),
    )
    assert [one.label for one in found.moments] == [
        "The event, as asserted",
        "A source was published",
        "The claim was made",
        "We asked for a reply",
        "We asked to have it by",
        "We assessed the claim",
        "Edition 1",
    ]


def test_our_own_work_of_years_later_does_not_press_the_rest_into_a_point():
    found = drawn(
        source("a", day("2020-03-01")), source("b", day("2020-03-06")), editions=("2026-01-01",)
    )
    assert mark_of(found).dots == ("100.00%",)
    [edition] = [one for one in found.moments if one.label == "Edition 1"]
    assert edition.mark is None


def test_a_source_is_told_once_and_leads_to_its_evidence():
    found = drawn(source("a", day("2024-03-01")), source("a", day("2024-03-01")))
    [one] = [moment for moment in found.moments if moment.thing]
    assert one.anchor == "e-Ea"


def test_a_protected_source_is_not_on_it():
    hidden = {"ref": "Eh", "source": {"access": "protected", "placeholder": "one source"}}
    found = drawn(hidden)
    assert found.moments == []
    assert [one.label for one in found.undated] == ["The claim was made"]


def test_hundreds_of_sources_are_folded_away_and_none_is_lost():
    found = drawn(*(source(str(n), day(f"{1900 + n % 100}-01-01")) for n in range(300)))
    shown = [one for one in found.moments if one.anchor]
    assert len(shown) == SOURCES_SHOWN
    assert len({one.anchor for one in [*shown, *found.more]}) == 300


def test_the_axis_names_its_first_and_last_day_and_few_between():
    for last in ("2024-03-02", "2024-12-31", "2031-05-05", "2124-01-01", "9999-12-31"):
        ticks = drawn(source("a", day("2024-03-01")), source("b", day(last))).ticks
        assert ticks[0] == ("0.00%", "\u20681 Mar 2024\u2069")
        assert ticks[-1][0] == "100.00%"
        assert len(ticks) <= 6


def test_dates_before_our_era_and_at_its_first_day_break_nothing():
    found = drawn(source("a", day("0001-01-01")), source("b", day("9999-12-31")))
    assert mark_of(found).dots == ("100.00%",)


def test_nothing_on_file_is_said_to_be_undated_and_no_more():
    found = drawn()
    assert [one.label for one in found.undated] == ["The claim was made"]
    assert found
