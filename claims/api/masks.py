"""Field masks of Google's APIs: `claims(text,claimReview/url),nextPageToken`.

Names are joined by commas, ways into an object by a slash, and parentheses hold a mask for what is
in it; a list is gone through; `*` is everything.
"""

from __future__ import annotations

import re
from typing import Any

Mask = dict[str, "Mask"]
"""What is wanted of an object, by key; an empty mask wants all of it."""

PIECE = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[*/,()]", re.ASCII)


class MaskError(ValueError):
    """Why a mask cannot be read, in a sentence."""


def read_mask(text: str) -> Mask:
    pieces = PIECE.findall(text)
    if "".join(pieces) != "".join(text.split()):
        raise MaskError("Names are letters, digits and _, joined by commas, slashes, parentheses.")
    mask = _read(pieces)
    if pieces:
        raise MaskError("A parenthesis is closed that was not opened.")
    return mask


def _read(pieces: list[str]) -> Mask:
    """One mask, up to the parenthesis that closes it."""
    mask: Mask = {}
    while True:
        wanted = mask
        while True:
            name = pieces.pop(0) if pieces else ""
            if not name or name in "/,()":
                raise MaskError("A name is missing.")
            wanted = wanted.setdefault(name, {})
            if not pieces or pieces[0] != "/":
                break
            pieces.pop(0)
        if pieces and pieces[0] == "(":
            pieces.pop(0)
            wanted.update(_read(pieces))
            if not pieces:
                raise MaskError("A parenthesis is not closed.")
            pieces.pop(0)
        if not pieces or pieces[0] == ")":
            return mask
        if pieces.pop(0) != ",":
            raise MaskError("A comma is missing.")


def masked(value: Any, mask: Mask) -> Any:
    """What a mask leaves of an answer. A name that nothing has leaves nothing."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: masked(value[name], inner) for name, inner in mask.items() if name in value}
