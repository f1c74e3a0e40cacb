"""How does one letter go from the queue to a relay, and its verdict back? Composed, intended, written, settled.

Crash safety: nothing is written to the relay before its intent is durable, and an ack is durable before the
connection takes the next letter, so that a kill leaves at most one letter per connection in doubt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from mailer.core.deliveries import LEASE, Delivery, Event, State
from mailer.core.signups import SERVICE
from mailer.core.supporters import Supporter, provider_group
from mailer.core.verdicts import Consequence, Decision, Verdict, as_for_strangers, decide
from mailer.errors import MailerError, StoreUnavailableError
from mailer.flows.braking import Brakes
from mailer.flows.group_commit import Ledger
from mailer.flows.outbox import Ack, Intent
from mailer.flows.patience import Reporter
from mailer.flows.preparing import Composer, Reader, prepare
from mailer.flows.relaying import Envelope, Relay

_OF_THE_RELAY = (Consequence.RELAY_TROUBLE, Consequence.THROTTLED)  # they tell nothing of the mailing
_UNTOUCHED = Decision(Event.RELEASE, counts_as_attempt=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed delivery and its supporter; `claimed_at` is of the monotonic clock, from before the claim."""

    delivery: Delivery
    reader: Reader | None
    claimed_at: float

    @property
    def group(self) -> str:
        """Return the group of providers that the letter goes to."""
        return provider_group(self.reader.person.email if isinstance(self.reader, Supporter) else "")


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that can be handed over, and the intent that has to be granted first."""

    letter: Envelope
    intent: Intent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the relay said of a letter, and what that did to it."""

    verdict: Verdict
    decision: Decision


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
        self._stop = stop

    def is_off(self, job: Job) -> bool:
        """Tell whether a letter is not to be begun: the sender stops, or its mailing was paused by a brake."""
        return self._stop.is_set() or self._brakes.hold(job.delivery)

    async def release(self, job: Job) -> None:
        """Give an untouched delivery back to the queue."""
        await self._ledger.settle(Ack(job.delivery, _UNTOUCHED))

    async def give_back(self, job: Job) -> None:
        """Give a delivery back at the end; that changes nothing once its intent is durable."""
        with suppress(MailerError):
            await self.release(job)

    async def postpone(self, job: Job, until: datetime, reason: str) -> None:
        """Put an untouched delivery off."""
        later = Decision(Event.REFUSE_FOR_NOW, until, counts_as_attempt=False)
        await self._ledger.settle(Ack(job.delivery, later, reason))

    async def compose(self, job: Job) -> Ready | None:
        """Return the letter as of its first try, or None: then the delivery has ended, or was given back."""
        delivery, now = job.delivery, job.delivery.composed_at or self._clocks.now()
        try:
            letter = prepare(delivery, job.reader, self._composer, now=now, clock=self._clocks.now)
        except StoreUnavailableError:
            await self.release(job)
            return None
        if not isinstance(letter, Ack):
            key_id = self._composer.key_id(delivery)
            return Ready(letter, Intent(delivery, now, key_id, delivery.revision, letter.retirements))
        await self._ledger.settle(letter)
        if letter.decision.event is Event.FAIL:
            self._reporter.tell("letter cannot be composed", delivery=delivery.id)
            await self._brakes.note(delivery, letter.decision, letter.reply)
        return None

    async def hand_over(self, relay: Relay, job: Job, ready: Ready) -> Outcome | None:
        """Hand a letter over once its intent is granted, and settle it; None if it was withdrawn."""
        permit = _Permit(self._ledger, ready.intent, lambda: self._is_late(job))
        verdict = await relay.send(ready.letter, permit.ask)
        held = replace(job.delivery, state=State.SENDING) if permit.granted else job.delivery
        if verdict is not None:
            return await self._settle(held, verdict)
        if permit.granted:
            again = Decision(Event.REFUSE_FOR_NOW, self._clocks.now(), counts_as_attempt=False)
            await self._ledger.settle(Ack(held, again, "the sender was held up for too long"))
        return None

    def _is_late(self, job: Job) -> bool:
        """Tell whether half the lease is over: soon another sender may take the row for abandoned."""
        return self._clocks.monotonic() - job.claimed_at >= LEASE.total_seconds() / 2

    async def _settle(self, held: Delivery, verdict: Verdict) -> Outcome:
        """Decide what the verdict does, make it durable, and look at the brakes."""
        decision = decide(verdict, attempts=held.attempts, now=self._clocks.now(), deadline=held.deadline)
        if held.campaign_id == SERVICE:
            decision = as_for_strangers(decision)
        reply = "" if decision.event is Event.ACCEPT else verdict.reason
        await self._ledger.settle(Ack(held, decision, reply))
        if decision.consequence not in _OF_THE_RELAY:
            await self._brakes.note(held, decision, verdict.reason)
        return Outcome(verdict, decision)


class _Permit:
    """What a relay asks for before content: a granted intent, of a claim that is young enough."""

    def __init__(self, ledger: Ledger, intent: Intent, is_late: Callable[[], bool]) -> None:
        self._ledger = ledger
        self._intent = intent
        self._is_late = is_late
        self.granted = False

    async def ask(self) -> bool:
        """Make the intent durable; tell whether content may be written."""
        self.granted = await self._ledger.intend(self._intent)
        return self.granted and not self._is_late()
