"""How does one connection bring letters to its relay, one behind the other? Offered, and sent while the next follows.

Law: a letter is offered once its intent is durable, and before its content leaves the acks of all but the last
`window - 1` letters are: one commit holds an ack and the intent of the letter that follows. A connection that is lost,
or a sender that is killed, leaves at most `window + 1` letters in doubt, of which `window` may have arrived. An intent
that was granted a while ago is looked at once more before the content, so that whoever left meanwhile gets nothing.
BUGS: a letter that was written behind another's content waits for that one's reply, however slow.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

from mailer.core.verdicts import Decision, Verdict, decision_on_success
from mailer.errors import MailerError
from mailer.flows.group_commit import Commit
from mailer.flows.handover import HELD_UP_FOR, LOOKED_AT_FOR, Handover, Job, Letter, Outcome, Ready, untouched
from mailer.flows.outbox import Ack
from mailer.flows.relaying import Envelope, Relay


class Stock(Protocol):
    """Where a connection gets its letters, and what decides whether it may write them."""

    @property
    def may_pipeline(self) -> bool:
        """Tell whether a letter may be begun before the one in front of it has its reply."""

    @property
    def is_at_rest(self) -> bool:
        """Tell whether no letter may be written over this relay now."""

    def take(self, began: int) -> Job | None:
        """Return the letter whose turn it is, if a connection that is at work since `began` may go on with it."""

    def compose(self, job: Job) -> Ready | Ack:
        """Return the letter of a job that was taken, or how its delivery ends without one."""

    def is_closed_to(self, group: str) -> bool:
        """Tell whether no letter to a group of providers may be written over this relay now."""

    async def open(self, carrier: Carrier) -> bool:
        """Open a connection that is not open; tell whether it can be used."""

    async def admit(self) -> bool:
        """Take the token of one letter; tell whether there was one."""

    def put_back(self) -> None:
        """Keep the token of a letter that was not written after all."""

    def succeed(self, carrier: Carrier, job: Job) -> None:
        """Draw from a letter that was taken what it means for the next ones."""

    async def learn(self, carrier: Carrier, job: Job, outcome: Outcome) -> None:
        """Draw from any other answer what it means for the next letters."""


class Carrier:
    """One connection; `answered` is how many letters had a reply since it was opened.

    `is_at_work` is for who lets it carry.
    """

    def __init__(self, relay: Relay, stock: Stock, handover: Handover, window: int) -> None:
        self.relay = relay
        self.answered = 0
        self.is_at_work = False
        self._stock = stock
        self._handover = handover
        self._window = window
        self._began = 0
        self._line: deque[Letter] = deque()  # no content of theirs was written; the first one's intent is granted
        self._in_hand: Job | None = None  # its intent is not asked for
        self._behind: Letter | None = None  # looked at when it was its turn to be written behind another's content
        self._owed: deque[Commit] = deque()  # each holds the ack of a letter that was accepted
        self._error: MailerError | None = None  # of composing a letter while another was offered

    async def carry(self, began: int) -> None:
        """Bring letters to the relay as long as any may be taken, and settle them all."""
        self._began = began
        try:
            while self._is_known_to_have_first() or await self._has_first():
                await self._bring_first()
            await self._settle_all()
        except BaseException:
            await self._take_back()
            raise

    # --- the line ---

    def _is_known_to_have_first(self) -> bool:
        """Tell whether the first letter in line has its intent, as far as is known by now."""
        return bool(self._line) and self._line[0].is_granted

    async def _has_first(self) -> bool:
        """See to it that the first letter in line has its intent; tell whether there is one.

        Raises:
            MailerError: a letter could not be composed, and it is not the letter's fault.
        """
        while self._line or await self._begin():
            if self._line and await self._is_first_granted():
                return True
        if self._error is not None:
            raise self._error
        return False

    async def _begin(self) -> bool:
        """Let one letter begin a line, if it can be written now; tell whether to go on."""
        if self._error is not None or not (self.relay.is_open or await self._open()):
            return False
        if (job := self._stock.take(self._began)) is None:
            return False
        self._in_hand = job
        await self._begin_with(job)
        self._in_hand = None
        return True

    async def _begin_with(self, job: Job) -> None:
        """Let a letter begin a line, or give it back."""
        if not self._is_off(job):
            ready = self._stock.compose(job)
            if isinstance(ready, Ack):
                return await self._handover.end(ready)
            if await self._stock.admit():
                return self._join(job, ready)
        await self._settle_all()
        return await self._handover.release(job)

    async def _follow(self) -> None:
        """Let letters join the line behind the one that was offered; never wait for one."""
        while self._has_room and (job := self._stock.take(self._began)) is not None:
            self._in_hand = job
            try:
                if (unwritten := self._follow_with(job)) is not None:
                    await self._handover.end(unwritten)
            except MailerError as error:  # the letter that was offered goes on its way first
                self._error = error
                await self._handover.give_back(job)
            self._in_hand = None

    @property
    def _has_room(self) -> bool:
        """Tell whether one letter more may be begun before the first in line has its reply."""
        return len(self._line) <= self._window and self._error is None and self._stock.may_pipeline

    def _follow_with(self, job: Job) -> Ack | None:
        """Let one letter join the line, or return how its delivery ends without that."""
        if self._is_unfit(job):
            return untouched(job)
        ready = self._stock.compose(job)
        if isinstance(ready, Ack):
            return ready
        self._join(job, ready)
        return None

    def _join(self, job: Job, ready: Ready) -> None:
        """Put a letter behind the others, and ask for its intent; the ack that is owed goes into the same commit."""
        envelope, intent = ready
        self._line.append(Letter(job, envelope, intent, self._handover.intend(intent), self._handover.seconds()))

    async def _is_first_granted(self) -> bool:
        """Tell whether the first in line has its intent; one that was refused is settled, and out of line."""
        letter = self._line[0]
        if await letter.is_granted_by(letter.commit):
            return True
        self._line.popleft()
        self._stock.put_back()
        return False

    # --- the first in line ---

    async def _bring_first(self) -> None:
        """Offer a letter and write it, the next one behind it; what became of it is settled, or owed."""
        letter = self._line[0]
        follows = letter is self._behind
        if (not follows and self._is_off(letter.job)) or not (self.relay.is_open or await self._open()):
            return await self._withdraw()
        verdict = await self.relay.offer(letter.envelope)
        if verdict.is_positive:
            if not await self._may_write(letter):
                return await self._withdraw()
            self._line.popleft()
            verdict = await self.relay.transfer(self._following())
        else:
            self._line.popleft()
        if (accepted := decision_on_success(verdict)) is not None:
            return self._succeed(letter.job, accepted)
        return await self._learn(letter.job, verdict)

    async def _may_write(self, letter: Letter) -> bool:
        """See to it that all is durable that has to be before a content; tell whether it may be written now."""
        looked_at, again = self._look_again(letter)
        await self._follow()
        await self._settle_to(self._window - 1)
        if len(self._line) > 1 and not self._line[1].is_granted:
            await self._line[1].commit.durable()
        if again is not None and not await letter.is_granted_by(again):
            return False
        held_up = self._handover.seconds() - looked_at > HELD_UP_FOR
        if held_up and not await letter.is_granted_by(self._handover.intend(letter.intent)):
            return False
        return not self._is_off(letter.job)

    def _look_again(self, letter: Letter) -> tuple[float, Commit | None]:
        """Ask for an intent once more that is no news: the letter in front may have waited long for its reply.

        Return when it was asked for last, and what holds the answer if that is not known.
        """
        now = self._handover.seconds()
        if now - letter.asked_at <= LOOKED_AT_FOR:
            return letter.asked_at, None
        return now, self._handover.intend(letter.intent)

    def _following(self) -> Envelope | None:
        """Return what may be written behind a content that is written now: the next in line, if it has its intent."""
        behind = self._line[0] if self._line else None
        if behind is None or not behind.is_granted or self._is_unfit(behind.job):
            return None
        self._behind = behind
        return behind.envelope

    def _is_off(self, job: Job) -> bool:
        """Tell whether a letter may not be written now: here not, or not at all, or its claim grew too old."""
        return self._handover.is_stopping() or self._stock.is_at_rest or self._is_unfit(job)

    def _is_unfit(self, job: Job) -> bool:
        """Tell whether this very letter may not be written, where others may."""
        return self._handover.is_unfit(job) or self._stock.is_closed_to(job.group)

    async def _withdraw(self) -> None:
        """Let the first in line be due again, unless the outbox has settled it; what follows it is said anew."""
        await self._handover.withdraw(self._line[0].job)
        self._line.popleft()
        self._stock.put_back()
        await self.relay.withdraw()

    def _succeed(self, job: Job, accepted: Decision) -> None:
        """Note a letter that was accepted; its ack alone is not waited for at once."""
        self._owed.append(self._handover.owe(Ack(job.delivery, accepted, granted=True)))
        self._handover.note_accepted(job.delivery)
        self._stock.succeed(self, job)

    async def _learn(self, job: Job, verdict: Verdict) -> None:
        """Draw the consequences of any other verdict."""
        outcome = self._handover.judge(job, verdict)
        await self._handover.settle(outcome.ack)
        await self._handover.note(outcome)
        await self._stock.learn(self, job, outcome)

    async def _open(self) -> bool:
        """Open the connection; nothing is left unsettled meanwhile."""
        await self._settle_all()
        return await self._stock.open(self)

    # --- acks ---

    async def _settle_to(self, most: int) -> None:
        """Wait until at most so many letters that were accepted lack a durable ack."""
        while len(self._owed) > most:
            first = self._owed[0]
            if not first.is_over:
                self._handover.hurry()
            await first.durable()
            self._owed.popleft()

    async def _settle_all(self) -> None:
        """Wait until every letter that was answered has a durable ack."""
        await self._settle_to(0)

    async def _take_back(self) -> None:
        """Give back at the end all of which no content was written."""
        self._owed.clear()
        await self._handover.flush()
        if self._in_hand is not None:
            await self._handover.give_back(self._in_hand)
        await asyncio.gather(*(self._handover.take_back(letter.job) for letter in self._line))
