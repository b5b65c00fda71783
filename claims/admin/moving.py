"""The moves as the desk offers them: which, to whom, and what each will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import ChangeKind, Decision
from claims.editions.models import Edition
from claims.models import Claim
from claims.moves import (
    APPROVE,
    MOVES,
    PUBLISH,
    REDACT,
    REQUEST_CHANGES,
    RETRACT,
    SUBMIT,
    MoveKind,
)
from claims.review import workflow
from claims.review.checklist import (
    before_review,
    contributes,
    standing_reviews,
    why_not_publishable,
)
from claims.review.content import Candidate
from claims.review.rights import too_new_to_approve
from sources.refusals import translated

REVIEWING = (APPROVE, REQUEST_CHANGES)  # decided on the review page, beside the candidate
LONGEST_NOTE = 10_000

Answers = dict[str, Any]


def _review(said: Answers) -> Answers:
    """What a review consists of: the content it is about, the note, the remarks on its parts."""
    return {"digest": said["digest"], "note": said["note"], "remarks": said.get("remarks", {})}


CARRY_OUT: dict[str, Callable[[Claim, User, Answers], object]] = {
    "submit": lambda claim, by, said: workflow.submit(claim, by=by, note=said["note"]),
    "take_back": lambda claim, by, said: workflow.take_back(claim, by=by, note=said["note"]),
    "approve": lambda claim, by, said: workflow.approve(claim, by=by, **_review(said)),
    "request_changes": lambda claim, by, said: workflow.request_changes(
        claim, by=by, **_review(said)
    ),
    "comment": lambda claim, by, said: workflow.comment(claim, by=by, **_review(said)),
    "publish": lambda claim, by, said: workflow.publish(claim, by=by),
    "revise": lambda claim, by, said: workflow.revise(
        claim, by=by, kind=ChangeKind(said["kind"]), note=said["note"]
    ),
    "retract": lambda claim, by, said: workflow.retract(claim, by=by, reason=said["note"]),
    "merge": lambda claim, by, said: workflow.merge(
        claim, into=said["into"], by=by, reason=said["note"]
    ),
    "redact": lambda claim, by, said: workflow.redact(
        claim, editions=said["editions"], by=by, reason=said["note"]
    ),
    "split": lambda claim, by, said: workflow.split(
        claim,
        by=by,
        statement=said["statement"],
        reason=said["note"],
        evidence=said["evidence"],
        figures=said["figures"],
    ),
}

WHAT_HAPPENS: dict[str, Promise] = {
    "submit": gettext_lazy(
        "Reviewers are asked. From then on nothing can be changed, until the claim is taken back "
        "or changes are requested."
    ),
    "take_back": gettext_lazy(
        "The claim becomes a draft again and can be changed. Approvals stay with the content they "
        "were given for: they count again only if exactly that content is submitted again."
    ),
    "publish": gettext_lazy(
        "This content is added to the public record, for ever: it can be corrected or retracted "
        "later, never removed. Readers and partners see it at once."
    ),
    "revise": gettext_lazy(
        "The claim becomes a draft again. The last edition stays public until the next one is "
        "published."
    ),
    "retract": gettext_lazy(
        "The page is withdrawn at once. Readers see the reason in its place, and what was cited "
        "stays on record."
    ),
    "merge": gettext_lazy(
        "The claim you choose stands for both. If this one is public, readers are led there from "
        "its address and told why; what was cited stays on record. What other claims say of this "
        "one counts for the other. What this one says of others counts no more."
    ),
    "redact": gettext_lazy(
        "For what must not stay readable: a protected source’s name that slipped in, a person in "
        "danger, an order of a court. What is merely wrong is corrected, and stays on record."
    ),
    "split": gettext_lazy(
        "A part of this claim becomes a draft of its own, with the same claimant, day and event. "
        "It takes copies of what you tick; this claim keeps its own until you remove them."
    ),
}

NOTES: dict[str, Promise] = {
    "request_changes": gettext_lazy("What should change, and why"),
    "revise": gettext_lazy("What changes, and why"),
    "retract": gettext_lazy("Reason"),
    "merge": gettext_lazy("Why these are the same"),
    "split": gettext_lazy("Why these are two"),
    "redact": gettext_lazy("Why, in words that readers see in its place"),
}
NOTE_HELP: dict[str, Promise] = {
    "revise": gettext_lazy(
        "Readers see this with the next edition. It can be reworded until then."
    ),
    "retract": gettext_lazy("Readers see this where the claim stood."),
    "merge": gettext_lazy("Readers of a public claim see this where it stood."),
    "redact": gettext_lazy(
        "Do not repeat what is taken out, and nothing from which it could be guessed. It can be "
        "reworded until it is published."
    ),
}


class MoveForm(forms.Form):
    """What a person has to say to make a move. `page`: the template that asks for it."""

    page = "move"

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For the desk; stays in the history."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    # The digest of what was on the screen when they decided.
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, action: str, *, needs_note: bool, data: Any = None) -> None:
        super().__init__(data)
        note = self.fields["note"]
        note.required = needs_note
        note.label = str(NOTES.get(action, note.label))
        note.help_text = str(NOTE_HELP.get(action, note.help_text))
        note.widget.attrs.pop("maxlength", None)  # A browser would cut off without a word.
        if action == PUBLISH.action:
            del self.fields["note"]


@dataclass(frozen=True)
class Offer:
    """A move that is possible where the claim stands, for somebody who may make it.

    `refusal` is the sentence that says why it would be refused nonetheless; mostly empty.
    """

    move: MoveKind
    refusal: str


def offers(claim: Claim, user: User, content: Candidate, last: Edition | None) -> Iterator[Offer]:
    """What this person can do with this claim now, in the order of a claim's life."""
    published = last is not None and not last.is_tombstone
    for move in MOVES:
        if claim.state not in move.starts or not user.has_perm(move.permission):
            continue
        if (move == RETRACT and not published) or (move == REDACT and last is None):
            continue
        yield Offer(move, _refusal(move, claim, user, content))


def _refusal(move: MoveKind, claim: Claim, user: User, content: Candidate) -> str:
    if move == SUBMIT:
        missing = [check.text for check in before_review(claim, content) if not check.done]
        return _("Still missing: %s") % " ".join(missing) if missing else ""
    if move == APPROVE:
        if contributes(claim, user):
            return _(
                "You contributed to this claim since its last edition: somebody else has to "
                "approve it."
            )
        if any(
            review.reviewer_id == user.pk and review.decision == Decision.APPROVE
            for review in standing_reviews(claim, content.digest)
        ):
            return _("You have approved this content. It waits for somebody else.")
        return too_new_to_approve(user)
    if move == PUBLISH and (reason := why_not_publishable(claim, content.digest)):
        return translated(reason)
    return ""
