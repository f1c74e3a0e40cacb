"""What came out? The letters that a sink has kept, and what one of them is made of.

Law: nothing of the product reads them: the standard library's e-mail parser does.
"""

from __future__ import annotations

import email
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

_BEGIN = b"X-Client-Addr: "  # what smtp-sink writes before each letter, and what no letter of ours holds
_RECIPIENT = re.compile(rb"^X-Rcpt-Args: <([^>]*)>", re.MULTILINE)
_OWN_HEADERS = re.compile(rb".*?^Received: .*?\(UTC\)\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter as the sink has kept it: envelope recipient and content, lines ended by LF."""

    recipient: str
    content: bytes

    @property
    def size(self) -> int:
        """Return how many bytes the content has on the wire, where lines end with CRLF."""
        return len(self.content) + self.content.count(b"\n")

    @property
    def message(self) -> Message:
        """Return the letter, parsed."""
        return email.message_from_bytes(self.content)


def read_kept(path: Path) -> Iterator[Kept]:
    """Yield all letters in the file of a sink."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        begin = whole.find(_BEGIN)
        while begin >= 0:
            following = whole.find(_BEGIN, begin + 1)
            yield _read(whole[begin : following if following >= 0 else len(whole)])
            begin = following


def _read(block: bytes) -> Kept:
    """Return one letter without what the sink wrote before and behind it."""
    to, own = _RECIPIENT.search(block), _OWN_HEADERS.match(block)
    if to is None or own is None:
        raise ValueError(f"this is no letter that smtp-sink has kept: {block[:200]!r}")
    return Kept(to[1].decode(), block[own.end() :].removesuffix(b"\n\n") + b"\n")


def bodies_of(message: Message) -> dict[str, str]:
    """Return the texts of a letter by their type: text/plain and text/html."""
    parts = (part for part in message.walk() if part.get_content_maintype() == "text")
    return {part.get_content_type(): bytes(part.get_payload(decode=True)).decode() for part in parts}
