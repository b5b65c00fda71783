"""What the claims are about."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.models import Event, EventMerge
from claims.models.event import BOX
from sources.admin.duplicates import DuplicatesAdmin, StandingFilter


@admin.register(Event)
class EventAdmin(DuplicatesAdmin):
    merge_model = EventMerge
    compared = ("language", "existence", "time", "place", "place_precision", *BOX)
    fieldsets = [
        (None, {"fields": [("label", "language"), "existence"]}),
        (
            _("When and where, as asserted"),
            {"fields": [("time", "time_as_printed"), ("place", "place_precision")]},
        ),
        (
            _("Where on the map"),
            {
                "fields": [BOX],
                "description": _(
                    "Only what a source says, or what a gazetteer gives for the place that is "
                    "named; nothing guessed. A route is a box around it. For a point, the same "
                    "longitude as west and east and the same latitude as south and north. West and "
                    "south of the lines are negative: 0.04472° W is -0.04472. A box whose west is "
                    "greater than its east crosses the 180th meridian."
                ),
            },
        ),
        (_("On file"), {"fields": ["ref"]}),
    ]
    readonly_fields = ["ref"]
    list_display = ["label", "existence", "time", "place", "ref"]
    list_filter = ["existence", StandingFilter]
    search_fields = ["label", "place", "=ref"]
    named_by = "label"

    def suggested(self, row: Event) -> str:
        known = [row.time or row.time_as_printed, row.place]
        return " · ".join(one for one in known if one)
