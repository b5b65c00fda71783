"""Make an export of the record now, by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from claims.exports.build import build
from claims.exports.choices import Extent
from claims.exports.models import Export


class Command(BaseCommand):
    help = "Make an export of the public record: NDJSON, CSV and Parquet, with a manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "extent",
            choices=Extent.values,
            help="the latest edition of every claim, or every edition",
        )

    def handle(self, *args: Any, extent: str, **options: Any) -> str:
        export = Export.objects.ask(Extent(extent))
        with tqdm(unit="row", disable=None) as bar:

            def tell(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            if not build(export, tell=tell):
                raise CommandError("An export of this kind is being made already.")
        export.refresh_from_db()
        return f"{export.done} rows, up to edition {export.sequence}: {export.manifest_name}"
