"""Public answers travel compressed: a claim's page, or a page of claims, in a fifth of its bytes.

BREACH finds out secrets that stand beside words of an attacker's choice in a compressed answer.
What anybody may keep (`Cache-Control: public`) holds none: no session, no cookie, no form token.
The desk and what belongs to one partner are left alone.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Shorter ones hardly become shorter.
WORTHWHILE = 200
# By measure (docs/bench.md): each level above costs more time than its bytes take to travel.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": partial(zstd.compress, level=3),
    "gzip": partial(gzip.compress, compresslevel=4, mtime=0),
}
WEIGHT = re.compile(r"(0(\.\d{0,3})?|1(\.0{0,3})?)", re.ASCII)


class Compression:
    """Middleware: send what is public in the coding that its reader likes best.

    The tag of a compressed answer is weak (RFC 9110, 8.8.1): it means the same, in other bytes. A
    304 carries the tag that the reader holds, or a cache could not tell which copy is meant.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.streaming or not may_be_compressed(response):
            return response
        if response.status_code == 304:
            return as_held(request, response)
        answer = cast("HttpResponse", response)
        if len(answer.content) >= WORTHWHILE:
            patch_vary_headers(answer, ["Accept-Encoding"])
            if coding := preferred(request.headers.get("Accept-Encoding", "")):
                compress(answer, coding)
        return answer


def may_be_compressed(response: HttpResponseBase) -> bool:
    """Whether it is for everybody, and nobody on the way is asked to leave its bytes alone."""
    said = response.headers.get("Cache-Control", "")
    return "public" in said and "no-transform" not in said and "Content-Encoding" not in response


def compress(answer: HttpResponse, coding: str) -> None:
    answer.content = CODINGS[coding](answer.content)
    answer.headers["Content-Encoding"] = coding
    answer.headers["Content-Length"] = str(len(answer.content))
    tag = answer.headers.get("ETag", "")
    if tag.startswith('"'):
        answer.headers["ETag"] = f"W/{tag}"


def as_held(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    tag = response.headers.get("ETag", "")
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if tag not in held and f"W/{tag}" in held:
        response.headers["ETag"] = f"W/{tag}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str | None:
    """The coding a reader likes best (RFC 9110, 12.5.3); ours where it is indifferent."""
    weights: dict[str, float] = {}
    for entry in accepted.lower().split(","):
        name, _, parameter = entry.partition(";")
        said = parameter.strip().removeprefix("q=") or "1"
        weights[name.strip()] = float(said) if WEIGHT.fullmatch(said) else 0.0
    liked = [(weights.get(coding, weights.get("*", 0.0)), coding) for coding in CODINGS]
    weight, coding = max(liked, key=lambda one: one[0])
    return coding if weight > 0 and weight >= weights.get("identity", 0.0) else None
