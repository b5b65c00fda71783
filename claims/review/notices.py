"""Who is told what about a claim. Written in the transaction of what it is about.

Nobody is told what they did themselves. What a notice says is put together when it is read or
mailed, so it can never tell more than its reader may see by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Func, IntegerField, QuerySet, Value
from django.utils import timezone

from claims.choices import Decision, Mail, NoticeKind, State
from claims.models import Assignment, Claim, Contribution, Move, Notice, Preferences, Review
from claims.moves import APPROVE, MERGE, PUBLISH, REQUEST_CHANGES, RETRACT, SUBMIT

from .mail import mail_at_once
from .people import at_the_desk, pool

People = AbstractSet[int]


def tell(
    kind: NoticeKind, claim: Claim, people: Iterable[int | None], *, by: User | None, on: date
) -> None:
    """Give each of these people the notice; one they have for that day is unread again."""
    wanted = {pk for pk in people if pk is not None} - {by.pk if by else None}
    known = at_the_desk().filter(pk__in=wanted).values_list("pk", flat=True)
    notices = [Notice(recipient_id=pk, kind=kind, claim=claim, by=by, on=on) for pk in known]
    Notice.objects.bulk_create(
        notices,
        update_conflicts=True,
        unique_fields=["recipient", "kind", "claim", "on"],
        update_fields=["by", "at", "read_at", "mailed_at"],
    )
    hasty = Preferences.objects.filter(
        user__in=[notice.recipient_id for notice in notices], mail=Mail.AT_ONCE
    )
    for pk in hasty.values_list("user", flat=True):
        transaction.on_commit(lambda pk=pk: mail_at_once.enqueue(pk))  # type: ignore[misc]


def remind(kind: NoticeKind, claim: Claim, people: Iterable[int | None], *, on: date) -> None:
    """The same without somebody behind it: once for that day, read or not."""
    wanted = {pk for pk in people if pk is not None}
    Notice.objects.bulk_create(
        [
            Notice(recipient_id=pk, kind=kind, claim=claim, on=on)
            for pk in at_the_desk().filter(pk__in=wanted).values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )


def of_assignment(assignment: Assignment, *, by: User) -> None:
    tell(NoticeKind.ASSIGNED, assignment.claim, asked_by(assignment), by=by, on=_today())


def asked_by(assignment: Assignment) -> People:
    """Whom an assignment asks: a person, or everybody in its pool."""
    if assignment.assignee_id is not None:
        return {assignment.assignee_id}
    return set(User.objects.filter(groups=assignment.pool_id).values_list("pk", flat=True))


def of_comment(review: Review) -> None:
    """Who wrote the claim, and who reviewed it before, hears what is said about it."""
    claim = review.claim
    people = {claim.created_by_id} | _contributors(claim) | _reviewers(claim)
    tell(NoticeKind.COMMENTED, claim, people, by=review.reviewer, on=_today())


def of_move(move: Move) -> None:
    """Everybody whom this move gives something to do, or whose work it ends."""
    claim, day = move.claim, _today()
    if move.action == SUBMIT.action:
        lapsed = _approved_otherwise(claim, move.digest)
        tell(NoticeKind.LAPSED, claim, lapsed, by=move.by, on=day)
        others = _contributors(claim) | lapsed
        wanted = _asked_to(claim, APPROVE.permission, but=others)
        tell(NoticeKind.REVIEW, claim, wanted, by=move.by, on=day)
    elif move.action == REQUEST_CHANGES.action:
        working = {claim.created_by_id} | _contributors(claim) | _assignees(claim)
        tell(NoticeKind.RETURNED, claim, working, by=move.by, on=day)
    elif move.action == APPROVE.action and move.to_state == State.APPROVED:
        wanted = _asked_to(claim, PUBLISH.permission)
        tell(NoticeKind.PUBLISH, claim, wanted, by=move.by, on=day)
    elif move.action == PUBLISH.action:
        worked = _users(claim.contributions.filter(edition=move.edition or 0)) | _reviewers(claim)
        tell(NoticeKind.PUBLISHED, claim, worked, by=move.by, on=day)
    elif move.action in (RETRACT.action, MERGE.action):
        worked = _users(claim.contributions.all()) | _reviewers(claim) | _assignees(claim)
        tell(NoticeKind.WITHDRAWN, claim, worked, by=move.by, on=day)


def _asked_to(claim: Claim, permission: str, *, but: People = frozenset()) -> People:
    """Those it is assigned to who may do this; when there are none, everybody whose work it is."""
    able = set(pool(permission).values_list("pk", flat=True)) - but
    return able & _assignees(claim) or able


def _assignees(claim: Claim) -> People:
    people = User.objects.filter(assignments__claim=claim, assignments__done=False)
    return set(people.values_list("pk", flat=True))


def _contributors(claim: Claim) -> People:
    """Who changed what the coming edition says."""
    coming = Func(Value(claim.ref), function="coming_edition", output_field=IntegerField())
    return _users(claim.contributions.filter(edition=coming))


def _reviewers(claim: Claim) -> People:
    """Who reviewed or commented, whenever it was."""
    return set(claim.reviews.values_list("reviewer", flat=True))


def _approved_otherwise(claim: Claim, digest: str) -> People:
    """Those whose last word since the last publication approves another content than this."""
    published = claim.moves.filter(action=PUBLISH.action).order_by("-pk").first()
    since = claim.reviews.exclude(decision=Decision.COMMENT).order_by("reviewer", "-pk")
    if published:
        since = since.filter(at__gt=published.at)
    last = since.distinct("reviewer").values_list("reviewer", "decision", "digest")
    return {who for who, what, on in last if what == Decision.APPROVE and on != digest}


def _users(contributions: QuerySet[Contribution]) -> People:
    return set(contributions.values_list("user", flat=True))


def _today() -> date:
    return timezone.localdate()
