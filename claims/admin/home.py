"""My desk: what waits for this person, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from claims.choices import ReplyState
from claims.models import Assignment, Claim, Move, ReplyRequest

from .piles import PileKind, piles_of

SHOWN = 8
COUNTED = 100  # beyond it a pile is “99+”: nobody acts on the difference
AN_HOUR = timedelta(hours=1)

DUE = Subquery(
    Assignment.objects.filter(claim=OuterRef("pk"), done=False, due__isnull=False)
    .order_by("due")
    .values("due")[:1]
)
REPLY = Subquery(
    ReplyRequest.objects.filter(claim=OuterRef("pk"), state=ReplyState.OPEN)
    .order_by("deadline")
    .values("deadline")[:1]
)
SINCE = Coalesce(
    Subquery(Move.objects.filter(claim=OuterRef("pk")).order_by("-pk").values("at")[:1]),
    "created_at",
    output_field=DateTimeField(),
)


@dataclass(frozen=True)
class Line:
    """A claim as a pile shows it. `assignment` is the one that can be taken or finished here."""

    claim: Claim
    since: datetime
    due: date | None
    assignment: Assignment | None
    reply: date | None

    @property
    def age(self) -> str:
        if timezone.now() - self.since < AN_HOUR:
            return _("less than an hour")
        return timesince(self.since, depth=1)

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def reply_is_late(self) -> bool:
        return self.reply is not None and self.reply < timezone.localdate()


@dataclass(frozen=True)
class Pile:
    """Claims that wait for the same thing, and the list that shows all of them."""

    kind: PileKind
    keys: list[int]
    lines: list[Line]

    @property
    def count(self) -> str:
        return f"{COUNTED - 1}+" if len(self.keys) >= COUNTED else str(len(self.keys))

    @property
    def has_more(self) -> bool:
        return len(self.keys) > len(self.lines)

    @property
    def address(self) -> str:
        return f"{reverse('admin:claims_claim_changelist')}?pile={self.kind.name}"


def my_desk(user: User) -> list[Pile]:
    """Every pile of this person: one question each, and two for all the claims that are shown."""
    keys = {kind: _keys(kind, user) for kind in piles_of(user)}
    shown = {pk for some in keys.values() for pk in some[:SHOWN]}
    claims = _claims(shown)
    mine = _assignments(user, shown)
    return [
        Pile(kind, some, [_line(kind, claims[pk], mine) for pk in some[:SHOWN]])
        for kind, some in keys.items()
    ]


def _keys(kind: PileKind, user: User) -> list[int]:
    """What has waited longest stands first; what is due, by its day."""
    claims = kind.of(Claim.objects.all(), user)
    if day := {"due": DUE, "replies": REPLY}.get(kind.name):
        claims = claims.order_by(day.asc(nulls_last=True), "pk")
    else:
        claims = claims.order_by("pk")
    return list(claims.values_list("pk", flat=True)[:COUNTED])


def _claims(keys: set[int]) -> dict[int, Claim]:
    shown = Claim.objects.filter(pk__in=keys).select_related("claimant")
    return {claim.pk: claim for claim in shown.annotate(due=DUE, since=SINCE, reply=REPLY)}


def _assignments(user: User, claims: set[int]) -> dict[tuple[int, bool], Assignment]:
    """What is asked of this person, by claim: of themselves, or of a pool of theirs."""
    asked = Assignment.objects.filter(
        Q(assignee=user) | Q(pool__in=user.groups.all()), claim__in=claims, done=False
    ).select_related("pool", "assigned_by")
    return {(item.claim_id, item.pool_id is not None): item for item in asked}


def _line(kind: PileKind, claim: Claim, mine: dict[tuple[int, bool], Assignment]) -> Line:
    asked = None
    if kind.name in ("due", "assigned"):
        asked = mine.get((claim.pk, False))
    if asked is None and kind.name in ("due", "pools"):
        asked = mine.get((claim.pk, True))
    facts: Any = claim  # with what `_claims` has annotated
    due = asked.due if asked else facts.due
    return Line(claim, facts.since, due, asked, facts.reply if kind.name == "replies" else None)
