"""How does a letter become a draft that a mail program opens, ready to send? An `.eml` file (RFC 5322).

Law: it names neither sender nor date nor id: the mail program of whoever sends it puts those in. Nothing in it can
start another header.
"""

from __future__ import annotations

from mailer.core.addresses import check_address
from mailer.core.encodings import encode_text
from mailer.core.headers import fold, text_field
from mailer.core.multipart import text_entity
from mailer.core.webmail import Draft


def build_draft(draft: Draft) -> bytes:
    """Return the draft: ASCII, CRLF; `X-Unsent` makes Outlook open it for writing instead of reading.

    Raises:
        AddressError: an address is not one mailbox.
        HeaderError: the subject is empty or could inject a header.
    """
    fields = [
        "X-Unsent: 1\r\n",
        _addresses("To", (draft.to,)),
        _addresses("Cc", draft.cc),
        _addresses("Bcc", draft.bcc),
        text_field("Subject", draft.subject),
        "MIME-Version: 1.0\r\n",
    ]
    return "".join(fields).encode("ascii") + bytes(text_entity("plain", encode_text(draft.body)))


def _addresses(name: str, addresses: tuple[str, ...]) -> str:
    """Return an address field, nothing where nobody is addressed."""
    for address in addresses:
        check_address(address)
    words = [f"{address}," for address in addresses[:-1]] + list(addresses[-1:])
    return fold(name, words) if words else ""
