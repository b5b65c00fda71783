"""The PostgreSQL that comes with us: private, and gone when its owner is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded import Cluster, Roles
from tests.database import ROOT, THROWAWAY

OWNER = """
import sys, time
from pathlib import Path
from factcheck.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]), superuser_password="secret", temporary=True)
cluster.start()
print((cluster.data / "postmaster.pid").read_text().split()[0], flush=True)
time.sleep(60)
"""


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def eventually(condition: object, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_it_stops_when_its_owner_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        postmaster = int(owner.stdout.readline())
        assert not gone(postmaster)
        owner.send_signal(signal.SIGKILL)
    assert eventually(lambda: gone(postmaster))
    assert eventually(lambda: not (folder / "data").exists())


def test_it_works_where_a_path_is_too_long_for_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("a-very-long-name-" * 6)
    cluster = Cluster(folder, superuser_password="secret", temporary=True, settings=THROWAWAY)
    try:
        cluster.start()
        cluster.superuser.connect("postgres").close()
        assert cluster.sockets != folder
    finally:
        cluster.stop()
    assert not cluster.sockets.exists()


def test_it_lets_nobody_in_without_a_password_and_keeps_its_data(tmp_path: Path) -> None:
    def cluster() -> Cluster:
        return Cluster(tmp_path / "cluster", superuser_password='it\'s a "secret"')

    first = cluster()
    try:
        first.start()
        roles = Roles.on(first.superuser, owner=("own er", "o'p/w@"), app=("app-role", "a:p%w"))
        for _ in range(2):  # a second time changes nothing
            roles.ensure()
            roles.ensure_database("fact-check")
        with psycopg.connect(roles.owner.url("fact-check")) as owner:
            owner.execute("CREATE TABLE kept (words text)")
            owner.execute("INSERT INTO kept VALUES ('Gao, État, الجيش')")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(roles.app.url("fact-check").replace("a%3Ap%25w", "wrong"))
        with (
            psycopg.connect(roles.app.url("fact-check")) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute("SELECT FROM kept")
    finally:
        first.stop()

    second = cluster()
    try:
        second.start()
        with second.superuser.connect("fact-check") as session:
            assert session.execute("SELECT lower(words) FROM kept").fetchone() == (
                "gao, état, الجيش",
            )
    finally:
        second.stop()
