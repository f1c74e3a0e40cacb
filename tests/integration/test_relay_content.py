"""What reaches a relay, and when: nothing without an intent, one letter for one letter, no address kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailer.adapters.relay import SmtpRelay
from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build
from mailer.core.verdicts import Phase, Verdict
from tests.relay_talk import SMUGGLING, envelope, send_one, with_relay
from tests.smtp_server import SmtpServer, wait_until
from tests.smtp_steps import SILENCE, say


def test_a_withdrawn_letter_is_never_announced(smtp_server: SmtpServer) -> None:
    """Without a durable intent no DATA is sent, so that no empty letter can arrive; the next one goes on."""
    asked: list[int] = []

    async def refuse() -> bool:
        asked.append(len(smtp_server.commands))
        return False

    async def withdraw_and_send(relay: SmtpRelay) -> tuple[Verdict | None, Verdict | None]:
        return await relay.send(envelope(), refuse), await relay.send(envelope())

    withdrawn, accepted = with_relay(smtp_server, withdraw_and_send)

    assert withdrawn is None
    assert accepted.code == 250
    assert smtp_server.commands[1:5] == [
        "MAIL FROM:<bounces+1@solidarity.example>",
        "RCPT TO:<jane.doe@people.example>",
        "RSET",
        "MAIL FROM:<bounces+1@solidarity.example>",
    ]
    assert asked == [3]
    assert len(smtp_server.messages) == 1


def test_the_intent_is_asked_for_only_when_the_recipient_is_accepted(smtp_server: SmtpServer) -> None:
    """A refused recipient needs no intent, and gets no content."""
    smtp_server.script("rcpt", say("550 5.1.1 unknown"))

    async def fail() -> bool:
        raise AssertionError("asked for nothing")

    verdict = with_relay(smtp_server, lambda relay: relay.send(envelope(), fail))

    assert verdict.code == 550
    assert "DATA" not in smtp_server.commands


def test_a_failing_intent_cuts_the_connection(smtp_server: SmtpServer) -> None:
    """When the database fails at the intent, nothing of the letter may go out afterwards."""

    async def fail() -> bool:
        raise OSError("disk full")

    async def send_and_look(relay: SmtpRelay) -> bool:
        with pytest.raises(OSError, match="disk full"):
            await relay.send(envelope(), fail)
        return relay.is_open

    assert with_relay(smtp_server, send_and_look) is False
    assert "DATA" not in smtp_server.commands


def test_a_cancelled_letter_cuts_the_connection(smtp_server: SmtpServer) -> None:
    """A sender that is stopped while it waits leaves no reply behind for the next letter."""
    smtp_server.script("data", SILENCE)

    async def cancel(relay: SmtpRelay) -> bool:
        sending = asyncio.ensure_future(relay.send(envelope()))
        await asyncio.to_thread(wait_until, lambda: "DATA" in smtp_server.commands)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        return relay.is_open

    assert with_relay(smtp_server, cancel) is False
    assert smtp_server.messages == []


def test_sending_on_a_closed_relay_loses_nothing(smtp_server: SmtpServer) -> None:
    """A connection that died between two letters is told before any content."""

    async def send_after_hang_up(relay: SmtpRelay) -> Verdict | None:
        await asyncio.to_thread(smtp_server.hang_up)
        return await relay.send(envelope())

    verdict = with_relay(smtp_server, send_after_hang_up)

    assert (verdict.code, verdict.phase) == (0, Phase.MAIL)


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("dots", SMUGGLING, ids=repr)
def test_no_letter_hides_in_a_letter(start_smtp_server: Callable[..., SmtpServer], dots: str, lenient: bool) -> None:
    """Whatever a server takes for the end of data, one letter arrives and no command."""
    server = start_smtp_server(lenient=lenient)
    text = f"Dear all,{dots}MAIL FROM:<evil@x.example>\r\nRCPT TO:<x@y.example>\r\nDATA\r\nSubject: evil\r\n\r\nx{dots}"
    message = Message(
        Mailbox("a@solidarity.example"),
        Mailbox("jane@people.example"),
        "Test",
        text,
        "",
        datetime(2026, 12, 2, tzinfo=UTC),
        "<1@solidarity.example>",
        "1",
    )
    hostile = b"Subject: raw\r\n\r\n" + text.replace("\0", "").encode()

    async def send_both(relay: SmtpRelay) -> None:
        for content in (build(message), hostile):
            await relay.send(envelope(content))

    with_relay(server, send_both)

    assert server.recipients == ["jane.doe@people.example"] * 2
    assert not any("evil" in command for command in server.commands)
    for caught in server.messages:
        assert not re.search(rb"(?:\r\n|\r|\n)\.(?:\r|\n)", caught.wire)


@pytest.mark.parametrize("content", [b"", b".", b"\r\n.\r\n", b"Subject: x\r\n\r\n\0", "Subject: é".encode()])
def test_what_is_no_message_gets_no_envelope(content: bytes) -> None:
    """An empty letter, NUL or 8-bit content is refused before anything is said to the relay."""
    with pytest.raises(ValueError, match="ASCII"):
        envelope(content)


@pytest.mark.parametrize(
    "address", ['"a\r\nRCPT TO:<evil@x.example>"@y.example', "", "a b@x.example", "a@x.example> A=1"]
)
def test_an_address_that_is_not_one_gets_no_envelope(address: str) -> None:
    """SMTP libraries repair such addresses into other people's: they never reach it."""
    with pytest.raises(ValueError, match=r"address|@"):
        envelope(recipient=address)


def test_no_address_is_kept_from_a_reply(smtp_server: SmtpServer) -> None:
    """Relays repeat addresses in their replies, and verdicts are stored in clear."""
    smtp_server.script("rcpt", say("550-5.1.1 <jane.doe@people.example>: JANE.DOE", "550 5.1.1 \x1b[31munknown\x07"))

    verdict = send_one(smtp_server)

    assert verdict.text == "5.1.1 <(address)>: (address) [31munknown"
