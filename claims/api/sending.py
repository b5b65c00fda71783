"""Sending what is long: piece by piece, a part of it if that is all that was asked for."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from rest_framework.exceptions import APIException

PIECE = 256 * 1024
RANGE = re.compile(r"bytes=[ \t]*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))[ \t]*", re.ASCII)

# Each long answer keeps a thread of the server busy until its reader has it all; the others stay
# free for everybody else.
slots = threading.BoundedSemaphore(settings.EXPORTS_AT_ONCE)


class Busy(APIException):
    """As many long answers are on their way as this process sends at once."""

    status_code = 503
    default_code = "busy"
    default_detail = "Others are taking files at the moment. Come back in a few seconds."
    wait = 10


class Sent:
    """The pieces of a long answer. It holds a slot until it is closed, however it ends."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._closing = threading.Lock()
        self._closing.acquire()  # nothing to give back yet
        self._pieces, self._slots = pieces, slots
        if not slots.acquire(blocking=False):
            raise Busy
        self._closing.release()

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        if self._closing.acquire(blocking=False):
            self._slots.release()
            close = getattr(self._pieces, "close", None)
            if close is not None:
                close()

    def __del__(self) -> None:
        self.close()  # a server that forgot to


def part_of(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    """So many bytes of an open file, which is closed with the iterator."""
    with file:
        file.seek(start)
        while length and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def opened(path: Path) -> BinaryIO | None:
    """The file, for as long as it is read; None if it is gone."""
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        return None


class Unsatisfiable(Exception):
    """None of the bytes that were asked for are there (416)."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """Where the part that was asked for begins, and its length; None: send the whole.

    RFC 9110 lets a server pass over what it cannot read, and over several ranges at once.
    """
    found = RANGE.fullmatch(header)
    if found is None:
        return None
    first, last, final = found.groups()
    if final is not None:
        length = min(int(final), size)
        if not length:
            raise Unsatisfiable
        return size - length, length
    start, end = int(first), int(last) if last else size - 1
    if end < start and last:
        return None  # says nothing
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size - 1) - start + 1
