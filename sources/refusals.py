"""What the database says when it refuses, in the words of the desk."""

from __future__ import annotations

import json
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

OUR_OWN = "23000"  # integrity_constraint_violation: raised by our triggers, with words of their own


def in_words(error: IntegrityError) -> str:
    """The sentence an editor can act on, from a trigger's message or a constraint's.

    An error that is neither is raised again: it is a fault of ours.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        raise error
    if diagnosis.sqlstate == OUR_OWN:
        sentence = _(diagnosis.message_primary)
        return (
            sentence % _moments(diagnosis.message_detail) if diagnosis.message_detail else sentence
        )
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == diagnosis.constraint_name:
                return str(constraint.get_violation_error_message())
    if diagnosis.sqlstate == "23503":  # foreign_key_violation
        return _("Something else still refers to this, so it cannot be removed.")
    raise error


def moment(at: datetime) -> str:
    """A point in time, to the minute, as the reader writes dates."""
    return date_format(localtime(at), "DATETIME_FORMAT")


def _moments(detail: str) -> dict[str, str]:
    """The points in time that a trigger's sentence names, by their name."""
    return {name: moment(datetime.fromisoformat(at)) for name, at in json.loads(detail).items()}
