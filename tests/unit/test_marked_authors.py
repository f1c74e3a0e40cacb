"""Who writes for a whole cohort: marks instead of texts, and a note of every choice that is more than a text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import Author
from mailer.core.fitting import characters
from mailer.core.marked_authors import Choice, marked
from mailer.core.marks import Marks, Place, Trait, Variant
from mailer.core.shown import Shown
from tests.letter_parts import CALENDAR

OWN = Author("Anna Kovács", "A. K.", "London", "", date(2026, 1, 2), 7)
STARTS = tuple(datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(minutes=30 * number) for number in range(4))


def slots_of(author, text):
    """Return what the marks in a text stand for, and its words."""
    return [piece.slot if isinstance(piece, Place) else piece for piece in author.marks.cut(text)]


def test_every_value_that_the_author_has_is_a_mark_and_no_other():
    """Nothing of the supporter for whom a skeleton is made is in it; what they have not told is there for nobody."""
    author = marked(OWN, Marks(()))

    shown = [author.name, author.initials, author.city, author.joined(CALENDAR)]
    assert author.is_marked
    assert [slots_of(author, text) for text in shown] == [
        [slot] for slot in (Trait.NAME, Trait.INITIALS, Trait.CITY, Trait.JOINED)
    ]
    assert author.organisation == ""
    assert marked(Author(), Marks(())).joined(CALENDAR) == ""


def test_lines_that_differ_are_marks_and_lines_that_do_not_are_words():
    """A variant is chosen at filling, by the number of its part; an empty line is empty for all."""
    author = marked(OWN, Marks(()))

    text = author.choose("opening", 2, ["Dear all,\n\nOne", "Dear all,\n\nTwo"].__getitem__)

    assert slots_of(author, text) == ["Dear all,\n\n", Variant("opening", ("One", "Two"))]
    assert author.choose("opening", 2, ["Same", "Same"].__getitem__) == "Same"
    assert author.choices == {}


def test_texts_of_unlike_lines_are_chosen_as_by_the_own_author_and_noted():
    """A text with a line more, or an empty one elsewhere, makes another skeleton."""
    for texts in (["One", "Two\nlines"], ["One", ""], ["a\n\nb", "a\nb\n"]):
        author = marked(OWN, Marks(()))

        text = author.choose("opening", 2, texts.__getitem__)

        assert text == texts[OWN.pick("opening", 2)]
        assert author.choices == {Choice("opening", count=2): OWN.pick("opening", 2)}


def test_what_does_not_print_is_left_to_the_encoder_but_in_variants():
    """A control at the end of a line becomes a blank when the mail is built, not before its lines are trimmed."""
    author = marked(OWN, Marks(()))

    assert author.choose("opening", 2, ["a\x07\nOne\x07", "a\x07\nTwo"].__getitem__).startswith("a\x07\n")
    assert slots_of(author, author.choose("x", 2, ["One\x07", "Two"].__getitem__)) == [Variant("x", ("One ", "Two"))]
    assert author.choose("y", 2, ["b\x07", "b\x07\nmore"].__getitem__).startswith("b\x07")


@given(st.integers(0, 2**31), st.text(max_size=5), st.integers(0, 9), st.floats(0, 1))
def test_what_is_noted_is_what_each_author_has(seed, part, count, share):
    """Who is asked again later, and answers alike, belongs to the same skeleton."""
    own = Author("Anna", seed=seed)
    author = marked(own, Marks(()))

    assert author.pick(part, max(1, count)) == own.pick(part, max(1, count))
    assert author.falls_under(part, share) == own.falls_under(part, share)
    assert {choice: choice.of(own) for choice in author.choices} == author.choices
    assert len(author.choices) == 1 + (count > 1)


def test_the_words_of_a_moment_are_a_mark():
    """Callers are sent to an office at half hours of their own; who has no choice of them has no mark."""
    author = marked(OWN, Marks(()))

    at, mark = author.choose_moment("time", STARTS, datetime.isoformat)
    assert at == STARTS[0]
    assert slots_of(author, mark) == [Variant("time", tuple(map(datetime.isoformat, STARTS)))]
    assert author.choose_moment("time", STARTS[:1], datetime.isoformat) == (STARTS[0], STARTS[0].isoformat())


def test_templates_see_marks_as_what_can_only_be_shown():
    """However deep in a view a mark is; other values stay what they are."""
    author = marked(OWN, Marks(["t0ken"]))
    view = {"name": author.name, "ways": [{"bcc": "c+t0ken@x.example", "cc": "d@x.example"}], "count": 3, "no": None}

    shown = author.shown(view)

    assert [type(shown["name"]), type(shown["ways"][0]["bcc"])] == [Shown, Shown]
    assert type(shown["ways"][0]["cc"]) is str
    assert (shown["count"], shown["no"]) == (3, None)
    assert OWN.shown(view) is view


def test_a_cohort_is_as_wide_as_each_of_its_authors():
    """The longest letter holds no mark, and its choices are noted like those of the letter itself."""
    author = marked(OWN, Marks(()))
    longest = author.longest(characters)

    assert longest.room == OWN.room
    assert not longest.is_marked
    assert longest.pick("opening", 3) == OWN.pick("opening", 3)
    assert author.choices == {Choice("opening", count=3): OWN.pick("opening", 3)}
