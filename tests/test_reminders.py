"""What people are reminded of every morning, and that they are reminded once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import NoticeKind
from claims.models import Claim, Notice
from claims.review import assigning
from claims.review.reminders import remind
from sources.acting import acting
from tests import desk_work

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def told(kind: NoticeKind) -> set[str]:
    return {notice.recipient.username for notice in Notice.objects.filter(kind=kind)}


@pytest.fixture
def draft(contributor: User) -> Claim:
    return desk_work.draft(contributor)


@pytest.mark.parametrize(
    ("days", "kind"),
    [(0, NoticeKind.DUE_SOON), (1, NoticeKind.DUE_SOON), (-1, NoticeKind.OVERDUE), (2, None)],
)
def test_work_is_reminded_of_the_day_before_and_when_it_is_late(
    draft, contributor, reviewer, days, kind
):
    asked = assigning.assign(draft, by=contributor, assignee=reviewer)
    with acting(contributor):
        asked.due = TODAY() + timedelta(days=days)
        asked.save()
    Notice.objects.all().delete()
    remind.call()
    remind.call()
    assert [notice.kind for notice in Notice.objects.all()] == ([kind] if kind else [])


def test_what_is_done_is_not_reminded_of(draft, contributor, reviewer):
    asked = assigning.assign(draft, by=contributor, assignee=reviewer, due=TODAY())
    assigning.finish(asked, by=reviewer)
    remind.call()
    assert told(NoticeKind.DUE_SOON) == set()


def test_what_was_read_is_not_brought_up_again_the_same_day(draft, contributor, reviewer):
    assigning.assign(draft, by=contributor, assignee=reviewer, due=TODAY())
    remind.call()
    Notice.objects.update(read_at=timezone.now())
    remind.call()
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_deadline_of_a_reply_is_told_to_the_author_and_who_works_on_it(
    draft, contributor, reviewer, publisher
):
    with acting(contributor):
        draft.reply_requests.create(
            party=draft.claimant, channel="letter", asked_on=TODAY(), deadline=TODAY()
        )
    assigning.assign(draft, by=contributor, assignee=reviewer)
    remind.call()
    assert told(NoticeKind.REPLY_DUE) == {"contributor", "reviewer"}


def test_a_missing_reply_is_told_on_the_day_and_once_after_it(draft, contributor):
    with acting(contributor):
        asked = draft.reply_requests.create(
            party=draft.claimant,
            channel="letter",
            asked_on=TODAY() - timedelta(days=9),
            deadline=TODAY(),
        )
    remind.call()
    with acting(contributor):
        asked.deadline = TODAY() - timedelta(days=5)
        asked.save()
    remind.call()
    remind.call()
    assert Notice.objects.filter(kind=NoticeKind.REPLY_DUE).count() == 2
