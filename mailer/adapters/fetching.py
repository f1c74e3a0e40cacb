"""How is a public service asked? By one POST over TLS, within a time and a size, and without being sent elsewhere.

Law: no answer is followed to another address, and none is taken that is late, too large or cut off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_address
from ssl import SSLContext
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx

from mailer import __version__
from mailer.errors import ConfigurationError, ServiceError

AGENT = f"solidarity-mailer/{__version__} (protest-letter mailer; refresh of a directory of embassies)"


@lru_cache(1)
def _tls() -> SSLContext:
    """Return what certificates are checked with; to read all authorities takes longer than to ask a question."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may take in all, how long it may be silent, and how many bytes it may have, unpacked."""

    within: timedelta = timedelta(minutes=5)
    silence: timedelta = timedelta(seconds=90)  # Wikidata ends a query after 60 s
    bytes: int = 48 * 1024 * 1024  # all missions are about 12 MB of JSON


@dataclass(frozen=True, slots=True)
class Service:
    """A public service at one address: https, or http on this machine.

    Raises:
        ConfigurationError: the address is another one.
    """

    name: str
    setting: str
    url: str
    limits: Limits = Limits()
    monotonic: Callable[[], float] = monotonic

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and self.is_here)):
            raise ConfigurationError(f"{self.setting}: {self.url!r} is no https address, nor http on this machine")

    @property
    def is_here(self) -> bool:
        """Tell whether the service is on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False

    def ask(self, form: Mapping[str, str], accept: str) -> Any:
        """Return the JSON that the service answers with.

        Raises:
            ServiceError: it does not answer, refuses, or answers with something else.
        """
        content = self._content(form, accept)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise ServiceError(f"{self.name} answered with something that is no JSON: {str(error)[:80]}") from error

    def _content(self, form: Mapping[str, str], accept: str) -> bytes:
        """Return the bytes of the answer."""
        headers = {"User-Agent": AGENT, "Accept": accept}
        silence = self.limits.silence.total_seconds()
        try:
            with (
                httpx.Client(verify=_tls(), timeout=silence, trust_env=not self.is_here) as client,
                client.stream("POST", self.url, data=form, headers=headers, follow_redirects=False) as reply,
            ):
                self._refuse_other_than_200(reply)
                return self._within_limits(reply)
        except httpx.TimeoutException as error:
            raise ServiceError(f"{self.name} did not answer within {silence:.0f} s: try again later") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise ServiceError(f"{self.name} could not be asked, or broke off: {error}"[:300]) from error

    def _refuse_other_than_200(self, reply: httpx.Response) -> None:
        """Refuse every answer but success."""
        if reply.status_code == httpx.codes.OK:
            return
        told = f"{self.name} answered {reply.status_code}"
        wait = reply.headers.get("Retry-After", "")
        if reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
            told += f": too many questions, try again {f'in {wait} s' if wait.isdigit() else 'later'}"
        elif reply.is_redirect:
            told += f", which leads elsewhere: that is not followed; is {self.setting} right?"
        raise ServiceError(told, status=reply.status_code)

    def _within_limits(self, reply: httpx.Response) -> bytes:
        """Return the whole answer, or refuse it as soon as it is too large or takes too long."""
        began, content = self.monotonic(), bytearray()
        for piece in reply.iter_bytes():
            content += piece
            if len(content) > self.limits.bytes:
                raise ServiceError(f"{self.name} answered with more than {self.limits.bytes:,} bytes")
            if self.monotonic() - began > self.limits.within.total_seconds():
                raise ServiceError(f"{self.name} took longer than {self.limits.within.total_seconds():.0f} s")
        return bytes(content)
