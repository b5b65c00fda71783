"""Answers in shapes that others invented and partners already read, as OpenAPI describes them.

They say less than our own documents: for what a claim rests on, what became of it and how to check
it, whoever reads them goes on to `/api/v1/`.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from . import contract

TAG = "Shapes that others invented"
_rating = contract.record(
    "`ratingValue` only where the desk's status has a number.", alternateName=contract.TEXT
)
RATING = _rating | {
    "properties": {
        "@type": {"type": "string", "const": "Rating"},
        **_rating["properties"],
        **{
            name: {"type": "integer", "minimum": 1, "maximum": 5}
            for name in ("ratingValue", "bestRating", "worstRating")
        },
    }
}
_google_review = contract.record(
    "Our review of it.",
    publisher=contract.record("Whose review it is.", name=contract.TEXT, site=contract.TEXT),
    url=contract.TEXT,
    title=contract.TEXT,
    reviewDate=contract.MOMENT,
    textualRating=contract.TEXT,
    languageCode=contract.LANGUAGE,
)
_google_claim = contract.record(
    "A claim, with who makes it.",
    text=contract.TEXT,
    claimant=contract.TEXT,
    claimReview=contract.listing(_google_review),
)
ANYTHING: contract.Schema = {"type": "object", "description": "schema.org JSON-LD."}

SHAPES: dict[str, contract.Schema] = {
    "FetchReviews": contract.listing(
        contract.record(
            "A ClaimReview as Meedan's Fetch writes it. The claimant stands before the statement.",
            **{
                "identifier": {**contract.REF, "description": "The same for all editions."},
                "@context": contract.TEXT,
                "@type": {"type": "string", "const": "ClaimReview"},
                "datePublished": contract.DAY,
                "url": {**contract.TEXT, "description": "The edition's own address."},
                "author": contract.record(
                    "Who reviewed it.", name=contract.TEXT, url=contract.TEXT
                ),
                "inLanguage": contract.LANGUAGE,
                "headline": contract.TEXT,
                "claimReviewed": contract.TEXT,
                "text": {**contract.TEXT, "description": "What the status means."},
                "image": contract.TEXT,
                "keywords": contract.TEXT,
                "reviewRating": RATING,
                "raw": contract.record(
                    "What that shape has no room for.",
                    id=contract.REF,
                    service=contract.TEXT,
                    created_at=contract.MOMENT,
                    language=contract.LANGUAGE,
                    edition=contract.NUMBER,
                    digest=contract.DIGEST,
                    sequence=contract.NUMBER,
                    disputed={"type": "boolean"},
                ),
            },
        ),
        maxItems=10_000,
    ),
    "FetchServices": contract.record(
        "What there is.",
        services=contract.listing(
            contract.record(
                "Ours.",
                service=contract.TEXT,
                count=contract.COUNT,
                earliest=contract.or_null(contract.DAY),
                latest=contract.or_null(contract.DAY),
            )
        ),
    ),
    "FetchError": contract.record("What went wrong.", error=contract.TEXT),
    "FactCheckedClaims": {
        "type": "object",
        "description": "As Google's Fact Check Tools API answers; empty when nothing was found.",
        "properties": {
            "claims": contract.listing(
                _google_claim
                | {"properties": {**_google_claim["properties"], "claimDate": contract.TEXT}}
            ),
            "nextPageToken": contract.TEXT,
        },
        "additionalProperties": False,
    },
    "GoogleError": contract.record(
        "What went wrong, as Google's APIs say it.",
        error={
            "type": "object",
            "properties": {
                "code": {"type": "integer", "minimum": 400, "maximum": 599},
                "message": contract.TEXT,
                "status": contract.TEXT,
                "details": contract.listing(ANYTHING),
            },
            "required": ["code", "message", "status"],
            "additionalProperties": False,
        },
    ),
    "DataFeed": {
        "type": "object",
        "description": "Claims as a schema.org DataFeed.",
        "properties": {
            "@context": {"type": "string", "const": "https://schema.org"},
            "@type": {"type": "string", "const": "DataFeed"},
            "name": contract.TEXT,
            "url": contract.TEXT,
            "license": contract.TEXT,
            "provider": ANYTHING,
            "dateModified": {
                **contract.MOMENT,
                "description": "When the first of these was changed; not there when there is none.",
            },
            "dataFeedElement": contract.listing(
                {
                    "type": "object",
                    "description": (
                        "A claim. With `dateDeleted` it left the record, and `item` says only "
                        "which one it is: remove what you hold under its `identifier`."
                    ),
                    "properties": {
                        "@type": {"type": "string", "const": "DataFeedItem"},
                        "identifier": contract.REF,
                        "dateCreated": contract.MOMENT,
                        "dateModified": contract.MOMENT,
                        "dateDeleted": contract.MOMENT,
                        "item": {
                            "type": "object",
                            "description": (
                                "schema.org JSON-LD: the ClaimReview, or the Claim where nothing "
                                "was assessed."
                            ),
                            "properties": {
                                "@type": {"type": "string", "enum": ["Claim", "ClaimReview"]},
                                "@id": contract.TEXT,
                            },
                            "required": ["@type", "@id"],
                        },
                    },
                    "required": ["@type", "identifier", "dateCreated", "dateModified", "item"],
                    "additionalProperties": False,
                }
            ),
        },
        "required": ["@context", "@type", "name", "url", "provider", "dataFeedElement"],
        "additionalProperties": False,
    },
}


def shaped(
    name: str, summary: str, *parameters: OpenApiParameter, component: str, problem: str
) -> Any:
    """Describes an address that answers, and refuses, in a shape that is not ours."""
    refusals = {
        400: "A parameter cannot be read; it is named.",
        406: "We answer in JSON only.",
    }
    if problem != "Problem":
        refusals[429] = "Too many requests in this window: wait as long as `Retry-After` says."
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[TAG],
        parameters=[*parameters],
        responses={200: OpenApiResponse(contract.component(component), "As asked.")}
        | {
            status: OpenApiResponse(contract.component(problem), says)
            for status, says in refusals.items()
        },
    )
