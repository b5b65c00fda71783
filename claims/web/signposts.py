"""Signs for machines on a claim's page (signposting.org): typed links in the header `Link`.

What to cite, what describes it, what the very content is, under what licence, and which versions
stand before and after it. In the header and not in the page, so that all forms of it carry them.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

from claims.editions.choices import TOMBSTONES
from claims.editions.models import PublishedClaim

from . import drawing, memento
from .citing import places
from .documents import BIBTEX, CONTENT, CSL, JSON, LINKED, RIS

DESCRIPTIONS = (JSON, LINKED, CSL, BIBTEX, RIS)
PDF = "application/pdf"
# What is at this address (a page about something) and what that is.
TYPES = ("https://schema.org/AboutPage", "https://schema.org/Claim")


def put_up(
    response: HttpResponseBase, standing: PublishedClaim, number: int, *, permanent: bool
) -> None:
    """`permanent`: the address is that of the edition, not of the claim."""
    shown = memento.mementos(standing)[number - 1]
    signs = [*_signs(standing, shown, permanent=permanent)]
    signs += memento.links(standing, shown if permanent else None)
    response.headers["Link"] = ", ".join(signs)
    if permanent and response.status_code == 200:
        response.headers["Memento-Datetime"] = shown.date


def vary(response: HttpResponseBase, *, permanent: bool) -> None:
    """On what, in a request, an answer at such an address depends. The gate in time is the claim's
    address alone."""
    patch_vary_headers(response, ["Accept"] if permanent else ["Accept", "Accept-Datetime"])


def _signs(standing: PublishedClaim, shown: memento.Memento, *, permanent: bool) -> list[str]:
    at, ref, number = places(), standing.ref, shown.number
    cited = number - 1 if shown.kind in TOMBSTONES else number
    latest = standing.edition.number
    signs = [
        _link(at.edition(ref, cited), "cite-as"),
        *(_link(kind, "type") for kind in TYPES),
        _link(at.desk, "author"),
        _link(settings.LICENCE_URL, "license"),
        _link(at.file(ref, number, CONTENT.ending), "item", CONTENT.media_type),
        *([_link(at.file(ref, number, "pdf"), "item", PDF)] if drawing.is_possible() else []),
        *(
            _link(at.file(ref, number, form.ending), "describedby", form.media_type)
            for form in DESCRIPTIONS
        ),
        _link(at.page(ref) if permanent else at.edition(ref, latest), "latest-version"),
        _link(at.timemap(ref), "version-history", memento.LINK_FORMAT),
    ]
    if number > 1:
        signs.append(_link(at.edition(ref, number - 1), "predecessor-version"))
    if number < latest:
        signs.append(_link(at.edition(ref, number + 1), "successor-version"))
    return signs


def _link(target: str, relation: str, media_type: str = "") -> str:
    typed = f'; type="{media_type}"' if media_type else ""
    return f'<{target}>; rel="{relation}"{typed}'
