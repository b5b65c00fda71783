"""An export is one moment of the record: the changes after it follow without a gap."""

import json
import threading
import time

import pytest
from backports import zstd
from django.db import connection, connections
from django.test import Client

from claims.editions.models import Edition
from claims.exports import build as building
from claims.exports import snapshot
from claims.exports.choices import Extent
from claims.exports.models import Export
from claims.review import workflow
from tests import desk_work

pytestmark = pytest.mark.usefixtures("committed")


def items_of(shelf, export):
    [file] = [file for file in export.about["files"] if file["format"] == "ndjson"]
    return [json.loads(line) for line in zstd.decompress((shelf / file["name"]).read_bytes()).splitlines()]  # fmt: skip  # noqa: E501


def changes_after(sequence):
    found = []
    while True:
        page = Client().get(f"/api/v1/changes/?include=content&limit=5&after={sequence}").json()
        found += [item | {"kind": item.pop("op")} for item in page["items"]]
        sequence = page["after"]
        if not page["more"]:
            return found


@pytest.fixture
def approved(record, contributor, reviewer):
    """Claims that wait for nothing but a publisher."""
    claims = [desk_work.draft(contributor) for _ in range(12)]
    for claim in claims:
        workflow.submit(claim, by=contributor)
        desk_work.approve(claim, reviewer)
    return claims


@pytest.fixture
def publishing(approved, publisher, monkeypatch):
    """Two publishers at work from before the snapshot is taken until after the last file."""
    monkeypatch.setattr(snapshot, "ROWS_AT_ONCE", 3)
    write = building.Writers.write
    slowly = lambda self, rows: (write(self, rows), time.sleep(0.02))  # noqa: E731
    monkeypatch.setattr(building.Writers, "write", slowly)
    began, failures = threading.Event(), []

    def publish(claims):
        try:
            for claim in claims:
                workflow.publish(claim, by=publisher)
                began.set()
                time.sleep(0.05)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[approved[part::2]]) for part in (0, 1)]
    for thread in threads:
        thread.start()
    began.wait(20)
    yield
    for thread in threads:
        thread.join()
    assert failures == []


def test_all_editions_and_the_changes_after_them_are_the_whole_record(publishing, made, shelf):
    export = made("editions")
    before = items_of(shelf, export)
    time.sleep(0.8)  # the publishers finish
    after = changes_after(export.sequence)
    assert after, "nothing was published meanwhile: this run has shown nothing"
    numbers = [item["sequence"] for item in before + after]
    assert numbers == list(range(1, Edition.objects.count() + 1))
    for item in before + after:
        text = Edition.objects.get(sequence=item["sequence"]).content
        assert item["content"] == json.loads(text)


def test_the_latest_and_the_changes_after_them_are_where_every_claim_stands(
    publishing, made, shelf
):
    export = made("latest")
    mirror = {item["ref"]: item["digest"] for item in items_of(shelf, export)}
    assert all(item["sequence"] <= export.sequence for item in items_of(shelf, export))
    time.sleep(0.8)
    after = changes_after(export.sequence)
    assert after, "nothing was published meanwhile: this run has shown nothing"
    for item in after:
        mirror[item["ref"]] = item["digest"]
    newest = Edition.objects.order_by("ref", "-number").distinct("ref")
    assert mirror == dict(newest.values_list("ref", "digest"))


def test_publishing_waits_for_no_snapshot(approved, publisher):
    with snapshot.taken(Extent.LATEST) as seen, connection.cursor() as cursor:
        rows = seen.batches()
        next(rows)
        cursor.execute("SET lock_timeout = '2s'")
        workflow.publish(approved[0], by=publisher)
        assert Edition.objects.latest("sequence").sequence == seen.sequence + 1
        locks = "SELECT DISTINCT mode FROM pg_locks WHERE pid = %s AND locktype = 'relation'"
        cursor.execute(locks, [seen.connection.info.backend_pid])
        assert cursor.fetchall() == [("AccessShareLock",)]


def test_only_one_export_of_a_kind_is_made_at_once(record):
    export = Export.objects.ask(Extent.LATEST)
    with snapshot.taken(Extent.LATEST):
        assert not building.build(export)
        with snapshot.taken(Extent.EDITIONS) as other:
            assert other is not None
    assert Export.objects.get(pk=export.pk).state == "waiting"
    assert building.build(export)
