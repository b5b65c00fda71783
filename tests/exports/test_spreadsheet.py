"""CSV that no spreadsheet runs anything of, and that loses nothing."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from claims.exports.flat import Column
from claims.exports.spreadsheet import Sheet, guarded, read, unguarded

SIGNS = "=+-@＝＋－＠'\"’ \t\r\n\x0b\x0c;,\u00a0\ufeff\u200b\u2028\x85a1"
TEXTS = some.one_of(
    some.text(alphabet=SIGNS), some.text(some.characters(exclude_categories=["Cs"]))
)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u00a0=1", "\ufeff=1", "\u200b@x", '"=1"',
        "said\n=1", "said\r\n =1", "said\r=1", "said\u2028=1", "a;=1", "a\t+1", "＝1", "−1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(text):
    assert guarded(text).count("'") == text.count("'") + 1
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["3 = 3", "a-b", "x@example.org", "it’s", "'quoted'", "", "5,-3"])
def test_other_words_stay_as_they_are(text):
    assert guarded(text) == text


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_exactly_one_apostrophe_is_taken_off_again(text):
    assert unguarded(guarded(text)) == text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_dangerous_is_left_at_the_beginning_of_any_line(text):
    for line in guarded(text).splitlines():
        assert not line.lstrip(" \t\u00a0\ufeff\u200b").startswith(("=", "+", "-", "@", "＝"))


class Kept(BytesIO):
    def close(self):
        self.whole = self.getvalue()


@settings(max_examples=300, deadline=None)
@given(some.lists(some.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_whatever_the_cells_hold_reads_back(rows):
    columns = [
        Column("first", "string", "", lambda row: row[0]),
        Column("second", "string", "", lambda row: row[1]),
    ]
    file = Kept()
    sheet = Sheet(file, columns)
    sheet.write(rows)
    sheet.close()
    found = read(BytesIO(file.whole), {"first": "string", "second": "string"})
    assert [[row["first"] or "", row["second"] or ""] for row in found] == rows
