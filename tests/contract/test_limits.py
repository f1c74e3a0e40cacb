"""Do all implementations of the limits keep what `Rates` promises? The fake, SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.adapters.store.allowances import SqlRates, bucket_name
from mailer.adapters.store.buckets import as_of, draw, refund
from mailer.adapters.store.engine import writing
from mailer.core.rates import Limits
from mailer.flows.allowance import Rates
from tests.databases import make_engine
from tests.simulated import FakeRates

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMITS = st.builds(
    Limits,
    st.one_of(st.none(), st.sampled_from((1, 60, 500))),
    st.lists(st.integers(1, 300), max_size=3).map(tuple),
)
STEPS = st.lists(st.tuples(st.floats(0, 5000), st.integers(1, 100)), min_size=1, max_size=12)


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def rates(request, tmp_path) -> Rates:
    """The limits of a new database."""
    return FakeRates() if request.param == "fake" else SqlRates(_engine(request, tmp_path))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """A new database."""
    return _engine(request, tmp_path)


def _engine(request, tmp_path):
    url = request.getfixturevalue("migrated_postgres_url") if request.param == "postgresql" else ""
    engine = make_engine(tmp_path, url=url)
    request.addfinalizer(engine.dispose)
    return engine


def test_an_unlimited_relay_lets_everything_through(rates):
    """Without limits there is no room that could be used up."""
    assert rates.draw("relay", Limits(), 10_000, now=NOW) == 10_000
    assert rates.look("relay", Limits(), now=NOW).room is None


def test_looking_takes_nothing_and_tells_what_a_draw_would_get(rates):
    """What is seen twice is there, and gone once it was drawn; then the next moment is told."""
    limits = Limits(per_hour=600)
    seen = [rates.look("relay", limits, now=NOW).room for _ in range(2)]
    drawn = rates.draw("relay", limits, 100, now=NOW)
    after = rates.look("relay", limits, now=NOW)

    assert seen == [10, 10]
    assert drawn == 10
    assert after.room == 0
    assert NOW < after.again_at <= NOW + timedelta(seconds=7)
    assert rates.look("relay", limits, now=after.again_at + timedelta(seconds=1)).room == 1


def test_a_cap_is_of_a_day_and_midnight_is_foretold(rates):
    """Used up, the room comes back at 00:00 UTC, with the number of the next day of the warm-up."""
    limits = Limits(daily_caps=(5, 9))
    assert [rates.draw("relay", limits, 4, now=NOW) for _ in range(3)] == [4, 1, 0]
    standing = rates.look("relay", limits, now=NOW)

    assert (standing.room, standing.again_at) == (0, datetime(2026, 12, 1, tzinfo=UTC))
    assert rates.look("relay", limits, now=standing.again_at).room == 9


def test_what_was_not_used_is_handed_in_with_the_next_draw(rates):
    """It can be drawn again, on its own day; never more than the burst of an hour comes back."""
    limits = Limits(per_hour=600, daily_caps=(12,))
    assert rates.draw("relay", limits, 9, now=NOW) == 9
    assert rates.draw("relay", limits, 9, unused=7, now=NOW) == 8
    assert rates.draw("relay", limits, 100, unused=600, now=NOW) == 10

    morrow = NOW + timedelta(days=1)
    assert rates.draw("relay", Limits(daily_caps=(12,)), 9, unused=9, now=morrow) == 9
    assert rates.draw("relay", Limits(daily_caps=(12,)), 9, now=morrow) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(LIMITS, STEPS)
def test_both_limits_hold_together(rates, limits, steps):
    """No hour and no day sees more than it may, and what is looked at is what is drawn."""
    relay = f"relay-{len(steps)}-{hash((limits, tuple(steps)))}"
    now, drawn = NOW, []
    for seconds, wanted in steps:
        now += timedelta(seconds=seconds)
        room = rates.look(relay, limits, now=now).room
        drawn.append((now, rates.draw(relay, limits, wanted, now=now)))
        assert drawn[-1][1] == (wanted if room is None else min(room, wanted))

    for begin, _ in drawn:
        hour = sum(count for at, count in drawn if begin <= at < begin + HOUR)
        assert limits.per_hour is None or hour <= limits.per_hour
        day = sum(count for at, count in drawn if at.date() == begin.date())
        assert not limits.daily_caps or day <= max(limits.daily_caps)


def test_relays_do_not_share_limits(rates):
    """Each label has a bucket of its own, also a long one that begins like another."""
    limits = Limits(daily_caps=(1,))
    labels = ("a", "b", "x" * 300 + "a", "x" * 300 + "b")

    assert [rates.draw(label, limits, 5, now=NOW) for label in labels] == [1, 1, 1, 1]


def test_a_throttled_group_is_closed_at_one_relay_for_all_senders(rates):
    """Who looks afterwards sees the gate and the rate that was learned; other relays and groups are as they were."""
    gate = rates.throttle("a", "google", asked=timedelta(seconds=300), observed_per_hour=1200.0, now=NOW)

    assert rates.look("a", Limits(), now=NOW).gates == {"google": gate}
    assert gate.is_closed(NOW + timedelta(seconds=299))
    assert gate.per_hour == 600.0
    assert rates.look("b", Limits(), now=NOW).gates == {}
    assert rates.draw_group("a", "yahoo", 50, now=NOW) == 50


def test_a_learned_rate_is_drawn_from_and_grows_with_quiet(rates):
    """After its opening a group gets its rate, then more, and after a long quiet everything."""
    rates.throttle("a", "google", asked=timedelta(minutes=1), observed_per_hour=1200.0, now=NOW)
    opened = NOW + timedelta(minutes=1)
    first = rates.draw_group("a", "google", 10_000, now=opened)
    second = rates.draw_group("a", "google", 10_000, now=opened)
    grown = rates.look("a", Limits(), now=opened + timedelta(minutes=10)).gates["google"].per_hour

    assert 9 <= first <= 10
    assert second == 0
    assert grown == pytest.approx(600 * 1.1**2)
    assert rates.draw_group("a", "google", 10_000, now=opened + timedelta(days=2)) == 10_000


def test_names_of_groups_do_not_run_into_each_other(rates):
    """A label with an underscore or a percent sign is no pattern."""
    rates.throttle("smtp://a_b%", "google", asked=None, observed_per_hour=0.0, now=NOW)

    assert rates.look("smtp://aXbY", Limits(), now=NOW).gates == {}
    assert list(rates.look("smtp://a_b%", Limits(), now=NOW).gates) == ["google"]


# --- buckets by name, as the pace of a campaign uses them ------------------------------------------


def test_a_bucket_begins_full_and_gives_back(engine):
    """A minute's worth at first; what is refunded can be drawn again, and never more than the burst."""
    with writing(engine) as connection:
        assert as_of(connection, "campaign:a", 600, NOW).tokens == 10
        assert draw(connection, "campaign:a", 7, 600, NOW) == 7
        refund(connection, "campaign:a", 4)
        assert as_of(connection, "campaign:a", 600, NOW).tokens == 7
        refund(connection, "campaign:a", 400)
        assert draw(connection, "campaign:a", 100, 600, NOW) == 10
        refund(connection, "campaign:unknown", 4)


def test_what_was_drawn_is_gone_after_a_restart(engine):
    """The bucket is in the database, not in the process."""
    assert SqlRates(engine).draw("relay", Limits(per_hour=60), 5, now=NOW) == 1
    assert SqlRates(engine).draw("relay", Limits(per_hour=60), 5, now=NOW) == 0


def test_a_rate_that_is_set_later_begins_full(engine):
    """A relay that had a cap alone gets its burst when it gets a rate; its day goes on."""
    rates = SqlRates(engine)
    rates.draw("relay", Limits(daily_caps=(5,)), 2, now=NOW)

    assert rates.draw("relay", Limits(per_hour=600, daily_caps=(5,)), 50, now=NOW) == 3


def test_names_fit_their_column():
    """However long a label is."""
    assert len(bucket_name("x" * 5000, "microsoft")) <= 200
