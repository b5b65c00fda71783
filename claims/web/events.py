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
class Voice:
    """What one claimant, in one role, says to a question."""

    claimant: Claimant
    entries: list[Entry]


@dataclass(frozen=True)
class Aspect:
    """One question about the event: what each claimant says to it, and who says nothing."""

    label: str
    voices: list[Voice]
    silent: list[Said]


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
        "claimants": _claimants([Entry.of(claim) for claim in claims]),
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
    everybody = _claimants(entries)
    aspects = []
    for code in codes:
        voices: dict[tuple[str, ...], Voice] = {}
        for entry in entries:
            if entry.aspect == code:
                voice = Voice(entry.claimant, [])
                voices.setdefault(_as_whom(entry.claimant), voice).entries.append(entry)
        speaking = {name for voice in voices.values() for name in _as_whom(voice.claimant)}
        silent = [one.name for one in everybody if one.name.plain not in speaking]
        if voices:
            label = words.word(words.ASPECTS, code)
            aspects.append(Aspect(label, list(voices.values()), silent))
    return aspects


def _as_whom(claimant: Claimant) -> tuple[str, ...]:
    """Who speaks, and as what: a role or a principal more is another voice."""
    principal = claimant.on_behalf_of.name.plain if claimant.on_behalf_of else ""
    return claimant.name.plain, claimant.url, claimant.role, principal


def _claimants(entries: list[Entry]) -> list[Claimant]:
    """Everybody who says something about the event, each once."""
    return list({entry.claimant.name.plain: entry.claimant for entry in entries}.values())
