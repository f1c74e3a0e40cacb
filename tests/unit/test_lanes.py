"""How do several relays share the letters, in trouble and out of it, and how fast do letters leave?"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from mailer.core.deliveries import LEASE, State
from mailer.core.verdicts import Phase, Verdict
from mailer.errors import RelayPolicyError, RelayUnavailableError, StoreUnavailableError, TryAgainError
from mailer.flows.group_commit import Ledger
from tests.fakes import ACCEPTED
from tests.sending import BUSY, DEAD, LOST_AFTER, LOST_BEFORE, Stage, live, many, until

SLOW_DOWN = Verdict(450, "4.7.28", "4.7.28 too many, try again in 300 seconds", Phase.RCPT)
THROTTLED = Verdict(451, "4.7.1", "4.7.1 slow down", Phase.MAIL)
DAEMON = {"until_idle": False, "first_backoff": timedelta(seconds=1)}


def everybody_once(stage: Stage, *wires) -> bool:
    """Tell whether everybody's letter was written exactly once, over all relays together."""
    written = Counter(name for wire in wires for name in wire.written)
    return written == Counter(f"letter-{number}" for number in stage.states)


# --- shares ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("connections", [1, 4])
def test_weights_are_kept_over_a_thousand_letters(connections):
    """Three to one is 750 to 250, however many connections hand over at once."""
    stage = many(1000)
    large, small = stage.add_relay("large", weight=3), stage.add_relay("small")
    stage.run(connections=connections)

    assert everybody_once(stage, large, small)
    assert abs(len(large.written) - 750) <= 2


def test_a_relay_that_is_merely_slower_keeps_its_share():
    """Equal weights are equal shares, though one relay takes twice as long for a letter."""
    stage = live(400)
    quick, slow = stage.add_relay("quick"), stage.add_relay("slow")
    quick.seconds, slow.seconds = 0.1, 0.2
    stage.run(connections=2)

    assert abs(len(quick.written) - len(slow.written)) <= 2


def test_a_relay_that_hangs_holds_up_nobody_else():
    """What waits for it waits; all others leave over the other relay within a minute."""
    stage = live(300)
    good, stuck = stage.add_relay("good"), stage.add_relay("stuck")
    stuck.gate = asyncio.Event()

    async def story():
        running = asyncio.create_task(stage.sender(connections=2).run())
        await asyncio.sleep(60)
        assert stage.totals[State.SENT] >= 300 - 18  # two in flight, and sixteen that wait for them
        stuck.gate.set()
        await running

    stage.play(story())

    assert everybody_once(stage, good, stuck)


# --- one of two in trouble ------------------------------------------------------------------------


@pytest.mark.parametrize("error", [RelayUnavailableError("gone"), RelayPolicyError("535 no such login")])
def test_a_relay_that_is_down_from_the_start_costs_nobody_a_letter(error):
    """No connection or a refused login: everybody gets exactly one letter through the other, and the run ends well."""
    stage = live(300)
    down, up = stage.add_relay("down", weight=5), stage.add_relay("up")
    down.refusal = lambda number: error
    stage.run(connections=3)

    assert everybody_once(stage, up)
    assert down.openings <= 3
    assert stage.totals == {State.SENT: 300}


def test_a_relay_that_dies_in_the_middle_is_used_again_when_it_is_back():
    """Hang-ups, then no connection for two minutes: one letter for each, and both have their share afterwards."""
    stage = live(2000)
    frail, firm = stage.add_relay("frail"), stage.add_relay("firm")
    frail.seconds = firm.seconds = 0.5
    begun, taken = stage.moment, []

    def is_dead() -> bool:
        return timedelta(seconds=5) <= stage.now() - begun < timedelta(seconds=120)

    def answer(envelope):
        taken.append(stage.now())
        return LOST_BEFORE if is_dead() else ACCEPTED

    frail.answer = answer
    frail.refusal = lambda number: RelayUnavailableError("gone") if is_dead() else None

    async def story():
        running = asyncio.create_task(stage.sender(connections=2, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 2000, every=1)
        stage.stop.set()
        await running

    stage.play(story())

    assert everybody_once(stage, frail, firm)
    assert sum(at < begun + timedelta(seconds=120) for at in taken) <= 25
    assert sum(at > begun + timedelta(seconds=120) for at in taken) > 500


def test_a_daemon_comes_back_to_a_relay():
    """Refused for a while, a relay has its share again after its back-off, tried with one letter."""
    stage = live(1200)
    tired, firm = stage.add_relay("tired"), stage.add_relay("firm")
    tired.seconds = firm.seconds = 0.2
    tired.refusal = lambda number: RelayPolicyError("535") if number <= 3 else None

    async def story():
        running = asyncio.create_task(stage.sender(connections=2, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 1200)
        stage.stop.set()
        await running

    stage.play(story())

    assert everybody_once(stage, tired, firm)
    assert tired.openings >= 4
    assert len(tired.written) > 400


def test_only_if_all_relays_refuse_us_it_is_a_refusal():
    """77 is for an operator who has to act on every relay; one that may come back makes it 75."""
    for errors, expected in (
        ((RelayPolicyError("535 a"), RelayPolicyError("535 b")), RelayPolicyError),
        ((RelayPolicyError("535 a"), RelayUnavailableError("gone")), TryAgainError),
    ):
        stage = live(5)
        for label, error in zip("ab", errors, strict=True):
            stage.add_relay(label).refusal = lambda number, error=error: error
        with pytest.raises(expected):
            stage.run(connections=2)
        assert stage.totals == {State.QUEUED: 5}


def test_a_wrong_password_is_tried_once_however_many_connections_there_are():
    """Connections are opened one at a time, and a refusal is told to all that wait."""
    stage = live(50)
    stage.wire.seconds = 0.1
    stage.wire.refusal = lambda number: RelayPolicyError("535")
    with pytest.raises(RelayPolicyError):
        stage.run(connections=8)

    assert stage.wire.openings == 1


def test_what_several_connections_are_told_at_once_is_one_trouble():
    """Four connections that are throttled together do not use up the patience of a run that ends when idle."""
    stage = live(80)
    stage.wire.seconds = 0.1
    told = iter([ACCEPTED] * 42 + [THROTTLED] * 4)  # four at each tenth of a second, but for the first ones
    stage.wire.answer = lambda envelope: next(told, ACCEPTED)
    with pytest.raises(TryAgainError, match="4 letters were deferred"):
        stage.run(connections=4, first_backoff=timedelta(seconds=1))

    assert stage.totals == {State.SENT: 76, State.DEFERRED: 4}
    assert [fields["in_a_row"] for event, fields in stage.reporter.told if event == "relay trouble"] == [1]


def test_a_pause_that_a_relay_asks_for_is_kept():
    """421 with "try again in 300 seconds": not one command before that, then everything goes out."""
    stage = live(40)
    openings: list[datetime] = []

    def refuse(number):
        openings.append(stage.now())
        return RelayUnavailableError("421 try later", asked_pause=timedelta(seconds=300)) if number == 1 else None

    stage.wire.refusal = refuse

    async def story():
        running = asyncio.create_task(stage.sender(connections=2, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 40)
        stage.stop.set()
        await running

    stage.play(story())

    assert openings[1] - openings[0] >= timedelta(seconds=300)


def test_an_idle_run_does_not_sit_out_a_long_pause():
    """Whoever started it can come back, too: 75 at once, and the letters wait."""
    stage = live(4)
    stage.wire.refusal = lambda number: RelayUnavailableError("421", asked_pause=timedelta(minutes=5))
    with pytest.raises(TryAgainError):
        stage.run()

    assert stage.totals == {State.QUEUED: 4}
    assert stage.moment - stage.outbox.rows[1].not_before < timedelta(seconds=10)


def test_a_letter_that_hangs_since_before_does_not_keep_the_relay_from_being_tried():
    """A silent connection may take ten minutes to end; the lane goes on beside it after its back-off."""
    stage = live(100)
    hung = asyncio.Event()
    names = iter(range(1000))

    class Silent:
        async def wait(self):
            if next(names) == 0:
                await hung.wait()

    stage.wire.gate = Silent()
    stage.wire.answer = lambda envelope: LOST_BEFORE if envelope.name == "letter-2" else ACCEPTED

    async def story():
        running = asyncio.create_task(stage.sender(connections=2, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 98)
        hung.set()
        await until(lambda: stage.totals[State.SENT] == 99)
        stage.stop.set()
        await running

    stage.play(story(), hours=0.1)


# --- concurrency ----------------------------------------------------------------------------------


def test_concurrency_goes_down_under_throttling_and_up_again():
    """Told to slow down, a lane goes on with one letter at a time, and is at all its connections again later."""
    stage = live(600)
    stage.wire.seconds = 0.1
    at_once: list[int] = []
    told = iter([True])

    def answer(envelope):
        at_once.append(stage.wire.busy)
        return THROTTLED if len(at_once) == 100 and next(told, False) else ACCEPTED

    stage.wire.answer = answer
    with pytest.raises(TryAgainError):  # the one that was told waits for five minutes
        stage.run(connections=4, first_backoff=timedelta(seconds=1))

    assert max(at_once[50:100]) == 4
    alone = at_once.index(1, 100)
    assert alone <= 104
    assert max(at_once[alone : alone + 4]) <= 2
    assert max(at_once[300:]) == 4


# --- limits of a relay ----------------------------------------------------------------------------


def written_at(stage: Stage, wire) -> list[datetime]:
    """Let the wire note when letters are written, and return the list."""
    moments: list[datetime] = []

    def answer(envelope):
        moments.append(stage.now())
        return ACCEPTED

    wire.answer = answer
    return moments


def test_no_hour_sees_more_letters_than_per_hour():
    """A burst, then a steady stream, all of them: over any hour at most 150, and close to that."""
    stage = live(400)
    moments = written_at(stage, stage.add_relay("slow", per_hour=150))
    stage.run(connections=4, hours=4)

    assert stage.totals == {State.SENT: 400}
    for begin in moments:
        assert sum(begin <= at < begin + timedelta(hours=1) for at in moments) <= 150
    assert stage.moment - moments[0] < timedelta(hours=2.75)


def test_a_limit_holds_over_restarts_and_for_two_senders_at_once():
    """Senders that share the limits share one bucket, and one that is started again has no fresh one."""
    stage = live(400)
    moments = written_at(stage, stage.add_relay("slow", per_hour=120))

    async def story():
        for _ in range(3):
            stage.stop = asyncio.Event()
            senders = [asyncio.create_task(stage.sender(connections=2, **DAEMON).run()) for _ in range(2)]
            await asyncio.sleep(1200)
            stage.stop.set()
            await asyncio.gather(*senders)

    stage.play(story(), hours=2)

    assert 100 <= len(moments) <= 120
    assert stage.totals[State.SENT] == len(moments)


def test_what_a_limited_relay_cannot_take_goes_to_the_other():
    """Weights hold among those that have allowance left."""
    stage = live(500)
    limited, free = stage.add_relay("limited", weight=9, per_hour=60), stage.add_relay("free")
    seconds = stage.run(connections=2)

    assert everybody_once(stage, limited, free)
    assert len(limited.written) <= 1 + seconds / 60
    assert len(free.written) >= 480


def test_a_daily_cap_warms_up():
    """Two, three, five letters on the first days of use; the run says that the others wait."""
    stage = live(30)
    wire = stage.add_relay("young", daily_caps=(2, 3, 5))
    sent = []
    for _ in range(4):
        with pytest.raises(TryAgainError, match="limits"):
            stage.run(connections=3)
        sent.append(len(wire.written))
        stage.moment += timedelta(days=1)

    assert sent == [2, 5, 10, 15]
    assert everybody_once(stage, wire) is False
    assert stage.totals == {State.SENT: 15, State.QUEUED: 15}


def test_a_slow_relay_gets_all_of_its_day():
    """Tokens that were drawn and went stale while it took its time are handed in, not lost."""
    stage = live(60)
    wire = stage.add_relay("slow", daily_caps=(30,))
    wire.seconds = 5.0
    with pytest.raises(TryAgainError, match="limits"):
        stage.run(connections=1)

    assert len(wire.written) == 30


def test_what_is_handed_in_is_handed_in_once():
    """A draw that is made again, because nobody heard of its commit, gives nothing back twice."""
    stage = live(60)
    wire = stage.add_relay("slow", daily_caps=(30,))
    wire.seconds = 5.0
    draw, heard, handed_in = stage.rates.draw, [], []

    def draw_twice(*asked, unused, now):
        handed_in.append(unused)
        granted = draw(*asked, unused=unused, now=now)
        if len(handed_in) % 2:
            raise StoreUnavailableError("away")
        heard.append(granted)
        return granted

    stage.rates.draw = draw_twice
    with pytest.raises(TryAgainError, match="limits"):
        stage.run(connections=1)

    assert len(wire.written) > 2
    assert sum(handed_in) + len(wire.written) <= sum(heard)


def test_no_more_is_claimed_than_the_limits_let_through():
    """A letter that waits for a limit waits in the queue, free for other senders."""
    stage = live(300)
    stage.add_relay("young", daily_caps=(7,))
    taken: list[int] = []
    claim = stage.outbox.claim

    def counting(**asked):
        found = claim(**asked)
        taken.append(len(found))
        return found

    stage.outbox.claim = counting
    with pytest.raises(TryAgainError):
        stage.run(connections=4)

    assert sum(taken) == 7


# --- providers ------------------------------------------------------------------------------------


def test_a_throttled_provider_slows_its_own_letters_alone():
    """Asked to wait 300 seconds for one provider, nothing goes there before, and the others are out at once."""
    stage = live(200)
    stage.move("gmail.com", *range(1, 101))
    to_gmail: list[datetime] = []

    def answer(envelope):
        if not envelope.recipient.endswith("gmail.com"):
            return ACCEPTED
        to_gmail.append(stage.now())
        return SLOW_DOWN if len(to_gmail) == 11 else ACCEPTED

    stage.wire.answer = answer

    async def story():
        running = asyncio.create_task(stage.sender(connections=1, **DAEMON).run())
        await until(lambda: len(stage.wire.written) == 110)
        assert stage.now() - to_gmail[10] < timedelta(seconds=10)
        await until(lambda: stage.totals[State.SENT] == 200, every=5)
        stage.stop.set()
        await running

    stage.play(story(), hours=3)

    assert to_gmail[11] - to_gmail[10] >= timedelta(seconds=300)
    assert stage.totals == {State.SENT: 200}
    assert all(row.delivery.attempts == 1 for row in stage.outbox.rows.values())


def test_a_provider_that_throttles_one_relay_is_reached_by_the_other():
    """A gate is one relay's: where the other is open, nobody waits."""
    stage = live(100)
    stage.move("gmail.com", *range(1, 101))
    refused, welcome = stage.add_relay("refused"), stage.add_relay("welcome")
    refused.answer = lambda envelope: SLOW_DOWN
    with pytest.raises(TryAgainError):
        stage.run(connections=1)

    assert len(welcome.written) == 99
    assert stage.totals == {State.SENT: 99, State.DEFERRED: 1}


def test_a_letter_that_was_admitted_while_its_relay_came_to_rest_takes_the_other():
    """The token of its provider is asked for in the database; meanwhile the relay may ask for hours of quiet."""
    stage = live(20)
    stage.move("gmail.com", *range(1, 21))
    moody, good = stage.add_relay("moody"), stage.add_relay("good")
    moody.gate = asyncio.Event()
    moody.answer = lambda envelope: Verdict(421, "4.3.2", "4.3.2 try again in 3 hours", Phase.MAIL)
    earlier = stage.moment - timedelta(minutes=1)
    for relay in ("moody", "good"):
        stage.rates.throttle(relay, "google", asked=timedelta(seconds=1), observed_per_hour=20_000.0, now=earlier)
    draw, asked = stage.rates.draw_group, []

    def draw_slowly(relay, group, wanted, *, now):
        asked.append(relay)
        if asked.count("moody") == 2 and not moody.gate.is_set():
            moody.gate.set()
            raise StoreUnavailableError("away for a moment")
        return draw(relay, group, 1, now=now)

    stage.rates.draw_group = draw_slowly

    async def story():
        running = asyncio.create_task(stage.sender(connections=1, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 20)
        stage.stop.set()
        await running

    stage.play(story(), hours=0.5)

    assert moody.gate.is_set()
    assert len(good.written) == 20


def test_letters_that_wait_for_a_provider_are_not_claimed_again_and_again():
    """Letters to a provider that takes ten a minute: each is claimed a few times, and all arrive."""
    stage = live(200)
    stage.move("gmail.com", *range(1, 201))
    recent: list[datetime] = []

    def answer(envelope):
        recent[:] = [at for at in recent if at > stage.now() - timedelta(seconds=60)]
        if len(recent) >= 10:
            return replace(SLOW_DOWN, text="4.7.28 too many")
        recent.append(stage.now())
        return ACCEPTED

    stage.wire.answer = answer
    claims = count_claims(stage)

    async def story():
        running = asyncio.create_task(stage.sender(connections=2, **DAEMON).run())
        await until(lambda: stage.totals[State.SENT] == 200, every=5)
        stage.stop.set()
        await running

    stage.play(story(), hours=12)

    assert sum(claims.values()) <= 6 * 200
    assert max(claims.values()) <= 20


def count_claims(stage: Stage) -> Counter[int]:
    """Count how often each delivery is claimed."""
    claims: Counter[int] = Counter()
    claim = stage.outbox.claim

    def counting(**asked):
        found = claim(**asked)
        claims.update(each.id for each in found)
        return found

    stage.outbox.claim = counting
    return claims


# --- no hot loop ----------------------------------------------------------------------------------


def test_a_long_mailing_over_a_bad_relay_ends_without_a_hot_loop():
    """10 % 4xx, 2 % 5xx, 1 % hang-ups after DATA: all reach a final state or doubt, each after a few claims."""
    stage = live(500)
    asked = iter(range(10**6))

    def answer(envelope):
        number = next(asked)
        if number % 100 == 7:
            return LOST_AFTER
        if number % 50 == 3:
            return replace(DEAD, enhanced="5.2.1", text="5.2.1 disabled")
        return BUSY if number % 10 == 1 else ACCEPTED

    stage.wire.answer = answer
    claims = count_claims(stage)

    async def story():
        running = asyncio.create_task(stage.sender(connections=4, **DAEMON).run())
        await until(
            lambda: not {State.QUEUED, State.DEFERRED, State.CLAIMED, State.SENDING} & stage.totals.keys(), every=5
        )
        stage.stop.set()
        await running

    stage.play(story(), hours=24)

    assert max(claims.values()) <= 12
    assert sum(claims.values()) <= 1.2 * 500
    assert stage.totals[State.SENT] >= 500 * 0.95


def test_a_relay_that_refuses_every_connection_costs_one_claim_a_try():
    """An hour of trouble is a few claims, not thousands: pauses double to five minutes."""
    stage = live(500)
    stage.wire.refusal = lambda number: RelayUnavailableError("gone")
    claims = count_claims(stage)

    async def story():
        running = asyncio.create_task(stage.sender(connections=4, **DAEMON).run())
        await asyncio.sleep(3600)
        stage.stop.set()
        await running

    stage.play(story(), hours=2)

    assert stage.totals == {State.QUEUED: 500}
    assert stage.wire.openings <= 25
    assert sum(claims.values()) <= 100 + 25


# --- leases, suspects, signs of life --------------------------------------------------------------


@pytest.mark.parametrize(("held_up", "state"), [(0.49, State.SENT), (0.51, State.DEFERRED)])
@pytest.mark.parametrize("seen", ["envelope", "content"])
def test_a_letter_whose_claim_grew_old_is_withdrawn(held_up, state, seen):
    """A sender that was stopped for half a lease writes no content, nor an envelope; the letter is due again."""
    stage = many(1)
    moved = {"envelope": lambda: stage.totals[State.SENDING], "content": lambda: stage.wire.busy}[seen]
    stage.seconds = lambda: LEASE.total_seconds() * held_up if moved() else 0.0
    stop_after_first(stage)
    stage.run(until_idle=False)

    assert stage.states == {1: state}
    assert len(stage.wire.contents) == (state is State.SENT)
    assert len(stage.wire.said) == {State.SENT: 2, State.DEFERRED: 2 * (seen == "content")}[state]
    assert stage.outbox.rows[1].delivery.attempts == (state is State.SENT)
    assert stage.outbox.rows[1].not_before == stage.moment


def stop_after_first(stage: Stage) -> None:
    """Stop the sender once its first letter is settled."""
    commit = stage.outbox.commit

    def stopping(intents, acks, *, now):
        if acks:
            stage.stop.set()
        return commit(intents, acks, now=now)

    stage.outbox.commit = stopping


def test_a_suspect_is_alone_in_all_lanes():
    """While a letter that a sender died with is on its way, no other is, over whichever relay."""
    stage = live(400)
    for number in (11, 12):
        row = stage.outbox.rows[number]
        row.delivery = structs.replace(row.delivery, recoveries=1)
        row.not_before = stage.moment + timedelta(seconds=2)  # then others are on their way
    wires = [stage.add_relay("a"), stage.add_relay("b")]
    beside: list[int] = []

    def answer(envelope):
        if envelope.name in ("letter-11", "letter-12"):
            beside.append(sum(wire.busy for wire in wires))
        return ACCEPTED

    for wire in wires:
        wire.seconds, wire.answer = 0.1, answer
    stage.run(connections=3)

    assert beside == [1, 1]
    assert everybody_once(stage, *wires)


def test_a_sender_beats_before_its_first_claim_and_every_five_seconds():
    """It says that it lives also while its relay is silent."""
    stage = live(1)
    stage.wire.gate = asyncio.Event()
    seen: list[int] = []
    claim = stage.outbox.claim

    def watched(**asked):
        seen.append(len(stage.outbox.beats))
        return claim(**asked)

    stage.outbox.claim = watched

    async def story():
        running = asyncio.create_task(stage.sender(**DAEMON).run())
        await asyncio.sleep(61)
        stage.wire.gate.set()
        stage.stop.set()
        await running

    stage.play(story())

    assert seen[0] == 1
    assert len(stage.outbox.beats) == 1 + 12


@pytest.mark.parametrize("connections", [1, 4])
def test_after_a_pause_at_most_what_is_in_flight_leaves(connections):
    """A pause that is committed lets out only letters whose intent was granted before: one per connection."""
    stage = live(200)
    wires = [stage.add_relay("a"), stage.add_relay("b")]
    for wire in wires:
        wire.seconds = 0.5
    written: list[int] = []

    async def story():
        running = asyncio.create_task(stage.sender(connections=connections, **DAEMON).run())
        await asyncio.sleep(5.2)
        stage.outbox.pause_mailing(1, "somebody said so")
        written.append(sum(len(wire.written) for wire in wires))
        await asyncio.sleep(60)
        stage.stop.set()
        await running

    stage.play(story())
    after = sum(len(wire.written) for wire in wires) - written[0]

    assert written[0] > 0
    assert after <= 2 * connections * len(wires)


# --- composing ------------------------------------------------------------------------------------


def test_letters_that_leave_next_are_composed_together(monkeypatch):
    """Four connections are at work: four letters are composed in one go, again and again, and none of them twice."""
    stage = many(100)
    counts: list[int] = []  # how many letters were composed before each intent
    intend = Ledger.intend

    def counting(ledger, intent):
        counts.append(len(stage.composer.moments) - sum(counts))
        return intend(ledger, intent)

    monkeypatch.setattr(Ledger, "intend", counting)
    stage.run(connections=4)

    assert sum(counts) == 100
    assert counts.count(0) >= 50
    assert stage.totals == {State.SENT: 100}
