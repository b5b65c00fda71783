"""What the database says when it refuses, in the words of the desk."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:.+")
OUR_OWN = "23000"  # integrity_constraint_violation: raised by our triggers, with words of their own


def in_words(error: IntegrityError) -> str:
    """The sentence an editor can act on, from a trigger's message or a constraint's.

    An error that is neither is raised again: it is a fault of ours.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        raise error
    if diagnosis.sqlstate == OUR_OWN:
        if diagnosis.message_detail:
            return _(diagnosis.message_primary) % _values(diagnosis.message_detail)
        return translated(diagnosis.message_primary)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == diagnosis.constraint_name:
                return str(constraint.get_violation_error_message())
    if diagnosis.sqlstate == "23503":  # foreign_key_violation
        return _("Something else still refers to this, so it cannot be removed.")
    raise error


def translated(sentence: str) -> str:
    """A sentence of the database in the reader's language, with the values it was given.

    Each app lists what its functions say (`sentences`), “%s” standing for a value. A value that
    is itself a word of the desk, such as a state, is translated too.
    """
    for app in apps.get_app_configs():
        for template in getattr(app, "sentences", ()):
            pattern = re.escape(template).replace("%s", "(.+)")
            if match := re.fullmatch(pattern, sentence):
                return _(template) % tuple(_(value) for value in match.groups())
    return sentence


def moment(at: datetime) -> str:
    """A point in time, to the minute, as the reader writes dates."""
    return date_format(localtime(at), "DATETIME_FORMAT")


def _values(detail: str) -> dict[str, Any]:
    """What a trigger's sentence leaves open, by name; it stands apart, so that the sentence can be
    translated as a whole."""
    return {
        name: moment(datetime.fromisoformat(value)) if MOMENT.fullmatch(str(value)) else value
        for name, value in json.loads(detail).items()
    }
