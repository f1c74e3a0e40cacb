"""How does one letter go to an SMTP relay? One connection, step by step: MAIL, RCPT, DATA, content.

Law: content is written only while `before_content` has just agreed, and never in clear text to another
machine. Nothing is tried again here, and a connection in doubt is cut, not mended.
BUGS: a machine that sleeps stops its monotonic clock too, so that its sleep is not seen here.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta

from aiosmtplib import SMTP, SMTPException
from aiosmtplib.protocol import SMTPProtocol

from mailer.adapters.relay.content import hand_over, on_the_wire
from mailer.adapters.relay.opening import cut, open_connection
from mailer.adapters.relay.replies import is_positive, lost, read_reply, reason
from mailer.adapters.relay.settings import RelaySettings
from mailer.adapters.relay.timeouts import Timeouts
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import BeforeContent, Envelope

_PATIENT = Timeouts()


class SmtpRelay:
    """One persistent connection to a relay.

    `trust` replaces the system's certificates (tests). A reply other than 2xx leaves the connection usable;
    a lost, silent or confused one is closed, `is_open` tells, and the caller opens it again.
    """

    def __init__(
        self, settings: RelaySettings, timeouts: Timeouts = _PATIENT, *, trust: ssl.SSLContext | None = None
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
            self._smtp = await open_connection(self.settings, self._timeouts, self._trust)

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
        for phase, line, timeout in (
            (Phase.MAIL, mail, self._timeouts.mail),
            (Phase.RCPT, rcpt, self._timeouts.rcpt),
        ):
            verdict = await self._command(phase, line.encode("ascii"), timeout, recipient)
            if not is_positive(verdict):
                return verdict
        agreed_at = asyncio.get_running_loop().time()  # not after: a process can be stopped while it hears the answer
        if before_content is not None and not await before_content():
            return None
        verdict = await self._command(Phase.DATA, b"DATA", self._timeouts.data, recipient)
        if not is_positive(verdict):
            return verdict
        protocol = self._ready(Phase.DATA)
        if isinstance(protocol, Verdict):
            return protocol
        octets = on_the_wire(envelope.content)
        return await hand_over(protocol, octets, self._timeouts, agreed_at=agreed_at, recipient=recipient)

    async def _command(self, phase: Phase, line: bytes, timeout: timedelta, recipient: str = "") -> Verdict:
        return await self._converse(phase, line + b"\r\n", timeout, recipient)

    async def _converse(self, phase: Phase, octets: bytes, timeout: timedelta, recipient: str) -> Verdict:
        """Write and read one reply; every way in which this can break becomes a verdict of code 0."""
        protocol = self._ready(phase)
        if isinstance(protocol, Verdict):
            return protocol
        try:
            protocol.write(octets)
            reply = await protocol.read_response(timeout=timeout.total_seconds())
        except (SMTPException, OSError) as error:
            return lost(phase, reason(error))
        return read_reply(reply.code, reply.message, phase, recipient=recipient)

    def _ready(self, phase: Phase) -> SMTPProtocol | Verdict:
        """Return what can be written to, or how the connection broke before `phase`."""
        protocol = self._smtp.protocol if self._smtp is not None else None
        if protocol is None or not protocol.is_connected:
            return lost(phase, "it was closed before")
        return lost(phase, "a reply came unasked") if _has_unread(protocol) else protocol

    def _cut(self) -> None:
        """Drop the connection, if there is one."""
        if self._smtp is not None:
            cut(self._smtp)
        self._smtp = None


def _has_unread(protocol: SMTPProtocol) -> bool:
    """Tell whether more came than was asked for: it would be taken for the reply to the next command.

    aiosmtplib keeps the rest of a packet for later and has no public name for it.
    """
    return bool(protocol._buffer)
