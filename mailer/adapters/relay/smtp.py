"""How does one letter go to an SMTP relay? One connection, step by step: MAIL, RCPT, DATA, content.

Law: content is announced only after `before_content` agreed, and never in clear text to another machine.
Nothing is tried again here, and a connection in doubt is cut, not mended.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
    SMTPTimeoutError,
)
from aiosmtplib.protocol import SMTPProtocol

from mailer.adapters.relay.opening import open_connection
from mailer.adapters.relay.replies import is_positive, lost, read_reply
from mailer.adapters.relay.settings import RelaySettings
from mailer.core.deliveries import Phase, Verdict
from mailer.flows.relaying import BeforeContent, Envelope

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for a reply. Source: RFC 5321 4.5.3.2 for all but the way in and out."""

    connect: timedelta = timedelta(seconds=60)
    command: timedelta = timedelta(minutes=5)
    data: timedelta = timedelta(minutes=2)
    content: timedelta = timedelta(minutes=10)  # shorter ones make duplicates: RFC 5321 4.5.3.2.6
    goodbye: timedelta = timedelta(seconds=2)


class SmtpRelay:
    """One persistent connection to a relay.

    `trust` replaces the system's certificates (tests). A reply other than 2xx leaves the connection usable;
    a lost, silent or confused one is closed, `is_open` tells, and the caller opens it again.
    """

    def __init__(
        self, settings: RelaySettings, timeouts: Timeouts = Timeouts(), *, trust: ssl.SSLContext | None = None
    ) -> None:
        self.settings = settings
        self._timeouts = timeouts
        self._trust = trust
        self._smtp: SMTP | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the connection stands, as far as is known."""
        return self._smtp is not None and self._smtp.is_connected

    async def open(self) -> None:
        """Connect, secure the connection and log in; an open one is left as it is.

        Raises:
            RelayUnavailableError: no connection now.
            RelayPolicyError: login or certificate refused, or TLS is not offered.
        """
        if not self.is_open:
            self._smtp = await open_connection(self.settings, self._timeouts.connect, self._trust)

    async def send(self, envelope: Envelope, before_content: BeforeContent | None = None) -> Verdict | None:
        """Hand over one letter and return the reply; None if `before_content` withdrew it.

        A verdict of code 0 tells by its phase whether content had been written.
        """
        try:
            verdict = await self._transfer(envelope, before_content)
        except BaseException:  # cancelled, or `before_content` failed: the transaction must not be finished
            self._cut()
            raise
        if verdict is None or (verdict.phase is not Phase.CONTENT and verdict.code not in (0, 421)):
            await self.reset()
        elif verdict.code in (0, 421):
            self._cut()
        return verdict

    async def reset(self) -> None:
        """End an unfinished transaction, by RSET or by cutting the connection."""
        if (await self._command(Phase.MAIL, b"RSET", self._timeouts.command)).code // 100 != 2:
            self._cut()

    async def close(self) -> None:
        """Say goodbye within the time for it, and close."""
        if self.is_open:
            await self._command(Phase.MAIL, b"QUIT", self._timeouts.goodbye)
        self._cut()

    async def _transfer(self, envelope: Envelope, before_content: BeforeContent | None) -> Verdict | None:
        """Go through the phases until one is refused, or to the end."""
        recipient = envelope.recipient
        mail, rcpt = f"MAIL FROM:<{envelope.sender}>", f"RCPT TO:<{envelope.recipient}>"
        for phase, line in ((Phase.MAIL, mail), (Phase.RCPT, rcpt)):
            verdict = await self._command(phase, line.encode("ascii"), self._timeouts.command, recipient)
            if not is_positive(verdict):
                return verdict
        if before_content is not None and not await before_content():
            return None
        verdict = await self._command(Phase.DATA, b"DATA", self._timeouts.data, recipient)
        if not is_positive(verdict):
            return verdict
        return await self._converse(Phase.CONTENT, _on_the_wire(envelope.content), self._timeouts.content, recipient)

    async def _command(self, phase: Phase, line: bytes, timeout: timedelta, recipient: str = "") -> Verdict:
        return await self._converse(phase, line + b"\r\n", timeout, recipient)

    async def _converse(self, phase: Phase, octets: bytes, timeout: timedelta, recipient: str) -> Verdict:
        """Write and read one reply; every way in which this can break becomes a verdict of code 0."""
        protocol = self._smtp.protocol if self._smtp is not None else None
        if protocol is None or not protocol.is_connected:
            return lost(_before(phase), "it was closed before")
        if _has_unread(protocol):
            return lost(_before(phase), "a reply came unasked")
        try:
            protocol.write(octets)
            reply = await protocol.read_response(timeout=timeout.total_seconds())
        except (SMTPException, OSError) as error:
            return lost(phase, _reason(error))
        return read_reply(reply.code, reply.message, phase, recipient=recipient)

    def _cut(self) -> None:
        """Drop the connection without sending what still waits to be written."""
        if self._smtp is None:
            return
        if self._smtp.transport is not None:
            cast(asyncio.WriteTransport, self._smtp.transport).abort()  # uvloop's is none, but has it
        self._smtp.close()
        self._smtp = None


def _on_the_wire(content: bytes) -> bytes:
    """Return the content with CRLF line ends, dots doubled, and the dot that ends it (RFC 5321 4.5.2).

    A lone CR or LF becomes CRLF first: what another server takes for a line end cannot hide a second letter.
    """
    lines = _LINE_END.sub(b"\r\n", content)
    ended = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return _LINE_START_DOT.sub(b"..", ended) + b".\r\n"


def _reason(error: Exception) -> str:
    """Return in words how a conversation broke; libraries' own words may quote a reply."""
    if isinstance(error, SMTPTimeoutError):
        return "no reply in time"
    return "a reply that is not SMTP" if isinstance(error, SMTPResponseException) else "the relay hung up"


def _has_unread(protocol: SMTPProtocol) -> bool:
    """Tell whether more came than was asked for: it would be taken for the reply to the next command.

    aiosmtplib keeps the rest of a packet for later and has no public name for it.
    """
    return bool(protocol._buffer)


def _before(phase: Phase) -> Phase:
    """Return the phase that was reached before writing in `phase` began."""
    return Phase.DATA if phase is Phase.CONTENT else phase
