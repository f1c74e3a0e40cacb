"""Is a signed mail one that receivers believe? dkimpy is the oracle, with a function for the DNS."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.adapters.dkim import DkimSigner, load_dkim_key
from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build
from mailer.errors import ConfigurationError, HeaderError
from mailer.settings import read_settings
from mailer.wiring import Installation
from tests.every_mail import NAMES, every_mail, languages, mail
from tests.relay_talk import envelope, with_relay
from tests.smtp_server import SmtpServer

NOW = datetime(2026, 1, 30, 9, tzinfo=UTC)  # dkimpy reads the real clock, and refuses what was signed later
SELECTOR = "mailer2026"
SIGNED = {
    "from", "to", "subject", "date", "message-id", "reply-to", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "mime-version", "content-type", "in-reply-to", "references", "thread-topic",
}  # fmt: skip


@dataclass(frozen=True)
class Signing:
    """A key in a file, what signs with it, and the record of it that a receiver finds."""

    path: Path
    signer: DkimSigner
    record: bytes

    def verify(self, content: bytes) -> bool:
        """Tell whether a receiver believes a message."""
        return dkim.verify(content, dnsfunc=self._look_up)

    def _look_up(self, name: bytes, timeout: int = 5) -> bytes | None:
        return self.record if name == f"{SELECTOR}._domainkey.solidarity.example.".encode() else None


def write(path: Path, pem: bytes) -> Path:
    """Write a private key for its owner alone."""
    path.touch(mode=0o600)
    path.write_bytes(pem)
    return path


def pem(key, encryption=None) -> bytes:
    """Return a private key as openssl writes it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


@pytest.fixture(scope="module", params=["rsa", "ed25519"])
def signing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Signing:
    """A key of each kind."""
    folder = tmp_path_factory.mktemp("keys")
    if request.param == "rsa":
        key = rsa.generate_private_key(65537, 2048)
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        key = ed25519.Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
    record = f"v=DKIM1; k={request.param}; p=".encode() + base64.b64encode(public)
    path = write(folder / "dkim.pem", pem(key))
    return Signing(path, DkimSigner(load_dkim_key(path), SELECTOR), record)


@pytest.fixture(scope="module")
def signed(signing: Signing) -> bytes:
    """A reminder, signed."""
    return signing.signer.sign(mail("reminder", "ru").envelope.content, NOW)


def test_every_mail_is_believed(signing: Signing) -> None:
    """Each kind in each language, in the words of its own alphabet; by RSA each kind once, as the oracle is slow."""
    mails = {name: each.envelope.content for name, each in every_mail().items()}
    if b"k=rsa" in signing.record:
        mails = {name: each for name, each in mails.items() if name.startswith("confirm-") or name.endswith("-ru")}
    refused = [name for name, each in mails.items() if not signing.verify(signing.signer.sign(each, NOW))]

    assert len(mails) >= len(languages()) + len(NAMES) - 1
    assert refused == []


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-400] + bytes([content[-400] ^ 1]) + content[-399:],
        lambda content: content.replace(b"List-Unsubscribe: <https://pages", b"List-Unsubscribe: <https://bages"),
        lambda content: content.replace(b"=One-Click", b"=Two-Click"),
        lambda content: content.replace(b"\r\nIn-Reply-To: <", b"\r\nIn-Reply-To: <0"),
        lambda content: content.replace(b"office@solidarity", b"officer@solidarity"),
        lambda content: content.replace(b"09:00:00", b"09:00:01", 1),
        lambda content: content.replace(b"t=1769763600", b"t=1769763601"),
        lambda content: b"From: Somebody <else@solidarity.example>\r\n" + content,
        lambda content: b"Subject: Give us money\r\n" + content,
        lambda content: b"Content-Type: text/html\r\n" + content,
        lambda content: b"Content-Transfer-Encoding: 7bit\r\n" + content,
        lambda content: b"List-Unsubscribe: <https://evil.example/leave>\r\n" + content,
        lambda content: b"Cc: everybody@evil.example\r\n" + content,
        lambda content: content + b"<p>More</p>\r\n",
    ],
)
def test_a_changed_byte_is_noticed(signing: Signing, signed: bytes, change: Callable[[bytes], bytes]) -> None:
    """In the body, in any field that matters, and in one that somebody puts above."""
    assert signing.verify(signed)
    assert change(signed) != signed
    assert not signing.verify(change(signed))


def test_what_servers_do_on_the_way_breaks_nothing(signing: Signing, signed: bytes) -> None:
    """They put lines above, fold others anew, and take blanks from the ends of lines."""
    passed = b"Received: from a by b; Fri, 30 Jan 2026 09:00:05 +0000\r\n" + signed
    folded = passed.replace(b"List-Unsubscribe: <", b"List-Unsubscribe:\r\n\t<")

    assert signing.verify(folded)
    assert signing.verify(folded + b"\r\n\r\n")


def test_both_ways_to_leave_are_signed_and_the_sender_twice(signing: Signing, signed: bytes) -> None:
    """RFC 8058 4; each once more than it is there, as all that a mail program shows or has pressed."""
    field = signed.partition(b"\r\nDate:")[0].decode()
    names = re.sub(r"\s", "", re.search(r"h=([^;]*)", field)[1]).split(":")

    assert set(names) >= SIGNED
    assert [names.count(name) for name in ("from", "subject", "date", "list-unsubscribe")] == [2, 2, 2, 2]
    assert f"c=relaxed/relaxed; t=1769763600;\r\n d=solidarity.example;\r\n s={SELECTOR};" in field
    assert all(len(line) <= 78 for line in field.split("\r\n"))


def test_the_same_moment_gives_the_same_bytes(signing: Signing, signed: bytes) -> None:
    """A letter that is sent again is the same letter; another moment is another signature."""
    content = mail("reminder", "ru").envelope.content

    assert signing.signer.sign(content, NOW) == signed
    assert signing.signer.sign(content, NOW + timedelta(seconds=1)) != signed
    assert signed.endswith(b"\r\n" + content)


LINES = st.lists(st.sampled_from(["", ".", "..", ". x", "a  b\t c ", " ", "\t", "ж ё", "=20", "x" * 1200, "From me"]))


@settings(max_examples=40, deadline=None)
@given(subject=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1), lines=LINES)
def test_any_subject_and_any_blanks_are_signed_right(signing: Signing, subject: str, lines: list[str]) -> None:
    """Runs of blanks, blanks at ends, empty lines at the end, dots and lines that are too long."""
    text = "\n".join(lines)
    message = Message(
        sender=Mailbox("campaigns@solidarity.example", "Example"),
        recipient=Mailbox("a@reader.example", subject.replace("=?", "")),
        subject=subject.replace("=?", "") or "x",
        text=text,
        html="",
        date=NOW,
        message_id="<1@solidarity.example>",
        boundary_seed="1",
    )

    assert signing.verify(signing.signer.sign(build(message), NOW))


def test_what_is_signed_is_what_arrives(signing: Signing, smtp_server: SmtpServer) -> None:
    """Through a real conversation: dots at the beginning of lines are doubled on the way, and single again."""
    given_ = mail("alert", "en").message
    dotted = replace(given_, text=".\n..\n.x\n\n.", html="")
    long = replace(dotted, text="long " * 300 + "\n.\n", html="")
    contents = [signing.signer.sign(build(each), NOW) for each in (dotted, long, given_, mail("closing", "ru").message)]

    async def send(relay) -> list[int]:
        return [(await relay.send(envelope(content))).code for content in contents]

    assert with_relay(smtp_server, send) == [250] * 4
    arrived = [caught.content for caught in smtp_server.messages]

    assert arrived == contents
    assert b"\r\n.\r\n..\r\n.x\r\n" in arrived[0]
    assert all(map(signing.verify, arrived))


def test_a_body_without_a_last_line_end_is_signed_as_it_will_arrive(signing: Signing) -> None:
    """SMTP ends the last line, and servers may cut the blanks at its end."""
    content = b"From: campaigns@solidarity.example\r\nSubject: x\r\n\r\none\r\ntwo "

    assert signing.verify(signing.signer.sign(content, NOW) + b"\r\n")


@pytest.mark.parametrize("sender", [b"", b"From: Nobody\r\n", b"From: a@a.example\r\nFrom: b@b.example\r\n"])
def test_a_message_without_one_sender_is_not_signed(signing: Signing, sender: bytes) -> None:
    """Nobody's domain, or two, cannot be vouched for."""
    with pytest.raises(HeaderError, match="one From"):
        signing.signer.sign(sender + b"Subject: x\r\n\r\nx\r\n", NOW)


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: pem(rsa.generate_private_key(65537, 1024)), "1024 bits"),  # noqa: S505 - that is the fault
        (lambda: pem(ec.generate_private_key(ec.SECP256R1())), "neither RSA nor Ed25519"),
        (lambda: pem(ed25519.Ed25519PrivateKey.generate(), BestAvailableEncryption(b"secret")), "behind a password"),
        (lambda: b"-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n", "cannot be read as one"),
        (lambda: b"", "cannot be read as one"),
    ],
)
def test_a_key_that_cannot_sign_is_told_and_not_shown(tmp_path: Path, content: Callable[[], bytes], told: str) -> None:
    """With what would be right; exit code 78, and not a word of the file."""
    path = write(tmp_path / "dkim.pem", content())
    with pytest.raises(ConfigurationError, match=told) as failed:
        load_dkim_key(path)

    assert failed.value.exit_code == 78
    assert "MAILER_DKIM_KEY_FILE" in str(failed.value)
    assert "SECRET" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_a_key_that_others_can_read_is_refused(signing: Signing) -> None:
    """Its group may: systemd hands credentials over so."""
    try:
        for mode in (0o604, 0o660, 0o644):
            signing.path.chmod(mode)
            with pytest.raises(ConfigurationError, match=f"mode {mode:04o}.: chmod 600"):
                load_dkim_key(signing.path)
        signing.path.chmod(0o440)
        assert load_dkim_key(signing.path).algorithm.endswith("-sha256")
    finally:
        signing.path.chmod(0o600)


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its path, as the operating system says it."""
    with pytest.raises(ConfigurationError, match=r"dkim\.pem cannot be read: No such file"):
        load_dkim_key(tmp_path / "dkim.pem")


def test_nothing_shows_the_key(signing: Signing) -> None:
    """Not even a traceback that prints values."""
    key = load_dkim_key(signing.path)

    assert repr(key) == f"DkimKey(algorithm={key.algorithm!r})"
    assert "PRIVATE" not in repr(signing.signer)


# --- settings -------------------------------------------------------------------------------------


def test_signing_is_off_without_a_key(tmp_path: Path) -> None:
    """The relay signs."""
    assert Installation(read_settings({"HOME": str(tmp_path)}, tmp_path)).signer is None


def test_the_settings_name_key_and_selector(signing: Signing, tmp_path: Path) -> None:
    """A relative path counts from the folder of the settings."""
    write(tmp_path / "dkim.pem", signing.path.read_bytes())
    set_ = {"HOME": str(tmp_path), "MAILER_DKIM_KEY_FILE": "dkim.pem", "MAILER_DKIM_SELECTOR": "Mailer2026"}
    installation = Installation(read_settings(set_, tmp_path))

    assert installation.signer is not None
    assert signing.verify(installation.signer.sign(mail("alert", "en").envelope.content, NOW))


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"MAILER_DKIM_KEY_FILE": "dkim.pem"}, "MAILER_DKIM_SELECTOR is missing"),
        ({"MAILER_DKIM_SELECTOR": "mailer"}, "MAILER_DKIM_KEY_FILE is missing"),
        ({"MAILER_DKIM_KEY_FILE": "dkim.pem", "MAILER_DKIM_SELECTOR": "a b; d=x"}, "is no name in the DNS"),
    ],
)
def test_half_a_setting_is_refused(tmp_path: Path, given_: dict[str, str], told: str) -> None:
    """Mails that are believed to be signed, and are not, would be noticed too late."""
    with pytest.raises(ConfigurationError, match=told):
        read_settings({"HOME": str(tmp_path), **given_}, tmp_path)


def test_what_a_mail_is_composed_with_signs_it(signing: Signing) -> None:
    """The envelope holds the signed bytes, dated by the mail's own moment."""
    composed = mail("alert", "en", signing.signer)

    assert composed.envelope.content == signing.signer.sign(build(composed.message), composed.message.date)
    assert composed.headers["DKIM-Signature"].startswith("v=1; a=")
