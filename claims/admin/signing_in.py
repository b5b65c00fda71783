"""The door of the desk: who is let in, and where those are led who are not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from .freshness import ask_for_proof, needs_proof

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(request: HttpRequest) -> bool:
    """Asked of the database once for each request."""
    if not hasattr(request, "second_factor"):
        request.second_factor = is_mfa_enabled(request.user, FACTORS)  # type: ignore[attr-defined]
    found: bool = request.second_factor  # type: ignore[attr-defined]
    return found


def remove_second_factors(user: User) -> None:
    """What somebody who lost their telephone needs; the sessions they left open end as well.

    The database records it, and they cannot approve for a while.
    """
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()


def lacks_second_factor(request: HttpRequest) -> bool:
    return settings.REQUIRE_MFA and not has_second_factor(request)


class Door(admin.AdminSite):
    """An admin site that people enter through allauth, with a second factor where one is needed."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        @wraps(view)
        def by_somebody_known(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if needs_proof(request):
                return ask_for_proof(request)
            return view(request, *args, **kwargs)

        return super().admin_view(by_somebody_known, cacheable)

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        onwards = get_next_redirect_url(request) or reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(onwards)
        if not request.user.is_authenticated:
            return redirect_to_login(onwards, reverse("account_login"))
        if not super().has_permission(request):
            return TemplateResponse(request, "account/not_at_the_desk.html", status=403)
        messages.warning(
            request,
            _(
                "Set up a second factor first: an authenticator app or a passkey. "
                "Until then the desk stays closed to you."
            ),
        )
        return HttpResponseRedirect(reverse("mfa_index"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        logout(request)
        messages.success(request, _("You are signed out."))
        return HttpResponseRedirect(reverse("account_login"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))
