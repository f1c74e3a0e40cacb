"""What is said of one letter, in which groups, and what do the replies to its envelope come to?

Law: DATA stands in the group of the envelope only where the letter may be written at once if it is granted: after a
354 nothing but content or the end of the connection can follow (RFC 2920 3.1, RFC 5321 4.1.1.4).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from mailer.adapters.relay.conversation import Command, Exchange
from mailer.adapters.relay.reading import Reply
from mailer.adapters.relay.replies import lost, read_reply
from mailer.adapters.relay.timeouts import Timeouts
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope

WELCOME = Verdict(354, "", "", Phase.DATA)  # to an envelope: its content may be written
_RSET = b"RSET\r\n"
_DATA = b"DATA\r\n"
_Commands = tuple[Command, ...]


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
    """Makes what is said over one connection; of each command it is known beforehand how long its reply may take."""

    __slots__ = (
        "_announced",
        "_content",
        "_data",
        "_envelope",
        "_goodbye",
        "_reset",
        "is_chunked",
        "is_grouped",
        "mode",
    )

    def __init__(self, mode: Mode, timeouts: Timeouts) -> None:
        self.mode = mode
        self.is_grouped, self.is_chunked = mode is Mode.GROUPED, mode is Mode.CHUNKED
        mail, rcpt = timeouts.mail.total_seconds(), timeouts.rcpt.total_seconds()
        self._envelope: _Commands = (Command(Phase.MAIL, mail), Command(Phase.RCPT, rcpt))
        self._data: _Commands = (Command(Phase.DATA, timeouts.data.total_seconds()),)
        self._content = (Command(Phase.CONTENT, timeouts.content.total_seconds()),)
        self._announced: _Commands = self._envelope + self._data
        self._reset = (Command(Phase.MAIL, timeouts.command.total_seconds(), is_of_letter=False),)
        self._goodbye = (Command(Phase.MAIL, timeouts.command.total_seconds()),)

    def transaction(self, envelope: Envelope, *, reset: bool, announced: bool) -> Transaction:
        """Return what says an envelope, after RSET if one is due; `announced` adds DATA where it may stand."""
        commands = self._envelope
        octets = f"MAIL FROM:<{envelope.sender}>\r\nRCPT TO:<{envelope.recipient}>\r\n".encode("ascii")
        if announced and self.is_grouped:
            commands, octets = self._announced, octets + _DATA
        if reset:
            commands, octets = self._reset + commands, _RSET + octets
        return Transaction(envelope, commands, octets)

    def announcement(self, envelope: Envelope) -> Transaction:
        """Return what announces a content by itself."""
        return Transaction(envelope, self._data, _DATA)

    def reset(self) -> Exchange:
        """Return what ends a transaction."""
        return Exchange(self._reset, _RSET)

    def content(self) -> Exchange:
        """Return what stands for the content: its octets are written apart."""
        return Exchange(self._content, b"")

    def goodbye(self) -> Exchange:
        """Return what ends the connection."""
        return Exchange(self._goodbye, b"QUIT\r\n")


class Transaction(Exchange):
    """One letter on its way: its envelope, with what is said of it."""

    __slots__ = ("envelope",)

    def __init__(self, envelope: Envelope, commands: _Commands, octets: bytes) -> None:
        super().__init__(commands, octets)
        self.envelope = envelope

    @property
    def is_announced(self) -> bool:
        """Tell whether DATA is said behind the envelope."""
        return self.commands[-1].is_data

    def verdict(self, broken: str) -> Verdict:
        """Return what the replies come to: the first that is not positive, or that content may follow.

        `broken` is why there will be no more replies, or empty.
        """
        for command, reply in zip(self.commands, self.replies, strict=False):  # the last ones may be missing
            if reply.code // 100 != command.granting:
                return self._refusal(command, reply)
        if len(self.replies) < len(self.commands):
            return lost(self.commands[len(self.replies)].phase, broken)
        return lost(Phase.DATA, broken) if broken else WELCOME

    def _refusal(self, command: Command, reply: Reply) -> Verdict:
        """Return what the first reply that is not positive comes to."""
        if not command.is_of_letter:
            return lost(Phase.MAIL, "RSET was refused")
        return read_reply(reply.code, reply.text, command.phase, recipient=self.envelope.recipient)

    @property
    def may_have_data(self) -> bool:
        """Tell whether DATA may have been granted, or may yet be: then nothing but content can follow."""
        if not self.is_announced:
            return False
        return len(self.replies) < len(self.commands) or not self.replies[-1].is_refusal

    @property
    def may_be_reset(self) -> bool:
        """Tell whether the relay expects a command next, for certain, and not content."""
        answered = zip(self.commands, self.replies, strict=False)
        return not self.may_have_data and all(command.is_settled_by(reply) for command, reply in answered)
