"""What is inside a caught mail? Its headers, its text, its HTML and its source, as far as they can be read.

The standard library's parser crashes on hostile mail, so every reading stands in its own guard: what cannot
be read is told in `broken`, and the source is always there.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser

SHOWN_HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "List-Id",
    "List-Unsubscribe",
)
LARGEST_SOURCE = 500_000  # bytes that are shown; a browser is slow beyond

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """A mail as it can be shown; `headers` are (name, value), a text that is not there is empty.

    `language` is the Content-Language, or empty; `attachments` are file names; `broken` tells why the
    mail could not be read, else it is empty.
    """

    subject: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    language: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[str, ...] = ()
    broken: str = ""


def open_mail(content: bytes) -> OpenedMail:
    """Return everything that can be shown of a mail; never raises."""
    try:
        return _opened(message_from_bytes(content, policy=policy.default))
    except Exception as error:  # hostile mail crashes the parser in ways that cannot be listed
        return OpenedMail(broken=_told(error))


def read_subject(content: bytes) -> str:
    """Return the subject alone, or what stands for it in a list; never raises."""
    try:
        message = BytesHeaderParser(policy=policy.default).parsebytes(content)
        return visible(str(message.get("Subject", ""))) or "(no subject)"
    except Exception as error:  # as in open_mail
        return f"(unreadable: {_told(error)})"


def source_of(content: bytes) -> str:
    """Return the bytes as text that can be shown: bytes that are no UTF-8 escaped, control characters as symbols."""
    cut = content[:LARGEST_SOURCE].decode("utf-8", errors="backslashreplace").replace("\r\n", "\n")
    rest = len(content) - LARGEST_SOURCE
    return visible(cut) + (f"\n[{rest} more bytes are not shown]" if rest > 0 else "")


def visible(text: str) -> str:
    """Return `text` with control characters as the symbols that Unicode has for them (U+2400 and on)."""
    return _CONTROLS.sub(lambda found: chr(0x2421 if found[0] == "\x7f" else 0x2400 + ord(found[0])), text)


def _opened(message: EmailMessage) -> OpenedMail:
    """Read a parsed mail; may raise whatever the parser raises."""
    headers = tuple((name, visible(str(message[name]))) for name in SHOWN_HEADERS if name in message)
    return OpenedMail(
        subject=dict(headers).get("Subject", "") or "(no subject)",
        headers=headers,
        language=visible(str(message.get("Content-Language", ""))),
        text=visible(_body(message, "plain")),
        html=_body(message, "html"),
        attachments=tuple(visible(part.get_filename() or "(no name)") for part in message.iter_attachments()),
    )


def _body(message: EmailMessage, kind: str) -> str:
    """Return the body of the subtype `kind`, or an empty text."""
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _told(error: Exception) -> str:
    """Return what to tell of a crash, and log its kind: the words of a mail are in no log."""
    _log.warning("a caught mail cannot be read: %s", type(error).__name__)
    return f"the parser gave up with {type(error).__name__}"
