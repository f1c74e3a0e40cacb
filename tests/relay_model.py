"""What would a server of SMTP that keeps its word do? A model without sockets, for every mode of speaking.

Law: it answers commands in order, one reply each, and `accepted` holds what it took responsibility for. What no honest
client does (a command in the wrong place, content that was not invited, a word ahead of a reply where nothing may
be ahead) is in `offences`. It shares no code with the product.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import Any

from mailer.adapters.relay import Timeouts
from mailer.adapters.relay.session import Session
from mailer.adapters.relay.transaction import Mode, Speech
from mailer.adapters.relay.wire import Wire

OK, HANG_UP, TAKE, SILENCE, GARBAGE, INVITE = "ok", "hang-up", "take and hang up", "silence", "garbage", "354 anyway"
USUAL = {"mail": "250 2.1.0", "rcpt": "250 2.1.5", "data": "354", "content": "250 2.0.0", "rset": "250", "quit": "221"}

Behave = Callable[[str, int], str]  # step, number of the letter -> OK, a reply, a word above, or "+" and a second reply


class ModelServer:
    """A server that does what `behave` says; letters are told apart by the number in their envelope sender."""

    def __init__(self, mode: Mode, behave: Behave) -> None:
        self._mode, self._behave = mode, behave
        self._input, self._chunk = b"", 0
        self._sender, self._named = -1, False  # the letter in hand, and whether its recipient was accepted
        self._spoilt = False  # a BDAT failed: only RSET helps
        self.reads_content = False
        self.ended = ""
        self.accepted: list[int] = []
        self.contents: list[bytes] = []
        self.offences: list[str] = []
        self.steps: list[str] = []
        self.writes: list[bytes] = []

    def feed(self, octets: bytes) -> bytes:
        """Read, and return the replies."""
        self._input += octets
        said = b""
        while not self.ended and (step := self._next()):
            said += self._reply(*step)
        return said

    def cut(self) -> None:
        """Notice that the client is gone; what it did not end is nothing."""
        self.ended = self.ended or HANG_UP

    def _next(self) -> tuple[str, bytes] | None:
        """Return the next step that is there whole."""
        if self._chunk:
            return self._take(self._chunk, self._chunk) if len(self._input) >= self._chunk else None
        end = b"\r\n.\r\n" if self.reads_content else b"\r\n"
        at = self._input.find(end)
        if self.reads_content and self._input.startswith(b".\r\n"):
            return self._take(0, 3)
        return None if at < 0 else self._take(at + 2 * self.reads_content, at + len(end))

    def _take(self, content: int, whole: int) -> tuple[str, bytes] | None:
        taken, self._input = self._input[:content], self._input[whole:]
        if self.reads_content or self._chunk:
            return "content", taken
        verb = taken.split(b" ")[0].split(b":")[0].decode("latin-1").lower()
        if verb != "bdat":
            return verb, taken
        self._chunk = int(taken.split(b" ")[1])
        return self._next()

    def _reply(self, step: str, taken: bytes) -> bytes:
        """Do one step as `behave` says; return the reply to it."""
        self.steps.append(step)
        if step == "mail" and self._sender < 0 and not self._spoilt:
            found = re.search(rb"<l([0-9]+)@", taken)
            self._sender = int(found[1]) if found else -1
            return self._answer(step, taken, self._sender)
        if step == "mail":
            if not self._spoilt:
                self.offences.append("nested MAIL")
            return b"503 5.5.1 nested\r\n"
        fits = {"rcpt": self._sender >= 0, "data": self._named, "content": self._named or self.reads_content}
        if step not in USUAL:
            self.offences.append(f"unknown {step!r}")
        if (step not in USUAL or not fits.get(step, True)) and self._behave(step, self._sender) != INVITE:
            self._chunk = 0
            return b"503 5.5.1 bad sequence\r\n"
        return self._answer(step, taken, self._sender)

    def _answer(self, step: str, taken: bytes, number: int) -> bytes:
        word = self._behave(step, number)
        self.ended = word if word in (HANG_UP, TAKE, SILENCE) else ""
        good = word in (OK, INVITE) or word[0] == "+"
        if step == "content" and (good or word == TAKE):
            self.accepted.append(number)
            self.contents.append(taken)
        self._move(step, good=good)
        if word == GARBAGE:
            return b"\xff what?\r\n"
        more = f"{word[1:]}\r\n" if word[0] == "+" else ""
        return b"" if self.ended else f"{USUAL[step] if good else word} tag-{number}\r\n{more}".encode()

    def _move(self, step: str, *, good: bool) -> None:
        """Go into the state that follows."""
        if step == "mail" and not good:
            self._sender = -1
        elif step == "rcpt":
            self._named = good
        elif step == "data":
            self.reads_content = good
        elif step in ("content", "rset"):
            self._spoilt = step == "content" and not good and self._mode is Mode.CHUNKED
            self._sender, self._named, self.reads_content, self._chunk = -1, False, False, 0


class ModelTransport(asyncio.Transport):
    """The way to a model server and back; replies come in packets of the sizes that are given, then whole.

    One that is `narrow` takes no more after each write until the replies to it have come.
    """

    def __init__(self, server: ModelServer, mode: Mode, sizes: Iterable[int] = (), *, narrow: bool = False) -> None:
        super().__init__()
        self.server, self._mode, self._narrow = server, mode, narrow
        self._sizes: Iterator[int] = chain(sizes, repeat(1 << 20))
        self._waiting = b""
        self._closing = False
        self._protocol: Any = None
        self._under_way = False

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Tell the protocol from now on."""
        self._protocol = protocol

    def is_closing(self) -> bool:
        """Tell whether it was cut."""
        return self._closing

    def write(self, data: Any) -> None:
        """Let the server read, and send its replies on their way."""
        if self._closing:
            return
        self.server.writes.append(data)
        ahead = self._mode is not Mode.GROUPED or self.server.reads_content
        if ahead and self._waiting:
            self.server.offences.append(f"{data[:12]!r} ahead of a reply")
        self._waiting += self.server.feed(data)
        if self._narrow:
            self._protocol.pause_writing()
        self._deliver_soon()

    def abort(self) -> None:
        """End it at once."""
        if not self._closing:
            self._closing = True
            self.server.cut()
            asyncio.get_running_loop().call_soon(self._protocol.connection_lost, None)

    def _deliver_soon(self) -> None:
        if not self._under_way:
            self._under_way = True
            asyncio.get_running_loop().call_soon(self._deliver)

    def _deliver(self) -> None:
        """Hand over one packet, or the end."""
        self._under_way = False
        size = next(self._sizes)
        packet, self._waiting = self._waiting[:size], self._waiting[size:]
        if self._closing:
            return
        if packet:
            self._protocol.data_received(packet)
        if self._waiting:
            self._deliver_soon()
        elif self._narrow and not self.server.ended:
            self._protocol.resume_writing()
        elif self.server.ended in (HANG_UP, TAKE) and not self._closing:
            self._protocol.eof_received()


def speak(
    server: ModelServer, mode: Mode, timeouts: Timeouts, sizes: Iterable[int] = (), *, narrow: bool = False
) -> Session:
    """Return a session with the server."""
    return Session(Wire(ModelTransport(server, mode, sizes, narrow=narrow), timeouts), Speech(mode, timeouts))
