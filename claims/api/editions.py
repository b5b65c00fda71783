"""Editions: what was published, and stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema_view
from rest_framework.request import Request

from claims.editions import items
from claims.editions.models import Edition

from .contract import DIGEST
from .narrowing import EditionFilter, parameters
from .reading import RecordDetail, RecordList, asks_for_news_only, is_held
from .schema import CURSOR, INCLUDE, LIMIT, LINK, NUMBER, REF, TOTAL, operation, ordering

MOST_ALIKE = 100  # editions of one claim that say exactly the same

edition_list = operation(
    "editions", "All editions of a claim", REF, INCLUDE, CURSOR, LIMIT, TOTAL, LINK,
    component="EditionPage", missing="No claim was published under this ref.",
)  # fmt: skip
edition = operation(
    "edition", "One edition, for ever", REF, NUMBER,
    component="Edition", missing="There is no such edition.",
    gone="Its content was taken out of the record: `content` says by which edition, and why.",
)  # fmt: skip

every_edition = operation(
    "all_editions", "Every edition of every claim", *parameters(EditionFilter), INCLUDE, CURSOR,
    LIMIT, TOTAL,
    ordering(**{"-sequence": "the newest first", "sequence": "in the order of the record"}), LINK,
    component="EditionPage",
)  # fmt: skip
found_edition = operation(
    "edition_by_digest", "The edition that has this digest",
    OpenApiParameter(
        "digest", {**DIGEST, "pattern": "^[0-9A-Fa-f]{64}$"}, OpenApiParameter.PATH,
        description="A SHA-256 in hexadecimal, in small letters or capitals.",
    ),
    OpenApiParameter(
        "Link", {"type": "string"}, OpenApiParameter.HEADER, response=[200],
        description='The edition\'s own address, for ever (`rel="canonical"`).',
    ),
    component="FoundEdition", missing="No edition has this digest.",
    gone="Its content was taken out of the record: `content` says by which edition, and why.",
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


@extend_schema_view(get=every_edition)
class AllEditions(RecordList):
    """Every edition of every claim, the newest first; those of withdrawn claims too.

    Whoever keeps a mirror follows the changes, which are the same in the order of the record.
    """

    queryset = Edition.objects.all()
    filterset_class = EditionFilter
    parameters = ("include",)
    includes = ("content",)
    orderings = {"-sequence": ("-sequence",), "sequence": ("sequence",)}


@extend_schema_view(get=found_edition)
class EditionByDigest(EditionDetail):
    """The edition whose content has this SHA-256: "is what I hold what was published?"

    The digest is that of `content` as canonical JSON (RFC 8785), in UTF-8. To check, cut the value
    of `content` out of the answer as it came, or write it again canonically, and hash it. Editions
    of one claim can say exactly the same (a change that was taken back); then this is the first,
    and `also` names the others.
    """

    queryset = Edition.objects.all()
    columns = (*items.EDITION, "content")
    missing = "No edition has this digest."
    cache_control = RecordDetail.cache_control  # others may come to say the same

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        columns = (*items.EDITION, "redacted_in")
        alike = items.read(self.asked(columns).order_by("sequence")[:MOST_ALIKE])
        if not alike:
            raise Http404(self.missing)
        (sequence, ref, number, _kind, digest, _published_at, redacted_in), *self.others = alike
        tag = f'"{digest}-{len(alike)}{items.GONE if redacted_in else ""}"'
        if not redacted_in and asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        (row,) = items.read(self.queryset.filter(pk=sequence).values_list(*self.columns))
        own = request.build_absolute_uri(reverse("api-edition", args=[ref, number]))
        return HttpResponse(
            self.body(row),
            status=self.status_of(row),
            content_type="application/json",
            headers={"ETag": tag, "Link": f'<{own}>; rel="canonical"'},
        )

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        also = [
            {"ref": ref, "edition": number, "sequence": sequence}
            for sequence, ref, number, *_rest in self.others
        ]
        return items.pieces(row, {"also": items.as_json(also)})
