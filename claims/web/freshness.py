"""When a reader's copy of a page is still good, and what all public answers have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import VERSION
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .languages import say_language, speaking

View = Callable[..., HttpResponseBase]

# Kept by anybody, asked about each time. Even an edition, which never changes, stands under a
# banner that does: whoever opens it has to learn at once that it was corrected or withdrawn. A
# question costs one small query. There is no Last-Modified: what a page says of a claim can change
# on the day when somebody else's claim is published, and with the next release of the site.
CACHE_CONTROL = "public, no-cache"


def public(view: View) -> View:
    """A page for everyone: read only, the same for all who read its language, no cookie.

    The language is that of the address; where it names none, it is the one that the reader's
    browser asks for.
    """

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with speaking(request):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        say_language(response, request)
        return response

    return page


def wordless(view: View) -> View:
    """What is the same in every language, such as an edition's JSON: made in the desk's own."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return answer


def etag(*facts: object) -> str:
    """The tag of a page that says these facts, as this release says them in this language."""
    said = "\n".join(str(fact) for fact in (*facts, translation.get_language(), _release()))
    return quote_etag(sha256(said.encode()).hexdigest()[:32])


def unchanged(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """The answer to "has it changed since?", when it has not."""
    response: HttpResponse | None = get_conditional_response(request, etag=tag)
    if response is not None:
        response.headers["ETag"] = tag
    return response


def _release() -> str:
    return _read_release() if not settings.DEBUG else _read_release.__wrapped__()


@cache
def _read_release() -> str:
    """A fingerprint of all that makes a page out of a record: templates, styles, code."""
    claims = Path(__file__).resolve().parent.parent
    folders = [
        claims / "web",
        claims / "editions",
        *(Path(folder) / "web" for folder in settings.TEMPLATES[0]["DIRS"]),
        *(Path(folder) for folder in settings.STATICFILES_DIRS),
        *(Path(folder) for folder in settings.LOCALE_PATHS),
    ]
    fingerprint = sha256(f"{VERSION}{settings.SITE_URL}{settings.SITE_NAME}".encode())
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".css", ".html", ".mo", ".py", ".svg"):
                fingerprint.update(file.read_bytes())
    return fingerprint.hexdigest()
