"""How is a file replaced so that nobody loses it? Beside it first, and then in its place in one step.

Law: whoever reads it, and whenever the command is killed, there is the old file or the new one, whole.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from mailer.adapters.durable import sync_folder
from mailer.errors import OutputError


def replace_file(path: Path, text: str) -> None:
    """Write a file as a whole; where a link leads to it, the link stays.

    Raises:
        OutputError: it cannot be written.
    """
    partial, path = None, path.resolve()
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(mode)
        Path(partial).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                Path(partial).unlink()
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
