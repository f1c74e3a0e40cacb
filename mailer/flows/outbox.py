"""What does sending need of the durable queue? The protocol, and the values that cross it.

Law: `commit` makes everything in it durable at once; only what it grants may be written to a relay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from mailer.core.deliveries import Delivery, DeliveryId, State
from mailer.core.verdicts import Decision


class Intent(Struct, frozen=True, gc=False):
    """A wish to write one letter's content to the relay now, composed with these.

    `retirements` is how many addresses were retired when it was composed.
    """

    delivery: Delivery
    composed_at: datetime
    key_id: int
    revision: int
    retirements: int = 0


class Ack(Struct, frozen=True, gc=False):
    """What became of a delivery as it was claimed, or of one whose intent was `granted`; `reply` is for `status`.

    `anew` says that no content was ever written: its first intent is forgotten, and it is composed as of its next one.
    """

    delivery: Delivery
    decision: Decision
    reply: str = ""
    granted: bool = False
    anew: bool = False

    @property
    def state(self) -> State:
        """Return the state that the delivery is known to have."""
        return State.SENDING if self.granted else self.delivery.state


class Outbox(Protocol):
    """The durable queue of deliveries, as a sender uses it."""

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries of running campaigns for `worker`, in fair shares.

        One that a sender died with (`recoveries`) comes alone. A claim that failed, so that nobody knows
        whether it was made, is simply made again: it returns what it had taken.
        """

    def has_due(self, *, rehearsal: bool, now: datetime) -> bool:
        """Tell whether anything is due, also if it only waits for its campaign's pace."""

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Make acks and intents durable in one transaction; return the intents that were granted.

        An intent is refused, and its delivery settled, when the claim was lost, the campaign no longer
        runs, the supporter left or is suppressed, a reminder is no longer needed, or an address was retired that
        may be in the letter. A commit that failed, so
        that nobody knows whether it was made, is made again with the very same intents and acks.
        """

    def beat(self, worker: str, *, now: datetime) -> None:
        """Say that `worker` lives: before its first claim, then every `core.liveness.BEAT_EVERY`.

        One that does not for a minute is taken for stopped, and what it holds is taken from it.
        """

    def recover(self, *, now: datetime) -> int:
        """Settle what dead and silent workers left; return how many deliveries were given back.

        Called at a sender's start and then once a second, also while its database or its relay is slow: only
        looks that are less than `core.liveness.LONGEST_GAP` apart count anybody's silence.
        """

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Write the pending suppressions of a mailing, or return why it must pause instead."""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why."""

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many deliveries of running campaigns still wait to be tried again."""
