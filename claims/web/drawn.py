"""What is drawn of an edition: its share image and its PDF. Both say nothing of today."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language

from claims.editions.models import Edition

from . import drawing
from .documents import belongs_to
from .embedding import FOR_ALL
from .freshness import etag, release, unchanged, unchanging
from .paper import draw_document
from .redacted import as_text, or_told
from .share_image import draw_image
from .shared import edition


@unchanging
@or_told(as_text)
def card(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """The image that stands for an edition where it is linked to."""
    return _drawn(request, ref, number, "image/png", draw_image)


@unchanging
@or_told(as_text)
def pdf(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """An edition to print, to file or to hand in."""
    answer = _drawn(request, ref, number, "application/pdf", draw_document)
    if answer.status_code != 503:
        answer.headers["Link"] = belongs_to(ref, number, within=True)
    return answer


def _drawn(
    request: HttpRequest, ref: str, number: int, kind: str, draw: Callable[[Edition], bytes]
) -> HttpResponseBase:
    _standing, shown = edition(ref, number)  # and not redacted since, whoever holds a copy
    tag = etag(kind, ref, number, get_language())
    if answer := unchanged(request, tag):
        return answer
    made_from = f"{ref}:{number}:{shown.published_at.isoformat()}:{shown.digest}"
    key = f"{kind}:{made_from}:{get_language()}:{release()}"
    try:
        content = drawing.kept(key, lambda: draw(shown))
    except drawing.NotDrawn as refused:
        wait = {"Retry-After": "5"} if refused.again else {}
        headers = {"Cache-Control": "no-store", **wait}
        return HttpResponse(f"{refused}\n", "text/plain; charset=utf-8", 503, headers=headers)
    return HttpResponse(content, kind, headers={"ETag": tag, **FOR_ALL})
