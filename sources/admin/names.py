"""What the rows that a history speaks of were called then, and which of them may not be named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from sources.choices import Access
from sources.models import Change, Source

# What a row goes by; the first of these columns that it has.
NAMES = ("name", "title", "label", "statement")
Reference = tuple[type[models.Model], Any]
# Names that are words of the desk, and nobody's own: how each is said in the reader's language.
SAID: dict[type[models.Model], Callable[[str], str]] = {}


@cache
def tables() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def references(change: Change) -> Iterable[tuple[models.ForeignKey, Any]]:
    """Every row that one change points to, before or after it."""
    model = tables().get(change.table_name)
    for field in model._meta.concrete_fields if model else ():
        if isinstance(field, models.ForeignKey):
            for image in (change.before, change.after):
                if image and image.get(field.column) is not None:
                    yield field, image[field.column]


def _naming_column(model: type[models.Model]) -> str | None:
    fields = {field.name for field in model._meta.concrete_fields}
    return next((name for name in NAMES if name in fields), None)


class Names:
    """The names of all rows that some changes point to, each as it was at the time."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for change in changes:
            for field, value in references(change):
                wanted.setdefault(field.related_model, set()).add(value)
        self._then = self._recorded(wanted)
        self._now = {
            (model, row.pk): self._called(row)
            for model, keys in wanted.items()
            for row in model._base_manager.filter(pk__in=keys)
        }

    def at(self, change: Change, model: Any, key: Any) -> str:
        """What a row was called when a change was made; as it is now, if nothing else is known."""
        said = SAID.get(model, str)
        for number, name in self._then.get((model, key), ()):
            if number <= change.pk:
                return said(name)
        now = self._now.get((model, key))
        return said(now) if now else _("no longer on file")

    def _recorded(
        self, wanted: dict[type[models.Model], set[Any]]
    ) -> dict[Reference, list[tuple[int, str]]]:
        """By row: the changes that gave it a name, the newest first."""
        namings = Q()
        for model, keys in wanted.items():
            if column := _naming_column(model):
                namings |= Q(
                    table_name=model._meta.db_table, row_id__in=keys, after__has_key=column
                )
        found: dict[Reference, list[tuple[int, str]]] = {}
        oldest: dict[Reference, str | None] = {}
        for change in Change.objects.filter(namings) if namings else ():
            model = tables()[change.table_name]
            name = (change.after or {}).get(_naming_column(model))
            known = found.setdefault((model, change.row_id), [])
            known.append((change.pk, str(name)))
            oldest[model, change.row_id] = (change.before or {}).get(_naming_column(model))
        for row, name in oldest.items():
            if name is not None:  # it had a name before the history began
                found[row].append((0, str(name)))
        return found

    def _called(self, row: models.Model) -> str:
        if isinstance(row, AbstractUser):
            return row.get_full_name() or row.get_username()
        column = _naming_column(type(row))
        return str(getattr(row, column)) if column else str(row)


class Withheld:
    """Which changes tell of a protected source that this reader may not see.

    A source may have been protected once and be open now: what was written about it until then
    stays with those who could read it then.
    """

    def __init__(self, changes: Iterable[Change], reader: Any) -> None:
        self._until: dict[int, int | None] = {}
        self._placeholders: dict[int, str] = {}
        if reader.has_perm("sources.view_protected"):
            return
        keys = {key for change in changes for key in sources_of(change)}
        if not keys:
            return
        protected = Change.objects.filter(
            table_name=Source._meta.db_table, row_id__in=keys, before__access=Access.PROTECTED
        )
        self._until.update(protected.order_by().values_list("row_id").annotate(Max("pk")))
        for source in Source.objects.filter(pk__in=keys):
            self._placeholders[source.pk] = source.placeholder
            if source.created_by_id == reader.pk:
                self._until.pop(source.pk, None)
            elif source.is_protected:
                self._until[source.pk] = None

    def placeholder(self, change: Change) -> str:
        """The words that stand in the place of a change; empty when it may be read."""
        for key in sources_of(change):
            if key in self._until:
                until = self._until[key]
                if until is None or change.pk <= until:
                    return self._placeholders.get(key) or _("a protected source")
        return ""


def sources_of(change: Change) -> set[int]:
    if change.table_name == Source._meta.db_table:
        return {change.row_id}
    return {value for field, value in references(change) if field.related_model is Source}
