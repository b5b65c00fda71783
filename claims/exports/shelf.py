"""Where the files of exports stand: each under the digest of its bytes, written once.

What is being read while it is removed is read to its end: the file is gone from the folder, and
stays on the disk until the last reader closes it.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .choices import ExportState
from .models import Export, ExportFile

LOCK = "claims.exports.shelf"


class Written(io.BufferedIOBase):
    """A file that is written from its beginning to its end, and hashed on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.digest = hashlib.sha256()
        self._file = path.open("xb", buffering=1 << 20)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        self._file.write(data)
        size = memoryview(data).nbytes
        self.size += size
        return size

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """Only what is on the disk for good is called finished."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        super().close()

    def drop(self) -> None:
        """Leave off, whatever could not be written any more."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self.close()

    @property
    def sha256(self) -> str:
        return self.digest.hexdigest()


def folder() -> Path:
    return Path(settings.EXPORTS_FOLDER)


def path_of(name: str) -> Path:
    return folder() / name


@contextmanager
def workbench(name: str) -> Iterator[Path]:
    """An empty folder to write in, on the same disk; what a killed worker left in it is gone."""
    bench = folder() / f"building-{name}"
    shutil.rmtree(bench, ignore_errors=True)
    bench.mkdir(parents=True)
    try:
        yield bench
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def _lock() -> None:
    """Nobody else puts files on the shelf or takes any off it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])


def place(export: Export, files: list[ExportFile], written: dict[str, Path]) -> None:
    """Put finished files under their names, and let the export be ready, with its manifest."""
    with transaction.atomic():
        _lock()
        for name, path in written.items():
            path.rename(path_of(name))
        _sync(folder())
        found = Export.objects.filter(pk=export.pk, state=ExportState.BUILDING)
        found.update(
            state=ExportState.READY,
            done=export.total,
            manifest=export.manifest,
            manifest_digest=export.manifest_digest,
            finished_at=timezone.now(),
        )
        ExportFile.objects.bulk_create(files)
    sweep()


def sweep() -> int:
    """Take off the shelf what is no longer to be had; answers with how many files that were.

    Of each kind the newest `EXPORTS_KEPT` stay. An export that holds what was taken out of the
    record since does not, however new it is.
    """
    with transaction.atomic():
        _lock()
        ready = list(Export.objects.ready().order_by("-sequence", "-finished_at"))
        stay: dict[str, list[Any]] = {}
        for export in ready:
            if len(of_kind := stay.setdefault(export.extent, [])) < settings.EXPORTS_KEPT:
                of_kind.append(export)
        kept = [export.pk for exports in stay.values() for export in exports]
        going = Export.objects.filter(state=ExportState.READY).exclude(pk__in=kept)
        going.update(state=ExportState.SUPERSEDED)
    # A name that is promised is never removed: whoever promises one waits for this lock.
    with transaction.atomic():
        _lock()
        ready_now = Export.objects.filter(state=ExportState.READY)
        names = set(ExportFile.objects.filter(export__in=ready_now).values_list("name", flat=True))
        names |= {export.manifest_name for export in ready_now}
        gone = [
            path
            for path in (folder().iterdir() if folder().exists() else ())
            if path.is_file() and path.name not in names
        ]
        for path in gone:
            path.unlink()
    return len(gone)


def _sync(where: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
