"""The desk's own pages: who it is, who pays, how it works."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request

from claims.editions.models import PageText
from claims.editions.page_texts import PageSlug
from claims.editions.stamps import stamp

from .schema import include, operation, query
from .statuses import DeskList, history

page_list = operation(
    "pages", "What the desk says of itself",
    query("page", "Which of its own pages.", {"type": "string", "enum": PageSlug.values}),
    include(past="what each page said before"), component="PageList",
)  # fmt: skip


@extend_schema_view(get=page_list)
class PageList(DeskList):
    """What the desk's own pages say today, in each language in which it wrote them.

    A page that it did not write yet says on the site what is true of the software; that is not
    here.
    """

    queryset = PageText.objects.all()
    choices = {"page": tuple(PageSlug.values)}

    def items(self, request: Request) -> list[dict[str, Any]]:
        found = self.get_queryset().order_by("slug", "language", "-id")
        if page := request.query_params.get("page"):
            found = found.filter(slug=page)
        if not self.included:
            found = found.distinct("slug", "language")
        rows = [
            {
                "page": one.slug,
                "language": one.language,
                "title": one.title,
                "text": one.text,
                "valid_from": stamp(one.published_at),
            }
            for one in found
        ]
        return history(rows, ("page", "language"), ("title", "text"), past=bool(self.included))
