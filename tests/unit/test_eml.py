"""The draft of a letter as a file: what a mail program opens is the letter, and nobody's name or date is in it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.eml import build_draft
from mailer.core.headers import LONGEST_LINE
from mailer.core.webmail import Draft
from mailer.errors import AddressError, HeaderError

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)
SUBJECT = TEXT.map(str.strip).filter(lambda text: text and "=?" not in text)


def opened(draft: Draft) -> EmailMessage:
    """Return the draft as the standard library reads it."""
    return message_from_bytes(build_draft(draft), policy=policy.default)


def test_a_draft_has_what_a_mail_program_needs_and_no_more() -> None:
    """Who sends it and when is for the mail program to say; Outlook opens it for writing."""
    message = opened(
        Draft(
            "office@justice.example", "Привет", "Dear all,\n\nyours", ("a@s.example", "b@s.example"), ("c@s.example",)
        )
    )

    assert message.keys() == [
        "X-Unsent",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ]
    assert message["X-Unsent"] == "1"
    assert message["To"] == "office@justice.example"
    assert [address.addr_spec for address in message["Cc"].addresses] == ["a@s.example", "b@s.example"]
    assert message["Bcc"] == "c@s.example"
    assert message["Subject"] == "Привет"
    assert message.get_content() == "Dear all,\r\n\r\nyours\r\n"


def test_nobody_is_copied_where_nobody_is_named() -> None:
    """An empty address field would make some programs refuse the draft."""
    assert {"Cc", "Bcc"}.isdisjoint(opened(Draft("office@justice.example", "x", "y")).keys())


@given(SUBJECT, TEXT)
def test_a_draft_reads_back_as_it_was_written(subject: str, body: str) -> None:
    """Whatever was typed arrives; lines stay within what mail programs read."""
    content = build_draft(Draft("office@justice.example", subject, body))
    message = message_from_bytes(content, policy=policy.default)

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= LONGEST_LINE
    assert " ".join(message["Subject"].split()) == " ".join(subject.split())
    assert message.get_content() == body + "\r\n"


def test_many_copies_are_folded_into_whole_addresses() -> None:
    """A folded address field still names exactly those that were given."""
    copies = tuple(f"somebody.with.a.long.name.{number}@solidarity.example" for number in range(12))

    assert tuple(each.addr_spec for each in opened(Draft("a@b.example", "x", "y", copies))["Cc"].addresses) == copies


@pytest.mark.parametrize("subject", ["x\r\nBcc: evil@x.example", "=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?=", "x\x00y"])
def test_a_subject_starts_no_other_header(subject: str) -> None:
    """A subject that could become a header of its own makes no draft."""
    with pytest.raises(HeaderError):
        build_draft(Draft("office@justice.example", subject, "y"))


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: evil@x.example", "a@b.example, evil@x.example", "nobody"])
def test_an_address_is_one_mailbox(address: str) -> None:
    """What is not one address is in no field."""
    for draft in (Draft(address, "x", "y"), Draft("a@b.example", "x", "y", (address,))):
        with pytest.raises((AddressError, HeaderError)):
            build_draft(draft)
