"""Which letters may have arrived twice or not at all, and what happens to them next?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.deliveries import State
from mailer.core.doubts import Course, Doubt, Prospect, prospect, what_next
from tests.letter_parts import NOW

LATER = NOW + timedelta(minutes=15)
LOST = Doubt(7, "00" * 8, State.UNCERTAIN, resent=False, since=NOW, not_before=LATER)
SENDS = Course("case", resends=True, sends=True, is_over=False)
HOLDS = replace(SENDS, resends=False)
PAUSED = replace(SENDS, sends=False)
OVER = replace(PAUSED, is_over=True)


@pytest.mark.parametrize(
    ("state", "resent", "course", "expected"),
    [
        (State.UNCERTAIN, False, SENDS, Prospect.AGAIN),
        (State.UNCERTAIN, False, HOLDS, Prospect.HELD),
        (State.UNCERTAIN, False, PAUSED, Prospect.WAITS),
        (State.UNCERTAIN, False, replace(HOLDS, sends=False), Prospect.HELD),
        (State.UNCERTAIN, False, OVER, Prospect.OVER),
        (State.UNCERTAIN, False, replace(OVER, sends=True), Prospect.AGAIN),  # the closing of a closed campaign
        (State.UNCERTAIN, True, SENDS, Prospect.LOST_TWICE),
        (State.UNCERTAIN, True, OVER, Prospect.LOST_TWICE),
        (State.SENT, True, SENDS, Prospect.TWICE),
        (State.SENT, True, OVER, Prospect.TWICE),
        (State.QUEUED, True, SENDS, Prospect.AGAIN),
        (State.QUEUED, True, HOLDS, Prospect.AGAIN),  # it was queued before the file said hold
        (State.SENDING, True, SENDS, Prospect.AGAIN),
        (State.DEFERRED, True, PAUSED, Prospect.WAITS),
        (State.QUEUED, True, OVER, Prospect.OVER),
        (State.FAILED, True, SENDS, Prospect.GIVEN_UP),
        (State.CANCELLED, True, OVER, Prospect.GIVEN_UP),
        (State.SUPPRESSED, True, SENDS, Prospect.GIVEN_UP),
        (State.EXPIRED, True, SENDS, Prospect.GIVEN_UP),
    ],
)
def test_what_happens_next_is_told_by_state_and_campaign(state, resent, course, expected):
    """A letter is handed over once more at most, and only where the campaign says so and runs."""
    assert prospect(replace(LOST, state=state, resent=resent), course) is expected


def told(course=SENDS, now=NOW, **changes) -> str:
    """Return what happens next in words."""
    return what_next(replace(LOST, **changes), course, now=now, tell=lambda moment: f"{moment:%H:%M}")


def test_the_moment_of_the_repetition_is_told():
    """One that is over needs a sender and nothing else."""
    assert told() == f"is sent once more at {LATER:%H:%M}"
    assert told(now=LATER) == "is sent once more as soon as a sender works"


def test_what_an_organiser_has_to_do_is_told_with_the_command():
    """A held letter names the setting and the command that takes it over."""
    assert told(HOLDS) == "held: `on_uncertain: hold` in the file - set resend and `mailer revise case`"


def test_a_letter_that_may_have_arrived_twice_says_so():
    """A mail program shows two of one Message-ID as one."""
    words = told(state=State.SENT, resent=True)
    assert "may have arrived twice, same Message-ID" in words


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("resent", [True, False])
@pytest.mark.parametrize("course", [SENDS, HOLDS, PAUSED, OVER])
def test_every_case_has_words_without_gaps(state, resent, course):
    """Nothing is left to fill in."""
    words = told(course, state=state, resent=resent)
    assert words
    assert not {"{", "}"} & set(words)


def test_a_refused_repetition_names_its_end():
    """Whoever reads it knows that it arrived once at most."""
    assert told(state=State.FAILED, resent=True) == "is not sent again (failed): may have arrived once"
