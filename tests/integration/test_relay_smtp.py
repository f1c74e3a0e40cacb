"""One letter over SMTP: every reply at every phase, lost connections, and what is waited for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta

import pytest

from mailer.adapters.relay import SmtpRelay, Timeouts
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope
from tests.relay_talk import BODY, envelope, send_one, send_twice, with_relay
from tests.smtp_server import SmtpServer, wait_until
from tests.smtp_steps import GARBAGE, HANG_UP, HANG_UP_AFTER_ACCEPTING, SILENCE, Step, packets, say

SHORT = timedelta(milliseconds=200)
IMPATIENT = Timeouts(**dict.fromkeys((limit.name for limit in fields(Timeouts)), SHORT))
PHASES = [Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT]


def test_a_letter_arrives_as_it_is(smtp_server: SmtpServer) -> None:
    """Envelope and bytes are exactly what was handed over."""
    verdict = send_one(smtp_server)

    assert verdict == Verdict(250, "2.0.0", "2.0.0 taken", Phase.CONTENT)
    [caught] = smtp_server.messages
    assert (caught.sender, caught.recipients) == ("bounces+1@solidarity.example", ("jane.doe@people.example",))
    assert caught.content == BODY
    assert smtp_server.commands == [
        "EHLO [127.0.0.1]",
        "MAIL FROM:<bounces+1@solidarity.example>",
        "RCPT TO:<jane.doe@people.example>",
        "DATA",
        "QUIT",
    ]


def test_letters_share_one_connection(smtp_server: SmtpServer) -> None:
    """Two letters need one connection and one greeting."""
    verdicts = with_relay(smtp_server, send_twice)

    assert [verdict.code for verdict in verdicts] == [250, 250]
    assert smtp_server.connections == 1
    assert len(smtp_server.messages) == 2


def test_the_null_sender_is_written_empty(smtp_server: SmtpServer) -> None:
    """What a machine answers must not be answered by machines (RFC 3834 3.3)."""
    with_relay(smtp_server, lambda relay: relay.send(Envelope("", "jane@people.example", BODY, "1")))

    assert "MAIL FROM:<>" in smtp_server.commands


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(
    "reply",
    [
        "450 4.2.1 mailbox busy",
        "451 4.3.0 try later",
        "452 4.2.2 full",
        "454 4.7.1 throttled",
        "550 5.1.1 unknown",
        "552 5.3.4 too big",
        "554 5.7.1 policy",
        "550 no status",
    ],
)
def test_a_refusal_is_a_verdict_and_the_next_letter_goes_on(smtp_server: SmtpServer, phase: Phase, reply: str) -> None:
    """A reply is data: code, status, text and phase are kept, and the connection still works."""
    smtp_server.script(phase, say(reply))

    refused, accepted = with_relay(smtp_server, send_twice)

    status = re.match(r"\d{3} (\d\.\d\.\d)?", reply)
    assert status
    assert refused == Verdict(int(reply[:3]), status[1] or "", reply[4:], phase)
    assert accepted.code == 250
    assert smtp_server.connections == 1
    assert len(smtp_server.messages) == 1


@pytest.mark.parametrize("phase", PHASES)
def test_after_421_the_connection_is_closed(smtp_server: SmtpServer, phase: Phase) -> None:
    """421 ends a connection (RFC 5321 3.8); opening it again is the caller's job."""
    smtp_server.script(phase, say("421 4.3.2 going down"))

    async def send_and_look(relay: SmtpRelay) -> tuple[Verdict | None, bool, Verdict | None]:
        verdict, is_open = await relay.send(envelope()), relay.is_open
        await relay.open()
        return verdict, is_open, await relay.send(envelope())

    refused, is_open, accepted = with_relay(smtp_server, send_and_look)

    assert refused == Verdict(421, "4.3.2", "4.3.2 going down", phase)
    assert not is_open
    assert accepted.code == 250
    assert smtp_server.connections == 2


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(
    "step",
    [HANG_UP, SILENCE, GARBAGE, Step((b"250",), "hang up"), say("199 what"), say("600 what"), Step((b"25", b"\n"))],
    ids=["hang-up", "silence", "garbage", "cut in the reply", "199", "600", "two digits"],
)
def test_a_broken_conversation_tells_its_phase(smtp_server: SmtpServer, phase: Phase, step: Step) -> None:
    """Only after the content was written is it unknown whether the relay took the letter."""
    smtp_server.script(phase, step)

    async def send_and_look(relay: SmtpRelay) -> tuple[Verdict | None, bool]:
        return await relay.send(envelope()), relay.is_open

    verdict, is_open = with_relay(smtp_server, send_and_look, IMPATIENT)

    assert (verdict.code, verdict.phase) == (0, phase)
    assert verdict.text.startswith("connection lost: ")
    assert not is_open
    assert smtp_server.messages == []


def test_a_letter_taken_before_the_hang_up_is_uncertain(smtp_server: SmtpServer) -> None:
    """The relay took it and the reply was lost: the verdict says that content was written."""
    smtp_server.script("content", HANG_UP_AFTER_ACCEPTING)

    verdict = send_one(smtp_server)

    assert (verdict.code, verdict.phase) == (0, Phase.CONTENT)
    assert len(smtp_server.messages) == 1


@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.CONTENT])
def test_a_promise_to_go_on_is_no_acceptance(smtp_server: SmtpServer, phase: Phase) -> None:
    """354 where 250 belongs means that replies and commands do not match any more."""
    smtp_server.script(phase, say("354 go ahead"))

    assert (send_one(smtp_server).code, send_one(smtp_server).code) == (0, 250)


def test_content_is_not_written_without_an_invitation(smtp_server: SmtpServer) -> None:
    """250 in reply to DATA invites nothing."""
    smtp_server.script("data", Step((b"250 2.0.0 ok\r\n",)))

    verdict = send_one(smtp_server)

    assert (verdict.code, verdict.phase) == (0, Phase.DATA)
    assert not any("Subject" in command for command in smtp_server.commands)


def test_replies_in_two_packets_and_many_lines_are_one_reply(smtp_server: SmtpServer) -> None:
    """The network cuts where it likes, and the status stands on every line (RFC 2034 4)."""
    smtp_server.script("mail", packets(b"250-2.1.0 o", b"k\r\n250", b" 2.1.0 fine\r\n"))
    smtp_server.script("rcpt", say("550-5.1.1 The account", "550-5.1.1 that you tried", "550 5.1.1 does not exist."))

    refused, accepted = with_relay(smtp_server, send_twice)

    assert refused == Verdict(550, "5.1.1", "5.1.1 The account that you tried does not exist.", Phase.RCPT)
    assert accepted.code == 250


def test_an_unasked_reply_is_never_taken_for_the_next_one(smtp_server: SmtpServer) -> None:
    """250 then 421 in one packet: the letter is sent, and the connection is given up before the next."""
    smtp_server.script("content", packets(b"250 2.0.0 taken\r\n421 4.3.2 bye\r\n"))

    first, second = with_relay(smtp_server, send_twice)

    assert first.code == 250
    assert (second.code, second.phase) == (0, Phase.MAIL)
    assert len(smtp_server.messages) == 1


def test_an_acceptance_before_the_content_is_not_believed(smtp_server: SmtpServer) -> None:
    """A relay that says 250 together with 354 has not seen the letter."""
    smtp_server.script("data", packets(b"354 go ahead\r\n250 2.0.0 taken\r\n"))

    verdict = send_one(smtp_server)

    assert (verdict.code, verdict.phase) == (0, Phase.DATA)
    wait_until(lambda: smtp_server.unfinished == [b""])
    assert smtp_server.messages == []


def test_a_relay_that_closes_after_each_letter_is_opened_again(
    start_smtp_server: Callable[..., SmtpServer],
) -> None:
    """Closing after N messages loses none: the next is refused before content, and the caller opens again."""
    server = start_smtp_server(close_after=1)

    async def send_three(relay: SmtpRelay) -> list[int]:
        codes = []
        while sum(code == 250 for code in codes) < 3:
            await relay.open()
            verdict = await relay.send(envelope())
            assert verdict is not None
            assert verdict.phase in (Phase.MAIL, Phase.CONTENT)
            codes.append(verdict.code)
        return codes

    assert with_relay(server, send_three).count(250) == 3
    assert len(server.messages) == server.connections == 3


def test_slow_bytes_are_waited_for(smtp_server: SmtpServer) -> None:
    """A relay that answers byte by byte is slow and not silent."""
    smtp_server.script("content", packets(*(bytes([octet]) for octet in b"250 2.0.0 ok\r\n")))

    assert send_one(smtp_server).code == 250


def test_goodbye_does_not_wait_for_a_silent_relay(smtp_server: SmtpServer) -> None:
    """A clean stop takes seconds even if the relay is stuck."""
    smtp_server.script("quit", SILENCE)

    assert send_one(smtp_server, Timeouts(goodbye=SHORT)).code == 250
