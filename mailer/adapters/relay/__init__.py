"""Which relay does a setting stand for? SMTP with its kinds of TLS, or a folder for rehearsals.

Law: every command reads the setting, so that what talks to a server is loaded by those who hand letters over.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mailer.adapters.relay.settings import RelaySettings, Security, parse_relay_url, parse_relays
from mailer.adapters.relay.timeouts import Timeouts

if TYPE_CHECKING:
    from mailer.adapters.relay.files import FileRelay
    from mailer.adapters.relay.routes import make_relay, make_routes
    from mailer.adapters.relay.smtp import SmtpRelay

__all__ = [
    "FileRelay",
    "RelaySettings",
    "Security",
    "SmtpRelay",
    "Timeouts",
    "make_relay",
    "make_routes",
    "parse_relay_url",
    "parse_relays",
]
_TALKING = {"FileRelay": "files", "SmtpRelay": "smtp", "make_relay": "routes", "make_routes": "routes"}


def __getattr__(name: str) -> object:
    """Load what talks to a server when it is asked for (PEP 562)."""
    if name not in _TALKING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_TALKING[name]}"), name)
    return found
