"""How is a campaign file replaced so that nobody loses it? With its rights, and through a link that leads to it.

Law: whoever reads it, and whenever the command is killed, there is the old file or the new one, whole.
"""

from __future__ import annotations

from pathlib import Path

from mailer.adapters.durable import put_in_place
from mailer.errors import OutputError


def replace_file(path: Path, text: str) -> None:
    """Write a file as a whole; where a link leads to it, the link stays.

    Raises:
        OutputError: it cannot be written.
    """
    path = path.resolve()
    try:
        put_in_place(path, text, mode=path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
