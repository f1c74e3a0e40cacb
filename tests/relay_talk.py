"""How do tests talk to a relay? Letters, and one conversation from opening to goodbye."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.core.verdicts import Verdict
from mailer.flows.relaying import Envelope
from tests.smtp_server import SmtpServer

PATIENT = Timeouts()
# what some server or other takes for the end of data, one of them RFC 5321's own
SMUGGLING = ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n.\r", "\r.\n", "\r\n.\r\n", "\r\n\0.\r\n"]
BODY = b"Message-ID: <1@solidarity.example>\r\nSubject: Test\r\n\r\nHello\r\n"

Send = Callable[[SmtpRelay], Awaitable[Any]]


def envelope(content: bytes = BODY, recipient: str = "jane.doe@people.example") -> Envelope:
    """Return a letter."""
    return Envelope("bounces+1@solidarity.example", recipient, content, "1.alert")


def with_relay(
    server: SmtpServer,
    act: Send,
    timeouts: Timeouts = PATIENT,
    *,
    trust: ssl.SSLContext | None = None,
    run_on: Callable[[Awaitable[Any]], Any] = asyncio.run,
) -> Any:
    """Open a relay, act, close it, all on a loop of one kind."""

    async def run() -> Any:
        relay = SmtpRelay(parse_relay_url(server.url), timeouts, trust=trust)
        await relay.open()
        try:
            return await act(relay)
        finally:
            await relay.close()

    return run_on(run())


def open_and_close(relay: SmtpRelay) -> None:
    """Open a relay, close it."""

    async def run() -> None:
        try:
            await relay.open()
        finally:
            await relay.close()

    asyncio.run(run())


def send_one(server: SmtpServer, timeouts: Timeouts = PATIENT) -> Verdict:
    """Hand one letter over and return the verdict."""
    verdict = with_relay(server, lambda relay: relay.send(envelope()), timeouts)
    assert isinstance(verdict, Verdict)
    return verdict


async def send_twice(relay: SmtpRelay) -> tuple[Verdict | None, Verdict | None]:
    """Hand two letters over one after the other."""
    return await relay.send(envelope()), await relay.send(envelope())
