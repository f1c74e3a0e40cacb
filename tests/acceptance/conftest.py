"""What do acceptance tests share? A place to work in, with and without a relay that listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.workplace import Workplace
from tests.smtp_server import SmtpServer


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workplaces are kept for others that begin alike."""
    return tmp_path_factory.mktemp("stock")


@pytest.fixture
def workplace(tmp_path: Path, stock: Path) -> Workplace:
    """A new folder; letters become files."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Workplace(folder, stock)


@pytest.fixture
def office(workplace: Workplace, smtp_server: SmtpServer) -> Workplace:
    """A new folder whose relay is `smtp_server`."""
    workplace.settings["RELAY_URL"] = smtp_server.url
    return workplace
