"""What was published or told, and what it came from."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.models import Derivation, Source

from .desk import DeskAdmin, DeskTabular


class DerivationInline(DeskTabular):
    """What this source came from: ten reprints are one origin."""

    model = Derivation
    fk_name = "child"
    fields = ["parent", "kind", "certainty", "note"]
    autocomplete_fields = ["parent"]
    verbose_name = _("origin")
    verbose_name_plural = _("came from")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Derivation]:
        origins = Source.objects.visible_to(request.user)
        derivations = super().get_queryset(request).select_related("child", "parent")
        return derivations.filter(parent__in=origins)


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    ("kind", "language"),
                    "section",
                    ("publisher", "author"),
                    "url",
                    ("published", "published_as_printed"),
                ]
            },
        ),
        (_("Who may know of it"), {"fields": ["access", "access_reason", "placeholder"]}),
        (_("On file"), {"fields": [("ref", "created_by", "created_at")]}),
    ]
    readonly_fields = ["ref", "created_by", "created_at"]
    autocomplete_fields = ["publisher", "author"]
    inlines = [DerivationInline]
    unnamed_in_history = (Derivation,)
    list_display = ["title", "kind", "publisher", "published", "access", "language", "ref"]
    list_select_related = ["publisher"]
    list_filter = ["kind", "access"]
    search_fields = ["title", "url", "publisher__name", "=ref"]
    named_by = "title"

    def suggested(self, row: Source) -> str:
        """Two reports with one title are told apart by who published them, and when."""
        known = [row.publisher, row.published or row.published_as_printed, row.get_kind_display()]
        return " · ".join(str(one) for one in known if one)

    def to_suggest(self, rows: QuerySet[Source]) -> QuerySet[Source]:
        return rows.select_related("publisher")
