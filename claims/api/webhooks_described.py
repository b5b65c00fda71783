"""The OpenAPI description of endpoints, of their log, and of the messages themselves."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from claims.webhooks.choices import TEST, TYPES, Because, Reason
from claims.webhooks.endpoints import TROUBLES

from . import contract
from .contract import Schema, listing, one_of, or_null, record
from .schema import CURSOR, LIMIT, LINK, PROBLEM

UUID: Schema = {"type": "string", "format": "uuid"}
MESSAGE_ID: Schema = {"type": "string", "pattern": "^msg_[0-9a-f]{32}$"}
SECRET: Schema = {
    "type": "string",
    "pattern": "^whsec_[A-Za-z0-9+/]{43}=$",
    "description": "Shown once. Keep it where you keep your other secrets.",
}
URL: Schema = {
    "type": "string",
    "maxLength": 2000,
    "description": (
        "https, a full host name in the public internet, port 443 or 8443; no name, password or "
        "fragment in it."
    ),
    "examples": ["https://partner.example.org/factcheck"],
}
REFS: Schema = listing(contract.REF, maxItems=50, uniqueItems=True)
FIELDS: dict[str, Schema] = {
    "url": URL,
    "description": {"type": "string", "maxLength": 200},
    "types": listing(
        one_of(TYPES),
        uniqueItems=True,
        maxItems=len(TYPES),
        description="Which messages you want; an empty list means all.",
    ),
    "claimants": REFS
    | {"description": "Only claims by one of these agents; an empty list means all."},
    "events": REFS
    | {"description": "Only claims about one of these events; an empty list means all."},
    "after": {
        "type": "integer",
        "minimum": 0,
        "description": (
            "The place in the record (`sequence`) up to which you were told. Set it to be told "
            "again of what came after it, or to skip ahead. A new endpoint begins with what comes."
        ),
    },
}
_moment = or_null(contract.MOMENT)
_endpoint = {
    "id": UUID,
    **FIELDS,
    "enabled": {"type": "boolean"},
    "disabled_because": {
        **or_null(one_of(tuple(Because.values))),
        "description": (
            "partner: you switched it off. failing: it took no message for too long. gone: it "
            "answered 410. secret: our copy of its secret cannot be read, rotate it. desk: the "
            "desk switched it off, write to the desk."
        ),
    },
    "disabled_at": _moment,
    "failures": {**contract.COUNT, "description": "In a row."},
    "failing_since": _moment,
    "next_attempt_at": {**_moment, "description": "null while nothing fails."},
    "created_at": contract.MOMENT,
}


def _sent(description: str, /, *needed: str, **keys: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": keys,
        "required": list(needed),
        "additionalProperties": False,
    }


def _payload(types: tuple[str, ...], description: str, data: Schema) -> Schema:
    return record(description, type=one_of(types), timestamp=contract.MOMENT, data=data)


COMPONENTS: dict[str, Schema] = {
    "Endpoint": record("Where messages are sent.", **_endpoint),
    "NewEndpoint": record("An endpoint, and its secret.", **_endpoint, secret=SECRET),
    "EndpointList": record("All of yours.", items=listing(contract.component("Endpoint"))),
    "EndpointToMake": _sent("A new endpoint.", "url", **FIELDS),
    "EndpointToChange": _sent(
        "What is to be otherwise.",
        **FIELDS,
        enabled={"type": "boolean", "description": "Switched on, it goes on where it stopped."},
    ),
    "NewSecret": record(
        "Another secret. Messages carry a signature by each until the older one ends.",
        secret=SECRET,
        previous_valid_until=contract.MOMENT,
    ),
    "MessageToCome": record("It is sent as soon as possible.", message=MESSAGE_ID),
    "Delivery": record(
        "One try to hand over one message.",
        id=UUID,
        message={**MESSAGE_ID, "description": "The header `webhook-id`."},
        type=one_of((*TYPES, TEST)),
        ref={**or_null(contract.REF), "description": "null for a test"},
        sequence=or_null(contract.NUMBER),
        attempt={**contract.NUMBER, "description": "Of this message: 1 is the first."},
        reason={
            **one_of(tuple(Reason.values)),
            "description": "turn: in the order of the record. test, again: asked for.",
        },
        at=contract.MOMENT,
        taken={"type": "boolean", "description": "You answered 2xx."},
        status=or_null({"type": "integer"}),
        error={
            **or_null(one_of((*TROUBLES, Because.SECRET.value))),
            "description": "Why there was no answer.",
        },
        milliseconds=contract.COUNT,
        answer={"type": "string", "description": "Its first 500 characters."},
    ),
    "DeliveryPage": record(
        "A page.",
        items=listing(contract.component("Delivery")),
        next=or_null({"type": "string", "format": "uri"}),
    ),
    "ClaimMessage": _payload(
        tuple(TYPES),
        "Something was added to the record. Fetch the edition by its ref and number, or by its "
        "digest.",
        record(
            "Which edition.",
            ref=contract.REF,
            edition=contract.NUMBER,
            digest=contract.DIGEST,
            sequence=contract.NUMBER,
        ),
    ),
    "TestMessage": _payload((TEST,), "You asked for a test.", record("Whose.", endpoint=UUID)),
}

_PATHS = {
    "endpoint": OpenApiParameter("endpoint", UUID, OpenApiParameter.PATH),
    "delivery": OpenApiParameter("delivery", UUID, OpenApiParameter.PATH),
}
PROBLEMS = {
    401: "No key, or none that opens anything.",
    403: "The key lacks the scope `webhooks`.",
    406: "We answer in JSON only.",
    429: "Too many requests; `Retry-After` says how long to wait.",
}


def _described(
    name: str,
    summary: str,
    answer: tuple[int, str | None, str],
    *parameters: Any,
    at: tuple[str, ...] = (),
    body: str = "",
    **problems: str,
) -> Any:
    """One request, and every answer it can get."""
    status, component, words = answer
    answers: dict[Any, Any] = {
        status: OpenApiResponse(contract.component(component) if component else None, words)
    }
    told = PROBLEMS | {int(code.removeprefix("_")): text for code, text in problems.items()}
    told.setdefault(400, "A parameter that nobody knows; it is named.")
    if at:
        told[404] = "You have none of this id."
    if body:
        told |= {
            400: "The body cannot be read, or a field of it; each is named.",
            413: "More than 64 KiB.",
            415: "Send JSON.",
        }
    for code, text in sorted(told.items()):
        answers[code, PROBLEM] = OpenApiResponse(contract.component("Problem"), text)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["Webhooks"],
        parameters=[*(_PATHS[one] for one in at), *parameters],
        request={"application/json": contract.component(body)} if body else None,
        responses=answers,
    )


ONE, LOG = ("endpoint",), ("endpoint", "delivery")
DESK = "The desk switched this endpoint off."

endpoint_list = _described(
    "webhooks", "Your endpoints", (200, "EndpointList", "All of them."),
)  # fmt: skip
endpoint_new = _described(
    "webhook_new", "Make an endpoint", (201, "NewEndpoint", "Made. Keep the secret."),
    body="EndpointToMake", _409="You have as many endpoints as a partner may have.",
)  # fmt: skip
endpoint_read = _described(
    "webhook", "One endpoint", (200, "Endpoint", "As it stands."), at=ONE,
)  # fmt: skip
endpoint_change = _described(
    "webhook_change", "Change an endpoint, switch it off or on", (200, "Endpoint", "Changed."),
    at=ONE, body="EndpointToChange", _409=DESK,
)  # fmt: skip
endpoint_remove = _described(
    "webhook_remove", "Remove an endpoint and its log", (204, None, "Removed."), at=ONE,
)  # fmt: skip
secret_new = _described(
    "webhook_secret", "Rotate the secret",
    (200, "NewSecret", "The one before it is live for 24 hours."), at=ONE,
)  # fmt: skip
test_send = _described(
    "webhook_test", "Send a test", (202, "MessageToCome", "On its way; its outcome is logged."),
    at=ONE, _409=DESK,
)  # fmt: skip
delivery_list = _described(
    "deliveries", "What was sent, the latest first", (200, "DeliveryPage", "A page of the log."),
    CURSOR, LIMIT, LINK, at=ONE, _400="A parameter cannot be read; it is named.",
)  # fmt: skip
delivery_read = _described(
    "delivery", "One try", (200, "Delivery", "What came of it."), at=LOG,
)  # fmt: skip
delivery_again = _described(
    "delivery_again", "Send a message again",
    (202, "MessageToCome", "On its way, under the same id."), at=LOG, _409=DESK,
)  # fmt: skip


def messages() -> dict[str, Any]:
    """The section `webhooks` of the OpenAPI document: what we send, and what we expect back."""
    headers = [
        ("webhook-id", MESSAGE_ID, "The same however often this message is sent."),
        ("webhook-timestamp", {"type": "string"}, "When this try was made, in Unix seconds."),
        (
            "webhook-signature",
            {"type": "string"},
            "`v1,` and the HMAC-SHA-256 in base64; one for each live secret, separated by spaces.",
        ),
    ]
    parameters = [
        {"name": name, "in": "header", "required": True, "schema": schema, "description": words}
        for name, schema, words in headers
    ]

    def sent(name: str, summary: str, component: str) -> dict[str, Any]:
        content = {"application/json": {"schema": contract.component(component)}}
        return {
            "post": {
                "operationId": name,
                "summary": summary,
                "description": (
                    "Signed as Standard Webhooks 1.0 has it: verify it with one of its libraries. "
                    "At least once: the same `webhook-id` may come twice. In the order of "
                    "`sequence`: the next one is not sent before you took this one."
                ),
                "tags": ["Webhooks"],
                "parameters": parameters,
                "requestBody": {"required": True, "content": content},
                "responses": {
                    "2XX": {"description": "Taken."},
                    "410": {"description": "Gone for good: the endpoint is switched off."},
                    "default": {
                        "description": (
                            "Anything else, a redirect too, is tried again later, and each time "
                            "later. `Retry-After` of a 429 or 503 is heeded, up to an hour."
                        )
                    },
                },
            }
        }

    return {
        "claim": sent("claim_message", "Something was added to the record", "ClaimMessage"),
        "test": sent("test_message", "A test you asked for", "TestMessage"),
    }


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the messages, and what no serializer here knows."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(COMPONENTS)
    result["webhooks"] = messages()
    return result
