"""Which command does each reply answer? Commands are asked in order, and replies are their answers in that order.

Law: a reply belongs to the oldest command that has none (RFC 2920 3.1). What cannot belong to any, or is no
reply, breaks the conversation: from there on nothing is believed and nothing more is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from mailer.adapters.relay.reading import CLOSING, Reply, ReplyReader
from mailer.core.verdicts import Phase

CLOSED = "it was closed before"
HUNG_UP = "the relay hung up"
NOT_SMTP = "a reply that is not SMTP"
SILENT = "no reply in time"
UNASKED = "a reply came unasked"


class Command:
    """One command of a connection, whoever it names: what grants it, and the seconds that its reply may take.

    `is_of_letter` tells whether its reply says anything of the letter that it stands in front of.
    """

    __slots__ = ("granting", "is_data", "is_of_letter", "patience", "phase")

    def __init__(self, phase: Phase, patience: float, *, is_of_letter: bool = True) -> None:
        self.phase = phase
        self.is_data = phase is Phase.DATA
        self.granting = 3 if self.is_data else 2  # hundreds (RFC 5321 4.2.1)
        self.patience = patience
        self.is_of_letter = is_of_letter

    def is_settled_by(self, reply: Reply) -> bool:
        """Tell whether a command may follow its reply for certain: it was granted, or refused."""
        return reply.code // 100 == self.granting or reply.is_refusal


class Exchange:
    """Commands in their order, with the octets that say them, and the replies that they had so far.

    `said` is how many of them were written.
    """

    __slots__ = ("commands", "octets", "replies", "said")

    def __init__(self, commands: Sequence[Command], octets: bytes) -> None:
        self.commands = commands
        self.octets = octets
        self.said = 0
        self.replies: list[Reply] = []

    @property
    def is_answered(self) -> bool:
        """Tell whether no reply is missing to what was said."""
        return len(self.replies) == self.said

    @property
    def is_granted(self) -> bool:
        """Tell whether the next step may follow all that was said: the replies are 3xx to DATA, 2xx to all else."""
        if not (self.replies and self.is_answered):
            return False
        answered = zip(self.commands, self.replies, strict=False)
        return all(reply.code // 100 == command.granting for command, reply in answered)


class Conversation:
    """The exchanges that wait for a reply, oldest first; `broken` tells why no more are said, or is empty."""

    __slots__ = ("_reader", "_unanswered", "broken")

    def __init__(self) -> None:
        self._reader = ReplyReader()
        self._unanswered: deque[Exchange] = deque()
        self.broken = ""

    def give_up(self, why: str) -> None:
        """Break the conversation; the first reason stays."""
        self.broken = self.broken or why

    def ask(self, exchange: Exchange, commands: int) -> None:
        """Note that the next commands of an exchange are written, behind all that was written before."""
        exchange.said += commands
        self._unanswered.append(exchange)

    @property
    def patience(self) -> float:
        """Return how many seconds the oldest reply that is missing may take."""
        oldest = self._unanswered[0]
        return oldest.commands[len(oldest.replies)].patience

    def receive(self, octets: bytes) -> bool:
        """Give each reply to the command that it answers; tell whether there was one."""
        if self.broken:
            return False
        whole: list[Reply] = []
        try:
            self._reader.feed(octets, whole)
        except ValueError:
            self._answer(whole)
            self.give_up(NOT_SMTP)
        else:
            self._answer(whole)
            if not self._unanswered and not self._reader.is_between_replies:
                self.give_up(UNASKED)
        return bool(whole)

    def _answer(self, replies: Sequence[Reply]) -> None:
        """Give replies to the oldest commands that have none."""
        unanswered = self._unanswered
        for reply in replies:
            if self.broken or not unanswered:
                return self.give_up(UNASKED)
            oldest = unanswered[0]
            oldest.replies.append(reply)
            if len(oldest.replies) == oldest.said:
                unanswered.popleft()
            if reply.code == CLOSING:
                self.give_up(CLOSED)
        return None
