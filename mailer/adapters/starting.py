"""How does an installation begin? Three files: campaigns, settings, and a key; nothing is overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from mailer.adapters.vault import KeyRing
from mailer.errors import OutputError

CONSENT = "Sample people of the demo; they agreed to nothing because they do not exist."
_PACKAGE = Path(__file__).resolve().parent.parent
_STATUS = re.compile(r"^(    status:) (?:ready|paused|stopped|closed)\b", re.MULTILINE)


def campaigns_text() -> str:
    """Return the sample campaign file: one campaign is ready, one closed, the others are drafts."""
    return _read("campaigns.yaml", "campaigns.yaml")


def campaigns_as_drafts() -> str:
    """Return the sample campaign file for a new organiser: comments and all, and every campaign a draft."""
    return _STATUS.sub(r"\1 draft", campaigns_text())


def supporters_path() -> Path:
    """Return the CSV file of 24 sample supporters in ten countries and four languages."""
    return _PACKAGE / "samples" / "supporters.csv"


def _read(shipped: str, checkout: str) -> str:
    """Return the text of a sample: inside the package in the wheel, at the top of a checkout."""
    path = _PACKAGE / "samples" / shipped
    return (path if path.is_file() else _PACKAGE.parent / checkout).read_text(encoding="utf-8")


def begin(folder: Path, key_file: Path, random_bytes: Callable[[int], bytes]) -> tuple[str, ...]:
    """Make what is missing of campaigns.yaml, .env and the key; return a line for each.

    Raises:
        OutputError: a file or folder cannot be made.
    """
    told = [
        _write(folder / "campaigns.yaml", campaigns_as_drafts()),
        _write(folder / ".env", _read("env.example", ".env.example"), mode=0o600),  # it will hold a password
    ]
    if key_file.exists():
        told.append(f"kept     {key_file} (the key of this machine)")
    else:
        KeyRing.create(key_file, random_bytes)
        told.append(f"made     {key_file}: copy it to a safe place that is not beside the database")
    return tuple(told)


def _write(path: Path, text: str, *, mode: int = 0o644) -> str:
    """Write a file unless it is there; return a line that tells."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.is_file():
            return f"kept     {path}"
        raise OutputError(f"{path} cannot be made: {error.strerror}") from error
    return f"made     {path}"
