"""What the API puts around the content: items, pages, problems."""

from . import contract, exported, proposal_answers, resources, shapes, standing, words


def _related(description: str) -> contract.Schema:
    """A summary with the relation before it."""
    summary = contract.PARTS["Summary"]["properties"]
    return contract.record(description, relation=contract.one_of(words.RELATIONS), **summary)


_HEAD: dict[str, contract.Schema] = {
    "ref": contract.REF,
    "edition": contract.NUMBER,
    "kind": contract.one_of(words.EDITION_KINDS),
    "sequence": {
        **contract.NUMBER,
        "description": "Place in the whole record: 1, 2, 3, without gaps",
    },
    "digest": contract.DIGEST,
    "published_at": contract.MOMENT,
}
_content = contract.component("Content")
_claim = contract.record(
    "A claim as it stands.", **_HEAD, content=_content, derived=contract.component("Derived")
)
_claim_review = {
    **contract.or_null({"type": "object"}),
    "description": (
        "Only with `include=claim_review`: schema.org `ClaimReview` as JSON-LD, as it stands in "
        "the page of the edition; null where nothing was assessed or the claim is withdrawn."
    ),
}


def _page(item: str, **tail: contract.Schema) -> contract.Schema:
    page = contract.record("A page.", items=contract.listing(contract.component(item)), **tail)
    # What is not in each answer comes after what is.
    return page | {"properties": page["properties"] | (_counted if "next" in tail else {})}


_next = {
    "next": {
        **contract.or_null({"type": "string", "format": "uri"}),
        "description": "The next page; null: this was the last one.",
    }
}
_counted: dict[str, contract.Schema] = {
    "total": {**contract.COUNT, "description": "Only with `total=true`: how many on all pages."},
    "total_bound": {
        **contract.one_of(("exact", "at_least")),
        "description": "Whether `total` is how many there are, or as far as was counted.",
    },
    "stopped_early": {
        "type": "boolean",
        "description": (
            "true: what was asked for takes long to find, so that this page holds fewer items than "
            "it could, or none. `next` goes on from there."
        ),
    },
}
_listed = contract.record("An edition; `content` only with `include=content`.", **_HEAD)
_change = contract.record(
    "What was done to a claim, and the edition that came of it; `content` only with "
    "`include=content`.",
    **{"op" if name == "kind" else name: schema for name, schema in _HEAD.items()},
)


_redacts: contract.Schema = {
    "redacts": contract.listing(
        contract.NUMBER,
        description=(
            "With `op` `redacted`: the numbers of the editions of this claim whose content was "
            "taken out of the record. Put the notice in its place wherever you hold it."
        ),
    )
}


def _with_content(listed: contract.Schema, **more: contract.Schema) -> contract.Schema:
    return listed | {"properties": {**listed["properties"], **more, "content": _content}}


ANSWERS: dict[str, contract.Schema] = {
    "IncomingRelation": _related("A claim that says something of this one."),
    "OutgoingRelation": _related("A claim this one says something of."),
    "Claim": _claim | {"properties": _claim["properties"] | {"claim_review": _claim_review}},
    "Edition": contract.record("One edition, as it was published.", **_HEAD, content=_content),
    "ListedEdition": _with_content(_listed),
    "Change": _with_content(_change, **_redacts),
    "ClaimPage": _page("Claim", **_next),
    "EditionPage": _page("ListedEdition", **_next),
    "EventPage": _page("EventItem", **_next),
    "AgentPage": _page("AgentItem", **_next),
    "SourcePage": _page("SourceItem", **_next),
    "CorrectionPage": _page("Correction", **_next),
    "ChangePage": _page(
        "Change",
        after={**contract.COUNT, "description": "Go on from here, now or later."},
        more={"type": "boolean", "description": "Is there more already?"},
    ),
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": contract.TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": contract.TEXT,
            "instance": {"type": "string", "format": "uri-reference"},
            "errors": contract.listing(
                contract.record(
                    "What is wrong with one parameter.",
                    parameter=contract.TEXT,
                    code=contract.TEXT,
                    detail=contract.TEXT,
                )
            ),
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
}

COMPONENTS: dict[str, contract.Schema] = (
    contract.PARTS
    | contract.CONTENTS
    | standing.STANDING
    | exported.EXPORTED
    | ANSWERS
    | resources.RESOURCES
    | proposal_answers.ANSWERS
    | shapes.SHAPES
)
