"""How do tests talk to a relay? Letters, and one conversation from opening to goodbye."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.core.verdicts import Verdict
from mailer.flows.relaying import Envelope
from tests.smtp_server import SmtpServer

PATIENT = Timeouts()
BODY = b"Message-ID: <1@solidarity.example>\r\nSubject: Test\r\n\r\nHello\r\n"

Send = Callable[[SmtpRelay], Awaitable[Any]]


def envelope(content: bytes = BODY, recipient: str = "jane.doe@people.example") -> Envelope:
    """Return a letter."""
    return Envelope("bounces+1@solidarity.example", recipient, content, "1.alert")


def with_relay(server: SmtpServer, act: Send, timeouts: Timeouts = PATIENT) -> Any:
    """Open a relay, act, close it."""

    async def run() -> Any:
        relay = SmtpRelay(parse_relay_url(server.url), timeouts)
        await relay.open()
        try:
            return await act(relay)
        finally:
            await relay.close()

    return asyncio.run(run())


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
