"""Which connections to one relay are at work at once? As many as it takes; those that are open first.

Law: a connection is opened only where all that are open are at work, one at a time; that a relay takes no more of them
is no trouble, as long as the others are of use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from mailer.core.concurrency import Window, wide_open
from mailer.errors import RelayError, RelayPolicyError
from mailer.flows.carrying import Carrier
from mailer.flows.changes import Changes, loop_seconds

NARROW_FOR = timedelta(minutes=10)  # a relay that takes no more connections is asked for more after that


class Crew:
    """The connections of one lane; `has_work` tells whether letters wait that may be taken, `rest` begins a rest."""

    def __init__(
        self,
        carriers: Sequence[Carrier],
        has_work: Callable[[], bool],
        may_open: Callable[[], bool],
        rest: Callable[[RelayError], None],
        changes: Changes,
    ) -> None:
        self._carriers = carriers
        self._has_work = has_work
        self._may_open = may_open
        self._rest = rest
        self._changes = changes
        self._letters = Changes()  # what the connections wait for
        self._at_work = 0
        self._window = wide_open(len(carriers))
        self.allows = self._window.allows  # how many connections may be at work
        self._began = 0  # how often: a letter that hangs since before does not keep the relay from being tried
        self._narrow_until = 0.0
        self._opening = asyncio.Lock()
        self.busy = 0  # of those at work, what counts against the window

    def begin(self) -> list[asyncio.Task[None]]:
        """Start one task per connection; each works until it is cancelled."""
        return [asyncio.create_task(self._serve(carrier)) for carrier in self._carriers]

    @property
    def is_idle(self) -> bool:
        """Tell whether no connection has a letter."""
        return not self._at_work

    def keeps(self, began: int) -> bool:
        """Tell whether one that is at work since `began` is still among those allowed."""
        return began == self._began and self.busy <= self.allows

    def _resize(self, window: Window) -> None:
        """Let more or fewer connections be at work."""
        self._window = window
        self.allows = window.allows

    def call_one(self) -> None:
        """Let one connection look for letters."""
        self._letters.tell_one()

    # --- what the relay takes ---

    def succeed(self) -> None:
        """Let one more connection work after a window's worth of letters that were taken."""
        if self._narrow_until and loop_seconds() >= self._narrow_until:
            self._narrow_until, self._window = 0.0, self._window.widen(len(self._carriers))
        if self._window.size < self._window.most:
            self._grow()

    def _grow(self) -> None:
        """Count a letter that was taken; where that lets one more connection work, tell those that wait."""
        before = self.allows
        self._resize(self._window.succeed())
        if self.allows > before:
            self._letters.tell()

    def suffer(self) -> None:
        """Let fewer connections work after a letter that was lost or put off because of the relay."""
        self._resize(self._window.suffer())

    def begin_anew(self) -> None:
        """Let one connection try the relay, whatever hangs since before."""
        self._resize(self._window.begin_anew())
        self._began += 1
        self.busy = 0
        self._letters.tell()

    # --- connections ---

    async def open(self, carrier: Carrier) -> bool:
        """Open a connection, one at a time: a login that is refused is not tried on each of them."""
        async with self._opening:
            if not self._may_open():
                return False
            carrier.answered = 0
            try:
                await carrier.relay.open()
            except RelayError as error:
                self._refuse(error)
                return False
            return True

    def _refuse(self, error: RelayError) -> None:
        """Rest; but if others of our connections are of use, the relay just takes no more of them."""
        others = sum(each.relay.is_open and each.answered > 0 for each in self._carriers)
        if not others or isinstance(error, RelayPolicyError):
            self._rest(error)
        else:
            self._resize(self._window.narrow(others))
            self._narrow_until = loop_seconds() + max(NARROW_FOR, error.asked_pause or NARROW_FOR).total_seconds()

    async def _serve(self, carrier: Carrier) -> None:
        """Let one connection carry letters, for ever."""
        try:
            while True:
                await self._letters.until(lambda: self._may_begin(carrier))
                await self._let_work(carrier)
        finally:
            with suppress(RelayError):
                await carrier.relay.close()

    def _may_begin(self, carrier: Carrier) -> bool:
        """Tell whether one connection more may begin with a letter now."""
        if self.busy >= self.allows or not self._has_work():
            return False
        return carrier.relay.is_open or self._may_connect()

    def _may_connect(self) -> bool:
        """Tell whether one more connection is wanted: those that are open are at work, and none is being opened."""
        connected = [each for each in self._carriers if each.relay.is_open]
        if len(connected) >= self._window.most or self._opening.locked():
            return False
        return all(each.is_at_work for each in connected)

    async def _let_work(self, carrier: Carrier) -> None:
        """Open a connection if it is not, and let it carry letters as long as it may."""
        self._at_work += 1
        try:
            if (carrier.relay.is_open or await self.open(carrier)) and self._may_begin(carrier):
                await self._let_carry(carrier)
        finally:
            self._at_work -= 1
            self._changes.tell()

    async def _let_carry(self, carrier: Carrier) -> None:
        """Let one connection carry letters, and count it as one of those allowed."""
        began = self._began
        self.busy += 1
        carrier.is_at_work = True
        self._letters.tell_one()  # there may be enough for two
        try:
            await carrier.carry(began)
        finally:
            carrier.is_at_work = False
            self.busy -= began == self._began
