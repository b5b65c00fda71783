"""Any two editions of a claim, compared by field and by word."""

import re

import pytest

from claims.choices import ChangeKind
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

BEFORE = "The harbour of Port Example (an invented place) closed for three days."
AFTER = "The harbour of Port Example (an invented place) closed for two days."


@pytest.fixture
def claim(contributor, reviewer, publisher):
    """Three editions: the second corrects the statement, the third adds what would move it."""
    claim = desk.draft(contributor, statement=BEFORE)
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    desk.change(claim, contributor, statement=AFTER)
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk.change(claim, contributor, wanted="سجلّ الميناء")
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def path(claim) -> str:
    return f"/claims/{claim.ref}/"


def test_two_editions_are_compared_by_field_and_by_word(path, visitor):
    page = visitor.get(f"{path}compare/1/2/").content.decode()
    assert "closed for <del>three</del> days." in page
    assert "closed for <ins>two</ins> days." in page
    assert page.count("<del>") == 2, "the key, and one word"


def test_editions_further_apart_are_compared_with_all_that_readers_were_told(path, read):
    page = read(f"{path}compare/1/3/")
    assert "The union: " + AFTER in page
    assert "closed for three days." in page
    assert "What would move it added" in page
    told = page[page.index("What readers were told") : page.index("How it is marked")]
    assert "What was Three days. What is Two days. Why We misread the order." in told
    assert "More is known." in told


def test_what_is_the_same_is_named_and_not_repeated(path, read):
    page = read(f"{path}compare/2/3/")
    assert "Statement" in page[page.index("The same in both") :]
    assert page.count(AFTER) == 1, "in the heading"


def test_words_stand_in_their_own_direction(path, contributor, claim, reviewer, publisher, visitor):
    workflow.revise(claim, by=contributor, kind=ChangeKind.MINOR, note="In Arabic.")
    desk.change(claim, contributor, statement="أُغلق الميناء يومين.", language="ar")
    desk.publish(claim, reviewer, publisher)
    page = visitor.get(f"{path}compare/3/4/").content.decode()
    assert re.search(r'<span class="text" lang="en" dir="ltr"><del>', page)
    assert re.search(r'<span class="text" lang="ar" dir="rtl"><ins>', page)


def test_the_list_of_editions_leads_to_every_step_and_to_any_two(path, visitor):
    page = visitor.get(path).content.decode()
    assert f'<a href="{path}compare/1/2/">What edition 2 changed</a>' in page
    assert f'<a href="{path}compare/2/3/">What edition 3 changed</a>' in page
    assert f'action="{path}compare/"' in page
    for chosen in ("from=1&to=3", "from=3&to=1"):
        answer = visitor.get(f"{path}compare/?{chosen}")
        assert (answer.status_code, answer["Location"]) == (302, f"{path}compare/1/3/")
    assert visitor.get(f"{path}compare/")["Location"] == f"{path}compare/2/3/"


def test_an_old_edition_leads_to_what_changed_since(path, visitor):
    assert f'href="{path}compare/1/3/"' in visitor.get(f"{path}v1/").content.decode()


def test_the_older_edition_always_comes_first(path, visitor):
    answer = visitor.get(f"{path}compare/3/1/")
    assert (answer.status_code, answer["Location"]) == (301, f"{path}compare/1/3/")


def test_an_edition_compared_with_itself_is_that_edition(path, visitor):
    answer = visitor.get(f"{path}compare/2/2/")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}v2/")


@pytest.mark.parametrize(
    "end",
    [
        *("1/4/", "4/4/", "9/4/", "0/1/", "a/b/", "1/", "1/999999999999/"),
        *("?from=1", "?from=1&to=9", "?from=x&to=1", "?from=0&to=1", "?from=²&to=1"),
        "?from=-1&to=1",
    ],
)
def test_what_cannot_be_compared_is_not_found(path, visitor, end):
    assert visitor.get(f"{path}compare/{end}").status_code == 404


def test_a_claim_that_is_not_there_is_not_found_and_a_mistyped_one_is(path, visitor):
    assert visitor.get("/claims/00000000/compare/1/2/").status_code == 404
    assert visitor.get("/claims/00000000/compare/").status_code == 404
    answer = visitor.get(f"{path.lower()}compare/1/2/")
    assert (answer.status_code, answer["Location"]) == (301, f"{path}compare/1/2/")


def test_beside_a_retraction_it_says_what_that_is(path, claim, publisher, read, visitor):
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    page = read(f"{path}compare/1/4/")
    assert "This edition withdraws the claim." in page
    assert "It was about another town." in page
    assert "<del>" not in visitor.get(f"{path}compare/1/4/").content.decode()
    assert f'href="{path}compare/1/3/"' in visitor.get(f"{path}compare/1/4/").content.decode()
    assert "What edition 4 changed" not in read(f"{path}v4/")


def test_a_page_costs_two_questions_and_a_copy_that_is_still_good_one(
    path, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        tag = visitor.get(f"{path}compare/1/3/")["ETag"]
    with django_assert_max_num_queries(1):
        answer = visitor.get(f"{path}compare/1/3/", headers={"if-none-match": tag})
    assert answer.status_code == 304
