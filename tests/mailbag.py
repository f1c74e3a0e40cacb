"""The reports of many mail systems that the tests read: written for them, in the forms that such systems use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mailer.adapters.mail_reading import read_mail
from mailer.core.received import Received

FOLDER = Path(__file__).parent / "returned_mails"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says that a mail is; `is_clear` is false where people may differ."""

    kind: str
    recipients: frozenset[str]
    is_clear: bool


@lru_cache(1)
def labels() -> dict[str, Label]:
    """Return the labels by the names of the files."""
    rows = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    return {
        name: Label(row["kind"], frozenset(filter(None, row["recipients"])), row["clear"]) for name, row in rows.items()
    }


def octets_of(name: str) -> bytes:
    """Return one mail as it came."""
    return (FOLDER / name).read_bytes()


def mail(name: str) -> Received:
    """Return one mail as it is read."""
    return read_mail(octets_of(f"{name}.eml"))
