"""Which replies stand in what the relay wrote? Octets, in any packets, become whole replies (RFC 5321 4.2).

Law: a reply is handed out when its last line is there and not before; of one that never ends, a bounded part is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

CLOSING = 421  # the relay ends the connection, whatever it was asked (RFC 5321 3.8)
LONGEST_REPLY = 32_768  # octets; 64 lines of the 512 that RFC 5321 4.5.3.1.5 allows, more than any EHLO has


@dataclass(frozen=True, slots=True)
class Reply:
    """What the relay said: its code, and its words as they came, one line each."""

    code: int
    words: bytes

    @property
    def text(self) -> str:
        """Return the words; what is not UTF-8 comes as characters that nothing prints."""
        return self.words.decode("utf-8", "surrogateescape")

    @property
    def is_refusal(self) -> bool:
        """Tell whether the relay refused what it was asked and will hear other commands."""
        return 400 <= self.code < 600 and self.code != CLOSING


@lru_cache(maxsize=256)  # a relay says the same few lines to every letter
def _read_line(line: bytes) -> tuple[Reply, bool]:
    """Return what a line says, as if it were a whole reply, and whether it ends one.

    Raises:
        ValueError: it is not one of SMTP.
    """
    code = line[:3]
    if len(code) < 3 or not code.isdigit():
        raise ValueError("a line without a code")
    return Reply(int(code), line[4:].strip()), line[3:4] != b"-"


class ReplyReader:
    """Cuts a stream of octets into replies; a lone LF ends a line too."""

    __slots__ = ("_held", "_lines", "_rest")

    def __init__(self) -> None:
        self._rest = b""  # the begin of a line
        self._lines: list[bytes] = []  # of a reply that goes on
        self._held = 0  # octets of these, with their ends

    @property
    def is_between_replies(self) -> bool:
        """Tell whether no reply has begun that is not whole."""
        return not self._rest and not self._lines

    def feed(self, octets: bytes, whole: list[Reply]) -> None:
        """Put what is whole by now into `whole`; what was before an error is in it, too.

        Raises:
            ValueError: a line is not one of SMTP, or a reply does not end.
        """
        lines = (self._rest + octets).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            reply, ends = _read_line(line)
            if not ends:
                self._lines.append(reply.words)
                self._hold(len(line) + 1)
            elif self._lines:
                whole.append(Reply(reply.code, self._whole(reply.words)))
            else:
                whole.append(reply)
        if self._rest:
            self._hold(0)

    def _whole(self, last: bytes) -> bytes:
        """Return the words of a reply of several lines, whose last one is there."""
        lines, self._lines, self._held = [*self._lines, last], [], 0
        return b"\n".join(lines)

    def _hold(self, more: int) -> None:
        """Count what is kept of a reply that is not whole."""
        self._held += more
        if self._held + len(self._rest) > LONGEST_REPLY:
            raise ValueError("a reply that does not end")
