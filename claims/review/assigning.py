"""Giving a claim to somebody, taking it from a pool, and being done with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import State
from claims.models import Assignment, Claim, Move
from claims.moves import APPROVE, MERGE, PUBLISH, REQUEST_CHANGES, RETRACT, SUBMIT
from sources.acting import acting
from sources.refusals import in_words

from . import notices
from .people import at_the_desk, name_of, roles_with

ASSIGN = "claims.add_assignment"
CHANGE = "claims.change_assignment"


class AssignmentError(Exception):
    """Something that cannot be assigned, taken or finished so. Its text is a sentence."""


def assign(
    claim: Claim,
    *,
    by: User,
    assignee: User | None = None,
    pool: Group | None = None,
    due: date | None = None,
    note: str = "",
) -> Assignment:
    """Ask a person, or whoever of a pool takes it, to work on a claim; they are told."""
    if not by.is_active or not by.has_perm(ASSIGN):
        raise AssignmentError(_("You may not assign claims."))
    if (assignee is None) == (pool is None):
        raise AssignmentError(_("Assign it to a person or to a pool, not to both."))
    if assignee is not None and not at_the_desk().filter(pk=assignee.pk).exists():
        raise AssignmentError(_("%s does not work at the desk any more.") % name_of(assignee))
    if claim.state in (State.RETRACTED, State.MERGED):
        raise AssignmentError(_("This claim is now: %s.") % claim.get_state_display())
    if due is not None and due < timezone.localdate():
        raise AssignmentError(_("That day is past: choose today or later."))
    with _refusals(), acting(by):
        assignment = Assignment.objects.create(
            claim=claim, assignee=assignee, pool=pool, due=due, note=note, assigned_by=by
        )
        notices.of_assignment(assignment, by=by)
        return assignment


def take(assignment: Assignment, *, by: User) -> None:
    """Make what a pool was asked one's own work. The first one has it."""
    with _refusals(), acting(by):
        locked = _locked(assignment)
        if locked.done or locked.pool is None:
            raise AssignmentError(_already(locked, by))
        if not by.is_active or not by.groups.filter(pk=locked.pool.pk).exists():
            raise AssignmentError(_("Only who belongs to this pool can take it."))
        own = Assignment.objects.filter(claim=locked.claim, assignee=by, done=False)
        if own.exists():  # it is theirs already: nothing more is asked of the pool
            locked.done = True
        else:
            locked.assignee, locked.pool = by, None
        locked.save()


def finish(assignment: Assignment, *, by: User) -> None:
    """Say that what was asked is done, or no longer wanted."""
    with _refusals(), acting(by):
        locked = _locked(assignment)
        concerned = by.pk in (locked.assignee_id, locked.assigned_by_id)
        if not by.is_active or not (concerned or by.has_perm(CHANGE)):
            raise AssignmentError(_("This was asked of somebody else."))
        locked.done = True
        locked.save(update_fields=["done"])


def settle(move: Move) -> None:
    """Close what this move has answered, so that nobody has to tick it off.

    A person's assignment is done when they submit, decide or publish; a pool's when somebody of it
    does, though a review by a pool waits for the last approval, and is not answered by submitting.
    When a claim is withdrawn, all is done.
    """
    asked = Assignment.objects.filter(claim=move.claim_id, done=False)
    if move.action in (RETRACT.action, MERGE.action):
        asked.update(done=True)
        return
    if move.action in (SUBMIT.action, APPROVE.action, REQUEST_CHANGES.action, PUBLISH.action):
        asked.filter(assignee=move.by_id).update(done=True)
        pools = move.by.groups.all()
        if move.action == SUBMIT.action:
            pools = pools.exclude(pk__in=roles_with(APPROVE.permission))
        if not (move.action == APPROVE.action and move.to_state == State.IN_REVIEW):
            asked.filter(pool__in=pools).update(done=True)


def _locked(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def _already(taken: Assignment, by: User) -> str:
    if taken.done:
        return _("This is done already.")
    if taken.assignee is None or taken.assignee.pk == by.pk:
        return _("You have taken this already.")
    return _("%s has taken this already.") % name_of(taken.assignee)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise AssignmentError(in_words(error)) from error
