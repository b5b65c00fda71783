"""The desk's own pages, written by administrators: each saving is a new text, for good."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.editions.models import PageText
from sources.admin.desk import DeskAdmin


@admin.register(PageText)
class PageTextAdmin(DeskAdmin):
    """What a page says is changed by adding its next text. The newest begins with the last one."""

    fields = [("slug", "language"), "title", "text", "published_at", "where"]
    readonly_fields = ["published_at", "where"]
    list_display = ["title", "slug", "language", "published_at", "where"]
    list_filter = ["slug", "language"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        known = ["published_at", "where"] if obj else []
        return [(None, {"fields": [("slug", "language"), "title", "text", *known]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From `?slug=…&language=…`: the text that stands now, to be worked on."""
        given: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        asked = {name: given[name] for name in ("slug", "language") if name in given}
        newest = PageText.objects.filter(**asked).first() if len(asked) == 2 else None
        return ({"title": newest.title, "text": newest.text} if newest else {}) | given

    @admin.display(description=_("page"))
    def where(self, text: PageText) -> SafeString:
        address = f"/{text.language}/{text.slug}/"
        return format_html('<a href="{}">{}</a>', address, address)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text" and field is not None:
            field.widget.attrs["rows"] = 20
        return field
