"""What do tests of the pages begin with? An installation with a launched campaign, in which people can sign up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailer.wiring import Installation
from tests.asking import Clock, open_home, settle


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a launched campaign, once."""
    folder = tmp_path_factory.mktemp("launched")
    settle(folder, Clock())
    return folder


@pytest.fixture
def clock() -> Clock:
    """The clock of the installation."""
    return Clock()


@pytest.fixture
def home(launched: Path, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    """An installation of its own for one test."""
    shutil.copytree(launched, tmp_path / "home")
    installation = open_home(tmp_path / "home", clock)
    yield installation
    installation.engine.dispose()
