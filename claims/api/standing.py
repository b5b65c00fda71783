"""The promise to partners: what is left of a withdrawn claim, and what follows from the record."""

from . import words
from .contract import (
    DIGEST,
    LANGUAGE,
    MOMENT,
    NOTE,
    NUMBER,
    REF,
    TEXT,
    Schema,
    component,
    listing,
    one_of,
    or_null,
    record,
)

STANDING: dict[str, Schema] = {
    "Cited": record(
        "The last edition before the retraction or the merge.",
        statement=TEXT,
        language=LANGUAGE,
        claimant_name=TEXT,
        edition=NUMBER,
        digest=DIGEST,
        published_at=MOMENT,
    ),
    "RetractionContent": record(
        "What is left of a retracted claim: why, and the words to cite. Hashed.",
        schema={"type": "string", "const": "factcheck-retraction-1"},
        ref=REF,
        reason=TEXT,
        citation=component("Cited"),
    ),
    "MergeContent": record(
        "What is left of a claim that says the same as another one, which stands for both: that "
        "one, why, and the words to cite. Hashed.",
        schema={"type": "string", "const": "factcheck-merge-1"},
        ref=REF,
        reason=TEXT,
        into={**REF, "description": "The claim to go on with."},
        citation=component("Cited"),
    ),
    "RedactionContent": record(
        "What is left of an edition whose content was taken out of the record by a later one: no "
        "statement, no claimant. Not hashed: `digest` is still that of what was published.",
        schema={"type": "string", "const": "factcheck-redaction-1"},
        ref=REF,
        number={**NUMBER, "description": "The edition whose content was taken out."},
        digest=DIGEST,
        reason=TEXT,
        redacted_in={**NUMBER, "description": "The edition of the claim that says so."},
        redacts=listing(
            NUMBER,
            description="If it took out others itself: which. Otherwise empty.",
        ),
    ),
    "Content": {
        "oneOf": [
            component("ClaimContent"),
            component("RetractionContent"),
            component("MergeContent"),
            component("RedactionContent"),
        ]
    },
    "Derived": record(
        "What all editions together say about this claim. Follows from them; not hashed.",
        disputed={
            "type": "boolean",
            "description": "Another published claim denies, rebuts or contradicts it.",
        },
        incoming=listing(component("IncomingRelation")),
        outgoing=listing(component("OutgoingRelation")),
        dispute_set=listing(component("Summary")),
        editions=listing(
            record(
                "An edition of this claim, oldest first.",
                number=NUMBER,
                kind=one_of(words.EDITION_KINDS),
                sequence=NUMBER,
                digest=DIGEST,
                published_at=MOMENT,
                note=NOTE,
                redacted_in={
                    **or_null(NUMBER),
                    "description": "The edition that took its content out of the record.",
                },
            )
        ),
        merged_into={
            **or_null(component("Summary")),
            "description": "The claim that stands for this one since it was merged.",
        },
        merged_here=listing(
            record(
                "A claim that was merged into this one; citations may hold its ref.",
                ref=REF,
                edition={**NUMBER, "description": "The edition that says so."},
                published_at=MOMENT,
                reason=TEXT,
            )
        ),
    ),
}
