"""The piles of a desk by name: whose they are, and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.moves import APPROVE, PUBLISH, SUBMIT
from claims.review import piles
from claims.review.people import SEE_CLAIMS


@dataclass(frozen=True)
class PileKind:
    """One pile. `nothing` is said when it is empty; `whose` is the right that makes it yours."""

    name: str
    title: Promise
    nothing: Promise
    of: Callable[[QuerySet[Claim], User], QuerySet[Claim]]
    whose: str


# The most urgent first: what is late or was taken back from somebody comes before what is new.
_PILES = (
    PileKind(
        "due",
        _("Due soon or overdue"),
        _("Nothing is due soon."),
        piles.due_for,
        SEE_CLAIMS,
    ),
    PileKind(
        "lapsed",
        _("Changed since I approved it"),
        _("No approval of yours has lapsed."),
        piles.lapsed_for,
        APPROVE.permission,
    ),
    PileKind(
        "returned",
        _("Returned to me"),
        _("Nothing was returned to you."),
        piles.returned_to,
        SUBMIT.permission,
    ),
    PileKind(
        "review",
        _("Waiting for my review"),
        _("Nothing waits for your review."),
        piles.waiting_for,
        APPROVE.permission,
    ),
    PileKind(
        "publish",
        _("Approved, waiting for a publisher"),
        _("Nothing waits for a publisher."),
        piles.publishable,
        PUBLISH.permission,
    ),
    PileKind(
        "pools",
        _("Waiting in my pools"),
        _("Nothing waits in your pools."),
        piles.in_pools_of,
        SEE_CLAIMS,
    ),
    PileKind(
        "assigned",
        _("Assigned to me"),
        _("Nothing else is assigned to you."),
        piles.assigned_to,
        SEE_CLAIMS,
    ),
    PileKind(
        "replies",
        _("Published, a reply is still open"),
        _("No reply to what is published is due."),
        piles.awaiting_replies,
        SUBMIT.permission,
    ),
    PileKind(
        "related",
        _("Published, others have answered since"),
        _("No later edition bears on what is published."),
        piles.related_since,
        SUBMIT.permission,
    ),
    PileKind(
        "drafts", _("My drafts"), _("You have no drafts."), piles.drafts_of, SUBMIT.permission
    ),
)
PILES = {pile.name: pile for pile in _PILES}
# What is public is a publisher's care too, though a publisher does not write.
ALSO_PUBLISHERS = frozenset({"replies", "related"})


def piles_of(user: User) -> list[PileKind]:
    """The piles that somebody has, by what they may do."""
    publishes = user.has_perm(PUBLISH.permission)
    return [
        pile
        for pile in PILES.values()
        if user.has_perm(pile.whose) or (publishes and pile.name in ALSO_PUBLISHERS)
    ]
