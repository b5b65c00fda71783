"""The history of a thing in plain words: who changed what, from which value to which, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sources.fields import RefField
from sources.models import Change

from .names import Names, Withheld, sources_of, tables
from .wording import Piece, by_word

PAGE = 100
# The columns that say who entered a row. Never asked for: it is the person who is signed in.
AUTHORS = frozenset({"assessed_by", "assigned_by", "created_by", "merged_by", "rated_by"})
# What tells the rows of a thing apart; the first of these that a row has.
TOLD_APART_BY = (
    *("name", "title", "label", "words", "source", "parent", "target", "organisation", "party"),
    *("finding", "assignee", "pool", "group", "into", "language", "grade"),
)


class Sign(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"

    @classmethod
    def of(cls, change: Change) -> Sign:
        if change.before is None:
            return cls.ADDED
        return cls.REMOVED if change.after is None else cls.CHANGED


@dataclass(frozen=True)
class Value:
    """One field of a row: what it was, what it became. `pieces` where both are text."""

    label: str
    before: str
    after: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Told:
    """What happened to one row. Only `withheld`, a placeholder, when its reader may not see it."""

    sign: Sign
    what: str
    name: str = ""
    values: Sequence[Value] = ()
    withheld: str = ""

    @property
    def outcome(self) -> str:
        outcomes = {Sign.ADDED: _("added"), Sign.CHANGED: _("changed"), Sign.REMOVED: _("removed")}
        return outcomes[self.sign]

    @property
    def is_change(self) -> bool:
        return self.sign == Sign.CHANGED


@dataclass(frozen=True)
class Deed:
    """A step on the way to publication: a move, or a review that moved nothing."""

    what: str
    states: str = ""
    other: str = ""
    note: str = ""
    digest: str = ""
    edition: int | None = None
    remarks: Sequence[tuple[str, str]] = ()

    @property
    def short(self) -> str:
        return self.digest[:12]


@dataclass
class Act:
    """All that one person did in one go: one save, or one move."""

    at: datetime
    who: str
    deeds: list[Deed] = field(default_factory=list)
    rows: list[Told] = field(default_factory=list)


class Story:
    """What happened to one thing, told to one reader."""

    # Fields that are told otherwise: a claim's state by its moves.
    told_otherwise: frozenset[str] = frozenset()

    def __init__(self, thing: models.Model, reader: Any) -> None:
        self.thing, self.reader = thing, reader
        self.sources: set[int] = set()  # which of them were named to this reader

    def page(self, before: int | None = None) -> tuple[list[Act], int | None]:
        """The acts before a change, the newest first; and before which one to read on."""
        found = Change.objects.about(self.thing).select_related("by")
        if before is not None:
            found = found.filter(pk__lt=before)
        changes = list(found[: PAGE + 1])
        if len(changes) <= PAGE:
            return self.acts(changes), None
        whole = [change for change in changes if change.transaction != changes[-1].transaction]
        shown = whole or changes[:PAGE]  # an act is cut only when it fills the page by itself
        return self.acts(shown), shown[-1].pk

    def acts(self, changes: Sequence[Change]) -> list[Act]:
        names, withheld = Names(changes), Withheld(changes, self.reader)
        self.sources |= {
            key
            for change in changes
            if not withheld.placeholder(change)
            for key in sources_of(change)
        }
        acts = []
        for _key, together in groupby(changes, key=lambda change: (change.transaction, change.by)):
            group = list(together)
            deeds, rest = self.deeds(group, names)
            rows = [
                row for change in reversed(rest) if (row := self._tell(change, names, withheld))
            ]
            if deeds or rows:
                acts.append(Act(group[-1].at, _who(group[-1]), deeds, rows))
        return acts

    def deeds(self, group: list[Change], names: Names) -> tuple[list[Deed], list[Change]]:
        """The moves among the changes of one act, and the other changes."""
        return [], group

    def _tell(self, change: Change, names: Names, withheld: Withheld) -> Told | None:
        model = tables().get(change.table_name)
        what = str(model._meta.verbose_name) if model else change.table_name
        sign = Sign.of(change)
        if placeholder := withheld.placeholder(change):
            return Told(sign, what, withheld=placeholder)
        values = list(self._values(change, model, names))
        if sign == Sign.CHANGED and not values:
            return None
        return Told(sign, what, self._name(change, model, names), values)

    def _values(self, change: Change, model: Any, names: Names) -> Iterator[Value]:
        before, after = change.before or {}, change.after or {}
        fields: dict[str, Any] = (
            {field.column: field for field in model._meta.concrete_fields} if model else {}
        )
        columns = after if change.after is not None else before
        # In the order of the model; a column that the model no longer has comes last.
        for column in sorted(columns, key=lambda name: [*fields, name].index(name)):
            known = fields.get(column)
            if known is not None and not self._is_told(change, known):
                continue
            label = str(known.verbose_name) if known is not None else column
            was = self._shown(change, known, before.get(column), names)
            becomes = self._shown(change, known, after.get(column), names)
            if was != becomes:
                yield Value(label, was, becomes, _compared(known, was, becomes))

    def _is_told(self, change: Change, known: Any) -> bool:
        derived = known.name.endswith(("_earliest", "_latest")) and not known.editable
        dated = getattr(known, "auto_now_add", False) or getattr(known, "auto_now", False)
        owner = (
            known.related_model is type(self.thing)
            and change.row.get(known.column) == change.whole_id == self.thing.pk
        )
        return not (
            known.primary_key
            or derived
            or dated
            or owner
            or isinstance(known, RefField | models.GeneratedField)
            or known.name in AUTHORS
            or (change.table_name == change.whole_table and known.name in self.told_otherwise)
        )

    def _name(self, change: Change, model: Any, names: Names) -> str:
        if (change.table_name, change.row_id) == (change.whole_table, change.whole_id):
            return ""  # the thing itself
        fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
        for name in TOLD_APART_BY:
            if name in fields:
                return self._shown(change, fields[name], change.row.get(fields[name].column), names)
        return ""

    def _shown(self, change: Change, known: Any, value: Any, names: Names) -> str:
        if isinstance(known, models.ForeignKey) and value is not None:
            return names.at(change, known.related_model, value)
        return in_words(known, value)


def in_words(known: Any, value: Any) -> str:
    """A value in the words in which the desk reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(None, one) for one in value)
    if isinstance(known, models.DateTimeField):
        return date_format(datetime.fromisoformat(value), "DATETIME_FORMAT")
    if isinstance(known, models.DateField):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    choices = dict(known.flatchoices) if known is not None else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values)


def _compared(known: Any, before: str, after: str) -> Sequence[Piece]:
    is_text = isinstance(known, models.CharField | models.TextField) and not known.choices
    return by_word(before, after) if is_text and before and after else ()


def _who(change: Change) -> str:
    if change.by is None:
        return _("outside the desk")
    return change.by.get_full_name() or change.by.get_username()


def news(changes: Iterable[Change], untold: frozenset[str]) -> list[Change]:
    """The changes that somebody with an older form in front of them has not seen."""
    return [
        change
        for change in changes
        if Sign.of(change) != Sign.CHANGED or not set(change.after or ()) <= untold
    ]
