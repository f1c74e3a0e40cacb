"""What is said of one letter, in which groups, and what do the replies to its envelope come to?

Law: DATA stands in the group of the envelope only where the letter may be written at once if it is granted: after a
354 nothing but content or the end of the connection can follow (RFC 2920 3.1, RFC 5321 4.1.1.4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from mailer.adapters.relay.conversation import Command
from mailer.adapters.relay.replies import lost, read_reply
from mailer.adapters.relay.timeouts import Timeouts
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope

WELCOME = Verdict(354, "", "", Phase.DATA)  # to an envelope: its content may be written
_RSET = b"RSET\r\n"
_DATA = b"DATA\r\n"


class Mode(Enum):
    """How much may be written before a reply is there."""

    ONE_BY_ONE = "one by one"
    GROUPED = "grouped"  # PIPELINING: MAIL, RCPT and DATA in one write (RFC 2920)
    CHUNKED = "chunked"  # CHUNKING alone: one by one, and content whose length is told instead of DATA (RFC 3030)


def mode_for(offers: Callable[[str], bool]) -> Mode:
    """Return how to speak with a relay, from the extensions that it offers.

    Where both are offered DATA costs no more round trips than BDAT. And behind BDAT nothing could follow: its replies
    look like all others, so that one reply too many would be taken for the next letter's. DATA has its 354.
    """
    if offers("pipelining"):
        return Mode.GROUPED
    return Mode.CHUNKED if offers("chunking") else Mode.ONE_BY_ONE


class Speech:
    """Makes the commands of one connection, each with the time that its reply may take."""

    __slots__ = ("_command", "_content", "_data", "_mail", "_rcpt", "mode")

    def __init__(self, mode: Mode, timeouts: Timeouts) -> None:
        self.mode = mode
        self._command = timeouts.command.total_seconds()
        self._mail, self._rcpt = timeouts.mail.total_seconds(), timeouts.rcpt.total_seconds()
        self._data, self._content = timeouts.data.total_seconds(), timeouts.content.total_seconds()

    def transaction(self, envelope: Envelope, *, reset: bool, announced: bool) -> Transaction:
        """Return the commands of an envelope, after RSET if one is due; `announced` adds DATA where it may stand."""
        commands = [
            Command(Phase.MAIL, f"MAIL FROM:<{envelope.sender}>\r\n".encode("ascii"), self._mail),
            Command(Phase.RCPT, f"RCPT TO:<{envelope.recipient}>\r\n".encode("ascii"), self._rcpt),
        ]
        data = Command(Phase.DATA, _DATA, self._data) if announced and self.mode is Mode.GROUPED else None
        if data is not None:
            commands.append(data)
        return Transaction(envelope, [self.reset(), *commands] if reset else commands, data)

    def reset(self) -> Command:
        """Return what ends a transaction."""
        return Command(Phase.MAIL, _RSET, self._command)

    def data(self) -> Command:
        """Return what announces content."""
        return Command(Phase.DATA, _DATA, self._data)

    def content(self) -> Command:
        """Return what stands for the content: its octets are written apart."""
        return Command(Phase.CONTENT, b"", self._content)

    def goodbye(self) -> Command:
        """Return what ends the connection."""
        return Command(Phase.MAIL, b"QUIT\r\n", self._command)


class Transaction:
    """One letter on its way: its envelope, the commands that say it, and DATA if that is among them."""

    __slots__ = ("commands", "data", "envelope")

    def __init__(self, envelope: Envelope, commands: Sequence[Command], data: Command | None) -> None:
        self.envelope = envelope
        self.commands = commands
        self.data = data

    def verdict(self, broken: str) -> Verdict:
        """Return what the replies come to: the first that is not positive, or that content may follow.

        `broken` is why there will be no more replies, or empty.
        """
        for command in self.commands:
            reply = command.reply
            if reply is None or reply.code // 100 != command.granting:
                return self._answer(command, broken)
        return lost(Phase.DATA, broken) if broken else WELCOME

    def _answer(self, command: Command, broken: str) -> Verdict:
        if command.reply is None:
            return lost(command.phase, broken)
        if command.line is _RSET:  # it says nothing of this letter
            return lost(Phase.MAIL, "RSET was refused")
        return read_reply(command.reply.code, command.reply.text, command.phase, recipient=self.envelope.recipient)

    @property
    def may_be_reset(self) -> bool:
        """Tell whether the relay expects a command next, for certain, and not content."""
        said = (command for command in self.commands if command is not self.data and command.reply is not None)
        settled = all(command.is_granted or command.is_refused for command in said)
        return settled and (self.data is None or self.data.is_refused)
