"""From a claim's last words to what it is found by. Called by the projection, for what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from .folding import fold, outline
from .index import ERA, PublishedText, PublishedWord
from .models import PublishedClaim

# How much a word weighs where it stands: what is claimed, who and where, what was said, who told.
CLAIMED, NAMED, QUOTED, TOLD = "ABCD"
LONGEST = 60_000  # signs of all texts of a claim; a tsvector holds a megabyte and not more
LONGEST_TERM = 200
MOST_YEARS = 12

Text = tuple[str, str, str]

# Those that will stand in none go first: no row may ever say so.
NEWS = "unnest(%s::text[], %s::text[], %s::int[]) AS news (word, outline, claims)"
COUNT = (
    f"DELETE FROM editions_publishedword w USING {NEWS}"  # noqa: S608
    " WHERE w.word = news.word AND w.claims + news.claims <= 0",
    f"UPDATE editions_publishedword w SET claims = w.claims + news.claims FROM {NEWS}"  # noqa: S608
    " WHERE w.word = news.word",
    f"INSERT INTO editions_publishedword (word, outline, claims) SELECT * FROM {NEWS}"  # noqa: S608
    " WHERE news.claims > 0 ON CONFLICT (word) DO NOTHING",
)


def texts_of(document: dict[str, Any]) -> list[Text]:
    """Weight, language and folded words of all that is searched, in the order of weight."""
    texts: list[Text] = []
    room = LONGEST
    for weight, language, text in dict.fromkeys(_texts(document)):
        words = " ".join(fold(text[:room]))[:room]
        if words:
            texts.append((weight, language, words))
        room -= len(words)
    return texts


def _texts(document: dict[str, Any]) -> Iterator[Text]:
    yield CLAIMED, document["language"], document["statement"]
    for one in document["translations"]:
        yield CLAIMED, one["language"], one["text"]
    if event := document["event"]:
        yield NAMED, event["language"], event["label"]
        if place := event["place"]:
            yield NAMED, "", place["name"]
    yield NAMED, "", document["claimant_name"]
    yield NAMED, document["language"], document["claimant_role"]
    agents = [document["claimant"], document["on_behalf_of"], *document.get("about", [])]
    for agent in filter(None, agents):
        yield from _names(NAMED, agent)
    for item in document["evidence"]:
        if quotation := item["quotation"]:
            yield QUOTED, quotation["language"], quotation["exact"]
    for item in document["evidence"]:
        for role in ("publisher", "author"):
            if agent := item["source"].get(role):
                yield from _names(TOLD, agent)


def _names(weight: str, agent: dict[str, Any]) -> Iterator[Text]:
    """A name has no stem: it is found as it is written, in any of its forms."""
    yield weight, "", agent["name"]
    for other in agent.get("names", []):
        yield weight, "", other["name"]


def terms_of(claim: PublishedClaim, document: dict[str, Any]) -> list[str]:
    """All that lists can be narrowed down to, and which part of the record the claim stands in."""
    event = document["event"]
    place = " ".join(event["place"]["name"].split()) if event and event["place"] else ""
    values = {
        "standing": "no" if claim.retracted else "yes",
        "finding": claim.content_status,
        "attribution": claim.attribution_status,
        "claimant": claim.claimant_ref,
        "event": claim.event_ref,
        "aspect": claim.aspect,
        "disputed": "yes" if claim.disputed else "no",
        "language": claim.language,
        "harm": claim.harm,
        "place": place[:LONGEST_TERM],
    }
    terms = [f"{facet}={value}" for facet, value in values.items() if value]
    terms += [f"year={year}" for year in _years(document)]
    return [*terms, f"era={claim.sequence // ERA}"]


def _years(document: dict[str, Any]) -> list[int]:
    """The years of what the claim is about, else of when it was made; none where nobody knows."""
    event = document["event"]
    for when in (event["time"] if event else None, document["made"]):
        days = [when[end] for end in ("earliest", "latest") if when and when[end]]
        if days:
            first, last = int(days[0][:4]), int(days[-1][:4])
            return list(range(first, last + 1))[:MOST_YEARS]
    return []


def row_of(claim: PublishedClaim, document: dict[str, Any]) -> PublishedText:
    return PublishedText(
        ref=claim.ref,
        sequence=claim.sequence,
        terms=terms_of(claim, document),
        texts=texts_of(document),
    )


def words_of(texts: Iterable[Text]) -> set[str]:
    """The words whose near spellings can be asked for: a number is near to no other."""
    return {word for _, _, text in texts for word in text.split() if not word.isdecimal()}


def index(claims: Iterable[PublishedClaim]) -> None:
    """Write what these claims are found by, and count their words."""
    rows = [row_of(claim, claim.edition.last_words) for claim in claims]
    held = PublishedText.objects.in_bulk([row.ref for row in rows])
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(_counted(row))
        counts.subtract(_counted(held[row.ref]) if row.ref in held else ())
    PublishedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["ref"],
        update_fields=["sequence", "terms", "texts"],
    )
    count({word: number for word, number in counts.items() if number})


def _counted(row: PublishedText) -> set[str]:
    """A claim that has left the lists offers no words to those who search them."""
    return words_of(row.texts) if "standing=yes" in row.terms else set()


def count(words: dict[str, int]) -> None:
    """Add to the number of claims that words stand in; a word that stands in none is forgotten."""
    if not words:
        return
    names = sorted(words)
    rows = [names, [outline(name) for name in names], [words[name] for name in names]]
    with connection.cursor() as cursor:
        for statement in COUNT:
            cursor.execute(statement, rows)
