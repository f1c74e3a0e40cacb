"""Must a mailing stop by itself? One sender's brakes, and what they do: pause it, or write suppressions.

Law: a suppression is written only once the brake has ruled out that the relay's refusals are about us.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mailer.core.brakes import RefusalBrake
from mailer.core.deliveries import Delivery
from mailer.core.signups import SERVICE
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Outbox
from mailer.flows.patience import Reporter
from mailer.flows.perseverance import Blocking


class Brakes:
    """The brakes of all mailings, as one sender saw their letters; `run` does database work."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime], run: Blocking, reporter: Reporter) -> None:
        self._outbox = outbox
        self._clock = clock
        self._run = run
        self._reporter = reporter
        self._brakes: dict[int, RefusalBrake] = {}
        self._paused: set[tuple[int, str]] = set()  # mailings, with the claims that were made before their pause

    def hold(self, delivery: Delivery) -> bool:
        """Tell whether a delivery was claimed before its mailing was paused."""
        return bool(self._paused) and (delivery.mailing, delivery.claim) in self._paused

    def note_accepted(self, delivery: Delivery) -> None:
        """Count a letter that was taken, which is no reason to pause its mailing."""
        self._brake_of(delivery).note_accepted()

    async def note(self, delivery: Delivery, decision: Decision, reason: str) -> None:
        """Pause the mailing if the relay refuses it as a whole; write suppressions once that is ruled out."""
        pause = self._brake_of(delivery).note(decision, reason)
        if not pause and decision.suppress is not None:  # those that must wait are written by a later `recover`
            apply = self._outbox.apply_suppressions
            pause = await self._run(lambda: apply(delivery.mailing, now=self._clock()))
        if pause:
            self._paused.add((delivery.mailing, delivery.claim))
            self._brakes.pop(delivery.mailing, None)  # another connection may have paused it meanwhile
            self._reporter.tell("mailing paused", mailing=delivery.mailing, reason=pause)
            await self._run(lambda: self._outbox.pause_mailing(delivery.mailing, pause))

    def _brake_of(self, delivery: Delivery) -> RefusalBrake:
        """Return the brake of a delivery's mailing."""
        brake = self._brakes.get(delivery.mailing)
        if brake is None:
            brake = self._brakes[delivery.mailing] = RefusalBrake(strangers=delivery.campaign_id == SERVICE)
        return brake
