"""The words right beside an address tell what it is for, also where they are no protest and no copy."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
CALL = "Send protests to the Ministry of Labour: a@x.example\n\n"


def roles(text):
    """Return the role of each e-mail address that a draft keeps."""
    return {mail.text: target.role for target in draft_of(text, TODAY).targets for mail in target.emails}


@pytest.mark.parametrize(
    "end",
    [
        "Posters and stickers: b@y.example",
        "Corrections go to b@y.example, photographs to c@y.example.",
        "We sell coffee. (b@y.example.)",
        "Who printed the leaflet? b@y.example",
        "Editor of this page ... b@y.example (corrections)",
        "Posters and stickers from the Bakers' League\nE-mail: b@y.example",
        "Journalists may ring Anna on +44 20 7946 0101 or write to b@y.example.",
        "Plakate und Aufkleber: b@y.example",
        "Para pedir carteles, b@y.example",
        "Noclegi -> b@y.example",
    ],
)
def test_an_errand_is_no_protest(end):
    """Who has posters, or wants corrections, is written to by nobody."""
    assert roles(CALL + end) == {"a@x.example": Role.TARGET}


def test_an_errand_holds_for_its_own_address_only():
    """The list goes on with those who are written to."""
    text = "Send protests to:\nphotographs: b@y.example\nMinistry of Labour: a@x.example"

    assert roles(text) == {"a@x.example": Role.TARGET}


@pytest.mark.parametrize(
    "text",
    [
        "Write to the bakery by email, since jobs are at stake: a@x.example",
        "Tell the bakery to withdraw the dismissal orders at a@x.example",
        "Write to the bakery, which bakes food for hospitals: a@x.example",
        "Send faxes to the two ministers: a@x.example",
        "Tell the minister that contributions to the pension scheme must be paid, a@x.example",
        "Write to the bakery so that the boss sees it: a@x.example",
        "Write to the bakery that customers would be happy to buy bread: a@x.example",
        "Put pressure on the mayor, a@x.example in copy to b@x.example.",
    ],
)
def test_everyday_words_send_no_protest_elsewhere(text):
    """Jobs, food, a pension or a glad customer are of the case."""
    assert roles("The bakers are on strike.\n\n" + text)["a@x.example"] is Role.TARGET


@pytest.mark.parametrize(
    "end",
    [
        "Tell us what you have done: b@y.example",
        "Please inform the Appeals Desk (b@y.example) of any action taken.",
        "When it's done, write to b@y.example.",
        "The League has another, b@y.example, where duplicates of protests are filed.",
        "Please put b@y.example in cc and send us a line.",
    ],
)
def test_word_of_what_was_sent_goes_where_copies_go(end):
    """Whoever is to learn of the letters gets a copy."""
    assert roles(CALL + end)["b@y.example"] is Role.COPY


@pytest.mark.parametrize(
    "end",
    [
        "Support: email b@y.example",
        "Encourage b@y.example",
        "Who'd like a hug? Their mothers: b@y.example",
        "Send solidarity to: b@y.example",
        "Cards, songs > b@y.example",
        "Mail cheerful things to the six: b@y.example",
        "Wer ihm ein Gedicht schicken will, tut dies über b@y.example.",
    ],
)
def test_something_kind_is_support(end):
    """A hug, a song or a label is enough."""
    assert roles(CALL + end)["b@y.example"] is Role.SOLIDARITY
