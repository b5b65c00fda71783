"""What the addresses of events, agents and sources have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.editions import described, items

from .reading import RecordDetail, RecordList, RecordView, asks_for_news_only, is_held


class DescribedItem(RecordView):
    """As the newest edition that mentions it describes it."""

    name = ""  # what it is called in the item
    parameters = ("fields",)

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        return items.described(self.name, row, self.more(row))

    def more(self, row: items.Row) -> dict[str, bytes]:
        """What the address says beside the stored description, as JSON."""
        return {}

    def address(self, path: str) -> bytes:
        """An address of ours, as JSON."""
        return items.as_json(self.request.build_absolute_uri(path))


class DescribedList(DescribedItem, RecordList):
    """A list of them. The description is another one when its edition is."""

    tag_column = "sequence"

    def columns(self) -> tuple[str, ...]:
        return described.COLUMNS


class DescribedDetail(DescribedItem, RecordDetail):
    """One of them, with what is put together when it is asked for; `state` changes with all that.

    What is read for the question "is it still so?" is read for the answer: two questions at most.
    """

    tag_column = "state"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _asked_for = self.fields
        for row in items.read(self.asked(self.columns)):
            tag = f'"{row[self.columns.index("state")].decode()}"'
            if asks_for_news_only(request) and is_held(request, tag):
                return HttpResponseNotModified(headers={"ETag": tag})
            headers = {"ETag": tag}
            return HttpResponse(self.body(row), content_type="application/json", headers=headers)
        raise Http404(self.missing)
