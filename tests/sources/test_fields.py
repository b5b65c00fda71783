"""Languages, dates that are not exact, and permanent names."""

import contextlib
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from sources.acting import acting
from sources.fields import CROCKFORD, bounds, valid_edtf, valid_language
from sources.models import Source
from tests import desk_work as desk


@pytest.mark.parametrize("tag", ["en", "fr", "ar-ML", "taq-Tfng", "tmh-Latn", "zh-Hant-TW", "und"])
def test_registered_language_tags_are_accepted(tag):
    valid_language(tag)


@pytest.mark.parametrize("tag", ["", "english", "xx-yy-zz", "ta q", "en_GB_x", "🙂", "a" * 50])
def test_other_tags_are_refused_with_an_example(tag):
    with pytest.raises(ValidationError, match="taq-Tfng"):
        valid_language(tag)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02-11", (2024, 2, 11), (2024, 2, 11)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-02-XX", (2024, 2, 1), (2024, 2, 29)),
        ("2024-02~", (2024, 2, 1), (2024, 2, 29)),
        ("2023/2024", (2023, 1, 1), (2024, 12, 31)),
        ("2023/..", (2023, 1, 1), None),
        ("../2024", None, (2024, 12, 31)),
        ("[2020..2021]", (2020, 1, 1), (2021, 12, 31)),
    ],
)
def test_a_date_is_kept_with_the_days_it_may_mean(edtf, first, last):
    expected = tuple(day and dt.date(*day) for day in (first, last))
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    "edtf",
    [
        "Monday",
        "2024-02-30",
        "2024/2023",
        "11.2.2024",
        "Y170000002",
        "-0044",
        "2024-13",
        "../",
        "/..",
    ],
)
def test_other_dates_are_refused_with_an_example(edtf):
    with pytest.raises(ValidationError, match=r"2024-02-XX|ends before it begins"):
        valid_edtf(edtf)


@given(st.text(max_size=60))
def test_no_text_breaks_the_checks(text):
    for check in (valid_edtf, valid_language):
        with contextlib.suppress(ValidationError):
            check(text)


@pytest.mark.django_db
def test_the_words_as_printed_stand_beside_the_date(contributor):
    source = desk.source(contributor, published="2024-02-XX", published_as_printed="a Monday")
    source.refresh_from_db()
    assert source.published_as_printed == "a Monday"
    assert source.published_earliest == dt.date(2024, 2, 1)
    assert Source.objects.get(published_latest__lt="2024-03-01") == source


@pytest.mark.django_db
def test_a_language_is_kept_in_its_usual_spelling(contributor):
    source = desk.source(contributor)
    source.language = "TAQ-tfng"
    source.full_clean()
    assert source.language == "taq-Tfng"


@pytest.mark.django_db
def test_a_ref_is_eight_characters_that_cannot_be_misread(contributor):
    ref = desk.source(contributor).ref
    assert len(ref) == 8
    assert set(ref) <= set(CROCKFORD)


@pytest.mark.django_db
def test_the_database_refuses_what_a_form_would(contributor):
    with pytest.raises(IntegrityError, match="source_protected_has_a_placeholder"):
        desk.source(contributor, access="protected", access_reason="Their safety.")
    with pytest.raises(IntegrityError, match="source_language_tag"):
        desk.source(contributor, language="not a tag!")


@pytest.mark.django_db
def test_an_inner_person_acts_until_the_inner_block_ends(contributor, reviewer):
    with acting(contributor):
        desk.source(reviewer, title="Inner")
        outer = Source.objects.create(
            kind="article", title="Outer", language="en", created_by=contributor
        )
    assert outer.created_by == contributor
