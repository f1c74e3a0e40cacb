"""Is a batch divided fairly, and does what is urgent go first?"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.campaigns import MailingKind
from mailer.core.shares import ORDINARY, URGENT, Demand, divide, hungry_after, priority_of

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

demands = st.lists(
    st.builds(
        Demand,
        st.integers(1, 20),
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from([URGENT, ORDINARY]),
        st.integers(0, 9).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    ),
    unique_by=lambda demand: demand.mailing,
    max_size=12,
)


def demand(mailing: int, campaign: str, priority: int = ORDINARY, waits: int = 0) -> Demand:
    """Return a mailing whose oldest letter has waited for so many minutes."""
    return Demand(mailing, campaign, priority, NOW - timedelta(minutes=waits))


def take_all(limit: int, queued: dict[int, int], known: list[Demand], turn: int = 0) -> Counter[int]:
    """Return what a batch takes from mailings that have so many letters queued, divided until nobody wants more."""
    taken: Counter[int] = Counter()
    while known and taken.total() < limit:
        shares = divide(limit - taken.total(), known, turn=turn)
        got = {mailing: min(share, queued[mailing] - taken[mailing]) for mailing, share in shares.items()}
        taken.update(got)
        known = hungry_after(known, shares, got)
    return taken


@pytest.mark.parametrize("kind", MailingKind)
def test_what_stops_people_writing_overtakes(kind):
    """A closing says "please stop writing", a correction "not to that address"; all else waits its turn."""
    urgent = kind in (MailingKind.CLOSING, MailingKind.CORRECTION)

    assert priority_of(kind) == (URGENT if urgent else ORDINARY)


@given(st.integers(0, 200), demands, st.integers(0, 50))
def test_a_batch_is_divided_whole_and_only_among_the_most_urgent(limit, known, turn):
    """Not one letter more than the limit, and none less."""
    shares = divide(limit, known, turn=turn)
    first = min((each.priority for each in known), default=URGENT)

    assert sum(shares.values()) == (limit if known else 0)
    assert all(share > 0 for share in shares.values())
    assert set(shares) <= {each.mailing for each in known if each.priority == first}


@given(st.integers(0, 200), demands, st.integers(0, 50))
def test_campaigns_differ_by_one_letter_at_most(limit, known, turn):
    """However many mailings one of them has."""
    known = [each for each in known if each.priority == ORDINARY]
    whose = {each.mailing: each.campaign_id for each in known}
    parts = Counter({each.campaign_id: 0 for each in known})
    for mailing, share in divide(limit, known, turn=turn).items():
        parts[whose[mailing]] += share

    assert max(parts.values(), default=0) - min(parts.values(), default=0) <= 1


def test_the_older_mailing_of_a_campaign_gets_what_does_not_divide():
    """Within a campaign who waited longer goes first."""
    assert divide(3, [demand(1, "a", waits=1), demand(2, "a", waits=9)]) == {1: 1, 2: 2}


def test_a_batch_mixes_a_long_list_and_a_short_one():
    """A campaign of a million does not keep one of ten waiting, and no place of the batch is left empty."""
    known = [demand(1, "long", waits=9), demand(2, "short")]

    assert take_all(100, {1: 1_000_000, 2: 10}, known) == {1: 90, 2: 10}


def test_urgent_letters_take_all_that_they_need_and_no_more():
    """What they leave is shared by the others."""
    known = [demand(1, "a"), demand(2, "b"), demand(3, "b", URGENT)]

    assert take_all(100, {1: 1000, 2: 1000, 3: 60}, known) == {1: 20, 2: 20, 3: 60}
    assert take_all(50, {1: 1000, 2: 1000, 3: 60}, known) == {3: 50}


@given(st.integers(1, 3))
def test_the_smallest_batches_go_round(limit):
    """Where a relay lets through one letter at a time, every campaign has its turn."""
    known = [demand(number, name) for number, name in enumerate("abcd", 1)]
    served = Counter(mailing for turn in range(4) for mailing in divide(limit, known, turn=turn))

    assert served == {1: limit, 2: limit, 3: limit, 4: limit}


@given(st.integers(1, 100), demands, st.lists(st.integers(1, 40), min_size=20, max_size=20), st.integers(0, 9))
def test_nothing_due_is_left_while_the_batch_has_room(limit, known, sizes, turn):
    """Dividing what is left again and again ends, with a full batch or with nothing due."""
    queued = {each.mailing: sizes[each.mailing - 1] for each in known}
    taken = take_all(limit, queued, known, turn)

    assert taken.total() == min(limit, sum(queued.values()))
    assert all(count <= queued[mailing] for mailing, count in taken.items())
