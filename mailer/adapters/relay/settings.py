"""Where are letters handed to? The forms of MAILER_RELAY_URL, read and checked.

Law: no error and no repr shows more of an URL than its scheme, because a badly quoted password can stand
in any other part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mailer.errors import ConfigurationError

_FORMS = "file:FOLDER, smtps://user:password@host:465, smtp://user:password@host:587 or smtp+insecure://127.0.0.1:2525"
_QUOTING = "percent-encode what is special in a password"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x20\x7f]|[^\x00-\x7f]")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LIMITS = "weight=, per_hour= and daily_cap="
_LIMITS_NAMES = frozenset({"weight", "per_hour", "daily_cap"})
_NUMBER = re.compile(r"[0-9]{1,10}")
_MOST = 1_000_000_000


class Security(StrEnum):
    """How the way to a relay is protected; the values are the schemes of URLs."""

    FILE = "file"
    IMPLICIT_TLS = "smtps"
    STARTTLS = "smtp"
    LOOPBACK = "smtp+insecure"


_PORTS = {Security.IMPLICIT_TLS: 465, Security.STARTTLS: 587, Security.LOOPBACK: 25}


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """One relay: how to reach it, and its share and limits (None: no limit of its own).

    `daily_caps` are those of the first days of use; the last one stays.
    """

    security: Security
    host: str = ""
    port: int = 0
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    folder: Path | None = None
    weight: int = 1
    per_hour: int | None = None
    daily_caps: tuple[int, ...] = ()

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether nothing leaves this machine because letters become files."""
        return self.security is Security.FILE

    @property
    def is_loopback(self) -> bool:
        """Tell whether the relay is on this machine, files included."""
        return self.is_rehearsal or _is_loopback(self.host)

    @property
    def label(self) -> str:
        """Return what people and logs may see: never who logs in."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"file:{self.folder}" if self.is_rehearsal else f"{self.security}://{host}:{self.port}"


def parse_relays(urls: str, *, base: Path | None = None) -> tuple[RelaySettings, ...]:
    """Return the relays that a space-separated list stands for.

    Raises:
        ConfigurationError: one is wrong, there is none, or a folder stands beside another relay: half a
            mailing would be a rehearsal.
    """
    relays = tuple(parse_relay_url(url, base=base) for url in urls.split())
    if not relays:
        raise ConfigurationError(f"no relay is named: {_FORMS} would be right")
    if len(relays) > 1 and any(relay.is_rehearsal for relay in relays):
        raise ConfigurationError("a relay file:FOLDER stands alone: beside others, half of a mailing would be sent")
    return relays


def parse_relay_url(url: str, *, base: Path | None = None) -> RelaySettings:
    """Return the relay that one URL stands for; a relative folder counts from `base`.

    Raises:
        ConfigurationError: the URL is wrong; the message tells what would be right.
    """
    security = _security(url)
    problem = _unreadable(url)
    if problem:
        raise _wrong(security, problem)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its text shows a part of the URL, which may be the password
        raise _wrong(security, f"its host or port cannot be read; {_QUOTING}") from None
    if security is Security.FILE:
        return _limited(RelaySettings(security, folder=_folder(parts, base)), parts.query)
    host = _host(security, parts)
    username, password = _login(security, parts)
    settings = RelaySettings(security, host, _PORTS[security] if port is None else port, username, password)
    return _limited(settings, parts.query)


def _security(url: str) -> Security:
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() not in list(Security) or (scheme.lower() != "file" and not rest.startswith("//")):
        raise ConfigurationError(f"not a relay: {_FORMS} would be right")
    return Security(scheme.lower())


def _unreadable(url: str) -> str:
    """Return what makes an URL unreadable as a whole, or an empty text."""
    if _CONTROL.search(url):
        return "it holds a space, a control or a letter outside ASCII: percent-encode it"
    if _ESCAPE.search(url):
        return "it holds a % that begins no escape: a % in a password is written %25"
    return "it holds a #: a # in a password is written %23" if "#" in url else ""


def _folder(parts: SplitResult, base: Path | None) -> Path:
    path = unquote(parts.path)
    if parts.netloc or not path or "\0" in path:
        raise _wrong(Security.FILE, "file:var/mail or file:/srv/mail would be right")
    return (base or Path()) / path


def _host(security: Security, parts: SplitResult) -> str:
    """Return the host, on this machine if the way to it is not protected."""
    host = parts.hostname or ""
    if not (_HOST.fullmatch(host) or _is_address(host)) or parts.path not in ("", "/"):
        raise _wrong(security, f"{_FORMS} would be right; {_QUOTING}")
    if parts.port == 0:
        raise _wrong(security, "the port has to be 1 to 65535")
    if security is Security.LOOPBACK and not _is_loopback(host):
        raise _wrong(security, "without TLS only 127.0.0.1, [::1] and localhost may be named: use smtps:// or smtp://")
    return host


def _login(security: Security, parts: SplitResult) -> tuple[str, str]:
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(username) != bool(password):
        raise _wrong(security, "a user name and a password belong together: user:password@host")
    if "\0" in username + password or "\ufffd" in username + password:
        raise _wrong(security, "user name and password have to be UTF-8 once decoded, without NUL")
    return username, password


def _limited(settings: RelaySettings, query: str) -> RelaySettings:
    """Return the settings with weight, per_hour and daily_cap as far as they are given."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise _wrong(settings.security, f"after the ? there may be {_LIMITS}, parted by &") from None
    texts = dict(pairs)
    if len(texts) < len(pairs) or not texts.keys() <= _LIMITS_NAMES:
        raise _wrong(settings.security, f"after the ? there may be {_LIMITS}, each once")
    for name, value in texts.items():
        if not all(_NUMBER.fullmatch(part) and 0 < int(part) <= _MOST for part in _parts(name, value)):
            several = ", or several parted by commas" if name == "daily_cap" else ""
            raise _wrong(settings.security, f"{name} has to be a whole number from 1 to {_MOST}{several}")
    return replace(
        settings,
        weight=int(texts.get("weight", "1")),
        per_hour=int(texts["per_hour"]) if "per_hour" in texts else None,
        daily_caps=tuple(map(int, _parts("daily_cap", texts["daily_cap"]))) if "daily_cap" in texts else (),
    )


def _parts(name: str, value: str) -> list[str]:
    """Return the numbers of a limit: only that of a day may be several."""
    return value.split(",") if name == "daily_cap" else [value]


def _wrong(security: Security, problem: str) -> ConfigurationError:
    return ConfigurationError(f"the relay {security}:... cannot be used: {problem}")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
