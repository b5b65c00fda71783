"""JSON that somebody sends: read exactly, or refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LONGEST, DEEPEST = 64 * 1024, 32
LARGEST = 15  # digits of a number


class NotStrict(ValueError):
    """What is wrong with the text, and what to do."""


def read(body: bytes) -> Any:
    """The value that these bytes say. What could be read in two ways is refused."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_int=_short(int),
            parse_float=_short(float),
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise NotStrict("This is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise NotStrict(
            f"This is not JSON: line {error.lineno}, column {error.colno}, {error.msg}."
        ) from error
    except RecursionError as error:
        raise NotStrict(f"Nested too deep: at most {DEEPEST} levels.") from error
    for depth, text in _walk(value):
        if depth > DEEPEST:
            raise NotStrict(f"Nested too deep: at most {DEEPEST} levels.")
        if "\0" in text:
            raise NotStrict("A text holds a NUL character: leave it out.")
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            raise NotStrict("A text holds half a character (a lone surrogate): leave it out.")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotStrict(f"The name {json.dumps(twice[:100])} is given twice in one object.")
    return found


def _short(kind: type[int] | type[float]) -> Any:
    def number(text: str) -> int | float:
        if sum(letter.isdigit() for letter in text) > LARGEST + (kind is float) * 5:
            raise NotStrict(f"A number has more digits than we read: at most {LARGEST}.")
        value = kind(text)
        if value in {float("inf"), float("-inf")}:
            raise NotStrict("A number is larger than we read.")
        return value

    return number


def _no_number(name: str) -> Any:
    raise NotStrict(f"{name} is no number in JSON.")


def _walk(value: Any) -> Iterator[tuple[int, str]]:
    """Every text in a value, names included, and each container as an empty one; with depth."""
    waiting = [(1, value)]
    while waiting:
        depth, one = waiting.pop()
        if isinstance(one, str):
            yield depth - 1, one
        elif isinstance(one, dict):
            yield depth, ""
            waiting += [(depth + 1, part) for pair in one.items() for part in pair]
        elif isinstance(one, list):
            yield depth, ""
            waiting += [(depth + 1, part) for part in one]
