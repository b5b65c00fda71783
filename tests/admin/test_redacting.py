"""A publisher takes earlier editions out of the record, and everybody sees what will be gone."""

import pytest

from claims.choices import ChangeKind, State
from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work

from .pages import claim_page, make_move, move_page, words_of

pytestmark = pytest.mark.django_db

REASON = "A name was taken out that puts somebody in danger."


@pytest.fixture
def corrected(published, contributor, reviewer, publisher):
    workflow.revise(published, by=contributor, kind=ChangeKind.CORRECTED, note=desk_work.CORRECTION)
    desk_work.publish(published, reviewer, publisher)
    return published


def test_the_form_shows_what_would_be_gone(desk, publisher, corrected):
    words = words_of(desk(publisher).get(move_page(corrected, "redact")))
    assert f"with 1 piece of evidence: \u2068The union: {corrected.statement}\u2069" in words
    assert "Do not repeat what is taken out" in words
    assert "tick it too if that must go" in words


def test_a_redaction_is_begun_with_editions_and_a_reason(desk, publisher, corrected):
    make_move(desk(publisher), corrected, "redact", editions=["1"], note=REASON)
    corrected.refresh_from_db()
    assert (corrected.state, corrected.change_kind) == (State.DRAFT, ChangeKind.REDACTED)
    assert corrected.redacts == [1]
    assert Edition.objects.get(ref=corrected.ref, number=1).redacted_in is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"note": REASON}, "Choose at least one edition."),
        ({"editions": ["1"]}, "This field is required."),
        ({"editions": ["7"], "note": REASON}, "7 is not one of the available choices"),
        ({"editions": ["x\x00"], "note": REASON}, "is not one of the available choices"),
    ],
)
def test_what_is_missing_is_named_and_nothing_happens(desk, publisher, corrected, said, told):
    assert told in words_of(desk(publisher).post(move_page(corrected, "redact"), said))
    corrected.refresh_from_db()
    assert corrected.state == State.PUBLISHED


def test_reviewers_and_publishers_are_told_what_goes_before_they_decide(
    desk, contributor, reviewer, publisher, corrected
):
    workflow.redact(corrected, editions=[1, 2], by=publisher, reason=REASON)
    workflow.submit(corrected, by=contributor)
    goes = "the content of the editions 1, 2 is taken out of the record, for good"
    seen = words_of(desk(reviewer).get(move_page(corrected, "approve")))
    assert goes in seen
    assert "Takes out of the record: edition" in seen
    desk_work.approve(corrected, reviewer)
    assert goes in words_of(desk(publisher).get(move_page(corrected, "publish")))
    make_move(desk(publisher), corrected, "publish")
    assert Edition.objects.filter(ref=corrected.ref, redacted_in=3).count() == 2


def test_a_draft_that_is_a_redaction_says_so_and_can_be_changed(
    desk, contributor, publisher, corrected
):
    workflow.redact(corrected, editions=[1], by=publisher, reason=REASON)
    page = words_of(desk(contributor).get(claim_page(corrected)))
    assert "redaction: something must not stay readable" in page
    words = words_of(desk(publisher).get(move_page(corrected, "redact")))
    assert REASON in words


def test_nobody_redacts_what_was_never_published(desk, publisher, draft):
    assert "redact" not in desk(publisher).get(claim_page(draft)).content.decode()
    answer = make_move(desk(publisher), draft, "redact", editions=["1"], note=REASON)
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.change_kind == ""
