"""The feed of changes, from which a mirror is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from claims.editions import changes
from claims.editions.choices import EditionKind
from claims.editions.models import Edition

from . import waiting
from .reading import RecordView, asks_for_news_only, is_held
from .schema import AFTER, INCLUDE, LIMIT, LINK, OPS, WAIT, operation

DEFAULT, MOST = 50, 200
LAST_NUMBER = 999_999_999_999_999
KINDS = frozenset(EditionKind.values)
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)

change_list = operation(
    "changes", "Everything that was published, in order",
    AFTER, OPS, INCLUDE, LIMIT, WAIT, LINK,
    component="ChangePage",
)  # fmt: skip


@extend_schema_view(get=change_list)
class ChangeList(RecordView):
    """Everything that was ever added to the record, in the order it was added.

    A reader who goes on from the last `after` never misses an edition, a correction, a retraction
    or a merge: what is visible under a number stays, and nothing appears before it later. That
    holds with `op`, too: `after` moves on past what was not asked for, so that a page may be empty
    although there is `more`.

    With `op` `redacted`, something of earlier editions must not stay readable: `redacts` names
    them, and whoever keeps a mirror puts the notice that is left in place of what they said (ask
    for these editions again). Digests and numbers stay.

    With `wait` an answer that would be empty comes when something is published, or after so many
    seconds. It is a wish: when many others are waiting, the answer comes at once.
    """

    queryset = Edition.objects.none()  # what is answered is read by `changes.after`
    parameters = ("after", "op", "include", "limit", "wait")
    includes = ("content",)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.filter_queryset(self.queryset)  # refuses what it does not know
        asked = request.query_params
        after = whole_number(asked, "after", 0, 0, LAST_NUMBER)
        limit = whole_number(asked, "limit", DEFAULT, 1, MOST)
        seconds = whole_number(asked, "wait", 0, 0, waiting.LONGEST)
        content, ops = "content" in self.included, kinds(asked)

        def page(*, content: bool) -> changes.Changes:
            return changes.after(after, limit=limit, content=content, ops=ops)

        conditional = asks_for_news_only(request)
        found = page(content=content and not conditional)
        if seconds and not found.items and not found.more:
            partner = getattr(request.auth, "partner_id", None)
            waiting.watch.until_news(found.reached, seconds, who=partner)
            found = page(content=content and not conditional)
        if conditional:
            if is_held(request, tag := self.tag(found)):
                return HttpResponseNotModified(headers={"ETag": tag})
            found = page(content=content)
        return self.answer(found)

    @staticmethod
    def tag(page: changes.Changes) -> str:
        whole = b"%b %d" % (b"".join(page.tags), page.reached)
        return f'"{blake2b(whole, digest_size=16).hexdigest()}"'

    def answer(self, page: changes.Changes) -> HttpResponse:
        tail = b'],"after":%d,"more":%b}' % (page.reached, b"true" if page.more else b"false")
        body = b'{"items":[' + b",".join(page.items) + tail
        headers = {"ETag": self.tag(page)}
        if page.more:
            query = urlencode(self.request.query_params.dict() | {"after": str(page.reached)})
            here = self.request.build_absolute_uri(self.request.path)
            headers["Link"] = f'<{here}?{query}>; rel="next"'
        return HttpResponse(body, content_type="application/json", headers=headers)


def whole_number(asked: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = asked.get(name)
    if text is None:
        return default
    if WHOLE_NUMBER.fullmatch(text) and least <= (number := int(text)) <= most:
        return number
    raise refused(name, f"Allowed: a whole number from {least} to {most}.")


def kinds(asked: Mapping[str, str]) -> frozenset[str]:
    """The operations asked for; none at all means all of them."""
    ops = frozenset(asked["op"].split(",")) if "op" in asked else frozenset()
    if ops <= KINDS:
        return ops
    raise refused("op", f"Allowed, with commas between them: {', '.join(EditionKind.values)}.")


def refused(parameter: str, allowed: str) -> ValidationError:
    return ValidationError({parameter: [ErrorDetail(allowed, code="invalid")]})
