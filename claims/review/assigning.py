"""Giving a claim to somebody, and being done with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import State
from claims.models import Assignment, Claim
from sources.acting import acting
from sources.refusals import in_words

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
    """Ask a person, or whoever of a pool takes it, to work on a claim."""
    if not by.is_active or not by.has_perm(ASSIGN):
        raise AssignmentError(_("You may not assign claims."))
    if (assignee is None) == (pool is None):
        raise AssignmentError(_("Assign it to a person or to a pool, not to both."))
    if claim.state in (State.RETRACTED, State.MERGED):
        raise AssignmentError(_("This claim is now: %s.") % claim.get_state_display())
    if due is not None and due < timezone.localdate():
        raise AssignmentError(_("That day is past: choose today or later."))
    with _refusals(), acting(by):
        return Assignment.objects.create(
            claim=claim, assignee=assignee, pool=pool, due=due, note=note, assigned_by=by
        )


def finish(assignment: Assignment, *, by: User) -> None:
    """Say that what was asked is done, or no longer wanted."""
    with _refusals(), acting(by):
        locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
        concerned = by.pk in (locked.assignee_id, locked.assigned_by_id)
        if not by.is_active or not (concerned or by.has_perm(CHANGE)):
            raise AssignmentError(_("This was asked of somebody else."))
        locked.done = True
        locked.save(update_fields=["done"])


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise AssignmentError(in_words(error)) from error
