"""What still stands in the way of a claim, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import BearsOn, ChangeKind, Decision, State
from claims.editions.corrections import Correction
from claims.editions.models import Edition
from claims.models import Claim

from .content import Candidate, candidate
from .remarks import name_of


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
    published = {item["language"] for item in document["translations"]}
    if published:
        reasons = {item["language"] for item in document["rationale"]}
        checks.append(
            Check(_("The reasons are there in every published language."), published <= reasons)
        )
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
            *_kind_of_change(content, last),
        ]
    return checks


def _kind_of_change(content: Candidate, last: Edition) -> list[Check]:
    """What the kind of change that was chosen asks for."""
    change = content.document["change"]
    if not change:
        return []
    if change["kind"] == ChangeKind.CORRECTED:
        told = Correction.read(change["note"]) is not None
        return [
            Check(
                _(
                    "The note of a correction says what was, what is, and why, on lines that begin "
                    "with “Was:”, “Is:” and “Why:”."
                ),
                told,
            )
        ]
    if change["kind"] == ChangeKind.MINOR:
        asked = "SELECT substance(%s::jsonb) IS NOT DISTINCT FROM substance(%s::jsonb)"
        same = bool(_ask(asked, [content.content, last.content])[0][0])
        return [
            Check(
                _(
                    "A minor edit leaves both answers, the claimant, whom it is about, the "
                    "figures, the relations and what the evidence says as they were."
                ),
                same,
            )
        ]
    return []


def before_publication(claim: Claim, content: Candidate) -> list[Check]:
    """What a claim in review needs before it can be published."""
    reviews = standing_reviews(claim, content.digest)
    counted = sum(review.decision == Decision.APPROVE and review.counts for review in reviews)
    objections = sum(review.decision == Decision.REQUEST_CHANGES for review in reviews)
    return [
        Check(
            _("Approved, exactly as it is, by people who did not contribute: %(n)s of %(of)s.")
            % {"n": counted, "of": approvals_needed(claim)},
            counted >= approvals_needed(claim),
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


class Approval(NamedTuple):
    """Who approved, when, and why that does not count if it does not."""

    who: str
    at: datetime
    digest: str
    counts: bool
    lapsed: bool

    @property
    def short(self) -> str:
        return self.digest[:12]


def approvals(claim: Claim, digest: str) -> list[Approval]:
    """All approvals since the last edition, the newest first. Those for another content lapsed."""
    counting = {
        review.review_id
        for review in standing_reviews(claim, digest)
        if review.decision == Decision.APPROVE and review.counts
    }
    given = claim.reviews.filter(decision=Decision.APPROVE).select_related("reviewer")
    published = claim.moves.filter(edition__isnull=False).last()
    if published is not None:
        given = given.filter(at__gt=published.at)
    latest = {(review.reviewer_id, review.digest): review for review in given.order_by("pk")}
    now = {review.reviewer_id for review in latest.values() if review.digest == digest}
    found = [
        Approval(
            name_of(review.reviewer),
            review.at,
            review.digest,
            counts=review.pk in counting,
            lapsed=review.digest != digest,
        )
        for review in latest.values()
        if review.digest == digest or review.reviewer_id not in now
    ]
    return sorted(found, key=lambda approval: approval.at, reverse=True)


def to_know(claim: Claim, content: Candidate) -> list[str]:
    """What does not stand in the way, and what a reviewer should know before deciding."""
    unread = claim.translations.filter(reviewed_by__isnull=True).count()
    said = []
    if unread:
        said.append(
            ngettext(
                "%(n)s translation was not read against the original: it will not be published.",
                "%(n)s translations were not read against the original: they will not be "
                "published.",
                unread,
            )
            % {"n": unread}
        )
    if not any(item["bears_on"] == BearsOn.CONTENT for item in content.document["evidence"]):
        said.append(_("Nothing on file bears on whether it is so."))
    return said


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
