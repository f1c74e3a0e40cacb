"""What do tests say to the relay of the measurements? Two letters in one go, and what has to be answered."""

from __future__ import annotations

import asyncio
import re

from benchmarks.senders.delayed import Book, Talk

TALK = b"EHLO a\r\n" + 2 * b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: x\r\n\r\nQUIT\r\n.\r\n" + b"QUIT\r\n"
CODES = ["220", "250", *2 * ["250", "250", "354", "250"], "221"]


class Wire(asyncio.Transport):
    """A connection that remembers what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Remember."""
        self.written += bytes(data)

    @property
    def codes(self) -> list[str]:
        """Return the codes of all replies."""
        return re.findall(r"^(\d{3}) ", self.written.decode(), re.MULTILINE)


def connected(book: Book, seconds: float) -> tuple[Talk, Wire]:
    """Return a connection to the relay, just made, and what it writes to."""
    talk, wire = Talk(book, seconds), Wire()
    talk.connection_made(wire)
    return talk, wire
