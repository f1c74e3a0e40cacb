"""The way to a relay: TLS or nothing, one try to log in, and errors that tell no secret."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.errors import RelayError, RelayPolicyError, RelayUnavailableError
from mailer.flows.relaying import Envelope
from tests.certificates import client_context, make_certificate, server_context
from tests.smtp_server import SmtpServer
from tests.smtp_steps import GARBAGE, HANG_UP, SILENCE, Step, say

Start = Callable[..., SmtpServer]
SHORT = Timeouts(
    connect=timedelta(seconds=5), greeting=timedelta(milliseconds=300), command=timedelta(milliseconds=300)
)
LETTER = Envelope("a@solidarity.example", "jane@people.example", b"Subject: x\r\n\r\nx\r\n", "1")
PASSWORD = "p@ss:w/rd#?%"
QUOTED = "p%40ss%3Aw%2Frd%23%3F%25"


def with_login(url: str, user: str = "campaigner", password: str = QUOTED) -> str:
    """Return the URL with a login."""
    return url.replace("://", f"://{user}:{password}@")


def send(url: str, trust: ssl.SSLContext | None = None) -> int:
    """Open a relay, hand one letter over, close it; return the code of the reply."""

    async def run() -> int:
        relay = SmtpRelay(parse_relay_url(url), SHORT, trust=trust)
        await relay.open()
        try:
            verdict = await relay.send(LETTER)
            return verdict.code if verdict else 0
        finally:
            await relay.close()

    return asyncio.run(run())


@pytest.mark.parametrize("implicit", [True, False], ids=["smtps", "starttls"])
def test_a_letter_and_the_login_go_over_tls(start_smtp_server: Start, certificate: Path, implicit: bool) -> None:
    """Both kinds of TLS work, and nothing but EHLO and STARTTLS is said before it."""
    server = start_smtp_server(tls=server_context(certificate), implicit_tls=implicit, users={"campaigner": PASSWORD})

    assert send(with_login(server.url), client_context(certificate)) == 250
    assert server.logins == ["campaigner"]
    assert server.commands[:2] == (
        ["EHLO [127.0.0.1]", server.commands[1]] if implicit else ["EHLO [127.0.0.1]", "STARTTLS"]
    )


def test_stripped_starttls_gets_neither_login_nor_letter(start_smtp_server: Start, certificate: Path) -> None:
    """Somebody on the way removes the offer: nothing goes out in clear text."""
    server = start_smtp_server(tls=server_context(certificate), strip_starttls=True, users={"campaigner": PASSWORD})

    with pytest.raises(RelayPolicyError, match="offers no STARTTLS"):
        send(with_login(server.url), client_context(certificate))

    assert server.commands == ["EHLO [127.0.0.1]"]


def test_a_refused_starttls_gets_neither_login_nor_letter(start_smtp_server: Start, certificate: Path) -> None:
    """An offer that is taken back is as good as none."""
    server = start_smtp_server(tls=server_context(certificate))
    server.script("starttls", say("454 4.7.0 not now"))

    with pytest.raises(RelayUnavailableError):
        send(server.url, client_context(certificate))

    assert server.commands == ["EHLO [127.0.0.1]", "STARTTLS"]


@pytest.mark.parametrize("implicit", [True, False], ids=["smtps", "starttls"])
@pytest.mark.parametrize("fault", ["unknown authority", "other host", "expired"])
def test_a_wrong_certificate_is_refused(start_smtp_server: Start, tmp_path: Path, implicit: bool, fault: str) -> None:
    """Self-signed, for another host, or expired: the relay may be somebody else."""
    shown = make_certificate(
        tmp_path, host="other.example" if fault == "other host" else "localhost", expired=fault == "expired"
    )
    server = start_smtp_server(tls=server_context(shown), implicit_tls=implicit)
    trust = client_context(None if fault == "unknown authority" else shown)

    with pytest.raises(RelayPolicyError, match="certificate cannot be trusted") as refused:
        send(with_login(server.url), trust)

    assert refused.value.exit_code == 77
    assert server.logins == []


@pytest.mark.parametrize("methods", ["PLAIN LOGIN", "LOGIN", "PLAIN"])
def test_every_common_login_works(start_smtp_server: Start, methods: str) -> None:
    """The password arrives as it is, special characters and all."""
    server = start_smtp_server(users={"campaigner": PASSWORD}, auth_methods=methods)

    assert send(with_login(server.url)) == 250


def test_a_refused_login_is_tried_once_and_told_without_secrets(start_smtp_server: Start) -> None:
    """Exit code 77; neither user name nor password is in the error, whatever the relay repeats."""
    server = start_smtp_server(users={"campaigner": "right"})

    with pytest.raises(RelayPolicyError, match=r"the login was refused: 535 5\.7\.8") as refused:
        send(with_login(server.url))

    assert refused.value.exit_code == 77
    assert server.logins == ["campaigner"]
    assert not _chain_tells(refused.value, "campaigner", "ss:w", QUOTED)
    assert server.messages == []


def test_a_login_that_fails_for_now_is_no_refusal(start_smtp_server: Start) -> None:
    """454 means that the relay's own directory is down."""
    server = start_smtp_server(users={"campaigner": PASSWORD})
    server.script("auth", say("454 4.7.0 directory down"))

    with pytest.raises(RelayUnavailableError):
        send(with_login(server.url))


def test_a_relay_without_login_is_told(smtp_server: SmtpServer) -> None:
    """A password that cannot be used is a setting to be mended."""
    with pytest.raises(RelayPolicyError, match="offers no login"):
        send(with_login(smtp_server.url))


@pytest.mark.parametrize("phase", ["connect", "ehlo"])
@pytest.mark.parametrize(
    ("step", "error"),
    [
        (say("421 4.3.2 too many"), RelayUnavailableError),
        (say("554 5.7.1 not you"), RelayPolicyError),
        (HANG_UP, RelayUnavailableError),
        (SILENCE, RelayUnavailableError),
        (GARBAGE, RelayUnavailableError),
        (Step((b"x" * 40_000,)), RelayUnavailableError),
    ],
    ids=["421", "554", "hang-up", "silence", "garbage", "endless line"],
)
def test_a_bad_greeting_is_our_error(smtp_server: SmtpServer, phase: str, step: Step, error: type[RelayError]) -> None:
    """Whatever happens before MAIL is told as one of two errors, and nothing was sent."""
    smtp_server.script(phase, step)

    with pytest.raises(error):
        send(smtp_server.url)

    assert smtp_server.messages == []


def test_nobody_there_is_unavailable() -> None:
    """A refused connection names the relay and is a ConnectionError too."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"smtp+insecure://127.0.0.1:{unused.getsockname()[1]}"

        with pytest.raises(RelayUnavailableError, match=url.replace("+", r"\+")) as refused:
            send(url)

    assert isinstance(refused.value, ConnectionError)


def test_plain_text_to_a_tls_port_is_unavailable(start_smtp_server: Start, certificate: Path) -> None:
    """A scheme that does not fit the port ends in an error, not in a wait without end."""
    server = start_smtp_server(tls=server_context(certificate), implicit_tls=True)

    with pytest.raises(RelayUnavailableError):
        send(f"smtp+insecure://127.0.0.1:{server.port}")


def test_opening_an_open_relay_changes_nothing(smtp_server: SmtpServer) -> None:
    """A caller may always open before it sends."""

    async def open_twice() -> None:
        relay = SmtpRelay(parse_relay_url(smtp_server.url))
        await relay.open()
        await relay.open()
        await relay.close()
        await relay.close()

    asyncio.run(open_twice())

    assert smtp_server.connections == 1


def _chain_tells(error: BaseException | None, *secrets: str) -> bool:
    """Tell whether a traceback of `error` would show one of the secrets."""
    while error is not None:
        if any(secret in f"{error} {error.args}" for secret in secrets):
            return True
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False
