"""Sessions at the desk: when they end, and one's own, wherever they are open."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .freshness import SIGNED_IN

SEEN = "desk.seen"
NOTED_EVERY = 60  # seconds; each note is a write


class DeskSessions(SessionMiddleware):
    """Sessions are the desk's. Elsewhere an answer sets no cookie and takes none away."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path_info.startswith(settings.DESK_PATHS):
            return super().process_response(request, response)
        return response


class TimeOut:
    """Middleware: a session ends when nothing is done for a while, and after a day's work.

    For the desk alone: readers have no session, and must get none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(self.desk) and request.user.is_authenticated:
            if why := why_over(request):
                logout(request)
                messages.warning(request, why)
                return redirect_to_login(request.get_full_path())
            note(request)
        return self.get_response(request)


def why_over(request: HttpRequest) -> str:
    """Why this session has ended, in a sentence; empty while it goes on."""
    now, begun = time.time(), request.session.get(SIGNED_IN, 0)
    if now - begun > settings.SESSION_HOURS * 3600:
        return ngettext(
            "You were signed out because you signed in more than %(hours)s hour ago. "
            "Sign in again, and you are where you were.",
            "You were signed out because you signed in more than %(hours)s hours ago. "
            "Sign in again, and you are where you were.",
            settings.SESSION_HOURS,
        ) % {"hours": settings.SESSION_HOURS}
    if now - request.session.get(SEEN, begun) > settings.SESSION_IDLE * 60:
        return _(
            "You were signed out because nothing was done here for a while. "
            "Sign in again, and you are where you were."
        )
    return ""


def note(request: HttpRequest) -> None:
    """Something was done in this session, just now."""
    now = time.time()
    if now - request.session.get(SEEN, 0) > NOTED_EVERY:
        request.session[SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )


class OwnSessions(ListUserSessionsView):
    """Where one is signed in, and a way to end all of it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if "here_too" not in self.request.POST:
            return response
        logout(self.request)
        messages.success(self.request, _("You are signed out everywhere."))
        return HttpResponseRedirect(reverse("account_login"))
