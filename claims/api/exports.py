"""Exports: the whole record as files, what is in them, and how far the worker is."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.editions.stamps import stamp
from claims.exports.choices import ExportState, Extent
from claims.exports.models import Export
from claims.partners.choices import Scope

from .reading import RecordView, asks_for_news_only, is_held
from .schema import EXPORT, EXTENT, operation

export_list = operation(
    "exports", "What can be taken whole, the newest first", EXTENT, component="ExportList"
)
export = operation(
    "export", "One export: what it holds, or how far it is", EXPORT,
    component="Export", missing="There is no such export.",
)  # fmt: skip


def described(export: Export, *, ready: bool) -> dict[str, Any]:
    """An export as partners are told of it; why one failed is the operator's affair."""
    state = export.state
    if state == ExportState.READY and not ready:
        state = ExportState.SUPERSEDED  # it holds what was taken out of the record since
    return {
        "id": str(export.pk),
        "extent": export.extent,
        "state": state,
        "asked_at": stamp(export.asked_at),
        "finished_at": export.finished_at and stamp(export.finished_at),
        "sequence": export.sequence,
        "rows": export.total,
        "done": export.done,
        "manifest_url": f"{settings.SITE_URL}/api/v1/exports/files/{export.manifest_name}"
        if state == ExportState.READY
        else None,
        "manifest": export.about if state == ExportState.READY else None,
    }


class ExportView(RecordView):
    """Answers that are made when they are asked for, and checked for news like all others."""

    scope: Scope | None = None  # whatever a key opens; anybody may read it without one
    queryset: Any = Export.objects.all()

    def check(self) -> None:
        """Refuse what we do not know, as everywhere."""
        self.filter_queryset(self.queryset)

    def answer(self, request: Request, content: Any) -> HttpResponseBase:
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
        if asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})


@extend_schema_view(get=export_list)
class ExportList(ExportView):
    """What can be had now, and what is being made. Anybody may read what there is.

    The newest first; `manifest` says what each file holds and up to which `sequence`: take the
    file, then go on with `changes/?after=` that number, and nothing is missing. The files
    themselves need a key with the scope `bulk`.
    """

    parameters = ("extent",)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check()
        exports = Export.objects.told()
        if extent := request.query_params.get("extent"):
            if extent not in Extent.values:
                raise ValidationError({"extent": [f"Allowed: {', '.join(Extent.values)}."]})
            exports = exports.filter(extent=extent)
        return self.answer(request, {"items": [described(one, ready=True) for one in exports]})


@extend_schema_view(get=export)
class ExportDetail(ExportView):
    """One export: how far the worker is with it, or what it holds."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check()
        found = Export.objects.filter(**kwargs).first()
        if found is None:
            raise Http404("There is no such export.")
        ready = Export.objects.ready().filter(pk=found.pk).exists()
        return self.answer(request, described(found, ready=ready))
