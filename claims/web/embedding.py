"""Cards: a claim in a frame on somebody else's page.

They are the only pages that others may frame. A card of a claim that was withdrawn is answered with
200, not 410: whoever put it on a page must not have it hidden from readers as an error, least of
all then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from claims.editions.choices import EditionKind

from . import redacted
from .dispute import Other, disputers
from .freshness import View, etag, public, unchanged, unchanging
from .pages import site
from .printed import editions_of
from .shared import Told, absolute, edition

FRAMEABLE = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}
# For pages that ask for everything they hold to agree to it (Cross-Origin-Embedder-Policy).
FOR_ALL = {"Cross-Origin-Resource-Policy": "cross-origin"}


def frameable(view: View) -> View:
    """Whoever wants to may put this page into theirs."""
    return csp_override(FRAMEABLE)(xframe_options_exempt(view))


@frameable
@public
@redacted.or_told(redacted.as_card)
def embed(request: HttpRequest, ref: str, number: int | None = None) -> HttpResponseBase:
    """A claim's card: the latest edition, or the one that was asked for and what became of it."""
    standing, shown = edition(ref, number)
    theme = redacted.theme_of(request)
    tag = etag("card", standing.etag, shown.number, number is None, theme)
    if answer := unchanged(request, tag):
        return answer
    context = {
        "theme": theme,
        "follows": number is None,
        **_card(Told.by(shown), shown.document, standing.facts),
    }
    html = render_to_string("web/embed.html", context)
    return HttpResponse(html, headers={"ETag": tag, **FOR_ALL})


def _card(told: Told, content: dict[str, Any], derived: dict[str, Any]) -> dict[str, Any]:
    publication = told.publication
    merged_into = derived.get("merged_into")
    return {
        "site": site(),
        "told": told,
        "publication": publication,
        "retracted": publication.kind == EditionKind.RETRACTED,
        "merged": publication.kind == EditionKind.MERGED,
        "reason": content.get("reason", ""),
        "survivor": Other.of(merged_into) if merged_into else None,
        "disputed": derived["disputed"],
        "disputers": disputers(derived),
        "page": absolute("claim-edition", publication.ref, publication.number),
        "latest": absolute("claim", publication.ref),
        **editions_of(derived, publication),
    }


@unchanging
def embed_script(request: HttpRequest) -> HttpResponseBase:
    """A few lines that make frames as high as their cards. They are asked for by other people's
    pages, so the address is the same for every release of them."""
    script = Path(str(finders.find("embed.js"))).read_bytes()
    kept = {"Cache-Control": "public, max-age=3600", **FOR_ALL}
    return HttpResponse(script, "text/javascript; charset=utf-8", headers=kept)
