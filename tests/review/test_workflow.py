"""The life of a claim, as the people of the desk move it along."""

import pytest
from django.contrib.auth.models import User

from claims.choices import ChangeKind, Decision, Harm, State
from claims.editions.choices import EditionKind
from claims.editions.models import Edition, PublishedClaim
from claims.moves import MOVES
from claims.review import checklist, workflow
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from tests import desk_work as desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(contributor: User):
    return desk.draft(contributor)


@pytest.fixture
def grave(contributor: User):
    return desk.draft(contributor, harm=Harm.GRAVE)


def test_a_claim_goes_from_draft_to_its_first_edition(claim, contributor, reviewer, publisher):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    edition = workflow.publish(claim, by=publisher)

    assert claim.state == State.PUBLISHED
    assert (edition.number, edition.kind) == (1, EditionKind.PUBLISHED)
    assert edition.digest == candidate(claim).digest
    assert PublishedClaim.objects.get(ref=claim.ref).edition == edition


def test_every_move_leaves_a_row_that_says_who_from_to_note_digest_and_when(
    claim, contributor, reviewer, publisher
):
    workflow.submit(claim, by=contributor, note="Please look at the quotation.")
    desk.approve(claim, reviewer)
    edition = workflow.publish(claim, by=publisher)

    rows = claim.moves.values_list("by__username", "action", "from_state", "to_state", "digest")
    digest = edition.digest
    assert list(rows) == [
        ("contributor", "submit", "draft", "in_review", digest),
        ("reviewer", "approve", "in_review", "approved", digest),
        ("publisher", "publish", "approved", "published", digest),
    ]
    assert claim.moves.first().note == "Please look at the quotation."
    assert all(move.at for move in claim.moves.all())


def test_a_grave_claim_needs_two_approvals(grave, contributor, reviewer, reviewer_two):
    workflow.submit(grave, by=contributor)
    desk.approve(grave, reviewer)
    assert grave.state == State.IN_REVIEW
    desk.approve(grave, reviewer_two)
    assert grave.state == State.APPROVED


def test_the_same_reviewer_does_not_count_twice(grave, contributor, reviewer):
    workflow.submit(grave, by=contributor)
    desk.approve(grave, reviewer, reviewer)
    assert grave.state == State.IN_REVIEW


def test_a_contributor_cannot_approve_what_they_worked_on(claim, contributor, reviewer):
    desk.change(claim, reviewer, wanted="A record of the meeting.")
    workflow.submit(claim, by=contributor)
    with pytest.raises(ReviewError, match="You contributed to this claim"):
        desk.approve(claim, reviewer)


def test_a_superuser_is_bound_like_anyone(claim, superuser):
    desk.change(claim, superuser, wanted="A record of the meeting.")
    workflow.submit(claim, by=superuser)
    with pytest.raises(ReviewError, match="You contributed to this claim"):
        desk.approve(claim, superuser)
    with pytest.raises(ReviewError, match="in review"):
        workflow.publish(claim, by=superuser)


def test_an_approval_is_for_the_content_that_was_on_the_screen(claim, contributor, reviewer):
    seen = candidate(claim).digest
    desk.change(claim, contributor, statement="The dockers of Port Example went home.")
    workflow.submit(claim, by=contributor)
    with pytest.raises(ReviewError, match="has changed since you opened it"):
        workflow.approve(claim, by=reviewer, digest=seen)


def test_an_approval_does_not_survive_an_edit(claim, contributor, reviewer, reviewer_two):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    workflow.take_back(claim, by=contributor)
    desk.change(claim, contributor, statement="The dockers of Port Example went home.")
    workflow.submit(claim, by=contributor)
    assert checklist.standing_reviews(claim, candidate(claim).digest) == []
    assert claim.state == State.IN_REVIEW


def test_what_is_in_review_cannot_be_edited_until_it_is_taken_back(claim, contributor):
    workflow.submit(claim, by=contributor)
    with pytest.raises(Exception, match="take it back"):
        desk.change(claim, contributor, statement="Something else.")
    with pytest.raises(Exception, match="take it back"):
        desk.evidence(claim, contributor)
    workflow.take_back(claim, by=contributor)
    desk.change(claim, contributor, statement="Something else.")


def test_a_cited_source_that_changes_in_review_stops_the_approval(claim, contributor, reviewer):
    workflow.submit(claim, by=contributor)
    cited = claim.evidence.get().source
    with desk.acting(contributor):
        cited.title = "Strike called off"
        cited.save()
    with pytest.raises(ReviewError, match="not what was submitted"):
        desk.approve(claim, reviewer)


def test_changes_are_requested_with_a_note(claim, contributor, reviewer):
    workflow.submit(claim, by=contributor)
    digest = candidate(claim).digest
    with pytest.raises(ReviewError, match="needs a note"):
        workflow.request_changes(claim, by=reviewer, digest=digest, note=" ")
    workflow.request_changes(claim, by=reviewer, digest=digest, note="Who said it?")
    assert claim.state == State.DRAFT


def test_a_request_for_changes_stands_until_the_content_changes_or_the_reviewer_approves(
    claim, contributor, reviewer, reviewer_two
):
    workflow.submit(claim, by=contributor)
    digest = candidate(claim).digest
    workflow.request_changes(claim, by=reviewer, digest=digest, note="Who said it?")
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer_two)
    assert claim.state == State.IN_REVIEW, "the request for changes to this content still stands"
    desk.approve(claim, reviewer)
    assert claim.state == State.APPROVED


def test_an_approval_of_a_deactivated_account_does_not_count(
    grave, contributor, reviewer, reviewer_two, publisher
):
    workflow.submit(grave, by=contributor)
    desk.approve(grave, reviewer, reviewer_two)
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    with pytest.raises(ReviewError, match="1 of 2 approvals"):
        workflow.publish(grave, by=publisher)


def test_somebody_who_edits_a_cited_agent_has_contributed(
    claim, contributor, reviewer, reviewer_two
):
    with desk.acting(reviewer):
        claim.claimant.name = "The dockers' union"
        claim.claimant.save()
    workflow.submit(claim, by=contributor)
    assert checklist.contributes(claim, reviewer)
    assert not checklist.contributes(claim, reviewer_two)


def test_contributions_count_from_the_last_edition_on(
    claim, contributor, reviewer, reviewer_two, publisher
):
    desk.change(claim, reviewer_two, wanted="A record of the meeting.")
    desk.publish(claim, reviewer, publisher)
    assert not checklist.contributes(claim, reviewer_two)


def test_a_claim_without_evidence_that_it_was_said_is_not_submitted(contributor):
    claim = desk.draft(contributor)
    with desk.acting(contributor):
        claim.evidence.all().delete()
    with pytest.raises(ReviewError, match="Evidence shows that it was said"):
        workflow.submit(claim, by=contributor)


def test_a_revision_keeps_the_last_edition_public_until_the_next(
    claim, contributor, reviewer, publisher
):
    first = desk.publish(claim, reviewer, publisher)
    note = "Was: Port Example.\nIs: Port Sample.\nWhy: The place was misread."
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=note)
    desk.change(claim, contributor, statement="The dockers of Port Sample stopped work.")
    assert PublishedClaim.objects.get(ref=claim.ref).edition == first

    second = desk.publish(claim, reviewer, publisher)
    assert (second.number, second.kind, second.note) == (2, EditionKind.CORRECTED, note)
    history = PublishedClaim.objects.get(ref=claim.ref).facts["editions"]
    assert [item["kind"] for item in history] == ["published", "corrected"]


def test_a_revision_that_changes_nothing_is_not_submitted(claim, contributor, reviewer, publisher):
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.MINOR, note="Nothing, really.")
    desk.change(claim, contributor, change_kind="", change_note="")
    with pytest.raises(ReviewError, match="Something differs"):
        workflow.submit(claim, by=contributor)


def test_a_retraction_is_a_tombstone_that_keeps_the_citation(
    claim, contributor, reviewer, publisher
):
    first = desk.publish(claim, reviewer, publisher)
    with pytest.raises(ReviewError, match="needs a note"):
        workflow.retract(claim, by=publisher, reason="")
    tombstone = workflow.retract(claim, by=publisher, reason="The quotation was not theirs.")

    assert claim.state == State.RETRACTED
    assert (tombstone.number, tombstone.kind) == (2, EditionKind.RETRACTED)
    assert tombstone.document["citation"]["statement"] == first.document["statement"]
    assert tombstone.document["citation"]["digest"] == first.digest
    assert "evidence" not in tombstone.document
    assert PublishedClaim.objects.get(ref=claim.ref).retracted
    assert Edition.objects.filter(ref=claim.ref).count() == 2


def test_only_what_is_published_can_be_retracted(claim, publisher, contributor, reviewer):
    with pytest.raises(ReviewError, match="Only what is published"):
        workflow.retract(claim, by=publisher, reason="No.")
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="Wrong.")
    with pytest.raises(ReviewError, match="retracted"):
        workflow.retract(claim, by=publisher, reason="Once more.")


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)
def test_every_move_asks_for_its_permission(move, claim, administrator):
    arguments = {
        "request_changes": {"digest": "", "note": "x"},
        "approve": {"digest": ""},
        "revise": {"kind": ChangeKind.MINOR, "note": "x"},
        "retract": {"reason": "x"},
        "merge": {"into": claim, "reason": "x"},
        "redact": {"editions": [1], "reason": "x"},
        "split": {"statement": "x", "reason": "x"},
    }
    with pytest.raises(ReviewError, match="You may not do this"):
        getattr(workflow, move.action)(claim, by=administrator, **arguments.get(move.action, {}))


def test_a_comment_decides_nothing(claim, contributor, reviewer):
    workflow.submit(claim, by=contributor)
    workflow.comment(claim, by=reviewer, note="I know this port.")
    assert claim.reviews.get().decision == Decision.COMMENT
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW
