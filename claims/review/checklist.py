"""What still stands in the way of a claim, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.utils.translation import gettext as _

from claims.choices import BearsOn, Decision, State
from claims.editions.models import Edition
from claims.models import Claim

from .content import Candidate, candidate


@dataclass(frozen=True)
class Check:
    """One thing that has to hold, whether it does, and the part of the claim's page where."""

    text: str
    done: bool
    part: str = ""


class Standing(NamedTuple):
    """The last word of one reviewer on one exact content, and whether it counts."""

    review_id: int
    reviewer_id: int
    decision: Decision
    counts: bool


def before_review(claim: Claim, content: Candidate) -> list[Check]:
    """What a claim needs before anybody is asked to review it."""
    document = content.document
    bears_on = {item["bears_on"] for item in document["evidence"]}
    checks = [
        Check(
            _("Evidence shows that it was said."), BearsOn.ATTRIBUTION in bears_on, "attribution"
        ),
        Check(
            _("Both questions are answered, with reasons."),
            bool(document["rationale"]),
            "assessment",
        ),
    ]
    last = Edition.objects.filter(ref=claim.ref).order_by("-number").first()
    if last is not None:
        checks += [
            Check(
                _("The kind of change and what changed are written down."),
                bool(document["change"]),
                "said",
            ),
            Check(
                _("Something differs from the last edition."),
                last.digest != content.digest,
                "said",
            ),
        ]
    return checks


def before_publication(claim: Claim, content: Candidate) -> list[Check]:
    """What a claim in review needs before it can be published."""
    reviews = standing_reviews(claim, content.digest)
    approvals = sum(review.decision == Decision.APPROVE and review.counts for review in reviews)
    objections = sum(review.decision == Decision.REQUEST_CHANGES for review in reviews)
    return [
        Check(
            _("Approved, exactly as it is, by people who did not contribute: %(n)s of %(of)s.")
            % {"n": approvals, "of": approvals_needed(claim)},
            approvals >= approvals_needed(claim),
        ),
        Check(_("No reviewer requests changes to this content."), not objections),
        Check(
            _("The content is what was submitted for review."),
            content.digest == submitted_digest(claim),
        ),
    ]


def checklist(claim: Claim, content: Candidate | None = None) -> list[Check]:
    """All that has to hold before this claim is published, done or not."""
    content = content or candidate(claim)
    checks = before_review(claim, content)
    if claim.state in (State.IN_REVIEW, State.APPROVED):
        checks += before_publication(claim, content)
    return checks


def submitted_digest(claim: Claim) -> str:
    """The digest of the content that was last submitted for review; empty before."""
    move = claim.moves.filter(action="submit").last()
    return move.digest if move else ""


def contributes(claim: Claim, user: User) -> bool:
    """Whether `user` changed what the coming edition says, and so cannot approve it."""
    return bool(_ask("SELECT contributes(%s, %s)", [claim.pk, user.pk])[0][0])


def approvals_needed(claim: Claim) -> int:
    return int(_ask("SELECT approvals_needed(%s)", [claim.harm])[0][0])


def standing_reviews(claim: Claim, digest: str) -> list[Standing]:
    rows = _ask("SELECT * FROM standing_reviews(%s, %s)", [claim.pk, digest])
    return [Standing(pk, who, Decision(what), counts) for pk, who, what, counts in rows]


def why_not_publishable(claim: Claim, digest: str) -> str:
    """The reason for which the database would refuse this content now; empty when there is none."""
    return _ask("SELECT why_not_publishable(%s, %s)", [claim.pk, digest])[0][0] or ""


def _ask(question: str, about: Sequence[str | int]) -> list[tuple[Any, ...]]:
    """Ask the database: the rules of review live there, once."""
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return list(cursor.fetchall())
