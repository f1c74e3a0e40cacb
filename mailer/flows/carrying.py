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
from typing import NamedTuple, Protocol

from mailer.core.verdicts import Verdict, decision_on_success
from mailer.errors import MailerError
from mailer.flows.group_commit import Commit
from mailer.flows.handover import HELD_UP_FOR, LOOKED_AT_FOR, Handover, Job, Outcome, Ready
from mailer.flows.outbox import Ack
from mailer.flows.relaying import Envelope, Relay


class Stock(Protocol):
    """Where a connection gets its letters, and what decides whether it may write them."""

    @property
    def may_pipeline(self) -> bool:
        """Tell whether a letter may be begun before the one in front of it has its reply."""

    def take(self, began: int) -> Job | None:
        """Return the letter whose turn it is, if a connection that is at work since `began` may go on with it."""

    def is_barred(self, job: Job) -> bool:
        """Tell whether a letter may not be written over this relay now."""

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


class Letter(NamedTuple):
    """A letter on its way; `commit` holds its intent, which was asked for at `asked_at` (monotonic)."""

    job: Job
    ready: Ready
    commit: Commit
    asked_at: float

    @property
    def is_known_as_granted(self) -> bool:
        """Tell whether the intent was granted, as far as is known by now."""
        return self.job.delivery.id in self.commit.granted

    async def is_granted(self, commit: Commit) -> bool:
        """Tell whether a commit granted the intent, once it is durable."""
        await commit.durable()
        return self.job.delivery.id in commit.granted


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
            while await self._has_first():
                await self._bring_first()
            await self._settle_all()
        except BaseException:
            await self._take_back()
            raise

    # --- the line ---

    async def _has_first(self) -> bool:
        """See to it that the first letter in line has its intent; tell whether there is one.

        Raises:
            MailerError: a letter could not be composed, and it is not the letter's fault.
        """
        while self._line or await self._begin():
            if self._line and await self._is_granted(0):
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
            ready = await self._handover.compose(job)
            if ready is None:
                return None
            if await self._stock.admit():
                return self._join(job, ready)
        await self._settle_all()
        return await self._handover.release(job)

    async def _follow(self) -> None:
        """Let letters join the line behind the one that was offered; never wait for one."""
        while len(self._line) <= self._window and self._error is None and self._stock.may_pipeline:
            if (job := self._stock.take(self._began)) is None:
                return
            self._in_hand = job
            await self._follow_with(job)
            self._in_hand = None

    async def _follow_with(self, job: Job) -> None:
        """Let one letter join the line, or be given back; the letter that was offered goes on its way first."""
        ready = None
        try:
            if self._is_off(job):
                return await self._handover.release(job)
            ready = await self._handover.compose(job)
        except MailerError as error:
            self._error = error
            await self._handover.give_back(job)
        if ready is not None:
            self._join(job, ready)
        return None

    def _join(self, job: Job, ready: Ready) -> None:
        """Put a letter behind the others, and ask for its intent; the ack that is owed goes into the same commit."""
        self._line.append(Letter(job, ready, self._handover.intend(ready), self._handover.seconds()))

    async def _is_granted(self, place: int) -> bool:
        """Tell whether a letter in line has its intent; one that was refused is settled, and out of line."""
        letter = self._line[place]
        if letter.is_known_as_granted or await letter.is_granted(letter.commit):
            return True
        del self._line[place]
        self._stock.put_back()
        return False

    # --- the first in line ---

    async def _bring_first(self) -> None:
        """Offer a letter and write it, the next one behind it; what became of it is settled, or owed."""
        letter, follows = self._line[0], self._line[0] is self._behind
        if (not follows and self._is_off(letter.job)) or not (self.relay.is_open or await self._open()):
            return await self._withdraw()
        verdict = await self.relay.offer(letter.ready.letter)
        if verdict.is_positive:
            looked_at, again = self._look_again(letter)
            following = await self._following()
            if not await self._is_still_granted(letter, looked_at, again) or self._is_off(letter.job):
                return await self._withdraw()
            self._line.popleft()
            verdict = await self.relay.transfer(following)
        else:
            self._line.popleft()
        return await self._conclude(letter.job, verdict)

    def _look_again(self, letter: Letter) -> tuple[float, Commit]:
        """Ask for an intent once more that is no news: the letter in front may have waited long for its reply.

        Return when it was asked for last, and what holds the answer.
        """
        now = self._handover.seconds()
        if now - letter.asked_at <= LOOKED_AT_FOR:
            return letter.asked_at, letter.commit
        return now, self._handover.intend(letter.ready)

    async def _is_still_granted(self, letter: Letter, looked_at: float, commit: Commit) -> bool:
        """Tell whether a letter has its intent, and still has it if what was durable before it took long."""
        if not await letter.is_granted(commit):
            return False
        if self._handover.seconds() - looked_at <= HELD_UP_FOR:
            return True
        return await letter.is_granted(self._handover.intend(letter.ready))

    async def _following(self) -> Envelope | None:
        """Return what may be written behind the first letter, once all that has to be durable before it is."""
        await self._follow()
        await self._settle_to(self._window - 1)
        if len(self._line) == 1 or not await self._is_granted(1):
            return None
        behind = self._line[1]
        if self._is_off(behind.job):
            return None
        self._behind = behind
        return behind.ready.letter

    def _is_off(self, job: Job) -> bool:
        """Tell whether a letter may not be written now: here not, or not at all, or its claim grew too old."""
        return self._handover.is_off(job) or self._stock.is_barred(job)

    async def _withdraw(self) -> None:
        """Let the first in line be due again, unless the outbox has settled it; what follows it is said anew."""
        await self._handover.withdraw(self._line[0].job)
        self._line.popleft()
        self._stock.put_back()
        await self.relay.withdraw()

    async def _conclude(self, job: Job, verdict: Verdict) -> None:
        """Draw the consequences of a verdict; only the ack of a letter that was accepted is not waited for at once."""
        accepted = decision_on_success(verdict)
        if accepted is not None:
            self._owed.append(self._handover.owe(Ack(job.delivery, accepted, granted=True)))
            self._handover.note_accepted(job.delivery)
            return self._stock.succeed(self, job)
        outcome = self._handover.judge(job, verdict)
        await self._handover.settle(outcome.ack)
        await self._handover.note(outcome)
        return await self._stock.learn(self, job, outcome)

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
