"""Making an export: one snapshot of the record, read once, written three times."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings

from claims.editions import items
from claims.editions.addresses import Addresses
from claims.editions.choices import TOMBSTONES
from claims.editions.stamps import stamp

from . import shelf, snapshot
from .choices import ENDINGS, MANIFEST_ENDING, MEDIA_TYPES, Extent, FileFormat
from .flat import Item, columns
from .lines import Lines
from .models import Export, ExportFile
from .snapshot import Snapshot
from .spreadsheet import Sheet

SECONDS_BETWEEN_NEWS = 1.0
Progress = Callable[[int, int], object]


class Writers:
    """The files of an export while they are written, and what was counted on the way.

    `stack` leaves no thread running and no file open, whatever happens.
    """

    def __init__(self, bench: Path, extent: Extent, stack: ExitStack) -> None:
        # Costs a worker that makes no exports nothing.
        from .columns import Table  # noqa: PLC0415

        addresses = Addresses(settings.SITE_URL)
        self.columns = columns(addresses, disputed=extent == Extent.LATEST)
        self.files = {form: shelf.Written(bench / ENDINGS[form]) for form in FileFormat}
        for file in self.files.values():
            stack.callback(file.drop)
        self.lines = Lines(self.files[FileFormat.NDJSON])
        stack.callback(self.lines.stop)
        self.sheet = Sheet(self.files[FileFormat.CSV], self.columns)
        stack.callback(self.sheet.drop)
        self.table = Table(self.files[FileFormat.PARQUET], addresses)
        self.rows = 0
        self.kinds: Counter[str] = Counter()
        self.schemas: Counter[str] = Counter()

    def write(self, rows: list[items.Row]) -> None:
        self.lines.write(rows)
        read = [(_item(row), row[6], row[7] if len(row) > 7 else None) for row in rows]
        self.sheet.write(item for item, *_ in read)
        self.table.write(read)
        self.rows += len(rows)
        self.kinds.update(item.kind for item, *_ in read)
        self.schemas.update(item.content["schema"] for item, *_ in read)

    def finish(self) -> None:
        self.lines.close()
        self.sheet.close()
        self.table.close()
        for file in self.files.values():
            file.close()


def _item(row: items.Row) -> Item:
    sequence, ref, number, kind, digest, published_at, content, *more = row
    derived = json.loads(more[0]) if more else None
    return Item(sequence, ref, number, kind, digest, published_at, json.loads(content), derived)


def build(export: Export, *, tell: Progress = lambda done, total: None) -> bool:
    """Make an export that was asked for; False when it is made already, or being made elsewhere.

    One that a killed worker left behind is made from the start: what it had written is of a moment
    that is gone.
    """
    with snapshot.taken(Extent(export.extent)) as seen:
        if seen is None or not export.begin(sequence=seen.sequence, total=seen.total):
            return False
        export.sequence, export.total = seen.sequence, seen.total
        try:
            with shelf.workbench(export.extent) as bench:
                writers = _written(export, seen, bench, tell)
                _finish(export, seen, writers, bench)
        except Exception as error:
            export.fail(f"{type(error).__name__}: {error}")
            raise
    return True


def _written(export: Export, seen: Snapshot, bench: Path, tell: Progress) -> Writers:
    with ExitStack() as stack:
        writers = Writers(bench, seen.extent, stack)
        told_at = time.monotonic()
        for rows in seen.batches():
            writers.write(rows)
            tell(writers.rows, seen.total)
            if time.monotonic() - told_at > SECONDS_BETWEEN_NEWS:
                export.progress(writers.rows)
                told_at = time.monotonic()
        writers.finish()
    if writers.rows != seen.total:
        raise RuntimeError(f"{writers.rows} rows were read where the record has {seen.total}.")
    return writers


def _finish(export: Export, seen: Snapshot, writers: Writers, bench: Path) -> None:
    names = {form: f"{file.sha256}.{ENDINGS[form]}" for form, file in writers.files.items()}
    manifest = manifest_of(export, seen, writers, names)
    export.manifest = rfc8785.dumps(manifest).decode()
    with shelf.Written(bench / "manifest") as kept:
        kept.write(export.manifest.encode())
    export.manifest_digest = kept.sha256
    written = {names[form]: file.path for form, file in writers.files.items()}
    written[f"{kept.sha256}.{MANIFEST_ENDING}"] = kept.path
    files = [
        ExportFile(export=export, format=form, name=names[form], size=file.size)
        for form, file in writers.files.items()
    ]
    shelf.place(export, files, written)


def manifest_of(
    export: Export, seen: Snapshot, writers: Writers, names: dict[FileFormat, str]
) -> dict[str, Any]:
    """What an export consists of, for whoever takes it and wants to be sure of it."""
    withdrawn = sum(writers.kinds[kind] for kind in TOMBSTONES)
    files: list[dict[str, Any]] = [
        {
            "format": str(form),
            "name": names[form],
            "url": f"{settings.SITE_URL}/api/v1/exports/files/{names[form]}",
            "media_type": MEDIA_TYPES[ENDINGS[form]],
            "size": file.size,
            "sha256": file.sha256,
            "rows": writers.rows,
        }
        for form, file in writers.files.items()
    ]
    for about in files:
        if about["format"] == FileFormat.NDJSON:
            about["unpacked"] = {"size": writers.lines.size, "sha256": writers.lines.sha256}
        if about["format"] == FileFormat.CSV:
            about["columns"] = [
                {"name": column.name, "type": column.type, "description": column.description}
                for column in writers.columns
            ]
    return {
        "schema": "factcheck-export-1",
        "id": str(export.pk),
        "extent": str(export.extent),
        "made_at": stamp(seen.at),
        "sequence": seen.sequence,
        "changes": f"{settings.SITE_URL}/api/v1/changes/?after={seen.sequence}",
        "counts": {
            "rows": writers.rows,
            "withdrawn": withdrawn,
            "kinds": dict(writers.kinds),
        },
        "content_schemas": dict(writers.schemas),
        "licence": {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL},
        "files": files,
    }
