"""What was really accepted? An SMTP server in a process of its own that knows nothing of the product.

Law: each letter it takes is a line of the journal, on the disk, before the reply is written: the moment (monotonic,
in nanoseconds), Message-ID, SHA-256 of the octets, recipient, connection. That file alone tells who was missed.

Usage: python -m tests.acceptance.faults.oracle FOLDER [PHASE:NUMBER:ACTION ...]

`FOLDER/port` tells where it listens. The phases of a letter: `data` (announced), `part` (the first octets came),
`dot` (all of it came, and is not taken), `taken` (it is on record, and no reply was written), `replied`.
At the NUMBERth letter that comes to PHASE, `kill` ends the process group that `FOLDER/victim` names; as any server
does, it then takes what the dead one's system still delivers. `lose` kills too, and takes nothing. `hold` writes
`FOLDER/held` and waits for `FOLDER/go`. `FOLDER/slowness` may hold the seconds that each letter takes.
It offers PIPELINING: the commands of the next letter may come behind a content, and are read when their turn comes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^>]*>)")
ADDRESS = re.compile(rb"<([^>]*)>")


@dataclass(slots=True)
class Trap:
    """What happens at the letter with this number that comes to a phase."""

    phase: str
    number: int
    action: str

    @classmethod
    def read(cls, text: str) -> Trap:
        """Return the trap of one word of the command line."""
        phase, number, action = text.split(":")
        return cls(phase, int(number), action)


@dataclass(slots=True)
class Journal:
    """Lines on the disk; those who wait at one moment share one fsync."""

    path: Path
    waiting: list[tuple[bytes, asyncio.Future[None]]] = field(default_factory=list)
    descriptor: int = -1
    writing: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Open the file; what stands in it stays."""
        self.descriptor = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    async def keep(self, line: bytes) -> None:
        """Return when the line is on the disk."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((line, future))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self._write())
        await future

    async def _write(self) -> None:
        """Write and sync until nobody waits."""
        while self.waiting:
            batch, self.waiting = self.waiting, []
            os.write(self.descriptor, b"".join(line for line, _ in batch))
            await asyncio.get_running_loop().run_in_executor(None, os.fsync, self.descriptor)
            for _, future in batch:
                if not future.done():
                    future.set_result(None)


@dataclass(slots=True)
class Oracle:
    """The server: its folder, its traps, and what has come so far."""

    folder: Path
    traps: list[Trap]
    journal: Journal = field(init=False)
    reached: dict[str, int] = field(default_factory=dict)
    connections: int = 0

    def __post_init__(self) -> None:
        """Know the journal."""
        self.journal = Journal(self.folder / "journal")

    async def serve(self) -> None:
        """Listen for ever; the port is told once everything is ready."""
        self.journal.open()
        server = await asyncio.start_server(self._accept, "127.0.0.1", _known_port(self.folder))
        part = self.folder / "port.part"
        part.write_text(str(server.sockets[0].getsockname()[1]))
        part.replace(self.folder / "port")
        await server.serve_forever()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one client until one of the two is gone."""
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, EOFError):
            await Conversation(self, reader, writer, self.connections).run()
        writer.transport.abort()

    async def reach(self, phase: str) -> None:
        """Note that a letter came this far, and spring the trap that is set for it."""
        number = self.reached[phase] = self.reached.get(phase, 0) + 1
        for trap in self.traps:
            if (trap.phase, trap.number) == (phase, number):
                await self._spring(trap.action)

    async def _spring(self, action: str) -> None:
        """Kill the sender, or wait until the test says go."""
        if action in ("kill", "lose"):
            os.killpg(int((self.folder / "victim").read_text()), signal.SIGKILL)
            if action == "lose":
                raise EOFError
            return
        (self.folder / "held").touch()
        while not (self.folder / "go").exists():
            await asyncio.sleep(0.002)

    @property
    def slowness(self) -> float:
        """Return how many seconds each letter takes now."""
        with suppress(FileNotFoundError, ValueError):
            return float((self.folder / "slowness").read_text())
        return 0.0


def _known_port(folder: Path) -> int:
    """Return the port of an oracle that was here before, else 0 for a free one."""
    with suppress(FileNotFoundError):
        return int((folder / "port").read_text())
    return 0


@dataclass(slots=True)
class Conversation:
    """One connection; a letter that was cut short is never taken."""

    oracle: Oracle
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    recipient: bytes = b""
    ahead: bytes = b""  # what has come and is not read

    async def run(self) -> None:
        """Answer commands until the end."""
        await self._say(b"220 oracle.example ESMTP")
        while True:
            line = await self._up_to(b"\r\n")
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                await self._take()
            elif verb == b"QUIT":
                return await self._say(b"221 2.0.0 bye")
            else:
                await self._answer(verb, line)

    async def _answer(self, verb: bytes, line: bytes) -> None:
        """Say yes to everything that comes before the content."""
        if verb == b"RCPT":
            found = ADDRESS.search(line)
            self.recipient = found[1] if found else b"?"
        offers = b"250-oracle.example\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES"
        await self._say(offers if verb == b"EHLO" else b"250 2.0.0 ok")

    async def _take(self) -> None:
        """Take one letter: read it, put it on record, reply."""
        await self.oracle.reach("data")
        await self._say(b"354 go ahead")
        content = await self._content()
        await self.oracle.reach("dot")
        if slowness := self.oracle.slowness:
            await asyncio.sleep(slowness)
        await self.oracle.journal.keep(self._line(content))
        await self.oracle.reach("taken")
        await self._say(b"250 2.0.0 taken")
        await self.oracle.reach("replied")

    def _line(self, content: bytes) -> bytes:
        """Return the line of the journal."""
        found = MESSAGE_ID.search(content)
        words = (
            str(time.monotonic_ns()).encode(),
            found[1] if found else b"?",
            hashlib.sha256(content).hexdigest().encode(),
            self.recipient,
            str(self.number).encode(),
        )
        return b" ".join(words) + b"\n"

    async def _content(self) -> bytes:
        """Read up to the dot that ends it; the first half of it is a phase of its own."""
        while len(self.ahead) < 200:
            await self._read_on()
        await self.oracle.reach("part")
        return await self._up_to(b"\r\n.\r\n")

    async def _up_to(self, end: bytes) -> bytes:
        """Read up to an end, with it."""
        looked = 0
        while (found := self.ahead.find(end, max(0, looked - len(end)))) < 0:
            looked = len(self.ahead)
            await self._read_on()
        read, self.ahead = self.ahead[: found + len(end)], self.ahead[found + len(end) :]
        return read

    async def _read_on(self) -> None:
        """Read what comes next."""
        chunk = await self.reader.read(1 << 16)
        if not chunk:
            raise EOFError
        self.ahead += chunk

    async def _say(self, reply: bytes) -> None:
        """Write one reply."""
        self.writer.write(reply + b"\r\n")
        await self.writer.drain()


if __name__ == "__main__":
    asyncio.run(Oracle(Path(sys.argv[1]), [Trap.read(word) for word in sys.argv[2:]]).serve())
