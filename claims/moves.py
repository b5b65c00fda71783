"""The life of a claim: every move there is. The database refuses all others."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import State


@dataclass(frozen=True)
class MoveKind:
    """One way to change the editorial state of a claim.

    `starts` and `ends` are the states it leads from and to. A move that `needs_note` is refused
    without one; one that `names_another` leads to another claim. `outcome` is what the history
    says of it.
    """

    action: str
    label: Promise
    outcome: Promise
    starts: tuple[State, ...]
    ends: tuple[State, ...]
    permission: str
    needs_note: bool = False
    names_another: bool = False


SUBMIT = MoveKind(
    "submit",
    _("Submit for review"),
    _("submitted for review"),
    (State.DRAFT,),
    (State.IN_REVIEW,),
    "claims.submit_claim",
)
TAKE_BACK = MoveKind(
    "take_back",
    _("Take back to draft"),
    _("taken back to draft"),
    (State.IN_REVIEW, State.APPROVED),
    (State.DRAFT,),
    "claims.submit_claim",
)
REQUEST_CHANGES = MoveKind(
    "request_changes",
    _("Request changes"),
    _("changes requested"),
    (State.IN_REVIEW, State.APPROVED),
    (State.DRAFT,),
    "claims.review_claim",
    needs_note=True,
)
APPROVE = MoveKind(
    "approve",
    _("Approve"),
    _("approved"),
    (State.IN_REVIEW,),
    (State.IN_REVIEW, State.APPROVED),
    "claims.review_claim",
)
PUBLISH = MoveKind(
    "publish",
    _("Publish"),
    _("published"),
    (State.APPROVED,),
    (State.PUBLISHED,),
    "claims.publish_claim",
)
REVISE = MoveKind(
    "revise",
    _("Revise"),
    _("opened for revision"),
    (State.PUBLISHED, State.RETRACTED, State.MERGED),
    (State.DRAFT,),
    "claims.submit_claim",
    needs_note=True,
)
RETRACT = MoveKind(
    "retract",
    _("Retract"),
    _("retracted"),
    (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED),
    (State.RETRACTED,),
    "claims.publish_claim",
    needs_note=True,
)
MERGE = MoveKind(
    "merge",
    _("Merge into another claim"),
    _("merged into another claim"),
    (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED),
    (State.MERGED,),
    "claims.publish_claim",
    needs_note=True,
    names_another=True,
)
SPLIT = MoveKind(
    "split",
    _("Split off a claim"),
    _("split: a part is a claim of its own now"),
    (State.DRAFT,),
    (State.DRAFT,),
    "claims.submit_claim",
    needs_note=True,
    names_another=True,
)
REDACT = MoveKind(
    "redact",
    _("Redact earlier editions"),
    _("opened to redact earlier editions"),
    (State.DRAFT, State.PUBLISHED, State.RETRACTED, State.MERGED),
    (State.DRAFT,),
    "claims.publish_claim",
    needs_note=True,
)

MOVES = (
    SUBMIT,
    TAKE_BACK,
    REQUEST_CHANGES,
    APPROVE,
    PUBLISH,
    REVISE,
    SPLIT,
    MERGE,
    RETRACT,
    REDACT,
)
