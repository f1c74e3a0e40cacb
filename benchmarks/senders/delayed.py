"""What does a relay far away look like? An SMTP server of its own process that answers late, and offers PIPELINING.

Law: each reply is written so many seconds after its command came (for the content: after its last dot came), whatever
came meanwhile. Commands that come together are answered together, as over a network whose way there and back takes
that long; the greeting is a reply too. Nothing else is delayed. It counts every letter that it has taken, and when.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.senders.machine import bound_to, sink_cores

END = b"\r\n.\r\n"
GREETING = b"220 sink.example ESMTP\r\n"
EHLO = b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"
ANSWERS = {b"EHLO": EHLO, b"DATA": b"354 go ahead\r\n", b"QUIT": b"221 2.0.0 bye\r\n"}
OTHERWISE = b"250 2.0.0 ok\r\n"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When letters were taken (monotonic seconds, in order), and over how many connections."""

    moments: tuple[float, ...]
    connections: int

    @property
    def rate(self) -> float:
        """Return letters a second between the 20th and the 90th percent."""
        first, last = len(self.moments) // 5, len(self.moments) * 9 // 10
        return (last - first) / (self.moments[last] - self.moments[first])


@dataclass(slots=True)
class Book:
    """What the server has taken."""

    moments: list[float] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def take(self, connection: int) -> None:
        """Note a letter."""
        self.moments.append(time.monotonic())
        self.used.add(connection)

    def close(self) -> Arrivals:
        """Return what came, and begin anew."""
        told = Arrivals(tuple(self.moments), len(self.used))
        self.moments.clear()
        self.used.clear()
        return told


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, book: Book, seconds: float) -> None:
        self._book = book
        self._seconds = seconds
        self._buffer = bytearray()
        self._looked = 0  # so much of the buffer holds no end of a content
        self._in_content = False
        self._waiting: deque[bytes] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 # the loop's own promise
        self._transport = transport
        self._reply(GREETING)

    def data_received(self, data: bytes) -> None:
        """Answer all that has come as a whole."""
        self._buffer += data
        replies = b""
        while (reply := self._next()) is not None:
            replies += reply
        if replies:
            self._reply(replies)

    def _next(self) -> bytes | None:
        """Return the answer to the next command or content, None if it has not come as a whole."""
        end = self._buffer.find(END, self._looked) if self._in_content else self._buffer.find(b"\r\n")
        if end < 0:
            self._looked = max(0, len(self._buffer) - len(END))
            return None
        verb = b"" if self._in_content else bytes(self._buffer[:4]).upper()
        del self._buffer[: end + (len(END) if self._in_content else 2)]
        self._looked = 0
        if self._in_content:
            self._book.take(id(self))
        self._in_content = verb == b"DATA"
        return ANSWERS.get(verb, OTHERWISE)

    def _reply(self, reply: bytes) -> None:
        """Write a reply in time."""
        if not self._seconds:
            return self._transport.write(reply)
        self._waiting.append(reply)
        asyncio.get_running_loop().call_later(self._seconds, self._write)
        return None

    def _write(self) -> None:
        """Write the reply that has waited longest."""
        self._transport.write(self._waiting.popleft())


@dataclass(frozen=True, slots=True)
class DelayedSink:
    """A relay that runs: its port, and what asks it."""

    port: int
    pipe: Connection

    def arrivals(self) -> Arrivals:
        """Return what has come since this was asked last."""
        self.pipe.send("?")
        told = self.pipe.recv()
        assert isinstance(told, Arrivals)  # noqa: S101 # what `_serve` sends
        return told


@contextmanager
def delayed_sink(seconds: float) -> Iterator[DelayedSink]:
    """Run a relay for as long as the block lasts, on the sink's core."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=run, args=(its, seconds), daemon=True)
    with bound_to(sink_cores()):
        process.start()
    try:
        yield DelayedSink(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def run(pipe: Connection, seconds: float) -> None:
    """Serve until killed."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(pipe, seconds))


async def _serve(pipe: Connection, seconds: float) -> None:
    """Listen on a free port; when asked, tell what came."""
    book, loop = Book(), asyncio.get_running_loop()

    def tell() -> None:
        pipe.recv()
        pipe.send(book.close())

    server = await loop.create_server(lambda: Talk(book, seconds), "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    loop.add_reader(pipe.fileno(), tell)
    await server.serve_forever()
