"""`make bench-export`: how quickly the whole record is written to files, and in how much memory.

The product's own NDJSON writer (a snapshot, hashed and compressed on the way to the disk) beside
`COPY … TO STDOUT` of the same bytes, in turns; then a whole export of three files, whose peak of
memory must not grow with the record.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.load import load
from bench.site import ROOT, cluster, migrated

AIM = 0.5
SMALL, LARGE = 10_000, 1_000_000
# The bytes of the lines, joined by the database; no character of theirs is quoted or escaped.
LINES = """
COPY (
  SELECT '{"ref":"' || e.ref || '","edition":' || e.number || ',"kind":"' || e.kind
    || '","sequence":' || e.sequence || ',"digest":"' || e.digest || '","published_at":"'
    || to_char(e.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    || '","content":' || e.content || ',"derived":' || p.derived || '}'
  FROM editions_publishedclaim p JOIN editions_edition e ON e.sequence = p.edition_id
  ORDER BY p.sequence
) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')
"""


def copied(*, hashed: bool = False) -> tuple[float, str]:
    """Seconds of the yardstick; and, where it is asked for, what came."""
    from django.db import connection  # noqa: PLC0415 - after settings

    digest = hashlib.sha256()
    connection.ensure_connection()
    began = time.perf_counter()
    with connection.connection.cursor() as cursor, cursor.copy(LINES) as copy:
        for block in copy:
            if hashed:
                digest.update(block)
    return time.perf_counter() - began, digest.hexdigest()


def written(folder: Path) -> tuple[float, str, int]:
    """Seconds of our writer, the digest of its lines, and how many bytes they are."""
    from claims.exports import shelf, snapshot  # noqa: PLC0415 - after settings
    from claims.exports.choices import Extent  # noqa: PLC0415
    from claims.exports.lines import Lines  # noqa: PLC0415

    path = folder / "lines"
    began = time.perf_counter()
    with snapshot.taken(Extent.LATEST) as seen:
        file = shelf.Written(path)
        lines = Lines(file)
        assert seen is not None
        for rows in seen.batches():
            lines.write(rows)
        lines.close()
        file.close()
    seconds = time.perf_counter() - began
    path.unlink()
    return seconds, lines.sha256, lines.size


def measure(rounds: int) -> dict[str, object]:
    """In a process of its own: what is measured, as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    from claims.exports.build import build  # noqa: PLC0415
    from claims.exports.choices import Extent  # noqa: PLC0415
    from claims.exports.models import Export  # noqa: PLC0415

    _, theirs = copied(hashed=True)
    ours: list[float] = []
    copies: list[float] = []
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        for _ in range(rounds):
            seconds, digest, size = written(Path(folder))
            if digest != theirs:
                raise SystemExit("The two sides do not have the same bytes.")
            ours.append(seconds)
            copies.append(copied()[0])
        lines_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        export = Export.objects.ask(Extent.LATEST)
        assert build(export)
    return {
        "bytes": size,
        "ndjson_seconds": median(ours),
        "copy_seconds": median(copies),
        "ratio": median(copies) / median(ours),
        "lines_peak_kb": lines_memory,
        "export_seconds": time.perf_counter() - began,
        "export_peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "files": {file.format: file.size for file in export.files.all()},
    }


def tell(claims: int, found: dict[str, object]) -> None:
    print(
        f"{claims:>9,} claims  {found['bytes'] / 1e6:>8,.0f} MB"  # type: ignore[operator]
        f"  NDJSON {found['ndjson_seconds']:.2f} s  COPY {found['copy_seconds']:.2f} s"
        f"  ratio {found['ratio']:.2f} (aim ≥ {AIM})"
        f"  three files {found['export_seconds']:.1f} s"
        f"  peak {found['export_peak_kb'] / 1024:.0f} MB",  # type: ignore[operator]
        flush=True,
    )


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.export")
    parser.add_argument("-n", "--claims", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.measure:
        print(json.dumps(measure(asked.rounds)))
        return
    sizes = sorted({SMALL, max(asked.claims // 10 * 10, SMALL)})
    table = {}
    with cluster() as roles, tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        for claims in sizes:
            environment = migrated(roles, f"bench_{claims}", 8930) | {"VAR": folder}
            with roles.superuser.connect(f"bench_{claims}") as connection:
                load(connection, claims)
            done = subprocess.run(
                [sys.executable, "-m", "bench.export", "--measure", f"--rounds={asked.rounds}"],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                check=True,
            )
            table[claims] = json.loads(done.stdout)
            tell(claims, table[claims])
    kept = ROOT / "var" / "bench" / "export.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"processors": os.cpu_count(), "sizes": table}, indent=2) + "\n")
    if slow := [claims for claims in sizes if table[claims]["ratio"] < AIM]:
        raise SystemExit(f"NDJSON is slower than {AIM} of COPY at {slow} claims.")


if __name__ == "__main__":
    main(sys.argv[1:])
