"""Who is written to again after a mail to them came back?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.bounce_rules import (
    AGAIN_WITHIN,
    LASTING,
    LATELY,
    RULES,
    History,
    Returned,
    rule_for,
)
from mailer.core.bounces import Evidence, ReturnKind
from mailer.core.signups import SERVICE
from mailer.core.supporters import SuppressionReason

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
HARD = Returned("case", 1, NOW, ReturnKind.HARD, "5.2.1", by_address=True)
DEAD = replace(HARD, status="5.1.1")
SOFT = replace(HARD, kind=ReturnKind.SOFT, status="4.2.2")
COMPLAINT = replace(HARD, kind=ReturnKind.COMPLAINT, status="")
BOUNCED, COMPLAINED = SuppressionReason.BOUNCED, SuppressionReason.COMPLAINT

FIRST = History(hard=((1, NOW),))
AGAIN = History(hard=((1, NOW), (2, NOW - AGAIN_WITHIN)))
LATER = History(hard=((1, NOW), (2, NOW + AGAIN_WITHIN)))
TOO_LONG_AGO = History(hard=((1, NOW), (2, NOW - AGAIN_WITHIN - SECOND)))


def lately(*days: float, fine: tuple[float, ...] = ()) -> History:
    """Return a history of mails so many days ago that came back for now, and of others that did not."""
    mails = [(NOW - each * DAY, True) for each in days] + [(NOW - each * DAY, False) for each in fine]
    return History(lately=tuple(sorted(mails, reverse=True)))


CASES = [
    # A complaint at once, of a sign-up's mail too: it is its reader's own.
    (COMPLAINT, History(), "complaint", COMPLAINED),
    (replace(COMPLAINT, campaign_id=SERVICE), History(), "complaint", COMPLAINED),
    (replace(COMPLAINT, by_address=False), History(), "complaint", COMPLAINED),
    (replace(COMPLAINT, evidence=Evidence.WORDS), History(), "says nothing of its reader", None),
    # A mailbox that is no more: at once in reply to the very letter, else when it happens again.
    (DEAD, FIRST, "dead mailbox", BOUNCED),
    (replace(DEAD, by_address=False), FIRST, "once", None),
    (replace(DEAD, by_address=False), AGAIN, "for good, twice", BOUNCED),
    (replace(DEAD, status="5.1.10"), FIRST, "once", None),
    (replace(DEAD, kind=ReturnKind.SOFT), FIRST, "once", None),
    # For good: the second within 30 days, whichever of the two comes first.
    (HARD, FIRST, "once", None),
    (HARD, AGAIN, "for good, twice", BOUNCED),
    (HARD, LATER, "for good, twice", BOUNCED),
    (HARD, TOO_LONG_AGO, "once", None),
    (HARD, History(hard=((1, NOW), (1, NOW - DAY))), "once", None),
    (replace(HARD, status=""), AGAIN, "for good, twice", BOUNCED),
    (SOFT, AGAIN, "once", None),
    # For now: three of the last five, over a week or more.
    (SOFT, lately(0, 3, 7), "for now, lasting", BOUNCED),
    (SOFT, lately(0, 3, 7, fine=(1, 2)), "for now, lasting", BOUNCED),
    (SOFT, lately(0, 3, 7, fine=(1, 2, 4)), "once", None),  # the third is the sixth last
    (SOFT, lately(0, 7), "once", None),
    (SOFT, lately(0, 3, 6.999), "once", None),
    (HARD, lately(0, 3, 7), "once", None),
    # What is about us, what only words tell, and what strangers typed.
    *((replace(HARD, status=status), AGAIN, "says nothing of its reader", None) for status in ("5.7.1", "5.7.26")),
    *((replace(DEAD, status=status), AGAIN, "says nothing of its reader", None) for status in ("5.1.7", "5.1.8")),
    (replace(SOFT, status="4.7.1"), lately(0, 3, 7), "says nothing of its reader", None),
    (replace(DEAD, evidence=Evidence.WORDS), AGAIN, "says nothing of its reader", None),
    (replace(SOFT, evidence=Evidence.WORDS), lately(0, 3, 7), "says nothing of its reader", None),
    (replace(DEAD, campaign_id=SERVICE), AGAIN, "says nothing of its reader", None),
]


@pytest.mark.parametrize(("returned", "history", "name", "bars"), CASES)
def test_every_row_of_the_table(returned, history, name, bars):
    """What came back, and what came back before, is answered by the row that is named."""
    rule = rule_for(returned, history)

    assert (rule.name, rule.bars) == (name, bars)


def test_no_row_is_never_reached():
    """Each row answers one of the examples above."""
    assert {rule.name for rule in RULES} == {name for _, _, name, _ in CASES}


def test_statuses_are_compared_by_their_numbers():
    """5.7 covers 5.7.1, and 5.1.1 is not 5.1.10, nor is 5.70 a policy."""
    assert not replace(HARD, status="5.7").counts
    assert replace(HARD, status="5.70.1").counts
    assert replace(HARD, status="5.1.70").counts


moments = st.integers(0, 45 * 24).map(lambda hours: NOW + timedelta(hours=hours))
kinds = st.sampled_from([ReturnKind.HARD, ReturnKind.SOFT, ReturnKind.COMPLAINT])
statuses = st.sampled_from(["", "5.1.1", "5.2.1", "4.2.2", "5.7.1", "5.1.2"])
returns = st.builds(
    Returned,
    campaign_id=st.sampled_from(["case", SERVICE]),
    mailing=st.integers(1, 6),
    sent_at=moments,
    kind=kinds,
    status=statuses,
    evidence=st.sampled_from(list(Evidence)),
    by_address=st.booleans(),
)


def barred_in(order) -> bool:
    """Tell whether somebody is barred once these mails came back one after the other."""
    sent = {each.mailing: each.sent_at for each in order}
    known: list[Returned] = []
    barred = False
    for each in order:
        known += [each] if each.counts else []
        soft = {one.mailing for one in known if one.kind is ReturnKind.SOFT}
        mails = sorted(((at, mailing in soft) for mailing, at in sent.items()), reverse=True)[:LATELY]
        hard = tuple((one.mailing, one.sent_at) for one in known if one.kind is ReturnKind.HARD)
        barred = barred or rule_for(each, History(hard, tuple(mails))).bars is not None
    return barred


@given(st.lists(returns, min_size=1, max_size=4, unique_by=lambda each: each.mailing))
def test_the_order_in_which_mails_come_back_does_not_matter(mails):
    """A mailbox is read late, or from its end: the same people are barred."""
    assert len({barred_in(order) for order in permutations(mails)}) == 1


@given(
    returned=returns,
    hard=st.lists(st.tuples(st.integers(1, 6), moments)),
    soft=st.lists(st.tuples(moments, st.booleans())),
)
def test_words_policy_and_strangers_never_bar(returned, hard, soft):
    """Whatever came before: none of these three bars anybody."""
    history = History(tuple(hard), tuple(soft))
    silent = (
        replace(returned, evidence=Evidence.WORDS),
        replace(returned, status="5.7.1"),
        replace(returned, kind=ReturnKind.HARD, campaign_id=SERVICE),
    )

    assert [rule_for(each, history).bars for each in silent] == [None] * 3


@given(returned=returns, days=st.lists(st.floats(0, 60), max_size=LATELY))
def test_no_soft_bounces_within_a_week_bar_anybody(returned, days):
    """A mailbox that is full for a few days is not lost, however many mails it refuses."""
    short = tuple((NOW + (LASTING - SECOND) * (day / 60), True) for day in days)

    assert rule_for(replace(returned, kind=ReturnKind.SOFT), History(lately=short)).bars is None
