"""Does the judge see what it is there for? Each wrong is planted once into a journal or a database that is right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.acceptance.faults.judge import Accepted, Finding, Row, contradictions, judge, read_journal

PEOPLE = [f"person{number}@union.example" for number in range(4)]
RIGHT = [
    Accepted(number, f"<{number}@solidarity.example>", f"{number:064}", who, 1) for number, who in enumerate(PEOPLE)
]
ROWS = [Row(number, letter.message_id, "sent", resent=False) for number, letter in enumerate(RIGHT)]
EXTRA = replace(RIGHT[2], at=9)


def test_a_right_journal_is_right() -> None:
    """Everybody has one letter: nothing is found."""
    assert judge(RIGHT, PEOPLE) == Finding((), {}, (), (), ())
    assert contradictions(RIGHT, judge(RIGHT, PEOPLE), ROWS) == []


@pytest.mark.parametrize(
    ("journal", "wrong"),
    [
        (RIGHT[:-1], f"missed: {PEOPLE[-1]}"),
        ([*RIGHT, replace(EXTRA, message_id="<other@x>", recipient="stranger@x")], "strangers: stranger@x"),
        ([*RIGHT, replace(EXTRA, message_id="<other@x>")], f"rewritten: {PEOPLE[2]}"),
        ([*RIGHT, replace(EXTRA, sha256="f" * 64)], f"altered: {EXTRA.message_id}"),
    ],
)
def test_what_no_fault_excuses_is_told(journal, wrong) -> None:
    """Somebody missed, a stranger, a second letter with another Message-ID, the same with other bytes."""
    assert judge(journal, PEOPLE).wrongs == (wrong,)


def test_a_letter_that_came_again_is_counted() -> None:
    """Once for each time beyond the first."""
    finding = judge([*RIGHT, EXTRA, EXTRA], PEOPLE)

    assert (finding.doubled, finding.again, finding.wrongs) == (2, {EXTRA.message_id: 2}, ())


@pytest.mark.parametrize(
    ("journal", "changed", "told"),
    [
        (RIGHT[:2] + RIGHT[3:], ROWS[2], "is sent, and was never taken"),
        (RIGHT, replace(ROWS[2], state="queued"), "was taken, and is queued"),
        (RIGHT, replace(ROWS[2], message_id="<9@solidarity.example>", state="queued"), "no delivery knows it"),
        ([*RIGHT, EXTRA], ROWS[2], "is not listed as sent again"),
    ],
)
def test_a_database_that_says_something_else_is_told(journal, changed, told) -> None:
    """Sent and never taken, taken and not known to be, unknown, or taken twice and not listed."""
    rows = [*ROWS[:2], changed, *ROWS[3:]]
    (found,) = contradictions(journal, judge(journal, PEOPLE), rows)

    assert told in found


def test_half_a_line_was_never_on_record(tmp_path) -> None:
    """A journal whose writer died has a last line without an end: its letter was never answered."""
    journal = tmp_path / "journal"
    whole = "".join(f"{one.at} {one.message_id} {one.sha256} {one.recipient} {one.connection}\n" for one in RIGHT)
    journal.write_text(f"{whole}5 <half@x> 0123")

    assert read_journal(journal) == RIGHT
