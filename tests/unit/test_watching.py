"""What does `status --watch` draw and print? Pictures drawn without a terminal, at several widths."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from mailer.cli import terminal, watching
from mailer.cli.status import Picture
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.doubts import Course, Doubt
from mailer.core.speed import TimeLeft
from mailer.errors import StoreUnavailableError
from mailer.flows.report import CampaignStatus, ClosedGate, MailingStatus
from tests.letter_parts import NOW

SENDS = Course("case", resends=True, sends=True, is_over=False)
LOST = Doubt(7, "00" * 8, State.UNCERTAIN, resent=False, since=NOW, not_before=NOW)
NONE = dict.fromkeys(State, 0)


def mailing(counts, **changes) -> MailingStatus:
    """Return a mailing that is under way."""
    remaining = counts.get(State.QUEUED, 0) + counts.get(State.DEFERRED, 0)
    usual = MailingStatus(
        id="alert", kind=MailingKind.ALERT, due=NOW, rehearsal=False, reason="", counts=NONE | counts,
        remaining=remaining, per_second=20.0 if remaining else 0.0, left=TimeLeft(600.0, 600.0), last_error="",
        doubts=(), course=SENDS, under_way=remaining > 0,
    )  # fmt: skip
    return replace(usual, **changes)


def picture(*mailings, under_way=False, **changes) -> Picture:
    """Return one campaign at one moment."""
    moves = under_way or any(one.under_way for one in mailings)
    campaign = CampaignStatus(
        "case", Status.READY, "", rehearsal=False, launched_at=NOW, hold_until=NOW, tested_at=None, revision=1,
        mailings=mailings, under_way=moves,
    )  # fmt: skip
    return replace(Picture(NOW, (campaign,), (), "Europe/London"), **changes)


HALF = picture(mailing({State.SENT: 500, State.QUEUED: 490, State.DEFERRED: 10}))
DONE = picture(mailing({State.SENT: 990, State.FAILED: 10}))


@pytest.fixture
def draw(monkeypatch):
    """Draw a picture at a width; return its lines."""

    def drawn(shown: Picture, width: int = 100, watchlist=None) -> list[str]:
        plain = Console(width=width, file=StringIO(), highlight=False)
        monkeypatch.setattr(watching, "console", lambda: plain)
        watchlist = watchlist or watching.Watchlist()
        plain.print(watching.frame(shown, watchlist.of(shown)))
        return [line.rstrip() for line in plain.file.getvalue().splitlines() if line.strip()]

    return drawn


def test_a_bar_shows_how_far_a_mailing_is_and_how_long_it_takes(draw):
    """Name and share above the bar, speed and states below it."""
    name, bar, speed, counts = draw(HALF)

    assert name.split() == ["case", "alert", "500", "of", "1,000,", "50", "%"]
    assert set(bar) <= set("━╸╺ ")
    assert speed == "20.0 a second, about 10 min left"
    assert counts == "500 sent, 490 queued, 10 deferred"


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_no_line_is_wider_than_the_terminal(draw, width):
    """A long error is cut, nothing wraps: a bar stays where it is when it is drawn again."""
    shown = picture(mailing({State.SENT: 1, State.QUEUED: 2}, last_error="451 " + "long " * 60, doubts=(LOST,)))
    lines = draw(shown, width)

    assert max(map(len, lines)) <= width
    assert len(lines) == 6
    assert "in doubt" in lines[5]


def test_what_comes_from_outside_is_escaped(draw):
    """A reply cannot move the cursor."""
    shown = picture(
        mailing({State.QUEUED: 2}, last_error="451 \x1b[2Jgone\x07"),
        gates=(ClosedGate("smtp://mail.example:587\x1b", "google", NOW + timedelta(minutes=15)),),
        trouble="database \x1b[31maway",
    )
    lines = draw(shown)

    assert not {"\x1b", "\x07"} & set("".join(lines))
    assert any("[2Jgone" in line for line in lines)
    assert "google at smtp://mail.example:587  waits until 09:15" in lines


def test_a_mailing_that_ends_while_it_is_watched_stays_in_sight(draw):
    """The last picture says that all is done; one that had ended before is not shown."""
    watchlist = watching.Watchlist()
    draw(HALF, watchlist=watchlist)

    assert "1,000 of 1,000, 100 %" in draw(DONE, watchlist=watchlist)[0]
    assert draw(DONE) == []


def test_a_mailing_that_began_and_ended_between_two_looks_is_shown(draw):
    """A short list is through within a second; a slot that is still empty is nothing to see."""
    watchlist = watching.Watchlist()
    draw(picture(under_way=True), watchlist=watchlist)

    assert "100 %" in draw(DONE, watchlist=watchlist)[0]
    assert draw(picture(mailing({}, id="reminder")), watchlist=watching.Watchlist()) == []


def test_a_hundred_percent_is_said_when_nothing_is_left(draw):
    """999 of 1,000 are 99 %, and a mailing without letters is no division by zero."""
    assert "99 %" in draw(picture(mailing({State.SENT: 999, State.QUEUED: 1})))[0]
    assert "0 of 0, 0 %" in draw(picture(mailing({}, under_way=True)))[0]


def test_a_launch_that_holds_says_until_when(draw):
    """There is nothing to count yet."""
    held = picture()
    (campaign,) = held.campaigns
    holding = replace(campaign, under_way=True, hold_until=NOW + timedelta(minutes=1))
    assert draw(replace(held, campaigns=(holding,))) == ["held until 09:01"]
    assert draw(replace(held, campaigns=(replace(campaign, under_way=True),))) == ["about to begin"]


# --- following ------------------------------------------------------------------------------------


class Time:
    """A clock that only `sleep` and looking move."""

    def __init__(self, look_takes: float = 0.0) -> None:
        self.now, self.look_takes, self.slept = 0.0, look_takes, []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)

    def clock(self) -> float:
        """Each look begins and ends with one question."""
        self.now += self.look_takes
        return self.now


def looks(*found):
    """Return what returns or raises one after another."""
    waiting = list(found)

    def look():
        one = waiting.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    return look


@pytest.mark.parametrize(("takes", "pause"), [(0.01, 1.0), (1.0, 9.0)])
def test_looking_takes_at_most_a_tenth_of_the_time(takes, pause):
    """However many letters there are to count."""
    time = Time(takes)
    assert list(watching.pictures(looks(HALF, HALF, DONE), time.sleep, time.clock)) == [HALF, HALF, DONE]
    assert time.slept == [pause, pause]


def test_a_database_that_is_away_is_waited_for():
    """The last picture stays, with the reason; at the very beginning it is an error."""
    time, away = Time(), StoreUnavailableError("database: locked")
    seen = list(watching.pictures(looks(HALF, away, DONE), time.sleep, time.clock))

    assert seen == [HALF, replace(HALF, trouble="database: locked"), DONE]
    with pytest.raises(StoreUnavailableError):
        next(watching.pictures(looks(away), time.sleep, time.clock))


@pytest.fixture
def followed(monkeypatch, capsys):
    """Follow pictures without a terminal; return the lines."""
    monkeypatch.setattr(watching.time, "sleep", lambda seconds: None)
    terminal.console.cache_clear()

    def follow(*found, as_json=False) -> list[str]:
        watching.follow(looks(*found), as_json=as_json)
        return capsys.readouterr().out.splitlines()

    yield follow
    terminal.console.cache_clear()


def test_without_a_terminal_a_line_is_printed_whenever_a_count_changed(monkeypatch, followed):
    """A moment alone is no news; the last line says that all is done."""
    monkeypatch.setattr(watching.pictures, "__defaults__", (lambda seconds: None, lambda: 0.0))
    first, last = followed(HALF, replace(HALF, now=NOW + timedelta(seconds=1)), DONE)

    assert first == (
        "2026-11-25T09:00:00Z case alert: 500 of 1,000, 50 %; 20.0 a second, about 10 min left; "
        "500 sent, 490 queued, 10 deferred"
    )
    assert last == "2026-11-25T09:00:00Z case alert: 1,000 of 1,000, 100 %; 990 sent, 10 failed"


def test_for_programs_each_change_is_one_line_of_json(monkeypatch, followed):
    """The same shape as `status --json`."""
    monkeypatch.setattr(watching.pictures, "__defaults__", (lambda seconds: None, lambda: 0.0))
    lines = [json.loads(line) for line in followed(HALF, HALF, DONE, as_json=True)]

    counts = [line["campaigns"][0]["mailings"][0]["counts"]["sent"] for line in lines]
    assert counts == [500, 990]


def test_ctrl_c_ends_it_quietly(followed):
    """It only watched: nothing is interrupted."""

    def pressed():
        raise KeyboardInterrupt

    assert watching.follow(pressed, as_json=False) is None
