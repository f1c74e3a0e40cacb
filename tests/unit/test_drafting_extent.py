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
        "Wij vragen om ook deze zomer kaarten te schrijven.",
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


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("the release of Anna Baker, arrested in May for a loaf", "the release of Anna Baker"),
        ("la liberazione di Anna Fornaio, accusata di aver dato via il pane", "la liberazione di Anna Fornaio"),
        ("the reopening of the mill, said the head of the guild", "the reopening of the mill"),
        ("the release of Anna Baker, Bob Miller and Carl Oven", "the release of Anna Baker, Bob Miller and Carl Oven"),
    ],
)
def test_what_is_told_of_somebody_is_no_part_of_the_demand(told, kept):
    """An arrest that is told after a name, and who said it all, end a demand; a further name does not."""
    assert bounded(told) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("TO DEMAND THE OPENING OF THE MILL, WRITE TO THE MAYOR TODAY", ["THE OPENING OF THE MILL"]),
        (
            "Please call on the council to publish the decrees that it signed and that it hid.",
            ["publish the decrees that it signed and that it hid"],
        ),
        (
            "Exigimos el inmediato regreso de los molineros y el inmediato pago de su pan.",
            ["el inmediato regreso de los molineros", "el inmediato pago de su pan"],
        ),
        (
            "Wij roepen de burgemeester op om de molen snel te openen, en te zorgen dat iedereen brood heeft.",
            ["de molen snel te openen", "te zorgen dat iedereen brood heeft"],
        ),
        ("Napište starostovi dopis s naším požadavkem, aby mlýn znovu otevřel.", ["mlýn znovu otevřel"]),
        (
            "Schreiben Sie Briefe an die Ministerin, in denen Sie eine Untersuchung des Falls der Bäcker fordern.",
            ["eine Untersuchung des Falls der Bäcker"],
        ),
        ("We write to ask for the old mill and urge the mayor to act now.", ["the old mill"]),
    ],
)
def test_where_a_demand_ends(text, kept):
    """It ends before the next step, and not within its own clause; what begins alike, or opens alike, is its own."""
    assert demands(text) == kept


def test_two_lines_of_a_wrapped_page_are_one():
    """A page that was wrapped throughout wraps a paragraph of two lines too, whatever its second line begins with."""
    prose = "The town has a mill that nobody runs since the miller was taken away in the\n"
    asked = "Please ring the town hall as often as you can, and demand that they free\nAnna at once"
    text = f"{prose * 3}end.\n\n{prose * 3}end.\n\n{asked}"

    assert demands(text) == ["free Anna at once"]
