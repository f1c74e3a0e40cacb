"""Which ways out are there? One route for each relay of the setting, and a new connection whenever one is wanted.

Law: a route has a name that no other has: its rates and its troubles are its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from mailer.adapters.relay.files import FileRelay
from mailer.adapters.relay.settings import RelaySettings
from mailer.adapters.relay.smtp import SmtpRelay
from mailer.core.rates import Limits
from mailer.flows.lanes import Route
from mailer.flows.relaying import Relay


def make_relay(settings: RelaySettings) -> Relay:
    """Return a relay that is not open yet; each one is one connection."""
    return FileRelay(settings.folder) if settings.folder is not None else SmtpRelay(settings)


def make_routes(relays: Sequence[RelaySettings]) -> tuple[Route, ...]:
    """Return the ways out, each by a name of its own: two logins at one server are told apart by a number."""
    seen: Counter[str] = Counter()
    routes = []
    for relay in relays:
        seen[relay.label] += 1
        label = relay.label if seen[relay.label] == 1 else f"{relay.label} ({seen[relay.label]})"
        routes.append(Route(label, partial(make_relay, relay), relay.weight, Limits(relay.per_hour, relay.daily_caps)))
    return tuple(routes)
