"""An edition as something else than a page: data and citations, each at an address of its own.

The same can be had at the address of a page, by asking for its media type.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.editions import items
from claims.editions.citing import files
from claims.editions.citing.cited import Cited
from claims.editions.linked_record import linked_record
from claims.editions.linked_terms import context
from claims.editions.models import Edition, PublishedClaim

from . import citing, record, redacted
from .citing import places
from .freshness import IMMUTABLE, etag, unchanged
from .printed import Publication

PAGE = "text/html"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Location",
}


@dataclass(frozen=True)
class Form:
    """One of the forms an edition has. `stored`: sent as it lies in the record."""

    ending: str
    media_type: str
    write: Callable[[Edition], str | bytes]
    stored: bool = False

    def tag(self, digest: str) -> str:
        if self.stored:
            return quote_etag(f"{digest}-{self.ending}")
        return etag(digest, self.ending)


def cited(edition: Edition) -> Cited:
    """An edition as it is cited: what became of it later is not told by what never changes."""
    return citing.cited(edition.document, Publication.of(edition))


def _item(edition: Edition) -> bytes:
    return b"".join(items.pieces((*_head(edition), edition.content.encode())))


def _head(edition: Edition) -> items.Row:
    return tuple(getattr(edition, column) for column in items.EDITION)


def _content(edition: Edition) -> bytes:
    """Exactly what was hashed: the SHA-256 of this answer is the digest."""
    return edition.content.encode()


def _linked(edition: Edition, standing: PublishedClaim | None = None) -> str:
    data = linked_record(
        edition,
        places(),
        site_name=settings.SITE_NAME,
        licence_url=settings.LICENCE_URL,
        derived=standing.facts if standing else None,
    )
    return json.dumps(data, ensure_ascii=False)


JSON = Form("json", "application/json", _item, stored=True)
CONTENT = Form("content.json", "application/json", _content, stored=True)
LINKED = Form("jsonld", "application/ld+json", _linked)
CSL = Form(
    "csl.json", "application/vnd.citationstyles.csl+json", lambda one: files.csl_json(cited(one))
)
BIBTEX = Form("bib", "application/x-bibtex", lambda one: files.bibtex(cited(one)))
RIS = Form("ris", "application/x-research-info-systems", lambda one: files.ris(cited(one)))

FORMS = {form.ending: form for form in (JSON, CONTENT, LINKED, CSL, BIBTEX, RIS)}
# What can be asked for at the address of a page, the page first: it is what "anything" means.
NEGOTIATED: dict[str, Form | None] = {
    PAGE: None,
    "application/xhtml+xml": None,
    "application/json": JSON,
    "application/ld+json": LINKED,
    "application/vnd.citationstyles.csl+json": CSL,
    "application/x-bibtex": BIBTEX,
    "application/x-research-info-systems": RIS,
    # The same, as they are also asked for.
    "application/json;charset=utf-8": JSON,
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': LINKED,
    "text/x-bibtex": BIBTEX,
}
OFFERED = [PAGE, *(form.media_type for form in (JSON, LINKED, CSL, BIBTEX, RIS))]


@require_safe
@redacted.or_told(redacted.as_file)
def file(request: HttpRequest, ref: str, number: int, ending: str) -> HttpResponseBase:
    """One form of one edition, for ever."""
    edition = record.without_content(ref, number)
    if edition.redacted_in:
        raise record.Redacted(ref, number)
    form = FORMS[ending]
    tag = form.tag(edition.digest)
    answer = unchanged(request, tag) or _send(form.write(edition), form, tag)
    answer.headers["Cache-Control"] = IMMUTABLE
    answer.headers["Link"] = belongs_to(ref, number, within=form is CONTENT)
    return answer


def belongs_to(ref: str, number: int, *, within: bool) -> str:
    """Signs back to the page: this describes it, or is (`within`) what it shows."""
    page = places().edition(ref, number)
    relation = "collection" if within else "describes"
    return (
        f'<{page}>; rel="{relation}"; type="{PAGE}", <{page}>; rel="cite-as", '
        f'<{settings.LICENCE_URL}>; rel="license"'
    )


@require_safe
def linked_terms(request: HttpRequest) -> HttpResponseBase:
    """What the words of our linked data mean."""
    tag = etag("terms")
    answer = unchanged(request, tag) or _send(
        json.dumps(context(places().terms), ensure_ascii=False, indent=1), LINKED, tag
    )
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _send(body: str | bytes, form: Form, tag: str, status: int = 200) -> HttpResponse:
    charset = "" if form.media_type.endswith("json") else "; charset=utf-8"
    headers = {"ETag": tag, **OPEN_TO_ALL}
    return HttpResponse(body, f"{form.media_type}{charset}", status, headers=headers)


class NotOffered(Exception):
    """A reader who accepts none of what there is."""


def asked_for(request: HttpRequest) -> Form | None:
    """The form that the reader prefers; None is the page."""
    try:
        accepted = request.get_preferred_type(list(NEGOTIATED))
    except ValueError as error:  # too long to be one
        raise NotOffered from error
    if accepted is None:
        if not request.headers.get("accept", "").strip():
            return None
        raise NotOffered
    return NEGOTIATED[str(accepted)]


def not_offered() -> HttpResponse:
    """In plain text, since this reader wants no page."""
    says = _("There is nothing here in a form that you accept. Ask for one of these:")
    body = "\n".join([says, *OFFERED, ""])
    return HttpResponse(body, "text/plain; charset=utf-8", 406)


def of_edition(request: HttpRequest, edition: Edition, form: Form) -> HttpResponseBase:
    """A form of an edition, at the address of its page."""
    tag = form.tag(edition.digest)
    answer = unchanged(request, tag) or _send(form.write(edition), form, tag)
    answer.headers["Content-Location"] = places().file(edition.ref, edition.number, form.ending)
    return answer


def of_claim(request: HttpRequest, standing: PublishedClaim, form: Form) -> HttpResponseBase:
    """A form of a claim as it stands: data with what is derived beside it, or a citation.

    One that was withdrawn is gone; what is left to cite is said each time. Nobody is led from a
    merged one to another claim unasked: they would file that under the ref they hold.
    """
    edition = standing.edition
    if form not in (JSON, LINKED):
        if not standing.retracted:
            return of_edition(request, edition, form)
        answer: HttpResponseBase = _send(form.write(edition), form, form.tag(edition.digest), 410)
        answer.headers["Content-Location"] = places().file(edition.ref, edition.number, form.ending)
        return answer
    tag = quote_etag(standing.etag) if form is JSON else etag(standing.etag, form.ending)
    if not standing.retracted and (held := unchanged(request, tag)):
        return held
    if form is JSON:
        stored = (edition.content.encode(), standing.derived.encode())
        body: str | bytes = b"".join(items.pieces((*_head(edition), *stored)))
    else:
        body = _linked(edition, standing)
    answer = _send(body, form, tag, 410 if standing.retracted else 200)
    if form is JSON:
        answer.headers["Content-Location"] = f"{settings.SITE_URL}/api/v1/claims/{standing.ref}/"
    return answer
