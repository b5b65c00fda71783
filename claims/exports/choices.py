"""The vocabulary of exports. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Extent(TextChoices):
    """How much of the record an export holds."""

    LATEST = "latest", _("the latest edition of every claim")
    EDITIONS = "editions", _("every edition of every claim")


class ExportState(TextChoices):
    WAITING = "waiting", pgettext_lazy("export", "waiting for the worker")
    BUILDING = "building", pgettext_lazy("export", "being made")
    READY = "ready", pgettext_lazy("export", "ready")
    FAILED = "failed", pgettext_lazy("export", "failed")
    # A newer one has taken its place, or what it holds was taken out of the record.
    SUPERSEDED = "superseded", pgettext_lazy("export", "replaced, files removed")


UNFINISHED = (ExportState.WAITING, ExportState.BUILDING)
WRITTEN = (ExportState.READY, ExportState.SUPERSEDED)


class FileFormat(TextChoices):
    """The same rows three times; partners take what they can read."""

    NDJSON = "ndjson", "NDJSON"
    CSV = "csv", "CSV"
    PARQUET = "parquet", "Parquet"


# By format: the ending of the file's name, and what it is to the web.
ENDINGS = {
    FileFormat.NDJSON: "ndjson.zst",
    FileFormat.CSV: "csv",
    FileFormat.PARQUET: "parquet",
}
MEDIA_TYPES = {
    "ndjson.zst": "application/zstd",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
MANIFEST_ENDING = "json"
