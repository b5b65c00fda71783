"""Exports of the record: what there is, how far the worker is, and having one made now."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.exports import tasks
from claims.exports.choices import UNFINISHED, ExportState, Extent
from claims.exports.models import Export
from sources.admin.desk import ReadOnlyAdmin

MAKE = "exports.make_export"
NOTHING = "–"


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """The worker writes these; people only ask for them."""

    change_list_template = "admin/exports/export/change_list.html"
    list_display = ["asked_at", "extent", "state", "progress", "sequence", "bytes", "asker"]
    list_filter = ["state", "extent"]
    list_select_related = ["asked_by"]
    fieldsets = [
        (None, {"fields": ["extent", "state", "progress", "sequence", "failure"]}),
        (
            gettext_lazy("When"),
            {"fields": ["asked_at", "asker", "begun_at", "finished_at"]},
        ),
        (gettext_lazy("What it consists of"), {"fields": ["manifest_at", "consists_of"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Export]:
        return super().get_queryset(request).annotate(size=Sum("files__size"))

    def get_fieldsets(self, request: HttpRequest, obj: Export | None = None) -> Any:
        """Why it failed is asked of those that did."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.failure:
            return fieldsets
        (name, first), *rest = fieldsets
        return [(name, {"fields": [one for one in first["fields"] if one != "failure"]}), *rest]

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, export: Export) -> str:
        done, total = (number_format(n, force_grouping=True) for n in (export.done, export.total))
        if export.state in UNFINISHED and export.begun_at is None:
            return NOTHING
        return _("%(done)s of %(total)s rows") % {"done": done, "total": total}

    @admin.display(description=gettext_lazy("size"))
    def bytes(self, export: Export) -> str:
        size: int | None = getattr(export, "size", None)
        return NOTHING if size is None else filesizeformat(size)

    @admin.display(description=gettext_lazy("asked for by"), ordering="asked_by")
    def asker(self, export: Export) -> str:
        return str(export.asked_by) if export.asked_by else _("the schedule")

    @admin.display(description=gettext_lazy("manifest"))
    def manifest_at(self, export: Export) -> str | SafeString:
        if export.state != ExportState.READY:
            return NOTHING
        address = reverse("api-export-file", args=[export.manifest_name])
        return format_html('<a href="{}"><code>{}</code></a>', address, export.manifest_digest)

    @admin.display(description=gettext_lazy("files"))
    def consists_of(self, export: Export) -> str | SafeString:
        rows = [
            (file.get_format_display(), filesizeformat(file.size), file.name)
            for file in export.files.all()
        ]
        listed = format_html_join(
            "", "<li><bdi>{}</bdi> · <bdi>{}</bdi><br><code>{}</code></li>", rows
        )
        return format_html('<ul class="files">{}</ul>', listed) if rows else NOTHING

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        make = list(Extent) if request.user.has_perm(MAKE) else []
        return super().changelist_view(request, {"make": make, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        make = self.admin_site.admin_view(require_POST(self.make_view))
        return [path("make/<slug:extent>/", make, name="exports_export_make"), *super().get_urls()]

    def make_view(self, request: HttpRequest, extent: str) -> HttpResponse:
        """One click has the worker make an export. One that is on its way is not made twice."""
        if not request.user.has_perm(MAKE):
            raise PermissionDenied
        if extent not in Extent.values:
            raise Http404
        known = Export.objects.unfinished().filter(extent=extent).exists()
        tasks.ask(Extent(extent), by=request.user)
        if known:
            self.message_user(request, _("One of this kind is on its way."), messages.WARNING)
        else:
            self.message_user(request, _("The worker makes it now."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:exports_export_changelist"))
