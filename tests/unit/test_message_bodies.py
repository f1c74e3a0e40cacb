"""Bodies and parts that read back exactly, in the smallest of three encodings."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.encodings import canonical, encode_bytes, encode_text, printable
from mailer.core.multipart import Attachment, attachment_entity, multipart, text_entity
from mailer.errors import HeaderError
from tests.strategies import body_texts, header_texts

RUSSIAN = "Требую немедленно освободить организатора забастовки.\n" * 20
GERMAN = "Ich fordere die sofortige Freilassung der Gewerkschafterin für alle Kollegen.\n" * 20


def read(entity: bytes) -> EmailMessage:
    """Return the entity as the standard library reads it."""
    return email.message_from_bytes(b"MIME-Version: 1.0\r\n" + entity, policy=email.policy.default)


@given(body_texts)
@example("")
@example("\n.\n")
@example("From the union\n" * 3)
@example("x" * 998)
@example("x" * 999)
@example("trailing \t\n" * 40 + "é")
@example("ж" * 5000)
@example("é" + "x" * 5000)
def test_a_body_reads_back_exactly(text: str) -> None:
    """Whatever the encoding, the reader gets every character and line of the text."""
    body = read(bytes(text_entity("plain", encode_text(text))))

    assert body.get_payload(decode=True) == canonical(text).encode()
    assert body.get_content_charset() == "utf-8"


@given(body_texts)
@example("x" * 999)
@example("ж" * 5000)
def test_no_body_has_a_long_or_broken_line(text: str) -> None:
    """Lines end in CRLF, are at most 998 octets and ASCII (RFC 5322 2.1.1)."""
    content = encode_text(text).content

    assert content.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)
    assert max(map(len, content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Dear all,\n", "7bit"), ("x" * 1200, "quoted-printable"), (GERMAN, "quoted-printable"), (RUSSIAN, "base64")],
)
def test_the_encoding_fits_the_language(text: str, encoding: str) -> None:
    """English stays readable, German nearly, and Russian does not grow threefold."""
    assert encode_text(text).encoding == encoding


@given(body_texts)
def test_the_smaller_encoding_is_taken(text: str) -> None:
    """Mail programs clip what is too large, so no other encoding may be smaller."""
    assert len(encode_text(text).content) <= len(encode_bytes(canonical(text).encode()).content)


@given(st.text(st.characters(exclude_categories=())))
def test_what_nobody_sees_becomes_a_space(text: str) -> None:
    """A pasted vertical tab or an escape sequence neither stops a mailing nor reaches a terminal."""
    shown = printable(text)

    assert len(shown) == len(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", shown)
    assert all(one == other or one in " \ufffd" for one, other in zip(shown, text, strict=True))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), header_texts)
@example([b"\xff" * 1000], "Письмо прокурору " * 8 + ".pdf")
def test_attachments_read_back_exactly(contents: list[bytes], name: str) -> None:
    """Any file under any name arrives as it was."""
    filename = "a" + re.sub(r'[/\\"?]', "", name.encode()[:200].decode(errors="ignore")) + ".pdf"
    files = [attachment_entity(Attachment(filename, "application/pdf", content)) for content in contents]
    entity = bytes(multipart("mixed", files, "seed"))

    parts = list(read(entity).iter_attachments())

    assert [part.get_payload(decode=True) for part in parts] == contents
    assert {part.get_filename() for part in parts} == {filename}
    assert max(map(len, entity.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "filename", ["", " ", ".bashrc", "../letter.pdf", "a/b.pdf", "a\\b.pdf", 'a".pdf', "a\r\nBcc: x", "=?x", "a" * 256]
)
def test_a_file_name_that_is_a_path_or_a_header_is_refused(filename: str) -> None:
    """No attachment is written elsewhere, and none adds a header."""
    with pytest.raises(HeaderError):
        Attachment(filename, "application/pdf", b"x")


@pytest.mark.parametrize(
    "content_type", ["", "pdf", "application/pdf\r\nBcc: x@y.example", "text/x; a=b c", "a/" + "b" * 60]
)
def test_what_is_no_content_type_is_refused(content_type: str) -> None:
    """The type is a token, a slash and a token."""
    with pytest.raises(HeaderError):
        Attachment("a.pdf", content_type, b"x")


def test_a_calendar_tells_its_method() -> None:
    """Parameters of a type are kept: calendars need theirs."""
    entity = attachment_entity(Attachment("trial.ics", "text/calendar; method=PUBLISH; charset=utf-8", "é".encode()))

    assert read(bytes(entity)).get_param("method") == "PUBLISH"


def test_an_attached_message_is_not_encoded() -> None:
    """RFC 2046 5.2.1 forbids it; one that would need it is refused."""
    letter = b"Subject: x\r\n\r\nbody\r\n"
    entity = attachment_entity(Attachment("letter.eml", "message/rfc822", letter))
    outer = read(bytes(multipart("mixed", [entity], "seed")))

    [part] = outer.iter_attachments()

    assert part.get_payload(0)["Subject"] == "x"
    for content in (b"Subject: x\n\nlf\n", "é".encode(), b"x" * 999, b"a\rb", b"\0"):
        with pytest.raises(HeaderError):
            Attachment("letter.eml", "message/rfc822", content)


def test_a_boundary_is_never_in_what_it_bounds() -> None:
    """Even a body that quotes the boundary of its own seed stays one part."""
    first = multipart("alternative", [text_entity("plain", encode_text("hello\n"))], "seed")
    boundary = re.search(rb'boundary="([^"]+)"', bytes(first))
    assert boundary

    hostile = f"--{boundary[1].decode()}--\nBcc: evil@x.example\n"
    second = multipart("alternative", [text_entity("plain", encode_text(hostile))], "seed")
    parts = list(read(bytes(second)).iter_parts())

    assert [part.get_payload(decode=True) for part in parts] == [canonical(hostile).encode()]


@given(st.text())
@example("0123456789abcdef0123456789abcdef")
@example("x" * 41)
def test_every_seed_makes_a_boundary_that_may_stand_in_quotes(seed: str) -> None:
    """Source: RFC 2046 5.1.1."""
    entity = bytes(multipart("alternative", [text_entity("plain", encode_text("hello\n"))], seed))

    assert re.search(rb'boundary="=_[A-Za-z0-9]{1,68}"\r\n', entity)
    assert len(list(read(entity).iter_parts())) == 1


@given(body_texts)
@example("ж=_" * 20)
@example("x" * 999 + "=_")
def test_no_boundary_is_looked_for_where_none_can_be(text: str) -> None:
    """Every boundary has "=_" in it, which neither quoted-printable nor base64 has."""
    body = encode_text(text)

    assert body.encoding == "7bit" or b"=_" not in body.content
    assert (body.content in text_entity("plain", body).doubtful) is (body.encoding == "7bit")
