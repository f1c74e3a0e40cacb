"""A rehearsal's folder: whole files, one per letter, for nobody else to read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailer.adapters.relay import FileRelay
from mailer.core.deliveries import Event
from mailer.core.verdicts import Phase, decide
from mailer.errors import ConfigurationError, OutputError
from mailer.flows.relaying import Envelope

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
CONTENT = b"Subject: Test\r\n\r\n.\r\nHello\r\n"


def send(folder: Path, *names: str, content: bytes = CONTENT, before_content: Any = None) -> list[Any]:
    """Open the folder and hand over a letter for each name."""

    async def run() -> list[Any]:
        relay = FileRelay(folder)
        await relay.open()
        assert relay.is_open
        letters = [Envelope("a@solidarity.example", "jane@people.example", content, name) for name in names]
        verdicts = [await relay.send(letter, before_content) for letter in letters]
        await relay.close()
        assert not relay.is_open
        return verdicts

    return asyncio.run(run())


def modes(folder: Path) -> dict[str, int]:
    """Return the rights of the folder and its files."""
    return {file.name: file.stat().st_mode & 0o777 for file in (folder, *folder.iterdir())}


def test_each_letter_is_one_private_file(tmp_path: Path) -> None:
    """The bytes are those that a relay would get, in files that only their owner reads."""
    folder = tmp_path / "var" / "mail"

    verdicts = send(folder, "1.alert", "2.alert")

    assert [(verdict.code, verdict.phase) for verdict in verdicts] == [(250, Phase.CONTENT)] * 2
    assert modes(folder) == {"mail": 0o700, "1.alert.eml": 0o600, "2.alert.eml": 0o600}
    assert (folder / "1.alert.eml").read_bytes() == CONTENT


def test_a_written_letter_counts_as_accepted(tmp_path: Path) -> None:
    """The state machine treats a rehearsal as any other relay."""
    [verdict] = send(tmp_path, "1")

    assert decide(verdict, attempts=0, now=NOON, deadline=None).event is Event.ACCEPT


def test_a_letter_handed_over_again_is_no_second_letter(tmp_path: Path) -> None:
    """A resend replaces its own file."""
    send(tmp_path, "1")
    send(tmp_path, "1", content=CONTENT + b"again\r\n")

    assert [file.name for file in tmp_path.iterdir()] == ["1.eml"]
    assert (tmp_path / "1.eml").read_bytes().endswith(b"again\r\n")


def test_the_rest_of_a_killed_write_does_not_stop_the_next(tmp_path: Path) -> None:
    """A part that was left behind is no letter and is replaced."""
    (tmp_path / "1.eml.part").write_bytes(b"half")

    send(tmp_path, "1")

    assert [file.name for file in tmp_path.iterdir()] == ["1.eml"]


def test_a_withdrawn_letter_leaves_no_file(tmp_path: Path) -> None:
    """A rehearsal asks for the intent as a relay does."""

    async def refuse() -> bool:
        return False

    assert send(tmp_path, "1", before_content=refuse) == [None]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "../1", "a/b", ".hidden", "a\0b", "x" * 101, "ж"])
def test_a_name_never_leaves_the_folder(name: str) -> None:
    """Names are letters, digits and a few marks."""
    with pytest.raises(ValueError, match="name of a letter"):
        Envelope("a@solidarity.example", "jane@people.example", CONTENT, name)


def test_a_folder_of_letters_is_closed_to_others(tmp_path: Path) -> None:
    """A folder that was made beforehand is made private."""
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    (folder / "old.eml").write_bytes(b"x")

    send(folder, "1")

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    """Rights of a folder that is not ours are not taken away; the operator is told."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    (folder / "notes.txt").write_text("x")

    with pytest.raises(ConfigurationError, match="chmod 700"):
        send(folder, "1")

    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("there", ["file", "file in the way"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, there: str) -> None:
    """The error is ours, with the path."""
    (tmp_path / "mail").write_text("x")

    with pytest.raises(OutputError, match="mail"):
        send(tmp_path / "mail" if there == "file" else tmp_path / "mail" / "below", "1")


def test_a_letter_that_cannot_be_written_is_told_and_leaves_no_part(tmp_path: Path) -> None:
    """A folder in the place of the file: no letter, no half of one counted."""
    (tmp_path / "1.eml").mkdir()

    with pytest.raises(OutputError, match=r"1\.eml"):
        send(tmp_path, "1")

    assert [file.name for file in tmp_path.iterdir()] == ["1.eml"]
