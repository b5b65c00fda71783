"""The OpenAPI description of a partner's own keys and limits."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from claims.partners.choices import KeyKind, Scope

from . import contract
from .contract import Schema, listing, one_of, or_null, record
from .schema import PROBLEM, query

_moment = or_null(contract.MOMENT)
SCOPES: Schema = listing(one_of(tuple(Scope.values)), minItems=1, uniqueItems=True)
_label: Schema = {"type": "string", "minLength": 1, "maxLength": 100}
_key: dict[str, Schema] = {
    "id": {**contract.REF, "description": "What it is called here; it opens nothing."},
    "kind": one_of(tuple(KeyKind.values)),
    "label": _label,
    "prefix": {"type": "string", "description": "How it begins, to tell it from others."},
    "scopes": SCOPES,
    "created_at": contract.MOMENT,
    "expires_at": {**_moment, "description": "null: it lasts until it is revoked."},
    "revoked_at": _moment,
    "last_used_at": {**_moment, "description": "To the minute."},
}
COMPONENTS: dict[str, Schema] = {
    "Key": record("A key, without its text.", **_key),
    "NewKey": record(
        "A key that was made.",
        **_key,
        key={
            "type": "string",
            "pattern": "^factcheck_(key|search)_[0-9A-Za-z]{40}$",
            "description": "Shown once. Keep it where you keep your other secrets.",
        },
    ),
    "KeyList": record(
        "Your keys, at most 100: first those that were not revoked.",
        items=listing(contract.component("Key")),
    ),
    "KeyToMake": {
        "type": "object",
        "description": "A key to make.",
        "properties": {
            "label": {**_label, "pattern": r"\S", "description": "What it is for."},
            "kind": {
                **one_of(tuple(KeyKind.values)),
                "default": "secret",
                "description": (
                    "secret: stands in the `Authorization` header. search: stands in the address "
                    "of `/v1alpha1/claims:search`, and nowhere else; its one scope is `read`."
                ),
            },
            "scopes": {
                **listing(one_of(tuple(Scope.values)), minItems=1, maxItems=len(Scope)),
                "description": "No more than the key you ask with opens.",
            },
            "expires_at": {
                **or_null({"type": "string", "format": "date-time"}),
                "description": "Within ten years; null or nothing: until it is revoked.",
            },
        },
        "required": ["label", "scopes"],
        "additionalProperties": False,
    },
    "Me": record(
        "Who you are here.",
        partner=record("You.", name=contract.TEXT, since=contract.MOMENT),
        key=contract.component("Key"),
        limits=listing(
            record(
                "How often this key may ask, for one of its scopes.",
                scope=one_of(tuple(Scope.values)),
                limit={**contract.COUNT, "description": "Requests in a window."},
                window={**contract.NUMBER, "description": "Seconds, from its first request on."},
                remaining=contract.COUNT,
                resets_in={**contract.COUNT, "description": "Seconds."},
            )
        ),
    ),
}
_KEY = OpenApiParameter(
    "key", contract.REF, OpenApiParameter.PATH, description="The `id` of a key."
)
_LAST = query(
    "last",
    "`true`: revoke it even if it is your last live secret key. The desk can make the next one.",
    {"type": "string", "enum": ["true", "false"], "default": "false"},
)


def _described(
    name: str,
    summary: str,
    status: int,
    component: str | None,
    *parameters: OpenApiParameter,
    body: str = "",
    **problems: str,
) -> Any:
    told = {
        400: "A parameter or a field cannot be read; it is named.",
        406: "We answer in JSON only.",
    }
    if body:
        told |= {413: "More than 64 KiB.", 415: "Send JSON."}
    told |= {int(code.removeprefix("_")): text for code, text in problems.items()}
    answer = contract.component(component) if component else None
    answers: dict[Any, OpenApiResponse] = {status: OpenApiResponse(answer, "As asked.")}
    for code, text in told.items():
        answers[code, PROBLEM] = OpenApiResponse(contract.component("Problem"), text)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["You and your keys"],
        parameters=list(parameters),
        request={"application/json": contract.component(body)} if body else None,
        responses=answers,
    )


_NOT_YOURS = "You have no such key."
me = _described("me", "Who you are, what your key opens, what is left", 200, "Me")
key_list = _described("keys", "Your keys", 200, "KeyList")
key_new = _described(
    "key_new", "Make a key", 201, "NewKey", body="KeyToMake",
    _409="You have two live keys of this kind already: revoke one first.",
)  # fmt: skip
key_read = _described("key", "One key", 200, "Key", _KEY, _404=_NOT_YOURS)
key_revoke = _described(
    "key_revoke", "Revoke a key", 204, None, _KEY, _LAST,
    _404=_NOT_YOURS,
    _403="It opens more than the key you ask with.",
    _409="It is your last live secret key; say `last=true` if you mean it.",
)  # fmt: skip


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    result.setdefault("components", {}).setdefault("schemas", {}).update(COMPONENTS)
    return result
