"""`make run`: everything a newsroom's evaluation needs, from an empty folder to a served site.

Starts an embedded PostgreSQL when DATABASE_URL is not set, migrates as the owner, loads the worked
example, and keeps the application server and the task worker, which know the application's role
only. Whatever it started ends with it. It runs before Django is set up, since settings read what is
decided here.
"""

import fcntl
import hashlib
import json
import os
import shlex
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.error import URLError
from urllib.request import urlopen

from environs import Env

from factcheck.embedded import Cluster, ClusterError, Roles, password
from factcheck.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR") or ROOT / "var").absolute()
SECRETS = VAR / "secrets"
BIN = Path(sys.executable).parent
DEMO_ROLES = ("contributor", "reviewer", "reviewer-two", "publisher", "administrator")
HANDED_ON = (
    *("ALLOWED_HOSTS", "APPROVAL_WAIT_HOURS", "DATABASE_URL", "DEBUG", "DEMO_PASSWORDS"),
    *("LOG_LEVEL", "REQUIRE_MFA", "SECRET_KEY", "SITE_NAME", "SITE_URL", "TOOLBAR"),
    "WAITING_PLACES",
)
FOR_DEVELOPERS = {"DEBUG": "1", "TOOLBAR": "1"}
# Its accounts are made just now, for whoever wants to look at the desk.
FOR_THE_EXAMPLE = {"REQUIRE_MFA": "0", "APPROVAL_WAIT_HOURS": "0"}
# Four tasks at once: a partner's server that hangs keeps neither mail nor other partners waiting.
WORKER = ["manage.py", "ox_worker", "--concurrency=4"]
WATCHED = ("factcheck", "claims", "sources", "templates")


class Refusal(Exception):
    """Why we do not start, or stopped, in a sentence."""


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def private(path: Path) -> IO[str]:
    """A file to write that only this account can read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")


def kept_secrets(name: str, wanted: tuple[str, ...]) -> dict[str, str]:
    """Random passwords by name, made once and kept."""
    path = SECRETS / f"{name}.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    if missing := [key for key in wanted if key not in known]:
        known |= {key: password() for key in missing}
        with private(path) as file:
            json.dump(known, file, indent=2)
    return known


def refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Port {port} is taken. Choose another, for example: PORT={port + 1} make run"
            ) from error


def start_database(stack: ExitStack) -> dict[str, str]:
    """The embedded PostgreSQL with its two roles; answers with their addresses."""
    keys = kept_secrets("database", ("postgres", "factcheck", "factcheck_app"))
    cluster = Cluster(VAR / "postgres", superuser_password=keys["postgres"])
    stack.callback(cluster.stop)
    cluster.start()
    roles = Roles.on(
        cluster.superuser,
        owner=("factcheck", keys["factcheck"]),
        app=("factcheck_app", keys["factcheck_app"]),
    )
    roles.ensure()
    roles.ensure_database("factcheck")
    return {
        "DATABASE_URL": roles.app.url("factcheck"),
        "DATABASE_OWNER_URL": roles.owner.url("factcheck"),
    }


def collect_static() -> None:
    """Compressing takes a while, so it is done when a file has changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - after settings

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = VAR / "static" / "collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    tell("Collecting and compressing style sheets and scripts …")
    manage("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=["redoc"])
    stamp.write_text(digest.hexdigest())


def manage(name: str, **options: Any) -> None:
    """A command of manage.py, in this process; what it refuses, we refuse."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - after settings

    try:
        call_command(name, **options)
    except CommandError as error:
        raise Refusal(str(error)) from error


def prepare(*, dev: bool) -> None:
    """Bring the database and the static files up to what this code needs."""
    import django  # noqa: PLC0415 - settings read the environment that `run` made

    django.setup()
    if "DATABASE_OWNER_URL" in os.environ:
        tell("Bringing the database up to date …")
        behind = is_behind()
        manage("migrate", interactive=False, verbosity=0)
        if behind:
            manage("rebuild_published", verbosity=0)
    manage("catalogue", stdout=StringIO())
    if not dev:
        collect_static()


def is_behind() -> bool:
    """Whether the tables are those of an earlier release: what follows from the record is then made
    anew, as this release says it."""
    from django.db import connections  # noqa: PLC0415 - after settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def server(host: str, port: int, *, dev: bool) -> list[str]:
    """The application server's command: two processes, or one that reloads.

    Each has four threads to answer with, and one for every place to wait for news in: whoever
    waits there must not keep others from reading.
    """
    threads = 4 + Env().int("WAITING_PLACES", 24)
    granian = [str(BIN / "granian"), "--interface=wsgi", f"--host={host}", f"--port={port}"]
    granian += ["--log-level=warning", "--no-ws", f"--blocking-threads={threads}"]
    if dev:
        granian += ["--reload", "--workers=1", *(f"--reload-paths={ROOT / p}" for p in WATCHED)]
    else:
        granian += ["--workers=2"]
    return [*granian, "factcheck.wsgi:application"]


@contextmanager
def handed_on(environment: dict[str, str]) -> Iterator[None]:
    """For `make manage`: what this site runs with, in a file of ours, while it runs."""
    path = SECRETS / "run.env"
    lines = [
        f"{name}={shlex.quote(environment[name])}\n" for name in HANDED_ON if name in environment
    ]
    with private(path) as file:
        file.writelines(lines)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def watch(running: dict[str, Kept]) -> None:
    """Say nothing while all is well; when one stops by itself, everything does."""
    for name, child in running.items():
        if child.exit_status is not None:
            raise Refusal(f"{name} stopped by itself (exit status {child.exit_status}).")


def wait_until_served(address: str, running: dict[str, Kept], *, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        watch(running)
        try:
            with urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise Refusal(f"The site did not become ready in {patience:.0f} seconds; the log says why.")


def announce(address: str, accounts: dict[str, str]) -> None:
    lines = [
        "",
        f"  Factcheck is at   {address}/",
        f"  the desk          {address}/admin/",
        f"  the API           {address}/api/docs/",
    ]
    if accounts:
        lines += ["", "  Demo accounts, named after their roles:"]
        lines += [f"    {name:<16}{secret}" for name, secret in accounts.items()]
    lines += ["", "  Ctrl-C stops everything. The data stays in var/.", ""]
    tell("\n".join(lines))


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Stop, and let nothing interrupt the stopping."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def run(stack: ExitStack, *, dev: bool) -> None:
    env = Env()
    env.read_env(ROOT / ".env", recurse=False)
    host, port = env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104

    VAR.mkdir(exist_ok=True)
    lock: Any = stack.enter_context((VAR / "running").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refusal("Factcheck is already running from this folder.") from error
    refuse_a_taken_port(host, port)

    embedded = not env.str("DATABASE_URL", "")
    example = env.bool("EXAMPLE", embedded)
    settings = {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "SITE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "LOG_LEVEL": "INFO" if dev else "WARNING",
    }
    settings |= FOR_DEVELOPERS if dev else {}
    settings |= FOR_THE_EXAMPLE if example else {}
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    if not env.str("SECRET_KEY", ""):
        os.environ["SECRET_KEY"] = kept_secrets("site", ("SECRET_KEY",))["SECRET_KEY"]
    accounts = {}
    if example:
        accounts = kept_secrets("demo", DEMO_ROLES)
        os.environ["DEMO_PASSWORDS"] = str(SECRETS / "demo.json")
    if embedded:
        os.environ |= start_database(stack)
    prepare(dev=dev)

    served = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    stack.enter_context(handed_on(served))
    running: dict[str, Kept] = {}

    def keep(name: str, command: list[str]) -> None:
        running[name] = Kept(command, environment=served, cwd=ROOT)
        stack.callback(running[name].stop)

    keep("The application server", server(host, port, dev=dev))
    if example:
        manage("load_example", stdout=StringIO())  # while it starts
    wait_until_served(address, running)
    keep("The task worker", [sys.executable, *WORKER])
    announce(address, accounts)
    while True:
        watch(running)
        time.sleep(0.5)


def main() -> int:
    os.chdir(ROOT)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        with ExitStack() as stack:
            run(stack, dev="--dev" in sys.argv[1:])
    except KeyboardInterrupt:
        tell("\nStopped.")
        return 0
    except (Refusal, ClusterError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
