"""Do reminders leave when they should, to those who have not written, and never after the end?

The clock is injected into the `mailer` process; each mail's own date tells at which moment it left. The supporters
live in London (UTC), Tokyo (UTC+9) and Washington (UTC-5).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from tests.acceptance.cases import campaign_file
from tests.acceptance.clocked import FileClock
from tests.acceptance.workplace import Workplace
from tests.smtp_server import wait_until

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TRIAL = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)  # ten days on, 10:00 in Almaty
ROWS = [
    f"{who}{number}@union.example,{who.title()} {number},en,{country}"
    for who, country in (("london", "GB"), ("tokyo", "JP"), ("washington", "US"))
    for number in (1, 2)
]
WROTE = [f"{who}2@union.example" for who in ("london", "tokyo", "washington")]


@pytest.fixture
def dated(office, tmp_path) -> Workplace:
    """A workplace at noon of a Monday."""
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(NOON)
    return office


def begin(dated: Workplace, **campaign: str) -> None:
    """Launch the campaign to everybody."""
    dated.begin(campaign_file(NOON, **campaign), ROWS, launch=True)


def arrivals(smtp_server) -> list[tuple[str, str]]:
    """Return (when, who) of the mails since the last look, earliest first; when is day and hour in UTC."""
    caught, smtp_server.messages[:] = list(smtp_server.messages), []
    dates = [message_from_bytes(one.content, policy=policy.default)["Date"].datetime for one in caught]
    return sorted(
        (f"{date:%d %H:%M}", one.recipients[0].partition("@")[0]) for date, one in zip(dates, caught, strict=True)
    )


def live(dated: Workplace, *moments: timedelta) -> None:
    """Run until idle at each of these moments after noon."""
    for moment in moments:
        assert dated.clock is not None
        dated.clock.set(NOON + moment)
        dated.run("run", "--until-idle")


def hours(*numbers: float) -> list[timedelta]:
    """Return spans of hours."""
    return [timedelta(hours=number) for number in numbers]


def test_the_daemon_reminds_those_who_have_not_written_in_their_own_day(dated, smtp_server):
    """Three days on: London at once, Washington from 09:00 there, Tokyo from its next 09:00; who wrote, never."""
    dated.settings["WEB_BIND"] = "127.0.0.1:0"
    begin(dated)
    with dated.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) == 6, seconds=30)
        assert [who for _, who in arrivals(smtp_server)] == sorted(row.partition("@")[0] for row in ROWS)
        for email in WROTE:
            dated.run("supporters", "acted", "case", email)
        for after, (when, who) in zip(
            hours(72, 74, 84),
            (("26 12:00", "london1"), ("26 14:00", "washington1"), ("27 00:00", "tokyo1")),
            strict=True,
        ):
            dated.clock.set(NOON + after)
            wait_until(lambda: len(smtp_server.messages) > 0, seconds=30)
            assert arrivals(smtp_server) == [(when, who)]
        assert daemon.end() == 0
    live(dated, *hours(85, 100))
    assert arrivals(smtp_server) == []


def test_no_reminder_leaves_before_its_time(dated, smtp_server):
    """A minute before three days, and before a window opens, nothing moves; who wrote in between is left out."""
    begin(dated)
    live(dated, *hours(0))
    arrivals(smtp_server)
    live(dated, timedelta(hours=72, minutes=-1))
    assert arrivals(smtp_server) == []
    live(dated, *hours(72))
    assert arrivals(smtp_server) == [("26 12:00", "london1"), ("26 12:00", "london2")]

    dated.run("supporters", "acted", "case", "washington2@union.example")
    dated.run("supporters", "unsubscribe", "tokyo2@union.example")
    live(dated, timedelta(hours=74, minutes=-1))
    assert arrivals(smtp_server) == []
    live(dated, *hours(74, 84))
    assert arrivals(smtp_server) == [("26 14:00", "washington1"), ("27 00:00", "tokyo1")]
    assert dated.counts("reminder-after-3d")["sent"] == 4


def test_a_reminder_before_the_trial_comes_before_it(dated, smtp_server):
    """24 h before 05:00 UTC, moved earlier into each zone's day: Tokyo on the hour, London and Washington at 20:00."""
    begin(dated, mailings="[{alert: on-launch}, {reminder: {before: trial, by: 24h}}]")
    live(dated, *hours(0))
    arrivals(smtp_server)
    before = TRIAL - timedelta(hours=24) - NOON
    minute = timedelta(minutes=1)
    live(
        dated,
        *(before - early for early in (*hours(13), *hours(9)[:1], hours(4)[0] + minute, *hours(4), minute, *hours(0))),
    )

    assert arrivals(smtp_server) == [
        ("01 20:00", "london1"),
        ("01 20:00", "london2"),
        ("02 01:00", "washington1"),
        ("02 01:00", "washington2"),
        ("02 05:00", "tokyo1"),
        ("02 05:00", "tokyo2"),
    ]
    live(dated, before + timedelta(hours=25))
    assert arrivals(smtp_server) == []


def test_two_reminders_within_two_days_become_one(dated, smtp_server):
    """Eight days on is less than two days before the trial's reminder: each supporter gets one mail of the two."""
    begin(dated, mailings="[{alert: on-launch}, {reminder: {after: 8d}}, {reminder: {before: trial, by: 24h}}]")
    live(dated, *hours(0))
    arrivals(smtp_server)
    live(dated, *hours(8 * 24, 8 * 24 + 12, 8 * 24 + 37, 8 * 24 + 41))

    assert sorted(who for _, who in arrivals(smtp_server)) == sorted(row.partition("@")[0] for row in ROWS)


def test_closing_stops_every_reminder(dated, smtp_server):
    """Closed after the alert, with reminders queued for other zones: the closing leaves, and nothing after it."""
    begin(dated)
    live(dated, *hours(0, 72))
    assert len(arrivals(smtp_server)) == 6 + 2
    dated.write("text", "He is free.")
    dated.run("close", "case", "--text", "text", "--outcome", "released")
    live(dated, *hours(73, 74, 84, 220, 240))

    assert arrivals(smtp_server) == [("26 13:00", row.partition("@")[0]) for row in ROWS]
    assert set(dated.counts("reminder-after-3d")) == {"sent", "cancelled"}


def test_who_joins_later_gets_the_alert_and_the_reminder_later(dated, smtp_server):
    """Three days count from this supporter's own alert."""
    begin(dated)
    live(dated, *hours(0))
    dated.clock.set(NOON + timedelta(days=1))
    dated.bring(["new@union.example,New,en,GB"])
    arrivals(smtp_server)
    live(dated, *hours(24))
    assert arrivals(smtp_server) == [("24 12:00", "new")]
    live(dated, *hours(72, 95))
    assert "new" not in [who for _, who in arrivals(smtp_server)]
    live(dated, *hours(96))
    assert arrivals(smtp_server) == [("27 12:00", "new")]
