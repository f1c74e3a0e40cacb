"""What is `mailer` on a clock of our own? The same commands; the time stands in a file that the test writes.

Usage: python -m tests.acceptance.clocked CLOCK_FILE WORDS...
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileClock:
    """A clock that reads the moment from a file; it can be handed to a sender process."""

    path: Path

    def __call__(self) -> datetime:
        """Return the moment (aware) that stands in the file now."""
        return datetime.fromisoformat(self.path.read_text())

    def set(self, moment: datetime) -> None:
        """Move the clock; no reader ever sees half a moment."""
        part = self.path.with_suffix(".part")
        part.write_text(moment.isoformat())
        part.replace(self.path)


def main() -> None:
    """Run the command that was typed behind the name of the clock's file."""
    from mailer.cli.main import main as run

    run(sys.argv[2:], clock=FileClock(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
