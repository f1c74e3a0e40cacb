"""Who writes a letter: a supporter's own values, and the choices that are theirs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import LEAST_ROOM, Author, author_of
from mailer.core.fitting import characters
from mailer.core.mailto import quoted_length
from tests.letter_parts import CALENDAR, supporter

texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=80)
parts = st.sampled_from(["case\0court\0protest.opening", "case\0court\0phone.time", ""])
seeds = st.integers(0, 2**31)


def test_an_author_tells_of_a_supporter_on_single_lines():
    """What was typed into a form begins no line of a letter, and its blanks are single."""
    author = author_of(supporter("Anna\r\nMaria \x07 Kovács ", city=" \x00 \x00 ", organisation="The\x85Union", seed=7))

    assert author == Author("Anna Maria Kovács", "A. M. K.", "", "The Union", None, 7)


def test_a_day_of_joining_is_told_in_words_or_not_at_all():
    """Who was on the list before days were kept is told none."""
    assert Author().joined(CALENDAR) == ""


@given(seeds, parts, st.lists(st.text(max_size=3), min_size=1, max_size=5))
def test_an_author_has_the_text_that_its_number_chooses(seed, part, given_texts):
    """Lists of equal length pair by position: the same number picks in each."""
    author, asked = Author(seed=seed), []

    assert (
        author.choose(part, len(given_texts), lambda n: asked.append(n) or given_texts[n])
        == (given_texts[author.pick(part, len(given_texts))])
    )
    assert asked == [author.pick(part, len(given_texts))]
    assert not author.falls_under(part, 0)
    assert author.falls_under(part, 1)


@given(texts, texts, texts, st.sampled_from([characters, quoted_length]))
def test_room_is_kept_for_every_text_and_shared_by_most(name, city, organisation, measure):
    """Whoever has a name of usual length is measured alike, and nobody's name is longer than the room for it."""
    author = Author(name, "A.", city, organisation)
    longest = author.longest(measure)
    stand_ins = (longest.name, longest.initials, longest.city, longest.organisation)

    for room, text, stand_in in zip(author.room, (name, "A.", city, organisation), stand_ins, strict=True):
        assert bool(text) == bool(stand_in)
        assert measure(text) <= measure(stand_in)
        assert room in (0, LEAST_ROOM) or (LEAST_ROOM < room < 2 * len(text.encode()) and room & (room - 1) == 0)
    assert longest.room == author.room


@given(seeds, parts, st.lists(texts, min_size=1, max_size=4))
def test_the_longest_author_has_the_longest_of_all_texts_and_else_the_choices_of_its_own(seed, part, given_texts):
    """A whole cohort decides alike whether letters fit, and about what is more than a text as each of them would."""
    own = Author("Anna", seed=seed)
    longest = own.longest(characters)

    text = longest.choose(part, len(given_texts), lambda number: given_texts[number])

    assert characters(text) == max(map(characters, given_texts))
    assert longest.pick(part, 9) == own.pick(part, 9)
    assert longest.falls_under(part, 0.5) == own.falls_under(part, 0.5)
    assert own.longest(characters, Author(seed=seed + 1)).pick(part, 9) == Author(seed=seed + 1).pick(part, 9)
