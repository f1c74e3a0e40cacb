"""What do all tests share? Servers on free ports and certificates, made for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tests.certificates import make_certificate
from tests.postgres import PostgresServer, postgres_server
from tests.smtp_server import SmtpServer, running

settings.register_profile("tests", deadline=None)  # a busy machine is no fault
settings.load_profile("tests")


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A scriptable SMTP server without TLS and login."""
    with running(SmtpServer()) as server:
        yield server


@pytest.fixture
def start_smtp_server() -> Iterator[Callable[..., SmtpServer]]:
    """A way to start SMTP servers of any kind; all are stopped after the test."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(running(SmtpServer(**settings)))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate of `localhost`, good for a day."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process's own; it does not wait for the disk, since no test cuts the power."""
    with postgres_server(fsync=False) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database: one test for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'mailer.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def migrated_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a new PostgreSQL database that has the schema."""
    with postgres.migrated() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new database for `Casework` and `make_engine`: one test for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'mailer.db'}"
    return str(request.getfixturevalue("migrated_postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A way to make as many databases as a test wants, for those that Hypothesis runs many times."""
    numbers = count(1)
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield lambda: f"sqlite:///{tmp_path / str(next(numbers)) / 'mailer.db'}"
        else:
            server = request.getfixturevalue("postgres")
            yield lambda: stack.enter_context(server.migrated())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what tests drew by chance, and what they found, so that it can be repeated."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for report in reports:
        told = "; ".join(str(value) for name, value in report.user_properties if name == "told")
        if told and report.when == "call":
            terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {told}")
