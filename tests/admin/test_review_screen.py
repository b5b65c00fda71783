"""The review screen: what differs, what it rests on, what stands in the way, and who sees it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Harm
from claims.review import workflow
from claims.review.workflow import ReviewError
from sources.acting import acting
from sources.models import ProtectedView
from tests import desk_work

from .pages import at, form_of, move_page, words_of

pytestmark = pytest.mark.django_db

SECRET = "Letter from the harbour master’s clerk"


def review_page(claim):
    return move_page(claim, "approve")


def marked(page, tag):
    """All words that stand in a mark of this kind."""
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page.content.decode(), flags=re.DOTALL)


@pytest.fixture
def revised(published, contributor):
    """A published claim whose statement was corrected; waits for a review."""
    workflow.revise(published, by=contributor, kind="corrected", note=desk_work.CORRECTION)
    desk_work.change(published, contributor, statement="The dockers of two ports stopped work.")
    workflow.submit(published, by=contributor)
    return published


@pytest.fixture
def grave(contributor):
    claim = desk_work.draft(contributor, harm=Harm.GRAVE)
    workflow.submit(claim, by=contributor)
    return claim


# --- What is judged -------------------------------------------------------------------------------


def test_the_candidate_stands_beside_the_last_edition_marked_word_by_word(desk, revised, reviewer):
    page = desk(reviewer).get(review_page(revised))
    assert "Port Example" in marked(page, "del")
    assert "two ports" in marked(page, "ins")
    assert "Beside edition 1" in words_of(page)


def test_what_did_not_change_is_folded_away(desk, revised, reviewer):
    page = desk(reviewer).get(review_page(revised)).content.decode()
    for part, folded in (("statement", False), ("claimant", True), ("assessment", True)):
        opened = re.search(rf'id="part-{part}">\s*<details class="whole-part"( open)?>', page)
        assert opened is not None
        assert (opened.group(1) is None) is folded


def test_a_first_edition_is_shown_whole_and_without_marks(desk, in_review, reviewer):
    page = desk(reviewer).get(review_page(in_review))
    assert marked(page, "del") == marked(page, "ins") == []
    assert "The dockers of Port Example stopped work." in words_of(page)
    assert '<details class="whole-part">' not in page.content.decode()


@pytest.mark.parametrize(("asked", "chosen"), [("", "parts"), ("page", "page"), ("x", "parts")])
def test_the_page_as_published_has_an_address_of_its_own(desk, revised, reviewer, asked, chosen):
    page = desk(reviewer).get(review_page(revised), {"show": asked}).content.decode()
    assert re.search(rf'value="{chosen}" form="view" id="show-{chosen}" checked', page)


def test_a_relation_is_read_with_the_other_claims_words(desk, draft, contributor, reviewer):
    other = desk_work.draft(contributor, statement="They did not.")
    with acting(contributor):
        draft.relations.create(relation="denies", target=other)
    workflow.submit(draft, by=contributor)
    assert "Denies The union: They did not." in words_of(desk(reviewer).get(review_page(draft)))


# --- What it rests on -----------------------------------------------------------------------------


def test_quotations_stand_in_their_own_language_and_direction(desk, draft, contributor, reviewer):
    desk_work.evidence(draft, contributor, exact="توقف العمل", language="ar")
    workflow.submit(draft, by=contributor)
    page = desk(reviewer).get(review_page(draft)).content.decode()
    assert 'lang="ar" dir="rtl">توقف العمل</span>' in page


def test_the_numbers_of_independence_are_explained_where_they_are_not_one(
    desk, draft, contributor, reviewer
):
    desk_work.evidence(draft, contributor, basis="unknown")
    workflow.submit(draft, by=contributor)
    said = words_of(desk(reviewer).get(review_page(draft)))
    assert "between 0 and 1 independent origins" in said
    assert "suspected copies are taken for copies" in said


@pytest.fixture
def protected(draft, reviewer):
    """Evidence that readers know by a placeholder, entered by a reviewer."""
    source = desk_work.source(
        reviewer,
        title=SECRET,
        access="protected",
        access_reason="Their safety.",
        placeholder="one protected source",
    )
    desk_work.evidence(draft, reviewer, source=source, exact="I saw it.", language="en")
    return source


def test_a_protected_source_is_named_to_those_who_may_see_it_and_that_is_recorded(
    desk, draft, protected, contributor, reviewer_two
):
    workflow.submit(draft, by=contributor)
    page = desk(reviewer_two).get(review_page(draft))
    assert SECRET in words_of(page)
    assert "I saw it." in words_of(page)
    assert [(view.source, view.viewer) for view in ProtectedView.objects.all()] == [
        (protected, reviewer_two)
    ]


@pytest.mark.parametrize("person", ["contributor", "administrator"])
def test_to_others_it_is_a_placeholder(request, desk, draft, protected, contributor, person):
    workflow.submit(draft, by=contributor)
    page = desk(request.getfixturevalue(person)).get(at("claims_claim_review", draft.pk))
    assert "One protected source" in words_of(page)
    assert SECRET not in page.content.decode()
    assert "I saw it." not in page.content.decode()
    assert not ProtectedView.objects.exists()


def test_the_queries_do_not_grow_with_the_evidence(desk, revised, contributor, reviewer):
    client = desk(reviewer)
    paper = desk_work.speaker(contributor, kind="outlet")
    first = desk_work.source(contributor, publisher=paper)

    def queries_with_more():
        workflow.take_back(revised, by=contributor)
        for number in range(6):
            copy = desk_work.source(contributor, title=f"Copy {number}", publisher=paper)
            with acting(contributor):
                copy.derived_from.create(parent=first, kind="rewrite")
            desk_work.evidence(revised, contributor, source=copy, exact="Words.", language="en")
        workflow.submit(revised, by=contributor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(review_page(revised)).status_code == 200
        return len(asked)

    queries_with_more()
    assert queries_with_more() == queries_with_more()


# --- What still stands in the way -----------------------------------------------------------------


def test_the_checklist_says_who_approved_exactly_this(desk, grave, reviewer, reviewer_two):
    desk_work.approve(grave, reviewer_two)
    said = words_of(desk(reviewer).get(review_page(grave)))
    assert "1 of 2" in said
    assert "reviewer-two approved exactly this" in said


def test_approvals_for_other_content_are_named_as_lapsed(
    desk, grave, contributor, reviewer, reviewer_two
):
    desk_work.approve(grave, reviewer_two)
    workflow.take_back(grave, by=contributor)
    desk_work.change(grave, contributor, wanted="A record.")
    workflow.submit(grave, by=contributor)
    said = words_of(desk(reviewer).get(review_page(grave)))
    assert "0 of 2" in said
    assert "reviewer-two approved other content" in said


def test_an_approval_is_not_called_lapsed_once_it_was_given_again(
    desk, grave, contributor, reviewer, reviewer_two
):
    desk_work.approve(grave, reviewer_two)
    workflow.take_back(grave, by=contributor)
    desk_work.change(grave, contributor, wanted="A record.")
    workflow.submit(grave, by=contributor)
    desk_work.approve(grave, reviewer_two)
    assert "approved other content" not in words_of(desk(reviewer).get(review_page(grave)))


def test_reasons_are_needed_in_every_language_that_is_published(draft, contributor, reviewer):
    with acting(contributor):
        french = draft.translations.create(language="fr", text="Arrêt.", created_by=contributor)
    with acting(reviewer):
        french.reviewed_by = reviewer
        french.save()
    with pytest.raises(ReviewError, match="reasons are there in every published language"):
        workflow.submit(draft, by=contributor)


def test_a_translation_nobody_has_read_is_told_to_stay_unpublished(
    desk, draft, contributor, reviewer
):
    with acting(contributor):
        draft.translations.create(language="fr", text="Arrêt.", created_by=contributor)
    workflow.submit(draft, by=contributor)
    said = words_of(desk(reviewer).get(review_page(draft)))
    assert "1 translation was not read against the original: it will not be published." in said


def test_something_cited_that_changed_since_submission_is_told(
    desk, in_review, contributor, reviewer
):
    with acting(contributor):
        in_review.claimant.name = "The dockers’ union"
        in_review.claimant.save()
    said = words_of(desk(reviewer).get(review_page(in_review)))
    assert "Something it cites changed after it was submitted." in said


@pytest.mark.parametrize(
    ("person", "sentence"),
    [("reviewer", "you may approve it"), ("reviewer_two", "somebody else has to approve it")],
)
def test_the_viewer_is_told_whether_they_may_approve(
    request, desk, draft, contributor, reviewer_two, person, sentence
):
    desk_work.change(draft, reviewer_two, wanted="A record.")
    workflow.submit(draft, by=contributor)
    page = desk(request.getfixturevalue(person)).get(review_page(draft))
    assert sentence in words_of(page)


# --- Who sees it ----------------------------------------------------------------------------------


def test_who_does_not_decide_reads_the_same_screen_without_the_decision(
    desk, in_review, contributor
):
    page = desk(contributor).get(at("claims_claim_review", in_review.pk))
    said = words_of(page)
    assert "Where the review stands" in said
    assert "Approve exactly this" not in said
    assert "note" not in form_of(page)


def test_a_reviewer_is_led_to_where_they_decide(desk, in_review, reviewer):
    answer = desk(reviewer).get(at("claims_claim_review", in_review.pk))
    assert answer.headers["location"] == review_page(in_review)


def test_nobody_outside_the_desk_reads_it(visitor, in_review):
    answer = visitor.get(at("claims_claim_review", in_review.pk))
    assert answer.headers["location"].startswith(at("login"))
