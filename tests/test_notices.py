"""Who is told what, and that nobody is told what is not theirs to know."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from claims.choices import ChangeKind, Harm, NoticeKind
from claims.models import Claim, Notice
from claims.review import assigning, workflow
from claims.review.content import candidate
from claims.review.mail import sentence
from claims.review.workflow import ReviewError
from sources.choices import Access
from tests import desk_work
from tests.admin.pages import at, words_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def told(kind: NoticeKind) -> set[str]:
    return {notice.recipient.username for notice in Notice.objects.filter(kind=kind)}


@pytest.fixture
def draft(contributor: User) -> Claim:
    return desk_work.draft(contributor)


@pytest.fixture
def desk_of_five(reviewer, reviewer_two, publisher, administrator, draft) -> Claim:
    return draft


def request_changes(claim: Claim, by: User) -> None:
    digest = candidate(claim).digest
    workflow.request_changes(claim, by=by, digest=digest, note="Who counted?")


def test_a_claim_in_review_is_told_to_every_reviewer_who_may_judge_it(
    desk_of_five, contributor, reviewer_two
):
    desk_work.evidence(desk_of_five, reviewer_two)
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.REVIEW) == {"reviewer"}


def test_when_a_reviewer_is_assigned_the_others_are_left_in_peace(
    desk_of_five, contributor, reviewer_two
):
    assigning.assign(desk_of_five, by=contributor, assignee=reviewer_two)
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.REVIEW) == {"reviewer-two"}


def test_a_reviewer_who_worked_on_it_does_not_keep_it_from_the_others(
    desk_of_five, contributor, reviewer, reviewer_two
):
    assigning.assign(desk_of_five, by=contributor, assignee=reviewer_two)
    desk_work.evidence(desk_of_five, reviewer_two)
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.REVIEW) == {"reviewer"}


def test_who_is_given_a_claim_is_told_and_a_whole_pool_is(desk_of_five, contributor, reviewer):
    assigning.assign(desk_of_five, by=contributor, assignee=reviewer)
    assert told(NoticeKind.ASSIGNED) == {"reviewer"}
    pool = Group.objects.get(name="publisher")
    assigning.assign(desk_of_five, by=contributor, pool=pool)
    assert told(NoticeKind.ASSIGNED) == {"reviewer", "publisher"}


def test_nobody_is_told_what_they_did_themselves(draft, contributor):
    assigning.assign(draft, by=contributor, assignee=contributor)
    assert not Notice.objects.exists()


def test_changes_requested_are_told_to_all_who_worked_on_it(
    desk_of_five, contributor, reviewer, reviewer_two
):
    desk_work.evidence(desk_of_five, reviewer_two)
    workflow.submit(desk_of_five, by=contributor)
    request_changes(desk_of_five, reviewer)
    assert told(NoticeKind.RETURNED) == {"contributor", "reviewer-two"}


def test_the_last_approval_is_told_to_publishers_and_the_first_of_two_to_nobody(
    desk_of_five, contributor, reviewer, reviewer_two
):
    desk_work.change(desk_of_five, contributor, harm=Harm.GRAVE)
    workflow.submit(desk_of_five, by=contributor)
    desk_work.approve(desk_of_five, reviewer)
    assert told(NoticeKind.PUBLISH) == set()
    desk_work.approve(desk_of_five, reviewer_two)
    assert told(NoticeKind.PUBLISH) == {"publisher"}


def test_a_lapsed_approval_is_told_to_who_gave_it(
    desk_of_five, contributor, reviewer, reviewer_two
):
    desk_work.change(desk_of_five, contributor, harm=Harm.GRAVE)
    workflow.submit(desk_of_five, by=contributor)
    desk_work.approve(desk_of_five, reviewer)
    workflow.take_back(desk_of_five, by=contributor)
    desk_work.change(desk_of_five, contributor, statement="The dockers went home.")
    Notice.objects.all().delete()
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.LAPSED) == {"reviewer"}
    assert told(NoticeKind.REVIEW) == {"reviewer-two"}


def test_an_approval_that_still_counts_is_not_called_lapsed(desk_of_five, contributor, reviewer):
    desk_work.change(desk_of_five, contributor, harm=Harm.GRAVE)
    workflow.submit(desk_of_five, by=contributor)
    desk_work.approve(desk_of_five, reviewer)
    workflow.take_back(desk_of_five, by=contributor)
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.LAPSED) == set()


def test_what_was_approved_and_published_does_not_lapse_with_the_next_edition(
    desk_of_five, contributor, reviewer, publisher
):
    desk_work.publish(desk_of_five, reviewer, publisher)
    workflow.revise(desk_of_five, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk_work.change(desk_of_five, contributor, statement="The dockers went home.")
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.LAPSED) == set()


def test_a_comment_is_told_to_the_author_and_to_earlier_reviewers(
    desk_of_five, contributor, reviewer, reviewer_two
):
    workflow.submit(desk_of_five, by=contributor)
    workflow.comment(desk_of_five, by=reviewer, note="Which port?")
    assert told(NoticeKind.COMMENTED) == {"contributor"}
    workflow.comment(desk_of_five, by=reviewer_two, note="The northern one.")
    assert told(NoticeKind.COMMENTED) == {"contributor", "reviewer"}


def test_publication_and_retraction_are_told_to_all_who_worked_on_it(
    desk_of_five, reviewer, publisher
):
    desk_work.publish(desk_of_five, reviewer, publisher)
    assert told(NoticeKind.PUBLISHED) == {"contributor", "reviewer"}
    workflow.retract(desk_of_five, by=publisher, reason="It was wrong.")
    assert told(NoticeKind.WITHDRAWN) == {"contributor", "reviewer"}


def test_who_left_the_desk_is_told_nothing(desk_of_five, contributor, reviewer, reviewer_two):
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    User.objects.filter(pk=reviewer_two.pk).update(is_staff=False)
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.REVIEW) == set()


def test_who_lost_their_role_is_told_nothing(desk_of_five, contributor, reviewer, reviewer_two):
    assigning.assign(desk_of_five, by=contributor, assignee=reviewer)
    reviewer.groups.clear()
    workflow.submit(desk_of_five, by=contributor)
    assert told(NoticeKind.REVIEW) == {"reviewer-two"}


def test_a_move_that_is_refused_tells_nobody(desk_of_five, contributor, reviewer, publisher):
    workflow.submit(desk_of_five, by=contributor)
    Notice.objects.all().delete()
    with pytest.raises(ReviewError):
        workflow.approve(desk_of_five, by=reviewer, digest="0" * 64)
    with pytest.raises(RuntimeError), transaction.atomic():
        desk_work.approve(desk_of_five, reviewer)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_the_same_thing_twice_on_a_day_is_one_notice_that_is_unread_again(
    desk_of_five, contributor, reviewer, reviewer_two
):
    workflow.submit(desk_of_five, by=contributor)
    Notice.objects.update(read_at=timezone.now(), mailed_at=timezone.now())
    workflow.take_back(desk_of_five, by=contributor)
    workflow.submit(desk_of_five, by=contributor)
    notice = Notice.objects.get(recipient=reviewer)
    assert (notice.read_at, notice.mailed_at) == (None, None)


def test_whoever_acts_on_a_claim_has_read_what_they_were_told_of_it(
    desk_of_five, contributor, reviewer, reviewer_two
):
    workflow.submit(desk_of_five, by=contributor)
    desk_work.approve(desk_of_five, reviewer)
    assert Notice.objects.get(recipient=reviewer).read_at
    assert not Notice.objects.get(recipient=reviewer_two).read_at


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_has_its_sentence(draft, reviewer, contributor, kind):
    notice = Notice(recipient=reviewer, claim=draft, by=contributor, kind=kind, on=TODAY())
    assert sentence(notice).endswith(".")
    assert "%" not in sentence(notice)


def test_no_notice_names_a_protected_source(desk, draft, contributor, reviewer, publisher):
    hidden = desk_work.source(
        contributor,
        title="A letter from Nadia",
        access=Access.PROTECTED,
        access_reason="Her life.",
        placeholder="one protected source",
    )
    desk_work.evidence(draft, contributor, source=hidden)
    desk_work.publish(draft, reviewer, publisher)
    page = words_of(desk(contributor).get(at("notices")))
    assert draft.statement in page
    assert "Nadia" not in page
