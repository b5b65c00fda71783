"""What differs between two contents: every value, every word, and nothing that does not."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.editions.differences import Kind, Run, compare, words
from claims.review import remarks
from claims.web import sections
from claims.web.comparison import changed, parts

# Latin, Arabic with vowel signs, Tifinagh, Chinese, white space and marks of several scripts.
TEXT = st.text(alphabet="ab é,.“ \n\tقتلَّ ⵜⴰⵏ死者，24", max_size=60)
KEYS = st.text(alphabet="abcß", min_size=1, max_size=4)  # no digits: a list's places are digits
VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(min_size=1),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)

PIECES = [{"ref": ref, "basis": "document"} for ref in "ABCD"]
EXAMPLE = json.loads(Path("claims/api/examples.json").read_text("utf-8"))["claim"]["content"]


def texts(runs: list[Run], without: Kind) -> str:
    return "".join(run.text for run in runs if run.kind != without)


@given(TEXT, TEXT)
def test_kept_and_removed_words_are_the_old_text_kept_and_added_ones_the_new(old, new):
    runs = words(old, new)
    assert texts(runs, without=Kind.ADDED) == old
    assert texts(runs, without=Kind.REMOVED) == new


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert all(run.kind == Kind.SAME for run in words(text, text))


def test_a_changed_number_is_one_word_and_all_around_it_stays():
    assert words("killed at least 24 people", "killed at least 25 people") == [
        Run(Kind.SAME, "killed at least "),
        Run(Kind.REMOVED, "24"),
        Run(Kind.ADDED, "25"),
        Run(Kind.SAME, " people"),
    ]


def test_an_arabic_word_is_compared_whole_with_its_vowel_signs():
    assert words("قتل الجنودُ مدنياً", "قتل الجنودَ مدنياً") == [
        Run(Kind.SAME, "قتل "),
        Run(Kind.REMOVED, "الجنودُ"),
        Run(Kind.ADDED, "الجنودَ"),
        Run(Kind.SAME, " مدنياً"),
    ]


def test_two_changes_with_a_few_letters_between_them_are_one():
    assert words("They killed the men.", "They shot the boys.") == [
        Run(Kind.SAME, "They "),
        Run(Kind.REMOVED, "killed the men"),
        Run(Kind.ADDED, "shot the boys"),
        Run(Kind.SAME, "."),
    ]


def test_a_very_long_text_is_compared_line_by_line_and_still_adds_up():
    old = "\n".join("one two three four five " * 20 for _ in range(40))
    new = old.replace("three", "drei", 1) + "\nsix"
    runs = words(old, new)
    assert texts(runs, without=Kind.ADDED) == old
    assert texts(runs, without=Kind.REMOVED) == new


@given(DOCUMENTS)
def test_a_content_does_not_differ_from_itself(document):
    assert not compare(document, copy.deepcopy(document)).differs


@given(DOCUMENTS, DOCUMENTS)
def test_no_difference_is_left_out(old, new):
    assert compare(old, new).differs == (
        json.dumps(old, sort_keys=True) != json.dumps(new, sort_keys=True)
    )


def test_nothing_said_is_the_same_however_it_is_written():
    silent = {"note": "", "event": None, "figures": [], "made": {}}
    assert not compare(silent, {}).differs


def test_evidence_that_only_stands_elsewhere_was_moved_and_not_changed():
    old = {"evidence": PIECES}
    new = {"evidence": [PIECES[3], *PIECES[:3]]}
    comparison = compare(old, new)
    assert comparison.moved == {("evidence", "D")}
    assert {leaf.kind for leaf in comparison.leaves} == {Kind.SAME}


def test_evidence_is_matched_by_its_ref_whatever_was_put_before_it():
    new = {"evidence": [{"ref": "N", "basis": "imagery"}, *PIECES]}
    kinds = {leaf.path[:2]: leaf.kind for leaf in compare({"evidence": PIECES}, new).leaves}
    assert kinds.pop(("evidence", "N")) == Kind.ADDED
    assert set(kinds.values()) == {Kind.SAME}


def test_two_items_of_one_name_are_told_apart():
    twice = [{"relation": "denies", "claim": "A"}] * 2
    comparison = compare({"relations": twice}, {"relations": twice[:1]})
    gone = {leaf.path[1] for leaf in comparison.leaves if leaf.kind == Kind.REMOVED}
    assert gone == {"denies A#2"}


def test_yes_is_not_one():
    assert compare({"party": True}, {"party": 1}).differs


# --- In words -------------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a content stands."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in inside:
            yield from places(inner, (*path, key))
    elif value not in (None, ""):
        yield path


def with_another_value(path: tuple[Any, ...]) -> dict[str, Any]:
    """The example's content, different in one place."""
    document = copy.deepcopy(EXAMPLE)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    holder[path[-1]] = not value if isinstance(value, bool) else 77 if value != 77 else 78
    return document


@pytest.mark.parametrize("path", list(places(EXAMPLE)), ids=lambda path: "-".join(map(str, path)))
def test_whatever_differs_is_shown_in_some_part(path):
    different = changed(parts(EXAMPLE, with_another_value(path), {}))
    assert any(line.differs for part in different for group in part.groups for line in group.lines)
    assert any(part.differs for part in parts(with_another_value(path), EXAMPLE, {}))


def test_the_labels_are_the_words_of_the_desk_and_never_codes():
    told = [line for part in parts(None, EXAMPLE, {}) for one in part.groups for line in one.lines]
    assert told
    assert not [line.label for line in told if "_" in line.label]


def test_a_first_edition_is_shown_without_marks():
    assert not any(part.differs for part in parts(None, EXAMPLE, {}))


def test_another_claimant_is_told_by_name_and_not_by_what_follows_from_it():
    new = copy.deepcopy(EXAMPLE)
    new["claimant"] |= {"name": "Somebody else", "ref": "ZZZZZZZZ"}
    new["claimant_name"] = "Somebody else"
    [part] = changed(parts(EXAMPLE, new, {}))
    assert part.key == "claimant"
    assert [line.label for line in part.groups[0].lines] == ["Claimant"]


def test_a_relation_names_the_other_claim():
    new = copy.deepcopy(EXAMPLE)
    new["relations"] = [{"relation": "denies", "claim": "ABCDEFGH"}]
    [part] = [
        one for one in parts(EXAMPLE, new, {"ABCDEFGH": "Army: No."}) if one.key == "relations"
    ]
    added = [line for group in part.groups for line in group.lines if line.kind == Kind.ADDED]
    assert [(line.label, line.new.runs[0].text) for line in added if line.new] == [
        ("Denies", "Army: No.")
    ]


def test_what_can_be_remarked_on_is_what_is_shown():
    shown = {part.key for part in parts(None, EXAMPLE, {})}
    assert shown | {"change"} == set(remarks.parts_of(EXAMPLE)) | {"change"}
    assert set(remarks.PARTS) == set(sections.PARTS) - {"evidence"}
