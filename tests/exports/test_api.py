"""Partners take the record whole, over HTTP, with real programs where it matters."""

import base64
import hashlib
import json
import subprocess

import pytest
from django.test import Client

from claims.api import docs, sending
from claims.exports.models import Export
from claims.partners.choices import Scope

EXPORTS = "/api/v1/exports/"


@pytest.fixture
def ask(bulk_key):
    """Ask as a partner that may take exports; parts of headers as keywords."""

    def ask(address, method="get", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(Client(), method)(
            address, headers={"Authorization": f"Bearer {bulk_key}", **named}
        )

    return ask


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def file_address(export, form="ndjson"):
    [about] = [file for file in export.about["files"] if file["format"] == form]
    return f"{EXPORTS}files/{about['name']}"


def test_anybody_can_see_what_there_is(made):
    export = made("latest")
    [item] = Client().get(EXPORTS).json()["items"]
    assert (item["id"], item["state"]) == (str(export.pk), "ready")
    assert item["manifest"] == json.loads(export.manifest)
    detail = Client().get(f"{EXPORTS}{export.pk}/")
    assert detail.json() == item
    again = Client().get(f"{EXPORTS}{export.pk}/", headers={"If-None-Match": detail["ETag"]})
    assert again.status_code == 304


def test_the_newest_stands_first_and_one_kind_can_be_asked_for(made):
    older, newer = made("latest"), made("editions")
    items = Client().get(EXPORTS).json()["items"]
    assert [item["id"] for item in items] == [str(newer.pk), str(older.pk)]
    [one] = Client().get(f"{EXPORTS}?extent=latest").json()["items"]
    assert one["id"] == str(older.pk)
    assert Client().get(f"{EXPORTS}?extent=all").status_code == 400
    assert Client().get(f"{EXPORTS}?what=latest").status_code == 400


def test_how_far_one_is_can_be_read_while_it_is_made(record):
    export = Export.objects.ask("latest")
    export.begin(sequence=9, total=8)
    export.progress(3)
    [item] = Client().get(EXPORTS).json()["items"]
    assert (item["state"], item["rows"], item["done"]) == ("building", 8, 3)
    assert item["manifest"] is None


def test_why_one_failed_is_not_told(record):
    export = Export.objects.ask("latest")
    export.fail("OSError: /srv/secret")
    assert Client().get(EXPORTS).json() == {"items": []}
    answer = Client().get(f"{EXPORTS}{export.pk}/")
    assert answer.json()["state"] == "failed"
    assert b"secret" not in answer.content


def test_the_manifest_is_at_its_digest_for_everybody(made):
    export = made("latest")
    answer = Client().get(f"{EXPORTS}files/{export.manifest_name}")
    assert hashlib.sha256(body(answer)).hexdigest() == export.manifest_digest
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_files_need_a_key_that_opens_them(made, key):
    address = file_address(made("latest"))
    assert Client().get(address).status_code == 401
    refused = Client().get(address, headers={"Authorization": f"Bearer {key(Scope.READ)}"})
    assert refused.status_code == 403
    assert "bulk" in refused.json()["detail"]


@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet"])
def test_a_file_is_what_its_name_says(ask, made, form):
    address = file_address(made("latest"), form)
    answer = ask(address)
    found = body(answer)
    digest = hashlib.sha256(found)
    assert answer["ETag"] == f'"{digest.hexdigest()}"'
    assert answer["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert answer["Content-Length"] == str(len(found))
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert address.rpartition("/")[2] in answer["Content-Disposition"]
    assert ask(address, if_none_match=answer["ETag"]).status_code == 304
    head = ask(address, "head")
    assert (head["Content-Length"], head.content) == (str(len(found)), b"")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-19", slice(10, 20)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=5-99999999999", slice(5, None)),
        ("bytes=-99999999999", slice(None)),
    ],
)
def test_a_part_can_be_asked_for(ask, made, asked, part):
    address = file_address(made("latest"))
    whole = body(ask(address))
    answer = ask(address, range=asked)
    found = body(answer)
    assert (answer.status_code, found) == (206, whole[part])
    start = whole.index(found) if part.start != 0 or part.stop else 0
    assert answer["Content-Range"] == f"bytes {start}-{start + len(found) - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=99999999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(ask, made, asked):
    address = file_address(made("latest"))
    answer = ask(address, range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{ask(address, 'head')['Content-Length']}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=9-3", "x"])
def test_what_is_no_single_range_gets_the_whole(ask, made, asked):
    address = file_address(made("latest"))
    answer = ask(address, range=asked)
    assert answer.status_code == 200
    assert len(body(answer)) == int(answer["Content-Length"])


def test_the_rest_of_another_file_is_never_sent(ask, made):
    address = file_address(made("latest"))
    held = body(ask(address))
    tag = ask(address, "head")["ETag"]
    assert ask(address, range="bytes=9-", if_range=tag).status_code == 206
    other = ask(address, range="bytes=9-", if_range='"of another"')
    assert (other.status_code, body(other)) == (200, held)


@pytest.mark.parametrize("name", ["0" * 64 + ".csv", "0" * 64 + ".json", "0" * 64, "../x.csv"])
def test_what_is_not_there_is_not_found(ask, record, name):
    assert ask(f"{EXPORTS}files/{name}").status_code == 404


def test_a_file_that_no_export_names_is_not_sent(ask, made, shelf):
    made("latest")
    (shelf / ("1" * 64 + ".csv")).write_text("left over")
    assert ask(f"{EXPORTS}files/{'1' * 64}.csv").status_code == 404


def test_no_more_are_sent_at_once_than_leave_threads_for_readers(ask, made, settings):
    address = file_address(made("latest"))
    under_way = [ask(address) for _ in range(settings.EXPORTS_AT_ONCE)]
    busy = ask(address)
    assert (busy.status_code, busy["Retry-After"]) == (503, "10")
    assert ask(address, "head").status_code == 200
    for answer in under_way:
        answer.close()
    assert ask(address).status_code == 200


def test_a_slot_is_given_back_once(ask, made):
    answer = ask(file_address(made("latest")))
    answer.close()
    answer.close()
    sending.Sent(iter(())).close()


def test_the_stream_is_every_edition_after_a_number(ask, record):
    answer = ask(f"{EXPORTS}editions.ndjson?after=20")
    lines = body(answer).splitlines()
    changes = Client().get("/api/v1/changes/?after=20&include=content&limit=200")
    items = [item | {"kind": item.pop("op")} for item in changes.json()["items"]]
    assert [json.loads(line) for line in lines] == items
    first = items[0]
    address = f"/api/v1/claims/{first['ref']}/editions/{first['edition']}/"
    assert lines[0] == Client().get(address).content
    assert body(ask(f"{EXPORTS}editions.ndjson?after=999999")) == b""


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=1e3", "after=1&after=2", "x=2"])
def test_the_stream_refuses_what_it_does_not_know(ask, record, query):
    assert ask(f"{EXPORTS}editions.ndjson?{query}").status_code == 400


def test_what_was_taken_out_of_the_record_since_is_not_sent(ask, made, owner_sql):
    export = made("latest")
    address = file_address(export)
    assert ask(address, "head").status_code == 200
    # As if an edition of that kind had been added: only its kind and its place matter here.
    owner_sql("ALTER TABLE editions_edition DISABLE TRIGGER USER")
    owner_sql(
        "INSERT INTO editions_edition SELECT sequence + 1, ref, number + 1, 'redacted', digest,"
        " content, now() FROM editions_edition ORDER BY sequence DESC LIMIT 1"
    )
    assert ask(address, "head").status_code == 404
    assert Client().get(EXPORTS).json() == {"items": []}
    assert Client().get(f"{EXPORTS}{export.pk}/").json()["state"] == "superseded"


def test_curl_goes_on_where_a_download_stopped(served, bulk_key, made_served, tmp_path):
    address = f"{served}{file_address(made_served)}"
    target = tmp_path / "taken"
    curl = ["curl", "-sSf", "-H", f"Authorization: Bearer {bulk_key}", "-o", str(target)]
    subprocess.run([*curl, "-r", "0-999", address], check=True)
    assert target.stat().st_size == 1000
    subprocess.run([*curl, "-C", "-", address], check=True)
    name = file_address(made_served).rpartition("/")[2]
    assert hashlib.sha256(target.read_bytes()).hexdigest() == name.partition(".")[0]


def test_what_exports_say_is_as_described(made):
    from tests.api.test_description import errors

    document = json.loads(docs.document())
    export = made("latest")
    Export.objects.ask("editions")
    for name, answer in (
        ("ExportList", Client().get(EXPORTS).json()),
        ("Export", Client().get(f"{EXPORTS}{export.pk}/").json()),
        ("Manifest", export.about),
    ):
        schema = {"$ref": f"#/components/schemas/{name}"}
        assert errors(document, schema, answer) == []
