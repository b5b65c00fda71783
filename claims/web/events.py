"""The page of an event: no finding of its own, only what is said about it and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from claims.editions.choices import DISPUTING
from claims.editions.models import PublishedClaim, PublishedEvent

from . import dispute, figures, words
from .entries import Entry, Event
from .pages import site
from .people import Claimant
from .record import EVENT_CLAIMS
from .text import Said


@dataclass(frozen=True)
class Aspect:
    """One question about the event, and what each claimant says to it."""

    label: str
    entries: list[Entry]


def event_page(event: PublishedEvent, claims: list[PublishedClaim]) -> str:
    more = len(claims) > EVENT_CLAIMS
    claims = claims[:EVENT_CLAIMS]
    facts = Event.of(event.facts)
    context = {
        "site": site(),
        "area": "events",
        "ref": event.ref,
        "event": facts,
        "path": event.get_absolute_url(),
        "disputes": _disputes(claims),
        "charts": _charts(claims),
        "aspects": _aspects(claims),
        "claimants": _claimants(claims),
        "more": more,
    }
    return render_to_string("web/event.html", context)


def _disputes(claims: list[PublishedClaim]) -> list[list[dispute.Side]]:
    """Each dispute once and whole, also where it reaches beyond this event."""
    sets: dict[frozenset[str], list[dict[str, Any]]] = {}
    relations: list[tuple[str, str, str]] = []
    for claim in claims:
        members = claim.facts["dispute_set"]
        if members:
            sets.setdefault(frozenset(one["ref"] for one in members), members)
        relations += [
            (claim.ref, one["relation"], one["ref"])
            for one in claim.facts["outgoing"]
            if one["relation"] in DISPUTING
        ]
    return [dispute.sides(members, relations=relations) for members in sets.values()]


def _charts(claims: list[PublishedClaim]) -> list[figures.Chart]:
    """Every figure given on the event. Who gives none is named where a dispute shows them."""
    statements: list[figures.Statement] = []
    disputing = {ref for claim in claims for ref in _dispute_refs(claim)}
    for claim in claims:
        content = claim.edition.document
        if content["figures"] or claim.ref in disputing:
            statements.append((Claimant.of(content).name, content["language"], content["figures"]))
    return figures.charts(statements)


def _dispute_refs(claim: PublishedClaim) -> list[str]:
    return [one["ref"] for one in claim.facts["dispute_set"]]


def _aspects(claims: list[PublishedClaim]) -> list[Aspect]:
    entries = [Entry.of(claim) for claim in claims]
    known = list(words.ASPECTS)
    codes = known + sorted({entry.aspect for entry in entries} - set(known))
    return [
        Aspect(words.word(words.ASPECTS, code), chosen)
        for code in codes
        if (chosen := [entry for entry in entries if entry.aspect == code])
    ]


def _claimants(claims: list[PublishedClaim]) -> list[Said]:
    names = {
        name.plain: name for name in (Claimant.of(claim.edition.document).name for claim in claims)
    }
    return list(names.values())
