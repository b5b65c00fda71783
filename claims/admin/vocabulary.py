"""The words in which the desk gives its findings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.editions.vocabulary import translated
from claims.models import VerificationStatus
from sources.admin.desk import DeskAdmin


@admin.register(VerificationStatus)
class VerificationStatusAdmin(DeskAdmin):
    """Reworded, re-ordered, retired; never deleted or recoded: old editions speak of them."""

    fields = [
        *("axis", "code", "label", "definition", "read_as"),
        *(("position", "tone", "rating"), "retired"),
    ]
    list_display = ["__str__", "axis", "code", "position", "tone", "rating", "retired"]
    list_filter = ["axis", "retired"]
    search_fields = ["label", "code", "definition"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["axis", "code", "read_as"] if obj else ["read_as"]

    @admin.display(description=_("in your language"), empty_value="–")
    def read_as(self, status: VerificationStatus) -> str:
        """Both as whoever reads this page would read them; what was reworded is not translated."""
        label, definition = translated(status.label), translated(status.definition)
        return f"{label}: {definition}" if label else ""
