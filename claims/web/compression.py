"""Public pages travel compressed: a claim's page in a quarter of its bytes.

BREACH finds out secrets that stand beside words of an attacker's choice in a compressed answer.
Pages for everyone hold none: no session, no cookie, no form token. The desk is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponseBase]

# For pictures and documents, which are compressed already. It also asks everybody on the way to
# leave their bytes alone.
AS_IT_IS = "no-transform"


def compressed(view: View) -> View:
    """Send what a view answers compressed to whoever can read that.

    The tag of a compressed answer is weak (RFC 9110, 8.8.1): it means the same, in other bytes. A
    304 carries the tag that the reader holds, or a cache could not tell which copy is meant.
    """

    @wraps(view)
    def smaller(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if AS_IT_IS in response.headers.get("Cache-Control", ""):
            return response
        if response.status_code == 304:
            return _as_held(request, response)
        answer: HttpResponseBase = GZIP.process_response(request, cast("HttpResponse", response))
        return answer

    return smaller


def _as_held(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    weak = f"W/{response.headers.get('ETag', '')}"
    if weak in request.headers.get("If-None-Match", ""):
        response.headers["ETag"] = weak
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _nothing_further(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


GZIP = GZipMiddleware(_nothing_further)
