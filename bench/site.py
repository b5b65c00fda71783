"""A PostgreSQL and an application server of the bench's own, for as long as it runs."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.error import URLError
from urllib.request import urlopen

from bench.load import load
from factcheck.embedded import Cluster, Roles, password
from factcheck.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4  # as `manage.py serve` runs it
# The load need not survive a power cut. Everything that matters to reading is as PostgreSQL ships.
QUICK_TO_LOAD = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@dataclass
class Site:
    """A served database with this many synthetic claims."""

    claims: int
    port: int
    key: str  # of a partner that reads


@contextmanager
def cluster() -> Iterator[Roles]:
    folder = Path(tempfile.mkdtemp(prefix="factcheck-bench-"))
    server = Cluster(folder, superuser_password=password(), temporary=True, settings=QUICK_TO_LOAD)
    server.start()
    try:
        roles = Roles.on(
            server.superuser,
            owner=("factcheck", password()),
            app=("factcheck_app", password()),
        )
        roles.ensure()
        yield roles
    finally:
        server.stop()


@contextmanager
def site(roles: Roles, claims: int, port: int) -> Iterator[Site]:
    """Migrate, load and serve a database of this size."""
    database = f"bench_{claims}"
    environment = migrated(roles, database, port)
    print(f"Loading {claims:,} synthetic claims about Kestoria, which does not exist …", flush=True)
    began = time.perf_counter()
    with roles.superuser.connect(database) as connection:
        load(connection, claims)
    print(f"Loaded in {time.perf_counter() - began:.0f} s.", flush=True)
    as_superuser = environment | {"DATABASE_URL": roles.superuser.url(database)}
    run(["-m", "bench.working_copy", str(claims - 200), str(claims - 1)], as_superuser)
    made = [sys.executable, "-m", "bench.partner"]
    key = subprocess.run(made, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    with served(environment, port):
        yield Site(claims, port, key.stdout.decode().strip())


def migrated(roles: Roles, database: str, port: int) -> dict[str, str]:
    """Make a database with all tables and no rows; answers what a process on it must be told."""
    roles.ensure_database(database)
    environment = {
        **os.environ,
        "DATABASE_URL": roles.app.url(database),
        "DATABASE_OWNER_URL": roles.owner.url(database),
        "SECRET_KEY": token_urlsafe(50),
        "DEBUG": "0",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOG_LEVEL": "WARNING",  # as `make run` does
        "APPROVAL_WAIT_HOURS": "0",  # its people were made just now
    }
    run(["manage.py", "migrate", "--database=owner", "--verbosity=0"], environment)
    return environment


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[None]:
    """The application server, as `manage.py serve` runs it."""
    with ExitStack() as stack:
        log = stack.enter_context(tempfile.TemporaryFile())
        server = Kept(
            [
                str(Path(sys.executable).with_name("granian")),
                "--interface=wsgi",
                "--host=127.0.0.1",
                f"--port={port}",
                "--log-level=warning",
                "--no-ws",
                f"--workers={WORKERS}",
                f"--blocking-threads={THREADS}",
                "bench.server:application",
            ],
            environment=environment,
            cwd=ROOT,
            output=log,
        )
        stack.callback(server.stop)
        _wait(port, server, log)
        yield


def run(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)


def _wait(port: int, server: Kept, log: tempfile._TemporaryFileWrapper) -> None:
    deadline = time.monotonic() + 60
    while server.exit_status is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    log.seek(0)
    raise SystemExit(f"The server did not start:\n{log.read().decode()[-3000:]}")
