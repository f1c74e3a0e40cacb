"""What do we answer to a command that came by mail? One of five things, once a day, by a mailing named after it.

Law: the name of the mailing says all that the answer is made of; nothing of the mail that is answered is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailer.core.mail_commands import Command
from mailer.core.texts import LocalText

HOW_TO = "how-to"
_PREFIX = "reply-"
_OF_A_CASE = frozenset({Command.SENT, Command.NOT_THIS_CASE})


@dataclass(frozen=True, slots=True)
class Reply:
    """What was done; without a `command` nothing was, and how to give one is told.

    The campaign, and the number of its revision of that moment, are those of a command that is about one case.
    """

    command: Command | None
    campaign_id: str = ""
    revision: int = 0

    def __post_init__(self) -> None:
        needs = self.command in _OF_A_CASE
        if (bool(self.campaign_id), self.revision > 0) != (needs, needs):
            raise ValueError(f"an answer to {self.name} names {'its' if needs else 'no'} case")

    @property
    def name(self) -> str:
        """Return what was done, in a word."""
        return self.command.value if self.command else HOW_TO

    def mailing_id(self, day: date) -> str:
        """Return the mailing that such answers of a day (UTC) belong to."""
        named = f"{daily_prefix(self.command, day)}.{self.revision}.{self.campaign_id}"
        return named if self.campaign_id else daily_prefix(self.command, day)


@dataclass(frozen=True, slots=True)
class Answering:
    """What the mail that answers is made of: what was done, and what the case is called.

    `names_letter` tells that it is known to whom somebody wrote: their page takes it back by the target.
    """

    reply: Reply
    title: LocalText | None = None
    names_letter: bool = False


def daily_prefix(command: Command | None, day: date) -> str:
    """Return how the mailings begin that answer one command on one day (UTC)."""
    return f"{_PREFIX}{day.isoformat()}.{command.value if command else HOW_TO}"


def read_reply_id(mailing_id: str) -> Reply | None:
    """Return what a mailing answers, None if it answers nothing."""
    if not mailing_id.startswith(_PREFIX):
        return None
    _, name, *case = mailing_id.split(".", 3)
    number, campaign_id = case or ("0", "")
    return Reply(None if name == HOW_TO else Command(name), campaign_id, int(number))
