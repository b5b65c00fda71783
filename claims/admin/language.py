"""In which language the desk speaks, and to whom.

Its pages are in the language of whoever works there. Public pages have theirs from their address or
from the browser (`claims.web.languages`); the API has none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.models import Preferences


class DeskLanguage:
    """Every answer of the desk, refusals and errors too, in its reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.DESK_PATHS):
            return self.get_response(request)
        with translation.override(wanted(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def wanted(request: HttpRequest) -> str:
    """What this person chose for themselves, else what was chosen in this browser, else what the
    browser asks for.
    """
    own = Preferences.objects.filter(user=request.user.pk).values_list("language", flat=True)
    for language in own if request.user.is_authenticated else ():
        if known := supported(language):
            return known
    return translation.get_language_from_request(request)


def supported(language: str) -> str:
    """The language of the desk that is nearest to a tag, such as `fr` for `fr-ML`; else empty."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return ""


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak this language from now on: to this person, and in this browser.

    What is no language of the desk changes nothing.
    """
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("admin:index")
    response = HttpResponseRedirect(back)
    if known := supported(request.POST.get("language", "")):
        if request.user.is_authenticated:
            Preferences.objects.update_or_create(
                user_id=request.user.pk, defaults={"language": known}
            )
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            known,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
