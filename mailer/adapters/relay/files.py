"""How does a rehearsal end? As one .eml file per letter, readable by nobody else.

Law: a file is complete or not there; a letter that is handed over again replaces its own file.
"""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

from mailer.adapters.durable import sync_folder
from mailer.core.verdicts import Phase, Verdict
from mailer.errors import ConfigurationError, OutputError
from mailer.flows.relaying import BeforeContent, Envelope

_WELCOME = Verdict(250, "2.1.5", "2.1.5 a file may be written", Phase.RCPT)
_WRITTEN = Verdict(250, "2.0.0", "2.0.0 written to a file", Phase.CONTENT)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class FileRelay:
    """A folder of mode 0700 that takes every letter as a file of mode 0600."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_open = False
        self._offered: Envelope | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the folder has been made ready."""
        return self._is_open

    async def open(self) -> None:
        """Make the folder, closed to others.

        Raises:
            OutputError: it cannot be made.
            ConfigurationError: it is open to others and holds more than letters, so it is not ours to close.
        """
        await asyncio.to_thread(_prepare, self._folder)
        self._is_open = True

    async def offer(self, envelope: Envelope) -> Verdict:
        """Take any envelope."""
        self._offered = envelope
        return _WELCOME

    async def transfer(self, following: Envelope | None = None) -> Verdict:
        """Write the letter to NAME.eml.

        Raises:
            OutputError: the file cannot be written.
        """
        if self._offered is None:
            raise RuntimeError("the content of a letter that was not offered")
        envelope, self._offered = self._offered, None
        await asyncio.to_thread(_write, self._folder / f"{envelope.name}.eml", envelope.content)
        return _WRITTEN

    async def withdraw(self) -> None:
        """Forget what was offered."""
        self._offered = None

    async def send(self, envelope: Envelope, before_content: BeforeContent | None = None) -> Verdict | None:
        """Write the letter to NAME.eml; None if it was withdrawn.

        Raises:
            OutputError: the file cannot be written.
        """
        await self.offer(envelope)
        if before_content is None or await before_content():
            return await self.transfer()
        await self.withdraw()
        return None

    async def close(self) -> None:
        """Take no more letters."""
        self._is_open = False


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
            _close_to_others(folder)
    except OSError as error:
        raise OutputError(f"the folder {folder} cannot be used for letters: {error.strerror}") from error


def _close_to_others(folder: Path) -> None:
    """Take rights away only from a folder of letters: another one may belong to other work."""
    if any(file.suffix not in (".eml", ".part") for file in folder.iterdir()):
        raise ConfigurationError(f"letters are not written to {folder}, others can read it: chmod 700, or a new folder")
    folder.chmod(0o700)


def _write(file: Path, content: bytes) -> None:
    """Write a whole file or none, kept through a power cut."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"the letter {file} cannot be written: {error.strerror}") from error
