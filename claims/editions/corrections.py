"""The shape of a correction's note: what was, what is, and why, on lines of their own.

It is text like every other note, so that it is read and cited as it stands; pages and the desk take
it apart again. A note of an older edition that has another shape is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

SHAPE = re.compile(
    r"\s*Was:\s*(?P<was>\S.*?)\s*\n\s*Is:\s*(?P<now>\S.*?)\s*\n\s*Why:\s*(?P<why>\S.*?)\s*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Correction:
    """What readers are told when something was wrong."""

    was: str
    now: str
    why: str

    @classmethod
    def read(cls, note: str) -> Self | None:
        found = SHAPE.fullmatch(note)
        return cls(**found.groupdict()) if found else None

    def __str__(self) -> str:
        return f"Was: {self.was}\nIs: {self.now}\nWhy: {self.why}"
