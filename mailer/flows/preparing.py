"""What becomes of a delivery before it meets the relay? Its letter, or an end without one.

Law: what is wrong with one letter ends that letter alone; what is wrong with the installation (a key, a
setting, the database) ends the sender, and the letters wait.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from mailer.core.deliveries import Delivery, Event
from mailer.core.signups import SERVICE
from mailer.core.supporters import Supporter
from mailer.core.verdicts import Consequence, Decision
from mailer.errors import ConfigurationError, MailerError, RenderingError, SealError, StoreError, TryAgainError
from mailer.flows.outbox import Ack
from mailer.flows.relaying import Envelope

Reader = Supporter | SealError
# A letter that cannot be composed is our fault; three of them pause the mailing before it is used up.
_OUR_FAULT = Decision(Event.FAIL, consequence=Consequence.ABOUT_US, counts_as_attempt=False)


class Composer(Protocol):
    """What sending needs of composing."""

    def load(self, supporter_ids: Collection[int]) -> Mapping[int, Reader]:
        """Return the supporters of a batch, by id; whoever was erased is missing, a damaged row is its error."""

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope | None:
        """Return the letter, or None if nothing in it could still be done."""

    def key_id(self, delivery: Delivery) -> int:
        """Return the token key that the letter is composed with."""


def prepare(
    delivery: Delivery, supporter: Reader | None, composer: Composer, *, now: datetime, present: datetime
) -> Envelope | Ack:
    """Return the letter as of `now` (of its first try), or what becomes at `present` of the delivery without one.

    Raises:
        TryAgainError: a key is missing on this machine.
        ConfigurationError: the installation is wrong.
        StoreError: the database cannot be read.
    """
    if supporter is None:
        return _end(delivery, Event.SUPPRESS, "the supporter left")
    if isinstance(supporter, SealError):
        return Ack(delivery, _OUR_FAULT, "the supporter's row is damaged")
    if delivery.deadline is not None and delivery.deadline <= present:
        return _end(delivery, Event.EXPIRE, "too late")
    try:
        letter = composer.envelope(delivery, supporter, now)
    except (TryAgainError, StoreError, ConfigurationError):
        raise
    except (MailerError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        return Ack(delivery, _OUR_FAULT, _told(error))
    return letter if letter is not None else _nothing_left(delivery)


def _nothing_left(delivery: Delivery) -> Ack:
    """Return the ack of a delivery whose mail would hold nothing that can still be done."""
    if delivery.campaign_id == SERVICE:
        return _end(delivery, Event.CANCEL, "the sign-up is confirmed already, or too old")
    return _end(delivery, Event.EXPIRE, "no channel is open any more")


def _end(delivery: Delivery, event: Event, reason: str) -> Ack:
    """Return the ack of a delivery that ends without a try."""
    return Ack(delivery, Decision(event, counts_as_attempt=False), reason)


def _told(error: Exception) -> str:
    """Return why a letter failed; only errors of templates are told in full, others could name somebody."""
    what = str(error) if isinstance(error, RenderingError) else type(error).__name__
    return f"cannot be composed: {what}"
