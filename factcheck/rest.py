"""What every address of the API has in common: pages, parameters, formats and errors.

Named by the settings, so that the rooms that answer need not know where the plumbing is.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import APIException, ErrorDetail, NotAcceptable, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import BasePagination
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

logger = logging.getLogger("factcheck.api")

LONGEST_VALUE = 300
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)


def refused(parameter: str, detail: str, *, code: str = "invalid") -> ValidationError:
    """A parameter that cannot be read, with what is allowed in its place."""
    return ValidationError({parameter: [ErrorDetail(detail, code=code)]})


class StrictFilterBackend(DjangoFilterBackend):
    """Filters by what was asked, and refuses what it does not know rather than ignore it.

    A mistyped filter that is ignored would answer with claims nobody asked for.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        if not request.query_params:
            return queryset
        filterset = getattr(view, "filterset_class", None)
        filters = filterset.base_filters.keys() if filterset else ()
        others = {*view.parameters, *(view.paginator.parameters(view) if view.paginator else ())}
        self.check(request, [*filters, *sorted(others)])
        if not any(name in filters for name in request.query_params):
            return queryset
        filtered: QuerySet = super().filter_queryset(request, queryset, view)
        return filtered

    @staticmethod
    def check(request: Request, allowed: list[str]) -> None:
        """Each parameter is known, is given once, and holds a short text."""
        for name, values in request.query_params.lists():
            if name not in allowed:
                known = f"Allowed: {', '.join(allowed)}." if allowed else "None is allowed here."
                raise refused(name, f"There is no such parameter. {known}", code="unknown")
            if len(values) > 1:
                raise refused(name, "Given more than once.", code="repeated")
            if not values[0].strip():
                raise refused(name, "Leave it out, or give it a value.", code="empty")
            if len(values[0]) > LONGEST_VALUE:
                raise refused(name, f"At most {LONGEST_VALUE} characters.", code="too_long")


class KeysetPagination(BasePagination):
    """Pages that never overlap and cost the same however deep: "after the last one you saw".

    A view says `order` (the column, with "-" for newest first, that stands first in each row).
    Where the position is public (`position_parameter`) the reader keeps it as a number; else it
    is a `cursor`: signed, and good only for the address and the filters it was made with.
    """

    default_limit = 50
    longest = 200
    signer = signing.Signer(salt="factcheck.rest.cursor")

    def parameters(self, view: Any) -> list[str]:
        return [getattr(view, "position_parameter", "cursor"), "limit"]

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet, request: Request, view: Any = None
    ) -> QuerySet:
        """The query for one page and one row more; `cut` takes what was read."""
        self.request, self.view = request, view
        self.limit = self.read_limit()
        self.position = self.read_position()
        column = view.order.removeprefix("-")
        self.falling = column != view.order
        if self.position is not None:
            queryset = queryset.filter(
                **{f"{column}__{'lt' if self.falling else 'gt'}": self.position}
            )
        return queryset.order_by(view.order)[: self.limit + 1]

    def cut(self, rows: list[Any]) -> list[Any]:
        """The page itself; the row more only tells that there is something after it."""
        self.more = len(rows) > self.limit
        rows = rows[: self.limit]
        self.last = rows[-1][0] if rows else self.position or 0
        self.address = self.next_address()
        return rows

    def get_paginated_response(self, data: Iterable[bytes]) -> HttpResponse:  # type: ignore[override]
        """The page, joined from pieces of JSON that make up the items."""
        if self.by_number:
            tail = f'"after":{self.last},"more":{"true" if self.more else "false"}'
        else:
            tail = f'"next":"{self.address}"' if self.address else '"next":null'
        headers = {"Link": f'<{self.address}>; rel="next"'} if self.address else {}
        body = b"".join([b'{"items":[', *data, f"],{tail}}}".encode()])
        return HttpResponse(body, content_type="application/json", headers=headers)

    def tag(self, tags: Iterable[str]) -> str:
        """The entity tag of this page: what its items are, and whether something follows."""
        whole = "\n".join([*tags, self.address or str(self.last)])
        return f'"{blake2b(whole.encode(), digest_size=16).hexdigest()}"'

    @property
    def by_number(self) -> bool:
        return hasattr(self.view, "position_parameter")

    def next_address(self) -> str | None:
        """Where the page after this one is. Holds nothing that would need escaping in JSON."""
        if not self.more:
            return None
        asked = self.request.query_params.dict()
        if self.by_number:
            asked[self.view.position_parameter] = str(self.last)
        else:
            asked["cursor"] = self.cursor(self.last)
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(asked)}")

    def read_limit(self) -> int:
        text = self.request.query_params.get("limit")
        if text is None:
            return self.default_limit
        if WHOLE_NUMBER.fullmatch(text) and 1 <= (limit := int(text)) <= self.longest:
            return limit
        raise refused("limit", f"Allowed: a whole number from 1 to {self.longest}.")

    def read_position(self) -> int | None:
        if self.by_number:
            name = self.view.position_parameter
            text = self.request.query_params.get(name)
            if text is None or WHOLE_NUMBER.fullmatch(text):
                return int(text) if text else None
            raise refused(name, "Allowed: a whole number from 0, of at most 15 digits.")
        text = self.request.query_params.get("cursor")
        return self.opened(text) if text else None

    def cursor(self, position: int) -> str:
        signed = self.signer.sign(f"{position}.{self.question()}")
        return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")

    def opened(self, cursor: str) -> int:
        try:
            signed = base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii"))
            position, question = self.signer.unsign(signed.decode("ascii")).split(".")
        except (ValueError, binascii.Error, signing.BadSignature) as error:
            raise refused(
                "cursor",
                "This is no cursor of ours. Leave it out to begin with the first page, then follow "
                "`next`.",
            ) from error
        if question != self.question():
            raise refused(
                "cursor",
                "This cursor was made at another address or with other filters. Leave it out to "
                "begin with the first page.",
                code="other_question",
            )
        return int(position)

    def question(self) -> str:
        """A short name for the address and filters a cursor belongs to."""
        asked = sorted(
            (name, value)
            for name, value in self.request.query_params.items()
            if name not in ("cursor", "limit")
        )
        question = repr((self.request.path, asked))
        return blake2b(question.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


class JSONOnly(BaseContentNegotiation):
    """One format. Whoever cannot read it is told so (406), whatever the method."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        """Nothing is sent to a read-only API, so nothing is parsed."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        if request.headers.get("accept", "*/*") != "*/*" and not self.can_be_read(request):
            raise NotAcceptable(f"This address answers in {renderer.media_type} only.")
        return renderer, renderer.media_type

    @staticmethod
    def can_be_read(request: Request) -> bool:
        """Whatever else a reader says about JSON (its charset, a profile), it reads JSON."""
        try:
            accepted = request._request.accepted_types
        except ValueError:  # not a list of media types at all
            return False
        return any(
            kind.main_type in {"application", "*"} and kind.sub_type in {"json", "*"}
            for kind in accepted
        )


def explain(error: Exception, context: Mapping[str, Any]) -> Response:
    """Every refusal as problem details (RFC 9457), naming the parameter where there is one."""
    request = context["request"]
    headers = {}
    match error:
        case Http404() | APIException(status_code=404):
            status, detail = 404, "There is nothing at this address."
            if (
                error.args
                and not isinstance(error, APIException)
                and isinstance(error.args[0], str)
            ):
                detail = error.args[0]
        case ValidationError():
            status, detail = 400, "The request cannot be answered as it was put."
        case APIException():
            status, detail = error.status_code, str(error.detail)
            if wait := getattr(error, "wait", None):
                headers["Retry-After"] = str(int(wait))
        case PermissionDenied():
            status, detail = 403, "This is not open to you."
        case SuspiciousOperation():
            status, detail = 400, "The request cannot be read."
        case _:
            # Django's own handler would answer with a page; log and tell as it does.
            logger.error("API error", exc_info=error)
            got_request_exception.send(sender=None, request=request)
            status, detail = 500, "Something went wrong on our side. It has been logged."
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    if isinstance(error, ValidationError):
        problem["errors"] = list(named(error.detail))
        problem["detail"] = " ".join(
            f"{entry['parameter']}: {entry['detail']}" for entry in problem["errors"]
        )
    set_rollback()
    return Response(problem, status, headers=headers, content_type="application/problem+json")


def named(detail: Any, parameter: str = "") -> Iterator[dict[str, str]]:
    """Each error with the parameter or the field it is about: `evidence.0.source.url`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from named(inner, parameter if whole else f"{parameter}.{name}".strip("."))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            many = isinstance(inner, dict | list)
            yield from named(inner, f"{parameter}.{place}" if many else parameter)
    else:
        code = getattr(detail, "code", None) or "invalid"
        yield {"parameter": parameter, "code": code, "detail": str(detail)}
