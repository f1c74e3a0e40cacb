"""Is this database older than what was sent from it? A number that only grows, in two places, tells.

Law: the database is raised first, then the file that is kept apart from it. So a database below its file is
a backup that was put back, or a copy of one that went on; its queue tells nothing of the letters that left since.
"""

from __future__ import annotations

from dataclasses import dataclass

# Another machine's file may be ahead of this one's: by no more than it raised since, once a second.
LEAP = 10_000_000
RESTORED = (
    "this database is older than what was sent from it: a backup was put back, or it is a copy. Nothing is sent, "
    "because letters that left since would go out a second time. Look at `mailer status`, `mailer stop` or "
    "`mailer pause` what has gone out; then `mailer resume --after-restore` lets the rest go"
)


@dataclass(frozen=True, slots=True)
class Epochs:
    """How far the database is, how far the file says that it was, and whether another machine held it."""

    database: int
    file: int
    held: bool = False

    @property
    def is_restored(self) -> bool:
        """Tell whether nothing may be sent before a person has looked."""
        return self.held or self.database < self.file

    @property
    def next(self) -> int:
        """Return what both are raised to while letters leave."""
        return self.database + 1

    @property
    def lifted(self) -> int:
        """Return what both are raised to once a person has looked: above every machine's file."""
        return max(self.database, self.file) + LEAP
