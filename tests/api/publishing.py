"""A desk in a hurry: `python -m tests.api.publishing URL SEED NAME OPERATIONS`.

Adds random editions to the record, each in a transaction of its own: some are slow to commit, some
are rolled back. What an edition says must have been approved; this desk has no reviewers, so the
test switches that one rule off. The rules that number editions and keep them are those of the site.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench import synthetic
from bench.load import statuses
from claims.editions.choices import EditionKind

INSERT = """
INSERT INTO editions_edition (ref, kind, digest, content) VALUES (%s, %s, %s, %s) RETURNING number
"""
CLAIMS = 60  # of each desk; from then on they are changed
REDACTED = "redacted"
CHANGES = [kind for kind in ("updated", "corrected", "minor", REDACTED) if kind in EditionKind]
OPERATIONS = ("published", *CHANGES, "retracted", "merged", "again")
OFTEN = {"updated": 6, "corrected": 4, "again": 3}


@dataclass
class Claim:
    """What this desk published last under a ref."""

    document: dict[str, Any]
    stands: bool = True
    number: int = 0
    whole: set[int] = field(default_factory=set)  # editions that still hold their content


class Desk:
    def __init__(self, connection: psycopg.Connection[Any], seed: str, name: int) -> None:
        self.connection = connection
        self.chance = random.Random(f"{seed}/{name}")
        self.first = name * 1_000_000
        self.vocabulary = statuses(connection)
        self.claims: list[Claim] = []

    def work(self, operations: int) -> None:
        done = 0
        while done < operations:
            done += self.operate()

    def operate(self) -> bool:
        """Add one edition; answers whether it was added."""
        weights = [OFTEN.get(operation, 1) for operation in OPERATIONS]
        [operation] = self.chance.choices(OPERATIONS, weights)
        if operation == "published" or len(self.claims) < 5:
            return len(self.claims) < CLAIMS and self.publish()
        standing = [claim for claim in self.claims if claim.stands]
        withdrawn = [claim for claim in self.claims if not claim.stands]
        if operation == "again":
            return bool(withdrawn) and self.change(self.chance.choice(withdrawn), "updated")
        if len(standing) < 3:
            return False
        claim, other = self.chance.sample(standing, 2)
        if operation == "retracted":
            return self.withdraw(claim, operation, schema="factcheck-retraction-1")
        if operation == "merged":
            into = other.document["ref"]
            return self.withdraw(claim, operation, schema="factcheck-merge-1", into=into)
        return self.change(claim, operation)

    def publish(self) -> bool:
        number = self.first + 2 * len(self.claims)  # the odd ones deny their neighbours
        claim = Claim(synthetic.document(number, self.vocabulary))
        added = self.add(claim, "published", claim.document)
        self.claims += [claim] * added
        return added

    def change(self, claim: Claim, kind: str) -> bool:
        words = f"{self.chance.random()} “é” \u2028 {synthetic.TEXT}"
        document = claim.document | {
            "change": {"kind": kind, "note": f"Invented: {words}"},
            "rationale": [{"language": "en", "text": words}],
        }
        if "redacted" in EditionKind:
            document |= {"schema": "factcheck-claim-3", "redacts": []}
        if kind == REDACTED:
            document["redacts"] = sorted(self.chance.sample(sorted(claim.whole), 1))
        added = self.add(claim, kind, document)
        if added:
            claim.document, claim.stands = document, True
            claim.whole -= set(document.get("redacts", []))
        return added

    def withdraw(self, claim: Claim, kind: str, **says: Any) -> bool:
        citation = {
            name: claim.document[name] for name in ("statement", "language", "claimant_name")
        } | {"edition": claim.number, "digest": "0" * 64, "published_at": "2026-01-01T00:00:00Z"}
        ref = claim.document["ref"]
        notice = says | {"ref": ref, "reason": "Invented.", "citation": citation}
        added = self.add(claim, kind, notice)
        claim.stands = claim.stands and not added
        return added

    def add(self, claim: Claim, kind: str, document: dict[str, Any]) -> bool:
        content = synthetic.canonical(document)
        digest = hashlib.sha256(content.encode()).hexdigest()
        given_up = self.chance.random() < 0.05
        with self.connection.transaction(force_rollback=given_up):
            asked = self.connection.execute(INSERT, (document["ref"], kind, digest, content))
            row = asked.fetchone()
            assert row is not None
            if self.chance.random() < 0.05:
                time.sleep(self.chance.random() / 200)
        if not given_up:
            claim.number = row[0]
            claim.whole.add(claim.number)
        return not given_up


def main(url: str, seed: str, name: str, operations: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        Desk(connection, seed, int(name)).work(int(operations))


if __name__ == "__main__":
    main(*sys.argv[1:])
