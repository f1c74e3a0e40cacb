"""Does a file outlast a power cut, and its new name? Once it and its folder are on the disk.

Law: whoever reads, and whenever the command is killed, there is the old file or the new one, whole.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from shutil import copyfile
from tempfile import NamedTemporaryFile


def put_in_place(path: Path, text: str, *, mode: int, aside: Path | None = None) -> None:
    """Write a file beside another one and then in its place, in one step; a copy of that one is kept `aside`.

    Raises:
        OSError: it cannot be written; what was there is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", newline="", delete=False
    ) as file:
        made = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
            if aside is not None and path.exists():
                _copy(path, aside)
            made.replace(path)
        finally:
            with suppress(OSError):
                made.unlink(missing_ok=True)
    sync_folder(path.parent)


def _copy(path: Path, aside: Path) -> None:
    """Put a copy of a file in the place of another one; itself it stays, so that there is always one in its place."""
    part = aside.with_name(f".{aside.name}")
    copyfile(path, part)
    part.replace(aside)


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk.

    Raises:
        OSError: the folder cannot be opened or synced.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
