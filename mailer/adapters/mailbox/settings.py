"""Which mailbox is read? The forms of MAILER_MAILBOX_URL, read and checked.

Law: no error and no repr shows more of an URL than its scheme, because a badly quoted password can stand
in any other part; and a login goes to nobody without TLS but to this machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, unquote

from mailer.adapters.login_urls import folder_of, host_of, is_this_machine, split_login_url
from mailer.errors import ConfigurationError

FORMS = "imaps://user:password@host:993, imap+insecure://user:password@127.0.0.1:143 or maildir:FOLDER"
_FOLDERS = "maildir:var/inbox or maildir:/srv/campaign/Maildir"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")  # in a login: each could begin another command


class Access(StrEnum):
    """How a mailbox is reached; the values are the schemes of URLs."""

    TLS = "imaps"
    LOOPBACK = "imap+insecure"
    MAILDIR = "maildir"


_PORTS = {Access.TLS: 993, Access.LOOPBACK: 143}


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One mailbox: a folder of this machine, or where to log in."""

    access: Access
    host: str = ""
    port: int = 0
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    folder: Path | None = None

    @property
    def label(self) -> str:
        """Return what people and logs may see: never who logs in."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.access}:{self.folder}" if self.folder else f"{self.access}://{host}:{self.port}"


def parse_mailbox_url(url: str, *, base: Path | None = None) -> MailboxSettings:
    """Return the mailbox that an URL stands for; a relative folder counts from `base`.

    Raises:
        ConfigurationError: the URL is wrong; the message tells what would be right.
    """
    access = _access(url)
    try:
        parts = split_login_url(url, without="#?")
        if access is Access.MAILDIR:
            return MailboxSettings(access, folder=folder_of(parts, base, forms=_FOLDERS))
        host = _host(access, parts)
        port = _PORTS[access] if parts.port is None else parts.port
        return MailboxSettings(access, host, port, *_login(parts))
    except ValueError as error:
        raise ConfigurationError(f"MAILER_MAILBOX_URL: the mailbox {access}:... cannot be used: {error}") from None


def _access(url: str) -> Access:
    """Return the scheme."""
    scheme, colon, rest = url.partition(":")
    is_folder = scheme.lower() == Access.MAILDIR
    if not colon or scheme.lower() not in list(Access) or not (is_folder or rest.startswith("//")):
        raise ConfigurationError(f"MAILER_MAILBOX_URL: not a mailbox: {FORMS} would be right")
    return Access(scheme.lower())


def _host(access: Access, parts: SplitResult) -> str:
    """Return the host, on this machine if the way to it is not protected."""
    host = host_of(parts, forms=FORMS)
    if access is Access.LOOPBACK and not is_this_machine(host):
        raise ValueError("without TLS only 127.0.0.1, [::1] and localhost may be named: use imaps://")
    return host


def _login(parts: SplitResult) -> tuple[str, str]:
    """Return user name and password, both of which there have to be."""
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not username or not password:
        raise ValueError("a user name and a password are needed: user:password@host")
    if _CONTROL.search(username + password):
        raise ValueError("user name and password have to be UTF-8 once decoded, without control characters")
    return username, password
