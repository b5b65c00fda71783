"""Columns that the database itself takes out of a stored document, so that they never disagree."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func


class InDocument(Func):
    """The value at a path of a JSON text, as text; null where there is none."""

    template = "(%(expressions)s::jsonb #>> '{%(path)s}')"
    output_field = models.TextField()


class FoundInDocument(Func):
    """All values at a JSON path of a JSON text, as a JSON array."""

    template = "jsonb_path_query_array(%(expressions)s::jsonb, '%(path)s')"
    output_field = models.JSONField()


def taken_from(path: str) -> Any:
    """A column with what stands at this path of `document`."""
    return models.GeneratedField(
        expression=InDocument(F("document"), path=path),
        output_field=models.TextField(null=True, db_collation="C"),
        db_persist=True,
    )
