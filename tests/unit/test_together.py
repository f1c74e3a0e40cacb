"""Are letters that leave next composed in one go, and is what is handed out the letter that was asked for?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailer.errors import StoreUnavailableError
from mailer.flows.handover import Job
from mailer.flows.together import FRESH_FOR, LONGEST_GO, Together
from tests.sending import delivery


class Kitchen:
    """Composes letters that say whose they are and which number of letter it is; each takes `each` seconds."""

    def __init__(self, each: float = 0.0) -> None:
        self.now = 100.0
        self.each = each
        self.composed: list[int] = []
        self.fails: Callable[[Job], bool] = lambda job: False
        self.together = Together(self.compose, lambda: self.now)

    def compose(self, job: Job):
        """Return a letter, after its time."""
        self.now += self.each
        if self.fails(job):
            raise StoreUnavailableError("away")
        self.composed.append(job.delivery.id)
        return job, len(self.composed)


def jobs(*ids: int) -> list[Job]:
    """Return claimed letters."""
    return [Job(delivery(each), None, 0.0) for each in ids]


@pytest.fixture
def kitchen() -> Kitchen:
    """Where letters are composed in no time."""
    return Kitchen()


def test_those_that_follow_are_composed_with_the_first(kitchen):
    """Three are composed when the first is asked for, and the other two handed out as they are."""
    first, second, third, fourth = jobs(1, 2, 3, 4)

    assert kitchen.together.letter(first, [second, third]) == (first, 1)
    assert kitchen.composed == [1, 2, 3]
    assert kitchen.together.letter(second, [third, fourth]) == (second, 2)
    assert kitchen.together.letter(third, [fourth]) == (third, 3)
    assert kitchen.composed == [1, 2, 3]
    assert kitchen.together.letter(fourth, []) == (fourth, 4)


def test_what_went_back_meanwhile_is_passed_over(kitchen):
    """The second is never asked for: the third is still at hand."""
    first, second, third = jobs(1, 2, 3)
    kitchen.together.letter(first, [second, third])

    assert kitchen.together.letter(third, []) == (third, 3)
    assert kitchen.together.letter(second, []) == (second, 4)


def test_a_letter_of_another_claim_is_composed_anew(kitchen):
    """The same delivery, claimed once more: what was composed belongs to the claim before."""
    first, second = jobs(1, 2)
    (again,) = jobs(2)
    kitchen.together.letter(first, [second])
    letter, number = kitchen.together.letter(again, [])

    assert letter is again
    assert number == 3


@pytest.mark.parametrize(("later", "composed"), [(FRESH_FOR - 0.01, [1, 2]), (FRESH_FOR, [1, 2, 2])])
def test_only_what_was_composed_a_moment_ago_is_used(kitchen, later, composed):
    """A relay is slow: after a second the letter is composed as of now."""
    first, second = jobs(1, 2)
    kitchen.together.letter(first, [second])
    kitchen.now += later
    kitchen.together.letter(second, [])

    assert kitchen.composed == composed


def test_composing_together_lasts_but_a_moment():
    """Letters that take long to compose: those after the moment wait for their turn."""
    kitchen = Kitchen(each=LONGEST_GO * 0.6)
    kitchen.together.letter(*jobs(1), jobs(2, 3, 4))

    assert kitchen.composed == [1, 2]


def test_an_error_is_told_to_who_asks_for_that_letter(kitchen):
    """The database goes away while the second is composed: the first has its letter."""
    first, second, third = jobs(1, 2, 3)
    kitchen.fails = lambda job: job is second

    assert kitchen.together.letter(first, [second, third]) == (first, 1)
    with pytest.raises(StoreUnavailableError):
        kitchen.together.letter(second, [third])
    kitchen.fails = lambda job: False
    assert kitchen.together.letter(second, [third]) == (second, 2)


def test_nothing_is_kept_of_what_was_given_back(kitchen):
    """Once a lane gave its letters back, none is at hand."""
    first, second = jobs(1, 2)
    kitchen.together.letter(first, [second])
    kitchen.together.forget()
    kitchen.together.letter(second, [])

    assert kitchen.composed == [1, 2, 2]
