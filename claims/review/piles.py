"""Which claims wait for somebody: every pile on a person's desk, each condition said once.

The home of the desk counts them and shows the first; the list of claims filters by them.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.choices import Decision, ReplyState, State
from claims.editions.models import PublishedClaim, PublishedRelation
from claims.models import Assignment, Claim, Move, ReplyRequest, Review
from claims.moves import PUBLISH, REQUEST_CHANGES, SUBMIT

Claims = QuerySet[Claim]

SOON = timedelta(days=3)  # due by then: shown before it is late
REPLY_SOON = timedelta(days=7)
NEW_RELATIONS = timedelta(days=30)  # a denial older than that was seen, or never will be

MOVES = Move.objects.filter(claim=OuterRef("pk")).order_by("-pk")
SUBMISSIONS = MOVES.filter(action=SUBMIT.action)
LAST_MOVE = Coalesce(Subquery(MOVES.values("action")[:1]), Value(""))
SUBMITTED = Subquery(SUBMISSIONS.values("digest")[:1])
SUBMITTER = Subquery(SUBMISSIONS.values("by")[:1])


def today() -> date:
    return timezone.localdate()


def waiting_for(claims: Claims, user: User) -> Claims:
    """In review; this person may judge it, and has not approved what stands there now."""
    mine = _approvals(user).filter(digest=OuterRef("submitted"))
    return _to_be_judged(claims, user).filter(~Exists(mine), ~Exists(_lapsed(user)))


def lapsed_for(claims: Claims, user: User) -> Claims:
    """In review again with other words than those this person approved."""
    mine = _approvals(user).filter(digest=OuterRef("submitted"))
    return _to_be_judged(claims, user).filter(~Exists(mine), Exists(_lapsed(user)))


def returned_to(claims: Claims, user: User) -> Claims:
    """Drafts of which a reviewer wants something changed: entered, submitted or taken on by me."""
    mine = Q(created_by=user) | Q(submitter=user.pk) | Q(pk__in=_assigned(user).values("claim"))
    ever = Move.objects.filter(action=REQUEST_CHANGES.action)  # few: the last moves of those alone
    returned = claims.alias(last=LAST_MOVE, submitter=SUBMITTER).filter(
        state=State.DRAFT, last=REQUEST_CHANGES.action, pk__in=ever.values("claim")
    )
    return returned.filter(mine)


def drafts_of(claims: Claims, user: User) -> Claims:
    """What this person has begun, and nobody has sent back."""
    own = claims.filter(state=State.DRAFT, created_by=user)
    return own.alias(last=LAST_MOVE).filter(~Q(last=REQUEST_CHANGES.action))


def publishable(claims: Claims, user: User) -> Claims:
    """Approved; a publisher is wanted."""
    return claims.filter(state=State.APPROVED)


def due_for(claims: Claims, user: User) -> Claims:
    """Asked of this person, or of a pool of theirs, by a day that is near or past."""
    asked = (_assigned(user) | _of_pools(user)).filter(due__lte=today() + SOON)
    return claims.filter(pk__in=asked.values("claim"))


def assigned_to(claims: Claims, user: User) -> Claims:
    """Asked of this person, with time left or without a day."""
    return claims.filter(pk__in=_later(_assigned(user)).values("claim"))


def in_pools_of(claims: Claims, user: User) -> Claims:
    """Asked of a pool this person belongs to, with time left; whoever takes it has it."""
    return claims.filter(pk__in=_later(_of_pools(user)).values("claim"))


def awaiting_replies(claims: Claims, user: User) -> Claims:
    """Public, and somebody we asked for a reply has not answered: the day is past or near."""
    open_still = ReplyRequest.objects.filter(
        state=ReplyState.OPEN, deadline__lte=today() + REPLY_SOON
    )
    return _looked_after_by(claims, user).filter(
        state=State.PUBLISHED, pk__in=open_still.values("claim")
    )


def related_since(claims: Claims, user: User) -> Claims:
    """Public, and an edition later than its own denies it, answers it or bears on it otherwise."""
    since = timezone.now() - NEW_RELATIONS
    own = PublishedClaim.objects.filter(ref=OuterRef(OuterRef("target"))).values("sequence")
    later = PublishedClaim.objects.current().filter(
        ref=OuterRef("source"), published_at__gte=since, sequence__gt=Subquery(own)
    )
    targets = PublishedRelation.objects.filter(Exists(later)).values("target")
    return _looked_after_by(claims, user).filter(state=State.PUBLISHED, ref__in=targets)


def _to_be_judged(claims: Claims, user: User) -> Claims:
    contributes = Func(F("pk"), Value(user.pk), function="contributes", output_field=BooleanField())
    return claims.alias(submitted=SUBMITTED).filter(~Q(contributes), state=State.IN_REVIEW)


def _approvals(user: User) -> QuerySet[Review]:
    return Review.objects.filter(claim=OuterRef("pk"), reviewer=user, decision=Decision.APPROVE)


def _lapsed(user: User) -> QuerySet[Review]:
    """Approvals since the last publication: those before it did their work."""
    published = Move.objects.filter(
        claim=OuterRef("claim"), action=PUBLISH.action, at__gt=OuterRef("at")
    )
    return _approvals(user).filter(~Exists(published)).exclude(digest=OuterRef("submitted"))


def _assigned(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(done=False, assignee=user)


def _of_pools(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(done=False, pool__in=user.groups.all())


def _later(asked: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Not near: what is near lies in the pile of what is due."""
    return asked.filter(Q(due=None) | Q(due__gt=today() + SOON))


def _looked_after_by(claims: Claims, user: User) -> Claims:
    """What is public is every publisher's care; else one's own claims and those one works on."""
    if user.has_perm(PUBLISH.permission):
        return claims
    return claims.filter(Q(created_by=user) | Q(pk__in=_assigned(user).values("claim")))
