"""One part of a claim's page: rows of one kind, in the order of work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from sources.admin.desk import DeskStacked

# The browser's own calendar: it speaks its reader's language, and needs no script of ours.
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DeskPart(DeskStacked):
    """Rows of one part of a claim's page."""

    template = "admin/claims/claim/rows.html"
    formfield_overrides = {models.DateField: {"widget": DAY}}
    part: str

    def in_short(self, row: Any) -> str:
        """A row on one line, for whoever looks for it among many."""
        return str(row)
