"""From which address does a request come? That of its connection, or of the client behind a web server we were told of.

Law: what a client writes into X-Forwarded-For is worth nothing. Only what a trusted proxy appended is read, from the
right, up to the first address that is no trusted proxy.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

from mailer.core.visitors import network_of

IpNetwork = IPv4Network | IPv6Network
MOST_HOPS = 20  # proxies in a row; a longer list is a client's


def visitor_network(request: Request, trusted: Sequence[IpNetwork]) -> str:
    """Return the network of who asks, "192.0.2.0/24" or "2001:db8::/48"."""
    peer = request.client.host if request.client else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return network_of(client_address(peer, forwarded, trusted))


def client_address(peer: str, forwarded: str, trusted: Sequence[IpNetwork]) -> str:
    """Return the address of the client: the first from the right that no trusted proxy has.

    An entry that is no address ends the search: the proxy that sent it stands for its clients.
    """
    address = peer
    hops = [hop.strip() for hop in forwarded.split(",")]
    for hop in reversed(hops[-MOST_HOPS:]):
        if not _is_trusted(address, trusted) or _parsed(hop) is None:
            break
        address = hop
    return address


def _is_trusted(address: str, trusted: Sequence[IpNetwork]) -> bool:
    """Tell whether an address is that of a proxy we were told of."""
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in trusted)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address, an IPv4 one that is written as IPv6 as what it is; None if it is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed
