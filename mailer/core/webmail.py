"""Which link opens a letter in a webmail, ready to send? The compose pages of the large providers.

Law: a link carries the whole text or none of it, and recipients and subject always; a provider whose page is not
known from a source is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mailer.core.mailto import mailto

_NO_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Webmail:
    """One provider: `prefix` is followed by the letter as a percent-encoded mailto link.

    `limit` is how many characters its servers take. `by_fields` tells that its page takes to, subject, cc, bcc and body
    instead, as a form would send them.
    """

    id: str
    name: str
    prefix: str
    limit: int
    by_fields: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter on its way into a mail program: plain texts, addresses in ASCII."""

    to: str
    subject: str
    body: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComposeLink:
    """A link to a compose page; `has_text` tells whether the letter itself is in it."""

    url: str
    has_text: bool


# nginx refuses lines over 8 KB where nothing else is set (large_client_header_buffers); half of that leaves room for
# cookies and sign-in pages that carry the address on. Microsoft's request filtering refuses queries over 2,048.
_NGINX: Final = 4_000
_IIS: Final = 2_000

# Sources. Gmail, Mail.ru, Yandex: the mailto handlers that Firefox ships (uriTemplate "...%s", the whole link
# percent-encoded). Outlook: what Outlook on the web registers itself as (registerProtocolHandler); its plain `cc=` is
# dropped and a plain "+" becomes a blank. Yahoo: to, subject, cc, bcc and body, as link collections have it.
WEBMAILS: Final = (
    Webmail("gmail", "Gmail", "https://mail.google.com/mail/?extsrc=mailto&url=", _NGINX),
    Webmail("outlook", "Outlook.com", "https://outlook.live.com/mail/0/deeplink/compose?mailtouri=", _IIS),
    Webmail("office", "Outlook (Microsoft 365)", "https://outlook.office.com/mail/deeplink/compose?mailtouri=", _IIS),
    Webmail("yahoo", "Yahoo Mail", "https://compose.mail.yahoo.com/?", _NGINX, by_fields=True),
    Webmail("mailru", "Mail.ru", "https://e.mail.ru/cgi-bin/sentmsg?mailto=", _NGINX),
    Webmail("yandex", "Yandex", "https://mail.yandex.ru/compose?mailto=", _NGINX),
)


def find_webmail(name: str) -> Webmail | None:
    """Return the provider with this id, or None."""
    return next((each for each in WEBMAILS if each.id == name), None)


def compose_link(webmail: Webmail, draft: Draft) -> ComposeLink:
    """Return the link that opens `draft`; where it grows too long, recipients and subject alone.

    Raises:
        AddressError: an address is not one mailbox.
        HeaderError: the subject could inject a header.
    """
    whole = _url(webmail, draft, has_text=True)
    if len(whole) <= webmail.limit:
        return ComposeLink(whole, has_text=True)
    return ComposeLink(_url(webmail, draft, has_text=False), has_text=False)


def _url(webmail: Webmail, draft: Draft, *, has_text: bool) -> str:
    """Return the link with or without the text."""
    limit = _NO_LIMIT if has_text else 0
    link = mailto(draft.to, subject=draft.subject, body=draft.body, cc=draft.cc, bcc=draft.bcc, limit=limit).url
    if not webmail.by_fields:
        return webmail.prefix + quote(link, safe="")
    to, _, fields = link.removeprefix("mailto:").partition("?")
    return f"{webmail.prefix}to={to}&{fields}"
