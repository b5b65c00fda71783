"""What stands in the files of an export: the record, three times."""

import csv
import datetime as dt
import hashlib
import json
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from backports import zstd
from django.test import Client

from claims.editions.models import Edition, PublishedClaim
from claims.exports import columns, spreadsheet
from claims.exports.build import Writers

EXTENTS = ("latest", "editions")


def file_of(export, form):
    [about] = [file for file in export.about["files"] if file["format"] == form]
    return about


def bytes_of(shelf, export, form):
    return (shelf / file_of(export, form)["name"]).read_bytes()


def lines_of(shelf, export):
    return zstd.decompress(bytes_of(shelf, export, "ndjson")).splitlines()


@pytest.mark.parametrize("extent", EXTENTS)
def test_each_file_is_named_by_its_digest(made, shelf, extent):
    export = made(extent)
    for file in export.about["files"]:
        found = (shelf / file["name"]).read_bytes()
        assert file["name"].startswith(hashlib.sha256(found).hexdigest())
        assert (file["sha256"], file["size"]) == (hashlib.sha256(found).hexdigest(), len(found))
    manifest = (shelf / export.manifest_name).read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == export.manifest_digest
    assert json.loads(manifest) == export.about
    assert sorted(path.name for path in shelf.iterdir()) == sorted(
        [export.manifest_name, *(file["name"] for file in export.about["files"])]
    )


def test_a_line_is_the_item_of_the_api_byte_for_byte(made, shelf):
    for line in lines_of(shelf, made("latest")):
        ref = json.loads(line)["ref"]
        assert line == Client().get(f"/api/v1/claims/{ref}/").content


def test_a_line_of_all_editions_is_the_edition_of_the_api(made, shelf):
    lines = lines_of(shelf, made("editions"))
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) == Edition.objects.count()
    for line in lines:
        item = json.loads(line)
        address = f"/api/v1/claims/{item['ref']}/editions/{item['edition']}/"
        assert line == Client().get(address).content


@pytest.mark.parametrize("extent", EXTENTS)
def test_digests_can_be_checked_from_the_lines(made, shelf, extent):
    for line in lines_of(shelf, made(extent)):
        content = line.partition(b',"content":')[2].removesuffix(b"}")
        content = content.partition(b',"derived":')[0]
        assert hashlib.sha256(content).hexdigest() == json.loads(line)["digest"]


def test_the_manifest_says_what_is_there(made, shelf):
    export = made("latest")
    about = export.about
    refs = PublishedClaim.objects
    assert about["sequence"] == export.sequence == Edition.objects.latest("sequence").sequence
    assert about["counts"]["rows"] == refs.count() == export.done == export.total
    assert about["counts"]["withdrawn"] == refs.filter(retracted=True).count() > 0
    assert about["content_schemas"] == {
        "factcheck-claim-3": refs.filter(retracted=False).count(),
        "factcheck-retraction-1": refs.filter(retracted=True).count(),
    }
    unpacked = zstd.decompress(bytes_of(shelf, export, "ndjson"))
    assert file_of(export, "ndjson")["unpacked"] == {
        "size": len(unpacked),
        "sha256": hashlib.sha256(unpacked).hexdigest(),
    }


@pytest.mark.parametrize("extent", EXTENTS)
def test_the_csv_reads_back_as_it_was_written(made, shelf, monkeypatch, extent):
    written = []
    write = Writers.write

    def noting(self, rows):
        write(self, rows)
        read = [claims_item(row) for row in rows]
        written.extend(
            {column.name: column.of_item(item) for column in self.columns} for item in read
        )

    from claims.exports.build import _item as claims_item

    monkeypatch.setattr(Writers, "write", noting)
    export = made(extent)
    types = {column["name"]: column["type"] for column in file_of(export, "csv")["columns"]}
    read = list(spreadsheet.read(BytesIO(bytes_of(shelf, export, "csv")), types))
    empty = {"list": [], "string": None}
    expected = [
        {name: empty.get(types[name], 0) if value in (None, "") else value
         for name, value in row.items()}
        for row in written
    ]  # fmt: skip
    plain = [
        {name: 0 if value is None and types[name] not in empty else value
         for name, value in row.items()}
        for row in read
    ]  # fmt: skip
    assert plain == expected
    assert len(read) == export.total


def test_the_claimant_stands_before_the_statement(made, shelf):
    rows = csv.reader(bytes_of(shelf, made("latest"), "csv").decode("utf-8-sig").splitlines())
    head = next(rows)
    assert head.index("claimant_name") < head.index("statement")
    names = columns.SCHEMA.names
    assert names.index("claimant_name") < names.index("statement")


def test_of_what_was_withdrawn_tables_hold_the_reason_alone(made, shelf):
    export = made("latest")
    text = bytes_of(shelf, export, "csv").decode("utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] == "retracted"]
    assert rows
    for row in rows:
        assert row["reason"]
        assert [row[name] for name in ("statement", "claimant_name", "finding_code")] == [""] * 3


@pytest.mark.parametrize("extent", EXTENTS)
def test_parquet_says_what_the_lines_say(made, shelf, extent):
    export = made(extent)
    table = pq.read_table(shelf / file_of(export, "parquet")["name"])
    assert table.schema.equals(columns.SCHEMA)
    lines = [json.loads(line) for line in lines_of(shelf, export)]
    for row, item in zip(table.to_pylist(), lines, strict=True):
        content = item["content"]
        assert json.loads(row["content"]) == content
        assert hashlib.sha256(row["content"].encode()).hexdigest() == item["digest"]
        assert row["published_at"] == dt.datetime.fromisoformat(item["published_at"])
        assert (row["ref"], row["edition"], row["kind"]) == (
            item["ref"], item["edition"], item["kind"],
        )  # fmt: skip
        if "derived" in item:
            assert json.loads(row["derived"]) == item["derived"]
        if content["schema"].startswith("factcheck-claim"):
            assert row["statement"] == content["statement"]
            assert row["finding"] == content["finding"]
            assert row["figures"] == content["figures"]
            assert row["relations"] == content["relations"]
            assert row["assessed_at"] == dt.date.fromisoformat(content["assessed_at"])
            assert [piece["source"]["title"] for piece in row["evidence"]] == [
                piece["source"]["title"] for piece in content["evidence"]
            ]
        else:
            assert (row["statement"], row["reason"]) == (None, content["reason"])
