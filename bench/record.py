"""Synthetic claims as a record: editions in their order, and what follows from them.

Claims come in blocks of ten; in a block each second claim denies the one before it, the first claim
is corrected once, and in each fiftieth block the last but one is retracted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.synthetic import BLOCK, START, TEXT, Statuses, canonical, document, stored


@dataclass
class Edition:
    """A row of the record."""

    sequence: int
    ref: str
    number: int
    kind: str
    content: str
    note: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def published_at(self) -> dt.datetime:
        return START + dt.timedelta(seconds=self.sequence)

    @property
    def entry(self) -> dict[str, Any]:
        """As it stands in a claim's history."""
        return {
            "number": self.number,
            "kind": self.kind,
            "sequence": self.sequence,
            "digest": self.digest,
            "published_at": f"{self.published_at.isoformat()[:19]}Z",
            "note": self.note,
            "redacted_in": None,
        }


@dataclass
class Claim:
    """A claim with its editions, oldest first; `document` holds its last words."""

    number: int
    document: dict[str, Any]
    editions: list[Edition] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return str(self.document["ref"])

    @property
    def retracted(self) -> bool:
        return self.editions[-1].kind == "retracted"

    def publish(self, sequence: int, kind: str, document: dict[str, Any], note: str = "") -> None:
        number = len(self.editions) + 1
        self.editions.append(Edition(sequence, self.ref, number, kind, canonical(document), note))

    @property
    def summary(self) -> dict[str, Any]:
        document = self.document
        return {
            "ref": self.ref,
            "edition": self.editions[-1].number,
            "retracted": self.retracted,
            "statement": document["statement"],
            "language": document["language"],
            "claimant_name": document["claimant_name"],
            "claimant_role": document["claimant_role"],
            "on_behalf_of": "",
            "aspect": document["aspect"],
            "attribution": document["attribution"]["code"],
            "finding": {
                key: document["finding"][key] for key in ("code", "label", "definition", "tone")
            },
            "event": document["event"]["ref"],
            "quotations": [
                {key: item["quotation"][key] for key in ("exact", "language")}
                for item in document["evidence"]
            ],
            "figures": [
                {key: item[key] for key in ("words", "minimum", "maximum", "bound", "harm")}
                for item in document["figures"]
            ],
        }


def mentions(claim: Claim) -> dict[tuple[str, str], dict[str, Any]]:
    """Each agent in each of its parts, as the projection would name them."""
    document = claim.document
    found = {(document["claimant"]["ref"], "claimant"): document["claimant"]}
    found |= {(agent["ref"], "about"): agent for agent in document["about"]}
    for item in document["evidence"]:
        publisher = item["source"]["publisher"]
        found[publisher["ref"], "source"] = publisher
    return found


def blocks(claims: int, statuses: Statuses) -> Iterator[list[Claim]]:
    """All claims, ten by ten, with their editions in the order of the record."""
    sequence = 0
    for block in range(claims // BLOCK):
        made = [
            Claim(number, document(number, statuses))
            for number in range(block * BLOCK, (block + 1) * BLOCK)
        ]
        for claim in made:
            sequence += 1
            claim.publish(sequence, "published", claim.document)
        sequence += 1
        _correct(made[0], sequence)
        if block % 50 == 0:
            sequence += 1
            _retract(made[8], sequence)
        yield made


def _correct(claim: Claim, sequence: int) -> None:
    note = "Invented correction: the rationale was too short, and is longer now."
    claim.document = claim.document | {
        "change": {"kind": "corrected", "note": note},
        "rationale": [{"language": "en", "text": f"Corrected, for measuring. {TEXT}"}],
    }
    claim.publish(sequence, "corrected", claim.document, note)


def _retract(claim: Claim, sequence: int) -> None:
    last = claim.editions[-1]
    reason = "Invented retraction, for measuring."
    tombstone = {
        "schema": "factcheck-retraction-1",
        "ref": claim.ref,
        "reason": reason,
        "citation": {
            "statement": claim.document["statement"],
            "language": claim.document["language"],
            "claimant_name": claim.document["claimant_name"],
            "edition": last.number,
            "digest": last.digest,
            "published_at": last.entry["published_at"],
        },
    }
    claim.publish(sequence, "retracted", tombstone, reason)


def derived(claim: Claim, other: Claim) -> str:
    """What the record says about a claim of a pair, as the projection would say it."""
    related = {"relation": "denies", **other.summary}
    denied = claim.number % 2 == 0
    # A retracted claim keeps its summary beside others, and neither disputes nor is in dispute.
    standing = not (claim.retracted or other.retracted)
    first, second = (claim, other) if denied else (other, claim)
    return stored(
        {
            "disputed": denied,
            "incoming": [related] if denied else [],
            "outgoing": [] if denied else [related],
            "dispute_set": [first.summary, second.summary] if standing else [],
            "editions": [edition.entry for edition in claim.editions],
            "merged_into": None,
            "merged_here": [],
        }
    )
