"""How does one letter go from the queue to a relay, and its verdict back? Composed, intended, written, settled.

Crash safety: a letter is named to a relay only once its intent is durable, and what became of it is told to the
outbox as it was: untouched, withdrawn before any content, or answered. When each is made durable stands in `carrying`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from mailer.core.cohorts import Moments
from mailer.core.deliveries import LEASE, Delivery, Event
from mailer.core.signups import SERVICE
from mailer.core.supporters import Supporter, provider_group
from mailer.core.verdicts import Consequence, Decision, Verdict, as_for_strangers, decide
from mailer.errors import MailerError, StoreUnavailableError
from mailer.flows.braking import Brakes
from mailer.flows.group_commit import Commit, Ledger
from mailer.flows.outbox import Ack, Intent
from mailer.flows.patience import Reporter
from mailer.flows.preparing import Composer, Reader, prepare
from mailer.flows.relaying import Envelope

HELD_UP_FOR = 1.0  # seconds
LOOKED_AT_FOR = 0.05  # seconds: whoever leaves in that time may still get the letter
HELD_UP = "the sender was held up for too long"
_OF_THE_RELAY = (Consequence.RELAY_TROUBLE, Consequence.THROTTLED)  # they tell nothing of the mailing
_UNTOUCHED = Decision(Event.RELEASE, counts_as_attempt=False)
_HALF_A_LEASE = LEASE.total_seconds() / 2


class Job(Struct, frozen=True, gc=False):
    """A claimed delivery, its supporter and their group of providers.

    `claimed_at` is of the monotonic clock, from before the claim.
    """

    delivery: Delivery
    reader: Reader | None
    claimed_at: float
    group: str = ""


def job_of(delivery: Delivery, reader: Reader | None, claimed_at: float) -> Job:
    """Return what is to be done for one delivery."""
    group = provider_group(reader.person.email if isinstance(reader, Supporter) else "")
    return Job(delivery, reader, claimed_at, group)


Ready = tuple[Envelope, Intent]
"""A letter that can be handed over, and the intent that has to be granted first."""


class Letter:
    """A letter on its way; `commit` holds its intent, which was asked for at `asked_at` (monotonic)."""

    __slots__ = ("_id", "asked_at", "commit", "envelope", "intent", "job")

    def __init__(self, job: Job, envelope: Envelope, intent: Intent, commit: Commit, asked_at: float) -> None:
        self.job = job
        self.envelope = envelope
        self.intent = intent
        self.commit = commit
        self.asked_at = asked_at
        self._id = job.delivery.id

    @property
    def is_granted(self) -> bool:
        """Tell whether the intent was granted, as far as is known by now: then it is durable."""
        return self._id in self.commit.granted

    async def is_granted_by(self, commit: Commit) -> bool:
        """Tell whether a commit granted the intent, once it is durable."""
        await commit.durable()
        return self._id in commit.granted


def untouched(job: Job) -> Ack:
    """Return the ack of a delivery that goes back to the queue as it was."""
    return Ack(job.delivery, _UNTOUCHED)


class Outcome(NamedTuple):
    """What the relay said of a letter, what that does to it, and what the outbox is told."""

    verdict: Verdict
    decision: Decision
    ack: Ack


@dataclass(frozen=True, slots=True)
class Clocks:
    """The moment (UTC), and seconds that no change of the clock moves."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]


class Handover:
    """Brings claimed deliveries to their next state; shared by all connections of a sender."""

    def __init__(
        self,
        ledger: Ledger,
        composer: Composer,
        brakes: Brakes,
        clocks: Clocks,
        reporter: Reporter,
        stop: asyncio.Event,
    ) -> None:
        self._ledger = ledger
        self._composer = composer
        self._brakes = brakes
        self._clocks = clocks
        self._reporter = reporter
        self._moments = Moments()
        self.is_stopping = stop.is_set  # no letter is to be begun any more
        self.intend = ledger.intend  # asks for an intent, or looks at one that was granted once more
        self.owe = ledger.owe  # lets an ack go with the next commit; `hurry` waits for no other
        self.hurry = ledger.hurry
        self.note_accepted = brakes.note_accepted
        self.seconds = clocks.monotonic  # that no change of the clock moves

    def is_unfit(self, job: Job) -> bool:
        """Tell whether a letter is not to be written by this sender: a brake paused its mailing, or it is late."""
        return self.is_late(job) or self._brakes.hold(job.delivery)

    def is_late(self, job: Job) -> bool:
        """Tell whether half the lease is over: soon another sender may take the row for abandoned."""
        return self.seconds() - job.claimed_at >= _HALF_A_LEASE

    def compose(self, job: Job) -> Ready | Ack:
        """Return the letter as of its first try, or how the delivery ends without one, which is to be settled.

        While the database is away it goes back to the queue.
        """
        delivery = job.delivery
        present = self._clocks.now()
        now = delivery.composed_at or self._moments.of(present)
        try:
            letter = prepare(delivery, job.reader, self._composer, now=now, present=present)
        except StoreUnavailableError:
            return untouched(job)
        if isinstance(letter, Ack):
            return letter
        key_id = self._composer.key_id(delivery)
        return letter, Intent(delivery, now, key_id, delivery.revision, letter.retirements)

    async def end(self, ack: Ack) -> None:
        """Settle a delivery without a letter; one that cannot be composed may pause its mailing."""
        await self._ledger.settle(ack)
        if ack.decision.event is Event.FAIL:
            self._reporter.tell("letter cannot be composed", delivery=ack.delivery.id)
            await self._brakes.note(ack.delivery, ack.decision, ack.reply)

    async def flush(self) -> None:
        """Wait until all that was asked for is durable, at the end; what cannot be is told to others."""
        with suppress(MailerError):
            await self._ledger.flush()

    def judge(self, job: Job, verdict: Verdict) -> Outcome:
        """Decide what a verdict does to a letter whose intent was granted."""
        held = job.delivery
        decision = decide(verdict, attempts=held.attempts, now=self._clocks.now(), deadline=held.deadline)
        if held.campaign_id == SERVICE:
            decision = as_for_strangers(decision)
        return Outcome(verdict, decision, Ack(held, decision, verdict.reason, granted=True))

    async def settle(self, ack: Ack) -> None:
        """Make durable what became of a letter."""
        await self._ledger.settle(ack)

    async def note(self, outcome: Outcome) -> None:
        """Let the brakes look at an outcome that is no success, and is durable."""
        if outcome.decision.consequence not in _OF_THE_RELAY:
            await self._brakes.note(outcome.ack.delivery, outcome.decision, outcome.ack.reply)

    # --- back to the queue ---

    async def release(self, job: Job) -> None:
        """Give an untouched delivery back to the queue."""
        await self._ledger.settle(untouched(job))

    async def postpone(self, job: Job, until: datetime, reason: str) -> None:
        """Put an untouched delivery off."""
        later = Decision(Event.REFUSE_FOR_NOW, until, counts_as_attempt=False)
        await self._ledger.settle(Ack(job.delivery, later, reason))

    async def withdraw(self, job: Job) -> None:
        """Let a letter whose intent was granted, and of which no content was written, be due again at once."""
        again = Decision(Event.REFUSE_FOR_NOW, self._clocks.now(), counts_as_attempt=False)
        reply, first = HELD_UP if self.is_late(job) else "", job.delivery.composed_at is None
        await self._ledger.settle(Ack(job.delivery, again, reply, granted=True, anew=first))

    async def give_back(self, job: Job) -> None:
        """Give a delivery back at the end; that changes nothing once its intent is durable."""
        with suppress(MailerError):
            await self.release(job)

    async def take_back(self, job: Job) -> None:
        """Give a delivery back of which no content was written, whether its intent was granted or nobody heard."""
        await self.give_back(job)  # after the commit that may hold the intent: commits are made in order
        with suppress(MailerError):
            await self.withdraw(job)
