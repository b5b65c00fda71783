"""Editions: what was published, and stays."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema_view

from claims.editions import items
from claims.editions.models import Edition

from .reading import RecordDetail, RecordList
from .schema import CURSOR, EXAMPLE, INCLUDE, LIMIT, LINK, NUMBER, REF, TOTAL, operation

edition_list = operation(
    "editions", "All editions of a claim", REF, INCLUDE, CURSOR, LIMIT, TOTAL, LINK,
    component="EditionPage", missing="No claim was published under this ref.",
)  # fmt: skip
edition = operation(
    "edition", "One edition, for ever", REF, NUMBER,
    component="Edition", missing="There is no such edition.",
    example={key: value for key, value in EXAMPLE.items() if key != "derived"},
)  # fmt: skip


@extend_schema_view(get=edition_list)
class EditionList(RecordList):
    """All editions of one claim, oldest first; those of a retracted or merged claim too."""

    queryset = Edition.objects.all()
    parameters = ("include",)
    includes = ("content",)

    def explain_emptiness(self) -> None:
        if not self.paginator.position:
            raise Http404("No claim was published under this ref.")


@extend_schema_view(get=edition)
class EditionDetail(RecordDetail):
    """One edition, as it was published. It never changes; its entity tag is its digest."""

    queryset = Edition.objects.all()
    columns = (*items.EDITION, "content")
    missing = "There is no such edition."
    cache_control = "public, max-age=31536000, immutable"
