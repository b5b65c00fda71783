"""Synthetic claims about Kestoria, a country that does not exist. Every statement says so.

The content has the shape of a real edition's, so that what is measured is what is served.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable
from typing import Any

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BLOCK = 10
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
# As many syllables as make words as unlike each other as those of a language are.
LATIN = tuple(first + vowel for first in "bdfgjklmnprstvz" for vowel in ("a", "e", "i", "o", "un"))
ARABIC = tuple(first + vowel for first in "بتجحدرزسشعفقكلمنه" for vowel in "اوي")
VOCABULARY = 40_000
ORDER = {"claim": "K", "agent": "A", "event": "E", "source": "S", "evidence": "V", "figure": "F"}
HARMS = ("ordinary", "serious", "grave")
ASPECTS = ("occurrence", "toll", "victims", "response", "perpetrator")
LANGUAGES = ("en", "fr", "ar", "es")
PARTIES = 400
CLAIMS_AN_EVENT = 40
TEXT = (
    "The report describes the market day in the river town, the road to the pass, the hour at "
    "which the column was seen, and the words of those who came back on foot the same evening. "
    "Nobody of this lives: Kestoria is invented, and so are its people. "
)
CODES = {
    "attribution": ("single_report", "widely_reported", "primary_record"),
    "content": ("insufficient_evidence", "partly_supported", "corroborated", "not_checkable"),
}

# axis → code → the status as an edition holds it.
Statuses = dict[str, dict[str, dict[str, Any]]]


def vocabulary(rows: Iterable[dict[str, Any]]) -> Statuses:
    """The desk's statuses, from rows with axis, code, label, definition, tone and rating."""
    found: Statuses = {}
    for row in rows:
        found.setdefault(row["axis"], {})[row["code"]] = {
            name: row[name] for name in ("code", "label", "definition", "tone", "rating")
        }
    return found


def name(kind: str, number: int) -> str:
    """The ref of the n-th thing of its kind: the same in every run."""
    digits = ""
    for _ in range(7):
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return ORDER[kind] + digits


def canonical(document: dict[str, Any]) -> str:
    """RFC 8785 for what stands here (no fractions but quarters, keys in ASCII); a test compares."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def word(number: int, syllables: tuple[str, ...] = LATIN) -> str:
    """The n-th word of an invented language: the frequent ones are short, as they are in others."""
    written = ""
    number += 1
    while number:
        number, syllable = divmod(number, len(syllables))
        written += syllables[syllable]
    return written + syllables[0]


def said(chance: random.Random, many: int, language: str) -> str:
    """So many words, few of them often and most of them seldom, as people write."""
    syllables = ARABIC if language == "ar" else LATIN
    return " ".join(word(int(VOCABULARY * chance.random() ** 4), syllables) for _ in range(many))


def stored(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def agent(number: int, *, kind: str = "armed_group") -> dict[str, Any]:
    return {
        "ref": name("agent", number),
        "kind": kind,
        "name": f"Invented party {number} of Kestoria",
        "language": "en",
        "party": kind != "outlet",
        "reliability": "F",
        "wikidata": "",
        "names": [
            {"name": f"IP{number}", "language": "en", "kind": "acronym"},
        ],
        "roles": [],
    }


def event(number: int) -> dict[str, Any]:
    return {
        "ref": name("event", number),
        "label": f"Invented event {number} in Kestoria",
        "language": "en",
        "existence": "alleged",
        "time": {"edtf": "", "as_printed": "Tuesday", "earliest": None, "latest": None},
        "place": {
            "name": "an invented river town",
            "precision": "settlement",
            "box": box(number),
        },
    }


def box(number: int) -> list[float | int]:
    """Where the n-th event was: Kestoria lies in the open South Atlantic, between 20 and 30 degrees
    south and between 20 and 10 west, where there is no land. Quarters of a degree, which are exact
    in every form of number; each fourth event is a point.
    """
    west, south = -20 + number * 13 % 36 / 4, -30 + number * 7 % 36 / 4
    extent = 0.25 * (number % 4)
    edges = (west, south, west + extent, south + extent)
    return [int(edge) if edge == int(edge) else edge for edge in edges]


def source(number: int, language: str) -> dict[str, Any]:
    return {
        "ref": name("source", number),
        "access": "public",
        "kind": "article",
        "title": f"Invented report {number} from Kestoria",
        "section": "Invented",
        "language": language,
        "url": f"https://kestoria.example/reports/{number}",
        "publisher": agent(PARTIES + number % 60, kind="outlet"),
        "author": None,
        "published": {
            "edtf": "2026-01-01",
            "as_printed": "1 January 2026",
            "earliest": "2026-01-01",
            "latest": "2026-01-01",
        },
        "derived_from": [],
    }


def document(number: int, statuses: Statuses) -> dict[str, Any]:
    """The content of the n-th claim."""
    chance = random.Random(number)
    denies = number % 2 == 1
    dead = chance.randrange(2, 90)
    party = number * 7919 % PARTIES
    codes = {axis: codes[chance.randrange(len(codes))] for axis, codes in CODES.items()}
    language = LANGUAGES[number // 2 % len(LANGUAGES)]
    words = f"at least {dead} people of an invented town"
    told = said(chance, 9, language)
    about = "Synthetic, about the invented country of Kestoria:"
    statement = (
        f"{about} report {number - 1} is “baseless”: {told}."
        if denies
        else f"{about} {words} were killed (report {number}): {told}."
    )
    return {
        "schema": "factcheck-claim-3",
        "ref": name("claim", number),
        "change": None,
        "redacts": [],
        "statement": statement,
        "language": language,
        "translations": [],
        "voice": "agent",
        "claimant": agent(party),
        "claimant_name": f"Invented party {party} of Kestoria",
        "claimant_role": "",
        "on_behalf_of": None,
        # What denies another is about nobody; the others accuse another party than the claimant.
        "about": [] if denies else [agent((party + 1) % PARTIES)],
        "made": None,
        "event": event(number // CLAIMS_AN_EVENT),
        "aspect": "denial" if denies else ASPECTS[number // 2 % len(ASPECTS)],
        "checkability": "position" if denies else "checkable",
        "harm": HARMS[number // 3 % len(HARMS)],
        "attribution": statuses["attribution"][codes["attribution"]],
        "finding": statuses["content"][codes["content"]],
        "rationale": [{"language": "en", "text": f"Invented for measuring. {TEXT}"}],
        "methods": "",
        "assessed_at": "2026-01-01",
        "evidence": [
            {
                "ref": name("evidence", number * 2 + place),
                "bears_on": "attribution",
                "stance": "supports",
                "basis": "rewrite",
                "group": None,
                "credibility": 6,
                "quotation": {
                    "exact": TEXT[: 60 + 40 * place],
                    "prefix": "",
                    "suffix": "",
                    "language": language,
                },
                "locator": "",
                "note": "",
                "source": source(number * 2 + place, language),
            }
            for place in range(1 + number % 2)
        ],
        "figures": []
        if denies
        else [
            {
                "ref": name("figure", number),
                "harm": "killed",
                "population": "invented people",
                "subgroup": "",
                "minimum": dead,
                "maximum": None,
                "bound": "at_least",
                "words": words,
                "language": "en",
                "rule": "",
            }
        ],
        "relations": [{"relation": "denies", "claim": name("claim", number - 1)}] if denies else [],
        "independence": {
            "reports": 1 + number % 2,
            "publishers": 1 + number % 2,
            "party_statements": 1,
            "low": 0,
            "high": 0,
        },
        "wanted": "",
        "replies": [],
    }
