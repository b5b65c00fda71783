"""Two people save the same thing: the second is told what the first changed, and keeps their text.

A form carries the number of the newest change that its writer has seen (`SEEN`). When it comes
back, what is newer has not been read by them: nothing is saved, the changes are told above their
own text, and the form now carries the newest number. Sending it again is saving knowingly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from sources.models import Change

from .history import Story, news

SEEN = "_seen"


def told_in_form(model_admin: Any, request: HttpRequest, thing: models.Model) -> list[str]:
    """The tables that the form of a thing writes: its own, its ticks, and those of its parts."""
    parts = [inline.model for inline in model_admin.get_inline_instances(request, thing)]
    ticks = [field.remote_field.through for field in thing._meta.many_to_many]
    return [model._meta.db_table for model in (type(thing), *parts, *ticks)]


def newest_seen(model_admin: Any, request: HttpRequest, thing: models.Model) -> int:
    changes = Change.objects.about(thing)
    return changes.in_tables(told_in_form(model_admin, request, thing)).newest()


def unseen(
    model_admin: Any, request: HttpRequest, thing: models.Model, story: Story
) -> list[Change]:
    """What was changed since the form was opened. The thing stays locked until all is saved."""
    if SEEN not in request.POST:
        return []
    seen = request.POST[SEEN]
    if not re.fullmatch(r"[0-9]{1,18}", seen):
        raise BadRequest("The number of the newest change that was seen is not a number.")
    type(thing)._base_manager.select_for_update(no_key=True).filter(pk=thing.pk).first()
    changes = Change.objects.about(thing).select_related("by").filter(pk__gt=int(seen))
    tables = told_in_form(model_admin, request, thing)
    return news(changes.in_tables(tables), story.told_otherwise)


def sentence(changes: list[Change], reader: Any) -> str:
    if {change.by for change in changes} == {reader}:
        return _(
            "You saved this from somewhere else since you opened this page. What changed is told "
            "above. Nothing you typed here is lost: save again to put it in its place."
        )
    return _(
        "Somebody else saved this since you opened it. What they changed is told above. Nothing "
        "you typed is lost: save again to put it in the place of theirs."
    )


def rows_come_back(
    model_admin: Any, request: HttpRequest, thing: models.Model, changes: list[Change]
) -> QueryDict:
    """What was sent, with the rows that somebody removed meanwhile as new ones."""
    gone: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.after is None:
            gone[change.table_name].add(str(change.row_id))
    sent = request.POST.copy()
    for inline in model_admin.get_inline_instances(request, thing):
        if removed := gone.get(inline.model._meta.db_table):
            prefix = inline.get_formset(request, thing).get_default_prefix()
            _renumber(sent, prefix, inline.model._meta.pk.name, removed)
    return sent


def _renumber(sent: QueryDict, prefix: str, key: str, removed: set[str]) -> None:
    """Put the removed rows of one formset behind those on file, where new rows stand."""
    rows: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for name in list(sent):
        if found := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,6}})-(.+)", name):
            rows[int(found[1])][found[2]] = sent.pop(name)
    kept, new = [], []
    for _number, row in sorted(rows.items()):
        if row.get(key, [""])[0] in removed:
            if "DELETE" not in row:  # else both wanted it gone
                new.append({**row, key: [""]})
        elif row.get(key, [""])[0]:
            kept.append(row)
        else:
            new.append(row)
    for number, row in enumerate([*kept, *new]):
        for name, values in row.items():
            sent.setlist(f"{prefix}-{number}-{name}", values)
    sent[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    sent[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
