"""Feeds: what is new of a search, of an agent, of an event, and what was corrected or withdrawn.

An entry stands for one edition and never changes: whoever follows a search learns of a correction,
a retraction or a merge by a new entry that says so. Feeds are strict where pages help: a word in
another spelling, or half of the words, is no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from claims.editions import search
from claims.editions.choices import TOMBSTONES, EditionKind
from claims.editions.models import Edition
from claims.editions.texts import agents_of
from claims.editions.vocabulary import translated

from . import record, words
from .dispute import disputers
from .feed_forms import FORMS
from .filters import LABELS, Filters
from .freshness import etag, public, unchanged
from .languages import permanent_address
from .people import headline
from .search import Asked

ENTRIES = 50
CORRECTIONS = (EditionKind.CORRECTED, *TOMBSTONES, EditionKind.REDACTED)
# What a line of plain text and XML cannot hold.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
BECAME: words.Words = {
    "updated": lazy("Updated"),
    "corrected": lazy("Corrected"),
    "minor": lazy("Minor change"),
    "retracted": lazy("Retracted"),
    "merged": lazy("Merged into another claim"),
    "redacted": lazy("Earlier editions taken out"),
}


@dataclass(frozen=True)
class Story:
    """One edition as a feed tells it. `language` is that of the title; the rest is in ours."""

    id: str
    url: str
    title: str
    summary: str
    language: str
    at: datetime

    @classmethod
    def of(cls, edition: Edition, facts: dict[str, Any] | None = None) -> Story:
        """`facts`: what the record says of the claim today, where it is known."""
        document = edition.document
        if edition.redacted_in:
            return cls._of_redacted(edition)
        said = document["citation"] if edition.is_tombstone else document
        title = headline(said["claimant_name"], said["statement"])
        if edition.kind in BECAME:
            title = _("%(became)s. %(claim)s") % {
                "became": words.word(BECAME, edition.kind),
                "claim": title,
            }
        sentences = [*_answers(document), *_disputed(facts)] if not edition.is_tombstone else []
        return cls(
            id=_tag(edition),
            url=absolute("claim-edition", edition.ref, edition.number),
            title=_line(title),
            summary=_line(" ".join([*sentences, edition.note])),
            language=said["language"],
            at=edition.published_at,
        )

    @classmethod
    def _of_redacted(cls, edition: Edition) -> Story:
        """What an edition said is gone from the feeds too; that it was there, and why, stays."""
        title = _("Claim %(ref)s, edition %(number)s: its content was taken out.")
        return cls(
            id=_tag(edition),
            url=absolute("claim-edition", edition.ref, edition.number),
            title=title % {"ref": edition.ref, "number": edition.number},
            summary=_line(edition.note),
            language=get_language(),
            at=edition.published_at,
        )


def _tag(edition: Edition) -> str:
    """The permanent name of a story (RFC 4151)."""
    day = edition.published_at.date().isoformat()
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day}:{edition.ref}/v{edition.number}"


@dataclass(frozen=True)
class Feed:
    """`page`: where a reader finds the same; `address`: where the feed itself is."""

    title: str
    page: str
    address: str
    stories: list[Story]


def absolute(name: str, *args: Any, **parameters: str) -> str:
    """The one address of a thing, whatever language its page is read in."""
    return permanent_address(name, *args) + (f"?{urlencode(parameters)}" if parameters else "")


@public
def claims(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is new of a search: the same parameters as on its page."""
    asked = Asked.of(request, near=False)
    filters = asked.filters
    if refused := _not_understood(filters):
        return HttpResponseBadRequest(refused, content_type="text/plain; charset=utf-8")
    tag = etag(asked.now.tag, form)
    if answer := unchanged(request, tag):
        return answer
    found = search.NOTHING
    if not asked.finds_nothing:
        wanted = asked.search(
            facets=filters.facets, order="newest", limit=ENTRIES, beyond=None, counting=False
        )
        found = search.find(wanted)
    title = (
        _("Claims with “%(words)s”") % {"words": filters.query} if filters.query else _("Claims")
    )
    parameters = filters.parameters()
    stories = [Story.of(hit.claim.edition, hit.claim.facts) for hit in found.hits]
    page, address = absolute("claims", **parameters), absolute("claims-feed", form, **parameters)
    return _answer(Feed(_line(title), page, address, stories), form, tag)


@public
def corrections(request: HttpRequest, form: str) -> HttpResponseBase:
    """What was corrected, retracted or merged, the latest first."""
    tag = etag(record.now().tag, form)
    if answer := unchanged(request, tag):
        return answer
    editions = Edition.objects.filter(kind__in=CORRECTIONS).order_by("-sequence")[:ENTRIES]
    stories = [Story.of(edition) for edition in editions]
    title = _("Corrections and withdrawals")
    page, address = absolute("corrections"), absolute("corrections-feed", form)
    return _answer(Feed(title, page, address, stories), form, tag)


@public
def agent(request: HttpRequest, ref: str, form: str) -> HttpResponseBase:
    """What an agent claims, and what is claimed of them."""
    return _of(request, form, "agent", ref)


@public
def event(request: HttpRequest, ref: str, form: str) -> HttpResponseBase:
    """What is claimed about an event."""
    return _of(request, form, "event", ref)


def _of(request: HttpRequest, form: str, kind: str, ref: str) -> HttpResponseBase:
    tag = etag(record.now().tag, form)
    if answer := unchanged(request, tag):
        return answer
    found = search.find(search.Search(facets=(f"{kind}={ref}",), limit=ENTRIES, counting=False))
    if not found.hits:
        raise Http404
    standing = [hit.claim.edition.document for hit in found.hits if not hit.claim.retracted]
    if kind == "agent":
        agents = (agent for document in standing for agent in agents_of(document))
        name = next((agent["name"] for agent in agents if agent["ref"] == ref), ref)
        title = _("Claims by and about %(name)s") % {"name": name}
        page = absolute("agent", ref)
    else:
        title = _("Claims on: %(event)s") % {
            "event": standing[0]["event"]["label"] if standing else ref
        }
        page = absolute("event", ref)
    stories = [Story.of(hit.claim.edition, hit.claim.facts) for hit in found.hits]
    return _answer(
        Feed(_line(title), page, absolute(f"{kind}-feed", ref, form), stories), form, tag
    )


def _not_understood(filters: Filters) -> str:
    """Why there is no such feed: half of what was asked would be another feed than was asked."""
    places = [name for name in ("before", "after") if getattr(filters, name) is not None]
    wrong = [*filters.ignored, *places, *(["page"] if filters.page > 1 else [])]
    if not wrong:
        return ""
    return _(
        "There is no such feed: %(wrong)s is not understood here. A feed takes q and these "
        "filters, with the values that they have on the page of claims: %(filters)s.\n"
    ) % {"wrong": ", ".join(_line(name) for name in wrong), "filters": ", ".join(LABELS)}


def _answers(document: dict[str, Any]) -> Iterable[str]:
    for axis, key in (("attribution", "attribution"), ("content", "finding")):
        answer = {"question": words.AXES[axis], "answer": translated(document[key]["label"])}
        yield _("%(question)s %(answer)s.") % answer


def _disputed(facts: dict[str, Any] | None) -> Iterable[str]:
    for one in disputers(facts) if facts else ():
        yield f"{one.verb} {one.claim.claimant.plain}."


def _line(text: str) -> str:
    return UNPRINTABLE.sub(" ", text).strip()


def _answer(feed: Feed, form: str, tag: str) -> HttpResponse:
    written = FORMS[form]
    return HttpResponse(
        written.write(feed),
        content_type=f"{written.media_type}; charset=utf-8",
        headers={"ETag": tag, "Access-Control-Allow-Origin": "*"},
    )
