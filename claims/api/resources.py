"""The promise to partners: events, agents, sources, corrections, and what the desk says itself."""

from claims.editions.choices import TOLD, Part

from . import words
from .contract import (
    COUNT,
    DIGEST,
    LANGUAGE,
    MOMENT,
    NOTE,
    NUMBER,
    PARTS,
    REF,
    TEXT,
    Schema,
    component,
    listing,
    one_of,
    or_null,
    record,
)

URL: Schema = {"type": "string", "format": "uri"}
PARTS_IN_CLAIMS = tuple(Part.values)
TOLD_KINDS = tuple(TOLD)
PAGES = ("about", "funding", "licence", "privacy", "methodology")


def _told(description: str, name: str, **more: Schema) -> Schema:
    """Something as the newest edition that mentions it describes it, and which edition that is."""
    head: dict[str, Schema] = {
        "ref": REF,
        "sequence": {**NUMBER, "description": "The place in the record of that edition"},
        "digest": {
            **DIGEST,
            "description": (
                f"SHA-256 of that edition's `content`, in which `{name}` stands as it stands here, "
                "byte for byte; /api/v1/editions/{digest}/ finds it."
            ),
        },
        "claim": {**REF, "description": "The claim whose edition it is"},
        "edition": {**NUMBER, "description": "Its number among the editions of that claim"},
        "published_at": MOMENT,
    }
    return record(description, **head, **{name: component(name.capitalize())}, **more)


def _counts(description: str) -> Schema:
    return listing(
        record("An answer and how many claims have it.", code=TEXT, claims=NUMBER),
        description=description,
    )


_claims = {
    part: {**COUNT, "description": meaning}
    for part, meaning in zip(
        PARTS_IN_CLAIMS,
        (
            "Claims they make",
            "Claims that others make on their behalf",
            "Claims about them",
            "Claims to which they were asked for a reply",
            "Claims that rest on what they published or wrote",
        ),
        strict=True,
    )
}
_moments = {"valid_from": MOMENT, "valid_until": or_null(MOMENT)}
_past = record("What it meant before.", label=TEXT, definition=TEXT, **_moments)
_text: dict[str, Schema] = {"title": TEXT, "text": {**TEXT, "description": "Markdown"}}
_page_text = record(
    "What one of the desk's own pages says, in one language.",
    page=one_of(PAGES),
    language=LANGUAGE,
    **_text,
    valid_from=MOMENT,
)
_status = record(
    "A status.",
    axis=one_of(words.AXES),
    code=TEXT,
    label=TEXT,
    definition=TEXT,
    tone=one_of(words.TONES),
    rating=or_null({"type": "integer", "minimum": 1, "maximum": 5}),
    position=COUNT,
    retired={"type": "boolean", "description": "No longer given; old editions hold it."},
    valid_from=MOMENT,
)


def _also(schema: Schema, **keys: Schema) -> Schema:
    """Keys that only come when they are asked for."""
    return schema | {"properties": schema["properties"] | keys}


RESOURCES: dict[str, Schema] = {
    "EventItem": _told("An event, in the words of the latest edition about it.", "event"),
    "EventDetail": _told(
        "An event, and who says what to which question about it. It has no finding of its own.",
        "event",
        questions=listing(
            record(
                "A question about the event.",
                aspect=one_of(words.ASPECTS),
                claims=listing(
                    {
                        **PARTS["Summary"],
                        "description": "A claim in short.",
                        "properties": PARTS["Summary"]["properties"]
                        | {"disputed": {"type": "boolean"}},
                        "required": [*PARTS["Summary"]["required"], "disputed"],
                    }
                ),
                silent=listing(
                    TEXT, description="Who says something about the event, and nothing to this."
                ),
            ),
            description="In the order in which the claims were first published.",
        ),
        more={"type": "boolean", "description": "There are more claims; `claims` has them all."},
        claims={**URL, "description": "The list of all claims on it."},
    ),
    "AgentItem": _told(
        "Somebody who speaks or is spoken of, as the latest edition that mentions them says. The "
        "counts measure nobody: which claims are looked into is the desk's choice.",
        "agent",
        claims=record("In how many claims that stand they have which part.", **_claims),
    ),
    "AgentDetail": _told(
        "Somebody who speaks or is spoken of, and the answers to the claims they are part of. "
        "Never made into a score: which claims are looked into is the desk's choice.",
        "agent",
        claims=record("In how many claims that stand they have which part.", **_claims),
        parts=listing(
            record(
                "A part they have in claims.",
                part=one_of(PARTS_IN_CLAIMS),
                claims=NUMBER,
                findings=_counts("Is it so?"),
                attributions=_counts("Was it said?"),
                list={**URL, "description": "These claims, the newest first."},
            ),
            description="Only those they have.",
        ),
    ),
    "SourceItem": _told("A source, as the latest edition that rests on it says.", "source"),
    "SourceDetail": _told(
        "A source, as the latest edition that rests on it says, and what came from it.",
        "source",
        derivations=listing(
            record(
                "A source that came from this one.",
                source=REF,
                title=TEXT,
                language={**TEXT, "description": "BCP 47, or empty"},
                kind=one_of(words.DERIVATIONS),
                certainty=one_of(words.CERTAINTIES),
            ),
            description="Suspected and confirmed ones, the newest first; 60 sources at most.",
        ),
        more_derivations={"type": "boolean", "description": "Sources that are not told here."},
        derived={**URL, "description": "The list of all sources that came from it."},
        claims={**URL, "description": "The claims that rest on it, the newest first."},
    ),
    "Correction": record(
        "An edition by which something else is said than before. It never changes.",
        ref=REF,
        edition=NUMBER,
        kind=one_of(TOLD_KINDS),
        sequence=NUMBER,
        digest=DIGEST,
        published_at=MOMENT,
        claimant_name=or_null(TEXT),
        statement={
            **or_null(TEXT),
            "description": (
                "As that edition words it; of a withdrawn claim its last words. null when that "
                "edition was redacted."
            ),
        },
        language=or_null(LANGUAGE),
        note=NOTE,
        correction={
            **or_null(record("The three parts of a note.", was=TEXT, now=TEXT, why=TEXT)),
            "description": "null where the note has no such parts: `note` has it in any case.",
        },
    ),
    "FoundEdition": record(
        "The edition with this digest.",
        ref=REF,
        edition=NUMBER,
        kind=one_of(words.EDITION_KINDS),
        sequence=NUMBER,
        digest=DIGEST,
        published_at=MOMENT,
        content=component("Content"),
        also=listing(
            record("Another edition.", ref=REF, edition=NUMBER, sequence=NUMBER),
            description="Later editions that say exactly the same.",
        ),
    ),
    "StatusList": record(
        "The statuses as they are defined today.",
        items=listing(
            _also(
                _status,
                past={
                    **listing(_past),
                    "description": "Only with `include=past`: the newest first.",
                },
            )
        ),
    ),
    "PageList": record(
        "What the desk's own pages say.",
        items=listing(
            _also(
                _page_text,
                past={
                    **listing(record("What it said before.", **_text, **_moments)),
                    "description": "Only with `include=past`: the newest first.",
                },
            )
        ),
    ),
    "Index": record(
        "What there is.",
        name={**TEXT, "description": "Whose record this is."},
        version={"type": "string", "const": "v1"},
        licence=record("Under which all of it may be used.", name=TEXT, url=URL),
        documentation=URL,
        openapi={**URL, "description": "The description of this API, as OpenAPI 3.1."},
        resources={
            "type": "object",
            "description": "Each list by its name, and where it is.",
            "additionalProperties": URL,
        },
    ),
}
