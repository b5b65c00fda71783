"""Editions: what was published, and stays."""

from __future__ import annotations

from django.db.models import QuerySet
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
    gone="Its content was taken out of the record: `content` says by which edition, and why.",
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
    """One edition, as it was published. It never changes; its entity tag is its digest.

    There is one exception: what must not stay readable is taken out of an edition by a later one of
    the same claim, of kind `redacted`. The answer is then 410 Gone, `content` is the notice that is
    left, and `digest` is still that of what was published.
    """

    queryset = Edition.objects.all()
    columns = (*items.EDITION, "content")
    missing = "There is no such edition."
    cache_control = "public, max-age=31536000, immutable"

    def revalidated(self, found: QuerySet) -> QuerySet:
        """Whoever holds what was taken out must not be told that it is still good."""
        return found.filter(redacted_in=None)

    def status_of(self, row: items.Row) -> int:
        return 410 if items.is_notice(row[-1]) else 200

    def tag(self, row: items.Row) -> str:
        tag = super().tag(row)
        return f'{tag[:-1]}{items.GONE}"' if items.is_notice(row[-1]) else tag
