"""Is nothing said to a relay before what has to be durable is, however letters, commits and answers interleave?"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.core.deliveries import FINAL, Obstacles, State
from mailer.errors import RelayUnavailableError, StoreUnavailableError, TryAgainError
from tests.fakes import ACCEPTED, Wire
from tests.sending import BUSY, CLOSING_DOWN, DEAD, LOST_AFTER, LOST_BEFORE, Stage, live, many, until

ANSWERS = (*[ACCEPTED] * 12, BUSY, CLOSING_DOWN, DEAD, LOST_AFTER, LOST_BEFORE)
LEFT = Obstacles(campaign_over=False, left=True, no_longer_needed=False)
Told = tuple[int, str, int]  # connection, or 0 for the database; what; which letter


def recorded(stage: Stage) -> list[Told]:
    """Let the stage write down what is said to relays and what is durable, in order."""
    events: list[Told] = []

    class Said(list[tuple[int, str, str]]):
        def append(self, said):
            connection, word, name = said
            events.append((connection, word, int(name.partition("-")[2])))

    stage.wire.said = Said()
    commit = stage.outbox.commit

    def recording(intents, acks, *, now):
        granted = commit(intents, acks, now=now)
        events.extend((0, "ack", ack.delivery.id) for ack in acks)
        events.extend((0, "intent", delivery_id) for delivery_id in sorted(granted))
        return granted

    stage.outbox.commit = recording
    return events


def check_law(events: list[Told], window: int) -> None:
    """Go through what happened, and demand at each step what the database has to know."""
    intended: set[int] = set()
    in_doubt: dict[int, set[int]] = defaultdict(set)  # of each connection: written, and without a durable ack
    held: dict[int, int] = {}  # the connection that a letter was said on
    for connection, word, letter in events:
        if word == "intent":
            intended.add(letter)
        elif word == "ack":
            intended.discard(letter)
            in_doubt[held.pop(letter, 0)].discard(letter)
        elif word == "envelope":
            assert letter in intended, f"letter {letter} was offered without an intent"
            held[letter] = connection
        elif word == "content":
            assert letter in intended, f"letter {letter} was written without an intent"
            in_doubt[connection].add(letter)
            assert len(in_doubt[connection]) <= window, f"{in_doubt[connection]} are in doubt at once"


def most_held(events: list[Told]) -> int:
    """Return how many letters the database held for begun at most, at any moment between two commits."""
    begun: set[int] = set()
    most = 0
    for _, word, letter in events:
        if word == "intent":
            begun.add(letter)
        elif word == "ack":
            most = max(most, len(begun))
            begun.discard(letter)
    return most


def test_one_commit_holds_an_ack_and_the_intent_of_what_follows():
    """Three letters over one connection: each step in its place, and each envelope behind the content before it."""
    stage = many(3)
    events = recorded(stage)
    stage.run()

    first = [(0, "intent", 1), (1, "envelope", 1), (0, "intent", 2), (1, "content", 1), (1, "envelope", 2)]
    then = [(0, "ack", 1), (0, "intent", 3), (1, "content", 2), (1, "envelope", 3)]
    assert events == [*first, *then, (0, "ack", 2), (1, "content", 3), (0, "ack", 3)]
    assert stage.outbox.commits == [(1, 0), (1, 0), (1, 1), (0, 1), (0, 1)]


@pytest.mark.parametrize("window", [1, 3])
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_however_it_goes_the_database_knows_first(window, seed):
    """Slow and quick commits, answers of all kinds, refused intents: the law holds, and each writing is counted."""
    random, stage = Random(seed), live(24)
    stage.wire.answer = lambda envelope: random.choice(ANSWERS)
    stage.wire.pause = lambda: random.choice((0.0, 0.01, 0.1))
    stage.work_seconds = lambda: random.choice((0.0, 0.003, 0.05))
    stage.outbox.obstacles = {number: LEFT for number in range(1, 25) if random.random() < 0.1}
    events = recorded(stage)

    async def story():
        steady = {"until_idle": False, "first_backoff": timedelta(seconds=1), "window": window}
        running = asyncio.create_task(stage.sender(connections=random.choice((1, 2, 5)), **steady).run())
        await until(lambda: stage.totals.keys() <= {*FINAL, State.UNCERTAIN}, every=5)
        stage.stop.set()
        await running

    stage.play(story(), hours=12)

    check_law(events, window)
    written = Counter(name for _, word, name in events if word == "content")
    assert {number for number, state in stage.states.items() if state is State.SENT} <= written.keys()
    assert all(stage.outbox.rows[number].delivery.attempts >= count for number, count in written.items())


@pytest.mark.parametrize("window", [1, 3])
def test_a_kill_leaves_no_more_than_the_window_in_doubt(window):
    """At each commit no more than one letter beside the window is begun; of those the window may have been written."""
    stage = many(40)
    stage.work_seconds = lambda: 0.01
    events = recorded(stage)
    stage.run(window=window)

    assert most_held(events) == window + 1
    check_law(events, window)
    if window > 1:
        with pytest.raises(AssertionError, match="in doubt at once"):
            check_law(events, window - 1)


def test_a_letter_whose_intent_is_refused_is_never_said():
    """What would follow is left out; the letter in front goes on alone, and the next one follows it."""
    stage = many(4)
    stage.outbox.obstacles[2] = LEFT
    events = recorded(stage)
    stage.run()

    assert [letter for _, word, letter in events if word == "envelope"] == [1, 3, 4]
    assert stage.totals == {State.SENT: 3, State.SUPPRESSED: 1}


@pytest.mark.parametrize(("seconds", "gets_it"), [(0.005, True), (0.06, False)])
def test_who_leaves_while_the_relay_takes_its_time_gets_nothing(seconds, gets_it):
    """The letter is on the wire behind another one; its intent is looked at once more when that was answered late."""
    stage = live(3)
    stage.wire.dot = asyncio.Event()

    async def story():
        running = asyncio.create_task(stage.sender().run())
        await until(lambda: len(stage.wire.contents) == 1)
        stage.outbox.obstacles[2] = LEFT
        await asyncio.sleep(seconds)
        stage.wire.dot.set()
        await running

    stage.play(story())

    assert stage.wire.written == [f"letter-{number}" for number in (1, 2, 3) if gets_it or number != 2]
    assert stage.states[2] is (State.SENT if gets_it else State.SUPPRESSED)
    assert (1, "withdrawn", "letter-2") in stage.wire.said or gets_it


def test_a_letter_behind_one_that_was_lost_is_not_in_doubt():
    """The connection breaks in the middle: the first is uncertain, the one on the wire behind it leaves on the next."""
    stage = many(3)
    stage.answer(s1=LOST_AFTER)
    events = recorded(stage)
    stage.run()

    assert stage.states == {1: State.UNCERTAIN, 2: State.SENT, 3: State.SENT}
    assert [letter for _, word, letter in events if word == "content"].count(2) == 1
    assert stage.outbox.rows[2].delivery.attempts == 1


def test_a_letter_with_a_limit_begins_only_when_the_one_before_has_its_reply():
    """A token is drawn for it moments before it leaves, so that it cannot wait behind another's content."""
    stage = live(6)
    wire = stage.add_relay("limited", per_hour=3600)
    stage.run()

    words = [word for _, word, _ in wire.said]
    assert words == ["envelope", "content"] * 6


def test_a_key_that_is_missing_for_the_next_letter_lets_the_one_before_go():
    """The error ends the sender, but not before the letter that was offered is written and settled."""
    stage = many(3)
    stage.composer.letters[2] = TryAgainError("key 9 is not here")
    with pytest.raises(TryAgainError, match="key 9"):
        stage.run()

    assert stage.states == {1: State.SENT, 2: State.QUEUED, 3: State.QUEUED}


def test_a_relay_that_takes_few_connections_gets_its_letters_over_those():
    """Sixteen are tried, four are let in: nobody rests for it, and no letter waits for a connection that is none."""
    stage = live(400)
    stage.wire.seconds = 0.1
    stage.wire.refusal = lambda number: RelayUnavailableError("421 too many") if number > 4 else None
    seconds = stage.run(connections=16)

    assert stage.totals == {State.SENT: 400}
    assert stage.reporter.told == []
    assert stage.wire.busiest == 4
    assert seconds < 400 / 4 * 0.1 * 2
    assert stage.wire.openings <= 6


def test_other_connections_take_what_a_silent_one_would_keep_waiting():
    """A connection that hangs holds its own letter and the one behind it; the others bring all the rest."""
    stage = live(60)
    stage.wire = Wire()
    hung, names = asyncio.Event(), iter(range(1000))

    class Dot:
        async def wait(self):
            if next(names) == 0:
                await hung.wait()

    stage.wire.dot = Dot()

    async def story():
        running = asyncio.create_task(stage.sender(connections=3).run())
        await until(lambda: stage.totals[State.SENT] == 58)
        hung.set()
        await running

    stage.play(story(), hours=0.1)

    assert stage.totals == {State.SENT: 60}


def test_who_leaves_while_the_database_is_away_gets_no_letter_that_was_looked_at_before():
    """The letter in front waits for the intent of the next, for a minute here: it is looked at again before it goes."""
    stage = live(2)
    away = {}

    def before(intents, acks):
        if any(intent.delivery.id == 2 for intent in intents):
            away.setdefault("since", stage.clock())
            if stage.clock() - away["since"] < timedelta(minutes=1):
                raise StoreUnavailableError("locked")

    stage.outbox.before_commit = before

    async def story():
        run = asyncio.create_task(stage.sender().run())
        await until(lambda: "since" in away)
        stage.outbox.obstacles[1] = LEFT
        await run

    stage.play(story())

    assert ("content", "letter-1") not in [tuple(said[1:]) for said in stage.wire.said]
    assert stage.states[2] is State.SENT
