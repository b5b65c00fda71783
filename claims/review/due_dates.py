"""The day by which something is wanted of whoever has a claim."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Assignment, Claim
from sources.acting import acting

from .assigning import CHANGE, AssignmentError


def set_due(claim: Claim, *, by: User, due: date) -> int:
    """Give all open assignments of a claim another day. Answers how many there are."""
    if not by.is_active or not by.has_perm(CHANGE):
        raise AssignmentError(_("You may not change assignments."))
    if due < timezone.localdate():
        raise AssignmentError(_("That day is past: choose today or later."))
    with acting(by):
        changed = Assignment.objects.filter(claim=claim, done=False).update(due=due)
        if not changed:
            raise AssignmentError(_("Nobody is assigned to this claim: assign it first."))
        return changed
