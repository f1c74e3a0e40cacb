"""Fields that any reader takes apart as they were put together; the standard library is the reader."""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.headers import encoded_words, mailbox_field, refuse_injection, text_field
from mailer.errors import HeaderError
from tests.strategies import addresses, header_texts

DANGEROUS = [
    "\r\nBcc: evil@x.example",
    "\n",
    "\r",
    "\0",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\u2029",
    "\ud800",
    "=?",
    "\x7f",
]
INJECTION = "=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?="  # decodes to a line end and a Bcc field


def read(field: str) -> email.message.EmailMessage:
    """Return the fields as the standard library reads them."""
    return email.message_from_string(f"{field}\r\n", policy=email.policy.default)


def read_by_old_parser(field: str) -> str:
    """Return the value as a reader of RFC 2047 alone decodes it."""
    raw = email.message_from_string(f"{field}\r\n", policy=email.policy.compat32)
    value = next(iter(raw.values()))
    return str(email.header.make_header(email.header.decode_header(re.sub(r"\r\n(?=[ \t])", "", value))))


def read_name(field: str) -> str:
    """Return the display name as a reader of RFC 2047 alone decodes it."""
    value = field.partition(": ")[2].replace("\r\n", "")
    name, _ = email.utils.parseaddr(value)
    return str(email.header.make_header(email.header.decode_header(name)))


@given(header_texts)
@example("Свободу организатору из Алматы " * 20)
@example("word " * 40 + "end")
@example("a" * 300)
@example("👩🏽‍🏭" * 30)
@example(" leading, double  and trailing ")
def test_a_subject_reads_back_exactly(subject: str) -> None:
    """Whatever the organiser wrote is what the supporter reads."""
    assert read(text_field("Subject", subject))["Subject"] == subject


@given(header_texts)
def test_an_older_parser_reads_the_same_subject(subject: str) -> None:
    """RFC 2047 is kept as such, not as one parser understands it."""
    assert read_by_old_parser(text_field("Subject", subject)) == subject


@given(header_texts, addresses)
@example("Doe, Jane; Smith, John: (office) <evil@x.example>, " * 6, "a@b.example")
@example("Профсоюз, Совет, Комитет, " * 12, "a@b.example")
@example('A "quoted" \\ name', "a@b.example")
@example("Jane", "x" * 64 + "@" + "y" * 60 + "." + "z" * 60 + ".example")
def test_a_name_never_makes_a_second_address(name: str, address: str) -> None:
    """Commas, quotes and brackets in long names stay in the name of the one address."""
    field = mailbox_field("To", name, address)
    [found] = read(field)["To"].addresses

    assert found.addr_spec == address
    assert read_name(field) == name
    assert "".join(found.display_name.split()) == "".join(name.split())  # it keeps blanks between encoded words


@given(header_texts, addresses)
def test_simple_readers_find_one_address_too(name: str, address: str) -> None:
    """Readers that only look for commas outside quotes find exactly the one address."""
    value = mailbox_field("To", name, address).partition(": ")[2].replace("\r\n", "")

    assert [found for _, found in email.utils.getaddresses([value])] == [address]


@given(st.sampled_from(["Subject", "Reply-To"]), header_texts)
@example("Subject", "x" * 69)
@example("Reply-To", "Doe, " * 13)
def test_fields_are_ascii_lines_of_at_most_76_characters(name: str, text: str) -> None:
    """No relay has a reason to fold again, which is where names and links break."""
    field = text_field(name, text) + mailbox_field(name, text, "a@b.example")

    assert field.isascii()
    assert field.endswith("\r\n")
    assert all(len(line) <= 76 and line.strip() for line in field.split("\r\n")[:-1])
    assert read(field).keys() == [name, name]


@given(header_texts, st.integers(2, 20))
def test_encoded_words_are_short_and_whole(text: str, offset: int) -> None:
    """Each encoded word is at most 75 characters and decodes alone: no character is split."""
    words = encoded_words(text, offset)

    assert all(len(word) <= 75 for word in words)
    assert len(words[0]) + offset <= 76
    decoded = [email.header.decode_header(word)[0] for word in words]
    assert "".join(octets.decode(charset) for octets, charset in decoded) == text


def test_the_shorter_encoding_is_taken() -> None:
    """A text of Latin letters is readable in the source, one of Cyrillic letters is short."""
    assert encoded_words("Demo in Köln", 9) == ["=?utf-8?q?Demo_in_K=C3=B6ln?="]
    assert encoded_words("Zoë Ann", 9) == ["=?utf-8?q?Zo=C3=AB_Ann?="]  # as long as the other
    assert encoded_words("Свобода", 9)[0].startswith("=?utf-8?b?")


@pytest.mark.parametrize("text", [*DANGEROUS, INJECTION])
@pytest.mark.parametrize("around", ["", "Hello "])
def test_injection_is_refused_in_every_field(text: str, around: str) -> None:
    """What could become another header, by itself or once decoded, is never written."""
    with pytest.raises(HeaderError):
        text_field("Subject", around + text)
    with pytest.raises(HeaderError):
        mailbox_field("To", around + text, "a@b.example")
    with pytest.raises(HeaderError):
        mailbox_field("To", "Jane", f"{text}@b.example")


def test_the_error_names_the_place_and_not_the_value() -> None:
    """A name that is refused does not end in a log."""
    with pytest.raises(HeaderError, match=r"^a name holds U\+000D at character 5") as refused:
        refuse_injection("a name", "Jane\rDoe")

    assert "Jane" not in str(refused.value)
