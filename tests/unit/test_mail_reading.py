"""Is any mail read, as what it says, at a cost that its sender cannot choose?"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.mail_reading import LARGEST_TEXT, MOST_GROUPS, read_mail
from mailer.adapters.mail_sections import DEEPEST, MOST_DELIMITERS, MOST_FIELDS, MOST_PARTS
from mailer.core.received import LARGEST_MAIL
from mailer.errors import UnreadableMailError
from tests.strategies import body_texts, header_texts

HEAD = b"From: Anna <anna@home.example>\nTo: office@solidarity.example\nSubject: Hello\n"
TWO_MEGABYTES = 2_000_000


def parted(*parts: bytes, boundary: bytes = b"b") -> bytes:
    """Return a multipart mail."""
    inside = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    return (
        HEAD + b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\n\n' + inside + b"--" + boundary + b"--\n"
    )


def test_the_fields_of_a_mail():
    """Who wrote it to whom, what it answers, and what it is."""
    received = read_mail(
        b"Return-Path: <anna+x@Home.Example>\nDelivered-To: bounces+t@Solidarity.Example\n"
        b"X-Original-To: other@solidarity.example\nTo: Office <office@solidarity.example>, anna@home.example\n"
        b"From: =?utf-8?q?=3Cevil=40x.example=3E?= <anna@home.example>\nMessage-ID: <1@home.example>\n"
        b"In-Reply-To: <a@solidarity.example>\nReferences: <b@solidarity.example>\n <a@solidarity.example>\n"
        b"Subject: =?utf-8?b?0J/RgNC4?=\n =?utf-8?b?0LLQtdGC?= you\n"
        b'Content-Type: Multipart/Report; report-type="Delivery-Status"; boundary=none\n\n'
    )

    assert received.sender == "anna@home.example"
    assert received.return_path == "anna+x@home.example"
    assert received.delivered_to == (
        "bounces+t@solidarity.example",
        "other@solidarity.example",
        "office@solidarity.example",
        "anna@home.example",
    )
    assert received.references == ("<a@solidarity.example>", "<b@solidarity.example>")
    assert (received.message_id, received.subject) == ("<1@home.example>", "Привет you")
    assert (received.content_type, received.report_type) == ("multipart/report", "delivery-status")
    assert received.fields["to"] == ("Office <office@solidarity.example>, anna@home.example",)


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        (b"From: a@x.example\nFrom: b@x.example\n", ""),
        (b"From: a@x.example, b@x.example\n", ""),
        (b"From: t: rfc822; a@x.example\n", "a@x.example"),
        (b'From: "\n', ""),
        (b"From: =?utf-8?q?a=40x.example?=\n", ""),
        (b"From: " + b"(" * 2_000 + b"a@x.example\n", ""),
        (b"Subject: x\n", ""),
    ],
)
def test_the_sender_is_one_address_or_nobody(fields, sender):
    """Several senders are none, encoded words make none, and what breaks the standard library breaks nothing here."""
    assert read_mail(fields + b"\nx").sender == sender


@pytest.mark.parametrize(
    ("line", "path"), [(b"", None), (b"Return-Path: <>\n", ""), (b"Return-Path: <A@B.example>\n", "A@b.example")]
)
def test_the_return_path(line, path):
    """None where no server noted it, empty for the sender that nobody may answer."""
    assert read_mail(line + HEAD + b"\n").return_path == path


@pytest.mark.parametrize("octets", [b"", b"\0" * 100, b"hello", b"\n\nhello", b"From anna\nnothing\n"])
def test_what_is_no_mail_is_told(octets):
    """Octets without one field are refused, with the one error that is meant for it."""
    with pytest.raises(UnreadableMailError, match=str(len(octets))):
        read_mail(octets)


@given(header_texts, body_texts)
def test_what_the_standard_library_writes_is_read(subject, body):
    """Texts in every script, in whatever encoding the library chooses, come back as its own parser reads them."""
    written = EmailMessage()
    written["From"], written["Subject"] = "a@x.example", " ".join(subject.split()) or "x"
    written.set_content(body, cte="base64" if "\0" in body else None)
    written.add_attachment(b"\1\2", maintype="application", subtype="pdf", filename="фото.pdf")
    octets = written.as_bytes()
    oracle = message_from_bytes(octets, policy=policy.default)

    received = read_mail(octets)

    assert received.subject.split() == str(oracle["Subject"]).split()
    text = next(part for part in oracle.walk() if part.get_content_type() == "text/plain").get_content()
    assert received.parts[0].text.splitlines() == text.replace("\0", "").replace("\r", "\n").splitlines()
    assert (received.parts[1].content_type, received.parts[1].name, received.parts[1].text) == (
        "application/pdf",
        "фото.pdf",
        "",
    )


@given(
    st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "7bit", "x-unknown"]), st.text(max_size=20)
)
def test_any_octets_are_some_text(body, encoding, charset):
    """A body may be broken in whatever encoding and character set it claims: it is read all the same."""
    octets = HEAD + f'Content-Transfer-Encoding: {encoding}\nContent-Type: text/plain; charset="{charset}"\n\n'.encode()

    assert isinstance(read_mail(octets.replace(b"\r", b"") + body).subject, str)


@given(st.binary(max_size=2_000))
def test_any_octets_are_a_mail_or_none(octets):
    """Nothing that can come is answered by anything but a value or the one error."""
    try:
        received = read_mail(octets)
    except UnreadableMailError:
        return
    assert received.fields


def test_parts_in_order_with_the_mails_that_they_carry():
    """Texts are decoded where they stand; attached mails are read as mails, with what they carry themselves."""
    inner = parted(b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; x@y.example\n", boundary=b"c")
    received = read_mail(
        parted(
            b"Content-Type: text/plain; charset=koi8-r\n\n" + "привет".encode("koi8-r"),
            b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<b>=D1=8F</b>",
            b"Content-Type: message/rfc822\n\n" + inner,
            b"Content-Type: text/rfc822-headers\n\nMessage-ID: <orig@solidarity.example>\nSubject: One",
        )
    )

    assert [(part.content_type, part.text) for part in received.parts] == [
        ("text/plain", "привет"),
        ("text/html", "<b>я</b>"),
    ]
    assert [mail.message_id for mail in received.returned] == ["", "<orig@solidarity.example>"]
    assert received.returned[0].statuses == ({"final-recipient": "rfc822; x@y.example"},)
    assert (received.statuses, received.is_cut) == ((), False)


def test_the_groups_of_a_report():
    """Empty lines part them, and so does a second recipient; names are in lower case, folded lines are one."""
    text = (
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        b"Final-Recipient: rfc822; a@x.example\nDiagnostic-Code: smtp; 550\n no\nfinal-recipient: rfc822; b@x.example\n"
    )
    groups = read_mail(parted(text)).statuses

    assert [group.get("final-recipient") for group in groups] == [None, "rfc822; a@x.example", "rfc822; b@x.example"]
    assert groups[1]["diagnostic-code"] == "smtp; 550 no"


def test_a_mailbox_line_and_line_ends_of_the_network():
    """A copy from a mailbox file, and CRLF, read as the mail itself."""
    network = HEAD.replace(b"\n", b"\r\n") + b"\r\nOne\r\nTwo\r\n"

    assert read_mail(b"From anna Sat Nov 21\n" + network) == read_mail(network)
    assert read_mail(network).parts[0].text == "One\nTwo\n"


def test_a_multipart_mail_without_parts_keeps_its_text():
    """What no boundary divides is still there to be read."""
    assert (
        "user unknown" in read_mail(HEAD + b"Content-Type: multipart/mixed; boundary=x\n\nuser unknown").parts[0].text
    )


def test_a_thousand_parts_are_a_hundred():
    """So many are looked at, and the rest is said to be missing."""
    received = read_mail(parted(*[b"Content-Type: text/plain\n\nhi"] * 1_000))

    assert (len(received.parts), received.is_cut) == (MOST_PARTS, True)


def test_mails_in_mails_end():
    """A mail in a mail in a mail, five hundred times, is read to a depth, and the rest is said to be missing."""
    received = read_mail((HEAD + b"Content-Type: message/rfc822\n\n") * 500 + HEAD + b"\nx")
    depth, inside = 0, received
    while inside.returned:
        inside, depth = inside.returned[0], depth + 1

    assert (depth, inside.is_cut) == (DEEPEST, True)


def test_parts_in_parts_end():
    """Part in part, five hundred times, is read to a depth, and said to be cut."""
    octets = parted(b"\nx", boundary=b"b0")
    for level in range(1, 500):
        octets = parted(octets.removeprefix(HEAD), boundary=b"b%d" % level)
    received = read_mail(octets)

    assert ([part.content_type for part in received.parts], received.is_cut) == (["multipart/mixed"], True)


def test_a_text_is_read_to_its_bound():
    """Of texts without end so much is kept as was said, in one part and in many."""
    one = read_mail(HEAD + b"\n" + b"word " * 2_000_000)
    many = read_mail(parted(*[b"Content-Type: text/plain\n\n" + b"word " * 100_000] * 50))

    assert (len(one.parts[0].text), one.is_cut) == (LARGEST_TEXT, True)
    assert (sum(len(part.text) for part in many.parts), many.is_cut) == (TWO_MEGABYTES, True)


def test_fields_without_end_are_cut():
    """So many fields are kept as a mail has at most, and a mail of only fields ends."""
    received = read_mail(b"".join(b"X-%d: y\n" % number for number in range(100_000)))

    assert (len(received.fields), received.is_cut) == (MOST_FIELDS, True)


def test_lines_that_look_like_delimiters_are_counted():
    """Of near misses without end not all are looked at: what is behind them is said to be missing."""
    misses = HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a b\n" * (MOST_DELIMITERS + 1)
    received = read_mail(misses + b"--a\n\nlate\n--a--\n")

    assert (received.is_cut, "late" in [part.text for part in received.parts]) == (True, False)


def test_a_report_about_everybody_is_cut():
    """A mail of ours went to one person: a report of thousands is none of ours, and costs no more."""
    group = b"Final-Recipient: rfc822; a@x.example\nAction: failed\n\n"
    received = read_mail(HEAD + b"Content-Type: message/delivery-status\n\n" + group * 10_000)

    assert len(received.statuses) == MOST_GROUPS + 1


def test_the_largest_mail():
    """A mail of more than 25 MB is read as far as that, and says so."""
    received = read_mail(HEAD + b"\n" + b"x" * LARGEST_MAIL)

    assert (received.subject, received.is_cut) == ("Hello", True)


@pytest.mark.parametrize(
    "spelled", ["Subject: =?utf-7?Q?+2AA-?=\n\n", "Content-Type: text/plain; charset=utf-7\n\n+2AA-"]
)
def test_half_a_character_is_none(spelled):
    """UTF-7 can spell what no text that is kept or printed may hold."""
    received = read_mail(spelled.encode())

    (received.subject + received.parts[0].text).encode("utf-8")
    assert "\ufffd" in (received.subject, received.parts[0].text)
