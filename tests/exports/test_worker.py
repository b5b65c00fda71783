"""What becomes of exports that are asked for: made, taken up again, failed, replaced."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction

from claims.exports import build as building
from claims.exports import shelf as shelving
from claims.exports import snapshot, tasks
from claims.exports.choices import Extent
from claims.exports.models import Export, ExportFile
from tests import database


def files_on(shelf):
    return {path.name for path in shelf.iterdir()} if shelf.exists() else set()


def test_the_nightly_run_makes_both_kinds(record, shelf):
    assert tasks.make_exports.call() == 2
    assert set(Export.objects.values_list("extent", "state")) == {
        ("latest", "ready"), ("editions", "ready"),
    }  # fmt: skip
    assert len(files_on(shelf)) == 8


def test_what_is_ready_is_not_made_again(made):
    assert not tasks.make_export.call(str(made("latest").pk))


def test_two_of_a_kind_cannot_be_on_their_way(record):
    export = Export.objects.ask(Extent.LATEST)
    assert Export.objects.ask(Extent.LATEST) == export
    with pytest.raises(IntegrityError, match="export_one_on_its_way"), transaction.atomic():
        Export.objects.create(extent=Extent.LATEST)


def test_only_the_newest_are_kept(made, shelf, settings):
    settings.EXPORTS_KEPT = 2
    first, second, third = (made("latest") for _ in range(3))
    states = [Export.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == ["superseded", "ready", "ready"]
    # The record did not change: the files are the same ones, and stay for the other two.
    names = set(ExportFile.objects.filter(export=third).values_list("name", flat=True))
    assert files_on(shelf) == names | {second.manifest_name, third.manifest_name}


def test_a_file_that_is_being_read_is_read_to_its_end(made, shelf):
    [name] = ExportFile.objects.filter(export=made("latest"), format="csv").values_list("name")
    whole = (shelf / name[0]).read_bytes()
    with (shelf / name[0]).open("rb") as reader:
        begun = reader.read(10)
        Export.objects.update(state="superseded")
        assert shelving.sweep() == 4
        assert files_on(shelf) == set()
        assert begun + reader.read() == whole


def test_one_that_fails_says_why_and_leaves_nothing(record, shelf, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    export = Export.objects.ask(Extent.LATEST)
    monkeypatch.setattr(shelving.Written, "write", full)
    with pytest.raises(OSError, match="No space"):
        building.build(export)
    export.refresh_from_db()
    assert (export.state, "No space left" in export.failure) == ("failed", True)
    assert files_on(shelf) == set()
    monkeypatch.undo()


def test_the_worker_tells_how_far_it_is(record, monkeypatch):
    monkeypatch.setattr(snapshot, "ROWS_AT_ONCE", 20)
    monkeypatch.setattr(building, "SECONDS_BETWEEN_NEWS", 0)
    export = Export.objects.ask(Extent.LATEST)
    seen = []

    def tell(done, total):
        known = Export.objects.get(pk=export.pk)
        seen.append((done, total, known.state, known.done))

    assert building.build(export, tell=tell)
    assert seen == [(20, 60, "building", 0), (40, 60, "building", 20), (60, 60, "building", 40)]


KILLED = """
import django, time
django.setup()
from claims.exports import build
from claims.exports.models import Export
build.Writers.write = lambda self, rows: (print("writing", flush=True), time.sleep(60))
build.build(Export.objects.ask("latest"))
"""


def test_what_a_killed_worker_left_is_made_by_the_next(committed, record, shelf):
    name = connections["default"].settings_dict["NAME"]
    environment = {
        **os.environ,
        **database.run.environment(name),
        "VAR": str(shelf.parent),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED], env=environment, stdout=subprocess.PIPE
    )
    assert worker.stdout.readline() == b"writing\n"
    export = Export.objects.get()
    assert (export.state, building.build(export)) == ("building", False)
    assert files_on(shelf) == {"building-latest"}
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    deadline = time.monotonic() + 20
    while not building.build(export) and time.monotonic() < deadline:
        time.sleep(0.1)  # until PostgreSQL has noticed
    export.refresh_from_db()
    assert export.state == "ready"
    assert "building-latest" not in files_on(shelf)


def test_it_can_be_made_by_hand(record, capsys):
    call_command("export_record", "editions")
    export = Export.objects.get()
    assert (export.state, export.extent) == ("ready", "editions")
    assert export.manifest_name in capsys.readouterr().out
    with snapshot.taken(Extent.EDITIONS), pytest.raises(CommandError, match="being made already"):
        call_command("export_record", "editions")
