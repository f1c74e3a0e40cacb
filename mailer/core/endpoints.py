"""Which addresses can be ours? Those that letters can carry, that others can reach, and that stay on this machine.

Law: what is refused here would spoil every letter of a mailing, or show figures to strangers; a value that may hold a
password is not repeated.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from mailer.errors import ConfigurationError

LONGEST_PUBLIC_URL = 36
LONGEST_LOCAL_PART = 64  # RFC 5321 4.5.3.1.1
TOKEN_IN_ADDRESS = 40
_PLAIN_URL = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_PLAIN_LOCAL_PART = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_PLAIN_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def is_loopback(url: str) -> bool:
    """Tell whether a URL stays on this machine; a name that only begins like a loopback address does not."""
    if url.startswith("file:"):
        return True
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def check_public_url(url: str, relay: str) -> None:
    """Do nothing for a public URL that links in mails can carry, and that others can reach; empty is one too.

    Raises:
        ConfigurationError: it is another.
    """
    if not url:
        return
    problem = _url_problem(url)
    if not problem and is_loopback(url) and not all(is_loopback(one) for one in relay.split()):
        problem = "is this machine: nobody else could open the links that would be sent"
    if problem:
        raise ConfigurationError(f"MAILER_PUBLIC_URL: {problem}; right would be https://act.example.org")


def _url_problem(url: str) -> str:
    """Return what is wrong with a public URL by itself, without repeating it: it may hold a password."""
    if not _PLAIN_URL.fullmatch(url):
        return "it has to be http(s)://, a name in ASCII, and at most a port and a plain path"
    if url.startswith("http:") and urlsplit(url).hostname not in ("localhost", "127.0.0.1", "::1"):
        return "it has no TLS, and one-click leaving needs it (RFC 8058 3.1)"
    if len(url.rstrip("/")) > LONGEST_PUBLIC_URL:
        return f"it has {len(url)} characters, at most {LONGEST_PUBLIC_URL} fit into an unsubscribe header"
    return ""


def loopback_bind(bind: str) -> str:
    """Return where figures are served, which nobody has to log in to read.

    Raises:
        ConfigurationError: that is not this machine alone.
    """
    host = bind.rpartition(":")[0].strip("[]")
    if bind and not is_loopback(f"//[{host}]" if ":" in host else f"//{host}"):
        raise ConfigurationError(
            f"MAILER_METRICS_BIND: {host} is not this machine alone; right would be 127.0.0.1:9100"
        )
    return bind


def check_bounce_address(address: str) -> None:
    """Do nothing for an address that can carry a signed token behind a plus (VERP); empty is one too.

    Raises:
        ConfigurationError: it is another.
    """
    if not address:
        return
    local, _, domain = address.rpartition("@")
    fits = len(local) + 1 + TOKEN_IN_ADDRESS <= LONGEST_LOCAL_PART
    if not _PLAIN_LOCAL_PART.fullmatch(local) or not _PLAIN_DOMAIN.fullmatch(domain) or not fits:
        most = LONGEST_LOCAL_PART - 1 - TOKEN_IN_ADDRESS
        raise ConfigurationError(
            f"MAILER_BOUNCE_ADDRESS: it has to be one address in ASCII with at most {most} characters before the @; "
            "right would be bounces@example.org"
        )
