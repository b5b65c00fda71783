"""What every row of the desk was, at every moment. Written by the database only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, row: models.Model) -> Self:
        """The story of one thing: its own row and the rows that belong to it.

        Of a row that is itself a part of something: that row alone.
        """
        table = row._meta.db_table
        own = self.filter(table_name=table, row_id=row.pk)
        if own.exclude(whole_table=table).exists():
            return own
        return self.filter(whole_table=table, whole_id=row.pk)

    def in_tables(self, tables: Iterable[str]) -> Self:
        return self.filter(table_name__in=list(tables))

    def newest(self) -> int:
        """The number of the last change; 0 where none is recorded."""
        return self.aggregate(last=Max("pk"))["last"] or 0


class Change(models.Model):
    """One row was added, changed or removed: what it said before, and what it says since.

    A trigger writes it, whoever the change is made by: a form, a script, a line of SQL. `before`
    is the whole row as it stood (null for a new one); `after` is the whole row when it is new, the
    changed columns when it was changed, null when it was removed. `whole` is the thing that the
    row belongs to: evidence to its claim, a name to its agent, any other row to itself. The
    changes of one transaction, one save or one move, share its number. `by` is empty when it was
    done outside the desk, from a shell.
    """

    read_only = True

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    whole_table = models.CharField(max_length=63)
    whole_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    transaction = models.BigIntegerField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        indexes = [
            # What happened to this thing, and to all that belongs to it?
            models.Index(fields=["whole_table", "whole_id", "-id"], name="change_of_a_whole"),
            # What was this row, and what was it called?
            models.Index(fields=["table_name", "row_id", "-id"], name="change_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"

    @property
    def row(self) -> dict[str, Any]:
        """The whole row as it stood after the change; as it last stood, if it was removed."""
        return {**(self.before or {}), **(self.after or {})}
