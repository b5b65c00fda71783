"""Boxes that suggest rows while one types, and what they say of each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

SHOWN = 20
THEIRS, OURS = "admin/js/autocomplete.js", "desk/suggest.js"


class Suggestions(AutocompleteSelect):
    """A box that suggests rows while one types.

    `known` are rows that its form holds already, by key: they are not asked for again, so that a
    page costs the same however many of these boxes it has.
    """

    known: dict[str, Any] = {}

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        # Typed and not found: it is added under that name.
        attrs["data-named-by"] = self._about.named_by
        attrs["data-add-words"] = str(_("Not on file: add “%s”"))
        return attrs

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        """What is no number names no row; Django would ask the database for it, and fail."""
        chosen = [str(one) for one in value if str(one).isdecimal()]
        rows = [self.known[key] for key in chosen if key in self.known]
        if missing := [key for key in chosen if key not in self.known]:
            rows += self.choices.queryset.using(self.db).filter(pk__in=missing)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]  # noqa: FBT003
        shown = [
            self.create_option(name, row.pk, self._about.in_a_box(row), True, place)  # noqa: FBT003
            for place, row in enumerate(rows, len(empty))
        ]
        return [(None, [*empty, *shown], 0)]

    @property
    def _about(self) -> Any:
        return self.admin_site.get_model_admin(self.field.remote_field.model)

    @property
    def media(self) -> forms.Media:
        """Django's, with our script in the place of the one that starts the boxes."""
        theirs: Any = super().media
        scripts = [OURS if script == THEIRS else script for script in theirs._js]
        return forms.Media(css=theirs._css, js=scripts)


def remember(form: forms.ModelForm) -> None:
    """Tell the boxes of a form which rows it holds."""
    for name, field in form.fields.items():
        box = field.widget
        if isinstance(box, RelatedFieldWidgetWrapper):
            box = box.widget
        if isinstance(box, Suggestions):
            row = form.instance._state.fields_cache.get(name)
            if row is not None:
                box.known = {str(row.pk): row}


class SuggestionsView(AutocompleteJsonView):
    """What a box suggests: of each row its name, and a line that tells it from its namesakes.

    Pages are not counted: on a desk with a million claims that would take longer than the search.
    """

    model_admin: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        asked = self.process_request(request)
        self.term, self.model_admin, self.source_field, key = asked
        if not self.has_perm(request):
            raise PermissionDenied
        page = request.GET.get("page", "1")
        start = (int(page) - 1) * SHOWN if page.isdecimal() and 0 < int(page) < 1000 else 0
        rows = list(self.model_admin.to_suggest(self.get_queryset())[start : start + SHOWN + 1])
        results = [self.serialize_result(row, key) for row in rows[:SHOWN]]
        return JsonResponse({"results": results, "pagination": {"more": len(rows) > SHOWN}})

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": self.model_admin.in_a_box(obj),
            "detail": self.model_admin.suggested(obj),
            "language": getattr(obj, "language", ""),
        }
