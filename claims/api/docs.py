"""The description of the API, for programs."""

import json
from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe
from drf_spectacular.generators import SchemaGenerator

from . import access_described  # noqa: F401 - how drf-spectacular learns of keys


@cache
def document() -> bytes:
    """The OpenAPI document. It follows from the code, so it is made once."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    return json.dumps(described, ensure_ascii=False).encode()


def tag(request: HttpRequest) -> str:
    return f'"{sha256(document()).hexdigest()}"'


@require_safe
@condition(etag_func=tag)
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, open to any page."""
    return HttpResponse(
        document(),
        "application/vnd.oai.openapi+json;version=3.1",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"},
    )
