"""What are mails composed with? Templates, places for links, a key for tokens, and what attaches and signs.

Law: the same tools make the same mail of the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailer.core.links import Places
from mailer.core.mailview import MailContext, Rendered
from mailer.core.message import Attachment
from mailer.core.tokens import TokenKey


class Renderer(Protocol):
    """What composing needs of templates."""

    def render(self, context: MailContext) -> Rendered:
        """Return the words of one mail."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The files that a mail carries, and the names of those that it could not take."""

    files: tuple[Attachment, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the files are called."""
        return tuple(file.filename for file in self.files)


class Attacher(Protocol):
    """What composing needs of files that travel with a mail."""

    def attach(self, context: MailContext) -> Attached:
        """Return the files that a mail carries, the same for the same context."""


class Signer(Protocol):
    """What composing needs of a signature by which receivers know the domain."""

    def sign(self, content: bytes, now: datetime) -> bytes:
        """Return the message with its signature in front, the same for the same `now` (UTC)."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What mails are composed with; without an attacher they carry nothing, without a signer they are not signed."""

    renderer: Renderer
    places: Places
    key: TokenKey
    attacher: Attacher | None = None
    signer: Signer | None = None
