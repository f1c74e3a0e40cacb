"""Which relay does a setting stand for? SMTP with its kinds of TLS, or a folder for rehearsals."""

from __future__ import annotations

from mailer.adapters.relay.files import FileRelay
from mailer.adapters.relay.settings import RelaySettings, Security, parse_relay_url, parse_relays
from mailer.adapters.relay.smtp import SmtpRelay, Timeouts
from mailer.flows.relaying import Relay

__all__ = [
    "FileRelay",
    "RelaySettings",
    "Security",
    "SmtpRelay",
    "Timeouts",
    "make_relay",
    "parse_relay_url",
    "parse_relays",
]


def make_relay(settings: RelaySettings) -> Relay:
    """Return a relay that is not open yet; each one is one connection."""
    return FileRelay(settings.folder) if settings.folder is not None else SmtpRelay(settings)
