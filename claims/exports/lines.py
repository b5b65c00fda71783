"""NDJSON: a line an item, exactly as the API sends the item, so that its digest can be checked.

Compressed with zstd on the way (`zstd -dc`, DuckDB, pandas and `compression.zstd` read it).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from claims.editions import items

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# As much smaller as costs little time; a thread of the library's own does the work.
SETTINGS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 3,
    zstd.CompressionParameter.checksum_flag: 1,
    zstd.CompressionParameter.nb_workers: 1,
}


class Lines:
    """A compressed NDJSON file that is written some items at a time.

    `size` and `sha256` are of the lines themselves, for whoever has unpacked them. Hashing goes on
    beside the reading of the next rows.
    """

    def __init__(self, file: Any) -> None:
        self.size = 0
        self._file = file
        self._digest = hashlib.sha256()
        self._compressor = zstd.ZstdCompressor(options=SETTINGS)
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="export")
        self._hashed: Future[None] | None = None

    def write(self, rows: Iterable[items.Row]) -> None:
        block = b"".join(
            piece for row in rows for pieces in (items.pieces(row), (b"\n",)) for piece in pieces
        )
        self.size += len(block)
        self._wait()
        self._hashed = self._beside.submit(self._digest.update, block)
        self._file.write(self._compressor.compress(block))

    def close(self) -> None:
        self._wait()
        self._file.write(self._compressor.flush())
        self.stop()

    def stop(self) -> None:
        self._beside.shutdown()

    def _wait(self) -> None:
        """At most one block waits to be hashed: memory does not grow."""
        if self._hashed is not None:
            self._hashed.result()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()
