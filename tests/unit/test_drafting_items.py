"""Which lines below a demanding one are demands, and how much of each?"""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)


def demands(text):
    """Return the demands that a text has, in its own words."""
    return [one.text.text for one in draft_of(text, TODAY).demands]


def test_an_office_may_be_asked_to_write_or_call():
    """Below "we call on the government to:" a line that begins with "call" or "write" is no step for the reader."""
    text = (
        "We call on the government to:\n"
        "Call the owners of the mill to account;\n"
        "Write off the debts of all millers;\n"
        "Open the old dam"
    )

    assert demands(text) == [
        "Call the owners of the mill to account",
        "Write off the debts of all millers",
        "Open the old dam",
    ]


def test_following_points_may_be_paragraphs():
    """Where points are announced, each paragraph below is one, up to what tells where letters go."""
    text = (
        "Write to the mayor and ask for the following points:\n\n"
        "Bread for every household in the valley\n\n"
        "A new mill beside the old one\n\n"
        "Letters can be sent to:\n\nmayor@town.example"
    )

    assert demands(text) == ["Bread for every household in the valley", "A new mill beside the old one"]


def test_a_paragraph_of_a_letter_is_no_item():
    """Lines without bullets that speak of the writer go on with the letter."""
    text = (
        "Dear Mayor,\n\nFor nine weeks the mill of Sample Town has been shut. I demand:\n"
        "I am a miller myself, and know what flour costs.\nWe have no bread in our valley, nor any oats."
    )

    assert not [one for one in demands(text) if one.startswith(("I am", "We have"))]


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ("Reopen the mill. The valley has had no bread for nine weeks", "Reopen the mill"),
        ("Reopen the mill. Pay the millers what they are owed", "Reopen the mill. Pay the millers what they are owed"),
        ("Reopen the mill. The town must pay the millers", "Reopen the mill. The town must pay the millers"),
    ],
)
def test_an_item_goes_on_while_it_asks(item, kept):
    """A further sentence of an item that gives a reason is left out, one that asks for more is kept."""
    assert demands(f"We demand:\n- {item}.\n- Cheaper flour for all")[0] == kept


def test_stars_within_a_line_are_bullets():
    """A list that a page ran together is one again where stars stand after its marks."""
    assert demands("We demand: * reopen the old mill; * pay the nine millers; * stop the dam.") == [
        "reopen the old mill",
        "pay the nine millers",
        "stop the dam",
    ]


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("Our demand stays as it was: REOPEN THE MILL!", "REOPEN THE MILL"),
        ("Hence, Madam, our firm request: that the mill be reopened.", "that the mill be reopened"),
    ],
)
def test_our_demand_and_its_colon_label_it(text, demand):
    """What we call our demand is told behind the colon."""
    assert demands(f"The mill is shut.\n\n{text}") == [demand]


def test_a_step_tells_what_its_letters_demand():
    """To "send letters demanding .." is a step, and what they demand is none."""
    text = "What you can do:\n\n- Send letters to the mayor demanding the sale of the dam.\n- Tell your friends."

    assert demands(text) == ["the sale of the dam"]
