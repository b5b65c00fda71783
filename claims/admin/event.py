"""What the claims are about."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.models import Event
from sources.admin.desk import DeskAdmin


@admin.register(Event)
class EventAdmin(DeskAdmin):
    fieldsets = [
        (None, {"fields": [("label", "language"), "existence"]}),
        (
            _("When and where, as asserted"),
            {"fields": [("time", "time_as_printed"), ("place", "place_precision")]},
        ),
        (_("On file"), {"fields": ["ref"]}),
    ]
    readonly_fields = ["ref"]
    list_display = ["label", "existence", "time", "place", "ref"]
    list_filter = ["existence"]
    search_fields = ["label", "place", "=ref"]
    named_by = "label"

    def suggested(self, row: Event) -> str:
        known = [row.time or row.time_as_printed, row.place]
        return " · ".join(one for one in known if one)
