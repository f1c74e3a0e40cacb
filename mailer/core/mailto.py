"""Which link opens a letter in a mail program, ready to send? RFC 6068.

Law: a link carries the whole text or none of it; a text that was cut would be sent cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from mailer.core.addresses import check_address
from mailer.core.encodings import printable
from mailer.core.headers import refuse_injection

ANY_LENGTH = 10**6
LONGEST_LINK = 1600  # characters: what mail programs and systems take from a browser (measured)
_RESERVED = re.compile(r"[^A-Za-z0-9._~-]")
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class MailtoLink:
    """A mailto link; `has_text` tells whether the letter itself is in it.

    `without_copy` is the link of the same letter without its blind copy, empty where it has none.
    """

    url: str
    has_text: bool
    without_copy: str = ""


def mailto(
    to: str,
    *,
    subject: str,
    body: str,
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    limit: int = LONGEST_LINK,
) -> MailtoLink:
    """Return the link for a letter; over `limit` characters it has recipients and subject only.

    Addresses are ASCII. Everything but letters, digits and `-._~` is percent-encoded as UTF-8, "+" and
    quotes too, so that the link also survives programs that read it as a form or put it into HTML.

    Raises:
        AddressError: an address is not one mailbox.
        HeaderError: the subject could inject a header.
    """
    refuse_injection("the subject of a letter", subject)
    fields = [("cc", _addresses(cc)), ("bcc", _addresses(bcc)), ("subject", quote(subject, safe=""))]
    whole = [*fields, ("body", _quoted(body))]
    has_text = len(_link(to, whole)) <= limit
    chosen = whole if has_text else fields
    without_copy = _link(to, [field for field in chosen if field[0] != "bcc"]) if bcc else ""
    return MailtoLink(_link(to, chosen), has_text, without_copy)


def quoted_length(text: str) -> int:
    """Return how long a text is in a link."""
    if text.isascii() and text.isprintable():
        return len(text) + 2 * len(_RESERVED.findall(text))  # three characters each
    return len(_quoted(text))


def _quoted(text: str) -> str:
    """Return a text as it stands in a link."""
    return quote(_LINE_END.sub("\r\n", printable(text)), safe="")


def _link(to: str, fields: Sequence[tuple[str, str]]) -> str:
    filled = "&".join(f"{name}={value}" for name, value in fields if value)
    return f"mailto:{_addresses([to])}" + (f"?{filled}" if filled else "")


def _addresses(addresses: Sequence[str]) -> str:
    for address in addresses:
        check_address(address)
    return ",".join(quote(address, safe="@") for address in addresses)
