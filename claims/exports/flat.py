"""One row a claim, for tables: what a spreadsheet can hold of an item.

Everything else is in the other two formats. Nothing here is counted or summed: figures are their
words. Of what was withdrawn a row holds the reason and no statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from claims.editions.addresses import Addresses
from claims.editions.stamps import stamp

Value = str | int | bool | list[str] | None
Document = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """An item of the record, read: what stands around the content, and the content."""

    sequence: int
    ref: str
    number: int
    kind: str
    digest: str
    published_at: Any
    content: Document
    derived: Document | None = None

    @property
    def claim(self) -> Document | None:
        """The content of a claim; None for a notice that stands in its place."""
        return self.content if self.content["schema"].startswith("factcheck-claim-") else None


@dataclass(frozen=True)
class Column:
    """A column: its type is `string`, `integer`, `boolean`, `datetime`, or `list` of strings."""

    name: str
    type: str
    description: str
    of_item: Callable[[Item], Value]


def told(name: str, type_: str, description: str, value: Callable[[Document], Value]) -> Column:
    """A column about what the claim says: empty where a notice stands in its place."""

    def of_item(item: Item) -> Value:
        return value(item.claim) if item.claim is not None else None

    return Column(name, type_, description, of_item)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _each(texts: Iterable[str]) -> list[str]:
    """Every text once, on one line of its own."""
    return list(dict.fromkeys(line for line in map(_one_line, texts) if line))


def _inner(key: str, *path: str) -> Callable[[Document], Value]:
    """What stands at the end of a path of keys; None where it breaks off."""

    def value(document: Document) -> Value:
        found: Any = document
        for step in (key, *path):
            found = found.get(step) if found is not None else None
        return found

    return value


def _sources(content: Document, public: str, protected: str = "") -> list[str]:
    sources = [piece["source"] for piece in content["evidence"]]
    return _each(source.get(public) or source.get(protected) or "" for source in sources)


def columns(addresses: Addresses, *, disputed: bool) -> list[Column]:
    """The columns of the CSV, in their order. A claim never stands without its claimant before it.

    `disputed` follows from the whole record, so only the latest editions have it.
    """
    of_record: list[Column] = [
        Column("ref", "string", "The permanent ref of the claim.", lambda item: item.ref),
        Column("edition", "integer", "1 is the claim's first edition.", lambda item: item.number),
        Column("kind", "string", "Why this edition was added; `retracted` and `merged`: "
               "stop showing the claim.", lambda item: item.kind),
        Column("sequence", "integer", "Place in the whole record.", lambda item: item.sequence),
        Column("digest", "string", "SHA-256 of the content.", lambda item: item.digest),
        Column("published_at", "datetime", "RFC 3339, UTC.",
               lambda item: stamp(item.published_at)),
        Column("address", "string", "The page of this edition, for good: cite this.",
               lambda item: addresses.edition(item.ref, item.number)),
    ]  # fmt: skip
    of_claim = [
        told("claimant_name", "string", "Who says it. Print this before the statement, always.",
             _inner("claimant_name")),
        told("claimant_role", "string", "In what role.", _inner("claimant_role")),
        told("claimant_ref", "string", "Empty when the publisher says it in its own voice.",
             _inner("claimant", "ref")),
        told("on_behalf_of", "string", "For whom the claimant speaks.",
             _inner("on_behalf_of", "name")),
        told("statement", "string", "What is claimed, in neutral words. Not our finding.",
             _inner("statement")),
        told("language", "string", "Of the statement, BCP 47.", _inner("language")),
        told("made", "string", "When it was said, EDTF.", _inner("made", "edtf")),
        told("made_as_printed", "string", "The same, as the source prints it.",
             _inner("made", "as_printed")),
        told("aspect", "string", "What part of the event it is about.", _inner("aspect")),
        told("checkability", "string", "Whether it can be checked.", _inner("checkability")),
        told("harm", "string", "How grave what it speaks of is.", _inner("harm")),
        told("attribution_code", "string", "Was it said?", _inner("attribution", "code")),
        told("attribution_label", "string", "The same, as the desk words it.",
             _inner("attribution", "label")),
        told("finding_code", "string", "Is it so?", _inner("finding", "code")),
        told("finding_label", "string", "The same, as the desk words it.",
             _inner("finding", "label")),
        told("assessed_on", "string", "The day of the assessment.", _inner("assessed_at")),
    ]  # fmt: skip
    of_dispute = [
        Column(
            "disputed",
            "boolean",
            "Another published claim denies, rebuts or contradicts it.",
            lambda item: item.derived["disputed"] if item.derived and item.claim else None,
        )
    ]
    of_ground = [
        told("figures", "list", "Numbers as they were worded. Never sum them.",
             lambda content: _each(figure["words"] for figure in content["figures"])),
        told("event_ref", "string", "The event it is about.", _inner("event", "ref")),
        told("event_label", "string", "The event in neutral words.", _inner("event", "label")),
        told("event_existence", "string", "Whether the event itself is alleged, accepted by all, "
             "or established.", _inner("event", "existence")),
        told("event_time", "string", "EDTF.", _inner("event", "time", "edtf")),
        told("event_time_as_printed", "string", "As the source prints it.",
             _inner("event", "time", "as_printed")),
        told("event_place", "string", "As asserted.", _inner("event", "place", "name")),
        told("event_place_precision", "string", "How exact the place is.",
             _inner("event", "place", "precision")),
        told("reports", "integer", "How many sources report it.",
             _inner("independence", "reports")),
        told("publishers", "integer", "Of how many publishers.",
             _inner("independence", "publishers")),
        told("party_statements", "integer", "How many are statements of a party.",
             _inner("independence", "party_statements")),
        told("independent_low", "integer", "Independent origins of what it says, at least.",
             _inner("independence", "low")),
        told("independent_high", "integer", "Independent origins of what it says, at most.",
             _inner("independence", "high")),
        told("sources", "list", "Titles; of a protected source its placeholder.",
             lambda content: _sources(content, "title", "placeholder")),
        told("source_urls", "list", "Addresses of the sources that have one.",
             lambda content: _sources(content, "url")),
        told("change_note", "string", "What was changed, and why.", _inner("change", "note")),
    ]  # fmt: skip
    of_notice: list[Column] = [
        Column("reason", "string", "Why it was withdrawn.",
               lambda item: item.content.get("reason")),
        Column("merged_into", "string", "The claim that stands in its place.",
               lambda item: item.content.get("into")),
    ]  # fmt: skip
    return [
        *of_record,
        *of_claim,
        *(of_dispute if disputed else []),
        *of_ground,
        *of_notice,
    ]
