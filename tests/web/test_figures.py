"""Numbers are drawn as they were worded: open ends open, no mark for who gives none."""

from typing import Any

import pytest

from claims.web.figures import charts, reading
from claims.web.text import Said


def figure(**facts: Any) -> dict[str, Any]:
    return {
        "harm": "killed",
        "minimum": None,
        "maximum": None,
        "bound": "exact",
        "words": "as worded",
    } | facts


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"bound": "at_least", "minimum": 24}, "At least 24; no upper figure given."),
        ({"bound": "at_most", "maximum": 3000}, "At most 3,000; no lower figure given."),
        ({"bound": "range", "minimum": 20, "maximum": 35}, "From 20 to 35."),
        ({"bound": "range", "minimum": 20}, "At least 20; no upper figure given."),
        ({"bound": "about", "minimum": 30, "maximum": 30}, "About 30."),
        ({"bound": "exact", "minimum": 7, "maximum": 7}, "Exactly 7."),
        ({"bound": "word"}, "A word, no number."),
        ({"bound": "composition_only"}, "Says who, not how many."),
    ],
)
def test_a_figure_is_read_in_a_sentence(facts, words):
    assert reading(figure(**facts)) == words


def mark_of(**facts: Any) -> Any:
    [chart] = charts([(Said("A"), "en", [figure(**facts)])])
    return chart.rows[0].mark


def test_an_open_upper_end_is_drawn_open():
    mark = mark_of(bound="at_least", minimum=24)
    assert (mark.dots, mark.open_from, mark.open_to) == (("40.00%",), "40.00%", "")


def test_an_open_lower_end_is_drawn_open():
    mark = mark_of(bound="at_most", maximum=24)
    assert (mark.open_from, mark.open_to) == ("", "40.00%")


def test_a_range_is_a_line_between_two_marks():
    mark = mark_of(bound="range", minimum=10, maximum=20)
    assert mark.line == mark.dots == ("25.00%", "50.00%")


@pytest.mark.parametrize("facts", [{"bound": "word"}, {"bound": "composition_only", "minimum": 3}])
def test_without_a_number_there_is_no_mark_and_no_axis(facts):
    [chart] = charts([(Said("A"), "en", [figure(**facts)])])
    assert chart.rows[0].mark is None
    assert chart.ticks == []


def test_who_gives_no_figure_is_named_without_a_mark():
    [chart] = charts(
        [(Said("A"), "en", [figure(bound="at_least", minimum=24)]), (Said("B"), "en", [])]
    )
    silent = chart.rows[1]
    assert (silent.claimant, silent.mark, silent.words) == ("B", None, None)
    assert "not a zero" in silent.reading


def test_claimants_are_drawn_apart_and_never_added_up():
    [chart] = charts(
        [
            (Said("A"), "en", [figure(bound="exact", minimum=10, maximum=10)]),
            (Said("B"), "en", [figure(bound="exact", minimum=20, maximum=20)]),
        ]
    )
    assert [row.mark.dots for row in chart.rows if row.mark] == [("25.00%",), ("50.00%",)]


def test_each_kind_of_harm_has_an_axis_of_its_own():
    found = charts([(Said("A"), "en", [figure(minimum=1, maximum=1), figure(harm="injured")])])
    assert [chart.harm for chart in found] == ["killed", "injured"]


@pytest.mark.parametrize("number", [0, 1, 9, 10, 99, 12_000, 2_147_483_647])
def test_every_number_has_room_on_its_axis(number):
    mark = mark_of(bound="at_least", minimum=number)
    assert 0 <= float(mark.dots[0].rstrip("%")) <= 50
