"""What is particular to IMAP: certificates, logins, servers that hang up, and what they must not make us do."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path

import pytest
from imapclient import DELETED

from mailer.adapters.mailbox import open_mailbox, parse_mailbox_url
from mailer.adapters.mailbox.imap import ImapMailbox
from mailer.adapters.mailbox.opening import open_client
from mailer.core.incoming import Place
from mailer.errors import MailboxPolicyError, MailboxUnavailableError
from tests.certificates import client_context, make_certificate, server_context
from tests.imap_server import ImapServer, imap_server
from tests.maildirs import mail


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[ImapServer]:
    """A server that can do all that we ask for."""
    with imap_server(certificate) as started:
        yield started


@pytest.fixture
def trust(certificate: Path) -> ssl.SSLContext:
    """What the server's certificate is checked with."""
    return client_context(certificate)


def opened(url: str, trust: ssl.SSLContext | None = None, should_stop: Callable[[], bool] = lambda: False):
    """Return a mailbox that closes itself."""
    return closing(ImapMailbox(parse_mailbox_url(url), should_stop, trust))


def test_a_certificate_that_nobody_vouches_for_is_refused(server: ImapServer) -> None:
    """Whoever stands in between would read every mail, and the password."""
    with pytest.raises(MailboxPolicyError, match="certificate cannot be trusted"):
        open_mailbox(parse_mailbox_url(server.account().url))


def test_the_certificate_of_another_name_is_refused(server: ImapServer, trust: ssl.SSLContext, tmp_path: Path) -> None:
    """It is good, but for another server."""
    other = make_certificate(tmp_path, host="imap.example")
    trust.load_verify_locations(other)
    with scripted(b"* OK\r\n", certificate=other) as port, pytest.raises(MailboxPolicyError, match="certificate"):
        open_mailbox(parse_mailbox_url(f"imaps://u:SECRET@localhost:{port}"), trust=trust)


def test_the_system_may_be_told_whom_to_trust(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """SSL_CERT_FILE names an organisation's own authority, as everywhere."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    with opened(server.account().url) as mailbox:
        assert list(mailbox.pages()) == []


def test_this_machine_may_be_talked_to_without_tls(server: ImapServer) -> None:
    """For a server that runs beside the mailer."""
    account = server.account()
    account.box.deliver(mail("from here"))
    with opened(account.plain_url) as mailbox:
        assert len(next(iter(mailbox.pages()))) == 1


def test_a_wrong_login_is_refused_without_a_word_of_it(server: ImapServer, trust: ssl.SSLContext) -> None:
    """It is another trouble than a server that is away: only a person can mend it."""
    settings = parse_mailbox_url(f"imaps://ann%40union.example:SECRET@localhost:{server.port}")
    with pytest.raises(MailboxPolicyError, match="refuses the login") as told:
        open_mailbox(settings, trust=trust)

    assert "SECRET" not in str(told.value)
    assert "ann" not in str(told.value)


GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n"
CAPABLE = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n% OK done\r\n"
GO_ON = b"+ \r\n"
DONE = b"% OK [CAPABILITY IMAP4rev1] done\r\n"
NO_FOLDER = b"% NO [OVERQUOTA] SECRET\r\n"
NONSENSE = b'* LIST (\\HasNoChildren "." Processed\r\n% OK done\r\n'


@contextmanager
def scripted(*replies: bytes, certificate: Path | None = None) -> Iterator[int]:
    """Serve connections that greet, answer each line with the next reply ("%" is its tag), and then hang up."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # a client that does not trust us goes away
                link = (
                    server_context(certificate).wrap_socket(self.connection, server_side=True) if certificate else None
                )
                with (link or self.connection).makefile("rwb") as file:
                    tag = b""
                    for reply in replies:
                        file.write(reply.replace(b"%", tag))
                        file.flush()
                        tag = file.readline().partition(b" ")[0] if b"+ " not in reply else (file.readline(), tag)[1]

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("replies", "kind", "words"),
    [
        ((), MailboxUnavailableError, "ended the connection"),
        ((b"* BYE too busy\r\n",), MailboxUnavailableError, "refuses a command"),
        ((b"\xff\xfe{9}\r\n",), MailboxUnavailableError, "ended the connection"),
        ((GREETING,), MailboxUnavailableError, "ended the connection"),
        ((GREETING, CAPABLE, GO_ON), MailboxUnavailableError, "ended the connection"),
        ((GREETING, CAPABLE, GO_ON, DONE, NO_FOLDER), MailboxUnavailableError, "refuses a command: OVERQUOTA$"),
        ((GREETING, CAPABLE, GO_ON, DONE, NONSENSE), MailboxUnavailableError, "what is not understood|refuses"),
        ((GREETING, CAPABLE, GO_ON, b"% NO [UNAVAILABLE] SECRET\r\n"), MailboxUnavailableError, "takes no login now"),
        ((GREETING, CAPABLE, GO_ON, b"% NO [AUTHENTICATIONFAILED] SECRET\r\n"), MailboxPolicyError, "refuses"),
        ((GREETING, b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n% OK done\r\n"), MailboxPolicyError, "offers no login"),
    ],
)
def test_whatever_a_server_does_is_one_of_two_troubles(
    replies: tuple[bytes, ...], kind: type[Exception], words: str
) -> None:
    """Not now, or not before somebody acts; what it wrote about the login is repeated nowhere."""
    with scripted(*replies) as port, pytest.raises(kind, match=words) as told:
        open_mailbox(parse_mailbox_url(f"imap+insecure://u:SECRET@127.0.0.1:{port}"))

    assert "SECRET" not in str(told.value)


def test_a_login_that_only_plain_can_carry_is_not_forced_into_another() -> None:
    """LOGIN carries ASCII only; a password that comes out as another would be a wrong login, again and again."""
    greeting, capable = GREETING.replace(b"AUTH=PLAIN", b""), CAPABLE.replace(b"AUTH=PLAIN", b"")
    with scripted(greeting, capable) as port, pytest.raises(MailboxPolicyError, match="could carry"):
        open_mailbox(parse_mailbox_url(f"imap+insecure://u:%C3%BC@127.0.0.1:{port}"))


def test_a_port_that_nobody_listens_on_is_unavailable() -> None:
    """The server may be started again later."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(MailboxUnavailableError, match="cannot be reached"):
        open_mailbox(parse_mailbox_url(f"imap+insecure://u:p@127.0.0.1:{port}"))


def test_a_server_that_stops_is_unavailable_and_may_come_back(certificate: Path, trust: ssl.SSLContext) -> None:
    """While somebody waits, fetches or moves: each says so, and a new connection goes on where the old one was."""
    with imap_server(certificate) as server:
        account = server.account()
        account.box.deliver(mail("first"))
        with opened(account.url, trust) as mailbox, opened(account.url, trust) as idle:
            first = next(iter(mailbox.pages()))[0]
            server.stop()
            for attempt in (lambda: mailbox.fetch(first), lambda: idle.wait(30)):
                with pytest.raises(MailboxUnavailableError):  # noqa: PT012 - what it still answers is no matter
                    while True:
                        attempt()
            for attempt in (lambda: mailbox.move([first.identifier], Place.PROCESSED), lambda: list(mailbox.pages())):
                with pytest.raises(MailboxUnavailableError):
                    attempt()
        server.start()
        with opened(account.url, trust) as again:
            assert list(again.pages()) == [(first,)]


def test_a_server_tells_at_once_that_a_mail_came(server: ImapServer, trust: ssl.SSLContext) -> None:
    """A wait of minutes ends with the mail: nobody's complaint waits for a minute to be over."""
    url = server.account().url
    person = open_client(parse_mailbox_url(url), trust)
    with opened(url, trust) as mailbox:
        assert list(mailbox.pages()) == []
        timer = threading.Timer(0.3, person.append, ["INBOX", mail("now")])
        timer.start()
        mailbox.wait(600)  # the test's own time limit is far less
        timer.join()
        assert len(next(iter(mailbox.pages()))) == 1
    person.logout()


@pytest.mark.parametrize("lacks", [(), ("IDLE",)])
def test_a_stop_ends_a_wait(
    server: ImapServer, trust: ssl.SSLContext, lacks: tuple[str, ...], certificate: Path
) -> None:
    """The daemon has seconds to end, whether the server tells what comes or not."""
    asked_at = time.monotonic() + 0.3
    with (
        imap_server(certificate, lacks=lacks) if lacks else nullcontext(server) as chosen,
        opened(chosen.account().url, trust, lambda: time.monotonic() > asked_at) as mailbox,
    ):
        mailbox.wait(600)

    assert time.monotonic() > asked_at


def test_nothing_is_marked_as_seen(server: ImapServer, trust: ssl.SSLContext) -> None:
    """To the organisers a reply is new until one of them reads it."""
    account = server.account()
    account.box.deliver(mail("new to you"))
    settings = parse_mailbox_url(account.url)
    with opened(account.url, trust) as mailbox:
        assert mailbox.fetch(next(iter(mailbox.pages()))[0]) is not None
    client = open_client(settings, trust)
    client.select_folder("INBOX")
    flags = client.get_flags([1])[1]
    client.logout()

    assert b"\\Seen" not in flags


def test_what_others_marked_as_deleted_is_neither_read_nor_expunged(certificate: Path, trust: ssl.SSLContext) -> None:
    """A server without UIDPLUS can only expunge all: then what we moved stays marked, until a person expunges."""
    with imap_server(certificate, lacks=("UIDPLUS", "MOVE")) as server:
        account = server.account()
        account.box.deliver(mail("deleted by a person"))
        account.box.deliver(mail("ours"))
        person = open_client(parse_mailbox_url(account.url), trust)
        person.select_folder("INBOX")
        person.add_flags([1], [DELETED])
        with opened(account.url, trust) as mailbox:
            (page,) = mailbox.pages()
            mailbox.move([one.identifier for one in page], Place.PROCESSED)
            assert list(mailbox.pages()) == []
        person.logout()

        assert account.box.subjects("Processed") == ["ours"]
        assert account.box.subjects() == ["deleted by a person", "ours"]


def test_folders_that_people_made_are_used_as_they_are(server: ImapServer, trust: ssl.SSLContext) -> None:
    """Opening a mailbox a second time changes nothing in it."""
    account = server.account()
    for _ in range(2):
        with opened(account.url, trust):
            made = sorted(path.name for path in account.box.path.glob(".[A-Z]*"))

    assert made == [".Answers", ".Processed", ".Quarantine"]
