"""Dates in words, as exact as they are known and no more."""

import pytest

from claims.web.dates import edtf_words, period


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021", "2021"),
        ("2019-05", "May 2019"),
        ("2024-02-11", "11 February 2024"),
        ("2021~", "about 2021"),
        ("2021-03?", "perhaps March 2021"),
        ("2024-02-XX", "between 1 February 2024 and 29 February 2024"),
        ("2023/2024", "between 1 January 2023 and 31 December 2024"),
        ("no date", "no date"),
        ("0000-13", "0000-13"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(edtf, words):
    assert edtf_words(edtf) == words


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("2019", "2021", "2019 to 2021"),
        ("2019", "", "since 2019"),
        ("", "2021", "until 2021"),
        ("", "", "from when to when is not known"),
    ],
)
def test_an_end_that_is_not_known_is_not_made_up(begins, ends, words):
    assert period(begins, ends) == words
