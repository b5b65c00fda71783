"""The OpenAPI description: what each address takes and answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from . import answers, contract, exported, sparse, words

# What the worked example is answered with, by operation; written by `make docs`.
EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "examples.json").read_text("utf-8"))
PROBLEM = "application/problem+json"


def query(name: str, description: str, schema: dict[str, Any]) -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=description)


LIMIT = query("limit", "How many items a page holds.", {
    "type": "integer", "minimum": 1, "maximum": 200, "default": 50,
})  # fmt: skip
CURSOR = query(
    "cursor",
    "Where to go on: taken from `next`. Good for the same address and filters only.",
    {"type": "string", "maxLength": 2000},
)
TOTAL = query(
    "total",
    "`true`: also say how many there are on all pages. They are counted up to 10,000: "
    "`total_bound` is then `at_least`. It takes longer; ask once, not for each page.",
    {"type": "string", "enum": ["true", "false"]},
)
AFTER = query(
    "after",
    "Only what was added after this `sequence`. 0 or nothing: from the start.",
    {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
)


def include(**what: str) -> OpenApiParameter:
    """What can be asked for beside an item, each with what it is."""
    told = "; ".join(f"`{name}`: {meaning}" for name, meaning in what.items())
    one = f"({'|'.join(what)})"
    return query(
        "include",
        f"What to send beside each item, by commas: {told}.",
        {"type": "string", "pattern": f"^{one}(,{one})*$"},
    )


def fields(component: str) -> OpenApiParameter:
    """Which fields of an item to send."""
    _sparse.add(component)
    known = sparse.names(component)
    name = r"[a-z][a-z_]*(\.[a-z_]+)*"
    return query(
        "fields",
        "Only these fields of an item: names by commas, with dots between a field and those in it, "
        "such as `content.statement,content.finding.code`; through lists as through objects. A "
        f"field stands for all that is in it. Allowed: {', '.join(known)}, and all that this "
        "description has in them. What says which item it is always comes. What is cut is not "
        "the text that was hashed.",
        {"type": "string", "maxLength": 2000, "pattern": f"^{name}(,{name})*$"},
    )


def ordering(**orders: str) -> OpenApiParameter:
    """In which order; the first is the one that nobody has to ask for."""
    told = "; ".join(f"`{name}`: {meaning}" for name, meaning in orders.items())
    return query(
        "ordering",
        f"In which order: {told}.",
        {"type": "string", "enum": list(orders), "default": next(iter(orders))},
    )


_sparse: set[str] = set()  # components of which a part can be asked for
INCLUDE = include(content="what was published")
OPS = OpenApiParameter(
    "op",
    {"type": "array", "items": {"type": "string", "enum": list(words.EDITION_KINDS)}},
    description="Only changes of these kinds, with commas between them. `after` moves on past the "
    "others all the same: a page may be empty although there is `more`.",
    style="form",
    explode=False,
)
WAIT = query(
    "wait",
    "When there is nothing new: for how many seconds to wait for it. A wish: when many others are "
    "waiting already, the answer comes at once.",
    {"type": "integer", "minimum": 0, "maximum": 30, "default": 0},
)
NEWS = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of an answer you hold: 304 without a body while it is still so.",
)
TAG = OpenApiParameter(
    "ETag",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="Names exactly this answer.",
    required=True,
    response=[200, 304, 410],
)
LINK = OpenApiParameter(
    "Link",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description=(
        'The next page, where there is one (`rel="next"`), and the first (`rel="first"`) on any '
        "other."
    ),
    response=[200],
)
REF = OpenApiParameter("ref", contract.REF, OpenApiParameter.PATH, description="The permanent ref.")
EXTENT = query("extent", "Only those that hold this.", exported.EXTENT)
EXPORT = OpenApiParameter(
    "id", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH, description="Its id."
)
NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    OpenApiParameter.PATH,
    description="1 is the first edition of the claim.",
)


def _answers(
    component: str,
    *,
    missing: str = "",
    gone: str = "",
    sparse_too: bool = False,
) -> dict[Any, OpenApiResponse]:
    body = contract.component(component)
    if sparse_too:
        body = {"anyOf": [body, contract.component(f"Sparse{component}")]}
        _sparse.add(component)
    answers: dict[Any, OpenApiResponse] = {
        200: OpenApiResponse(body, "As asked."),
        304: OpenApiResponse(description="You hold it already."),
    }
    problems = {400: "A parameter cannot be read; it is named.", 406: "We answer in JSON only."}
    if missing:
        problems[404] = missing
    if gone:
        answers[410] = OpenApiResponse(body, gone)
    for status, description in problems.items():
        answers[status, PROBLEM] = OpenApiResponse(contract.component("Problem"), description)
    return answers


def operation(name: str, summary: str, *parameters: OpenApiParameter, **answers: Any) -> Any:
    """What an address takes and answers. One that takes `fields` may answer with any part."""
    answers["sparse_too"] = any(one.name == "fields" for one in parameters)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["The public record"],
        parameters=[*parameters, NEWS, TAG],
        responses=_answers(**answers),
    )


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add what is promised about the content, which no serializer here knows."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            _say_once_that_it_may_be_empty(field)
    schemas.update(answers.COMPONENTS)
    for component in sorted(_sparse):
        schemas.update(sparse.described(component))
    result["info"]["description"] = (
        "Claims, who made them, and what was found about each: as they were published, word for "
        "word. Free to read; no key is needed. A statement never stands alone: print "
        "`claimant_name` before it."
    )
    for operations in result["paths"].values():
        for told in operations.values():
            if example := EXAMPLES.get(told["operationId"]):
                _show(example, told["responses"])
    return result


def _say_once_that_it_may_be_empty(field: dict[str, Any]) -> None:
    """What the pattern allows, too, would otherwise be two of the kinds of which it must be one."""
    match field.get("oneOf"):
        case [{"pattern": pattern} as inner, {"maxLength": 0}] if re.search(pattern, ""):
            del field["oneOf"]
            field |= inner


def _show(example: Any, responses: dict[str, Any]) -> None:
    """Put an example beside what it is an example of: what was done, or found."""
    [done] = [answer for status, answer in responses.items() if status in {"200", "201", "202"}]
    for content in done["content"].values():
        content["examples"] = {"worked": {"summary": "The worked example", "value": example}}
