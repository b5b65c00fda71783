"""Something that was published must not stay readable: it is taken out, and nothing else is."""

import json

import pytest
import rfc8785
from django.core.cache import caches
from django.db import IntegrityError
from django_ox.models import OxTask

from claims.choices import ChangeKind, Harm, State
from claims.editions.models import Edition, PublishedClaim
from claims.editions.projection import rebuild
from claims.editions.tasks import verify_record
from claims.review import workflow
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from sources.acting import acting
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

SECRET = "Maryam of the harbour clinic"
REASON = "A name was taken out that puts somebody in danger."


@pytest.fixture
def claim(contributor, reviewer, publisher):
    """In two editions with a name that must not stay, and corrected since."""
    claim = desk.draft(contributor, statement=f"{SECRET} says the dockers stopped work.")
    desk.publish(claim, reviewer, publisher)
    for kind, statement in (
        (ChangeKind.UPDATED, f"{SECRET} says that all dockers stopped work."),
        (ChangeKind.CORRECTED, "The dockers stopped work."),
    ):
        workflow.revise(claim, by=contributor, kind=kind, note=desk.CORRECTION)
        desk.change(claim, contributor, statement=statement)
        desk.publish(claim, reviewer, publisher)
    return claim


def redact(claim, reviewer, publisher, numbers=(1, 2), **changes):
    workflow.redact(claim, editions=numbers, by=publisher, reason=REASON)
    if changes:
        desk.change(claim, claim.created_by, **changes)
    return desk.publish(claim, reviewer, publisher)


def edition(claim, number):
    return Edition.objects.get(ref=claim.ref, number=number)


def test_the_content_of_the_named_editions_is_gone_and_a_notice_stands_there(
    claim, reviewer, publisher
):
    before = {one.number: one for one in Edition.objects.filter(ref=claim.ref)}
    redaction = redact(claim, reviewer, publisher)
    assert (redaction.kind, redaction.number, redaction.document["redacts"]) == (
        "redacted", 4, [1, 2],
    )  # fmt: skip
    for number in (1, 2):
        left = edition(claim, number)
        assert left.document == {
            "schema": "factcheck-redaction-1",
            "ref": claim.ref,
            "number": number,
            "digest": before[number].digest,
            "reason": REASON,
            "redacted_in": 4,
            "redacts": [],
        }
        assert rfc8785.dumps(left.document).decode() == left.content
        for kept in ("sequence", "digest", "published_at", "kind"):
            assert getattr(left, kept) == getattr(before[number], kept)
        assert left.redacted_in == 4
    assert edition(claim, 3).content == before[3].content
    assert not Edition.objects.filter(content__contains=SECRET).exists()


def test_the_chain_of_digests_can_still_be_followed(claim, reviewer, publisher):
    digests = list(Edition.objects.order_by("sequence").values_list("digest", flat=True))
    redact(claim, reviewer, publisher)
    after = list(Edition.objects.order_by("sequence").values_list("digest", flat=True))
    assert after[: len(digests)] == digests
    assert verify_record.call() == len(after)


def test_a_redaction_is_approved_like_any_other_edition(claim, contributor, reviewer, publisher):
    workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
    workflow.submit(claim, by=contributor)
    with pytest.raises(ReviewError, match="This claim is now: in review"):
        workflow.publish(claim, by=publisher)
    with pytest.raises(ReviewError, match="You may not do this"):
        workflow.redact(claim, editions=[1], by=contributor, reason=REASON)
    assert SECRET in edition(claim, 1).content, "nothing is gone before it is published"


def test_a_redaction_of_a_grave_claim_needs_two_approvals(
    contributor, reviewer, reviewer_two, publisher
):
    claim = desk.draft(contributor, statement=f"{SECRET} was there.", harm=Harm.GRAVE)
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer, reviewer_two)
    workflow.publish(claim, by=publisher)
    workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
    desk.change(claim, contributor, statement="A nurse was there.")
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    assert claim.state == State.IN_REVIEW
    desk.approve(claim, reviewer_two)
    workflow.publish(claim, by=publisher)
    assert SECRET not in edition(claim, 1).content


def test_what_must_go_from_the_claim_itself_goes_in_the_same_edition(claim, reviewer, publisher):
    redact(claim, reviewer, publisher, numbers=[1, 2, 3], statement="The port stood still.")
    assert PublishedClaim.objects.get(ref=claim.ref).statement == "The port stood still."
    assert "dockers" not in edition(claim, 3).content


@pytest.mark.parametrize("numbers", [[], [4], [0], [1, 9]])
def test_only_editions_that_are_there_are_redacted(claim, publisher, numbers):
    with pytest.raises(ReviewError, match="Say which editions"):
        workflow.redact(claim, editions=numbers, by=publisher, reason=REASON)


def test_nothing_is_redacted_twice(claim, reviewer, publisher):
    redact(claim, reviewer, publisher)
    with pytest.raises(ReviewError, match="Say which editions"):
        workflow.redact(claim, editions=[2], by=publisher, reason=REASON)
    again = redact(claim, reviewer, publisher, numbers=[3, 4])
    assert edition(claim, 4).redacted_in == again.number
    assert edition(claim, 1).redacted_in == 4
    assert edition(claim, 4).document["redacts"] == [1, 2]  # for who did not read it before


def test_whoever_makes_another_change_of_it_redacts_nothing(claim, contributor, publisher):
    workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
    with acting(contributor):
        claim.change_kind = ChangeKind.UPDATED
        claim.full_clean()
        claim.save()
    assert candidate(claim).document["redacts"] == []


def test_a_kind_of_change_alone_redacts_nothing(claim, contributor):
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    with pytest.raises(IntegrityError, match="claim_redaction_names_editions"):
        desk.change(claim, contributor, change_kind=ChangeKind.REDACTED)


class TestOfAWithdrawnClaim:
    @pytest.fixture
    def retracted(self, claim, publisher):
        return workflow.retract(claim, by=publisher, reason="It was never said.")

    def test_it_never_stands_again(self, claim, retracted, reviewer, publisher):
        redact(claim, reviewer, publisher)
        kinds = list(Edition.objects.filter(ref=claim.ref).values_list("kind", flat=True))
        assert kinds[::-1][-3:] == ["retracted", "redacted", "retracted"]
        last = edition(claim, 6)
        assert last.document["reason"] == "It was never said."
        assert last.document["citation"]["edition"] == 5
        assert claim.state == State.RETRACTED
        assert PublishedClaim.objects.get(ref=claim.ref).retracted

    def test_a_notice_that_was_redacted_is_not_repeated(
        self, claim, retracted, reviewer, publisher
    ):
        redact(claim, reviewer, publisher, numbers=[1, 2, 4])
        assert edition(claim, 6).document["reason"] == REASON
        assert edition(claim, 4).note == REASON

    def test_a_merged_claim_is_merged_again(self, claim, contributor, reviewer, publisher):
        other = desk.draft(contributor, statement="The dockers of the port stopped work.")
        desk.publish(other, reviewer, publisher)
        workflow.merge(claim, into=other, by=publisher, reason="The same.")
        redact(claim, reviewer, publisher)
        last = edition(claim, 6)
        assert (last.kind, last.document["into"], claim.state) == ("merged", other.ref, "merged")


def test_what_follows_from_the_record_can_be_made_anew(claim, reviewer, publisher):
    redact(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was never said.")
    before = PublishedClaim.objects.values().get(ref=claim.ref)
    assert SECRET not in before["derived"]
    told = json.loads(before["derived"])["editions"]
    assert [one["redacted_in"] for one in told] == [4, 4, None, None, None]
    assert sum(rebuild()) == 2 * PublishedClaim.objects.count()
    assert PublishedClaim.objects.values().get(ref=claim.ref) == before


def test_nothing_that_was_drawn_of_it_stays(
    claim, reviewer, publisher, django_capture_on_commit_callbacks
):
    caches["drawn"].set("picture", SECRET)
    with django_capture_on_commit_callbacks(execute=True):
        redact(claim, reviewer, publisher)
    assert caches["drawn"].get("picture") is None


def test_the_worker_makes_exports_that_do_not_hold_it_at_once(
    claim, reviewer, publisher, django_capture_on_commit_callbacks
):
    made = OxTask.objects.filter(task_path="claims.exports.tasks.make_exports")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
        workflow.submit(claim, by=claim.created_by)
        desk.approve(claim, reviewer)
    assert not made.exists()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.publish(claim, by=publisher)
    assert made.count() == 1
