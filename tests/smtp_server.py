"""What does a relay do at its worst? An SMTP server on loopback that plays the script of a test.

Law: what it says it accepted is in `messages` (and in `journal`, fsynced) before the reply is written.
It shares no code with the product.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import socket
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from tests.smtp_steps import Caught, Step, say

END_OF_DATA = re.compile(rb"(?:\A|\r\n)\.\r\n")
LENIENT_END_OF_DATA = re.compile(rb"(?:\A|\r\n|\n|\r)\.(?:\r\n|\n|\r)")


@dataclass
class SmtpServer:
    """A server in its own thread; `script` it before or during a conversation.

    Phases: connect, ehlo, starttls, auth, mail, rcpt, data, content, rset, quit. `users` turns AUTH on.
    `tls` with `implicit_tls` makes smtps; without it STARTTLS is offered unless `strip_starttls`.
    `close_after` ends a connection after so many messages. `lenient` takes any dot on a line for the end. `buffer`
    is how many octets wait unread at most (0: as the system likes). `extensions` are offered besides: PIPELINING,
    CHUNKING.
    """

    users: dict[str, str] = field(default_factory=dict)
    auth_methods: str = "PLAIN LOGIN"
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    strip_starttls: bool = False
    close_after: int | None = None
    lenient: bool = False
    journal: Path | None = None
    buffer: int = 0
    extensions: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 0
    messages: list[Caught] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    unfinished: list[bytes] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._steps: dict[str, deque[Step]] = defaultdict(deque)
        self._always: dict[str, Step | Callable[[bytes], Step | None]] = {}
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None

    def script(self, phase: str, *steps: Step) -> None:
        """Play these steps, in order, the next times that `phase` is reached."""
        self._steps[phase].extend(steps)

    def always(self, phase: str, step: Step | Callable[[bytes], Step | None]) -> None:
        """Play this step whenever `phase` is reached; a function gets the line and may return None."""
        self._always[phase] = step

    @property
    def url(self) -> str:
        """Return the relay URL that fits, without a login."""
        scheme = "smtps" if self.implicit_tls else "smtp" if self.tls else "smtp+insecure"
        return f"{scheme}://{'localhost' if self.tls else self.host}:{self.port}"

    @property
    def recipients(self) -> list[str]:
        """Return the recipients of all messages, in order."""
        return [recipient for message in self.messages for recipient in message.recipients]

    def start(self) -> None:
        """Listen on a free port."""
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the SMTP server did not start")

    def stop(self) -> None:
        """Hang up on everybody and end the thread."""
        if self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def hang_up(self) -> None:
        """Drop every open connection."""
        asyncio.run_coroutine_threadsafe(self._drop(), self._loop).result(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        context = self.tls if self.implicit_tls else None
        server = await asyncio.start_server(self._accept, self.host, self.port, ssl=context, start_serving=False)
        if self.buffer:
            server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.buffer)
        await server.start_serving()
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        await asyncio.sleep(0.01)  # who is just being accepted, or is just leaving, gets so far: nobody is left behind
        await self._drop()

    async def _drop(self) -> None:
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        with suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError, EOFError):
            await _Conversation(self, reader, writer, self.connections).run()
        writer.transport.abort()
        self._open.discard(task)

    def next_step(self, phase: str, line: bytes) -> Step | None:
        """Return what the script says for this moment."""
        if self._steps[phase]:
            return self._steps[phase].popleft()
        step = self._always.get(phase)
        return step if step is None or isinstance(step, Step) else step(line)

    def keep(self, message: Caught) -> None:
        """Take responsibility for a message."""
        self.messages.append(message)
        if self.journal is not None:
            with self.journal.open("a") as journal:
                journal.write(f"{message.message_id} {' '.join(message.recipients)}\n")
                journal.flush()
                os.fsync(journal.fileno())


class _HungUpError(ConnectionError):
    pass


class _Conversation:
    def __init__(
        self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        self.server, self.reader, self.writer, self.number = server, reader, writer, number
        self.sender: str | None = None
        self.recipients: list[str] = []
        self.accepted = 0
        self.secure = server.implicit_tls
        self.ahead = b""  # what was read behind a content: commands

    async def run(self) -> None:
        await self.answer("connect", b"", "220 relay.example ESMTP")
        while line := await self.next_line():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            self.server.commands.append(text)
            verb = text.split(" ")[0].lower()
            await getattr(self, f"on_{verb}", self.on_unknown)(line)

    async def next_line(self) -> bytes:
        """Return the next line, of what was read already or of what comes."""
        while b"\n" not in self.ahead:
            more = await self.reader.read(65536)
            if not more:
                return b""
            self.ahead += more
        line, _, self.ahead = self.ahead.partition(b"\n")
        return line + b"\n"

    async def answer(self, phase: str, line: bytes, usual: str) -> bool:
        """Play the script's step, or the usual reply; tell whether the command was accepted."""
        step = self.server.next_step(phase, line) or say(*usual.split("\n"))
        await self.play(step)
        return step.accepts

    async def play(self, step: Step) -> None:
        for number, chunk in enumerate(step.chunks):
            if number:
                await asyncio.sleep(0.02)
            self.writer.write(chunk)
            await self.writer.drain()
        if step.then == "silence":
            await self.reader.read()
            raise _HungUpError
        if step.then == "deaf":
            cast(asyncio.Transport, self.writer.transport).pause_reading()
            await asyncio.Event().wait()  # until the server stops
        if step.then == "hang up":
            raise _HungUpError

    async def on_unknown(self, line: bytes) -> None:
        await self.play(say("500 5.5.1 unknown command"))

    async def on_ehlo(self, line: bytes) -> None:
        offers = ["relay.example", "8BITMIME", "ENHANCEDSTATUSCODES", *self.server.extensions]
        if self.server.tls and not self.secure and not self.server.strip_starttls:
            offers.append("STARTTLS")
        if self.server.users:
            offers.append(f"AUTH {self.server.auth_methods}")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        await self.answer("ehlo", line, "\n".join(lines))

    async def on_starttls(self, line: bytes) -> None:
        if not await self.answer("starttls", line, "220 2.0.0 go ahead"):
            return
        await self.writer.start_tls(self.server.tls)
        self.secure = True

    async def on_auth(self, line: bytes) -> None:
        method, _, initial = line.decode().strip().partition(" ")[2].partition(" ")
        if method.upper() == "PLAIN":
            _, user, password = base64.b64decode(initial).decode().split("\0")
        else:
            user = base64.b64decode(initial).decode() if initial else await self.ask("VXNlcm5hbWU6")
            password = await self.ask("UGFzc3dvcmQ6")
        self.server.logins.append(user)
        right = self.server.users.get(user) == password
        await self.answer("auth", line, "235 2.7.0 welcome" if right else f"535 5.7.8 no such login: {user}")

    async def ask(self, challenge: str) -> str:
        await self.play(say(f"334 {challenge}"))
        return base64.b64decode(await self.next_line()).decode()

    async def on_mail(self, line: bytes) -> None:
        if self.sender is not None:
            await self.play(say("503 5.5.1 nested MAIL"))
        elif await self.answer("mail", line, "250 2.1.0 ok"):
            self.sender = _address(line)

    async def on_rcpt(self, line: bytes) -> None:
        usual = "503 5.5.1 MAIL first" if self.sender is None else "250 2.1.5 ok"
        if await self.answer("rcpt", line, usual):
            self.recipients.append(_address(line))

    async def on_rset(self, line: bytes) -> None:
        self.forget()
        await self.answer("rset", line, "250 2.0.0 forgotten")

    async def on_noop(self, line: bytes) -> None:
        await self.play(say("250 2.0.0 ok"))

    async def on_quit(self, line: bytes) -> None:
        await self.answer("quit", line, "221 2.0.0 bye")
        raise _HungUpError

    async def on_data(self, line: bytes) -> None:
        usual = "354 go ahead" if self.recipients else "554 5.5.1 no valid recipients"
        if await self.answer("data", line, usual):
            await self.take(await self.read_content())

    async def on_bdat(self, line: bytes) -> None:
        wire = await self.read_octets(int(line.split()[1]))
        if self.recipients:
            await self.take(wire, stuffed=False)
        else:
            await self.play(say("503 5.5.1 RCPT first"))

    async def take(self, wire: bytes, *, stuffed: bool = True) -> None:
        """Answer a content, and keep it if that is the answer."""
        step = self.server.next_step("content", wire) or say("250 2.0.0 taken")
        if step.accepts:
            content = re.sub(rb"(?m)^\.\.", b".", wire) if stuffed else wire
            self.server.keep(Caught(self.sender or "", tuple(self.recipients), content, wire, self.number))
            self.accepted += 1
        self.forget()
        await self.play(step)
        if self.accepted == self.server.close_after:
            raise _HungUpError

    async def read_octets(self, size: int) -> bytes:
        """Return so many octets."""
        while len(self.ahead) < size:
            more = await self.read_some()
            if not more:
                self.server.unfinished.append(self.ahead)
                raise EOFError
            self.ahead += more
        octets, self.ahead = self.ahead[:size], self.ahead[size:]
        return octets

    async def read_content(self) -> bytes:
        """Return the content as it came, without the dot that ends it; what is behind that are commands."""
        end = LENIENT_END_OF_DATA if self.server.lenient else END_OF_DATA
        read = bytearray(self.ahead)
        looked = 0
        while not (found := end.search(read, max(0, looked - 4))):
            looked = len(read)
            chunk = await self.read_some()
            if not chunk:
                self.server.unfinished.append(bytes(read))
                raise EOFError
            read += chunk
        self.ahead = bytes(read[found.end() :])
        return bytes(read[: found.start()]) + b"\r\n"

    async def read_some(self) -> bytes:
        """Return what comes next, or nothing at the end."""
        try:
            return await self.reader.read(65536)
        except ConnectionError:
            return b""

    def forget(self) -> None:
        self.sender, self.recipients = None, []


def _address(line: bytes) -> str:
    found = re.search(rb"<([^>]*)>", line)
    return found[1].decode() if found else ""


@contextmanager
def running(server: SmtpServer) -> Iterator[SmtpServer]:
    """Run the server for as long as the block lasts."""
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wait_until(holds: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for what the server's thread will do; fail if it does not."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.005)
