"""What can a relay do instead of its usual reply, and what does it keep? Values for `tests.smtp_server`."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What the server does instead of its usual reply: chunks (one packet each), then perhaps an end.

    `then` is "go on", "hang up", "silence" or "deaf" (silence, and nothing more is read). `accepts` tells whether
    the command (or message) counts.
    """

    chunks: tuple[bytes, ...] = ()
    then: str = "go on"
    accepts: bool = False


def say(*lines: str, then: str = "go on") -> Step:
    """Reply with one line, or several as a multi-line reply ("250-a", "250 b")."""
    return Step(("".join(f"{line}\r\n" for line in lines).encode(),), then, accepts=lines[-1][0] in "23")


def packets(*chunks: bytes) -> Step:
    """Reply in several packets."""
    return Step(chunks, accepts=chunks[0][:1] in (b"2", b"3"))


def slowly(reply: str) -> Step:
    """Reply with one line, three octets at a time."""
    octets = f"{reply}\r\n".encode()
    return packets(*(octets[start : start + 3] for start in range(0, len(octets), 3)))


HANG_UP = Step(then="hang up")
HANG_UP_AFTER_ACCEPTING = Step(then="hang up", accepts=True)
SILENCE = Step(then="silence")
DEAF = Step((b"354 go ahead\r\n",), "deaf")
GARBAGE = Step((b"\x00\xff what? \x1b[31m\r\n",))


@dataclass(frozen=True, slots=True)
class Caught:
    """One accepted message: envelope, content without doubled dots, and the octets as they came."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    wire: bytes
    connection: int

    @property
    def message_id(self) -> str:
        """Return the Message-ID, or an empty text."""
        found = re.search(rb"(?im)^message-id:\s*(<[^>]*>)", self.content)
        return found[1].decode() if found else ""
