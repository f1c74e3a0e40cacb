"""Is anybody missed, or written to twice, when senders are killed (kill -9) at random moments?"""

from __future__ import annotations

import pytest

from tests.acceptance.faults.random_kills import Killing, send_under_fire

SIZE = 600
KILLS = 20
DATABASES_AND_SENDERS = [("sqlite", 1), ("sqlite", 4), ("postgresql", 4)]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("database", "senders"), DATABASES_AND_SENDERS, indirect=["database"])
def test_killed_at_random_moments(begin_ordeal, seed, senders, database, record_property):
    """Twenty kills: nobody missed, at most one letter per connection and kill again, byte for byte, all listed."""
    ordeal = begin_ordeal(SIZE, database=database, planned=True)
    ordeal.oracle.slow_down(0.002)
    send_under_fire(ordeal, Killing(KILLS, senders, seed))

    finding = ordeal.judge()
    assert ordeal.unlisted(finding) == set()
    record_property("told", f"{KILLS} kills, {senders} senders: {finding.doubled} of {SIZE} letters came again")
