"""Where everything is."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_resolver, reverse
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request

from claims.editions.items import as_json
from claims.editions.models import Edition

from .reading import RecordView, asks_for_news_only, is_held
from .schema import operation

LIST = re.compile(r"v1/([a-z_]+)/")  # a resource right below the index, without a parameter

index = operation("index", "What there is", component="Index")


@extend_schema_view(get=index)
class Index(RecordView):
    """The resources by name, the licence, and where this is described."""

    queryset = Edition.objects.none()

    @cached_property
    def resources(self) -> dict[str, str]:
        """As the map of addresses has them."""
        return {
            found[1]: reverse(pattern.name)
            for pattern in get_resolver("claims.api.urls").url_patterns
            if isinstance(pattern, URLPattern)
            and (found := LIST.fullmatch(str(pattern.pattern)))
            and pattern.name
        }

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.filter_queryset(self.get_queryset())  # refuses what is no parameter
        to = request.build_absolute_uri
        body = as_json(
            {
                "name": settings.SITE_NAME,
                "version": "v1",
                "licence": {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL},
                "documentation": to(reverse("api-docs")),
                "openapi": to(reverse("api-schema")),
                "resources": {name: to(path) for name, path in self.resources.items()},
            }
        )
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        if asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})
