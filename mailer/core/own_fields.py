"""Which header fields are one person's own, in a mail that many get? To whom, which mail of which thread, how to leave.

Law: what could inject a field, or breaks its RFC, is refused and never repaired.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from mailer.core.addresses import Mailbox
from mailer.core.headers import LONGEST_LINE, fold, mailbox_field, refuse_injection
from mailer.errors import HeaderError

LONGEST_UNSUBSCRIBE_URL = 75  # longer ones are folded by relays as encoded words, which breaks one-click
LONGEST_ID = 250

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_URI = re.compile(r"[!#-;=?-~]+")  # printable ASCII without space, quote, < and >
_PLAIN_WEB = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9._~/-]*)?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Own(NamedTuple):
    """What is one person's own in a mail, apart from its text; the fields are those of `Message`."""

    recipient: Mailbox
    message_id: str
    boundary_seed: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    list_unsubscribe: tuple[str, ...] = ()

    def check(self, *, one_click: bool) -> None:
        """Do nothing for values that a message may have.

        Raises:
            HeaderError: a value could inject a header or breaks its RFC.
        """
        for identifier in (self.message_id, *filter(None, [self.in_reply_to]), *self.references):
            refuse_injection("a message id", identifier)
            if not _MESSAGE_ID.fullmatch(identifier) or len(identifier) > LONGEST_ID:
                raise HeaderError(f"a message id is <left@right> of at most {LONGEST_ID} characters")
        _check_unsubscribe(self.list_unsubscribe, one_click=one_click)

    @property
    def address_fields(self) -> str:
        """Return for whom it is, and which mail it is."""
        to = mailbox_field("To", self.recipient.name, self.recipient.address)
        return f"{to}Message-ID: {self.message_id}\r\n"  # one word is never folded

    @property
    def thread_fields(self) -> str:
        """Return which mail it follows, nothing if it follows none."""
        answered = fold("In-Reply-To", [self.in_reply_to]) if self.in_reply_to else ""
        return answered + (fold("References", list(self.references)) if self.references else "")

    @property
    def unsubscribe_field(self) -> str:
        """Return how to leave the list; never folded: receivers look for its https URI by simple means."""
        uris = ", ".join([f"<{uri}>" for uri in self.list_unsubscribe])
        return f"List-Unsubscribe: {uris}\r\n" if uris else ""


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
    if _PLAIN_WEB.fullmatch(uri):  # most are, and taking an URI apart costs more than all other checks
        return True
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        uri.startswith("https://") or (uri.startswith("http://") and parts.hostname in _LOOPBACK)
    )
