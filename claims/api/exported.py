"""The promise to partners: what an export says of itself."""

from claims.exports.choices import ExportState, Extent, FileFormat

from .contract import (
    COUNT,
    MOMENT,
    TEXT,
    Schema,
    component,
    listing,
    one_of,
    or_null,
    record,
)

SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
EXTENT: Schema = {
    **one_of(tuple(Extent.values)),
    "description": "`latest`: the latest edition of every claim, notices of withdrawn ones among "
    "them; `editions`: every edition of every claim",
}
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}

_file = record(
    "A file of an export.",
    format=one_of(tuple(FileFormat.values)),
    name={"type": "string", "description": "Begins with the SHA-256 of its bytes"},
    url={**ADDRESS, "description": "Needs a key with the scope `bulk`"},
    media_type=TEXT,
    size={**COUNT, "description": "Bytes"},
    sha256=SHA256,
    rows=COUNT,
)
_file["properties"] |= {
    "unpacked": record(
        "NDJSON only: the lines themselves, for whoever has unpacked them.",
        size=COUNT,
        sha256=SHA256,
    ),
    "columns": listing(
        record(
            "A column.",
            name=TEXT,
            type=one_of(("string", "integer", "boolean", "datetime", "list")),
            description=TEXT,
        ),
        description="CSV only: its columns in their order.",
    ),
}

EXPORTED: dict[str, Schema] = {
    "Manifest": record(
        "What an export consists of. Its own address holds its digest. The files say the same "
        "three times. NDJSON (zstd): a line an item, exactly as the API sends it. Parquet: typed, "
        "nested columns, with the stored text in `content`. CSV: one flat row each, UTF-8 with a "
        "byte order mark. In it an apostrophe stands before whatever a spreadsheet might run (`=`, "
        "`+`, `-`, `@` at the beginning of a cell or of a line in it, or after a semicolon or a "
        "tab, also behind spaces, quotation marks and apostrophes): take exactly one off there.",
        schema={"type": "string", "const": "factcheck-export-1"},
        id={"type": "string", "format": "uuid"},
        extent=EXTENT,
        made_at={**MOMENT, "description": "The moment whose record it holds"},
        sequence={**COUNT, "description": "It holds the record up to this edition, without a gap"},
        changes={**ADDRESS, "description": "Where to go on from there"},
        counts=record(
            "How much there is.",
            rows=COUNT,
            withdrawn={**COUNT, "description": "Notices of what was retracted or merged"},
            kinds={**COUNTS, "description": "By `kind` of edition"},
        ),
        content_schemas={**COUNTS, "description": "How many rows have which `content.schema`"},
        licence=record("Under what terms.", name=TEXT, url=ADDRESS),
        files=listing(_file),
    ),
    "Export": record(
        "An export: ready, or on its way.",
        id={"type": "string", "format": "uuid"},
        extent=EXTENT,
        state={
            **one_of(tuple(ExportState.values)),
            "description": "`superseded`: a newer one has taken its place, its files are gone",
        },
        asked_at=MOMENT,
        finished_at=or_null(MOMENT),
        sequence=or_null(COUNT),
        rows={**COUNT, "description": "How many it has, or will have"},
        done={**COUNT, "description": "How many of them are written"},
        manifest_url=or_null(ADDRESS),
        manifest={**or_null(component("Manifest")), "description": "null until it is ready"},
    ),
    "ExportList": record(
        "What is ready, and what is on its way; the newest first.",
        items=listing(component("Export")),
    ),
}
