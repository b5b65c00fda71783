"""An edition whose content was taken out of the record: gone, and said so wherever it is asked for.

Whoever asks for it learns which edition it was, when and why it was taken out, and where to go on.
That is found out before anything else is answered, also before "you hold it already".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.editions.models import PublishedClaim

from .freshness import CACHE_CONTROL
from .pages import site
from .people import headline
from .printed import Publication, editions_of
from .record import Redacted
from .text import Said

THEMES = ("light", "dark")

View = Callable[..., HttpResponseBase]
Tell = Callable[[HttpRequest, Redacted], HttpResponse]


def sentence(gone: Redacted) -> str:
    notice = gone.notice
    said = _(
        "The content of edition %(number)s of claim %(ref)s was taken out of the record by "
        "edition %(by)s: %(reason)s"
    )
    return said % {
        "number": gone.number,
        "ref": gone.ref,
        "by": notice.redacted_in,
        "reason": notice.note,
    }


def or_told(tell: Tell) -> Callable[[View], View]:
    """A view that answers in this way when what it is asked for was redacted."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Redacted as gone:
                return tell(request, gone)

        return answered

    return wrap


def as_page(request: HttpRequest, gone: Redacted) -> HttpResponse:
    return HttpResponse(render_to_string("web/redacted.html", _context(gone)), status=410)


def as_card(request: HttpRequest, gone: Redacted) -> HttpResponse:
    """With 200, like the card of a withdrawn claim: it must not vanish from pages as an error."""
    context = {"theme": theme_of(request), **_context(gone)}
    return HttpResponse(render_to_string("web/redacted_card.html", context))


def theme_of(request: HttpRequest) -> str:
    """The colours that a card is asked for in; empty for those of its reader."""
    theme = request.GET.get("theme", "")
    return theme if theme in THEMES else ""


def as_json(request: HttpRequest, gone: Redacted) -> HttpResponse:
    headers = {"Access-Control-Allow-Origin": "*"}
    answer = HttpResponse(gone.notice.content, "application/json", 410, headers=headers)
    return _once_more(answer)


def as_file(request: HttpRequest, gone: Redacted) -> HttpResponse:
    """In place of data the notice, in place of a citation a sentence."""
    data = request.path.endswith("json") or request.path.endswith("jsonld")
    return as_json(request, gone) if data else as_text(request, gone)


def as_asked(request: HttpRequest, gone: Redacted) -> HttpResponse:
    """The page, or the notice for those who ask for data."""
    wanted = request.get_preferred_type(["text/html", "application/json", "application/ld+json"])
    return as_page(request, gone) if wanted in (None, "text/html") else as_json(request, gone)


def _once_more(answer: HttpResponse) -> HttpResponse:
    """Nobody is told for good: the address may be asked again."""
    answer.headers["Cache-Control"] = CACHE_CONTROL
    return answer


def as_text(request: HttpRequest, gone: Redacted) -> HttpResponse:
    return _once_more(HttpResponse(f"{sentence(gone)}\n", "text/plain; charset=utf-8", 410))


def _context(gone: Redacted) -> dict[str, Any]:
    notice = gone.notice
    standing = PublishedClaim.objects.select_related("edition").get(pk=gone.ref)
    publication = Publication.of(notice)
    editions = editions_of(standing.facts, publication)
    return {
        "site": site(),
        "area": "claims",
        "publication": publication,
        "reason": notice.note,
        "redaction": _numbered(editions["editions"], notice.redacted_in),
        "standing": standing,
        "withdrawn": standing.retracted,
        "title": headline(standing.claimant_name, standing.statement),
        "claimant_name": Said(capfirst(standing.claimant_name)),
        "statement": Said(standing.statement, standing.language),
        "path": reverse("claim", args=[gone.ref]),
        "page": site().url + reverse("claim", args=[gone.ref]),
        "notice_path": f"{publication.permalink.rstrip('/')}.content.json",
        **editions,
    }


def _numbered(editions: Iterable[Any], number: int | None) -> Any:
    return next(one for one in editions if one.number == number)
