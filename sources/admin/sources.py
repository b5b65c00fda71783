"""What was published or told, and what it came from."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.models import Derivation, ProtectedView, Source, SourceMerge
from sources.watching import shown

from .desk import DeskTabular, ReadOnlyAdmin
from .duplicates import DuplicatesAdmin, StandingFilter


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
class SourceAdmin(DuplicatesAdmin):
    merge_model = SourceMerge
    compared = (
        "kind",
        "language",
        "section",
        "publisher",
        "author",
        "url",
        "published",
        "access",
        "placeholder",
    )
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
    list_display = ["title", "kind", "publisher", "published", "access", "language", "ref"]
    list_select_related = ["publisher"]
    list_filter = ["kind", "access", StandingFilter]
    search_fields = ["title", "url", "publisher__name", "=ref"]
    named_by = "title"

    def suggested(self, row: Source) -> str:
        """Two reports with one title are told apart by who published them, and when."""
        known = [row.publisher, row.published or row.published_as_printed, row.get_kind_display()]
        return " · ".join(str(one) for one in known if one)

    def to_suggest(self, rows: QuerySet[Source]) -> QuerySet[Source]:
        return rows.select_related("publisher")

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Source | None:
        """A source for a page of its own: its form, its history, the question before removing."""
        source: Source | None = super().get_object(request, object_id, from_field)
        shown(request, [source])
        return source

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        listed = super().get_changelist_instance(request)
        shown(request, listed.result_list)
        return listed


@admin.register(ProtectedView)
class ProtectedViewAdmin(ReadOnlyAdmin):
    """Sources are named by their ref: who reads this may not know the source."""

    fields = ["at", "viewer", "of", "place"]
    list_display = ["at", "viewer", "of", "place"]
    list_select_related = ["viewer", "source"]
    search_fields = ["=viewer__username", "=source__ref"]

    @admin.display(description=_("source"))
    def of(self, view: ProtectedView) -> str:
        return view.source.ref
