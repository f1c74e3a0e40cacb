"""What does `mailer status` print? Pictures as an organiser reads them, and as programs do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from mailer.cli import status as shown
from mailer.cli import terminal
from mailer.cli.status import MOST_DOUBTS, Picture, picture_values
from mailer.cli.terminal import clock_time, emit_item, print_table
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.doubts import Course, Doubt
from mailer.core.speed import TimeLeft
from mailer.flows.report import CampaignStatus, ClosedGate, MailingStatus
from tests.letter_parts import NOW

MINUTE = timedelta(minutes=1)
SENDS = Course("case", resends=True, sends=True, is_over=False)
LOST = Doubt(7, "0a" * 8, State.UNCERTAIN, resent=False, since=NOW, not_before=NOW + 15 * MINUTE, why="hung up")
ALERT = MailingStatus(
    id="alert", kind=MailingKind.ALERT, due=NOW, rehearsal=False, reason="",
    counts=dict.fromkeys(State, 0) | {State.SENT: 1_500, State.QUEUED: 600, State.UNCERTAIN: 1}, remaining=601,
    per_second=10.0, left=TimeLeft(60.1, 60.1), last_error="451 later", doubts=(LOST,), course=SENDS, under_way=True,
)  # fmt: skip
CASE = CampaignStatus(
    "case", Status.READY, "", rehearsal=False, launched_at=NOW, hold_until=NOW, tested_at=None, revision=1,
    mailings=(ALERT,), under_way=True,
)  # fmt: skip
GATE = ClosedGate("smtp://mail.example:587", "google", NOW + 15 * MINUTE)
PICTURE = Picture(NOW, (CASE,), (GATE,), "Europe/London")


@pytest.fixture
def printed(monkeypatch, capsys):
    """Print on something of a width, a terminal unless told otherwise; return the lines."""

    def lines(print_it, width: int = 100, *, is_terminal: bool = True) -> list[str]:
        drawn = Console(width=width, file=StringIO(), highlight=False, force_terminal=is_terminal, color_system=None)
        monkeypatch.setattr(terminal, "console", lambda: drawn)
        print_it()
        told = drawn.file.getvalue() + capsys.readouterr().out
        return [line.rstrip() for line in told.splitlines() if line.strip()]

    return lines


def told(picture: Picture, **changes) -> Picture:
    """Return the picture with another mailing."""
    return replace(picture, campaigns=(replace(CASE, mailings=(replace(ALERT, **changes),)),))


def test_a_picture_tells_states_speed_errors_and_doubts(printed):
    """A column for each state that has letters; nothing else."""
    head, _, row, gate, campaign, error, doubt, letter = printed(lambda: shown._print_picture(PICTURE))

    assert head.split() == ["mailing", "due", "sent", "queued", "uncertain", "a", "second", "time", "left"]
    assert row.split() == ["alert", "09:00", "1,500", "600", "1", "10.0", "about", "2", "min"]
    assert gate == "google at smtp://mail.example:587 waits until 09:15"
    assert campaign == "case: ready"
    assert error == "alert, last error: 451 later"
    assert doubt == "alert, in doubt: 1 letter"
    assert letter == f"  delivery 7 to {'0a' * 8}, since 09:00: hung up; is sent once more at 09:15"


def test_a_terminal_that_is_too_narrow_gets_the_numbers_below_each_other(printed):
    """Aligned, without empty ones; words wrap between words."""
    lines = printed(lambda: shown._print_picture(PICTURE), 44)

    assert max(map(len, lines)) <= 44
    assert [line for line in lines if line.startswith(("sent ", "queued", "uncertain", "a second"))] == [
        "sent       1,500",
        "queued       600",
        "uncertain      1",
        "a second    10.0",
    ]


def test_without_a_terminal_nothing_is_wrapped(printed):
    """Whoever searches the output finds whole sentences."""
    lines = printed(lambda: shown._print_picture(PICTURE), 44, is_terminal=False)
    assert any("hung up; is sent once more at 09:15" in line for line in lines)


def test_twenty_letters_in_doubt_are_printed_and_the_others_counted(printed):
    """Programs get all of them."""
    doubts = tuple(replace(LOST, delivery=number) for number in range(MOST_DOUBTS + 5))
    many = told(PICTURE, doubts=doubts)
    lines = printed(lambda: shown._print_picture(many))

    assert sum("  delivery " in line for line in lines) == MOST_DOUBTS
    assert lines[-1] == "  and 5 more: `mailer status --json` has them all"
    assert len(picture_values(many)["campaigns"][0]["mailings"][0]["uncertain"]) == MOST_DOUBTS + 5


def test_a_pause_is_told_with_its_reason_and_not_twice(printed):
    """The last error is that reason."""
    lines = printed(lambda: shown._print_picture(told(PICTURE, reason="refused", last_error="refused", doubts=())))
    assert lines[-1] == "alert is paused: refused"


def test_letters_that_wait_for_later_are_told_apart(printed):
    """The time left is that of the letters which are due."""
    lines = printed(lambda: shown._print_picture(told(PICTURE, left=TimeLeft(60.0, 7200.0), doubts=())))
    assert lines[-1] == "alert: some letters wait until 11:00"


def test_what_moves_comes_first_and_a_mailing_without_letters_says_so(printed):
    """An organiser does not search for what is going on."""
    quiet = replace(CASE, id="a-quiet-one", under_way=False, mailings=())
    empty = replace(ALERT, counts=dict.fromkeys(State, 0), remaining=0, doubts=(), last_error="", per_second=0.0)
    both = replace(PICTURE, campaigns=(quiet, replace(CASE, mailings=(empty,))), gates=())
    lines = printed(lambda: shown._print_picture(both))

    assert [line for line in lines if line.endswith(": ready")] == ["case: ready", "a-quiet-one: ready"]
    assert any("no letters yet" in line for line in lines)


def test_a_restored_backup_is_told_before_everything_else(printed, capsys):
    """It holds all sending, so nothing else matters until it is lifted."""
    noticed = replace(PICTURE, notice="restored \x1b[31mbackup", campaigns=(), gates=())
    shown._print_picture(noticed)
    assert capsys.readouterr().err.splitlines()[0] == "restored  [31mbackup"
    assert picture_values(noticed)["notice"] == "restored \x1b[31mbackup"


def test_programs_get_every_number_and_when_a_letter_goes_out_again():
    """Seconds, ids and moments; null where nothing is known."""
    values = picture_values(PICTURE, newer=["case"])
    (campaign,) = values["campaigns"]
    (mailing,) = campaign["mailings"]

    assert campaign["file_is_newer"]
    assert (mailing["per_second"], mailing["seconds_left"], mailing["remaining"]) == (10.0, 60, 601)
    assert list(mailing["counts"]) == [state.value for state in State]
    assert mailing["uncertain"] == [
        {
            "delivery": 7, "supporter": "0a" * 8, "state": State.UNCERTAIN, "resent": False, "since": NOW,
            "why": "hung up", "next": "is sent once more at 09:15 UTC", "again_at": NOW + 15 * MINUTE,
        }
    ]  # fmt: skip
    assert values["waiting"] == [{"relay": GATE.relay, "provider_group": "google", "until": GATE.until}]
    (unknown,) = picture_values(told(PICTURE, left=TimeLeft(None, None)))["campaigns"]
    assert unknown["mailings"][0]["seconds_left"] is None


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "09:00"),
        (NOW + timedelta(hours=15, minutes=-1), "23:59"),
        (NOW + timedelta(hours=15), "Thu 26 Nov, 00:00"),
        (NOW + timedelta(days=300), "21 Sep 2027, 10:00"),
    ],
)
def test_a_moment_is_said_as_short_as_it_can_be(moment, words):
    """In the organisation's zone, summer time included."""
    assert clock_time(moment, "Europe/London", NOW) == words


def test_items_wrap_between_words_a_little_further_in(printed):
    """Ten columns, and no word is cut that fits."""
    assert printed(lambda: emit_item("  aaa bbb ccc ddd"), 10) == ["  aaa bbb", "    ccc", "    ddd"]


def test_a_table_that_may_fold_is_never_told_row_by_row(printed):
    """Other commands squeeze theirs, as before."""
    row = ("name", "word " * 9)
    folded = printed(lambda: print_table(("a", "b"), [row]), 30)
    told_by_row = printed(lambda: print_table(("a", "b"), [row], folds=False), 30)

    assert folded[0].split() == ["a", "b"]
    assert told_by_row == ["a  name", f"b  {row[1]}".rstrip()]


def test_answers_to_mails_are_one_row_without_their_names(printed):
    """Their mailings' names are for the mailer alone; programs have each of them."""
    counts = dict.fromkeys(State, 0) | {State.QUEUED: 1}
    reply = replace(ALERT, kind=MailingKind.REPLY, counts=counts, doubts=(), last_error="451 later")
    replies = tuple(replace(reply, id=f"reply-2026-11-22.sent.2.{case}") for case in ("almaty-picket", "prisoner"))
    picture = replace(PICTURE, campaigns=(replace(CASE, id="sign-up", mailings=replies),), gates=())

    assert printed(lambda: shown._print_picture(picture)) == [
        "sign-up: ready",
        "answers to mails: 2 queued",
        *["answers to mails (sent), last error: 451 later"] * 2,
    ]
    assert [each["id"] for each in picture_values(picture)["campaigns"][0]["mailings"]] == [each.id for each in replies]
