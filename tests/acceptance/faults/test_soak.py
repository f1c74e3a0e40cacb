"""Does it hold for hours? Two hundred kills, a million letters, both databases; docs/reliability.md is the result."""

from __future__ import annotations

import os
from statistics import median

import pytest

from tests.acceptance.cases import address
from tests.acceptance.faults.judge import Finding
from tests.acceptance.faults.ordeal import Ordeal
from tests.acceptance.faults.random_kills import Killing, send_under_fire
from tests.acceptance.faults.reliability import record, version_of

HOUR = 3600


def write_down(ordeal: Ordeal, killing: Killing, finding: Finding) -> None:
    """Add this ordeal's row to the page, once `status` is seen to list all that came again."""
    assert ordeal.unlisted(finding) == set()
    pauses = ordeal.pauses() if killing.senders == 1 else []
    again = f"{median(pauses):.1f} s / {max(pauses):.1f} s" if pauses else "(others went on)"
    record(
        "kills",
        killing.senders,
        version_of(ordeal.database_url),
        f"{ordeal.size:,}",
        ordeal.connections,
        killing.kills,
        len(finding.missed),
        f"{finding.doubled} ({ordeal.connections * killing.kills})",
        len(finding.altered),
        again,
        killing.seed,
    )


@pytest.mark.soak
@pytest.mark.timeout(HOUR)
@pytest.mark.parametrize("senders", [1, 4])
def test_two_hundred_kills(begin_ordeal, seed, senders, database):
    """Of 10,000 letters none is missed; at most one per connection and kill comes again, byte for byte, all listed."""
    ordeal = begin_ordeal(10_000, database=database, planned=True)
    ordeal.oracle.slow_down(0.002)
    killing = Killing(200, senders, seed)
    send_under_fire(ordeal, killing)

    write_down(ordeal, killing, ordeal.judge())


@pytest.mark.soak
@pytest.mark.timeout(4 * HOUR)
def test_a_million_letters(begin_ordeal, workplace, seed, database):
    """A million supporters, two senders of sixteen connections, twenty kills; letters of one text (see `entry`)."""
    workplace.settings["FAULTS_PLAIN"] = "1"
    size = int(os.environ.get("MAILER_TESTS_LETTERS", "1_000_000"))
    ordeal = begin_ordeal(size, connections=16, database=database, planned=True)
    killing = Killing(20, 2, seed)
    send_under_fire(ordeal, killing)

    write_down(ordeal, killing, ordeal.judge())


@pytest.mark.soak
@pytest.mark.parametrize("words", [("pause", "case"), ("stop", "case")])
def test_commands_are_in_force_at_once(begin_ordeal, words, database):
    """Four connections, letters leaving as fast as they can: at most two per connection after the commit."""
    ordeal = begin_ordeal(5_000, database=database, planned=True)
    sender = ordeal.start("serve")
    ordeal.wait_for(500)
    committed = ordeal.command(*words)
    ordeal.stop_cleanly(sender)
    write_down_command(ordeal, words[0], committed)


@pytest.mark.soak
def test_leaving_is_in_force_at_once(begin_ordeal, database):
    """The same for one who leaves: whose letter comes up at about that moment."""
    ordeal = begin_ordeal(5_000, database=database, planned=True)
    sender = ordeal.start("serve")
    ordeal.wait_for(500)
    committed = ordeal.command("supporters", "unsubscribe", address(4_900))
    ordeal.wait_for(4_999)
    ordeal.stop_cleanly(sender)
    theirs = [letter.at for letter in ordeal.oracle.accepted if letter.recipient == address(4_900)]

    assert [at for at in theirs if at > committed] == []


def write_down_command(ordeal: Ordeal, word: str, committed: int) -> None:
    """Judge what left after a command, and add its row to the page."""
    late = [letter.at for letter in ordeal.oracle.accepted if letter.at > committed]
    allowed = 2 * ordeal.connections
    last = f"{(max(late) - committed) / 1e6:.0f} ms" if late else "-"
    assert len(late) <= allowed
    assert ordeal.oracle.count < ordeal.size
    record(
        "commands",
        word,
        version_of(ordeal.database_url),
        ordeal.connections,
        f"{len(late)} ({allowed})",
        last,
        f"{ordeal.oracle.count:,} of {ordeal.size:,} had left",
    )
