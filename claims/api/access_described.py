"""What the description says of keys and limits, for every address alike."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from claims.partners.choices import Scope

from . import contract

KEY = "partnerKey"
PROBLEM = "application/problem+json"
REFUSALS = {
    "401": "The key opens nothing (mistyped, expired, revoked), or one is needed and none came.",
    "403": "The key is good, and not for this; it says which scope is missing.",
    "429": "Too many requests in this window: wait as long as `Retry-After` says.",
}
HEADERS: dict[str, dict[str, Any]] = {
    "RateLimit-Policy": {
        "description": (
            "How many requests (`q`) are answered in how many seconds (`w`), for this scope of "
            "this key, or without a key for this address. Not with answers that never change."
        ),
        "schema": {"type": "string", "examples": ['"read";q=1200;w=60']},
    },
    "RateLimit": {
        "description": (
            "How many more (`r`) are answered before the window ends, and in how many seconds "
            "(`t`) it does. In an answer from a cache (`Age`) it speaks of another request."
        ),
        "schema": {"type": "string", "examples": ['"read";r=1187;t=42']},
    },
}
CHALLENGE = {
    "description": "`Bearer`: send a key in the `Authorization` header.",
    "required": True,
    "schema": {"type": "string", "examples": ['Bearer error="invalid_token"']},
}
RETRY = {
    "description": "For how many seconds to wait.",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}


class KeyDescribed(OpenApiAuthenticationExtension):
    """A key in the header; needed, or good for a higher limit."""

    target_class = "claims.api.asking.BearerKey"
    name = KEY

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = ", ".join(f"`{scope.value}`" for scope in Scope)
        return {
            "type": "http",
            "scheme": "bearer",
            "description": (
                "A partner's key, `factcheck_key_…`. It has scopes, out of "
                f"{scopes}; which one an address needs is said there. Never put it into an "
                "address. The record can be read without a key, at a lower rate."
            ),
        }

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        view = auto_schema.view
        scope = getattr(view, "scope", None)
        needed: dict[str, list[str]] = {KEY: [scope.value] if scope else []}
        return [{}, needed] if getattr(view, "anonymous", True) else [needed]


class SearchKeyDescribed(OpenApiAuthenticationExtension):
    """A search key in the address, as Google's programs send theirs."""

    target_class = "claims.api.google.KeyInAddress"
    name = "searchKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "query",
            "name": "key",
            "description": (
                "A search key, `factcheck_search_…`: it opens this search and nothing else, which "
                "is why it may stand in an address."
            ),
        }

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        return [{}, {self.name: []}]


def add_access(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The refusals of every address that knows keys, and the headers of what it answers."""
    result.setdefault("components", {})["headers"] = HEADERS
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    problem = {PROBLEM: {"schema": contract.component("Problem")}}
    for operations in result["paths"].values():
        for operation in operations.values():
            if body := operation.get("requestBody"):
                body["required"] = True  # without one it is 415
            if not any(KEY in one for one in operation.get("security", ())):
                continue
            responses = operation["responses"]
            for status, description in REFUSALS.items():
                responses.setdefault(status, {"description": description, "content": problem})
            for answer in responses.values():
                answer["headers"] = answer.get("headers", {}) | headers
            responses["401"]["headers"]["WWW-Authenticate"] = CHALLENGE
            responses["429"]["headers"]["Retry-After"] = RETRY
    return result
