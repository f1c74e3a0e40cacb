"""What is in a Maildir? For tests, which deliver into one and look what became of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path


class MaildirFolder:
    """A Maildir that tests deliver into; `own` is called for each file that is made."""

    def __init__(self, path: Path, own: Callable[[Path], None] = lambda path: None) -> None:
        self.path = path
        self._own = own
        self._numbers = count(1)
        for name in ("", "cur", "new", "tmp"):
            (path / name).mkdir(parents=True, exist_ok=True)
            own(path / name)

    def deliver(self, octets: bytes, name: str = "") -> Path:
        """Put a mail into the inbox as a local delivery does; its name is where it was put."""
        name = name or f"{1_700_000_000 + next(self._numbers)}.M1P1.tests"
        draft = self.path / "tmp" / name
        draft.write_bytes(octets)
        self._own(draft)
        return draft.rename(self.path / "new" / name)

    def files(self, folder: str = "") -> list[Path]:
        """Return the mails of a folder by name; "" is the inbox."""
        at = self.path / f".{folder}" if folder else self.path
        return sorted((path for part in ("new", "cur") for path in (at / part).glob("[!.]*")), key=lambda p: p.name)

    def subjects(self, folder: str = "") -> list[str]:
        """Return the first line of each mail of a folder without its `Subject: `, in order."""
        return sorted(path.read_bytes().partition(b"\n")[0].decode()[9:].strip() for path in self.files(folder))


def mail(subject: str, body: str = "Hello.") -> bytes:
    """Return a small mail whose first line is its subject."""
    return f"Subject: {subject}\nFrom: ann@union.example\nTo: campaign@solidarity.example\n\n{body}\n".encode()
