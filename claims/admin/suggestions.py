"""What a box suggests while one types."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from sources.models import Source
from sources.watching import shown


class Suggestions(AutocompleteJsonView):
    """Rows of one kind, twenty at a time; whoever is suggested a protected source has seen it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown(self.request, (row for row in context["object_list"] if isinstance(row, Source)))
        return context
