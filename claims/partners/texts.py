"""What a key looks like, and what is kept of it.

A key is a name that secret scanners know, 34 random letters and digits, and 6 that follow from
them: `factcheck_key_…` or `factcheck_search_…`. What is kept is its SHA-256 and its beginning; the
28 random characters that are shown to nobody are more than 166 bits.
"""

from __future__ import annotations

import re
import secrets
import string
from hashlib import sha256
from zlib import crc32

from .choices import KeyKind

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
BEGINS = {KeyKind.SECRET: "factcheck_key_", KeyKind.SEARCH: "factcheck_search_"}
RANDOM, SHOWN = 34, 6
FORM = re.compile(r"factcheck_(?:key|search)_[0-9A-Za-z]{40}", re.ASCII)


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ref() -> str:
    """What a key is called in addresses; it opens nothing. Shaped like every ref of the record."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


def new_text(kind: KeyKind) -> str:
    """A key nobody has. It is shown once, to whoever asked for it, and kept nowhere."""
    text = BEGINS[kind] + "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
    return text + _check(text)


def beginning(text: str) -> str:
    """As much of a key as may be shown again, to tell it from others."""
    return text[: text.rindex("_") + 1 + SHOWN]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def is_key(text: str) -> bool:
    """Whether this can be one of our keys at all: what was mistyped or cut off is none."""
    return FORM.fullmatch(text) is not None and _check(text[:-6]) == text[-6:]


def _check(text: str) -> str:
    """Six letters and digits that follow from the rest."""
    number, check = crc32(text.encode()), ""
    for _ in range(6):
        number, place = divmod(number, len(LETTERS))
        check = LETTERS[place] + check
    return check
