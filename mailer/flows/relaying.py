"""What does a flow need of a relay? To open it, to offer letters and write their content, to close it.

Law: a relay never tries again by itself and never knows the queue; what it answers is a verdict, and the
flow decides what that means.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

from mailer.core.addresses import check_address
from mailer.core.verdicts import Verdict

_WORDS = re.compile(rb"[^\r\n. ]")
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")

BeforeContent = Callable[[], Awaitable[bool]]


class _Fields(NamedTuple):
    sender: str
    recipient: str
    content: bytes
    name: str
    retirements: int = 0
    in_lines: bool = False
    is_dotless: bool = False


class Envelope(_Fields):
    """One letter for a relay: from whom, to whom, which bytes, and a name for files and logs.

    `sender` may be empty (the null reverse-path). `content` is a message in ASCII. `name` is made of ids
    alone, the same for a letter that is handed over again. `retirements` is how many addresses were retired
    when it was composed. `in_lines` is said by who built the content: CRLF ends each of its lines, the last one
    too, and no CR or LF stands anywhere else. `is_dotless` is said only by who knows that no line of it begins with a
    dot; without it that is looked for.
    """

    __slots__ = ()

    def __new__(
        cls, sender: str, recipient: str, content: bytes, name: str, retirements: int = 0, in_lines: bool = False
    ) -> Envelope:
        """Refuse what could become another command or an empty letter.

        Raises:
            AddressError: sender or recipient is not one mailbox.
            ValueError: the content is empty or not in ASCII, or the name is no file's name.
        """
        check_address(recipient)
        if sender:
            check_address(sender)
        if not _WORDS.search(content) or not content.isascii() or b"\0" in content:
            raise ValueError("the content of a letter has to be a message in ASCII, without NUL")
        if not _NAME.fullmatch(name):
            raise ValueError(f"the name of a letter has to be letters, digits, '.', '_' and '-': {name!r}")
        return tuple.__new__(cls, (sender, recipient, content, name, retirements, in_lines, False))

    @classmethod
    def of_checked(
        cls, sender: str, recipient: str, content: bytes, name: str, retirements: int, *, is_dotless: bool = False
    ) -> Envelope:
        """Return the letter of values that cannot be refused: they were checked, or put together of such, in lines."""
        return tuple.__new__(cls, (sender, recipient, content, name, retirements, True, is_dotless))


class Relay(Protocol):
    """Where letters are handed to, one connection each. What is lost is opened again by the caller.

    A letter is offered (its envelope), then transferred (its content) or withdrawn. Whoever passes an envelope to
    `offer`, or to `transfer` as the one that follows, has a durable intent for it: it may be on the wire at once.
    """

    @property
    def is_open(self) -> bool:
        """Tell whether letters can be handed over."""

    async def open(self) -> None:
        """Connect, secure the connection, log in.

        Raises:
            RelayUnavailableError: not now.
            RelayPolicyError: not before somebody changes something.
        """

    async def offer(self, envelope: Envelope) -> Verdict:
        """Say from whom and to whom; a positive verdict means that the content may be written now.

        Any other has ended the transaction; of code 0 or 421, the connection too. The very envelope that followed
        in the last `transfer` is not said again: its replies are read.
        """

    async def transfer(self, following: Envelope | None = None) -> Verdict:
        """Write the content of the letter that was offered, and behind it the next envelope; return the reply.

        `following` goes into the same write where the relay lets commands be pipelined, else nowhere. A verdict of
        code 0 tells by its phase whether the content had been written: it is in doubt only in `content`.
        """

    async def withdraw(self) -> None:
        """Drop what was offered, or followed, without content: no letter comes of it, nor an empty one."""

    async def send(self, envelope: Envelope, before_content: BeforeContent | None = None) -> Verdict | None:
        """Hand over one letter by itself and return the reply; None if `before_content` withdrew it.

        `before_content` is awaited once the recipient was accepted and before any content is announced.
        """

    async def close(self) -> None:
        """Say goodbye if possible, and close."""
