"""Is only a proxy that we were told of believed when it says who its client is?"""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from mailer.core.visitors import UNKNOWN_NETWORK
from mailer.web.networks import client_address, visitor_network

PROXIES = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("2001:db8:f::/48"))
CLIENT = "203.0.113.7"
hops = st.one_of(
    st.ip_addresses().map(str), st.sampled_from(("10.0.0.1", "127.0.0.1", "unknown", "")), st.text(max_size=20)
)
lies = st.lists(hops, min_size=1, max_size=8).map(", ".join)
"""What a client may write into the header: addresses of others, of proxies, and anything else."""


def request(peer: str | None, *forwarded: str) -> Request:
    """Return a request from a peer with these X-Forwarded-For lines."""
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return Request({"type": "http", "headers": headers, "client": (peer, 1) if peer is not None else None})


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (CLIENT, "", CLIENT),
        (CLIENT, "198.51.100.1", CLIENT),
        (CLIENT, "127.0.0.1", CLIENT),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", CLIENT, CLIENT),
        ("127.0.0.1", f"198.51.100.1, {CLIENT}", CLIENT),
        ("127.0.0.1", f"198.51.100.1,{CLIENT} , 10.1.2.3", CLIENT),
        ("127.0.0.1", f"10.9.9.9, {CLIENT}", CLIENT),
        ("127.0.0.1", "10.1.2.3, 10.4.5.6", "10.1.2.3"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, ", "127.0.0.1"),
        ("127.0.0.1", f"198.51.100.1, {CLIENT}:4711", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, unknown, 10.1.2.3", "10.1.2.3"),
        ("::ffff:127.0.0.1", CLIENT, CLIENT),
        ("2001:db8:f::1", "2001:db8:1::5", "2001:db8:1::5"),
        ("2001:db8:e::1", "2001:db8:1::5", "2001:db8:e::1"),
    ],
)
def test_the_first_from_the_right_that_is_no_proxy(peer: str, forwarded: str, expected: str) -> None:
    """What stands further left was written by the client, and what is no address ends the search."""
    assert client_address(peer, forwarded, PROXIES) == expected


@given(lies)
def test_nobody_else_can_say_who_they_are(lie: str) -> None:
    """Without trusted proxies, and from a peer that is none, the header changes nothing."""
    assert client_address(CLIENT, lie, PROXIES) == CLIENT
    assert client_address("127.0.0.1", lie, ()) == "127.0.0.1"


@given(lies)
def test_a_client_behind_a_proxy_cannot_hide(lie: str) -> None:
    """Whatever a client sends, the proxy appends where it came from, and that is what counts."""
    assert client_address("127.0.0.1", f"{lie}, {CLIENT}", PROXIES) == CLIENT


def test_a_header_that_comes_twice_is_read_as_one() -> None:
    """The client's own line stands before the proxy's."""
    assert visitor_network(request("127.0.0.1", "198.51.100.1", CLIENT), PROXIES) == "203.0.113.0/24"


def test_who_has_no_address_shares_one_network() -> None:
    """A socket of this machine has no peer; it is never taken for a trusted one."""
    assert visitor_network(request(None, CLIENT), PROXIES) == UNKNOWN_NETWORK


def test_a_chain_is_followed_for_a_while_only() -> None:
    """A header of a thousand trusted hops is a lie of somebody inside, and costs nothing."""
    hops = ", ".join(["198.51.100.1", *["10.0.0.1"] * 1000])

    assert client_address("127.0.0.1", hops, PROXIES) == "10.0.0.1"
