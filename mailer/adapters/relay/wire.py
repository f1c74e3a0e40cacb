"""How do commands and content get to a relay and its replies back? By one protocol on the transport of a connection.

Law: until the last block of a content is written no relay can have taken the letter, and one that may have been
given to somebody else meanwhile is written no further. Whoever is cancelled while it waits cuts the connection.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from mailer.adapters.relay.conversation import CLOSED, HUNG_UP, SILENT, Conversation, Exchange
from mailer.adapters.relay.timeouts import Timeouts

BLOCK = 65536  # octets


class Wire(asyncio.Protocol):
    """A connection on which it is our turn: nothing was asked yet."""

    def __init__(self, transport: asyncio.Transport, timeouts: Timeouts) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._stillness = timeouts.data.total_seconds()
        self._block = timeouts.block.total_seconds()
        self._conversation = Conversation()
        self._waiter: asyncio.Future[None] | None = None
        self._paused = False
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        transport.set_protocol(self)

    @property
    def broken(self) -> str:
        """Return why nothing more is written, or an empty text."""
        if not self._conversation.broken and self._transport.is_closing():
            self._conversation.give_up(HUNG_UP)
        return self._conversation.broken

    def say(self, exchange: Exchange) -> None:
        """Write all commands of an exchange in one group, if the connection stands."""
        if not self.broken:
            self._conversation.ask(exchange, len(exchange.commands))
            self._transport.write(exchange.octets)

    def say_one(self, exchange: Exchange, line: bytes) -> None:
        """Write the next command of an exchange by itself, if the connection stands."""
        if not self.broken:
            self._conversation.ask(exchange, 1)
            self._transport.write(line)

    async def answered(self, exchange: Exchange) -> None:
        """Return when all that was said has its reply, or will have none; each reply before it has its time."""
        try:
            while len(exchange.replies) < exchange.said and not self.broken:
                await self._change(self._conversation.patience)
        except BaseException:
            self.cut()
            raise

    def pour_at_once(self, content: Sequence[bytes], end: Exchange, behind: Exchange | None, since: float) -> bool:
        """Write a content of one block at most, and the commands behind it; tell whether it was written.

        It is begun at most the DATA timeout after `since` (seconds of the monotonic clock). `end` is what the reply
        answers.
        """
        self._cut_if_late(since, self._stillness)
        if self.broken:
            return False
        self._conversation.ask(end, 1)
        self._write_last(content, behind)
        return True

    async def pour(self, content: bytes, end: Exchange, behind: Exchange | None, since: float) -> bool:
        """Write a content of several blocks; it stops for a reply that comes before its end."""
        limit, last = self._stillness, (len(content) - 1) // BLOCK * BLOCK
        self._conversation.ask(end, 1)
        for start in range(0, last + BLOCK, BLOCK):
            self._cut_if_late(since, limit)
            if self.broken or end.replies:
                return False
            if start < last:
                self._transport.write(content[start : start + BLOCK])
                since, limit = time.monotonic(), self._block
                await self._drained(end)
        self._write_last((content[last:],), behind)
        return True

    def _write_last(self, content: Sequence[bytes], behind: Exchange | None) -> None:
        """Write the last block of a content, and the commands behind it in the same write."""
        if behind is None:
            return self._transport.write(b"".join(content))
        self._conversation.ask(behind, len(behind.commands))
        return self._transport.write(b"".join((*content, behind.octets)))

    def _cut_if_late(self, since: float, limit: float) -> None:
        """Drop the connection if that was too long ago: a process that was stopped wakes before it writes."""
        if time.monotonic() - since > limit:  # not the loop's clock, which stands still within one turn of it
            self.cut(SILENT)

    def cut(self, why: str = CLOSED) -> None:
        """Drop the connection without sending what still waits to be written."""
        self._conversation.give_up(why)
        self._transport.abort()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._wake()

    # --- what the transport tells ---

    def data_received(self, data: bytes) -> None:
        """Hand replies to their commands."""
        is_answer = self._conversation.receive(data)
        if self._conversation.broken:
            self.cut()
        elif is_answer:  # a part of a reply gives nobody more time
            self._wake()

    def eof_received(self) -> None:
        """Note that the relay says no more."""
        self.cut(HUNG_UP)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is gone."""
        self.cut(HUNG_UP)

    def pause_writing(self) -> None:
        """Note that the network takes no more for now."""
        self._paused = True

    def resume_writing(self) -> None:
        """Go on writing."""
        self._paused = False
        self._wake()

    # --- waiting ---

    async def _drained(self, end: Exchange) -> None:
        """Wait until the network has taken what was written, at most for the time of a block.

        A network that takes all of it at once leaves a moment, too: to hear a reply, and for other connections.
        """
        try:
            await asyncio.sleep(0)
            while self._paused and not end.replies and not self.broken:
                await self._change(self._block)
        except BaseException:
            self.cut()
            raise

    def _change(self, seconds: float) -> asyncio.Future[None]:
        """Return what ends when something happens that may end a wait, or the connection after so long."""
        self._arm(seconds)
        self._waiter = self._loop.create_future()
        return self._waiter

    def _wake(self) -> None:
        """End the wait, if there is one; that it took too long counts no more."""
        self._deadline = 0.0
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _arm(self, seconds: float) -> None:
        """Let the wait end after so long; the timer stays as it is if it rings before that anyway."""
        self._deadline = self._loop.time() + seconds
        if self._timer is not None:
            if self._timer.when() <= self._deadline:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(self._deadline, self._ring)

    def _ring(self) -> None:
        """End a wait that took too long, or set the timer anew for one that began later."""
        self._timer = None
        if not self._deadline:
            return
        if self._loop.time() >= self._deadline:
            self.cut(SILENT)
        else:
            self._timer = self._loop.call_at(self._deadline, self._ring)
