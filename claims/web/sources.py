"""The page of a source: what it carries, what it came from, and what came from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from claims.editions.models import PublishedSource, PublishedUse

from . import record, words
from .entries import Entry
from .evidence import Piece, Source
from .freshness import etag, public, unchanged
from .origins import Graph, family
from .pages import site
from .text import Said

SHOWN = 30  # claims on a page
CHILDREN = 60  # sources that came from it; beyond that the page says that there are more
PARENTS = "SELECT unnest(editions_publishedsource.parents)"


@dataclass(frozen=True)
class Carried:
    """A claim that rests on the source, with what the source does for it."""

    entry: Entry
    pieces: list[Piece]


@dataclass(frozen=True)
class Kin:
    """A source that this one came from, or that came from it. `url` where it has a page."""

    title: Said
    how: str
    how_sure: str
    url: str


@public
def source(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A source as the newest edition that rests on it describes it. Protected ones have no page."""
    found = source_on_record(ref)
    tag = etag(found.last_sequence)  # type: ignore[attr-defined]
    if answer := unchanged(request, tag):
        return answer
    asked = request.GET.get("before", "")
    before = int(asked) if record.SEQUENCE.fullmatch(asked) else None
    uses = claims_from(ref, before)
    shown = uses[:SHOWN]
    children = found.children[:CHILDREN]  # type: ignore[attr-defined]
    context = {
        "site": site(),
        "area": "sources",
        "source": Source.of(found.facts),
        "path": found.get_absolute_url(),
        "described": found,
        "carried": [_carried(use, ref) for use in shown],
        "older": f"?before={shown[-1].sequence}" if len(uses) > len(shown) else "",
        "newest": found.get_absolute_url() if before else "",
        "parents": _parents(found.facts, set(found.linked)),  # type: ignore[attr-defined]
        "children": sorted(
            (kin for child in children for kin in _children(child, ref)),
            key=lambda kin: kin.title.plain,
        ),
        "more_children": len(found.children) > CHILDREN,  # type: ignore[attr-defined]
        "graph": _graph(found.facts, children),
    }
    return HttpResponse(render_to_string("web/source.html", context), headers={"ETag": tag})


def source_on_record(ref: str) -> PublishedSource:
    """A source with those that came from it (`children`: their documents) and the refs of those it
    came from that have a page (`linked`): one query."""
    kin = PublishedSource.objects.order_by("ref")
    children = kin.filter(parents__contains=[OuterRef("ref")]).values("document")
    linked = kin.filter(ref__in=RawSQL(PARENTS, [])).values("ref")  # noqa: S611 - a constant
    found = (
        PublishedSource.objects.filter(pk=ref)
        .annotate(
            last_sequence=record.LAST_SEQUENCE,
            children=ArraySubquery(children[: CHILDREN + 1]),
            linked=ArraySubquery(linked),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def claims_from(ref: str, before: int | None) -> list[PublishedUse]:
    """The newest claims that rest on a source, and one beyond a page."""
    uses = PublishedUse.objects.filter(source=ref)
    if before is not None:
        uses = uses.filter(sequence__lt=before)
    return list(uses.select_related("claim__edition").order_by("-sequence")[: SHOWN + 1])


def _carried(use: PublishedUse, ref: str) -> Carried:
    evidence = use.claim.edition.document["evidence"]
    pieces = [Piece.of(item) for item in evidence if item["source"].get("ref") == ref]
    return Carried(Entry.of(use.claim), pieces)


def _parents(document: dict[str, Any], linked: set[str]) -> list[Kin]:
    return [
        _kin(parent, Said(parent["title"]), parent["source"], has_page=parent["source"] in linked)
        for parent in document["derived_from"]
        if parent["certainty"] != "rejected"
    ]


def _children(document: str, ref: str) -> list[Kin]:
    child = json.loads(document)
    title = Said(child["title"], child["language"])
    return [
        _kin(parent, title, child["ref"], has_page=True)
        for parent in child["derived_from"]
        if parent["source"] == ref and parent["certainty"] != "rejected"
    ]


def _kin(derivation: dict[str, Any], title: Said, ref: str, *, has_page: bool) -> Kin:
    return Kin(
        title=title,
        how=words.word(words.DERIVATIONS, derivation["kind"]),
        how_sure=words.word(words.CERTAINTY, derivation["certainty"]),
        url=reverse("source", args=[ref]) if has_page else "",
    )


def _graph(document: dict[str, Any], children: list[str]) -> Graph | None:
    """Drawn only where there is something to draw: one box is no picture."""
    graph = family([document, *(json.loads(child) for child in children)])
    return graph if any(origin.links for origin in graph.origins) else None
