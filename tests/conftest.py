"""What do all tests share? Servers on free ports and certificates, made for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from tests.certificates import make_certificate
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
