"""Whole messages: one of each header, the same bytes every time, and nothing injected."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.addresses import Mailbox
from mailer.core.encodings import canonical, encode_text
from mailer.core.message import Attachment, Message, build, too_large
from mailer.errors import HeaderError
from tests.strategies import addresses, body_texts, header_texts

URL = "https://solidarity.example/u/AbCdEfGhIjKlMnOpQrStUvWxYz01234567"
LEAVE = "mailto:leave+abcdefgh234567@solidarity.example?subject=unsubscribe"
MESSAGE = Message(
    sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
    recipient=Mailbox("jane@people.example", "Doe, Jane"),
    subject="Свободу организатору",
    text="Hello\n",
    html="<p>Hello</p>\n",
    date=datetime(2026, 12, 2, 6, 5, 4, tzinfo=UTC),
    message_id="<1.alert@solidarity.example>",
    boundary_seed="delivery 1",
    reply_to=Mailbox("office@solidarity.example"),
    in_reply_to="<0.alert@solidarity.example>",
    references=("<0.alert@solidarity.example>",),
    list_id="prisoner-2026.solidarity.example",
    list_unsubscribe=(URL, LEAVE),
    one_click=True,
    auto_submitted="auto-generated",
)
ONCE = {
    "Date",
    "From",
    "To",
    "Message-ID",
    "Subject",
    "Reply-To",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
}
INJECTION = "=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?="

messages = st.builds(
    Message,
    sender=st.builds(Mailbox, addresses, st.one_of(st.just(""), header_texts)),
    recipient=st.builds(Mailbox, addresses, st.one_of(st.just(""), header_texts)),
    subject=header_texts,
    text=body_texts,
    html=body_texts,
    date=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    message_id=st.just("<1@solidarity.example>"),
    boundary_seed=st.text(max_size=5),
    references=st.lists(st.sampled_from(["<a@x.example>", f"<{'b' * 60}@x.example>"]), max_size=5).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, st.just("letter.pdf"), st.just("application/pdf"), st.binary()), max_size=2
    ).map(tuple),
)


def read(raw: bytes) -> EmailMessage:
    """Return the message as the standard library reads it."""
    return email.message_from_bytes(raw, policy=email.policy.default)


@given(messages)
def test_a_message_reads_back_exactly(message: Message) -> None:
    """Subject, addresses, date and bodies arrive as they were put in, and no header more than those."""
    found = read(build(message))

    assert Counter(found.keys()).most_common(1)[0][1] == 1
    assert set(found.keys()) <= ONCE | {"Content-Transfer-Encoding"}
    assert {"Date", "From", "To", "Message-ID", "Subject", "MIME-Version"} <= set(found.keys())
    assert found["Subject"] == message.subject
    assert [address.addr_spec for address in found["From"].addresses] == [message.sender.address]
    assert [address.addr_spec for address in found["To"].addresses] == [message.recipient.address]
    assert found["Date"].datetime == message.date.replace(microsecond=0)
    assert tuple((found["References"] or "").split()) == message.references


@given(messages)
def test_bodies_and_attachments_read_back_exactly(message: Message) -> None:
    """Text, HTML and files are where a reader looks for them."""
    found = read(build(message))

    leaves = [part for part in found.walk() if not part.is_multipart()]
    bodies = [canonical(text).encode() for text in (message.text, message.html)[: 2 if message.html else 1]]
    files = [attachment.content for attachment in message.attachments]
    assert [part.get_payload(decode=True) for part in leaves] == bodies + files
    assert not found.defects


@given(messages)
def test_the_bytes_are_fit_for_every_relay(message: Message) -> None:
    """ASCII, CRLF, short lines: no relay has a reason to change anything, and signatures hold."""
    raw = build(message)

    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@given(messages)
def test_equal_messages_give_equal_bytes(message: Message) -> None:
    """A letter that is sent again is the same letter."""
    assert build(message) == build(replace(message))


def test_every_header_stands_once() -> None:
    """All the headers that a mailing uses, exactly once and nothing else."""
    found = read(build(MESSAGE))

    assert sorted(found.keys()) == sorted(ONCE)
    assert found["To"].addresses[0].display_name == "Doe, Jane"


def test_headers_are_written_as_programs_expect_them() -> None:
    """Byte for byte: RFC 5322 date, RFC 2919 list, RFC 2369 and RFC 8058 ways to leave, RFC 3834."""
    lines = build(MESSAGE).partition(b"\r\n\r\n")[0].decode().split("\r\n")

    assert "Date: Wed, 02 Dec 2026 06:05:04 +0000" in lines
    assert "Message-ID: <1.alert@solidarity.example>" in lines
    assert "List-Id: <prisoner-2026.solidarity.example>" in lines
    assert f"List-Unsubscribe: <{URL}>, <{LEAVE}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert "Auto-Submitted: auto-generated" in lines


def test_the_date_is_told_in_utc() -> None:
    """The zone of the organisers is nobody's business."""
    east = MESSAGE.date.astimezone(timezone(timedelta(hours=5)))

    assert build(replace(MESSAGE, date=east)) == build(MESSAGE)


def test_a_message_of_text_alone_has_one_part() -> None:
    """Without HTML there is nothing to choose from."""
    found = read(build(replace(MESSAGE, html="", attachments=())))

    assert found.get_content_type() == "text/plain"
    assert found.get_content() == "Hello\r\n"


def test_attachments_stand_beside_the_alternatives() -> None:
    """A reader shows the HTML, and lists the file."""
    found = read(build(replace(MESSAGE, attachments=(Attachment("письмо.pdf", "application/pdf", b"%PDF"),))))

    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert [part.get_filename() for part in found.iter_attachments()] == ["письмо.pdf"]


REFUSED: list[dict[str, Any]] = [
    {"subject": ""},
    {"subject": INJECTION},
    {"subject": "a\r\nBcc: evil@x.example"},
    {"date": datetime(2026, 12, 2)},  # noqa: DTZ001
    {"message_id": ""},
    {"message_id": "1@x.example"},
    {"message_id": "<1@x.example>\r\nBcc: evil@x.example"},
    {"message_id": f"<{'a' * 250}@x.example>"},
    {"in_reply_to": "<a@b> <c@d>"},
    {"references": ("<a@b.example>", "x")},
    {"references": (INJECTION,)},
    {"list_id": "x"},
    {"list_id": "<a.example>"},
    {"list_id": "a.example\r\nBcc: x"},
    {"auto_submitted": "yes"},
    {"auto_submitted": "auto-generated\r\nBcc: x"},
    {"list_unsubscribe": ("http://solidarity.example/u",), "one_click": False},
    {"list_unsubscribe": ("javascript:alert(1)",), "one_click": False},
    {"list_unsubscribe": ("https://",), "one_click": False},
    {"list_unsubscribe": ("https://[x", LEAVE)},
    {"list_unsubscribe": (URL, URL)},
    {"list_unsubscribe": ("https://solidarity.example/" + "u" * 49,)},
    {"list_unsubscribe": ("https://solidarity.example/a b",)},
    {"list_unsubscribe": ("https://solidarity.example/>,<mailto:x@y.example",)},
    {"list_unsubscribe": ("https://solidarity.example/ж",)},
    {"list_unsubscribe": ("https://solidarity.example/\r\n",)},
    {"list_unsubscribe": (f"https://solidarity.example/{INJECTION}",)},
    {"list_unsubscribe": (LEAVE,), "one_click": True},
    {"list_unsubscribe": ("http://127.0.0.1.solidarity.example/u",), "one_click": True},
    {"list_unsubscribe": (), "one_click": True},
    {"list_unsubscribe": (URL, *[LEAVE] * 20)},
]


@pytest.mark.parametrize("change", REFUSED, ids=" ".join)
def test_what_breaks_a_header_is_refused(change: dict[str, Any]) -> None:
    """A message that would not be well-formed cannot be made."""
    with pytest.raises(HeaderError):
        replace(MESSAGE, **change)


def test_the_longest_link_to_leave_is_taken() -> None:
    """75 characters are the limit, and written in one line."""
    url = "https://solidarity.example/".ljust(75, "u")

    assert f"<{url}>".encode() in build(replace(MESSAGE, list_unsubscribe=(url,)))


def test_a_link_to_this_machine_may_do_without_tls() -> None:
    """The demo's pages are on loopback and one-click works there; no other machine is written to without TLS."""
    url = "http://127.0.0.1:8080/u/x"

    lines = build(replace(MESSAGE, list_unsubscribe=(url,))).split(b"\r\n")

    assert f"List-Unsubscribe: <{url}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


@pytest.mark.parametrize("what", ["sender", "recipient"])
def test_a_name_that_decodes_to_a_header_is_refused(what: str) -> None:
    """The payload that makes the standard library write a Bcc field never becomes a mailbox."""
    with pytest.raises(HeaderError):
        replace(MESSAGE, **{what: Mailbox("a@b.example", INJECTION)})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("x" * (90 * 1024 - 2), False),
        ("x" * (90 * 1024 + 1), True),
        ("ж" * 36_000, False),
        ("ж" * 40_000, True),
        ("<p>привет</p>\n" * 3000, False),
    ],
    ids=["latin fits", "latin is clipped", "cyrillic fits", "cyrillic is clipped once encoded", "mixed fits"],
)
def test_html_that_mail_programs_clip_is_told(html: str, expected: bool) -> None:
    """Over 90 KB, or 100 KB encoded, the way to unsubscribe would be cut off."""
    assert too_large(html) is expected


def test_cyrillic_html_does_not_grow_threefold() -> None:
    """27 KB stay under 40 KB, where quoted-printable would take 76 KB."""
    html = "<p>Требуем освобождения профсоюзного организатора.</p>\n" * 280

    assert len(encode_text(html).content) < 1.4 * len(html.encode())
