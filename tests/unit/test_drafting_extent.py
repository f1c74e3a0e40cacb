"""Where does a demand begin and end, and which deeds are the reader's?"""

from __future__ import annotations

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.extent import bounded, is_to_reader, toneless


def demands(text: str) -> list[str]:
    """Return what a text demands."""
    return [demand.text.text for demand in draft_of(text, date(2026, 11, 22)).demands]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("they reopen the bakery", "reopen the bakery"),
        ("he be given his bread", "he be given his bread"),
        ("il forno venga riaperto", "il forno venga riaperto"),
        ("the bakery be reopened: say that you ring about the oven", "the bakery be reopened"),
        ("reopen the bakery (see numbers below)", "reopen the bakery"),
        ("reopen the bakery – wrote the guild", "reopen the bakery"),
    ],
)
def test_a_demand_ends_where_the_sentence_turns(told, kept):
    """A pronoun before it, and what follows a colon, a "see below" or a speaker's name, are no part of a demand."""
    assert bounded(told) == kept


def test_the_tone_is_no_demand():
    """How politely it is to be asked does not belong to what is asked."""
    assert toneless("höflich, aber bestimmt, die Öffnung des Ofens") == "die Öffnung des Ofens"


def test_your_is_the_reader():
    """Outside a letter "you" and "your" are the reader, whose deeds are no demands."""
    assert is_to_reader("raise your voices for bread")
    assert not is_to_reader("reopen the bakery")


@pytest.mark.parametrize(
    "text",
    [
        "Vi ber alle venner av bakeriet om å klikke her.",
        "We ask that you call now.",
        "We encourage others to tweet about the bakery.",
        "Last week the bakers went to the town hall to demand that the ovens be lit.",
    ],
)
def test_what_readers_do_is_no_demand(text):
    """A click, a call now, a tweet, and the report of a protest demand nothing."""
    assert demands(text) == []


def test_a_cry_asks_where_nothing_else_does():
    """A cry at the end of the text tells what is needed, if no sentence demands anything."""
    text = "Nine bakers are held since May.\n\nTheir ovens are cold and the town has no bread.\n\nFree the nine bakers!"
    assert demands(text) == ["Free the nine bakers"]
