"""Is anybody missed, or written to twice, when the sender dies (kill -9) at each step of a letter's way?"""

from __future__ import annotations

import pytest

SIZE = 120
PAGES = 50

AT_STEPS = [
    "before-claim-commit:1",
    "after-claim-commit:1",
    "after-render:1",
    "before-intent-commit:9",
    "after-intent-commit:1",
    "after-intent-commit:9",
    "before-ack-commit:1",
    "before-ack-commit:9",
    "after-ack-commit:9",
]
AT_THE_RELAY = ["data:1", "part:60", "dot:1", "dot:60", "taken:1", "taken:60", "replied:60"]
WHILE_FILLING = ["before-page-commit:1", "before-page-commit:2", "after-page-commit:1", "after-page-commit:2"]
AT_COMMITS = ["before-page-commit:2", "after-claim-commit:1", "after-intent-commit:9", "before-ack-commit:9"]


@pytest.mark.parametrize("step", AT_STEPS)
def test_killed_at_a_step(begin_ordeal, step):
    """Wherever a sender dies, the next one sends what is left; at most one letter per connection comes again."""
    ordeal = begin_ordeal(SIZE, planned=True)
    ordeal.expect_death(ordeal.start("send", at=f"{step}:kill"))
    ordeal.drain()

    ordeal.judge()


@pytest.mark.parametrize("step", ["before-claim-commit:1", "after-claim-commit:1", "after-render:1"])
def test_killed_before_the_first_intent_nothing_comes_twice(begin_ordeal, step):
    """What was claimed and not begun goes back: there is no doubt about it."""
    ordeal = begin_ordeal(SIZE, connections=1, planned=True)
    ordeal.expect_death(ordeal.start("send", at=f"{step}:kill"))
    ordeal.drain()

    assert ordeal.judge().doubled == 0


@pytest.mark.parametrize("trap", [*(f"{phase}:kill" for phase in AT_THE_RELAY), "part:1:lose", "dot:40:lose"])
def test_killed_at_the_relay(begin_ordeal, trap):
    """In the middle of the content, after the dot, before and after the reply: taken or not, nobody is missed."""
    ordeal = begin_ordeal(SIZE, trap, planned=True)
    ordeal.expect_death(ordeal.start("send"))
    ordeal.drain()

    ordeal.judge()


def test_a_letter_that_was_taken_without_an_answer_comes_again_and_is_listed(begin_ordeal):
    """One connection, killed between the relay's record and its reply: exactly that letter twice, byte for byte.

    The letter that followed it on the wire is listed too: it was handed over once more, though it had no content yet.
    """
    ordeal = begin_ordeal(SIZE, "taken:30:kill", connections=1, planned=True)
    ordeal.expect_death(ordeal.start("send"))
    ordeal.drain()

    finding = ordeal.judge()
    assert list(finding.again) == [ordeal.oracle.accepted[29].message_id]
    assert ordeal.unlisted(finding) == set()
    assert [one["resent"] for one in ordeal.workplace.mailing("alert")["uncertain"]] == [True, True]


@pytest.mark.parametrize("step", AT_COMMITS)
def test_killed_around_the_commits_of_postgresql(begin_ordeal, postgres_url, step):
    """The same over PostgreSQL, at the steps where the database has a say."""
    ordeal = begin_ordeal(SIZE, database=postgres_url)
    ordeal.expect_death(ordeal.start("run", at=f"{step}:kill", page=PAGES))
    ordeal.drain("run")

    ordeal.judge()


@pytest.mark.parametrize("step", WHILE_FILLING)
def test_killed_while_filling(begin_ordeal, step):
    """Inside a page and between two: the next start goes on where the last page ended, and nobody is in it twice."""
    ordeal = begin_ordeal(SIZE)
    ordeal.expect_death(ordeal.start("tick", at=f"{step}:kill", page=PAGES))
    ordeal.drain("run")

    assert ordeal.judge().doubled == 0


@pytest.mark.parametrize("step", ["inside-reaper:1", "inside-reaper:2", "after-reaper-commit:1"])
def test_killed_while_it_settles_what_a_dead_one_left(begin_ordeal, step):
    """The one that gives back what a dead one held dies too; the third settles it, each row once."""
    ordeal = begin_ordeal(SIZE, "taken:30:kill", planned=True)
    ordeal.expect_death(ordeal.start("send"))
    ordeal.expect_death(ordeal.start("send", at=f"{step}:kill"))
    ordeal.drain()

    finding = ordeal.judge()
    assert finding.doubled <= ordeal.connections  # the second one had written nothing
