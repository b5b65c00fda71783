"""The files of exports, and the record as a stream."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from claims.editions import items
from claims.editions.models import Edition, Ledger
from claims.exports import shelf
from claims.exports.choices import MANIFEST_ENDING, MEDIA_TYPES
from claims.exports.models import Export, ExportFile
from claims.partners.choices import Scope

from .exports import ExportView
from .reading import asks_for_news_only, is_held
from .schema_of_files import export_file, export_stream
from .sending import Sent, Unsatisfiable, asked_part, opened, part_of

ROWS_AT_ONCE = 100
SEQUENCE = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
GONE = "There is no such file. Exports are replaced: `/api/v1/exports/` names those that are there."


class AsItIs(BaseContentNegotiation):
    """A file is what its name says, whatever else a reader would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        return None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


@extend_schema_view(get=export_file)
class FileDetail(ExportView):
    """A file of an export, under the digest of its bytes: it never changes.

    A download that broke off goes on where it stopped (`Range`). A manifest is open to everybody;
    the other files need a key with the scope `bulk`.
    """

    scope: Scope | None = Scope.BULK
    anonymous = False
    content_negotiation_class = AsItIs
    cache_control = "private, max-age=31536000, immutable"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if is_manifest(kwargs["name"]):
            self.scope, self.anonymous = None, True
            self.cache_control = "public, max-age=31536000, immutable"
        super().initial(request, *args, **kwargs)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check()
        name = kwargs["name"]
        digest = name.partition(".")[0]
        ready = Export.objects.ready()
        if is_manifest(name):
            there = ready.filter(manifest_digest=digest).exists()
        else:
            there = ExportFile.objects.filter(name=name, export__in=ready).exists()
        if not there:
            raise Http404(GONE)
        if asks_for_news_only(request) and is_held(request, f'"{digest}"'):
            return HttpResponseNotModified(headers={"ETag": f'"{digest}"'})
        return sent(request, shelf.path_of(name))


def is_manifest(name: str) -> bool:
    return name.endswith(f".{MANIFEST_ENDING}")


def sent(request: Request, path: Path) -> HttpResponseBase:
    """The file, or the part of it that was asked for."""
    if (file := opened(path)) is None:
        raise Http404(GONE)
    size = path.stat().st_size
    digest, _, ending = path.name.partition(".")
    tag = f'"{digest}"'
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{path.name}"',
        # RFC 9530, of the whole file, also where a part of it is sent.
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
    }
    start, length, status = 0, size, 200
    if_range = request.headers.get("If-Range", tag)
    try:
        part = asked_part(request.headers.get("Range", ""), size) if if_range == tag else None
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    if part is not None and request.method == "GET":
        (start, length), status = part, 206
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    headers["Content-Length"] = str(length)
    if request.method == "HEAD":
        file.close()
        return HttpResponse(content_type=MEDIA_TYPES[ending], headers=headers)
    try:
        pieces: Any = Sent(part_of(file, start, length))
    except BaseException:
        file.close()
        raise
    return StreamingHttpResponse(
        pieces, status=status, content_type=MEDIA_TYPES[ending], headers=headers
    )


@extend_schema_view(get=export_stream)
class EditionStream(ExportView):
    """Every edition after a number, a line each, as the record stands when it is asked.

    For whoever is far behind: what thousands of pages of `changes/?include=content` would say, in
    one answer. It ends with the edition that was the newest when it began. One that breaks off is
    gone on with from the `sequence` of the last whole line.
    """

    scope: Scope | None = Scope.BULK
    anonymous = False
    content_negotiation_class = AsItIs
    parameters = ("after",)
    cache_control = "private, no-store"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check()
        text = request.query_params.get("after", "0")
        if not SEQUENCE.fullmatch(text):
            allowed = "Allowed: a whole number from 0, of at most 15 digits."
            raise ValidationError({"after": [ErrorDetail(allowed, code="invalid")]})
        if request.method == "HEAD":
            return HttpResponse(content_type="application/x-ndjson")
        until = Ledger.objects.values_list("last_sequence", flat=True).get()
        pieces: Any = Sent(editions(int(text), until))
        return StreamingHttpResponse(pieces, content_type="application/x-ndjson")


def editions(after: int, until: int) -> Iterator[bytes]:
    """Some rows at a time, each time from the one after the last: nothing is held meanwhile."""
    rows: list[items.Row]
    columns = (*items.EDITION, "content")
    while after < until:
        found = Edition.objects.filter(sequence__gt=after, sequence__lte=until)
        rows = items.read(found.order_by("sequence").values_list(*columns)[:ROWS_AT_ONCE])
        if not rows:
            return
        yield b"".join(piece for row in rows for piece in (*items.pieces(row), b"\n"))
        after = rows[-1][0]
