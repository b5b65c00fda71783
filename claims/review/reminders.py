"""What somebody is reminded of, every morning."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from claims.choices import NoticeKind, ReplyState, State
from claims.models import Assignment, ReplyRequest

from . import notices

A_DAY = timedelta(days=1)
OVER = (State.RETRACTED, State.MERGED)


@task
def remind() -> None:
    """Tell of what is due by tomorrow, of what is overdue, and of replies that did not come.

    May run as often as it likes: what is due and a missing reply is told once for that day, what
    is overdue once a day.
    """
    today = timezone.localdate()
    with transaction.atomic():
        _of_work(today)
        _of_replies(today)


def _of_work(today: date) -> None:
    near = Assignment.objects.filter(done=False, due__lte=today + A_DAY)
    for asked in near.select_related("claim").iterator(1000):
        assert asked.due is not None  # noqa: S101 - it was asked for by its day
        late = asked.due < today
        kind = NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON
        day = today if late else asked.due
        notices.remind(kind, asked.claim, notices.asked_by(asked), on=day)


def _of_replies(today: date) -> None:
    """On the day of the deadline, and once more when it has passed."""
    waiting = (
        ReplyRequest.objects.filter(state=ReplyState.OPEN, deadline__lte=today)
        .exclude(claim__state__in=OVER)
        .select_related("claim")
    )
    for request in waiting.iterator(1000):
        day = min(today, request.deadline + A_DAY)
        open_still = request.claim.assignments.filter(done=False)
        people = {pk for asked in open_still for pk in notices.asked_by(asked)}
        people.add(request.claim.created_by_id)
        notices.remind(NoticeKind.REPLY_DUE, request.claim, people, on=day)
