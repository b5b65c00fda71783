"""The verification statuses and what they mean."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request

from claims.editions.models import StatusDefinition
from claims.editions.stamps import stamp

from .reading import RecordView, asks_for_news_only, is_held
from .schema import operation

status_list = operation("statuses", "What the statuses mean", component="StatusList")


@extend_schema_view(get=status_list)
class StatusList(RecordView):
    """The verification statuses as the desk defines them today, in the desk's order."""

    queryset = StatusDefinition.objects.all()
    columns = (
        "axis",
        "code",
        "label",
        "definition",
        "tone",
        "rating",
        "position",
        "retired",
        "valid_from",
    )

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self.filter_queryset(self.get_queryset()).latest()
        statuses = list(found.values(*self.columns))
        for status in statuses:
            status["valid_from"] = stamp(status["valid_from"])
        body = json.dumps({"items": statuses}, ensure_ascii=False).encode()
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        if asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})
