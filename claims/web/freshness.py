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
# banner that does: whoever opens it has to learn soon that it was corrected or withdrawn. A
# question costs one small query. While it is asked, a cache may still hand out a copy that was good
# half a minute ago (RFC 5861; `no-cache` and `must-revalidate` would forbid it): nobody waits for
# us, and nobody is told later than that. There is no Last-Modified: what a page says of a claim can
# change on the day when somebody else's claim is published, and with the next release of the site.
CACHE_CONTROL = "public, max-age=0, stale-while-revalidate=30"

# Kept for good, and never asked about again: what says nothing but what stands in an edition.
IMMUTABLE = "public, max-age=31536000, immutable"

# For pictures and documents, which are compressed already: everybody on the way, our own
# compression included, is asked to leave their bytes alone.
AS_IT_IS = "no-transform"


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


def unchanging(view: View) -> View:
    """What is drawn from an edition and says nothing of today: a share image, a PDF.

    It is in the language that its address names, or else in the desk's own: a copy that is kept
    for good cannot depend on who asked for it first.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", f"{IMMUTABLE}, {AS_IT_IS}")
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


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
    said = "\n".join(str(fact) for fact in (*facts, translation.get_language(), release()))
    return quote_etag(sha256(said.encode()).hexdigest()[:32])


def unchanged(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """The answer to "has it changed since?", when it has not."""
    response: HttpResponse | None = get_conditional_response(request, etag=tag)
    if response is not None:
        response.headers["ETag"] = tag
    return response


def release() -> str:
    """What made a page out of a record: another release may say the same in other bytes."""
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
            if file.suffix in (".css", ".html", ".js", ".mo", ".py", ".svg"):
                fingerprint.update(file.read_bytes())
    return fingerprint.hexdigest()
