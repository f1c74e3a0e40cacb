"""Letters as web forms take them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.fitting import Blocks, characters, fit
from mailer.core.letters import write_blocks, write_letter
from mailer.core.writing import Writing
from tests.letter_parts import revision, supporter, target

WHOLE = Blocks(
    "en",
    "On the case",
    greeting="Dear Prosecutor,",
    opening="I write to you about the case.",
    body="It was reported: jailed for a picket.\n\nMy requests are:\n\n1. his release\n2. an inquiry\n\n"
    "Please look into it.",
    closing="I expect your answer.\n\nYours faithfully,",
    signature="Anna Kovács\nLondon",
    demands=("his release", "an inquiry"),
)
CORE = "Dear Prosecutor,\n\nMy requests are:\n\n1. his release\n2. an inquiry\n\nAnna Kovács\nLondon"
STORY = "It was reported: jailed for a picket."


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("abc", 3), ("Қазақ", 5), ("a\nb", 4), ("a\n\nb", 6), ("\N{GRINNING FACE}", 2), ("é", 1)],
)
def test_characters_are_counted_as_the_strictest_usual_form_does(text, count):
    """UTF-16 units as browsers do, and two for the end of a line, as it is sent."""
    assert characters(text) == count


def fitted(room, blocks=WHOLE):
    """Return the text in `room` characters."""
    letter = fit(blocks, room)
    return letter.body if letter else None


def test_a_letter_that_fits_stays_whole():
    """To the last character, and one less is too few."""
    whole = WHOLE.letter.body

    assert fitted(characters(whole)) == whole
    assert fitted(characters(whole) - 1) != whole


def test_the_closing_goes_first_then_the_opening_then_the_story():
    """What asks and who asks stay; a paragraph after the demands goes before the story."""
    steps = list(dict.fromkeys(filter(None, map(fitted, range(characters(WHOLE.letter.body), 0, -1)))))

    left_out = [
        {part for part in ("expect", "write to", "look into", "reported") if part not in step} for step in steps
    ]
    assert left_out[0] == set()
    assert left_out[1] == {"expect"}
    assert {"write to", "expect"} in left_out
    assert left_out[-1] == {"expect", "write to", "look into", "reported"}
    assert steps[-1] == CORE


def test_what_cannot_be_shortened_further_does_not_fit():
    """A demand is never cut; the supporter is told that the letter is too long."""
    assert fitted(characters(CORE)) == CORE
    assert fitted(characters(CORE) - 1) is None


@given(st.integers(1, 400))
def test_what_fits_is_made_of_whole_blocks(room):
    """Each paragraph of it is one of the letter's, in the letter's order, with every demand, greeting and signature."""
    text = fitted(room)
    if text is not None:
        paragraphs, whole = text.split("\n\n"), iter(WHOLE.letter.body.split("\n\n"))
        assert characters(text) <= room
        assert all(each in whole for each in paragraphs)
        assert {"Dear Prosecutor,", "1. his release\n2. an inquiry", "Anna Kovács\nLondon"} <= set(paragraphs)


def test_demands_in_a_sentence_are_kept_with_it():
    """A paragraph that asks in words is what the letter is for."""
    blocks = replace(WHOLE, body=f"{STORY}\n\nI ask for his release, an inquiry.")

    assert fitted(90, blocks) == "Dear Prosecutor,\n\nI ask for his release, an inquiry.\n\nAnna Kovács\nLondon"


def test_a_letter_without_demands_keeps_its_body():
    """A letter of solidarity is not shortened to its greeting."""
    blocks = replace(WHOLE, body=STORY, demands=())

    assert fitted(90, blocks) == f"Dear Prosecutor,\n\n{STORY}\n\nAnna Kovács\nLondon"
    assert fitted(70, blocks) is None


def test_the_blocks_are_those_of_the_letter():
    """What is fitted is what the supporter would send otherwise."""
    to = target()
    writing = Writing(revision(to), supporter(seed=5), to, languages=("en",))

    letter, translation = write_blocks(writing, "protest")

    assert (letter.letter, translation) == write_letter(writing, "protest")
