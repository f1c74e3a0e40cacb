"""Which command does each reply answer? Commands are asked in order, and replies are their answers in that order.

Law: a reply belongs to the oldest command that has none (RFC 2920 3.1). What cannot belong to any, or is no
reply, breaks the conversation: from there on nothing is believed and nothing more is asked.
"""

from __future__ import annotations

from collections import deque

from mailer.adapters.relay.reading import Reply, ReplyReader
from mailer.core.verdicts import Phase

CLOSING = 421  # the relay ends the connection, whatever it was asked (RFC 5321 3.8)
CLOSED = "it was closed before"
HUNG_UP = "the relay hung up"
NOT_SMTP = "a reply that is not SMTP"
SILENT = "no reply in time"
UNASKED = "a reply came unasked"


class Command:
    """One command as it is written, the seconds that its reply may take, and the reply once it is there."""

    __slots__ = ("granting", "line", "patience", "phase", "reply")

    def __init__(self, phase: Phase, line: bytes, patience: float) -> None:
        self.phase = phase
        self.granting = 3 if phase is Phase.DATA else 2  # hundreds (RFC 5321 4.2.1)
        self.line = line
        self.patience = patience
        self.reply: Reply | None = None

    @property
    def is_granted(self) -> bool:
        """Tell whether the relay said that the next step may follow: 3xx to DATA, 2xx to all else."""
        return self.reply is not None and self.reply.code // 100 == self.granting

    @property
    def is_refused(self) -> bool:
        """Tell whether the relay refused this and will hear other commands."""
        return self.reply is not None and 400 <= self.reply.code < 600 and self.reply.code != CLOSING


class Conversation:
    """The commands that wait for a reply, oldest first; `broken` tells why no more are asked, or is empty."""

    __slots__ = ("_reader", "broken", "unanswered")

    def __init__(self) -> None:
        self._reader = ReplyReader()
        self.unanswered: deque[Command] = deque()
        self.broken = ""

    def give_up(self, why: str) -> None:
        """Break the conversation; the first reason stays."""
        self.broken = self.broken or why

    def receive(self, octets: bytes) -> None:
        """Give each reply to the command that it answers."""
        if self.broken:
            return None
        unanswered = self.unanswered
        try:
            for reply in self._reader.feed(octets):
                if self.broken or not unanswered:
                    return self.give_up(UNASKED)
                unanswered.popleft().reply = reply
                if reply.code == CLOSING:
                    self.give_up(CLOSED)
        except ValueError:
            return self.give_up(NOT_SMTP)
        if not unanswered and not self._reader.is_between_replies:
            self.give_up(UNASKED)
        return None
