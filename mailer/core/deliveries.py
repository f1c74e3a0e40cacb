"""Where can a delivery stand, and which step leads where? The states and the table of transitions.

A delivery leaves `queued` once, and only `sent` may mean that the relay took responsibility. What is
not in `TRANSITIONS` cannot happen: the store writes no state that `move` did not return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from mailer.errors import TransitionError

DeliveryId = NewType("DeliveryId", int)
MOST_RECOVERIES = 3
LEASE = timedelta(minutes=15)  # of a claim; content is written only in its first half


class State(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"  # waits for its moment and a sender
    CLAIMED = "claimed"  # a sender holds it; nothing has been written to the relay
    SENDING = "sending"  # the intent is durable; content may be on its way
    SENT = "sent"  # the relay took responsibility
    DEFERRED = "deferred"  # refused for now; tried again
    UNCERTAIN = "uncertain"  # the connection was lost after content was written
    FAILED = "failed"  # refused for good, or it cannot be composed
    SUPPRESSED = "suppressed"  # unsubscribed, bounced or erased
    CANCELLED = "cancelled"  # acted, stopped or closed
    EXPIRED = "expired"  # no channel left, or too late


class Event(StrEnum):
    """What happens to a delivery."""

    CLAIM = "claim"
    RELEASE = "release"
    INTEND = "intend"
    ACCEPT = "accept"
    REFUSE_FOR_NOW = "refuse for now"
    REFUSE = "refuse"
    LOSE = "lose"
    RESEND = "resend"
    SUPPRESS = "suppress"
    CANCEL = "cancel"
    EXPIRE = "expire"
    FAIL = "fail"


_WAITING = (State.QUEUED, State.DEFERRED)
_HELD = (State.QUEUED, State.DEFERRED, State.CLAIMED)

TRANSITIONS: dict[tuple[State, Event], State] = {
    **{(state, Event.CLAIM): State.CLAIMED for state in _WAITING},
    (State.CLAIMED, Event.RELEASE): State.QUEUED,
    (State.CLAIMED, Event.INTEND): State.SENDING,
    (State.CLAIMED, Event.REFUSE_FOR_NOW): State.DEFERRED,  # a recipient is refused before any content
    (State.CLAIMED, Event.REFUSE): State.FAILED,
    (State.CLAIMED, Event.LOSE): State.UNCERTAIN,  # given up, after an earlier sender may have got it through
    (State.SENDING, Event.ACCEPT): State.SENT,
    (State.SENDING, Event.REFUSE_FOR_NOW): State.DEFERRED,
    (State.SENDING, Event.REFUSE): State.FAILED,
    (State.SENDING, Event.LOSE): State.UNCERTAIN,
    (State.SENDING, Event.EXPIRE): State.EXPIRED,
    (State.UNCERTAIN, Event.RESEND): State.QUEUED,
    # A sender that was taken for dead woke, and tells what became of it after all.
    (State.UNCERTAIN, Event.ACCEPT): State.SENT,
    (State.UNCERTAIN, Event.REFUSE_FOR_NOW): State.DEFERRED,
    (State.UNCERTAIN, Event.REFUSE): State.FAILED,
    (State.UNCERTAIN, Event.EXPIRE): State.EXPIRED,
    **{(state, Event.SUPPRESS): State.SUPPRESSED for state in _HELD},
    **{(state, Event.CANCEL): State.CANCELLED for state in _HELD},
    **{(state, Event.EXPIRE): State.EXPIRED for state in _HELD},
    **{(state, Event.FAIL): State.FAILED for state in _HELD},
}

FINAL = frozenset({State.SENT, State.FAILED, State.SUPPRESSED, State.CANCELLED, State.EXPIRED})
# What is still to end by itself; an uncertain one may stay as it is for good.
UNFINISHED = tuple(state for state in State if state not in FINAL and state is not State.UNCERTAIN)


def move(state: State, event: Event) -> State:
    """Return the state that follows.

    Raises:
        TransitionError: the table has no such step.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise TransitionError(f"a delivery that is {state} cannot {event}") from None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What may forbid a letter at the last moment, as the database knows it when the intent is written."""

    campaign_over: bool
    left: bool
    no_longer_needed: bool


def settle_refused_intent(obstacles: Obstacles) -> Event:
    """Return what becomes of a delivery whose intent was refused; a paused one waits again."""
    if obstacles.left:
        return Event.SUPPRESS
    if obstacles.campaign_over or obstacles.no_longer_needed:
        return Event.CANCEL
    return Event.RELEASE


class Delivery(Struct, frozen=True, gc=False):
    """One mailing's way to one supporter, as a sender holds it.

    `composed_at` (UTC), `key_id` and `revision` are those of the first intent, or those that it will
    write: every "now" in the message is that moment, so that a resend repeats the same bytes. `mailing`
    is the row, `mailing_id` its name, `run` 0 for the real mailing. `claim` proves that the row is still
    held by who claimed it. `alert_sent_at` is None before this supporter's alert, and
    `alert_revision` the revision that the alert was made of, 0 before it. `recoveries` counts the senders
    that died while they held it: one that has any is a suspect, and is claimed alone.
    """

    id: DeliveryId
    campaign_id: str
    mailing: int
    mailing_id: str
    run: int
    supporter_id: int
    state: State
    claim: str = ""
    attempts: int = 0
    revision: int = 0
    composed_at: datetime | None = None
    key_id: int | None = None
    deadline: datetime | None = None
    alert_sent_at: datetime | None = None
    alert_revision: int = 0
    recoveries: int = 0
