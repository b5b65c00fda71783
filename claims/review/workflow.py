"""Every change of a claim's editorial state. One function a move; the database decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.choices import ChangeKind, Decision, State
from claims.editions import ledger
from claims.editions.choices import EditionKind
from claims.editions.models import Edition
from claims.exports.tasks import make_exports
from claims.models import Claim, Move, Review
from claims.moves import (
    APPROVE,
    MERGE,
    PUBLISH,
    REDACT,
    REQUEST_CHANGES,
    RETRACT,
    REVISE,
    SPLIT,
    SUBMIT,
    TAKE_BACK,
    MoveKind,
)
from sources.acting import acting
from sources.refusals import in_words

from . import redacting
from .checklist import before_review, why_not_publishable
from .content import candidate
from .follow_up import after_comment, after_move
from .remarks import NONE, Remarks, in_brief, write_remarks
from .splitting import split_off
from .tombstones import Notice


class ReviewError(Exception):
    """A move that cannot be made now. Its text is a sentence for the person who tried."""


def submit(claim: Claim, *, by: User, note: str = "") -> Move:
    """Ask for review. From here on the content stands still until it is taken back."""
    with _moving(SUBMIT, claim, by=by, note=note) as locked:
        content = candidate(locked)
        missing = [check.text for check in before_review(locked, content) if not check.done]
        if missing:
            raise ReviewError(_("Not ready for review. Missing: %s") % " ".join(missing))
        return _record(SUBMIT, locked, State.IN_REVIEW, by=by, note=note, digest=content.digest)


def take_back(claim: Claim, *, by: User, note: str = "") -> Move:
    """Open a submitted claim for editing again. Approvals stay with the content they were for."""
    with _moving(TAKE_BACK, claim, by=by, note=note) as locked:
        digest = candidate(locked).digest
        return _record(TAKE_BACK, locked, State.DRAFT, by=by, note=note, digest=digest)


def request_changes(
    claim: Claim, *, by: User, digest: str, note: str = "", remarks: Remarks = NONE
) -> Move:
    """Object to the content with this digest. It stays refused until the reviewer approves it."""
    note = in_brief(note, remarks)
    with _moving(REQUEST_CHANGES, claim, by=by, note=note) as locked:
        _review(locked, Decision.REQUEST_CHANGES, by=by, digest=digest, note=note, remarks=remarks)
        return _record(REQUEST_CHANGES, locked, State.DRAFT, by=by, note=note, digest=digest)


def approve(
    claim: Claim, *, by: User, digest: str, note: str = "", remarks: Remarks = NONE
) -> Move:
    """Vouch for the content with this digest: the one that was on the reviewer's screen."""
    with _moving(APPROVE, claim, by=by, note=note) as locked:
        _review(locked, Decision.APPROVE, by=by, digest=digest, note=note, remarks=remarks)
        waiting = why_not_publishable(locked, digest)
        state = State.IN_REVIEW if waiting else State.APPROVED
        return _record(APPROVE, locked, state, by=by, note=note, digest=digest)


def comment(
    claim: Claim, *, by: User, note: str = "", digest: str = "", remarks: Remarks = NONE
) -> Review:
    """Say something about the claim without deciding on it: of the content with this digest, or,
    without one, of what it says now."""
    _allow(APPROVE, by)
    with _refusals(), acting(by):
        review = _review(
            claim,
            Decision.COMMENT,
            by=by,
            digest=digest or candidate(claim).digest,
            note=in_brief(note, remarks),
            remarks=remarks,
        )
        after_comment(review)
        return review


def publish(claim: Claim, *, by: User) -> Edition:
    """Add the approved content to the public record, for ever.

    A redaction takes the content of the editions it names out of it; the worker removes at once the
    exports that hold it, and makes others. Where the claim was withdrawn, it is withdrawn again:
    nobody ever sees it stand.
    """
    with _moving(PUBLISH, claim, by=by) as locked:
        content = candidate(locked)
        kind = EditionKind(locked.change_kind or EditionKind.PUBLISHED)
        before = _last_edition(locked)
        edition = ledger.append(ref=locked.ref, kind=kind, content=content.content)
        _record(PUBLISH, locked, State.PUBLISHED, by=by, digest=edition.digest, edition=edition)
        if kind == EditionKind.REDACTED and before is not None and before.is_tombstone:
            locked.refresh_from_db(fields=["state"])
            _withdraw(locked, redacting.notice_again(locked, edition, before), by=by)
        if kind == EditionKind.REDACTED:
            transaction.on_commit(make_exports.enqueue)
        return edition


def revise(claim: Claim, *, by: User, kind: ChangeKind, note: str) -> Move:
    """Open the working copy of a published claim. Its last edition stays public meanwhile."""
    with _moving(REVISE, claim, by=by, note=note) as locked:
        digest = candidate(locked).digest
        move = _record(REVISE, locked, State.DRAFT, by=by, note=note, digest=digest)
        if _last_edition(locked) is not None:  # A first edition changes nothing.
            locked.change_kind, locked.change_note = ChangeKind(kind), note
            locked.redacts = []
            locked.save(update_fields=["change_kind", "change_note", "redacts"])
        return move


def redact(claim: Claim, *, editions: Collection[int], by: User, reason: str) -> Move:
    """Begin to take the content of earlier editions, by their numbers, out of the record.

    The working copy is opened, so that what must not stay readable is taken out of it too. Nothing
    is gone before the edition that says so is reviewed, approved and published like any other.
    Readers are told the reason in place of each content, so it must not repeat what was there.
    """
    with _moving(REDACT, claim, by=by, note=reason) as locked:
        if not redacting.can_be_taken_out(locked, editions):
            raise ReviewError(_("Say which editions: ones that still hold their content."))
        digest = candidate(locked).digest
        move = _record(REDACT, locked, State.DRAFT, by=by, note=reason, digest=digest)
        locked.change_kind, locked.change_note = ChangeKind.REDACTED, reason
        locked.redacts = sorted(set(editions))
        locked.save(update_fields=["change_kind", "change_note", "redacts"])
        return move


def retract(claim: Claim, *, by: User, reason: str) -> Edition:
    """Withdraw a published claim at once. Readers are told why; the citation stays on record."""
    with _moving(RETRACT, claim, by=by, note=reason) as locked:
        last = _last_edition(locked)
        if last is None or last.is_tombstone:
            raise ReviewError(_("Only what is published can be retracted."))
        return _withdraw(locked, Notice.of_retraction(last, reason), by=by)


def merge(claim: Claim, *, into: Claim, by: User, reason: str) -> Move:
    """`claim` says the same as `into`, which stands for both from here on.

    Readers of a published claim are led to the other one, with the reason; what was said of it in
    public counts for the other one. A claim that was never published leaves no notice.
    """
    with _moving(MERGE, claim, by=by, note=reason, other=into) as locked:
        last, beyond = _last_edition(locked), _last_edition(into)
        if last is None or last.is_tombstone:
            digest = candidate(locked).digest
            return _record(
                MERGE, locked, State.MERGED, by=by, note=reason, digest=digest, other=into
            )
        if beyond is None or beyond.is_tombstone:
            raise ReviewError(
                _("Readers cannot see the claim you chose: choose one that is public.")
            )
        _withdraw(locked, Notice.of_merge(last, reason, into), by=by)
        return locked.moves.latest("pk")


def split(
    claim: Claim,
    *,
    by: User,
    statement: str,
    reason: str,
    evidence: Collection[int] = (),
    figures: Collection[int] = (),
) -> Claim:
    """Make a part of what `claim` says a draft of its own, and answer with that.

    It takes copies of the evidence and figures with these keys; the claim keeps its own until
    somebody removes them.
    """
    with _moving(SPLIT, claim, by=by, note=reason) as locked:
        part = split_off(
            locked,
            by=by,
            statement=statement,
            evidence=locked.evidence.filter(pk__in=evidence).order_by("pk"),
            figures=locked.figures.filter(pk__in=figures).order_by("pk"),
        )
        digest = candidate(locked).digest
        _record(SPLIT, locked, State.DRAFT, by=by, note=reason, digest=digest, other=part)
        return part


def _withdraw(claim: Claim, notice: Notice, *, by: User) -> Edition:
    """Put a notice where the claim stood."""
    edition = ledger.append(ref=claim.ref, kind=notice.kind, content=notice.content)
    _record(
        notice.move,
        claim,
        notice.move.ends[0],
        by=by,
        note=notice.reason,
        digest=edition.digest,
        edition=edition,
        other=notice.into,
    )
    return edition


@contextmanager
def _moving(
    move: MoveKind, claim: Claim, *, by: User, note: str = "", other: Claim | None = None
) -> Iterator[Claim]:
    """One transaction, done by `by`, on the locked claim (and `other`); refusals in words."""
    _allow(move, by)
    if move.needs_note and not note.strip():
        raise ReviewError(_("“%s” needs a note that says why.") % move.label)
    with _refusals(), acting(by):
        # In one order, so that two who merge two claims into each other do not both wait.
        both = Claim.objects.filter(pk__in={claim.pk, other.pk if other else claim.pk})
        locked = {row.pk: row for row in both.select_for_update().order_by("pk")}[claim.pk]
        if locked.state not in move.starts:
            raise ReviewError(_("This claim is now: %s.") % locked.get_state_display())
        yield locked
    claim.refresh_from_db(fields=["state", "change_kind", "change_note", "redacts"])


def _allow(move: MoveKind, by: User) -> None:
    if not by.is_active or not by.has_perm(move.permission):
        raise ReviewError(_("You may not do this: %s.") % move.label)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ReviewError(in_words(error)) from error


def _review(
    claim: Claim, decision: Decision, *, by: User, digest: str, note: str, remarks: Remarks
) -> Review:
    content = candidate(claim)
    if digest != content.digest:
        raise ReviewError(
            _("The content has changed since you opened it. Look at what it says now, then decide.")
        )
    review = claim.reviews.create(reviewer=by, decision=decision, digest=digest, note=note)
    write_remarks(review, remarks, content.document)
    return review


def _record(
    move: MoveKind,
    claim: Claim,
    state: State,
    *,
    by: User,
    digest: str,
    note: str = "",
    edition: Edition | None = None,
    other: Claim | None = None,
) -> Move:
    """Write the move; the database then changes the state, and what follows from it is done."""
    made = claim.moves.create(
        action=move.action,
        from_state=claim.state,
        to_state=state,
        by=by,
        note=note,
        digest=digest,
        edition=edition.number if edition else None,
        other=other,
    )
    after_move(made)
    return made


def _last_edition(claim: Claim) -> Edition | None:
    return Edition.objects.filter(ref=claim.ref).order_by("-number").first()
