"""The public pages: what was asked, whether the reader has it already, and the page."""

from __future__ import annotations

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from claims.editions.choices import EditionKind
from claims.editions.models import PublishedClaim, PublishedEvent

from . import documents, memento, record, redacted, signposts
from .entries import Entry, Event, by_event
from .events import event_page
from .filters import Filters
from .freshness import etag, public, unchanged
from .pages import claim_page, site
from .printed import Publication
from .withdrawn import merged_page, survivor_path, tombstone_page

HOME_CLAIMS = 20
WITHDRAWN = {EditionKind.RETRACTED: tombstone_page, EditionKind.MERGED: merged_page}


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """The latest claims, by event."""
    tag = etag(record.now().tag)
    if answer := unchanged(request, tag):
        return answer
    latest = record.newest(PublishedClaim.objects.current())[:HOME_CLAIMS]
    groups = by_event([Entry.of(claim) for claim in latest])
    return _page("web/home.html", {"groups": groups}, tag)


@public
def claim(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A claim as it stands.

    A retracted one is gone, and says so with all that was cited. A merged one leads to the claim
    that stands for it, with a page that says so for whoever does not follow. That is asked anew
    each time: a merge can be undone.
    """
    standing = record.standing(ref)
    if memento.asked(request):
        answer = memento.negotiated(request, standing)
        signposts.vary(answer, permanent=False)
        return answer
    return _edition(request, standing, standing.edition.number, permanent=False)


@public
@redacted.or_told(redacted.as_asked)
def edition(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """One edition, for ever. What has become of it stands above it, outside of what was hashed."""
    standing = record.standing(ref)
    if number > standing.edition.number:
        raise Http404
    record.refuse_redacted(standing, number)
    return _edition(request, standing, number, permanent=True)


def _edition(
    request: HttpRequest, standing: PublishedClaim, number: int, *, permanent: bool
) -> HttpResponseBase:
    """In the form that the reader prefers: the page, or a document."""
    try:
        form = documents.asked_for(request)
    except documents.NotOffered:
        answer: HttpResponseBase = documents.not_offered()
    else:
        if form is None:
            answer = _edition_page(request, standing, number, permanent=permanent)
        elif permanent:
            answer = documents.of_edition(request, record.edition(standing, number), form)
        else:
            answer = documents.of_claim(request, standing, form)
    signposts.vary(answer, permanent=permanent)
    if answer.status_code not in (304, 406):
        signposts.put_up(answer, standing, number, permanent=permanent)
    return answer


def _edition_page(
    request: HttpRequest, standing: PublishedClaim, number: int, *, permanent: bool
) -> HttpResponseBase:
    gone = standing.retracted and not permanent
    tag = etag(standing.etag, number, permanent)
    if not gone and (answer := unchanged(request, tag)):
        return answer
    shown = record.edition(standing, number)
    publication = Publication.of(shown)
    page = WITHDRAWN.get(EditionKind(shown.kind), claim_page)
    html = page(shown.document, standing.facts, publication, permanent=permanent)
    if not gone:
        return _respond(html, tag)
    if shown.kind == EditionKind.MERGED:
        onward = HttpResponsePermanentRedirect(survivor_path(shown.document, standing.facts))
        onward.content = html
        return onward
    return HttpResponse(html, status=410)


@public
def events(request: HttpRequest) -> HttpResponseBase:
    """Events, the one with the latest news first."""
    now = record.now()
    tag = etag(now.tag)
    if answer := unchanged(request, tag):
        return answer
    filters = Filters.of(request.GET, statuses=now.labels)
    found = PublishedEvent.objects.order_by("-sequence")
    if filters.before is not None:
        found = found.filter(sequence__lt=filters.before)
    rows = list(found[: record.PAGE + 1])
    shown = rows[: record.PAGE]
    context = {
        "area": "events",
        "events": [Event.of(row.facts) for row in shown],
        "older": f"?before={shown[-1].sequence}" if len(rows) > len(shown) else "",
        "newest": reverse("events") if filters.before else "",
    }
    return _page("web/events.html", context, tag)


@public
def event(request: HttpRequest, ref: str) -> HttpResponseBase:
    """An event: who says what on each question, with the sides of a dispute beside each other."""
    found, sequence = record.event(ref)
    tag = etag(sequence)
    if answer := unchanged(request, tag):
        return answer
    return _respond(event_page(found, record.claims_on(found)), tag)


@public
def as_meant(request: HttpRequest, ref: str, name: str, **rest: Any) -> HttpResponseBase:
    """From a mistyped ref to the one that was meant."""
    address = reverse(name, kwargs={"ref": ref, **rest})
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _page(template: str, context: dict[str, Any], tag: str) -> HttpResponse:
    return _respond(render_to_string(template, {"site": site(), **context}), tag)


def _respond(html: str, tag: str) -> HttpResponse:
    return HttpResponse(html, headers={"ETag": tag})
