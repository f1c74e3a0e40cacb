"""Each way in which appeals tell whom an address is for, and where what they tell ends."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)


def mails(text):
    """Return the role of each e-mail address that a draft keeps."""
    drafted = draft_of(text, TODAY)
    return {mail.text: target.role for target in drafted.targets for mail in target.emails}


def posts(text):
    """Return the role of each postal address that a draft keeps."""
    drafted = draft_of(text, TODAY)
    return {post.text: target.role for target in drafted.targets for post in target.post}


CALL = "Send protests to the ministry: a@x.example\n\n"
LETTER = "I ask you to withdraw the permit, since forty families fish in the lake and drink from it."


@pytest.mark.parametrize(
    "end",
    [
        "Translation: b@y.example",
        "Information from: Somebody\nb@y.example",
        "To contact the Alliance, call the emergency line:\n- E-mail: b@y.example",
        "Please let us know how it went: b@y.example",
        "Thank you.\n\nUrgent Appeals Programme\nExample Centre (b@y.example)",
        "We shall not rest.\n\nExample Radio\nb@y.example",
        "owner-list@y.example",
        "To add your name, write to b@y.example",
    ],
)
def test_who_made_the_appeal_is_not_written_to(end):
    """What stands below the list is of those who ask: credits, enquiries, their own signature."""
    assert mails(CALL + end) == {"a@x.example": Role.TARGET}


@pytest.mark.parametrize(
    "text",
    [
        "Copy and paste this list:\na@x.example, b@x.example\n\nAsk the brands to open the mill.",
        "Texte à copier. Envoyez-le au ministre : a@x.example, b@x.example",
        "Bitte den Text kopieren und senden an:\na@x.example, b@x.example",
    ],
)
def test_to_copy_a_text_is_no_copy(text):
    """Who is told to copy a list or a letter sends no carbon copies."""
    assert mails(text) == {"a@x.example": Role.TARGET, "b@x.example": Role.TARGET}


def test_a_copy_in_brackets_is_about_the_address_that_follows():
    """Of "a (copy: b)" a is written to and b gets the copy; of "b (copy)" b does."""
    both = mails("Send a message to the management: a@x.example (copy: b@y.example)")

    assert both == {"a@x.example": Role.TARGET, "b@y.example": Role.COPY}
    assert mails("Write to the court: a@x.example, b@y.example (copy)")["b@y.example"] is Role.COPY


def test_a_copy_to_one_ends_with_that_one():
    """A sentence that names one addressee for copies opens no list of them."""
    text = "Please send a copy of the messages to the committee\nb@y.example\nDr Example\nGovernor of A\na@x.example"

    assert mails(text) == {"b@y.example": Role.COPY, "a@x.example": Role.TARGET}


def test_a_row_of_one_domain_ends_with_a_copy_to_an_organisation():
    """In a row of one company's mailboxes the only one of an organisation is that of those who ask."""
    text = "Send your mail to:\na@firm.example, b@firm.example, c@firm.example, action@green.org.example"

    assert mails(text)["action@green.org.example"] is Role.COPY


def test_whoever_a_letter_greets_is_written_to():
    """The lines above a salutation are those of the office, also after the close of another letter."""
    text = (
        f"Letters to send\n\nMinister of Justice\na@x.example\n\nDear Minister:\n{LETTER}\n\nYours sincerely,\n\n"
        f"Governor\nb@x.example\n\nYour Excellency:\n{LETTER}"
    )

    assert mails(text) == {"a@x.example": Role.TARGET, "b@x.example": Role.TARGET}


def test_thanks_for_solidarity_call_for_none():
    """Words of thanks head no list of messages of support."""
    assert mails("Tell the brands to reopen the mill.\nWrite: a@x.example\n\nMany thanks for all your solidarity") == {
        "a@x.example": Role.TARGET
    }


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("Example County Jail, 12 Example Road, Exampleton, CA 90001", Role.SOLIDARITY),
        ("JVA Beispielstadt\nMusterweg 11\n99999 Beispielstadt", Role.SOLIDARITY),
        ("Governor, Example Prison, 12 Example Road, Exampleton EX1 2AB", Role.TARGET),
    ],
)
def test_post_to_a_prison_is_for_the_prisoners(address, role):
    """Unless it is for somebody who commands there."""
    assert list(posts(f"Please write to:\n\n{address}").values()) == [role]


def test_an_archive_of_a_list_spells_out_every_address():
    """Where the head of a mail says "name at domain", its text does so too; the sender is not written to."""
    text = (
        "Strike\nExample Sender sender at list.example\nMon Mar 12 09:22:41 GMT 2001\n\n"
        "Send protests to the company: office at firm.example\n"
    )

    assert mails(text) == {"office@firm.example": Role.TARGET}


@pytest.mark.parametrize(
    "written", ["a (a) x.example", "a ARROBA x.example", "a -at- x.example", "a chiocciola x.example", "a AT x.example"]
)
def test_an_at_that_stands_before_a_domain_is_one(written):
    """However an address is hidden, its domain gives it away."""
    assert mails(f"Send protests to the ministry: {written}") == {"a@x.example": Role.TARGET}


def test_two_addresses_that_a_stroke_parts_are_two():
    """A stroke parts addresses, and a word that runs on behind one is none of it."""
    assert set(mails("Send protests to the ministry: a@x.example/b@x.exampleTel: 1")) == {"a@x.example", "b@x.example"}
