"""How long is a relay waited for, and what does a sender that stood still? The RFC's limits, each at its step."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.core.verdicts import Phase, Verdict, rule_for
from mailer.errors import RelayUnavailableError
from tests.relay_talk import envelope, open_and_close, send_one, with_relay
from tests.smtp_server import SmtpServer, wait_until
from tests.smtp_steps import DEAF, SILENCE, packets, say

SOON = timedelta(milliseconds=300)
LONG_LETTER = envelope(b"Subject: long\r\n\r\n" + (b"x" * 998 + b"\r\n") * 8_000)  # more than sockets hold


@pytest.fixture
def reluctant(start_smtp_server: Callable[..., SmtpServer]) -> SmtpServer:
    """A server whose system takes no more from the network than it reads."""
    return start_smtp_server(buffer=65536)


def test_the_limits_are_those_of_the_rfc() -> None:
    """RFC 5321 4.5.3.2.1 to 4.5.3.2.6, in their order; a TCP connection and a goodbye may be given up sooner."""
    limits = Timeouts()

    assert limits.greeting == timedelta(minutes=5)
    assert limits.mail == timedelta(minutes=5)
    assert limits.rcpt == timedelta(minutes=5)
    assert limits.data == timedelta(minutes=2)
    assert limits.block == timedelta(minutes=3)
    assert limits.content == timedelta(minutes=10)
    assert limits.command == timedelta(minutes=5)
    assert limits.connect <= timedelta(minutes=1)
    assert limits.goodbye <= timedelta(seconds=2)


def test_a_machine_that_answers_nothing_is_not_connected_to_for_ever() -> None:
    """The network can swallow a connection; the other limits are left long here."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        callers = [socket.socket() for _ in range(4)]  # they fill the queue, so that the next one hears nothing
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        relay = SmtpRelay(parse_relay_url(f"smtp+insecure://127.0.0.1:{full.getsockname()[1]}"), Timeouts(connect=SOON))

        with pytest.raises(RelayUnavailableError, match="no reply in time"):
            open_and_close(relay)
        for caller in callers:
            caller.close()


def test_a_relay_that_reads_no_more_is_given_up_and_its_letter_is_tried_again(reluctant: SmtpServer) -> None:
    """The write stalls, the final dot never left: the letter cannot have been taken (RFC 5321 4.5.3.2.5)."""
    reluctant.script("data", DEAF)

    async def send_and_look(relay: SmtpRelay) -> tuple[Verdict | None, bool]:
        return await relay.send(LONG_LETTER), relay.is_open

    verdict, is_open = with_relay(reluctant, send_and_look, Timeouts(block=SOON))

    assert (verdict.code, verdict.phase, is_open) == (0, Phase.DATA, False)
    assert rule_for(verdict).name == "lost before the final dot"


def test_a_long_letter_arrives_as_it_is(smtp_server: SmtpServer) -> None:
    """Blocks are how it is written, not what it is."""
    letter = envelope(b"Subject: long\r\n\r\n" + b"".join(b".%d\r\n" % number for number in range(20_000)))

    verdict = with_relay(smtp_server, lambda relay: relay.send(letter))

    assert verdict.code == 250
    assert [caught.content for caught in smtp_server.messages] == [letter.content]


def test_a_refusal_in_the_middle_of_the_content_is_heard(reluctant: SmtpServer) -> None:
    """552 before the end is the verdict; what was begun is never ended, so the connection is cut."""
    reluctant.script("data", packets(b"354 go ahead\r\n", b"552 5.3.4 too big\r\n"))

    async def send_and_look(relay: SmtpRelay) -> tuple[Verdict | None, bool]:
        return await relay.send(LONG_LETTER), relay.is_open

    verdict, is_open = with_relay(reluctant, send_and_look)

    assert verdict == Verdict(552, "5.3.4", "5.3.4 too big", Phase.CONTENT)
    assert not is_open
    wait_until(lambda: len(reluctant.unfinished) == 1)
    assert reluctant.messages == []


def test_an_acceptance_in_the_middle_of_the_content_is_not_believed(reluctant: SmtpServer) -> None:
    """A relay that takes what it has not read is confused, and the letter is tried again."""
    reluctant.script("data", packets(b"354 go ahead\r\n", b"250 2.0.0 taken\r\n"))

    verdict = with_relay(reluctant, lambda relay: relay.send(LONG_LETTER))

    assert (verdict.code, verdict.phase) == (0, Phase.DATA)
    wait_until(lambda: len(reluctant.unfinished) == 1)
    assert reluctant.messages == []


def test_a_refusal_outlives_a_relay_that_then_falls_silent(smtp_server: SmtpServer) -> None:
    """RSET may take as long as a command; the verdict stands, and the connection is given up."""
    smtp_server.script("rcpt", say("550 5.1.1 unknown"))
    smtp_server.script("rset", SILENCE)

    async def send_and_look(relay: SmtpRelay) -> tuple[Verdict | None, bool]:
        return await relay.send(envelope()), relay.is_open

    verdict, is_open = with_relay(smtp_server, send_and_look, Timeouts(command=SOON))

    assert (verdict.code, verdict.phase, is_open) == (550, Phase.RCPT, False)


def test_content_is_not_invited_by_a_relay_that_refused_its_recipient(smtp_server: SmtpServer) -> None:
    """550 to RCPT with a 354 behind it, for a DATA that nobody said: not one octet of content, no lone dot."""
    smtp_server.script("rcpt", packets(b"550 5.1.1 unknown\r\n354 go ahead\r\n"))

    verdict = send_one(smtp_server)

    assert (verdict.code, verdict.phase) == (550, Phase.RCPT)
    assert [line.split(" ")[0] for line in smtp_server.commands] == ["EHLO", "MAIL", "RCPT"]


def test_an_agreement_that_came_too_late_gets_no_content(smtp_server: SmtpServer) -> None:
    """The letter may be another sender's by now: DATA was said, and the connection is cut without content."""

    async def agree_late() -> bool:
        await asyncio.sleep(0.3)
        return True

    late = Timeouts(data=timedelta(milliseconds=200))
    verdict = with_relay(smtp_server, lambda relay: relay.send(envelope(), agree_late), late)

    assert (verdict.code, verdict.phase) == (0, Phase.DATA)
    wait_until(lambda: smtp_server.unfinished == [b""])
    assert smtp_server.messages == []


def test_a_sender_that_stood_still_in_the_middle_of_the_content_never_ends_it(reluctant: SmtpServer) -> None:
    """The relay read on meanwhile; the block limit has passed, so the final dot is not written any more."""
    reluctant.script("data", replace(packets(b"354 go ahead\r\n", b""), accepts=True))

    async def stand_still(relay: SmtpRelay) -> Verdict | None:
        sending = asyncio.ensure_future(relay.send(LONG_LETTER))
        await asyncio.to_thread(wait_until, lambda: "DATA" in reluctant.commands)
        await asyncio.sleep(0.01)
        time.sleep(0.5)
        return await sending

    verdict = with_relay(reluctant, stand_still, Timeouts(block=SOON))

    assert (verdict.code, verdict.phase) == (0, Phase.DATA)
    wait_until(lambda: len(reluctant.unfinished) == 1)
    assert reluctant.messages == []


CHILD = """
import asyncio, sys
from datetime import timedelta
from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.flows.relaying import Envelope

async def agree():
    return True

async def main():
    relay = SmtpRelay(parse_relay_url(sys.argv[1]), Timeouts(data=timedelta(seconds=1)))
    await relay.open()
    letter = Envelope("a@solidarity.example", "jane@people.example", b"Subject: x\\r\\n\\r\\nx\\r\\n", "1")
    verdict = await relay.send(letter, agree)
    print(verdict.code, verdict.phase)

asyncio.run(main())
"""


@pytest.mark.parametrize(("stopped_for", "said"), [(1.5, "0 data"), (0, "250 content")])
def test_a_process_that_was_stopped_after_the_agreement_writes_nothing(
    smtp_server: SmtpServer, stopped_for: float, said: str
) -> None:
    """SIGSTOP when it has said DATA, the relay's 354 waits for it, SIGCONT after the limit: no content follows."""
    held: list[int] = []

    def stop(line: bytes) -> None:
        os.kill(child.pid, signal.SIGSTOP)
        held.append(os.waitpid(child.pid, os.WUNTRACED)[1])

    smtp_server.always("data", stop)
    with subprocess.Popen([sys.executable, "-c", CHILD, smtp_server.url], stdout=subprocess.PIPE, text=True) as child:
        try:
            wait_until(lambda: bool(held), seconds=60)
            time.sleep(stopped_for)
        finally:
            child.send_signal(signal.SIGCONT)
        printed, _ = child.communicate(timeout=60)

    assert os.WIFSTOPPED(held[0])
    assert printed.strip() == said
    assert len(smtp_server.messages) == (said == "250 content")
    assert [content for content in smtp_server.unfinished if content] == []
