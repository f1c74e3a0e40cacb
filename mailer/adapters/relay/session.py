"""How do letters go over one open connection? Offered, then transferred or withdrawn, in the relay's mode.

Law: content follows only an envelope that was accepted whole; a letter that is dropped is ended by RSET, or by
the end of the connection where DATA may have been granted, and never by a dot: nobody gets an empty letter.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from mailer.adapters.relay.content import on_the_wire
from mailer.adapters.relay.conversation import CLOSED, Exchange
from mailer.adapters.relay.reading import CLOSING
from mailer.adapters.relay.replies import lost, read_reply
from mailer.adapters.relay.transaction import WELCOME, Speech, Transaction
from mailer.adapters.relay.wire import BLOCK, Wire
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope

_OVER = (0, CLOSING)


class Session:
    """The letters of one connection, one after the other.

    A reply other than 2xx leaves the connection usable; a lost, silent or confused one is cut.
    """

    def __init__(self, wire: Wire, speech: Speech) -> None:
        self._wire = wire
        self._speech = speech
        self._offered: Transaction | None = None  # accepted, its content can be written
        self._following: Transaction | None = None  # written behind the last content
        self._reset_due = False  # the relay may still hold a transaction that came to nothing

    @property
    def is_open(self) -> bool:
        """Tell whether the connection stands, as far as is known."""
        return not self._wire.broken

    async def offer(self, envelope: Envelope, *, announced: bool = True) -> Verdict:
        """Say an envelope, unless it followed the last content, and return what the replies come to.

        Without `announced` DATA is left to `transfer`, so that the letter can be dropped by RSET.
        """
        transaction, self._following = self._following, None
        if transaction is not None and transaction.envelope is not envelope:
            self._drop(transaction)
            transaction = None
        if self._offered is not None:
            await self.withdraw()
        if transaction is None:
            transaction = self._begin(envelope, announced=announced)
            await self._say(transaction)
        elif not transaction.is_answered:
            await self._wire.answered(transaction)
        verdict = transaction.verdict(self._wire.broken)
        if verdict is WELCOME:
            self._offered = transaction
        else:
            self._end(transaction, verdict)
        return verdict

    async def transfer(self, following: Envelope | None = None, *, agreed_at: float | None = None) -> Verdict:
        """Write the content of what was offered, with the next envelope behind it, and return the reply.

        `agreed_at` (seconds of the monotonic clock) is when it was last certain that the letter is still ours.

        Raises:
            RuntimeError: nothing was offered, or it was not accepted.
        """
        transaction, self._offered = self._offered, None
        if transaction is None:
            raise RuntimeError("the content of a letter that was not offered")
        since = time.monotonic() if agreed_at is None else agreed_at
        if not (transaction.is_announced or self._speech.is_chunked):
            verdict = await self._announce(transaction)
            if verdict is not WELCOME:
                return verdict
        wire, envelope = self._wire, transaction.envelope
        end, behind, content = self._speech.content(), self._behind(following), self._content(envelope)
        if sum(map(len, content)) <= BLOCK:
            written = wire.pour_at_once(content, end, behind, since)
        else:
            written = await wire.pour(b"".join(content), end, behind, since)
        if written:
            await wire.answered(end)
        return self._end_content(self._outcome(end, envelope, written=written), written=written)

    async def withdraw(self) -> None:
        """Drop what was offered and what followed."""
        for transaction in (self._offered, self._following):
            if transaction is not None:
                self._drop(transaction)
        self._offered = self._following = None

    async def clear(self) -> None:
        """End by RSET, now, what the relay may still hold."""
        if self._reset_due and self.is_open:
            reset = self._speech.reset()
            self._wire.say(reset)
            await self._wire.answered(reset)
            self._reset_due = False
            if not reset.is_granted:
                self.cut()

    async def quit(self, patience: timedelta) -> None:
        """Say goodbye, and go after `patience` if nothing is said to that."""
        await self.withdraw()
        goodbye = self._speech.goodbye()
        try:
            async with asyncio.timeout(patience.total_seconds()):
                self._wire.say(goodbye)
                await self._wire.answered(goodbye)
        except TimeoutError:
            pass
        finally:
            self.cut()

    def cut(self) -> None:
        """Drop the connection."""
        self._wire.cut()

    # --- the envelope ---

    def _begin(self, envelope: Envelope, *, announced: bool = True) -> Transaction:
        """Return the commands of an envelope, which is about to be said."""
        reset, self._reset_due = self._reset_due, False
        return self._speech.transaction(envelope, reset=reset, announced=announced)

    async def _say(self, transaction: Transaction) -> None:
        """Write an envelope in as many groups as the mode has, and wait for the replies."""
        if self._speech.is_grouped:
            self._wire.say(transaction)
            return await self._wire.answered(transaction)
        for line in transaction.octets.splitlines(keepends=True):
            self._wire.say_one(transaction, line)
            await self._wire.answered(transaction)
            if not transaction.is_granted:
                break
        return None

    def _end(self, transaction: Transaction, verdict: Verdict) -> None:
        """Leave a transaction that was refused."""
        if verdict.code in _OVER or not transaction.may_be_reset:
            self.cut()
        else:
            self._reset_due = True

    def _drop(self, transaction: Transaction) -> None:
        """Leave a transaction that nobody wants any more, whatever was replied to it or will be."""
        if transaction.may_have_data:
            self.cut()
        else:
            self._reset_due = True

    # --- the content ---

    async def _announce(self, transaction: Transaction) -> Verdict:
        """Say DATA by itself."""
        spoken = self._speech.announcement(transaction.envelope)
        self._wire.say(spoken)
        await self._wire.answered(spoken)
        verdict = spoken.verdict(self._wire.broken)
        if verdict is not WELCOME:
            self._end(spoken, verdict)
        return verdict

    def _behind(self, following: Envelope | None) -> Transaction | None:
        """Return what goes out behind the content, where the relay lets commands be pipelined."""
        if following is not None and self._speech.is_grouped:
            self._following = self._begin(following)
        return self._following

    def _content(self, envelope: Envelope) -> tuple[bytes, bytes]:
        """Return the content of a letter as it is written."""
        lines, dotless = envelope.in_lines, envelope.is_dotless
        return on_the_wire(envelope.content, self._speech.mode, in_lines=lines, is_dotless=dotless)

    def _outcome(self, end: Exchange, envelope: Envelope, *, written: bool) -> Verdict:
        """Return the verdict of a content; before its last octet was written no reply to it is an acceptance."""
        if not end.replies:
            return lost(Phase.CONTENT if written else Phase.DATA, self._wire.broken or CLOSED)
        (reply,) = end.replies
        verdict = read_reply(reply.code, reply.text, Phase.CONTENT, recipient=envelope.recipient)
        if written or verdict.code >= 400:
            return verdict
        return lost(Phase.DATA, "it answered before the end")

    def _end_content(self, verdict: Verdict, *, written: bool) -> Verdict:
        """Leave a content; a letter that was begun and not ended is never ended."""
        if not written or verdict.code in _OVER:
            self.cut()
        if self._speech.is_chunked and not verdict.is_positive:
            self._reset_due, self._following = True, None  # the state is indeterminate until RSET (RFC 3030 2)
        return verdict
