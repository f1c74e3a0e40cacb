"""Which mails does somebody pass on within their own?"""

from __future__ import annotations

import pytest

from mailer.core.forwarded import LONGEST_TEXT, forwarded_mails
from mailer.core.received import Part, Received

HEAD = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nDate: Fri, 20 Nov 2026\nSubject: Undelivered\n\n"


def texts(subject: str, text: str) -> list[str]:
    """Return the texts of what a mail passes on."""
    mails = forwarded_mails(Received(subject=subject, parts=(Part("text/plain", text),)))
    return [mail.parts[0].text for mail in mails]


def test_attached_mails_are_passed_on_as_they_are():
    """Whatever the subject and the text say."""
    inner = Received(subject="Undelivered", sender="MAILER-DAEMON@mx.example")

    assert forwarded_mails(Received(subject="Look", returned=(inner,))) == (inner,)


@pytest.mark.parametrize("subject", ["Fwd: Undelivered", "FW: Undelivered", "WG: Undelivered", "Tr : Undelivered"])
def test_a_subject_says_that_the_text_is_passed_on(subject):
    """As mail programs in several languages write it; the text is read as a mail system's, without its quotes."""
    (inner,) = forwarded_mails(Received(subject=subject, parts=(Part("text/plain", "> gone\n>> for good"),)))

    assert (inner.subject, inner.sender, inner.return_path) == ("Undelivered", "", "")
    assert inner.parts == (Part("text/plain", "gone\nfor good"),)


@pytest.mark.parametrize(
    "before",
    ["---------- Forwarded message ---------\n", "-------- Перенаправленное сообщение --------\n", "Look:\n\n"],
)
def test_what_follows_a_quoted_head_is_passed_on(before):
    """Whatever line a mail program puts before it, with quotes or without."""
    text = f"{before}{HEAD}It is gone.\n"

    assert texts("Look", text) == ["It is gone.\n"]
    assert texts("Look", "".join(f"> {line}\n" for line in text.splitlines())) == ["It is gone.\n"]
    assert texts("Fwd: Look", text) == [text, "It is gone.\n"]


@pytest.mark.parametrize(
    "text", ["Is this right: it came back?\n", "Note: one\nTwo: lines\n\nonly", "a\nb\nc\n\nd", ""]
)
def test_a_persons_own_words_are_not_passed_on(text):
    """A question about a letter that came back is for people to answer."""
    assert texts("Re: A question", text) == []


@pytest.mark.parametrize(
    "line", ["A: b\n", "A:\n", " b\n", "A: b\n c\n", "A: b\n\n", ">" * 60 + "\n", "A" * 60 + ": b\n"]
)
def test_long_texts_are_cut_and_cost_little(line):
    """Whatever they are made of: the pattern goes over them once."""
    assert all(len(text) <= LONGEST_TEXT for text in texts("Fwd: x", line * (2 * LONGEST_TEXT // len(line))))
