"""The desk as a whole: who acts, what waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from django.views.i18n import JavaScriptCatalog

from claims.review.people import SEE_CLAIMS
from sources.acting import acting

from .assign import assign_page
from .home import my_desk
from .incoming import incoming
from .notices import notices_page, preferences_page, unread_count
from .numbers import at_a_glance, numbers_file, numbers_page
from .role_changes import recent_grants
from .signing_in import Door

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class DeskSite(Door):
    """Whatever is sent by somebody who is signed in is one transaction of that person's."""

    site_title = gettext_lazy("Factcheck desk")
    site_header = gettext_lazy("Factcheck desk")
    index_title = gettext_lazy("My desk")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        @wraps(view)
        def as_somebody(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise BadRequest("No address of the desk holds a NUL character.")
            if request.method in SAFE:
                return view(request, *args, **kwargs)
            with acting(request.user):
                return view(request, *args, **kwargs)

        return super().admin_view(as_somebody, cacheable)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        # The pages of the desk register themselves here, so they come after this site.
        from sources.admin.suggesting import SuggestionsView  # noqa: PLC0415

        answer: HttpResponse = SuggestionsView.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What Django's scripts say; where its translation has gaps, ours stands behind it."""
        answer: HttpResponse = JavaScriptCatalog.as_view()(request)  # type: ignore[assignment]
        return answer

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        glance = at_a_glance() if request.user.has_perm(SEE_CLAIMS) else {}
        told = {
            "waiting": my_desk(request.user),
            "incoming": incoming(request.user),
            "grants": recent_grants(request.user),
            **glance,
        }
        return super().index(request, {**told, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "unread_notices": unread_count(request.user)}

    def get_urls(self) -> list[Any]:
        return [
            self._page("notices/", notices_page, "notices"),
            self._page("preferences/", preferences_page, "preferences"),
            self._page("numbers/", numbers_page, "numbers"),
            path("numbers/<slug:table>.csv", self.admin_view(numbers_file), name="numbers_file"),
            self._page("claims/claim/<int:pk>/assign/", assign_page, "claims_claim_assign"),
            *super().get_urls(),
        ]

    def _page(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """A page of the desk that belongs to no model: it is given what every page shows."""

        def with_context(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            request.current_app = self.name
            return view(request, self.each_context(request), **kwargs)

        return path(route, self.admin_view(with_context), name=name)
