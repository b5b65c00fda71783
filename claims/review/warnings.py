"""What a careful colleague would say about a claim before it is submitted. Nothing here blocks.

Each warning is a sentence that somebody can act on, and names the part of the claim's page where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import FIRST_HAND, Aspect, Basis, BearsOn, FigureHarm, Harm, Stance
from claims.models import Claim
from sources.models import Agent

from .wording import loaded, numbers_of_people, value, written_in_another_script

# The parts of a claim's page, in the order of work.
SAID, ATTRIBUTION, CONTENT, FIGURES, RELATIONS, ASSESSMENT, REPLIES, TRANSLATIONS = (
    "said",
    "attribution",
    "content",
    "figures",
    "relations",
    "assessment",
    "replies",
    "translations",
)

# Those answer or surround an accusation; the others may be one.
NO_ACCUSATION = (Aspect.DENIAL, Aspect.RESPONSE, Aspect.CONTEXT)


@dataclass(frozen=True)
class Warned:
    """One thing to look at again, and in which part of the claim's page."""

    text: str
    part: str


def warnings(claim: Claim, document: dict[str, Any]) -> list[Warned]:
    """All that is worth a second look in this content, in the order of the page."""
    return [
        *_words(document),
        *_dates(document),
        *_quotations(document),
        *_twice(claim, document),
        *_origins(document),
        *_figures(document),
        *_replies(document),
        *_translations(document),
    ]


def _words(document: dict[str, Any]) -> Iterator[Warned]:
    statement, language = document["statement"], document["language"]
    if words := loaded(statement, language):
        yield Warned(_loaded_words(words), SAID)
    if written_in_another_script(statement, language):
        yield Warned(
            _("The statement is not written in the script of its language (%(tag)s).")
            % {"tag": language},
            SAID,
        )
    killed = any(figure["harm"] == FigureHarm.KILLED for figure in document["figures"])
    if killed and document["harm"] != Harm.GRAVE:
        yield Warned(
            _("It speaks of people killed, and its harm level is not “grave”. Should it be?"), SAID
        )


def _loaded_words(words: list[str]) -> str:
    return ngettext(
        "A loaded word outside quotation marks: %(words)s. Quote it, or say it in neutral words.",
        "Loaded words outside quotation marks: %(words)s. Quote them, or say it in neutral words.",
        len(words),
    ) % {"words": " · ".join(words)}


def _dates(document: dict[str, Any]) -> Iterator[Warned]:
    made = document["made"] or {}
    for item in document["evidence"]:
        published = item["source"].get("published") or {}
        first, last = published.get("earliest"), published.get("latest")
        title = {"title": item["source"].get("title", "")}
        if first and made.get("latest") and first > made["latest"]:
            yield Warned(
                _(
                    "“%(title)s” is dated after the day this was said. Say in its note how it can "
                    "show what was said, or was so, on that day."
                )
                % title,
                _part(item),
            )
        on_attribution = item["bears_on"] == BearsOn.ATTRIBUTION
        if on_attribution and last and made.get("earliest") and last < made["earliest"]:
            yield Warned(
                _(
                    "“%(title)s” is dated before the day this was said: it cannot show that it was "
                    "said then. One of the two dates is wrong, or it belongs to another part."
                )
                % title,
                ATTRIBUTION,
            )


def _quotations(document: dict[str, Any]) -> Iterator[Warned]:
    """Evidence that seems to answer the other question than the one it is filed under."""
    for item in document["evidence"]:
        if item["quotation"] or "title" not in item["source"]:
            continue
        title = {"title": item["source"]["title"]}
        repeats = item["basis"] not in FIRST_HAND
        content = item["bears_on"] == BearsOn.CONTENT and item["stance"] == Stance.SUPPORTS
        if content and repeats:
            yield Warned(
                _(
                    "“%(title)s” repeats somebody and has no quotation. It seems to show that it "
                    "was said, not that it is so: move it there, or quote what shows that it is so."
                )
                % title,
                CONTENT,
            )
        if item["bears_on"] == BearsOn.ATTRIBUTION and item["basis"] in (
            Basis.IMAGERY,
            Basis.FORENSIC,
        ):
            yield Warned(
                _(
                    "“%(title)s” is imagery or forensic work without a quotation. It seems to show "
                    "whether it is so, not that it was said."
                )
                % title,
                ATTRIBUTION,
            )


def _twice(claim: Claim, document: dict[str, Any]) -> Iterator[Warned]:
    """A source that is linked twice for the same question counts once; protected ones, too."""
    sources = dict(claim.evidence.values_list("ref", "source"))
    linked = Counter((sources.get(item["ref"]), item["bears_on"]) for item in document["evidence"])
    named = set()
    for item in document["evidence"]:
        link = (sources.get(item["ref"]), item["bears_on"])
        if linked[link] > 1 and link not in named:
            named.add(link)
            source = item["source"]
            yield Warned(
                _(
                    "“%(title)s” is linked more than once for the same question. It counts as one "
                    "report: keep one, or say in the notes why there are two."
                )
                % {"title": source.get("title") or source.get("placeholder", "")},
                _part(item),
            )


def _origins(document: dict[str, Any]) -> Iterator[Warned]:
    supporting = any(
        item["bears_on"] == BearsOn.CONTENT and item["stance"] == Stance.SUPPORTS
        for item in document["evidence"]
    )
    if supporting and not document["independence"]["high"]:
        yield Warned(
            _(
                "All that supports it goes back to the claimant, to a party, or to hearsay: there "
                "is no independent origin yet."
            ),
            CONTENT,
        )


def _figures(document: dict[str, Any]) -> Iterator[Warned]:
    numbers = numbers_of_people(
        document["statement"],
        document["language"],
        toll=document["aspect"] == Aspect.TOLL,
    )
    missing = [number for number in numbers if not _has_a_figure(number, document["figures"])]
    if missing and document["aspect"] != Aspect.DENIAL:  # a denial has no figure
        yield Warned(
            ngettext(
                "A number in the statement has no figure: %(numbers)s. Add it, as worded.",
                "Numbers in the statement have no figure: %(numbers)s. Add them, as worded.",
                len(missing),
            )
            % {"numbers": " · ".join(missing)},
            FIGURES,
        )


def _has_a_figure(number: str, figures: list[dict[str, Any]]) -> bool:
    """A number in words has one when there is any: words are not done into numbers here."""
    counted = value(number)
    if counted is None:
        return bool(figures)
    return any(
        counted in (figure["minimum"], figure["maximum"]) or number in figure["words"]
        for figure in figures
    )


def _replies(document: dict[str, Any]) -> Iterator[Warned]:
    if document["aspect"] in NO_ACCUSATION or document["harm"] == Harm.ORDINARY:
        return
    spoke = {agent["ref"] for agent in (document["claimant"], document["on_behalf_of"]) if agent}
    asked = {reply["party"]["ref"] for reply in document["replies"]}
    about = {agent["ref"]: agent["name"] for agent in document["about"]}
    if about:
        says = _("It is about %(party)s, who has not been asked for a reply.")
    else:
        says = _("It names %(party)s, who has not been asked for a reply.")
        named = Agent.objects.parties().named_in(document["statement"])
        about = {agent.ref: agent.name for agent in named}
    accused = {ref: name for ref, name in about.items() if ref not in spoke}
    for ref, name in accused.items():
        if ref not in asked:
            yield Warned(says % {"party": name}, REPLIES)
    if document["aspect"] == Aspect.PERPETRATOR and not accused and not asked:
        yield Warned(
            _("It says who did it, and nobody it accuses has been asked for a reply."), REPLIES
        )


def _translations(document: dict[str, Any]) -> Iterator[Warned]:
    for item in document["translations"]:
        if words := loaded(item["text"], item["language"]):
            yield Warned(f"{item['language']}: {_loaded_words(words)}", TRANSLATIONS)


def _part(item: dict[str, Any]) -> str:
    return ATTRIBUTION if item["bears_on"] == BearsOn.ATTRIBUTION else CONTENT
