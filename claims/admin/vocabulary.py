"""The words in which the desk gives its findings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.models import VerificationStatus
from sources.admin.desk import DeskAdmin


@admin.register(VerificationStatus)
class VerificationStatusAdmin(DeskAdmin):
    """Reworded, re-ordered, retired; never deleted or recoded: old editions speak of them."""

    fields = ["axis", "code", "label", "definition", ("position", "tone", "rating"), "retired"]
    list_display = ["label", "axis", "code", "position", "tone", "rating", "retired"]
    list_filter = ["axis", "retired"]
    search_fields = ["label", "code", "definition"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["axis", "code"] if obj else []
