"""How does a mail become bytes? RFC 5322, by a strict builder: one of each header, nothing injected.

Law: equal messages give equal bytes, in ASCII with CRLF line ends, and any reader gets back exactly the
subject, names and bodies that went in. A value that could break this is refused when the message is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from mailer.core.addresses import Mailbox
from mailer.core.encodings import encode_text
from mailer.core.headers import LONGEST_LINE, fold, mailbox_field, refuse_injection, text_field
from mailer.core.multipart import Attachment, attachment_entity, multipart, text_entity
from mailer.errors import HeaderError

__all__ = ["Attachment", "Message", "build", "too_large"]

LARGEST_HTML = 90 * 1024  # octets; mail programs clip at about 102 KB, the way to unsubscribe first
LARGEST_ENCODED_HTML = 100 * 1024
LONGEST_UNSUBSCRIBE_URL = 75  # longer ones are folded by relays as encoded words, which breaks one-click
_LONGEST_ID = 250

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_LIST_ID = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_URI = re.compile(r"[!#-;=?-~]+")  # printable ASCII without space, quote, < and >
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


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
        self._check_ids()
        _check_unsubscribe(self.list_unsubscribe, one_click=self.one_click)

    def _check_ids(self) -> None:
        identifiers = (self.message_id, *filter(None, [self.in_reply_to]), *self.references)
        for identifier in identifiers:
            refuse_injection("a message id", identifier)
            if not _MESSAGE_ID.fullmatch(identifier) or len(identifier) > _LONGEST_ID:
                raise HeaderError(f"a message id is <left@right> of at most {_LONGEST_ID} characters")
        if self.list_id and (not _LIST_ID.fullmatch(self.list_id) or len(self.list_id) > _LONGEST_ID):
            raise HeaderError(f"a list id is like case.campaigns.example, not {self.list_id!r}")


def build(message: Message) -> bytes:
    """Return the message as it goes over the wire, before dots are doubled."""
    return "".join(_fields(message)).encode("ascii") + _content(message)


def too_large(html: str) -> bool:
    """Tell whether mail programs would clip this HTML: over 90 KB, or over 100 KB once encoded."""
    return len(html.encode(errors="replace")) > LARGEST_HTML or len(encode_text(html).content) > LARGEST_ENCODED_HTML


def _fields(message: Message) -> list[str]:
    """Return every header field but those of the content, each once."""
    fields = [
        fold("Date", [_date(message.date)]),
        mailbox_field("From", message.sender.name, message.sender.address),
        mailbox_field("To", message.recipient.name, message.recipient.address),
        fold("Message-ID", [message.message_id]),
        text_field("Subject", message.subject),
    ]
    if message.reply_to is not None:
        fields.append(mailbox_field("Reply-To", message.reply_to.name, message.reply_to.address))
    if message.in_reply_to:
        fields.append(fold("In-Reply-To", [message.in_reply_to]))
    if message.references:
        fields.append(fold("References", list(message.references)))
    if message.thread_topic:  # [MS-OXCMAIL] 2.2.3.2: Outlook takes it for the topic of the conversation
        fields.append(text_field("Thread-Topic", message.thread_topic))
    return [*fields, *_list_fields(message), "MIME-Version: 1.0\r\n"]


def _list_fields(message: Message) -> list[str]:
    """Return the fields for programs: whose list it is, how to leave it, whether a machine wrote it.

    List-Unsubscribe is never folded: receivers look for its https URI by simple means.
    """
    fields = []
    if message.list_id:
        fields.append(f"List-Id: <{message.list_id}>\r\n")
    if message.list_unsubscribe:
        fields.append(f"List-Unsubscribe: {', '.join(f'<{uri}>' for uri in message.list_unsubscribe)}\r\n")
    if message.one_click:
        fields.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    if message.auto_submitted:
        fields.append(f"Auto-Submitted: {message.auto_submitted}\r\n")
    return fields


def _content(message: Message) -> bytes:
    """Return the entity that holds text, HTML and attachments."""
    content = text_entity("plain", message.text)
    if message.html:
        content = multipart("alternative", [content, text_entity("html", message.html)], message.boundary_seed)
    if message.attachments:
        files = map(attachment_entity, message.attachments)
        content = multipart("mixed", [content, *files], message.boundary_seed)
    return content


def _date(moment: datetime) -> str:
    """Return RFC 5322 3.3 in UTC; the names of days and months are English in every locale."""
    utc = moment.astimezone(UTC)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc:%H:%M:%S} +0000"


def _check_unsubscribe(uris: tuple[str, ...], *, one_click: bool) -> None:
    """Refuse URIs that would not survive in List-Unsubscribe (RFC 2369, RFC 8058)."""
    for uri in uris:
        refuse_injection("List-Unsubscribe", uri)
        if not _URI.fullmatch(uri):
            raise HeaderError("an URI of List-Unsubscribe has to be ASCII without spaces, quotes and angle brackets")
        if not uri.startswith("mailto:") and not _is_web(uri):
            raise HeaderError("an URI of List-Unsubscribe has to be https or mailto")
    web = [uri for uri in uris if not uri.startswith("mailto:")]
    if len(web) > 1 or any(len(uri) > LONGEST_UNSUBSCRIBE_URL for uri in web):
        raise HeaderError(f"List-Unsubscribe takes one https URI of at most {LONGEST_UNSUBSCRIBE_URL} characters")
    if one_click and not web:
        raise HeaderError("one-click unsubscribing needs an https URI (RFC 8058 3.1), or http on this machine")
    if sum(len(uri) + 4 for uri in uris) > LONGEST_LINE - len("List-Unsubscribe:"):
        raise HeaderError(f"List-Unsubscribe is longer than {LONGEST_LINE} characters")


def _is_web(uri: str) -> bool:
    """Tell whether an URI is https, or http to this machine (the demo and tests)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        uri.startswith("https://") or (uri.startswith("http://") and parts.hostname in _LOOPBACK)
    )
