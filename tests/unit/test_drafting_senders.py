"""A copy "to us" without an address goes to the sender of the mail, and says that it is a guess."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.senders import NOT_TOLD

TODAY = date(2026, 11, 22)
STORY = (
    "The bakers of Exampleton have been locked out since Monday.\n\nProtest to the Ministry of Bread: m@x.example\n\n"
)


def copies(text):
    """Return who gets copies, each with its doubt."""
    return [(one.text, one.doubt) for one in draft_of(text, TODAY).copies_to]


@pytest.mark.parametrize(
    ("head", "ask"),
    [
        ("From: Crumb Desk <c@y.example>\nDate: 1 May 2013\n", "Please send a copy to us as well."),
        ("Subject: Bread\nReply-To: c@y.example\n", "und eine Kopie an uns, danke"),
        ("De : Comité <c@y.example>\nDate : 1 mai 2013\n", "Copie à nous, merci."),
        ("De: Comité <c@y.example>\nFecha: 1 de mayo\n", "Manden una copia a nosotros."),
        ("Da: Comitato <c@y.example>\nData: 1 maggio\n", "Una copia a noi, grazie."),
    ],
)
def test_the_sender_gets_the_copies_that_those_who_write_ask_for(head, ask):
    """The mail's own fields tell the address."""
    assert copies(f"{head}\n{STORY}{ask}") == [("c@y.example", NOT_TOLD)]


def test_a_reply_address_comes_before_a_sender():
    """Replies are wanted there."""
    head = "From: f@y.example\nReply-To: r@y.example\nDate: 1 May 2013\n\n"

    assert copies(f"{head}{STORY}Copies to us, please.") == [("r@y.example", NOT_TOLD)]


def test_of_a_mail_passed_on_the_first_sender_counts():
    """Whoever passes a mail on is not the one who asks in it."""
    head = "From: p@z.example\nDate: 2 May 2013\n\n> From: c@y.example\n> Date: 1 May 2013\n\n"

    assert copies(f"{head}{STORY}Copies to us, please.") == [("c@y.example", NOT_TOLD)]


@pytest.mark.parametrize("ask", ["Copies to us: d@y.example", "Tell your friends.", "Copies to the union: d@y.example"])
def test_a_sender_gets_nothing_where_an_address_is_told(ask):
    """Without a wish for copies, or with an address for them, nothing is guessed."""
    head = "From: c@y.example\nDate: 1 May 2013\n\n"

    assert "c@y.example" not in dict(copies(f"{head}{STORY}{ask}"))


def test_the_source_of_an_alert_stands_below_the_request_for_copies():
    """It is whom to ask for more."""
    contact = "For further information, contact the Bakers' League, c@y.example"
    ask = f"Please copy appeals to the source if possible.\n\n{contact}"

    assert copies(f"{STORY}{ask}") == [("c@y.example", NOT_TOLD)]


def test_what_was_copied_is_no_request():
    """Thanks for copies ask for none."""
    assert copies(f"{STORY}Over 900 were copied to us.\n\nContact us: c@y.example") == []
