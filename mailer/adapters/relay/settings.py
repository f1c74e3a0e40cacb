"""Where are letters handed to? The forms of MAILER_RELAY_URL, read and checked.

Law: no error and no repr shows more of an URL than its scheme, because a badly quoted password can stand
in any other part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote

from mailer.adapters.login_urls import folder_of, host_of, is_this_machine, split_login_url
from mailer.errors import ConfigurationError

_FORMS = "file:FOLDER, smtps://user:password@host:465, smtp://user:password@host:587 or smtp+insecure://127.0.0.1:2525"
_FOLDERS = "file:var/mail or file:/srv/mail"
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
        return self.is_rehearsal or is_this_machine(self.host)

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
    try:
        parts = split_login_url(url, without="#")
        if security is Security.FILE:
            return _limited(RelaySettings(security, folder=folder_of(parts, base, forms=_FOLDERS)), parts.query)
        host = _host(security, parts)
        port = _PORTS[security] if parts.port is None else parts.port
        return _limited(RelaySettings(security, host, port, *_login(parts)), parts.query)
    except ValueError as error:
        raise ConfigurationError(f"the relay {security}:... cannot be used: {error}") from None


def _security(url: str) -> Security:
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() not in list(Security) or (scheme.lower() != "file" and not rest.startswith("//")):
        raise ConfigurationError(f"not a relay: {_FORMS} would be right")
    return Security(scheme.lower())


def _host(security: Security, parts: SplitResult) -> str:
    """Return the host, on this machine if the way to it is not protected."""
    host = host_of(parts, forms=_FORMS)
    if security is Security.LOOPBACK and not is_this_machine(host):
        raise ValueError("without TLS only 127.0.0.1, [::1] and localhost may be named: use smtps:// or smtp://")
    return host


def _login(parts: SplitResult) -> tuple[str, str]:
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(username) != bool(password):
        raise ValueError("a user name and a password belong together: user:password@host")
    if "\0" in username + password or "\ufffd" in username + password:
        raise ValueError("user name and password have to be UTF-8 once decoded, without NUL")
    return username, password


def _limited(settings: RelaySettings, query: str) -> RelaySettings:
    """Return the settings with weight, per_hour and daily_cap as far as they are given."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise ValueError(f"after the ? there may be {_LIMITS}, parted by &") from None
    texts = dict(pairs)
    if len(texts) < len(pairs) or not texts.keys() <= _LIMITS_NAMES:
        raise ValueError(f"after the ? there may be {_LIMITS}, each once")
    for name, value in texts.items():
        if not all(_NUMBER.fullmatch(part) and 0 < int(part) <= _MOST for part in _parts(name, value)):
            several = ", or several parted by commas" if name == "daily_cap" else ""
            raise ValueError(f"{name} has to be a whole number from 1 to {_MOST}{several}")
    return replace(
        settings,
        weight=int(texts.get("weight", "1")),
        per_hour=int(texts["per_hour"]) if "per_hour" in texts else None,
        daily_caps=tuple(map(int, _parts("daily_cap", texts["daily_cap"]))) if "daily_cap" in texts else (),
    )


def _parts(name: str, value: str) -> list[str]:
    """Return the numbers of a limit: only that of a day may be several."""
    return value.split(",") if name == "daily_cap" else [value]
