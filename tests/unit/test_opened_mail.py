"""Reading caught mail, hostile mail above all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.web.framed import FRAME_POLICY, framed
from mailer.web.opened import LARGEST_SOURCE, open_mail, read_subject, source_of, visible

TWO_PARTS = (
    "From: Example Solidarity <campaigns@solidarity.example>\r\n"
    "To: =?utf-8?b?0JDQvdC90LA=?= <anna@people.example>\r\n"
    "Subject: =?utf-8?b?0KHQstC+0LHQvtC00YM=?=\r\n"
    "Content-Language: ru\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nПишите\r\nсегодня\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Пишите</p>\r\n--b--\r\n"
).encode()
# Each of the first three crashes the parser of Python 3.11; the others are merely odd.
HOSTILE = (
    b"From: t: rfc822; a@x\r\n\r\n",
    b'From: "\r\n\r\n',
    b"From: " + b"(" * 2000 + b")" * 2000 + b" <a@x>\r\n\r\n",
    b"Content-Type: text/plain; charset=no-such-charset\r\n\r\nabc",
    b"Content-Type: multipart/mixed\r\n\r\nabc",
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n=",
    b"",
)


def test_both_parts_are_read_in_their_own_encoding() -> None:
    """Text, HTML, language and decoded headers are what a reader would see."""
    opened = open_mail(TWO_PARTS)

    assert opened.subject == "Свободу"
    assert opened.text == "Пишите\nсегодня"
    assert opened.html == "<p>Пишите</p>"
    assert opened.language == "ru"
    assert ("To", "Анна <anna@people.example>") in opened.headers
    assert opened.broken == ""


def test_attachments_are_named() -> None:
    """What is attached is told by its file name and not opened."""
    content = (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n'
        b'--b\r\nContent-Disposition: attachment; filename="letter.pdf"\r\n\r\nx\r\n--b--'
    )

    assert open_mail(content).attachments == ("letter.pdf",)


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_mail_is_survived(content: bytes) -> None:
    """Mail that crashes the standard library's parser still has a subject for the list and a source."""
    opened = open_mail(content)

    assert opened.broken or opened.subject
    assert read_subject(content)
    assert isinstance(source_of(content), str)


@pytest.mark.parametrize("content", HOSTILE[:2])
def test_a_crash_is_told_by_its_kind(content: bytes) -> None:
    """A mail that cannot be read says so, and shows nothing that was half read."""
    opened = open_mail(content)

    assert opened.broken.startswith("the parser gave up with ")
    assert (opened.text, opened.html, opened.headers) == ("", "", ())


@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    """Whatever comes in, opening it raises nothing and its source holds no control character but line ends and tabs."""
    open_mail(content)
    read_subject(content)

    assert not set(source_of(content)) & {chr(code) for code in (*range(9), *range(11, 32), 127)}


@given(st.text())
def test_visible_keeps_everything_else(text: str) -> None:
    """Only control characters change, each to one symbol."""
    shown = visible(text)

    assert len(shown) == len(text)
    assert all(new == old or ord(old) < 32 or old == "\x7f" for old, new in zip(text, shown, strict=True))


def test_an_escape_sequence_cannot_hide() -> None:
    """ESC, NUL and DEL are shown as what they are."""
    assert visible("\x1b[31m\x00\x7f") == "␛[31m␀␡"


def test_a_subject_on_two_lines_stays_one_subject() -> None:
    """A folded header is unfolded; a missing one is said to be missing."""
    assert read_subject(b"Subject: one\r\n two\r\n\r\n") == "one two"
    assert read_subject(b"From: a@people.example\r\n\r\n") == "(no subject)"


def test_a_source_of_many_megabytes_is_cut() -> None:
    """A browser gets a bounded page, which says how much is left out."""
    shown = source_of(b"a" * (LARGEST_SOURCE + 7))

    assert shown == "a" * LARGEST_SOURCE + "\n[7 more bytes are not shown]"


def test_bytes_that_are_no_utf8_are_shown_by_number() -> None:
    """A wrong byte neither raises nor vanishes."""
    assert source_of(b"a\xffb\r\nc") == "a\\xffb\nc"


def test_links_of_a_framed_mail_open_outside_the_frame() -> None:
    """One base element goes into the first head, and into nothing else."""
    assert framed("<html><HEAD lang=en><title>x</title></head>") == (
        '<html><HEAD lang=en><base target="_blank"><title>x</title></head>'
    )
    assert framed("<header>no head</header>") == "<header>no head</header>"


def test_a_mail_without_html_has_a_frame_that_says_so() -> None:
    """The frame is never blank."""
    assert "no HTML part" in framed("")


@pytest.mark.parametrize("word", ["allow-scripts", "allow-same-origin", "allow-forms", "allow-top-navigation", "http"])
def test_the_frame_is_allowed_next_to_nothing(word: str) -> None:
    """Neither scripts, nor our origin, nor forms, nor the page around it, nor anything from the network."""
    assert word not in FRAME_POLICY
    assert FRAME_POLICY.startswith("default-src 'none'; ")
    assert "; sandbox " in FRAME_POLICY
