"""Which supporters share a skeleton, and whose texts can stand where marks are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import Author, author_of
from mailer.core.cohorts import Moments, asks_city, cohort_of, composing_moment, fits_marks
from mailer.core.supporters import SafetyLevel
from tests.letter_parts import campaign, supporter, target

ANNA = replace(supporter("Anna Kovács", city="London", organisation="Union", seed=7), joined_on=date(2026, 1, 2))


def cohort(one, *targets):
    """Return the cohort of a supporter."""
    return cohort_of(one, author_of(one).room, in_city=asks_city(campaign(*targets)))


def told(**changes):
    """Return Anna with something else in what she told us."""
    return replace(ANNA, person=replace(ANNA.person, **changes))


def test_letters_of_a_minute_have_one_moment():
    """A cohort of thousands is composed at one time, which its mails show as their date."""
    assert composing_moment(datetime(2026, 1, 2, 3, 4, 59, 999, tzinfo=UTC)) == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@given(st.lists(st.integers(-3, 180), max_size=8))
def test_letters_that_follow_one_another_have_the_moment_that_each_has_by_itself(seconds: list[int]) -> None:
    """Also when a minute ends, and when the clock is set back."""
    moments, begun = Moments(), datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    nows = [begun + timedelta(seconds=second) for second in seconds]

    assert [moments.of(now) for now in nows] == [composing_moment(now) for now in nows]


@pytest.mark.parametrize(
    "other",
    [
        told(name="Boris Ж", email="b@reader.example"),
        told(city="Leeds", organisation="<b>"),
        replace(ANNA, seed=8),
        replace(ANNA, joined_on=date(2020, 5, 6)),
        replace(ANNA, public_id=b"another!"),
    ],
)
def test_values_alone_make_no_other_cohort(other):
    """Names, cities, seeds and days are put in: thousands share what differs in nothing else."""
    assert cohort(other) == cohort(ANNA)


@pytest.mark.parametrize(
    "other",
    [
        told(name=""),
        told(name="123"),
        told(name="A" * 33),
        told(name="Ж" * 9),
        told(city=""),
        told(organisation=""),
        told(safety=SafetyLevel.INITIALS),
        told(best_way="fax"),
        told(discreet=True),
        replace(ANNA, country="DE"),
        replace(ANNA, language="ru"),
        replace(ANNA, timezone="Asia/Tokyo"),
        replace(ANNA, seed=0),
        replace(ANNA, joined_on=None),
    ],
)
def test_whatever_else_a_mail_depends_on_makes_another_cohort(other):
    """What is missing, how much room it takes, where and in which language somebody lives, how careful they are."""
    assert cohort(other) != cohort(ANNA)


def test_names_that_are_as_long_in_links_and_not_in_forms_are_of_two_cohorts():
    """A letter may fit into a form with one of them, and into a link with both."""
    assert cohort(told(name="A" * 33)) != cohort(told(name="é" * 6))


def test_where_consulates_answer_every_city_is_a_cohort():
    """The consulate is looked for in the city that somebody named."""
    near = target(email="", embassy_of="KZ", consulates=True)

    assert cohort(told(city="Leeds"), near) != cohort(ANNA, near)


@pytest.mark.parametrize("name", ["?x", "x=", "a\nb", "\x07", "x\ud800"])
def test_what_joins_with_its_surroundings_stands_in_no_skeleton(name):
    """Two texts that make "=?" where they meet begin an encoded word; the encoder makes something else of a control."""
    assert not fits_marks(Author(name=name))
    assert not fits_marks(Author(organisation=name))


@given(st.text())
def test_room_and_fitness_are_asked_of_any_text(name):
    """Whatever was imported is measured without failing, and put in only if it stays on its line."""
    author = author_of(supporter(name))

    assert len(author.room) == 4
    assert not fits_marks(author) or (author.name.splitlines() in ([], [author.name]))
    assert author.name == author.name.strip()
