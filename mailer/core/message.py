"""How does a mail become bytes? RFC 5322, by a strict builder: one of each header, nothing injected.

Law: equal messages give equal bytes, in ASCII with CRLF line ends, and any reader gets back exactly the
subject, names and bodies that went in. A value that could break this is refused when the message is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from mailer.core.addresses import Mailbox
from mailer.core.encodings import EncodedBody, encode_text
from mailer.core.headers import fold, mailbox_field, refuse_injection, text_field
from mailer.core.multipart import Attachment, Entity, attachment_entity, multipart, text_entity
from mailer.core.own_fields import LONGEST_ID, Own
from mailer.errors import HeaderError

__all__ = ["Attachment", "Head", "Message", "build", "too_large"]

LARGEST_HTML = 90 * 1024  # octets; mail programs clip at about 102 KB, the way to unsubscribe first
LARGEST_ENCODED_HTML = 100 * 1024

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LIST_ID = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person, complete and checked.

    `message_id`, `in_reply_to` and `references` are in angle brackets, `list_id` (RFC 2919) is not.
    `list_unsubscribe` holds bare URIs: at most one https (http only to loopback), and mailto; `one_click`
    (RFC 8058) needs the https one. An empty `html` makes a mail of text alone. `auto_submitted` is "",
    "auto-generated" or "auto-replied" (RFC 3834). `thread_topic` is what mails of one thread share where their
    subjects differ: Outlook goes by it. `boundary_seed` makes the boundaries of parts.
    """

    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str
    html: str
    date: datetime
    message_id: str
    boundary_seed: str
    reply_to: Mailbox | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_topic: str = ""
    list_id: str = ""
    list_unsubscribe: tuple[str, ...] = ()
    one_click: bool = False
    auto_submitted: str = ""
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would not be one well-formed mail.

        Raises:
            HeaderError: a value could inject a header or breaks its RFC.
        """
        refuse_injection("Subject", self.subject)
        refuse_injection("Thread-Topic", self.thread_topic)
        if not self.subject:
            raise HeaderError("a message needs a subject")
        if self.date.tzinfo is None:
            raise HeaderError(f"the date of a message has to be aware, not {self.date}")
        if self.auto_submitted not in ("", "auto-generated", "auto-replied"):
            raise HeaderError(f"Auto-Submitted is auto-generated or auto-replied, not {self.auto_submitted!r}")
        if self.list_id and (not _LIST_ID.fullmatch(self.list_id) or len(self.list_id) > LONGEST_ID):
            raise HeaderError(f"a list id is like case.campaigns.example, not {self.list_id!r}")
        self.own.check(one_click=self.one_click)

    @property
    def own(self) -> Own:
        """Return what is its recipient's own in it."""
        return Own(
            self.recipient,
            self.message_id,
            self.boundary_seed,
            self.in_reply_to,
            self.references,
            self.list_unsubscribe,
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a mail, apart from its content's: the fields that many mails share, in the order of all."""

    origin: str
    subject: str
    topic: str
    kind: str

    @classmethod
    def of(cls, message: Message) -> Head:
        """Return what is not the recipient's own."""
        sender, reply_to = message.sender, message.reply_to
        answers = mailbox_field("Reply-To", reply_to.name, reply_to.address) if reply_to is not None else ""
        return cls(
            origin=fold("Date", [_date(message.date)]) + mailbox_field("From", sender.name, sender.address),
            subject=text_field("Subject", message.subject) + answers,
            topic=_topic_fields(message),
            kind=_kind_fields(message),
        )

    def fill(self, own: Own) -> bytes:
        """Return every field but those of the content, each once."""
        return (
            f"{self.origin}{own.address_fields}{self.subject}{own.thread_fields}{self.topic}"
            f"{own.unsubscribe_field}{self.kind}"
        ).encode("ascii")


def build(message: Message) -> bytes:
    """Return the message as it goes over the wire, before dots are doubled."""
    return assemble(
        Head.of(message),
        message.own,
        text=encode_text(message.text),
        html=encode_text(message.html) if message.html else None,
        files=map(attachment_entity, message.attachments),
    )


def assemble(head: Head, own: Own, *, text: EncodedBody, html: EncodedBody | None, files: Iterable[Entity]) -> bytes:
    """Return the message that has these parts."""
    content = text_entity("plain", text)
    if html is not None:
        content = multipart("alternative", [content, text_entity("html", html)], own.boundary_seed)
    enclosed = [content, *files]
    if len(enclosed) > 1:
        content = multipart("mixed", enclosed, own.boundary_seed)
    return b"".join((head.fill(own), *content.chunks))


def too_large(html: str) -> bool:
    """Tell whether mail programs would clip this HTML: over 90 KB, or over 100 KB once encoded."""
    return len(html.encode(errors="replace")) > LARGEST_HTML or len(encode_text(html).content) > LARGEST_ENCODED_HTML


def _topic_fields(message: Message) -> str:
    """Return what the mail belongs to: a conversation, a list."""
    # [MS-OXCMAIL] 2.2.3.2: Outlook takes Thread-Topic for the topic of the conversation
    topic = text_field("Thread-Topic", message.thread_topic) if message.thread_topic else ""
    return topic + (f"List-Id: <{message.list_id}>\r\n" if message.list_id else "")


def _kind_fields(message: Message) -> str:
    """Return the fields for programs: how to leave the list, whether a machine wrote it, and that it is MIME."""
    one_click = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" if message.one_click else ""
    automatic = f"Auto-Submitted: {message.auto_submitted}\r\n" if message.auto_submitted else ""
    return f"{one_click}{automatic}MIME-Version: 1.0\r\n"


def _date(moment: datetime) -> str:
    """Return RFC 5322 3.3 in UTC; the names of days and months are English in every locale."""
    utc = moment.astimezone(UTC)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc:%H:%M:%S} +0000"
