"""A proposal as somebody at the desk reads it: who says it, before what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import Aspect, Bound, FigureHarm
from claims.intake.choices import ProposalKind
from claims.intake.models import Proposal
from claims.web.dates import edtf_words
from claims.web.text import language_name
from sources.choices import AgentKind, SourceKind

Said = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One thing that is said, with its language where it has one."""

    label: str
    words: str
    language: str = ""
    is_address: bool = False


@dataclass(frozen=True)
class Part:
    """Lines that belong together. What was left out has none."""

    title: str
    lines: list[Line]


def parts_of(proposal: Proposal) -> list[Part]:
    """What was sent, in the order in which it is read."""
    said: Said = proposal.content
    if proposal.kind == ProposalKind.SOURCE:
        return [_part(_("The source"), _source(said))]
    return [
        _part(_("The claim"), _claim(said)),
        *(
            _part(_("Report %(number)s") % {"number": number}, _evidence(piece))
            for number, piece in enumerate(said["evidence"], 1)
        ),
        *(
            _part(_("Figure %(number)s") % {"number": number}, _figure(figure))
            for number, figure in enumerate(said["figures"], 1)
        ),
    ]


def _part(title: str, lines: Iterator[Line]) -> Part:
    return Part(title, [line for line in lines if line.words])


def _claim(said: Said) -> Iterator[Line]:
    claimant, event = said["claimant"], said["event"] or {"ref": "", "label": ""}
    yield Line(_("claimant"), _named(claimant))
    yield Line(_("kind"), _word(AgentKind, claimant["kind"]))
    yield Line(_("role they spoke in"), said["claimant_role"])
    yield Line(_("statement"), said["statement"], said["language"])
    yield Line(_("language"), _language(said["language"]))
    yield Line(_("said on"), _date(said["made"]))
    yield Line(_("event"), " ".join(filter(None, (event["label"], event["ref"]))))
    yield Line(_("aspect"), _word(Aspect, said["aspect"]))


def _evidence(piece: Said) -> Iterator[Line]:
    if quotation := piece["quotation"]:
        language = quotation["language"]
        yield Line(_("words before"), quotation["prefix"], language)
        yield Line(_("quotation"), quotation["exact"], language)
        yield Line(_("words after"), quotation["suffix"], language)
    yield Line(_("locator"), piece["locator"])
    yield from _source(piece["source"])


def _source(said: Said) -> Iterator[Line]:
    yield Line(_("publisher"), _named(said["publisher"]))
    yield Line(_("author"), _named(said["author"]))
    yield Line(_("title"), said["title"], said["language"])
    yield Line(_("kind"), _word(SourceKind, said["kind"]))
    yield Line(_("published"), _date(said["published"]))
    yield Line(_("language"), _language(said["language"]))
    yield Line(_("address"), said["url"], is_address=True)


def _figure(said: Said) -> Iterator[Line]:
    yield Line(_("words"), said["words"], said["language"])
    yield Line(_("harm"), _word(FigureHarm, said["harm"]))
    yield Line(_("population"), said["population"])
    yield Line(_("subgroup"), said["subgroup"])
    numbers = "–".join(str(said[end]) for end in ("minimum", "maximum") if said[end] is not None)
    yield Line(_("bound"), f"{_word(Bound, said['bound'])} {numbers}".strip())


def _named(named: Said | None) -> str:
    return " ".join(filter(None, (named["name"], named["ref"]))) if named else ""


def _date(date: Said | None) -> str:
    if not date:
        return ""
    words = edtf_words(date["edtf"]) if date["edtf"] else ""
    printed = "" if date["as_printed"] == words else date["as_printed"]
    return " · ".join(filter(None, (words, printed)))


def _language(tag: str | None) -> str:
    return language_name(tag) if tag else ""


def _word(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value else ""
