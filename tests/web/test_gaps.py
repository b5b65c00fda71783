"""What is not known stands on the page as plainly as what is."""

from typing import Any

import pytest

from claims.web.gaps import gaps

KNOWN = {"edtf": "2024-03-01", "as_printed": "", "earliest": "2024-03-01", "latest": "2024-03-01"}
MONDAY = {"edtf": "", "as_printed": "Monday", "earliest": None, "latest": None}
NOBODY = {"publisher": None, "author": None}


def piece(ref: str = "A", bears_on: str = "content", **facts: Any) -> dict[str, Any]:
    facts = {"access": "public", "publisher": {"name": "P"}, "author": None} | facts
    return {"bears_on": bears_on, "source": {"ref": ref, "published": KNOWN, **facts}}


def event(**facts: Any) -> dict[str, Any]:
    return {"time": KNOWN, "place": {"name": "X", "precision": "point"}} | facts


def told(**facts: Any) -> list[str]:
    everything = {
        "evidence": [piece(), piece("B", "attribution")],
        "made": KNOWN,
        "event": event(),
        "independence": {"high": 1},
    }
    return gaps(everything | facts)


def test_where_all_is_known_nothing_is_said():
    assert told() == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"evidence": [piece(bears_on="attribution")]}, "bears on whether it is so."),
        ({"evidence": [piece()]}, "bears on whether it was said."),
        ({"independence": {"high": 0}}, "No independent origin is known."),
        ({"made": None}, "on which day the claim was made."),
        ({"made": MONDAY}, "on which day the claim was made."),
        ({"event": event(time=MONDAY)}, "on which day the event is said to have happened."),
        ({"event": event(place=None)}, "where the event is said to have happened."),
        ({"event": event(place={"name": "X", "precision": "route"})}, "known roughly"),
    ],
)
def test_each_gap_is_a_sentence(facts, sentence):
    [gap] = told(**facts)
    assert sentence in gap


def test_sources_are_counted_once_each_and_a_protected_one_never():
    hidden = {"bears_on": "content", "source": {"access": "protected", "placeholder": "one source"}}
    nameless = piece("N", **NOBODY, published=MONDAY)
    found = told(evidence=[nameless, nameless, piece("B", "attribution", **NOBODY), hidden])
    assert found == [
        "Of 2 sources neither publisher nor author is known.",
        "Of 1 source the date is not known.",
    ]


def test_the_page_says_what_is_not_known_and_what_would_help(example, read):
    page = read(example("C3"))
    unknown = page[page.index("What is not known") : page.index("Right of reply")]
    for words in (
        "Nothing on file bears on whether it is so.",
        "It is not known on which day the claim was made.",
        "It is not known on which day the event is said to have happened.",
        "The place is known roughly, not exactly.",
        "Of 1 source neither publisher nor author is known.",
        "What would move this: A dated statement in its original language",
    ):
        assert words in unknown


def test_that_nobody_was_asked_for_a_reply_is_said_too(example, read):
    assert "Right of reply No request for a reply is on file." in read(example("C3"))
