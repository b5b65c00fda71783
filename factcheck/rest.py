"""What every address of the API has in common: parameters, formats and errors.

Named by the settings, so that the rooms that answer need not know where the plumbing is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db.models import QuerySet
from django.http import Http404
from django.utils.encoding import escape_uri_path
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from django_filters.utils import translate_validation
from rest_framework.exceptions import APIException, ErrorDetail, NotAcceptable, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

logger = logging.getLogger("factcheck.api")

LONGEST_VALUE = 300
LONGEST_VALUES = {"cursor": 2000, "fields": 2000}  # a view may name others: `longest_values`


def refused(parameter: str, detail: str, *, code: str = "invalid") -> ValidationError:
    """A parameter that cannot be read, with what is allowed in its place."""
    return ValidationError({parameter: [ErrorDetail(detail, code=code)]})


class StrictFilterBackend(DjangoFilterBackend):
    """Filters by what was asked, and refuses what it does not know rather than ignore it.

    A mistyped filter that is ignored would answer with claims nobody asked for.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = self.filterset(request, queryset, view)
        return queryset if filterset is None else filterset.qs

    def filterset(self, request: Request, queryset: QuerySet, view: Any) -> FilterSet | None:
        """The filters that were asked for, read; None: none were."""
        if not request.query_params:
            return None
        filterset = getattr(view, "filterset_class", None)
        filters = filterset.base_filters.keys() if filterset else ()
        others = {*view.parameters, *(view.paginator.parameters(view) if view.paginator else ())}
        longest = getattr(view, "longest_values", {})
        self.check(request, [*filters, *sorted(others)], LONGEST_VALUES | longest)
        if not any(name in filters for name in request.query_params):
            return None
        asked: FilterSet = self.get_filterset(request, queryset, view)
        if not asked.is_valid():
            raise translate_validation(asked.errors)
        return asked

    @staticmethod
    def check(request: Request, allowed: list[str], longest: Mapping[str, int]) -> None:
        """Each parameter is known, is given once, and holds a short text."""
        for name, values in request.query_params.lists():
            if name not in allowed:
                known = f"Allowed: {', '.join(allowed)}." if allowed else "None is allowed here."
                raise refused(name, f"There is no such parameter. {known}", code="unknown")
            if len(values) > 1:
                raise refused(name, "Given more than once.", code="repeated")
            if not values[0].strip():
                raise refused(name, "Leave it out, or give it a value.", code="empty")
            if len(values[0]) > (most := longest.get(name, LONGEST_VALUE)):
                raise refused(name, f"At most {most} characters.", code="too_long")


class JSONOnly(BaseContentNegotiation):
    """One format. Whoever cannot read it is told so (406), whatever the method."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        """Nothing is sent to a read-only API, so nothing is parsed."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer, *others = renderers
        for other in others:  # only who names it gets it
            if self.is_named(request, other.media_type):
                return other, other.media_type
        if request.headers.get("accept", "*/*") != "*/*" and not self.can_be_read(request):
            raise NotAcceptable(f"This address answers in {renderer.media_type} only.")
        return renderer, renderer.media_type

    @staticmethod
    def is_named(request: Request, media_type: str) -> bool:
        try:
            accepted = request._request.accepted_types
        except ValueError:  # not a list of media types at all
            return False
        return any(f"{kind.main_type}/{kind.sub_type}" == media_type for kind in accepted)

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
            if challenge := getattr(error, "auth_header", None):
                headers["WWW-Authenticate"] = challenge
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
        "instance": escape_uri_path(request.path),
    }
    if isinstance(error, ValidationError):
        problem["errors"] = list(named(error.detail))
        problem["detail"] = " ".join(
            f"{entry['parameter']}: {entry['detail']}".removeprefix(": ")
            for entry in problem["errors"]
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
