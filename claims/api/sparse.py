"""Answers that hold a part: the fields somebody asked for, or something more beside the item.

`fields=content.statement,content.finding.code`: dotted names out of the JSON Schema of the answer,
the same that describes it; a name stands for all that is in it, and goes through lists. What says
which item it is comes always. Unknown names are refused, with what is allowed in their place.

What is sent whole is never parsed; only what is cut is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from . import contract
from .answers import COMPONENTS

Schema = dict[str, Any]
Names = dict[str, Any]  # a name → the names in it

IDENTITY = ("ref", "edition", "sequence", "digest")
MOST = 100  # names


def names(component: str) -> Names:
    """All names of an answer's fields, as its schema has them."""
    return _names_in(contract.component(component))


@cache
def _names_of(component: str) -> Names:
    return _names_in(COMPONENTS[component])


def _names_in(schema: Schema) -> Names:
    if reference := schema.get("$ref"):
        return _names_of(reference.rpartition("/")[2])
    if "items" in schema:
        return _names_in(schema["items"])
    found: Names = {}
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        for name, inner in _names_in(choice).items():
            found[name] = found.get(name, {}) | inner
    for name, inner in schema.get("properties", {}).items():
        found[name] = _names_in(inner)
    return found


def fields(request: Request, component: str) -> Names | None:
    """The fields that were asked for, as a tree; None: all of them. An empty branch is whole."""
    text = request.query_params.get("fields")
    if text is None:
        return None
    known = names(component)
    wanted: Names = {}
    asked = [name.strip() for name in text.split(",")]
    if len(asked) > MOST:
        raise _refused("fields", f"At most {MOST} names.", "too_many")
    for dotted in asked:
        _check(dotted, known)
        branch = wanted
        *above, last = dotted.split(".")
        for name in above:
            branch = branch.setdefault(name, {})
            if branch is None:  # all of it is asked for already
                break
        else:
            branch[last] = None
    return wanted | {name: None for name in IDENTITY if name in known}


def _check(dotted: str, known: Names) -> None:
    before = ""
    for name in dotted.split("."):
        if name not in known:
            place = f"in `{before}`" if before else "here"
            allowed = f"Allowed {place}: {', '.join(known) or 'nothing further'}."
            raise _refused("fields", f"There is no field `{dotted}`. {allowed}", "unknown_field")
        known, before = known[name], f"{before}.{name}" if before else name


def includes(request: Request, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """What was asked for beside the item, each once, in the order of what is on offer."""
    text = request.query_params.get("include")
    if text is None:
        return ()
    asked = [name.strip() for name in text.split(",")]
    for name in asked:
        if name not in allowed:
            raise _refused(
                "include", f"There is no `{name[:60]}`. Allowed: {', '.join(allowed)}.", "unknown"
            )
    return tuple(name for name in allowed if name in asked)


def _refused(parameter: str, detail: str, code: str) -> ValidationError:
    return ValidationError({parameter: [ErrorDetail(detail, code=code)]})


def cut(value: Any, wanted: Names | None) -> Any:
    """What is left of a value when only these names are wanted."""
    if wanted is None:
        return value
    if isinstance(value, list):
        return [cut(one, wanted) for one in value]
    if isinstance(value, Mapping):
        return {name: cut(inner, wanted[name]) for name, inner in value.items() if name in wanted}
    return value


def item(whole: bytes, wanted: Names) -> Iterator[bytes]:
    """An item, cut; as JSON."""
    left = cut(json.loads(whole), wanted)
    yield json.dumps(left, ensure_ascii=False, separators=(",", ":")).encode()


# --- The description ---


def described(component: str) -> dict[str, Schema]:
    """The schemas of an answer of which any part may be missing, by name: this and all it names.

    A page keeps its frame, an item what says which it is.
    """
    found: dict[str, Schema] = {}
    waiting = [component]
    while waiting:
        name = waiting.pop()
        if (sparse := f"Sparse{name}") not in found:
            found[sparse] = _loosened(COMPONENTS[name], waiting)
    outer = COMPONENTS[component]
    item = outer["properties"].get("items", {}).get("items", {}).get("$ref", "").rpartition("/")[2]
    if item:
        found[f"Sparse{component}"]["required"] = outer["required"]
    identified = item or component
    properties = COMPONENTS[identified]["properties"]
    found[f"Sparse{identified}"]["required"] = [name for name in IDENTITY if name in properties]
    return found


def _loosened(schema: Any, waiting: list[str]) -> Any:
    if isinstance(schema, list):
        return [_loosened(one, waiting) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        waiting.append(name)
        return {**schema, **contract.component(f"Sparse{name}")}
    loose = {}
    for key, inner in schema.items():
        if key == "properties":
            loose[key] = {name: _loosened(one, waiting) for name, one in inner.items()}
        elif key == "oneOf":  # of two kinds with nothing in them, both are meant
            loose["anyOf"] = _loosened(inner, waiting)
        elif key == "items":
            loose[key] = _loosened(inner, waiting)
        elif key != "required":
            loose[key] = inner
    return loose
