"""Is a command in force for the very next letter? Committed while letters are being sent, by another process."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acceptance.cases import address
from tests.smtp_server import wait_until

SIZE = 200
BEFORE = 40


@pytest.mark.parametrize("word", ["pause", "stop"])
def test_after_it_at_most_two_letters_leave_per_connection(begin_ordeal, word):
    """Counted by the oracle's record of when it took each letter, from the moment of the command's commit."""
    ordeal = begin_ordeal(SIZE, connections=4, planned=True)
    ordeal.oracle.slow_down(0.2)  # what waits takes eight seconds: no machine is so slow that a command takes longer
    sender = ordeal.start("serve")
    ordeal.wait_for(BEFORE)
    committed = ordeal.command(word, "case")
    ordeal.stop_cleanly(sender)

    assert ordeal.taken_after(committed) <= 2 * ordeal.connections
    assert BEFORE <= ordeal.oracle.count < SIZE
    if word == "pause":
        ordeal.command("resume", "case")
        ordeal.oracle.slow_down(0)
        ordeal.drain()
        assert ordeal.judge().doubled == 0
    else:
        ordeal.drain()
        assert {row.state for row in ordeal.rows} == {"sent", "cancelled"}
        assert ordeal.oracle.count < SIZE


@pytest.mark.parametrize("words", [("pause", "case"), ("stop", "case"), ("supporters", "unsubscribe", address(9))])
def test_committed_just_before_the_intent_no_letter_leaves(begin_ordeal, words):
    """The letter is composed and the connection waits for it: it is not written; the one in front of it may be."""
    ordeal = begin_ordeal(SIZE, connections=1, planned=True)
    sender = ordeal.start("serve", at="after-render:10:hold")
    ordeal.wait_held()
    ordeal.command(*words)
    ordeal.go()
    if words[0] == "supporters":
        ordeal.wait_for(SIZE - 1)
    ordeal.stop_cleanly(sender)

    assert address(9) not in {letter.recipient for letter in ordeal.oracle.accepted}
    assert ordeal.oracle.count in ((8, 9) if words[0] != "supporters" else (SIZE - 1,))


def test_who_has_written_meanwhile_gets_no_reminder(begin_ordeal):
    """Whoever says "I have sent it" when the reminder is composed and not written yet: it stays unwritten."""
    ordeal = begin_ordeal(24, connections=1, mailings="[{alert: on-launch}, {reminder: {after: 3d}}]")
    ordeal.drain("run")
    ordeal.clocks.pass_(timedelta(days=4))
    ordeal.do("tick")
    ordeal.clocks.pass_(timedelta(days=1))
    alerts = ordeal.oracle.count
    sender = ordeal.start("serve", at="after-render:10:hold")
    ordeal.wait_held()
    reminded = {letter.recipient for letter in ordeal.oracle.accepted[alerts:]}
    waiting = [number for number in range(24) if address(number) not in reminded]
    for number in waiting[:3]:
        ordeal.command("supporters", "acted", "case", address(number))
    ordeal.go()
    wait_until(lambda: ordeal.oracle.count >= alerts + 21, seconds=60)
    ordeal.stop_cleanly(sender)

    written = [letter.recipient for letter in ordeal.oracle.accepted[alerts:]]
    assert len(written) == len(set(written)) == 21
    assert {address(number) for number in waiting[:3]}.isdisjoint(written)
