"""What does a reply of the relay mean? One table of rules, and the decision that its first fitting row makes.

Law: whatever the relay says, exactly one row answers, and an address is barred by one row only: a mailbox
that is called dead in reply to RCPT.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mailer.core.deliveries import Event
from mailer.core.pauses import asked_pause
from mailer.core.supporters import SuppressionReason

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=4)
MOST_DOUBLINGS = 6  # 5 minutes doubled six times are more than the longest, and no count of attempts overflows
LARGEST_RESPONSE = 300


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

    def __post_init__(self) -> None:
        """Refuse what no relay can say.

        Raises:
            ValueError: the code is none of SMTP's.
        """
        if not 0 <= self.code < 600:
            raise ValueError(f"the code of a reply has to be 0 (none) to 599: {self.code}")

    @property
    def is_positive(self) -> bool:
        """Tell whether the conversation may go on, or has come to its good end."""
        return 0 < self.code < 400

    @property
    def reason(self) -> str:
        """Return what `status` shows: one line, of bounded length."""
        words = " ".join(self.text.split())[:LARGEST_RESPONSE]
        return f"{self.code} {words}" if self.code else words

    @property
    def asked_pause(self) -> timedelta | None:
        """Return for how long a refusal asks us to wait, at most four hours; None if it does not."""
        return asked_pause(self.text) if self.code >= 400 else None


class Consequence(StrEnum):
    """What a verdict means beyond the one delivery."""

    NOTHING = "nothing"
    RELAY_TROUBLE = "relay trouble"  # back off the relay; no attempt is counted
    RELAY_REFUSES = "relay refuses us"  # as trouble, and it lasts until somebody acts
    THROTTLED = "throttled"  # close the gate of this relay and this provider's group; no attempt is counted
    ABOUT_US = "about us"  # policy: three in fifty pause the mailing


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a delivery: the event, when to try again, whom to suppress, and beyond."""

    event: Event
    not_before: datetime | None = None
    suppress: SuppressionReason | None = None
    consequence: Consequence = Consequence.NOTHING
    counts_as_attempt: bool = True


class Wait(StrEnum):
    """How long a refused letter rests; a pause that the reply asks for makes the second and third longer."""

    NONE = "none"  # another relay, or this one opened again, may take it at once
    FIRST = "first"  # five minutes, however often
    DOUBLING = "doubling"  # five minutes, doubling to four hours; past the deadline it expires


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the phases, codes and enhanced statuses that it covers, and what it decides.

    A status covers those beneath it ("5.7" is 5.7.1 and 5.7.26); no statuses cover every reply. `wait` is None
    for a letter that is not tried again.
    """

    name: str
    phases: frozenset[Phase]
    codes: tuple[range, ...]
    outcome: Decision
    wait: Wait | None = None
    statuses: tuple[str, ...] = ()

    def covers(self, verdict: Verdict) -> bool:
        """Tell whether this row answers a verdict, if none above does."""
        said = verdict.phase in self.phases and any(verdict.code in codes for codes in self.codes)
        return said and (not self.statuses or f"{verdict.enhanced}.".startswith(self._prefixes))

    @property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(f"{status}." for status in self.statuses)


_OPENING = frozenset({Phase.CONNECT, Phase.LOGIN})  # no letter is in hand: which error ends the opening
_MAIL, _RCPT, _CONTENT = (frozenset({phase}) for phase in (Phase.MAIL, Phase.RCPT, Phase.CONTENT))
_NAMED = frozenset({Phase.RCPT, Phase.DATA, Phase.CONTENT})  # the relay knows the recipient
_ANY = _MAIL | _NAMED
_NO_REFUSAL = range(400)  # 0 for a lost connection, and what no letter can end with
_CLOSING = range(421, 422)
_FOR_NOW = range(400, 500)
_FOR_GOOD = range(500, 600)
_DEAD_MAILBOX = ("5.1.1", "5.1.3", "5.1.6", "5.1.10")
_POLICY = ("5.1.7", "5.1.8", "5.7")

_SENT = Decision(Event.ACCEPT)
_UNKNOWN = Decision(Event.LOSE, consequence=Consequence.RELAY_TROUBLE)
_TROUBLE = Decision(Event.REFUSE_FOR_NOW, consequence=Consequence.RELAY_TROUBLE, counts_as_attempt=False)
_UNWANTED = replace(_TROUBLE, consequence=Consequence.RELAY_REFUSES)
_THROTTLED = replace(_TROUBLE, consequence=Consequence.THROTTLED)
_LATER = Decision(Event.REFUSE_FOR_NOW)
_REFUSED = Decision(Event.REFUSE)
_DEAD = replace(_REFUSED, suppress=SuppressionReason.BOUNCED)
_ABOUT_US = replace(_REFUSED, consequence=Consequence.ABOUT_US)

RULES: tuple[Rule, ...] = (
    Rule("accepted", _CONTENT, (range(200, 300),), _SENT),
    Rule("lost after the final dot", _CONTENT, (_NO_REFUSAL,), _UNKNOWN),
    Rule("closed before RCPT", _MAIL, (_NO_REFUSAL, _CLOSING), _TROUBLE, Wait.NONE),
    Rule("lost before the final dot", _NAMED, (_NO_REFUSAL,), _TROUBLE, Wait.FIRST),
    Rule("not open for now", _OPENING, (_NO_REFUSAL, _FOR_NOW), _TROUBLE, Wait.FIRST),
    Rule("login or greeting refused", _OPENING, (_FOR_GOOD,), _UNWANTED, Wait.FIRST),
    Rule("closing", _NAMED, (_CLOSING,), _TROUBLE, Wait.FIRST),
    Rule("we are throttled", _MAIL, (_FOR_NOW,), _TROUBLE, Wait.FIRST, ("4.7",)),
    Rule("the provider throttles", _NAMED, (_FOR_NOW,), _THROTTLED, Wait.FIRST, ("4.7",)),
    Rule("temporary", _ANY, (_FOR_NOW,), _LATER, Wait.DOUBLING),
    Rule("dead mailbox", _RCPT, (_FOR_GOOD,), _DEAD, None, _DEAD_MAILBOX),
    Rule("policy", _ANY, (_FOR_GOOD,), _ABOUT_US, None, _POLICY),
    Rule("sender refused", _MAIL, (_FOR_GOOD,), _ABOUT_US),
    Rule("refused", _NAMED, (_FOR_GOOD,), _REFUSED),
)


def rule_for(verdict: Verdict) -> Rule:
    """Return the row that answers a verdict: the first that covers it."""
    return next(rule for rule in RULES if rule.covers(verdict))


def decision_on_success(verdict: Verdict) -> Decision | None:
    """Return what the first row decides, which is about nearly all letters; None where it does not answer."""
    return _SENT if verdict.phase is Phase.CONTENT and 200 <= verdict.code < 300 else None


def decide(verdict: Verdict, *, attempts: int, now: datetime, deadline: datetime | None) -> Decision:
    """Return what `verdict` does to a delivery that has been tried `attempts` times before.

    A counted retry that would come after `deadline` expires the delivery instead.
    Source: RFC 5321 4.5.4.1 for retries, RFC 3463 3.2 and 3.8 for whom a status is about.
    """
    rule = rule_for(verdict)
    if rule.wait is None:
        return rule.outcome
    again = now + _rest(rule.wait, attempts, verdict.asked_pause)
    if rule.wait is Wait.DOUBLING and deadline is not None and again >= deadline:
        return Decision(Event.EXPIRE)
    return replace(rule.outcome, not_before=again)


def as_for_strangers(decision: Decision) -> Decision:
    """Return a decision about a mail that anybody may have asked for: somebody's typing bars no address."""
    return replace(decision, suppress=None)


def _rest(wait: Wait, attempts: int, asked: timedelta | None) -> timedelta:
    """Return how long a letter rests."""
    if wait is Wait.NONE:
        return timedelta()
    doublings = min(attempts, MOST_DOUBLINGS) if wait is Wait.DOUBLING else 0
    return max(min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY), asked or timedelta())
