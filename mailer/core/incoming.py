"""What is a mail that came to us, and what follows from it? One decision, made of clues that keys and database proved.

Law: anybody can write to a mailbox. Nobody is barred, unsubscribed or counted on the word of a mail that proves
nothing: an address with a token of ours proves, or the Message-ID of a mail of ours to that very supporter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailer.core.bounce_rules import Returned
from mailer.core.bounces import Classified, Evidence, ReturnKind
from mailer.core.mail_commands import Command
from mailer.core.supporters import PublicId, SupporterId


class Place(StrEnum):
    """Where a mail of the inbox belongs once it was looked at."""

    INBOX = ""  # stays for the organisers
    PROCESSED = "processed"
    QUARANTINE = "quarantine"
    ANSWERS = "answers"
    GONE = "gone"  # expunged


class Matter(StrEnum):
    """What a mail turned out to be."""

    OURS = "ours"  # a mail of ours that came back in a loop
    RETURNED = "returned"  # a bounce of a mail of ours, proven
    COMPLAINT = "complaint"  # proven
    UNPROVEN = "unproven"  # says that it came back, or was complained of, and proves nothing
    COPY = "copy"  # of a supporter's letter
    COMMAND = "command"  # of a supporter, proven
    ASKED = "asked"  # looks like a supporter's command and proves nothing: they are told how
    ANSWER = "answer"  # of an official
    DEAD_TARGET = "dead target"  # a supporter's report that a target's address does not work
    AUTOMATIC = "automatic"  # out of office, receipts, lists
    REPLY = "reply"  # of a person, for the organisers
    UNREADABLE = "unreadable"


# --- what follows ---


@dataclass(frozen=True, slots=True)
class CameBack:
    """That a mail of ours to a supporter came back, or was complained of."""

    supporter_id: SupporterId
    returned: Returned


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one target of a campaign."""

    campaign_id: str
    target: str


@dataclass(frozen=True, slots=True)
class Copied:
    """That copies of a supporter's letters arrived; those that count no more are not in it."""

    public_id: PublicId
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a supporter proved to want; None asks, without proof, how it is done.

    `target`, `zone` and `revision` (its current one) belong to the campaign, where it is of one. A machine that
    presses a button for somebody is obeyed, and not answered.
    """

    public_id: PublicId
    command: Command | None
    campaign_id: str = ""
    target: str = ""
    zone: str = "UTC"
    revision: int = 0
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """That an official answered; who wrote and under which subject is sealed, `message_id` tells one from another."""

    letter: Letter
    sender: str
    subject: str
    message_id: str


@dataclass(frozen=True, slots=True)
class DeadChannels:
    """That a supporter's letters to these targets came back from one address."""

    public_id: PublicId
    value: str
    letters: tuple[Letter, ...]


Effect = CameBack | Copied | Instruction | Answer | DeadChannels


@dataclass(frozen=True, slots=True)
class Finding:
    """What a mail is, where it belongs, and what follows."""

    matter: Matter
    place: Place
    effect: Effect | None = None


UNREADABLE = Finding(Matter.UNREADABLE, Place.QUARANTINE)

# --- the decision ---


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a mail beside its words; None where keys and database say nothing.

    `came_back` is of a mail that proves to be a returned one of ours; `is_at_return_address` tells that it came to a
    signed envelope address. `copied` and `answer` are of no mail that says of itself that a machine sent it; from
    `is_automatic` ones, which nobody may answer, an office's answer may still come; `is_nameless` are those of them
    that only lack a sender who can be read.
    """

    classified: Classified
    is_ours: bool = False
    is_automatic: bool = False
    is_nameless: bool = False
    is_at_return_address: bool = False
    came_back: CameBack | None = None
    copied: Copied | None = None
    instruction: Instruction | None = None
    answer: Answer | None = None
    dead: DeadChannels | None = None


def decide(clues: Clues) -> Finding:
    """Return what a mail is and what follows: the first of the steps that knows."""
    return next(found for step in _STEPS if (found := step(clues)) is not None)


def _loop(clues: Clues) -> Finding | None:
    return Finding(Matter.OURS, Place.PROCESSED) if clues.is_ours else None


def _copy(clues: Clues) -> Finding | None:
    """Count a supporter's letter; what an official sends to that address is none."""
    if clues.copied is None or clues.answer is not None:
        return None
    return Finding(Matter.COPY, Place.GONE, clues.copied)


def _dead_target(clues: Clues) -> Finding | None:
    return Finding(Matter.DEAD_TARGET, Place.PROCESSED, clues.dead) if clues.dead is not None else None


def _returned(clues: Clues) -> Finding | None:
    """Take a bounce or complaint for one, unless only a person's words look like it."""
    classified = clues.classified
    if classified.kind in (ReturnKind.AUTOREPLY, ReturnKind.NOT_A_BOUNCE):
        return None
    is_proven_report = classified.evidence is Evidence.REPORT and clues.came_back is not None
    if not (clues.is_automatic or clues.is_at_return_address or is_proven_report):
        return None
    if clues.came_back is None:
        return Finding(Matter.UNPROVEN, Place.PROCESSED)
    is_complaint = classified.kind is ReturnKind.COMPLAINT
    return Finding(Matter.COMPLAINT if is_complaint else Matter.RETURNED, Place.PROCESSED, clues.came_back)


def _command(clues: Clues) -> Finding | None:
    if clues.instruction is None:
        return None
    matter = Matter.COMMAND if clues.instruction.command is not None else Matter.ASKED
    return Finding(matter, Place.PROCESSED, clues.instruction)


def _answer(clues: Clues) -> Finding | None:
    return Finding(Matter.ANSWER, Place.ANSWERS, clues.answer) if clues.answer is not None else None


def _automatic(clues: Clues) -> Finding | None:
    """Put aside what machines send; words that only look like it are a person's."""
    classified = clues.classified
    says_so = classified.kind is ReturnKind.AUTOREPLY and classified.evidence is Evidence.REPORT
    by_machine = says_so or (clues.is_automatic and not clues.is_nameless)
    return Finding(Matter.AUTOMATIC, Place.PROCESSED) if by_machine else None


def _reply(clues: Clues) -> Finding:
    return Finding(Matter.REPLY, Place.INBOX)


_STEPS: tuple[Callable[[Clues], Finding | None], ...] = (
    _loop,
    _copy,
    _dead_target,
    _returned,
    _command,
    _answer,
    _automatic,
    _reply,
)

# --- what people are told ---


@dataclass(frozen=True, slots=True)
class WaitingSince:
    """How many mails of one matter came, of those how many wait in the inbox, and when (UTC) the last came."""

    matter: Matter
    came: int
    wait: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An official's answer as an organiser finds it in the folder: who wrote, under which subject, when (UTC)."""

    campaign_id: str
    target: str
    at: datetime
    sender: str
    subject: str


@dataclass(frozen=True, slots=True)
class Reading:
    """When (UTC) the mailbox was read last, and tried last; `trouble` says why the last try failed, if it did."""

    read_at: datetime | None = None
    tried_at: datetime | None = None
    trouble: str = ""
