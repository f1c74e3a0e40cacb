"""How is an URL read in which a password may stand? What those of relays and of the mailbox have in common.

Law: no error repeats a part of the URL, because a badly quoted password can stand in any of them. Each problem is a
ValueError that tells what would be right; which setting it is about is added by the one that reads it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_QUOTING = "percent-encode what is special in a password"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f]|[^\x00-\x7f]")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def split_login_url(url: str, *, without: str) -> SplitResult:
    """Return the parts of an URL, whose port can be read; none of the marks in `without` may stand in it.

    Raises:
        ValueError: it cannot be read as a whole.
    """
    if problem := _unreadable(url, without):
        raise ValueError(problem)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # its text shows a part of the URL
        raise ValueError(f"its host or port cannot be read; {_QUOTING}") from None
    return parts


def host_of(parts: SplitResult, *, forms: str) -> str:
    """Return the host; `forms` are the URLs that would be right.

    Raises:
        ValueError: there is none, there is a path behind it, or its port is 0.
    """
    host = parts.hostname or ""
    if not (_HOST.fullmatch(host) or _is_address(host)) or parts.path not in ("", "/"):
        raise ValueError(f"{forms} would be right; {_QUOTING}")
    if parts.port == 0:
        raise ValueError("the port has to be 1 to 65535")
    return host


def folder_of(parts: SplitResult, base: Path | None, *, forms: str) -> Path:
    """Return the folder that an URL stands for; a relative one counts from `base`.

    Raises:
        ValueError: it names none.
    """
    path = unquote(parts.path)
    if parts.netloc or not path or "\0" in path:
        raise ValueError(f"{forms} would be right")
    return (base or Path()) / path


def is_this_machine(host: str) -> bool:
    """Tell whether a host is this machine; a name that only begins like a loopback address is not."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _unreadable(url: str, without: str) -> str:
    """Return what makes an URL unreadable as a whole, or an empty text."""
    if _UNPRINTABLE.search(url):
        return "it holds a space, a control or a letter outside ASCII: percent-encode it"
    if _ESCAPE.search(url):
        return "it holds a % that begins no escape: a % in a password is written %25"
    held = next((mark for mark in without if mark in url), "")
    return f"it holds a {held}: a {held} in a password is written %{ord(held):02X}" if held else ""


def _is_address(host: str) -> bool:
    """Tell whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
