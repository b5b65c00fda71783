"""What a reader is told when there is no page: in the site's own style, without the database."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from .languages import language_for, say_language
from .pages import site


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, "404.html", 404)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, "403.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, "500.html", 500)


def _answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """In the reader's language; at the desk in that of whoever works there."""
    with translation.override(language_for(request)):
        response = HttpResponse(render_to_string(template, {"site": site()}), status=status)
    response.headers["Cache-Control"] = "no-store"
    say_language(response, request)
    return response
