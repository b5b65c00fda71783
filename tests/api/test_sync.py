"""A mirror kept with the reference client is the record: under crashes, repeats and many desks.

SYNC_SEED and SYNC_OPERATIONS repeat a run, or make it longer.
"""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import IncompleteRead
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import requests
from django.db import connections

from claims.choices import ChangeKind
from claims.editions import projection
from claims.editions.models import Edition
from claims.review import workflow
from tests import database
from tests import desk_work as desk
from tests.api import publishing

SEED = os.environ.get("SYNC_SEED") or str(random.SystemRandom().randrange(10**9))
OPERATIONS = int(os.environ.get("SYNC_OPERATIONS", "10000"))
DESKS = 3
# The claims that stand, as a mirror has them.
STANDING = """
SELECT ref FROM edition e WHERE op NOT IN ('retracted', 'merged')
AND number = (SELECT max(number) FROM edition WHERE ref = e.ref)
"""
SCRIPT = Path(database.ROOT, "docs", "sync_client.py")
# One edition takes the next number and does not wait for the one before to become visible.
CARELESS = """
CREATE SEQUENCE careless START 1; GRANT ALL ON careless TO PUBLIC;
CREATE OR REPLACE FUNCTION append_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.sequence := nextval('careless');
  SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM editions_edition WHERE ref = NEW.ref;
  NEW.published_at := clock_timestamp();
  RETURN NEW;
END $$;
"""


def load_client() -> Any:
    specification = importlib.util.spec_from_file_location("sync_client", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


client = load_client()


@pytest.fixture
def unreviewed(owner_sql: Callable[..., Any]) -> None:
    """Editions without a review behind them: everything else about the record holds."""
    for rule in ("edition_1_gate", "edition_has_its_move"):
        owner_sql(f"ALTER TABLE editions_edition DISABLE TRIGGER {rule}")


def opened(path: Path) -> sqlite3.Connection:
    mirror = sqlite3.connect(path)
    mirror.execute(client.TABLE)
    return mirror


def catch_up(served: str, path: Path) -> None:
    with closing(opened(path)) as mirror:
        while client.step(served, mirror):
            pass


def held(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as mirror:
        columns = "sequence, ref, number, op, digest, content"
        return mirror.execute(f"SELECT {columns} FROM edition ORDER BY sequence").fetchall()


def standing(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as mirror:
        return {ref for (ref,) in mirror.execute(STANDING)}


def published() -> list[tuple[Any, ...]]:
    columns = ("sequence", "ref", "number", "kind", "digest", "content")
    return list(Edition.objects.order_by("sequence").values_list(*columns))


def listed(served: str) -> set[str]:
    """The refs of all claims that the server says stand."""
    refs: set[str] = set()
    address: str | None = f"{served}/api/v1/claims/?limit=200"
    while address:
        page = requests.get(address, timeout=60).json()
        refs |= {item["ref"] for item in page["items"]}
        address = page["next"]
    return refs


class Crash(BaseException):
    """Somebody pulled the plug."""


class Follower(threading.Thread):
    """A client that dies between any two of its lines, and whose connection is a bad one."""

    def __init__(self, served: str, path: Path, name: str, done: threading.Event) -> None:
        super().__init__(name=name)
        self.served, self.path, self.done = served, path, done
        self.chance = random.Random(f"{SEED}/{name}")
        self.crashes = self.cut_off = 0
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            while not self.done.is_set():
                self.live_a_while()
        except Exception as error:
            self.error = error

    def live_a_while(self) -> None:
        mirror = opened(self.path)
        sys.settrace(self.trace)
        try:
            while not self.done.is_set():
                try:
                    client.step(self.served, mirror, wait=self.chance.choice((0, 0, 1)))
                except (OSError, IncompleteRead):
                    self.cut_off += 1
        except Crash:
            self.crashes += 1
        finally:
            sys.settrace(None)
            mirror.close()

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != str(SCRIPT):
            return None
        if event == "line" and self.chance.random() < 0.0004:
            raise Crash
        return self.trace

    def bad_connection(self, *asked: str) -> str:
        fate = self.chance.random()
        if fate < 0.03:
            raise ConnectionRefusedError
        text: str = FETCH(*asked)
        if fate < 0.06:
            raise IncompleteRead(text[:100].encode())
        return FETCH(*asked) if fate < 0.12 else text


FETCH = client.fetch


@pytest.fixture
def bad_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(*asked: str) -> str:
        asking = threading.current_thread()
        return asking.bad_connection(*asked) if isinstance(asking, Follower) else FETCH(*asked)

    monkeypatch.setattr(client, "fetch", fetch)


def kill_again_and_again(served: str, path: Path, done: threading.Event, kills: list[int]) -> None:
    chance = random.Random(f"{SEED}/killed")
    while not done.is_set():
        with subprocess.Popen(
            [sys.executable, str(SCRIPT), served, str(path)], stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(0.2 + chance.random())
            process.send_signal(signal.SIGKILL)
        kills.append(process.returncode)


@contextmanager
def desks(operations: int) -> Iterator[None]:
    """Publishers in processes of their own; afterwards each has done its part."""
    url = database.run.roles.app.url(connections.settings["default"]["NAME"])
    working = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.api.publishing", url, SEED, str(name), str(operations)],
            cwd=database.ROOT,
            env=os.environ | database.run.environment(connections.settings["default"]["NAME"]),
        )
        for name in range(1, DESKS + 1)
    ]
    yield
    assert [process.wait(300) for process in working] == [0] * DESKS


def whole_workflow(contributor: Any, reviewer: Any, publisher: Any) -> None:
    """The same through review: published, corrected, retracted, merged, published again."""
    survivor = desk.draft(contributor)
    desk.publish(survivor, reviewer, publisher)
    for ending in ("retract", "merge"):
        claim = desk.draft(contributor, statement=f"To {ending}.")
        desk.publish(claim, reviewer, publisher)
        workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
        desk.change(claim, contributor, statement=f"To {ending}, soon.")
        desk.publish(claim, reviewer, publisher)
        if ending == "retract":
            workflow.retract(claim, by=publisher, reason="We were wrong.")
        else:
            workflow.merge(claim, into=survivor, by=publisher, reason="They say the same.")
        workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="It is back.")
        desk.change(claim, contributor, statement=f"To {ending}, or not.")
        desk.publish(claim, reviewer, publisher)


@pytest.mark.usefixtures("unreviewed", "bad_connections", "watch")
def test_a_mirror_is_the_record_whatever_happens(
    served, tmp_path, contributor, reviewer, publisher
):
    done = threading.Event()
    kills: list[int] = []
    followers = [Follower(served, tmp_path / str(n), f"follower {n}", done) for n in (1, 2)]
    killed = tmp_path / "killed"
    killer = threading.Thread(target=kill_again_and_again, args=(served, killed, done, kills))
    with desks(OPERATIONS // DESKS + 1):
        for thread in (*followers, killer):
            thread.start()
        whole_workflow(contributor, reviewer, publisher)
    done.set()
    for thread in (*followers, killer):
        thread.join()

    repeat = f"SYNC_SEED={SEED} SYNC_OPERATIONS={OPERATIONS} repeats this run."
    assert [follower.error for follower in followers] == [None, None], repeat
    record = published()
    assert [row[0] for row in record] == list(range(1, len(record) + 1)), repeat
    assert len(record) >= OPERATIONS
    assert {row[3] for row in record} >= {*publishing.CHANGES, "published", "retracted", "merged"}
    for _ in projection.rebuild():
        pass
    stand = listed(served)
    for path in (killed, *(follower.path for follower in followers)):
        catch_up(served, path)
        assert held(path) == record, repeat
        assert standing(path) == stand, repeat
    assert min(follower.crashes for follower in followers) > 3, repeat
    assert min(follower.cut_off for follower in followers) > 3, repeat
    assert len(kills) > 3
    assert set(kills) == {-signal.SIGKILL}, repeat


def test_a_missing_edition_is_noticed_at_once(served, tmp_path, owner_sql, unreviewed):
    owner_sql(CARELESS)
    url = database.run.roles.app.url(connections.settings["default"]["NAME"])
    with (
        publishing.psycopg.connect(url, autocommit=True) as slow,
        publishing.psycopg.connect(url, autocommit=True) as quick,
    ):
        with slow.transaction():
            assert publishing.Desk(slow, "1", 1).publish()
            assert publishing.Desk(quick, "1", 2).publish()
            with pytest.raises(ValueError, match="1 is missing"):
                catch_up(served, tmp_path / "mirror")
        catch_up(served, tmp_path / "mirror")
        assert held(tmp_path / "mirror") == published()


def test_content_that_is_not_what_was_published_is_noticed(
    served, tmp_path, contributor, reviewer, publisher, monkeypatch
):
    desk.publish(desk.draft(contributor), reviewer, publisher)
    monkeypatch.setattr(
        client, "fetch", lambda *asked: FETCH(*asked).replace("stopped work", "stopped")
    )
    with pytest.raises(ValueError, match="not what was published"):
        catch_up(served, tmp_path / "mirror")
    assert held(tmp_path / "mirror") == []
