"""What does a verdict do to a delivery? The states, the table of transitions, and the retry decision.

A delivery leaves `queued` once, and only `sent` may mean that the relay took responsibility. What is
not in `TRANSITIONS` cannot happen: the store writes no state that `move` did not return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from mailer.core.supporters import SuppressionReason
from mailer.errors import TransitionError

DeliveryId = NewType("DeliveryId", int)
FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=4)
MOST_DOUBLINGS = 6  # 5 minutes doubled six times are more than the longest, and no count of attempts overflows
MOST_RECOVERIES = 3
LARGEST_RESPONSE = 300


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
    (State.SENDING, Event.ACCEPT): State.SENT,
    (State.SENDING, Event.REFUSE_FOR_NOW): State.DEFERRED,
    (State.SENDING, Event.REFUSE): State.FAILED,
    (State.SENDING, Event.LOSE): State.UNCERTAIN,
    (State.SENDING, Event.EXPIRE): State.EXPIRED,
    (State.UNCERTAIN, Event.RESEND): State.QUEUED,
    **{(state, Event.SUPPRESS): State.SUPPRESSED for state in _HELD},
    **{(state, Event.CANCEL): State.CANCELLED for state in _HELD},
    **{(state, Event.EXPIRE): State.EXPIRED for state in _HELD},
    **{(state, Event.FAIL): State.FAILED for state in _HELD},
}

FINAL = frozenset({State.SENT, State.FAILED, State.SUPPRESSED, State.CANCELLED, State.EXPIRED})


def move(state: State, event: Event) -> State:
    """Return the state that follows.

    Raises:
        TransitionError: the table has no such step.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise TransitionError(f"a delivery that is {state} cannot {event}") from None


class Phase(StrEnum):
    """The SMTP command that a reply answers (RFC 5321 4.1); `content` is the final dot."""

    CONNECT = "connect"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relay's reply to one message: code, enhanced status ("5.1.1" or empty), text, and phase.

    `code` 0 stands for a connection that was lost in `phase`. Source: RFC 5321 4.2, RFC 3463.
    """

    code: int
    enhanced: str
    text: str
    phase: Phase

    @property
    def reason(self) -> str:
        """Return what `status` shows: one line, of bounded length."""
        words = " ".join(self.text.split())[:LARGEST_RESPONSE]
        return f"{self.code} {words}" if self.code else words


class Consequence(StrEnum):
    """What a verdict means beyond the one delivery."""

    NOTHING = "nothing"
    RELAY_TROUBLE = "relay trouble"  # back off the relay; no attempt is counted
    ABOUT_US = "about us"  # policy: three in fifty pause the mailing


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a delivery: the event, when to try again, whom to suppress, and beyond."""

    event: Event
    not_before: datetime | None = None
    suppress: SuppressionReason | None = None
    consequence: Consequence = Consequence.NOTHING
    counts_as_attempt: bool = True


_DEAD_MAILBOX = frozenset({"5.1.1", "5.1.3", "5.1.6", "5.1.10"})


def decide(verdict: Verdict, *, attempts: int, now: datetime, deadline: datetime | None) -> Decision:
    """Return what `verdict` does to a delivery that has been tried `attempts` times before.

    Retries come after 5 minutes, doubling, at most 4 hours apart; one that would come after `deadline`
    expires the delivery instead.
    Source: RFC 5321 4.5.4.1 for retries, RFC 3463 3.2 and 3.8 for whom a status is about.
    """
    if verdict.code == 0:
        return _lost(verdict, now)
    if verdict.code < 400:
        return Decision(Event.ACCEPT)
    if _is_relay_trouble(verdict):
        return _later(verdict, now)
    if verdict.code < 500:
        again = now + min(FIRST_RETRY * 2 ** min(attempts, MOST_DOUBLINGS), LONGEST_RETRY)
        in_time = deadline is None or again < deadline
        return Decision(Event.REFUSE_FOR_NOW, again) if in_time else Decision(Event.EXPIRE)
    return _refused(verdict)


def _lost(verdict: Verdict, now: datetime) -> Decision:
    """Decide for a lost connection: after the content it is unknown whether the relay took it."""
    if verdict.phase is Phase.CONTENT:
        return Decision(Event.LOSE, None, None, Consequence.RELAY_TROUBLE)
    return _later(verdict, now)


def _later(verdict: Verdict, now: datetime) -> Decision:
    """Decide for a letter that the relay was not fit to judge: deferred, and no attempt is counted.

    A relay that closes before it knows the recipient, as many do after so many letters, is simply opened
    again; how fast is the sender's patience.
    """
    closed = verdict.phase is Phase.MAIL and verdict.code in (0, 421)
    again = now if closed else now + FIRST_RETRY
    return Decision(Event.REFUSE_FOR_NOW, again, None, Consequence.RELAY_TROUBLE, counts_as_attempt=False)


def _is_relay_trouble(verdict: Verdict) -> bool:
    """Tell whether a reply is about the connection and not about the letter."""
    if verdict.phase in (Phase.CONNECT, Phase.LOGIN):
        return True
    return verdict.code == 421 or (verdict.code < 500 and verdict.enhanced.startswith("4.7."))


def _refused(verdict: Verdict) -> Decision:
    """Decide for a 5xx: the mailbox is dead, it is about us, or neither is known."""
    if verdict.phase is Phase.RCPT and verdict.enhanced in _DEAD_MAILBOX:
        return Decision(Event.REFUSE, suppress=SuppressionReason.BOUNCED)
    about_us = verdict.phase is Phase.MAIL or verdict.enhanced.startswith(("5.1.7", "5.1.8", "5.7."))
    return Decision(Event.REFUSE, consequence=Consequence.ABOUT_US if about_us else Consequence.NOTHING)


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


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mailing's way to one supporter, as a sender holds it.

    `composed_at` (UTC), `key_id` and `revision` are those of the first intent, or those that it will
    write: every "now" in the message is that moment, so that a resend repeats the same bytes. `mailing`
    is the row, `mailing_id` its name, `run` 0 for the real mailing. `claim` proves that the row is still
    held by who claimed it, until `lease_until`. `alert_sent_at` is None before this supporter's alert, and
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
    lease_until: datetime | None = None
    attempts: int = 0
    revision: int = 0
    composed_at: datetime | None = None
    key_id: int | None = None
    deadline: datetime | None = None
    alert_sent_at: datetime | None = None
    alert_revision: int = 0
    recoveries: int = 0
