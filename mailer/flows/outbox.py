"""What does sending need of the durable queue? The protocol, and the values that cross it.

Law: `commit` makes everything in it durable at once; only what it grants may be written to a relay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailer.core.deliveries import Decision, Delivery, DeliveryId


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish to write one letter's content to the relay now, composed with these."""

    delivery: Delivery
    composed_at: datetime
    key_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Ack:
    """What became of a claimed delivery, or of one whose intent was granted; `reply` is for `status`."""

    delivery: Delivery
    decision: Decision
    reply: str = ""


class Outbox(Protocol):
    """The durable queue of deliveries, as a sender uses it."""

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries of running campaigns for `worker`."""

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Make acks and intents durable in one transaction; return the intents that were granted.

        An intent is refused, and its delivery settled, when the claim was lost, the campaign no longer
        runs, the supporter left or is suppressed, or a reminder is no longer needed.
        """

    def recover(self, *, now: datetime) -> int:
        """Give back what dead workers held; return how many deliveries that were."""

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Write the pending suppressions of a mailing, or return why it must pause instead."""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why."""

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many deliveries of running campaigns still wait to be tried again."""
