"""Who was shown a protected source: recorded for each page that names one.

Whatever shows sources calls `shown` with all of them. What this person may not see is a placeholder
to them, and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest

from sources.acting import acting
from sources.choices import Access
from sources.models import ProtectedView, Source

LONGEST_PLACE = 200


def shown(request: HttpRequest, sources: Iterable[Source | None]) -> None:
    """Record, in one go, which protected sources the page shows to the person who asked for it."""
    user: Any = request.user
    before: set[int] = getattr(request, "protected_sources_shown", set())
    new = {
        source.pk: source
        for source in sources
        if source is not None and source.pk not in before and source.access == Access.PROTECTED
        if user.has_perm("sources.view_protected") or source.created_by_id == user.pk
    }
    if not new:
        return
    request.protected_sources_shown = before | new.keys()  # type: ignore[attr-defined]
    place = request.path[:LONGEST_PLACE]
    with acting(user):
        ProtectedView.objects.bulk_create(
            ProtectedView(source=source, viewer=user, place=place) for source in new.values()
        )


def cited_in(formsets: Iterable[Any]) -> Iterator[Source | None]:
    """The sources that the rows of these forms refer to."""
    for formset in formsets:
        fields = [
            field.name
            for field in formset.model._meta.concrete_fields
            if field.related_model is Source
        ]
        for form in formset.initial_forms if fields else []:
            for name in fields:
                yield getattr(form.instance, name)
