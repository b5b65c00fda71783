"""The PostgreSQL of one test run: started once, migrated once, cloned for whoever needs rows.

The first process of a run starts a cluster in a folder of its own (or takes a part of the server at
TEST_DATABASE_URL, as a superuser) and migrates a template with the real command. Each xdist worker
gets a clone; so does each test that commits. Two runs never meet: folder and names are the run's.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from secrets import token_hex

import dj_database_url
from django.db import connections

from factcheck.embedded import Address, Cluster, Roles, password

ROOT = Path(__file__).resolve().parent.parent
HANDED_DOWN = "FACTCHECK_TEST_RUN"  # what the first process tells its workers

# Nothing here must outlive the run, so nothing waits for a disk.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Run:
    """One run of the tests: a server, two roles on it, and names nobody else uses."""

    superuser: Address
    owner: tuple[str, str]
    app: tuple[str, str]
    maintenance: str
    prefix: str

    @cached_property
    def roles(self) -> Roles:
        return Roles.on(self.superuser, owner=self.owner, app=self.app)

    @property
    def template(self) -> str:
        return f"{self.prefix}_template"

    def environment(self, database: str) -> dict[str, str]:
        """What the settings read. SECRET_KEY guards nothing here."""
        return {
            "DATABASE_URL": self.roles.app.url(database),
            "DATABASE_OWNER_URL": self.roles.owner.url(database),
            "DATABASE_POOL": "0",
            "DEBUG": "0",
            "SECRET_KEY": "of-the-tests-" + "x" * 50,
            "SITE_URL": "http://testserver",
            "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
            # Tests about these two say so themselves.
            "REQUIRE_MFA": "0",
            "APPROVAL_WAIT_HOURS": "0",
        }

    def migrate(self) -> None:
        self.roles.ensure(self.maintenance)
        self.roles.ensure_database(self.template, maintenance=self.maintenance)
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--database=owner", "--verbosity=1"],
            cwd=ROOT,
            env={**os.environ, **self.environment(self.template)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"The migrations failed.\n{done.stdout[-2000:]}\n{done.stderr}")

    def clone(self) -> str:
        name = f"{self.prefix}_{token_hex(6)}"
        self.roles.ensure_database(name, template=self.template, maintenance=self.maintenance)
        return name

    def drop(self, name: str) -> None:
        with self.superuser.connect(self.maintenance) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def clear(self) -> None:
        """Leave a server that is not ours as it was."""
        with self.superuser.connect(self.maintenance) as connection:
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix]
            )
            for (name,) in found.fetchall():
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            for role in (self.owner[0], self.app[0]):
                connection.execute(f'DROP ROLE IF EXISTS "{role}"')


cluster: Cluster | None = None  # in the first process only, and only without TEST_DATABASE_URL
is_first_process = HANDED_DOWN not in os.environ


def _new_run() -> Run:
    global cluster  # noqa: PLW0603 - a process is in one run
    if given := os.environ.get("TEST_DATABASE_URL"):
        server = dj_database_url.parse(given)
        prefix = f"factcheck_test_{token_hex(4)}"
        return Run(
            superuser=Address(
                server["HOST"] or "localhost",
                int(server["PORT"] or 5432),
                server["USER"] or "postgres",
                server["PASSWORD"],
            ),
            owner=(f"{prefix}_owner", password()),
            app=(f"{prefix}_app", password()),
            maintenance=server["NAME"] or "postgres",
            prefix=prefix,
        )
    cluster = Cluster(
        Path(tempfile.gettempdir(), f"factcheck-tests-{token_hex(8)}"),
        superuser_password=password(),
        temporary=True,
        settings=THROWAWAY,
    )
    return Run(
        superuser=cluster.superuser,
        owner=("factcheck", password()),
        app=("factcheck_app", password()),
        maintenance="postgres",
        prefix="factcheck_test",
    )


def _handed_down() -> Run:
    told = json.loads(os.environ[HANDED_DOWN])
    told |= {"superuser": Address(**told["superuser"])}
    told |= {"owner": tuple(told["owner"]), "app": tuple(told["app"])}
    return Run(**told)


run = _new_run() if is_first_process else _handed_down()
os.environ[HANDED_DOWN] = json.dumps(asdict(run))


def start() -> None:
    if cluster is not None:
        cluster.start()
    run.migrate()


def stop() -> None:
    if cluster is not None:
        cluster.stop()
    else:
        run.clear()


def use(name: str) -> None:
    """From now on every connection of this process, in any thread, goes to this database."""
    connections.close_all()
    for alias in connections.settings:
        connections.settings[alias]["NAME"] = name


@contextmanager
def cloned() -> Iterator[str]:
    """A database with everything migrated and nothing else, for as long as the block runs."""
    before = connections.settings["default"]["NAME"]
    name = run.clone()
    use(name)
    try:
        yield name
    finally:
        use(before)
        run.drop(name)


def main(arguments: list[str]) -> int:
    """`python -m tests.database COMMAND …`: a command of manage.py on a fresh database."""
    try:
        start()
        environment = {**run.environment(run.template), **os.environ}
        environment |= {
            name: value
            for name, value in run.environment(run.template).items()
            if name.startswith("DATABASE_")
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=False
        ).returncode
    finally:
        stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
