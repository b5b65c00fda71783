"""The claim's page, from an edition's content and what the record says of it.

The public view and the desk's preview call the same function, so that what is approved is what
will be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from claims.editions.citation import Citation
from claims.editions.linked_data import as_script, linked_data

from . import dispute, figures, words
from .citing import cite_block, withdrawn_words
from .entries import Event
from .evidence import questions, quoted
from .gaps import gaps
from .languages import OPEN_GRAPH, Place, Version, here
from .origins import origins
from .people import Claimant, Party, When, headline
from .printed import Publication, changes, cited_as, editions_of
from .reading import Reading, in_the_desks_words, ours_first, shown_in_one_of
from .shared import Share
from .text import Said, language_name, markdown
from .timeline import timeline

QUOTATIONS_SHOWN = 3  # before the evidence, where all of them stand


@dataclass(frozen=True)
class Site:
    """What the frame of every page says: whose it is, and in which languages it stands."""

    name: str
    url: str
    place: Place | None

    @property
    def languages(self) -> list[Version]:
        """This page in each language; from one without an address, the front page."""
        return (self.place or Place("/")).versions()

    @property
    def speaks(self) -> str:
        return OPEN_GRAPH.get(get_language(), "")


def site() -> Site:
    return Site(settings.SITE_NAME, settings.SITE_URL, here())


def claim_page(
    content: dict[str, Any],
    derived: dict[str, Any],
    publication: Publication,
    *,
    permanent: bool = False,
) -> str:
    """The page of a claim. `permanent`: asked for by edition, at the address that never changes.

    Raises KeyError for content that is not what the record's contract says: better no page than
    one with a part missing.
    """
    claimant = Claimant.of(content)
    reading = Reading.of(content)
    editions = editions_of(derived, publication)
    quotations = quoted(content["evidence"])
    graph = origins(content)
    context = {
        "site": site(),
        "area": "claims",
        "publication": publication,
        "permanent": permanent,
        "title": headline(claimant.name.plain, reading.shown.plain),
        "claimant": claimant,
        "statement": reading.shown,
        "reading": reading,
        "event": Event.of(content["event"]),
        "attribution": in_the_desks_words(content["attribution"]),
        "finding": in_the_desks_words(content["finding"]),
        "disputed": derived["disputed"],
        "disputers": dispute.disputers(derived),
        "dispute": dispute.dispute_of(content["ref"], derived),
        "related": dispute.related(derived),
        "quoted": quotations[:QUOTATIONS_SHOWN],
        "more_quoted": max(len(quotations) - QUOTATIONS_SHOWN, 0),
        "charts": _charts(content, derived, claimant),
        "rationale": [
            {
                "language": one["language"],
                "direction": Said("", one["language"]).direction,
                "html": markdown(one["text"]),
            }
            for one in ours_first(content["rationale"])
        ],
        "rationale_shown": shown_in_one_of(content["rationale"]),
        "about": [Party.of(agent) for agent in content.get("about", [])],
        "gaps": gaps(content),
        "questions": questions(content["evidence"], graph),
        "graph": graph if len(graph.reports) > 1 else None,
        "timeline": timeline(content, derived["editions"]),
        "translations": [
            {
                "text": Said(one["text"], one["language"]),
                "language": language_name(one["language"]),
                "translator": one["translator"],
                "method": words.word(words.TRANSLATION_METHODS, one["method"]),
            }
            for one in content["translations"]
        ],
        "replies": [_reply(one) for one in content["replies"]],
        "particulars": _particulars(content),
        "independence": content["independence"],
        "content": content,
        "assessed_at": _day(content["assessed_at"]),
        **editions,
        "changes": changes(editions["editions"], content, publication),
        "cited_as": cited_as(derived),
        "citation": _citation(content, publication, withdrawn_words(derived)),
        **cite_block(content, derived, publication),
        "linked_data": _linked_data(content, publication),
        "share": Share.of(content, publication, permanent=permanent),
    }
    return render_to_string("web/claim.html", context)


def _citation(content: dict[str, Any], publication: Publication, withdrawn: str) -> Citation:
    return Citation.of_claim(
        content,
        number=publication.number,
        published_at=publication.published_at,
        digest=publication.digest,
        site_name=settings.SITE_NAME,
        url=publication.permalink,
        withdrawn=withdrawn,
    )


def _linked_data(content: dict[str, Any], publication: Publication) -> SafeString | None:
    if publication.is_candidate:
        return None
    return as_script(
        linked_data(
            content,
            number=publication.number,
            published_at=publication.published_at,
            url=publication.permalink,
            claim_url=publication.url,
            site_name=settings.SITE_NAME,
            site_url=settings.SITE_URL,
            licence_url=settings.LICENCE_URL,
        )
    )


def _charts(
    content: dict[str, Any], derived: dict[str, Any], claimant: Claimant
) -> list[figures.Chart]:
    if not content["figures"]:
        return []
    mine: figures.Statement = (claimant.name, content["language"], content["figures"])
    others: list[figures.Statement] = [
        (dispute.Other.of(one).claimant, one["language"], one["figures"])
        for one in derived["dispute_set"]
        if one["ref"] != content["ref"]
    ]
    return figures.charts([mine, *others], only={one["harm"] for one in content["figures"]})


def _particulars(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "aspect": words.word(words.ASPECTS, content["aspect"]),
        "checkability": words.word(words.CHECKABILITY, content["checkability"]),
        "harm": words.word(words.HARMS, content["harm"]),
        "language": language_name(content["language"]),
        "made": When.of(content["made"]),
    }


def _reply(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": Party.of(value["party"]),
        "channel": value["channel"],
        "asked_on": _day(value["asked_on"]),
        "deadline": _day(value["deadline"]),
        "answer": value["answer"],
        "state": words.word(words.REPLY_STATES, value["state"]),
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
