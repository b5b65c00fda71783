"""Whose rights count already. The rule is the database's; this asks it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection
from django.utils.translation import gettext as _

from sources.refusals import moment


def too_new_to_approve(user: User) -> str:
    """Why an approval of theirs would not count yet, and from when on it does; mostly empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT start FROM approves_from(%s) AS start WHERE start > now()", [user.pk]
        )
        found = cursor.fetchone()
    if found is None:
        return ""
    return _("Your account or your right to review is new: you may approve from %(moment)s on.") % {
        "moment": moment(found[0])
    }
