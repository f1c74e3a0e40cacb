"""Letters one behind the other over a real connection: in each mode, on both loops, in clear and through TLS."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvloop

from mailer.adapters.relay import SmtpRelay, Timeouts
from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope
from tests.certificates import client_context, server_context
from tests.relay_talk import SMUGGLING, with_relay
from tests.smtp_server import SmtpServer, wait_until
from tests.smtp_steps import DEAF, HANG_UP_AFTER_ACCEPTING, Step, packets, say

GROUPED, CHUNKED = ("PIPELINING", "CHUNKING"), ("CHUNKING",)
LOOPS = [pytest.param(asyncio.run, id="asyncio"), pytest.param(uvloop.run, id="uvloop")]
RunOn = Callable[[Awaitable[Any]], Any]
LONG = b"Subject: long\r\n\r\n" + b".dot\r\n" * 40_000
SOON = timedelta(milliseconds=300)


def letter(number: int, content: bytes = b".Hello\r\n..\r\n") -> Envelope:
    """Return a letter that is known by its number."""
    head = b"Message-ID: <%d@solidarity.example>\r\n\r\n" % number
    return Envelope(f"l{number}@solidarity.example", f"p{number}@people.example", head + content, f"{number}")


async def in_a_row(relay: SmtpRelay, letters: list[Envelope]) -> list[Verdict]:
    """Hand letters over, each behind the one before it; open the relay again if it closed."""
    verdicts = []
    for number, envelope in enumerate(letters, 1):
        await relay.open()
        verdict = await relay.offer(envelope)
        following = letters[number] if number < len(letters) else None
        verdicts.append(await relay.transfer(following) if verdict.is_positive else verdict)
    return verdicts


@pytest.mark.parametrize("run_on", LOOPS)
@pytest.mark.parametrize("extensions", [(), GROUPED, CHUNKED], ids=["one by one", "grouped", "chunked"])
@pytest.mark.parametrize("way", ["clear", "smtps", "starttls"])
def test_letters_arrive_as_they_are(
    start_smtp_server: Callable[..., SmtpServer],
    certificate: Path,
    way: str,
    extensions: tuple[str, ...],
    run_on: RunOn,
) -> None:
    """Long ones and refused ones between them, over one connection that a library opened and that then is ours."""
    tls = {} if way == "clear" else {"tls": server_context(certificate), "implicit_tls": way == "smtps"}
    server = start_smtp_server(extensions=extensions, **tls)
    server.always("rcpt", lambda line: say("550 5.1.1 unknown") if b"p2@" in line else None)
    server.always("content", lambda wire: say("554 5.6.0 no") if b"<4@" in wire else None)
    letters = [letter(number, LONG if number == 3 else b".Hello\r\n..\r\n") for number in range(1, 7)]

    verdicts = with_relay(
        server, lambda relay: in_a_row(relay, letters), trust=client_context(certificate), run_on=run_on
    )

    assert [verdict.code for verdict in verdicts] == [250, 550, 250, 554, 250, 250]
    assert verdicts[1].phase is Phase.RCPT
    assert [caught.content for caught in server.messages] == [letters[n].content for n in (0, 2, 4, 5)]
    assert server.connections == 1
    assert [line.split(" ")[0] for line in server.commands].count("RSET") == 1 + (extensions == CHUNKED)


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("extensions", [GROUPED, CHUNKED], ids=["grouped", "chunked"])
def test_no_letter_hides_in_a_letter(
    start_smtp_server: Callable[..., SmtpServer], extensions: tuple[str, ...], lenient: bool
) -> None:
    """Whatever a server takes for the end of data, as many letters arrive as were sent, and no command of theirs."""
    server = start_smtp_server(extensions=extensions, lenient=lenient)
    letters = []
    for number, dots in enumerate(SMUGGLING):
        text = f"Dear all,{dots}MAIL FROM:<evil@x.example>\r\nRCPT TO:<x@y.example>\r\nDATA\r\nevil\r\n\r\nx{dots}"
        message = Message(
            Mailbox("a@solidarity.example"),
            Mailbox("jane@people.example"),
            "Test",
            text,
            "",
            datetime(2026, 12, 2, tzinfo=UTC),
            f"<{number}@solidarity.example>",
            "1",
        )
        letters.append(letter(2 * number, text.replace("\0", "").encode()))
        letters.append(Envelope("l@solidarity.example", f"p{2 * number + 1}@people.example", build(message), "1"))

    verdicts = with_relay(server, lambda relay: in_a_row(relay, letters))

    assert [verdict.code for verdict in verdicts] == [250] * len(letters)
    assert server.recipients == [envelope.recipient for envelope in letters]
    assert not any("evil" in command for command in server.commands)
    for caught in server.messages if extensions == GROUPED else ():
        assert not re.search(rb"(?:\r\n|\r|\n)\.(?:\r|\n)", caught.wire)


def test_a_letter_in_doubt_leaves_the_one_behind_it_without_doubt(
    start_smtp_server: Callable[..., SmtpServer],
) -> None:
    """The relay took the first and was gone; the second was on the wire, and went over the next connection."""
    server = start_smtp_server(extensions=GROUPED)
    server.script("content", HANG_UP_AFTER_ACCEPTING)

    async def send(relay: SmtpRelay) -> list[tuple[int, Phase]]:
        first, second = letter(1), letter(2)
        await relay.offer(first)
        verdicts = [await relay.transfer(second), await relay.offer(second)]
        assert not relay.is_open
        verdicts += await in_a_row(relay, [second])
        return [(verdict.code, verdict.phase) for verdict in verdicts]

    assert with_relay(server, send) == [(0, Phase.CONTENT), (0, Phase.MAIL), (250, Phase.CONTENT)]
    assert server.recipients == ["p1@people.example", "p2@people.example"]


@pytest.mark.parametrize("run_on", LOOPS)
@pytest.mark.parametrize(
    "step",
    [DEAF, packets(b"354 go ahead\r\n", b"250 2.0.0 taken\r\n")],
    ids=["deaf", "taken before it is there"],
)
def test_what_never_had_its_end_is_not_in_doubt(
    start_smtp_server: Callable[..., SmtpServer], step: Step, run_on: RunOn
) -> None:
    """The network is full, or the relay speaks too soon: neither this letter nor the next can have been taken."""
    server = start_smtp_server(extensions=GROUPED, buffer=65536)
    server.script("data", step)

    async def send(relay: SmtpRelay) -> list[tuple[int, Phase]]:
        first, second = letter(1, LONG * 30), letter(2)
        await relay.offer(first)
        verdicts = [await relay.transfer(second), await relay.offer(second)]
        return [(verdict.code, verdict.phase) for verdict in verdicts]

    verdicts = with_relay(server, send, Timeouts(block=SOON), run_on=run_on)

    assert verdicts == [(0, Phase.DATA), (0, Phase.MAIL)]
    assert server.messages == []


def test_a_withdrawn_invitation_brings_no_letter(start_smtp_server: Callable[..., SmtpServer]) -> None:
    """DATA was granted and the letter is not to go: the connection ends, and nothing came of it, not even a dot."""
    server = start_smtp_server(extensions=GROUPED)

    async def withdraw(relay: SmtpRelay) -> bool:
        assert (await relay.offer(letter(1))).is_positive
        await relay.withdraw()
        return relay.is_open

    assert with_relay(server, withdraw) is False
    wait_until(lambda: server.unfinished == [b""])
    assert server.messages == []


def test_a_letter_by_itself_is_asked_for_before_it_is_announced(start_smtp_server: Callable[..., SmtpServer]) -> None:
    """With `before_content` DATA stays out of the group, so that the letter can still be dropped gently."""
    server = start_smtp_server(extensions=GROUPED)
    asked: list[list[str]] = []

    async def refuse() -> bool:
        await asyncio.to_thread(wait_until, lambda: len(server.commands) == 3)
        asked.append([line.split(" ")[0] for line in server.commands])
        return False

    async def send(relay: SmtpRelay) -> list[Verdict | None]:
        return [await relay.send(letter(1), refuse), await relay.send(letter(2))]

    withdrawn, accepted = with_relay(server, send)

    assert withdrawn is None
    assert accepted.code == 250
    assert asked == [["EHLO", "MAIL", "RCPT"]]
    assert [line.split(" ")[0] for line in server.commands][3:] == ["RSET", "MAIL", "RCPT", "DATA", "QUIT"]
