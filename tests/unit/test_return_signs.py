"""Which signs make a returned mail of a mail without a report, and which are a person's words?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.received import Part, Received
from mailer.core.return_signs import has_form, is_by_daemon, is_returned

ANNA = "Anna <anna@home.example>"
REFUSED = "Delivery to the following recipient failed permanently:\n\n  x@y.example\n\n550 5.1.1 User unknown\n"


def mail(sender: str, subject: str, return_path: str | None = "x@home.example", **fields: str) -> Received:
    """Return a mail from somebody, with these fields beside From."""
    more = {name.replace("_", "-"): (value,) for name, value in fields.items()}
    return Received(return_path=return_path, subject=subject, fields={"from": (sender,), **more})


@pytest.mark.parametrize(
    "name",
    [
        "MAILER-DAEMON@mx.example",
        "mailer_daemon@mx.example",
        '"" <>',
        "Mail Delivery System <x@mx.example>",
        "System Administrator <x@y.example>",
    ],
)
def test_names_of_mail_systems(name):
    """However the words are joined."""
    assert is_by_daemon(mail(name, "x"))


@pytest.mark.parametrize("name", [ANNA, "Administration <office@city.example>", "Mailand Tourist <m@city.example>"])
def test_names_of_others(name):
    """A person or an office is no mail system."""
    assert not is_by_daemon(mail(name, "x"))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Free him", "You wrote to x@y.example. There is no such user."),
        ("", "The mailbox of x@y.example is full."),
        ("Delayed: Free him", "We go on."),
        ("Returned", "See below."),
        ("Free him", "550 refused"),
    ],
)
def test_a_mail_system_needs_one_sign(subject, text):
    """A reason, a subject or a reply: it writes of little else."""
    assert is_returned(mail("MAILER-DAEMON@mx.example", subject), text)


def test_a_mail_system_may_write_of_something_else():
    """Nor is an answer under the subject of another mail a reason that it gives."""
    assert not is_returned(mail("postmaster@mx.example", "Our new certificate"), "It is valid from Monday.")
    assert not is_returned(mail("postmaster@mx.example", "Re: your question"), "Yes, he is unknown here.")


@pytest.mark.parametrize("sender", ["Mimesweeper <ms@gw.example>", "AntiVirus_for_SMTP@gw.example"])
def test_a_gateway_needs_more_than_words(sender):
    """Firms that sell such gateways write newsletters."""
    assert is_returned(mail(sender, "Delivery failure notification"), "x")
    assert is_returned(mail(sender, "Free him"), REFUSED)
    assert not is_returned(mail(sender, "Our offer"), "No mail will be returned to you: it was delivered by us")
    assert not is_returned(mail(sender, "Why delivery failed", list_id="<news.gw.example>"), "It was not delivered.")


def test_an_empty_sender_needs_more_than_words():
    """Programs that answer for persons have one as well."""
    assert is_returned(mail(ANNA, "Mailbox full", ""), "x")
    assert is_returned(mail(ANNA, "Free him", ""), REFUSED)
    assert not is_returned(mail(ANNA, "Free him", ""), "I am away. Old mail is undeliverable.")


def test_what_calls_itself_a_reply_says_it_in_its_subject():
    """That an address is no longer used is what the answer of a person's program says, too."""
    reply = mail(ANNA, "Address no longer valid", "", auto_submitted="auto-replied")

    assert not is_returned(reply, REFUSED)
    assert is_returned(replace(reply, subject="Undeliverable: Free him"), "x")


def test_a_mail_of_anybody_needs_all():
    """A subject, the words, and the form or the reply of a server."""
    sent = mail(ANNA, "Mail delivery failed")

    assert is_returned(sent, REFUSED)
    assert is_returned(sent, "<x@y.example>: 550 5.1.1 User unknown")
    assert not is_returned(replace(sent, subject="Free him"), REFUSED)
    assert not is_returned(sent, "The letter could not be delivered: user unknown")
    assert not is_returned(sent, "Whose fault is it?")
    assert not is_returned(sent, "The petition could not be delivered: 500 names are too few")
    assert not is_returned(sent, "> <x@y.example>: 550 5.1.1 User unknown\nWhat now?")


@pytest.mark.parametrize(
    "words", ["Hello, what now?", "see what I got", "Hallo, das kam zurück", "Bonjour,", "Mi carta:"]
)
def test_who_passes_a_report_on_is_a_person(words):
    """Words of a person before the report make it a question."""
    assert not is_returned(mail(ANNA, "Mail delivery failed"), f"{words}\n\n{REFUSED}")


def test_a_program_on_its_own_account_may_give_its_reason_in_words():
    """A field that persons' programs never write stands for the reply of a server; subscribers may read of returns."""
    text = "The mail to x@y.example could not be delivered: the mailbox is full"

    assert is_returned(mail("no-reply@isp.example", "Mail not delivered", auto_submitted="auto-generated"), text)
    assert not is_returned(mail("no-reply@isp.example", "Notice", auto_submitted="auto-generated"), text)
    assert not is_returned(mail("no-reply@isp.example", "Mail not delivered"), text)
    assert not is_returned(mail(ANNA, "Mail not delivered", list_id="<friends.lists.example>"), f"{text} 550 no")


@pytest.mark.parametrize(
    ("content", "field"), [("delivery-status", {}), ("", {"x-failed-recipients": ("x@y.example",)})]
)
def test_a_form_or_field_for_it_is_enough(content, field):
    """A report whose fields cannot be read, and the field that Exim writes."""
    assert is_returned(Received(report_type=content, fields={"from": (ANNA,), **field}), "x")


@pytest.mark.parametrize(
    "notice",
    [
        "----- Failed Recipients -----\n<x@y.example>",
        "This is the mail system at host mx.example.",
        "This message was created automatically by mail delivery software.",
        'could not be delivered to the following user:\n\n"X" <x@y.example>',
        "Folgende Empfänger sind nicht erreichbar",
        "以下收件人不存在",
    ],
)
def test_forms_of_notices(notice):
    """Headings, preambles, and sentences above the addresses."""
    assert has_form(notice)


def test_prose_has_no_form():
    """The following is not always an address."""
    assert not has_form("The following is what we know of the trial. Write to x@y.example")


def test_a_report_in_the_midst_of_a_mail_is_no_form():
    """A notice begins with its form."""
    assert not has_form("word " * 400 + REFUSED)


def test_the_part_of_a_returned_mail_is_no_sign():
    """Where a text is only looked at so far, what stands behind is not seen."""
    parts = (Part("text/plain", REFUSED),)

    assert not is_returned(replace(mail(ANNA, "Free him"), parts=parts), "")
