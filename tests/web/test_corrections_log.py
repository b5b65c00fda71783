"""The log of corrections: all that was corrected, updated or withdrawn, the newest first."""

from __future__ import annotations

import pytest

from claims.review import workflow
from claims.web import corrections
from tests import desk_work
from tests.web.conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(contributor, reviewer, publisher):
    def made(**facts):
        claim = desk_work.draft(contributor, **facts)
        desk_work.publish(claim, reviewer, publisher)
        return claim

    return made


@pytest.fixture
def revised(published, contributor, reviewer, publisher):
    """A claim with a second edition of a kind."""

    def made(kind="corrected", note=desk_work.CORRECTION, statement="They stopped for two days."):
        claim = published()
        workflow.revise(claim, by=contributor, kind=kind, note=note)
        desk_work.change(claim, contributor, statement=statement)
        desk_work.publish(claim, reviewer, publisher)
        return claim

    return made


def test_a_correction_says_what_was_what_is_and_why_after_the_claimant(revised, visitor):
    claim = revised()
    page = words(visitor.get("/corrections/").content)
    assert "The union: They stopped for two days." in page
    assert "What was Three days. What is Two days. Why We misread the order." in page
    assert f"{claim.ref}, edition 2" in page


def test_what_was_first_published_and_minor_edits_are_no_corrections(
    published, contributor, reviewer, publisher, visitor
):
    claim = published()
    workflow.revise(claim, by=contributor, kind="minor", note="A comma.")
    desk_work.change(claim, contributor, wanted="A list of names.")
    desk_work.publish(claim, reviewer, publisher)
    assert "Nothing was corrected or withdrawn so far." in words(
        visitor.get("/corrections/").content
    )


def test_a_retracted_claim_is_told_with_its_reason_and_what_stood_there(
    published, publisher, visitor
):
    claim = published()
    workflow.retract(claim, by=publisher, reason="It names the wrong port.")
    page = words(visitor.get("/corrections/").content)
    assert f"The union: {claim.statement}" in page
    assert "Retracted" in page
    assert "It names the wrong port." in page


def test_the_newest_stands_first_under_its_month(revised, visitor):
    revised(statement="First.")
    revised("updated", "A second union joined.", statement="Second.")
    page = visitor.get("/corrections/").content.decode()
    assert page.index("Second.") < page.index("First.")
    assert page.count('<h2 id="month-') == 1


def test_it_can_be_asked_for_one_kind(revised, visitor):
    revised(statement="First.")
    revised("updated", "A second union joined.", statement="Second.")
    page = words(visitor.get("/corrections/?kind=updated").content)
    assert "Second." in page
    assert "First." not in page


def test_a_page_begins_where_the_one_before_ended(revised, visitor, monkeypatch):
    monkeypatch.setattr(corrections, "PAGE", 1)
    revised(statement="First.")
    revised(statement="Second.")
    page = visitor.get("/corrections/").content.decode()
    assert "Second." in page
    assert "First." not in page
    older = page.partition('rel="next" href="')[2].partition('"')[0]
    following = words(visitor.get(f"/corrections/{older}").content)
    assert "First." in following
    assert "Back to the latest" in following


@pytest.mark.parametrize("query", ["kind=nonsense", "before=-1", "before=x", "colour=blue"])
def test_what_is_not_understood_is_left_out_and_the_page_says_so(query, visitor):
    page = visitor.get(f"/corrections/?{query}")
    assert page.status_code == 200
    assert "One filter in the address was not understood" in words(page.content)


def test_it_costs_two_questions_and_a_copy_that_is_good_costs_one(
    revised, visitor, django_assert_max_num_queries
):
    revised()
    with django_assert_max_num_queries(2):
        tag = visitor.get("/corrections/")["ETag"]
    with django_assert_max_num_queries(1):
        again = visitor.get("/corrections/", headers={"if-none-match": tag})
    assert again.status_code == 304
