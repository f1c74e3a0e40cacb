"""What do acceptance tests share? A place to work in, with and without a relay that listens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.warm import Warm
from tests.acceptance.workplace import ROOT, Workplace
from tests.smtp_server import SmtpServer


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workplaces are kept for others that begin alike."""
    return tmp_path_factory.mktemp("stock")


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """What commands are forked from."""
    folder = tmp_path_factory.mktemp("warm")
    made = Warm({"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}, folder)
    yield made
    made.end()


@pytest.fixture
def workplace(tmp_path: Path, stock: Path, warm: Warm) -> Workplace:
    """A new folder; letters become files."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Workplace(folder, stock, warm)


@pytest.fixture
def office(workplace: Workplace, smtp_server: SmtpServer) -> Workplace:
    """A new folder whose relay is `smtp_server`."""
    workplace.settings["RELAY_URL"] = smtp_server.url
    return workplace
