"""For how long does a reply ask us to wait, in the words of many servers and of none?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.pauses import LONGEST_ASKED, asked_pause

ASKED = {
    "4.7.0 Try again in 300 seconds": 300,
    "4.7.1 try again in 5 minutes": 300,
    "please try again in 1 hour": 3600,
    "Try again in an hour.": 3600,
    "try again in one minute, please": 60,
    "Please try again later in 10 min": 600,
    "Too many messages, please try again after 15 minutes.": 900,
    "try later (in 2 hrs)": 7200,
    "Try again in about 90 secs": 90,
    "try again in 1.5 minutes": 90,
    "try again in 1,5 minutes": 90,
    "4.7.0 Greylisted, please try again in 00:04:59": 299,
    "Greylisting in action, please come back in 00:05:00": 300,
    "come back in 3 hours": 10800,
    "Greylisted for 300 seconds": 300,
    "4.2.0 Recipient address rejected: Greylisted for 5 minutes (see postgrey)": 300,
    "graylisted, retry in 60s": 60,
    "Retry after 120 seconds": 120,
    "retry after 120": 120,
    "Retry-After: 120": 120,
    "retry-after=30;": 30,
    "retry in 300.": 300,
    "Try again in 60.": 60,
    "please wait 30 seconds before trying again": 30,
    "wait 60": 60,
    "Wait 45, then go on": 45,
    "wait 20 before the next connection": 20,
    "wait at least 5 minutes": 300,
    "please wait for another 2 minutes": 120,
    "Rate limit exceeded. Retrying in 10m30s": 630,
    "retry in 1 hour 30 minutes": 5400,
    "retry in 1 hour and 30 minutes": 5400,
    "try again in 2 minutes, 5 seconds": 125,
    "delivery delayed by 15 minutes": 900,
    "You are throttled for 60 seconds": 60,
    "blocked for 1h": 3600,
    "back off for 30 s": 30,
    "Connection refused: reconnect in 600 seconds": 600,
    "allow 10 minutes before retrying": 600,
    "You must wait at least 300-seconds to retry": 300,
    "try again in 5 minutes or in any case try again in 10 minutes": 600,
    "Try again in (240 seconds)": 240,
}


@pytest.mark.parametrize(("text", "seconds"), ASKED.items())
def test_a_pause_is_read_in_many_wordings(text, seconds):
    """Units, fractions, clocks, bare seconds; of several the longest."""
    assert asked_pause(text) == timedelta(seconds=seconds)
    assert asked_pause(text.upper()) == timedelta(seconds=seconds)
    assert asked_pause(text.replace(" ", "  \r\n ")) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "try again later",
        "4.7.0 try again later",
        "Please retry 4.7.1",
        "try again in 4.7.0",
        "try again in a while",
        "try again in a few minutes",
        "retry after 3 attempts",
        "retry after 17:30",
        "retry after 17:30:00",
        "try again after 2026-12-02 10:00:00",
        "wait 3 messages",
        "wait 2 or more",
        "wait-600s.example.org says no",
        "try again in 0 seconds",
        "retry after 0",
        "try again in -5 minutes",
        "limit of 100 messages per 60 minutes exceeded, try again later",
        "Try again later. Limit is 100 per 10 minutes.",
        "Try again from 192.0.2.7",
        "try again, error code 421 4.7.28",
        "[TSS04] Messages from 192.0.2.7 temporarily deferred due to user complaints; see https://post.example/421",
        "too many connections from 10 hosts",
        "retry 5 times",
        "try again in 500 ms",
        "timed out after 30 seconds",
        "mailbox unavailable for 20 minutes",
        "retry timeout exceeded after 5d",
    ],
)
def test_a_number_that_is_no_time_asks_for_nothing(text):
    """Codes, addresses, counts, times of day and limits are not pauses, and neither is no time at all."""
    assert asked_pause(text) is None


@pytest.mark.parametrize(
    "text",
    ["try again in 5 hours", "retry after 2 days", "wait 999999999", "come back in 23:59:59", "wait 14400.001 s"],
)
def test_nobody_makes_us_wait_for_more_than_four_hours(text):
    """A relay's word is not law: a mailing has its own deadline."""
    assert asked_pause(text) == LONGEST_ASKED == timedelta(hours=4)


def test_what_comes_after_a_thousand_letters_is_not_read():
    """No reply costs more than a glance, whatever it holds."""
    assert asked_pause("x" * 1000 + " try again in 5 minutes") is None
    assert asked_pause("try again in 5 minutes " + "x" * 1_000_000) == timedelta(minutes=5)


WORDS = st.sampled_from(
    ["try again", "retry", "after", "in", "wait", "for", "at least", "-", ":", ".", "1", "300", "9" * 12, "4.7.0", "a",
     "00:05:00", "minutes", "s", "h", "before", "retrying", "٣", "½", "1e9", "nan", "inf", "\x00", "\r\n", "(", ","]
)  # fmt: skip
REPLIES = st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join)


@given(st.text() | REPLIES)
@example("try again in " * 300 + "5 minutes")
@example("wait " + "1 hour " * 140 + "!")
@example("wait " + "in after at least " * 60 + "!")
@example("9 s " * 250)
def test_no_text_raises_or_asks_for_what_is_not_between_now_and_four_hours(text):
    """Whatever a relay writes, the pause is None or more than nothing and at most four hours."""
    asked = asked_pause(text)

    assert asked is None or timedelta(0) < asked <= LONGEST_ASKED


@given(
    st.integers(1, 14_400),
    st.sampled_from(["try again in {} seconds", "retry after {}", "please wait {}s.", "4.7.1 wait {}"]),
)
def test_any_number_of_seconds_is_kept(seconds, words):
    """What is asked for within the bound is granted exactly."""
    assert asked_pause(words.format(seconds)) == timedelta(seconds=seconds)
