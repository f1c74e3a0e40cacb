"""The demo's mail server, spoken to by the standard library's SMTP client."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mailer.adapters.catchall import CatchAll, CaughtMail

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MAIL = b"From: a@solidarity.example\r\nTo: b@people.example\r\nSubject: Test\r\n\r\nFirst\r\n.\r\nLast\r\n"


@pytest.fixture
def server() -> Iterator[CatchAll]:
    """A server that is listening."""
    with CatchAll(lambda: NOON) as running:
        yield running


def send(server: CatchAll, *recipients: str, content: bytes = MAIL) -> None:
    """Hand one mail to `server` in one connection."""
    with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
        client.sendmail("a@solidarity.example", recipients, content)


def test_a_mail_is_kept_as_it_was_sent(server: CatchAll) -> None:
    """The bytes are those that were handed in, lone dots included, with envelope and time beside them."""
    send(server, "b@people.example")

    assert server.messages == (CaughtMail(1, NOON, "a@solidarity.example", "b@people.example", MAIL),)


def test_a_mail_to_two_people_is_caught_twice(server: CatchAll) -> None:
    """Every recipient has an entry of their own, so that the list tells who got what."""
    send(server, "b@people.example", "c@people.example")

    assert [mail.recipient for mail in server.messages] == ["b@people.example", "c@people.example"]


def test_mails_are_numbered_across_connections(server: CatchAll) -> None:
    """A number names one mail for as long as the server lives."""
    for name in "bcd":
        send(server, f"{name}@people.example")

    assert [mail.number for mail in server.messages] == [1, 2, 3]


def test_bytes_that_are_no_text_are_kept(server: CatchAll) -> None:
    """A mail in no valid encoding is neither refused nor mended."""
    content = b"Subject: \xff\xfe\r\n\r\n\x80\x81\r\n"
    send(server, "b@people.example", content=content)

    assert server.messages[0].content == content


def test_what_was_caught_outlives_the_server() -> None:
    """The inbox can still be read after the server has stopped, and nobody can add to it."""
    with CatchAll(lambda: NOON) as server:
        send(server, "b@people.example")
        port = server.port

    assert len(server.messages) == 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)


def test_two_servers_take_two_ports() -> None:
    """Port 0 means a free one, told by `port` and in the relay URL."""
    with CatchAll(lambda: NOON) as one, CatchAll(lambda: NOON) as other:
        assert one.port != other.port
        assert one.relay_url == f"smtp+insecure://127.0.0.1:{one.port}"


def test_a_taken_port_is_told() -> None:
    """A port that somebody else listens on is an error at the start, not a silent second choice."""
    with CatchAll(lambda: NOON) as first, pytest.raises(OSError, match="in use"):
        CatchAll(lambda: NOON, port=first.port).start()
