"""Where does mail go in a demo? To an SMTP server on loopback that keeps all of it in memory.

Nothing that comes in here ever leaves: there is no relaying, and no address but 127.0.0.1 to reach it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LARGEST_MAIL = 26_214_400  # bytes; 25 MiB, as large mail providers take


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One message for one recipient, as it came in; `number` counts from 1 in order of arrival.

    `received_at` is aware; `content` holds the bytes between DATA and the final dot.
    """

    number: int
    received_at: datetime
    envelope_from: str
    recipient: str
    content: bytes


class CatchAll:
    """An SMTP server on 127.0.0.1 that answers 250 to everything and keeps it.

    `clock` tells when a mail came in, so that a demo's time may be simulated. Use it as a context
    manager, or call `start` and `stop`. `port` is the one that is listened on, once started.
    """

    def __init__(self, clock: Callable[[], datetime], port: int = 0) -> None:
        self._keeper = _Keeper(clock)
        self._listener: _Listener | None = None
        self.port = port

    def start(self) -> None:
        """Listen, on a free port if none was given; return when the server answers.

        Raises:
            OSError: the port is taken.
        """
        listener = _Listener(self._keeper, socket.create_server((LOOPBACK, self.port)))
        listener.start()
        self._listener, self.port = listener, listener.port

    def stop(self) -> None:
        """Stop listening; what was caught stays readable."""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    @property
    def relay_url(self) -> str:
        """Return the relay URL that leads here."""
        return f"smtp+insecure://{LOOPBACK}:{self.port}"

    @property
    def messages(self) -> tuple[CaughtMail, ...]:
        """Return what was caught so far, oldest first."""
        return tuple(self._keeper.caught)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


class _Keeper:
    """The hooks that aiosmtpd calls; they run on the server's own thread."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.caught: list[CaughtMail] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one copy for each recipient."""
        for recipient in envelope.rcpt_tos:
            self.caught.append(self._catch(recipient, envelope))
        return "250 2.0.0 kept"

    def _catch(self, recipient: str, envelope: Envelope) -> CaughtMail:
        content = envelope.original_content or b""
        return CaughtMail(len(self.caught) + 1, self._clock(), envelope.mail_from or "", recipient, content)


class _Listener(Controller):
    """aiosmtpd's threaded controller, on a socket that is bound already: so its port is known."""

    def __init__(self, keeper: _Keeper, bound: socket.socket) -> None:
        # A server_hostname is given because aiosmtpd would otherwise ask the resolver for one.
        port = bound.getsockname()[1]
        super().__init__(keeper, LOOPBACK, port, server_hostname="localhost", data_size_limit=LARGEST_MAIL)
        self._bound = bound

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._bound)

    def factory(self) -> SMTP:
        """Make the protocol of one connection, on this server's loop."""
        return SMTP(self.handler, loop=self.loop, **self.SMTP_kwargs)
