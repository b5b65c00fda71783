"""The way of the API's requests, which is shorter than that of pages."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import resolve

Answer = Callable[[HttpRequest], HttpResponseBase]


class Shortcut:
    """Middleware: what programs ask for goes from here straight to the view that answers it.

    What stands before it in MIDDLEWARE holds for every answer of the site. What stands behind it
    is about people in front of a browser, their session, language and forms: the API has none of
    these, sets no cookie, and would spend more time there than on reading a page of the record.
    """

    def __init__(self, get_response: Answer) -> None:
        self.for_people = get_response
        self.for_programs = cast("Answer", convert_exception_to_response(view_of))
        self.paths = tuple(settings.SHORTCUT_PATHS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self.paths):
            return self.for_people(request)
        request.get_host()  # refuses what was sent to another host's name
        response = self.for_programs(request)
        if not response.streaming and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response


def view_of(request: HttpRequest) -> HttpResponseBase:
    """What the view at this address answers."""
    match = request.resolver_match = resolve(request.path_info)
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response.render() if isinstance(response, SimpleTemplateResponse) else response
