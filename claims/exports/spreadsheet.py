"""CSV that a spreadsheet opens without running anything, and that reads back as it was.

UTF-8 with a byte order mark (without one, Excel takes it for another encoding), RFC 4180: commas,
every cell in quotation marks, CRLF. An empty cell says that it is not known or does not apply;
booleans are `true` and `false`; a list has one entry a line.

**Formulas.** A program may run what begins with `=`, `+`, `-` or `@`: in a cell, on its second
line, or after a semicolon or a tab, where it takes these for the next cell. White space, marks
that nobody sees, quotation marks and apostrophes before the sign do not keep it from that. In each
such place an apostrophe is put in front. Whoever reads the file takes exactly one away again,
wherever one stands before the same signs: `unguarded` is that rule.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from .flat import Column, Item, Value

BYTE_ORDER_MARK = "\ufeff"
LONGEST_CELL = 2**31 - 1  # Python reads 131,072 characters unless it is told otherwise
# Where a program may begin to read a cell; what it may skip there; what it may run.
_BEGINS = "(?:^|(?<=[\n\r\v\f\x1c-\x1e\x85\u2028\u2029;\t]))"
_SKIPPED = (
    "[\x00-\x08\x0e-\x1b\x1f \"'\u2018\u2019\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5"
    "\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164\ufeff\uffa0]*"
)
_RUN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]"
DANGEROUS = re.compile(f"{_BEGINS}(?={_SKIPPED}{_RUN})")
GUARDED = re.compile(f"{_BEGINS}'(?={_SKIPPED}{_RUN})")


def guarded(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet might run."""
    return DANGEROUS.sub("'", text)


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return GUARDED.sub("", text)


def cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return guarded("\n".join(value))
    return guarded(str(value))


def value(text: str, type_: str) -> Value:
    """What a cell of a column of this type says."""
    text = unguarded(text)
    if type_ == "list":
        return text.split("\n") if text else []
    if not text or type_ in ("string", "datetime"):
        return text or None
    return text == "true" if type_ == "boolean" else int(text)


class Sheet:
    """A CSV file that is written row by row."""

    def __init__(self, file: Any, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        self._text.write(BYTE_ORDER_MARK)
        self._rows = csv.writer(self._text, quoting=csv.QUOTE_ALL)
        self._rows.writerow([column.name for column in columns])

    def write(self, items: Iterable[Item]) -> None:
        self._rows.writerows(
            [cell(column.of_item(item)) for column in self.columns] for item in items
        )

    def close(self) -> None:
        self._text.close()

    def drop(self) -> None:
        """Leave off, whatever has not been written yet; the file may be full or closed."""
        with suppress(OSError, ValueError):
            self._text.close()


def read(file: BinaryIO, types: dict[str, str]) -> Iterator[dict[str, Value]]:
    """The rows of such a file; `types`: the type of each column by its name, from the manifest."""
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    for row in csv.DictReader(text, strict=True):
        yield {name: value(row[name], type_) for name, type_ in types.items()}
