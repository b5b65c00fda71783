"""What a claim is found by: the words of its content, and the terms that lists are narrowed to.

Pure functions of a content; nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .folding import fold, folded

ERA = 2048  # editions; `find_claims` in the database goes through the record in such steps

# How much a word weighs where it stands: what is claimed, who and where, what was said, who told.
CLAIMED, NAMED, QUOTED, TOLD = "ABCD"
LONGEST = 60_000  # signs of all texts of a claim; a tsvector holds a megabyte and not more
LONGEST_TERM = 200
MOST_YEARS = 12

Text = tuple[str, str, str]  # weight, language, folded words


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
    for agent in agents_of(document):
        yield from _names(NAMED, agent)
    for item in document["evidence"]:
        if quotation := item["quotation"]:
            yield QUOTED, quotation["language"], quotation["exact"]
    for item in document["evidence"]:
        for role in ("publisher", "author"):
            if agent := item["source"].get(role):
                yield from _names(TOLD, agent)


def agents_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Who says it, for whom, and of whom. Contents of the first schema do not tell the last."""
    agents = (document["claimant"], document["on_behalf_of"], *document.get("about", []))
    return [agent for agent in agents if agent]


def _names(weight: str, agent: dict[str, Any]) -> Iterator[Text]:
    """A name has no stem: it is found as it is written, in any of its forms."""
    yield weight, "", agent["name"]
    for other in agent.get("names", []):
        yield weight, "", other["name"]


def terms_of(
    document: dict[str, Any], *, sequence: int, standing: bool, disputed: bool
) -> list[str]:
    """All that lists can be narrowed down to, and which part of the record the claim stands in.

    `standing`: neither retracted nor merged into another claim.
    """
    claimant, event = document["claimant"], document["event"]
    place = " ".join(event["place"]["name"].split()) if event and event["place"] else ""
    values = {
        "standing": "yes" if standing else "no",
        "finding": document["finding"]["code"],
        "attribution": document["attribution"]["code"],
        "claimant": claimant["ref"] if claimant else "",
        "event": event["ref"] if event else "",
        "aspect": document["aspect"],
        "disputed": "yes" if disputed else "no",
        "language": document["language"],
        "harm": document["harm"],
        "place": place[:LONGEST_TERM],
    }
    terms = [f"{facet}={value}" for facet, value in values.items() if value]
    terms += [f"year={year}" for year in _years(document)]
    terms += sorted({f"agent={agent['ref']}" for agent in agents_of(document)})
    return [*terms, f"era={sequence // ERA}"]


def _years(document: dict[str, Any]) -> list[int]:
    """The years of what the claim is about, else of when it was made; none where nobody knows."""
    event = document["event"]
    for when in (event["time"] if event else None, document["made"]):
        days = [when[end] for end in ("earliest", "latest") if when and when[end]]
        if days:
            first, last = int(days[0][:4]), int(days[-1][:4])
            return list(range(first, last + 1))[:MOST_YEARS]
    return []


def words_of(texts: Iterable[Text]) -> set[str]:
    """The words whose near spellings can be asked for: a number is near to no other."""
    return {word for _, _, text in texts for word in text.split() if not word.isdecimal()}


def words_of_names(agent: dict[str, Any]) -> str:
    """All names of an agent, in every script, as they are looked for."""
    return folded(agent["name"], *(other["name"] for other in agent.get("names", [])))


def words_of_event(event: dict[str, Any]) -> dict[str, str]:
    """The words by which an event is looked for."""
    place = event["place"]["name"] if event["place"] else ""
    return {"words": folded(event["label"], place), "place_words": folded(place)}
