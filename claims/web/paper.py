"""An edition as a document: what was published and nothing else, to be kept.

It cannot say who disputes the claim, or whether it still stands: that changes, and the document
does not. It says where that is told. The edition's exact text travels inside it, so that whoever
has the file can check it against its digest, without us.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from claims.editions.choices import TOMBSTONES, EditionKind
from claims.editions.citation import Citation
from claims.editions.citing.cited import Withdrawal
from claims.editions.corrections import Correction
from claims.editions.models import Edition
from claims.editions.stamps import stamp

from . import drawing, words
from .citing import said_of
from .entries import Event
from .evidence import questions
from .figures import reading
from .origins import origins
from .pages import site
from .people import Party, When
from .printed import Publication
from .shared import Told, direction_of
from .text import Said, language_name, markdown


def draw_document(shown: Edition) -> bytes:
    told = Told.by(shown)
    name = f"{shown.ref}-v{shown.number}.json"
    context = {
        "site": site(),
        "told": told,
        "publication": told.publication,
        "content": shown.document,
        "direction": direction_of(told.statement),
        "desk": direction_of(Said(told.finding["definition"] if told.finding else shown.note)),
        "retracted": shown.kind == EditionKind.RETRACTED,
        "file": name,
        "stamp": stamp(shown.published_at),
        "citation": _citation(shown, told.publication),
        **({} if shown.kind in TOMBSTONES else _parts(shown.document)),
    }
    return drawing.document(
        render_to_string("web/drawn/edition.html", context),
        identifier=shown.digest.encode(),
        attached=drawing.Attached(name, told.imprint, shown.content, shown.published_at),
    )


def _citation(shown: Edition, publication: Publication) -> Citation:
    content = shown.document
    if publication.kind in TOMBSTONES:
        cited = Publication(publication.ref, content["citation"]["edition"])
        withdrawal = Withdrawal.of_edition(content, shown.published_at)
        return Citation.of_withdrawn(
            content,
            findings=said_of(withdrawal),
            site_name=settings.SITE_NAME,
            url=cited.permalink,
        )
    return Citation.of_claim(
        content,
        number=publication.number,
        published_at=publication.published_at,
        digest=publication.digest,
        site_name=settings.SITE_NAME,
        url=publication.permalink,
    )


def _parts(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "change": _change(content["change"]),
        "about": [Party.of(agent) for agent in content.get("about", [])],
        "event": Event.of(content["event"]),
        "questions": questions(content["evidence"], origins(content)),
        "figures": [_figure(one) for one in content["figures"]],
        "rationale": [_reason(one) for one in content["rationale"]],
        "relations": [_relation(one) for one in content["relations"]],
        "replies": [_reply(one) for one in content["replies"]],
        "translations": [_translation(one) for one in content["translations"]],
        "particulars": {
            "aspect": words.word(words.ASPECTS, content["aspect"]),
            "checkability": words.word(words.CHECKABILITY, content["checkability"]),
            "harm": words.word(words.HARMS, content["harm"]),
            "language": language_name(content["language"]),
            "made": When.of(content["made"]),
        },
    }


def _change(value: dict[str, Any] | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "said": words.word(words.EDITION_KINDS, value["kind"]),
        "note": value["note"],
        "correction": Correction.read(value["note"]) if value["kind"] == "corrected" else None,
    }


def _figure(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": Said(value["words"], value.get("language", "")),
        "harm": words.word(words.FIGURE_HARMS, value["harm"]),
        "population": value["population"],
        "subgroup": value["subgroup"],
        "reading": reading(value),
    }


def _reason(value: dict[str, Any]) -> dict[str, Any]:
    language = value["language"]
    return {
        "language": language,
        "direction": direction_of(Said(value["text"], language)),
        "html": markdown(value["text"]),
    }


def _relation(value: dict[str, Any]) -> dict[str, Any]:
    ref = value["claim"]
    relation = words.word(words.OUTGOING, value["relation"])
    return {"words": relation, "ref": ref, "url": Publication(ref).url}


def _reply(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": Party.of(value["party"]),
        "channel": value["channel"],
        "asked_on": date.fromisoformat(value["asked_on"]),
        "deadline": date.fromisoformat(value["deadline"]),
        "answer": value["answer"],
        "state": words.word(words.REPLY_STATES, value["state"]),
    }


def _translation(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": Said(value["text"], value["language"]),
        "language": language_name(value["language"]),
        "translator": value["translator"],
        "method": words.word(words.TRANSLATION_METHODS, value["method"]),
    }
