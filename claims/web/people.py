"""Who speaks and when, as a page prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.editions.vocabulary import translated

from . import words
from .text import Said


@dataclass(frozen=True)
class Party:
    """An agent: a name, what kind of body it is, and whether it is a party to the conflict."""

    ref: str
    name: Said
    kind: str
    is_party: bool
    reliability: str
    url: str = ""

    @classmethod
    def of(cls, agent: dict[str, Any] | None) -> Party | None:
        if agent is None:
            return None
        return cls(
            ref=agent["ref"],
            name=Said(agent["name"], agent.get("language", "")),
            kind=words.word(words.AGENT_KINDS, agent["kind"]),
            is_party=bool(agent.get("party")),
            reliability=words.word(words.RELIABILITY, agent.get("reliability", "F")),
            url=reverse("agent", args=[agent["ref"]]),
        )


@dataclass(frozen=True)
class Claimant:
    """Who makes the claim, with everything that is read before the statement."""

    name: Said
    says: str
    role: str
    agent: Party | None
    on_behalf_of: Party | None

    @property
    def url(self) -> str:
        """The page of whoever makes the claim; a publisher that is not known has none."""
        return self.agent.url if self.agent else ""

    @classmethod
    def of(cls, content: dict[str, Any]) -> Claimant:
        agent = Party.of(content["claimant"])
        name = Said(content["claimant_name"], agent.name.language if agent else "")
        return cls(
            name=name if agent else Said(capfirst(translated(name.plain))),
            says=words.says(voice=content["voice"], named=agent is not None),
            role=content["claimant_role"],
            agent=agent,
            on_behalf_of=Party.of(content["on_behalf_of"]),
        )


def headline(name: str, statement: str) -> str:
    """One line for titles and share cards, in which a claim never looks like our own finding."""
    return _("%(claimant)s: %(statement)s") % {
        "claimant": capfirst(translated(name)),
        "statement": statement,
    }


@dataclass(frozen=True)
class When:
    """A date as the source printed it, and what it was resolved to, if it was."""

    printed: str
    resolved: str

    @classmethod
    def of(cls, value: dict[str, Any] | None) -> When | None:
        if value is None:
            return None
        when = cls(value["as_printed"], span(_day(value["earliest"]), _day(value["latest"])))
        return when if when.printed or when.resolved else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def span(earliest: date | None, latest: date | None) -> str:
    if earliest and latest:
        if earliest == latest:
            return day_words(earliest)
        return _("between %(first)s and %(last)s") % {
            "first": day_words(earliest),
            "last": day_words(latest),
        }
    if earliest:
        return _("%(day)s or later") % {"day": day_words(earliest)}
    if latest:
        return _("%(day)s or earlier") % {"day": day_words(latest)}
    return ""


def day_words(day: date) -> str:
    return date_format(day, "j F Y")
