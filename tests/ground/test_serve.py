"""`make run`, from an empty folder to a served site, and back to nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil

from factcheck.serve import WORKER
from tests.database import ROOT

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEBUG")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(var: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    bare.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        [sys.executable, "-m", "factcheck.serve"],
        cwd=ROOT,
        env={**bare, "VAR": str(var), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(f"It stopped without saying {words!r}:\n{text}")


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run a second after they were to end."""
    left = psutil.wait_procs(processes, timeout=1)[1]
    return [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def until_worker_runs(supervisor: int) -> list[psutil.Process]:
    """Everything the supervisor started, the task worker last."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        running = psutil.Process(supervisor).children(recursive=True)
        for process in running:
            if process.cmdline()[1:] == WORKER and process.name() != "sh":
                return [*(other for other in running if other != process), process]
        time.sleep(0.1)
    raise AssertionError("The task worker did not start.")


def test_one_command_serves_the_example_and_ctrl_c_stops_all_of_it(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "var", port) as first:
        said = read_until(first, "Ctrl-C")
        for account in ("contributor", "reviewer-two", "publisher", "administrator"):
            assert account in said
        started = until_worker_runs(first.pid)
        names = " ".join(" ".join(child.cmdline()) for child in started)
        for part in ("postgres", "granian", "ox_worker"):
            assert part in names
        for child in started:  # the owner's key is for `migrate` alone
            if "granian" in str(child.cmdline()) or "ox_worker" in str(child.cmdline()):
                assert "DATABASE_OWNER_URL" not in child.environ()

        for path in ("/", "/readyz", "/admin/login/", "/api/v1/claims/"):
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                assert answer.status == 200
        secrets = tmp_path / "var" / "secrets"
        assert secrets.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in secrets.iterdir())

        with serving(tmp_path / "other", port) as taken:
            assert f"Port {port} is taken." in read_until(taken, "is taken")
            assert taken.wait(30) == 1
        with serving(tmp_path / "var", free_port()) as twice:
            read_until(twice, "already running from this folder")
            assert twice.wait(30) == 1

        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 0
        assert not alive(started)

    with serving(tmp_path / "var", port) as second:
        assert read_until(second, "Ctrl-C").count("contributor") == said.count("contributor")
        running = until_worker_runs(second.pid)
        worker = running[-1]
        worker.kill()
        assert second.wait(60) == 1
        assert not alive(running)
