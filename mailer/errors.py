"""What can go wrong, and with which exit code does a command end? One tree, drawn here.

    MailerError                      70  a fault of ours
    |- ConfigurationError            78  settings, keys, a database without its key
    |- UsageError                    64  the command's words; no terminal and no --yes
    |- CampaignFileError             65  problems in campaigns.yaml or a CSV header, all of them
    |- RenderingError                65  a template or a letter that does not render
    |- MarkError                     65  a mail that no skeleton can stand for: it is composed by itself
    |- AddressError (ValueError)     65  not one mailbox
    |- HeaderError (ValueError)      65  a header value that could inject another header
    |- UnreadableMailError           65  octets that came to the mailbox, and are no mail
    |- UnreadableAppealError         65  an appeal without a text to draft a campaign from
    |- LinkError                     65  a token that is not ours
    |  `- LinkExpiredError           65  one of ours that is too old
    |- TransitionError               70  a delivery asked to do what its state forbids
    |- NotFoundError                 65  a campaign, supporter or mailing that does not exist
    |- StoreError                    74  the database cannot be read or written
    |  |- StoreUnavailableError      75  not now: it is away, locked, full or read-only; the same may work later
    |  `- SealError                  74  one row of it cannot be opened
    |- OutputError                   73  a file cannot be created
    |- ConsentError                  77  an address that left, or is suppressed, is not written to again
    |- ServiceError                  69  a public service that was asked did not answer as it should
    |- TryAgainError                 75  deferred letters remain, a restored backup, an unknown key id
    |- MailboxError
    |  |- MailboxUnavailableError   69  no connection, TLS failed, hung up, no folder (also a ConnectionError)
    |  `- MailboxPolicyError        77  login or certificate refused
    `- RelayError
       |- RelayUnavailableError      69  no connection, TLS failed, hung up (also a ConnectionError)
       `- RelayPolicyError           77  login refused, or the relay wants nothing from us

The codes are those of sysexits.h. A reply of the relay is data (a verdict); only a broken conversation
is an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


class MailerError(Exception):
    """Anything that this project raises on purpose; the message is for the organiser."""

    exit_code = 70


class ConfigurationError(MailerError):
    """A setting, a key or a file of the installation is missing or wrong."""

    exit_code = 78


class UsageError(MailerError):
    """The command cannot be carried out as it was given."""

    exit_code = 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file, told so that it can be mended without reading code.

    `line` and `column` count from 1; `where` is the path in words, `hint` says what would be right.
    """

    severity: str
    file: str
    line: int
    column: int
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem on one line, beginning file:line:column."""
        hint = f" - {self.hint}" if self.hint else ""
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {where}{self.message}{hint}"


class CampaignFileError(MailerError):
    """A file has problems; `problems` holds all of them."""

    exit_code = 65

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class RenderingError(MailerError):
    """A template or a letter does not render; the message names file and line."""

    exit_code = 65


class MarkError(MailerError):
    """More is asked of a value that stands for many supporters' than to be shown: each mail has to be rendered."""

    exit_code = 65


class AddressError(MailerError, ValueError):
    """A text is not the address of exactly one mailbox."""

    exit_code = 65


class HeaderError(MailerError, ValueError):
    """A header value holds what could start another header."""

    exit_code = 65


class UnreadableMailError(MailerError):
    """What came is no mail: not even one field can be read."""

    exit_code = 65


class UnreadableAppealError(MailerError):
    """No text can be read from an appeal: a PDF of pictures, a damaged file."""

    exit_code = 65


class LinkError(MailerError):
    """A token does not verify: forged, cut, for another purpose, or of a dropped key."""

    exit_code = 65


class LinkExpiredError(LinkError):
    """A token is ours, and too old: a newer mail brings another."""


class TransitionError(MailerError):
    """A delivery was asked to do what its state forbids."""


class NotFoundError(MailerError):
    """A campaign, supporter or mailing that was named does not exist."""

    exit_code = 65


class StoreError(MailerError):
    """The database cannot be read or written."""

    exit_code = 74


class StoreUnavailableError(StoreError):
    """The database is away, locked, full or read-only for now.

    Whether a transaction that was being committed is durable is unknown: what is repeated must be idempotent.
    """

    exit_code = 75


class SealError(StoreError):
    """A row was changed, or belongs to another row, table or key; the others can still be read."""


class OutputError(MailerError):
    """A file or folder cannot be created."""

    exit_code = 73


class ConsentError(MailerError):
    """An address left or is suppressed, and only its owner can change that."""

    exit_code = 77


class TryAgainError(MailerError):
    """Nothing is lost, but the work is not finished."""

    exit_code = 75


class ServiceError(MailerError):
    """A public service did not answer, or not as it should; nothing was changed. `status` is its HTTP status, or 0."""

    exit_code = 69

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class MailboxError(MailerError):
    """The campaign's mailbox cannot be read; what is in it stays there."""

    exit_code = 69


class MailboxUnavailableError(MailboxError, ConnectionError):
    """No connection, TLS failed, the server hung up, or there is no such folder; it may be there later."""


class MailboxPolicyError(MailboxError):
    """The mailbox refuses us: login or certificate."""

    exit_code = 77


class RelayError(MailerError):
    """The conversation with the relay broke; `asked_pause` is how long it asked us to stay away, if it did."""

    exit_code = 69

    def __init__(self, message: str, *, asked_pause: timedelta | None = None) -> None:
        super().__init__(message)
        self.asked_pause = asked_pause


class RelayUnavailableError(RelayError, ConnectionError):
    """No connection, TLS failed, or the relay hung up."""


class RelayPolicyError(RelayError):
    """The relay refuses us: login, certificate or policy."""

    exit_code = 77
