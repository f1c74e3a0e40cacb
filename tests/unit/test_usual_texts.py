"""Usual texts need no care: they stand in words, HTML, links and headers as the careful ways write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.authors import author_of
from mailer.core.calendar import tell_day
from mailer.core.cohorts import fits_marks
from mailer.core.headers import mailbox_field
from mailer.core.marks import Context
from mailer.core.revisions import Calendar
from mailer.core.usual_texts import in_usual_link, usual_day, usual_mailbox, usual_room
from tests.letter_parts import supporter
from tests.strategies import addresses, usual_names

MONTHS = tuple(f"month {number}" for number in range(1, 13))
any_names = st.one_of(usual_names, st.text("aB1 -.'é=?_\n\u2028", max_size=20), st.text(max_size=5))


def writes(text: str) -> list[str]:
    """Return a text in each context, by the careful way."""
    return [context.write(text) for context in Context]


@given(any_names, any_names, any_names)
@example("Anna", "", "")
@example("", "", "")
@example("Dr van 7", "b-1 c", "Mr")
@example("A1 b-c d-e", "x" * 48, "")
@example("A B C D E F", "", "")
@example("Anna ", "Anna\n", " Anna")
@example("7", "A--b", "A  b")
def test_usual_texts_are_as_they_would_be_made_with_care(name: str, city: str, organisation: str) -> None:
    """Room, marks and contexts of a usual reader are those of the author that they would be."""
    one = supporter(name, city=city, organisation=organisation)

    room = usual_room(one.person)

    author = author_of(one)
    if room is not None:
        assert (room, author.name, author.city, author.organisation) == (author.room, name, city, organisation)
        assert fits_marks(author)
        for text in (name, author.initials, city, organisation):
            assert writes(text) == [text, text, in_usual_link(text.encode()).decode()]


@pytest.mark.parametrize("name", ["Anna", "Anna Maria Kovacs", "Person 0005759", "Jean-Luc P", ""])
def test_most_names_are_usual(name: str) -> None:
    """What many are called is quickly told apart."""
    assert usual_room(supporter(name, city="St Albans").person) is not None


@pytest.mark.parametrize(
    "name", ["Anna Kovács", "O'Hara", "7", "a_b", "Anna  Maria", "A B C D E F", "x" * 59, "Anna\n", "=?", "Ж"]
)
def test_what_needs_care_is_not_usual(name: str) -> None:
    """Whatever is escaped, encoded, shortened or joined goes the careful way, wherever it stands."""
    for texts in ({"name": name}, {"name": "Anna", "city": name}, {"name": "Anna", "organisation": name}):
        assert usual_room(supporter(**texts).person) is None


def test_what_is_too_long_together_is_not_usual() -> None:
    """Three texts that are short have no more room than one that is long."""
    assert usual_room(supporter("A" * 20, city="B" * 20, organisation="C" * 18).person) is not None
    assert usual_room(supporter("A" * 20, city="B" * 20, organisation="C" * 19).person) is None


@given(usual_names, addresses)
@example("A" * 58, "a@b.example")
@example("A" * 40, "a@" + "b" * 19 + ".example")
@example("A" * 40, "a@" + "b" * 20 + ".example")
@example("", "a" * 60 + "@" + "b" * 60 + ".example")
def test_the_mailbox_of_a_usual_name_is_folded_like_any(name: str, address: str) -> None:
    """On one line where both fit, else on two."""
    found = usual_mailbox(name.encode(), address.encode())

    assert f"To: {found.decode()}\r\n" == mailbox_field("To", name, address)


@pytest.mark.parametrize(
    ("pattern", "is_usual"),
    [
        ("d MMMM y", True),
        ("d. MMMM y", True),
        ("y年MMMMd日", False),
        ("d/MMMM/y", False),
        ("d MMMM y" + " " * 40, False),
    ],
)
def test_a_usual_day_needs_no_care_either(pattern: str, *, is_usual: bool) -> None:
    """A day in words is put down as it is, in few octets, or not at all."""
    words = tell_day(date(2026, 1, 2), Calendar(MONTHS, (), "", pattern, ""), year=True)

    found = usual_day(words)

    assert (found is not None) is is_usual
    if found is not None:
        assert writes(words) == [words, words, in_usual_link(found).decode()]
