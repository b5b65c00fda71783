"""The promise to partners: what stands in an edition, as JSON Schema.

Old editions are read by it too: what they could hold is never taken out of it.
"""

from typing import Any

from claims.editions.models import REF_FORMAT

from . import words

Schema = dict[str, Any]


def one_of(values: tuple[Any, ...]) -> Schema:
    return {"type": "string" if isinstance(values[0], str) else "integer", "enum": list(values)}


def record(
    description: str,
    /,
    *,
    since_2: dict[str, Schema] | None = None,
    since_3: dict[str, Schema] | None = None,
    **keys: Schema,
) -> Schema:
    """An object in which every key is present and no other is.

    `since_2`: keys that are present in editions of `factcheck-claim-2` and of later schemas, and
    not in older ones; `since_3`: of `factcheck-claim-3`.
    """
    return {
        "type": "object",
        "description": description,
        "properties": keys | (since_2 or {}) | (since_3 or {}),
        "required": list(keys),
        "additionalProperties": False,
    }


def listing(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def component(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


TEXT: Schema = {"type": "string"}
NOTE: Schema = {"type": "string", "description": "Empty when there is nothing to say."}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
REF: Schema = {"type": "string", "pattern": REF_FORMAT, "examples": ["7K3QX2MD"]}
LANGUAGE: Schema = {"type": "string", "description": "BCP 47", "examples": ["en", "taq-Tfng"]}
LANGUAGE_OR_NONE: Schema = {"type": "string", "description": "BCP 47, or empty"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
    "description": "RFC 3339, UTC, to the second",
}
DIGEST: Schema = {
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "description": "SHA-256 of `content` as canonical JSON (RFC 8785), in hexadecimal",
}

_DEGREES: Schema = {"type": "number", "minimum": -180, "maximum": 180}
BOX: Schema = {
    "type": "array",
    "items": _DEGREES,
    "minItems": 4,
    "maxItems": 4,
    "examples": [[-30.5, 0, -29.5, 1.25]],
}

EDTF: Schema = {"type": "string", "description": "EDTF (ISO 8601-2); empty when it is not known"}

agent = component("Agent")
date = component("Date")
status = component("Status")

PARTS: dict[str, Schema] = {
    "Agent": record(
        "Somebody who speaks or acts.",
        ref=REF,
        kind=one_of(words.AGENT_KINDS),
        name=TEXT,
        language=LANGUAGE,
        party={"type": "boolean", "description": "A party to what the claims are about."},
        reliability={
            **one_of(words.RELIABILITIES),
            "description": "Admiralty A–F; F: cannot be judged",
        },
        wikidata={"type": "string", "pattern": "^(Q[1-9][0-9]*)?$"},
        since_2={
            "names": listing(
                record(
                    "Another name: an alias, an acronym, the name in another script.",
                    name=TEXT,
                    language=LANGUAGE,
                    kind=one_of(words.NAME_KINDS),
                ),
                description="Since factcheck-claim-2.",
            ),
            "roles": listing(
                record(
                    "A role in an organisation. A title is true on a date, not for ever.",
                    title=NOTE,
                    organisation=record("As it was called then.", ref=REF, name=TEXT),
                    **{"from": EDTF, "to": EDTF},
                ),
                description="The earliest first. Since factcheck-claim-2.",
            ),
        },
    ),
    "Date": record(
        "A date as exact as it is known.",
        edtf={"type": "string", "description": "EDTF (ISO 8601-2); empty when it is unresolved"},
        as_printed=NOTE,
        earliest=or_null(DAY),
        latest=or_null(DAY),
    ),
    "Status": record(
        "A verification status with the words that defined it when the edition was made.",
        code=TEXT,
        label=TEXT,
        definition=TEXT,
        tone=one_of(words.TONES),
        rating=or_null({"type": "integer", "minimum": 1, "maximum": 5}),
    ),
    "Event": record(
        "What the claim is about, in neutral words.",
        ref=REF,
        label=TEXT,
        language=LANGUAGE,
        existence=one_of(words.EXISTENCES),
        time=or_null(date),
        place=or_null(
            record(
                "As asserted.",
                name=TEXT,
                precision=one_of(words.PRECISIONS),
                since_3={
                    "box": {
                        **or_null(BOX),
                        "description": (
                            "Where on the map the place is said to be: a box around it, as in "
                            "GeoJSON (RFC 7946, section 5): west, south, east and north in degrees "
                            "(WGS 84). A point is a box without extent; a west that is greater "
                            "than the east: it crosses the 180th meridian. null when it is not "
                            "known. Since factcheck-claim-3."
                        ),
                    }
                },
            )
        ),
    ),
    "Source": record(
        "Where it was said or shown.",
        ref=REF,
        access=one_of(words.OPEN_ACCESS),
        kind=one_of(words.SOURCE_KINDS),
        title=TEXT,
        language=LANGUAGE_OR_NONE,
        section=NOTE,
        url=NOTE,
        publisher=or_null(agent),
        author=or_null(agent),
        published=or_null(date),
        derived_from=listing(
            record(
                "What it was taken from.",
                source=REF,
                title=TEXT,
                kind=one_of(words.DERIVATIONS),
                certainty=one_of(words.CERTAINTIES),
            )
        ),
    ),
    "ProtectedSource": record(
        "A source that is protected: this placeholder is all there is.",
        access={"type": "string", "const": "protected"},
        placeholder=TEXT,
    ),
    "Evidence": record(
        "What one source does for this claim.",
        ref=REF,
        bears_on=one_of(words.BEARS_ON),
        stance=one_of(words.STANCES),
        basis=one_of(words.BASES),
        credibility={
            **one_of(words.CREDIBILITIES),
            "description": "Admiralty 1–6; 6: cannot be judged",
        },
        quotation=or_null(
            record("Word for word.", exact=TEXT, prefix=NOTE, suffix=NOTE, language=LANGUAGE)
        ),
        locator=NOTE,
        note=NOTE,
        source={"oneOf": [component("Source"), component("ProtectedSource")]},
        since_2={
            "group": {
                **or_null(NUMBER),
                "description": (
                    "Pieces with the same number are not independent of each other: their sources "
                    "came one from the other, or from a third one, by derivations that are "
                    "suspected or confirmed. Numbers begin with 1 in each edition. null for what "
                    "does not bear on the content and for protected sources, which form no group "
                    "either. Since factcheck-claim-2."
                ),
            }
        },
    ),
    "Figure": record(
        "A number as it was worded. Never summed, averaged or halved.",
        ref=REF,
        harm=one_of(words.FIGURE_HARMS),
        population=NOTE,
        subgroup=NOTE,
        minimum=or_null(COUNT),
        maximum={**or_null(COUNT), "description": "null: open"},
        bound=one_of(words.BOUNDS),
        words=TEXT,
        language=LANGUAGE_OR_NONE,
        rule=NOTE,
    ),
    "Reply": record(
        "Whom we asked for a reply, and what came.",
        party=agent,
        channel=NOTE,
        asked_on=DAY,
        deadline=or_null(DAY),
        answer=NOTE,
        state=one_of(words.REPLY_STATES),
    ),
    "Summary": record(
        "Another claim, in short.",
        ref=REF,
        edition=NUMBER,
        retracted={"type": "boolean", "description": "Retracted, or merged into another claim."},
        statement=TEXT,
        language=LANGUAGE,
        claimant_name=TEXT,
        claimant_role=NOTE,
        on_behalf_of=NOTE,
        aspect=one_of(words.ASPECTS),
        attribution=TEXT,
        finding=record(
            "Is it so?", code=TEXT, label=TEXT, definition=TEXT, tone=one_of(words.TONES)
        ),
        event={"type": "string", "description": "A ref, or empty"},
        quotations=listing(record("Word for word.", exact=TEXT, language=LANGUAGE), maxItems=3),
        figures=listing(
            record(
                "As worded.",
                words=TEXT,
                minimum=or_null(COUNT),
                maximum=or_null(COUNT),
                bound=one_of(words.BOUNDS),
                harm=one_of(words.FIGURE_HARMS),
            )
        ),
    ),
}

CONTENTS: dict[str, Schema] = {
    "ClaimContent": record(
        "A claim as it was published: who says what, was it said, is it so, and what that rests "
        "on. Hashed.",
        schema=one_of(("factcheck-claim-1", "factcheck-claim-2", "factcheck-claim-3")),
        ref=REF,
        change={
            **or_null(record("Why there is a new edition.", kind=one_of(words.CHANGES), note=TEXT)),
            "description": "null in the first edition",
        },
        statement={**TEXT, "description": "One proposition, in neutral words."},
        language=LANGUAGE,
        translations=listing(
            record(
                "A translation that was reviewed. The original is canonical.",
                language=LANGUAGE,
                text=TEXT,
                translator=NOTE,
                method=one_of(words.TRANSLATION_METHODS),
            )
        ),
        voice=one_of(words.VOICES),
        claimant=or_null(agent),
        claimant_name={**TEXT, "description": "Belongs before the statement wherever it stands."},
        claimant_role=NOTE,
        on_behalf_of=or_null(agent),
        made=or_null(date),
        event=or_null(component("Event")),
        aspect=one_of(words.ASPECTS),
        checkability=one_of(words.CHECKABILITIES),
        harm=one_of(words.HARM_LEVELS),
        attribution={**status, "description": "Was it said?"},
        finding={**status, "description": "Is it so?"},
        rationale=listing(record("Markdown.", language=LANGUAGE, text=TEXT)),
        methods=NOTE,
        assessed_at=DAY,
        evidence=listing(component("Evidence")),
        figures=listing(component("Figure")),
        relations=listing(
            record("What this claim does to another.", relation=one_of(words.RELATIONS), claim=REF)
        ),
        independence=record(
            "How many independent origins what it says has: at least `low`, at most `high`.",
            reports=COUNT,
            publishers=COUNT,
            party_statements=COUNT,
            low=COUNT,
            high=COUNT,
        ),
        wanted={**NOTE, "description": "What would move the finding."},
        replies=listing(component("Reply")),
        since_2={
            "about": listing(
                agent,
                description="Whom it is about, as the desk entered it. Since factcheck-claim-2.",
            )
        },
        since_3={
            "redacts": listing(
                NUMBER,
                description=(
                    "The numbers of earlier editions of this claim whose content this edition "
                    "takes out of the record; empty in all but those of kind `redacted`. Since "
                    "factcheck-claim-3."
                ),
            )
        },
    ),
}
