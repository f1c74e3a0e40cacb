"""Who sends a form: somebody who read the page, or a machine? And from which network does it come?

Law: nothing is asked of people. A stamp tells when the page was shown, and cannot be made by anybody else; an
address stands for its network alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from mailer.core.supporters import PUBLIC_ID_BYTES, PublicId
from mailer.core.tokens import Purpose, TokenKey, derive, verify
from mailer.errors import LinkError

QUICKEST = timedelta(seconds=3)  # nobody reads what they agree to, and types an address, in less
SLOWEST = timedelta(hours=24)  # a page that was left open over night still counts
# What one household, office or hall shares. An IPv6 customer has a /48 to a /64 of its own (RFC 6177).
NETWORK_BITS = {4: 24, 6: 48}
UNKNOWN_NETWORK = "unknown"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def make_stamp(key: TokenKey, now: datetime) -> str:
    """Return what goes into a form that is shown now: 34 characters that only we can make."""
    shown = (now - _EPOCH) // _MILLISECOND
    return derive(key, Purpose.FORM, "", PublicId(shown.to_bytes(PUBLIC_ID_BYTES, "big")))


def check_stamp(stamp: str, keys: Mapping[int, bytes], now: datetime) -> bool:
    """Tell whether a form was shown by us, neither too shortly nor too long ago."""
    try:
        shown = verify(stamp, Purpose.FORM, "", keys)
    except LinkError:
        return False
    age = (now - _EPOCH) // _MILLISECOND - int.from_bytes(shown, "big")
    return QUICKEST <= age * _MILLISECOND <= SLOWEST


def network_of(ip_text: str) -> str:
    """Return the network of an address, "192.0.2.0/24" or "2001:db8::/48"; one that is none is of `UNKNOWN_NETWORK`."""
    try:
        address = ip_address(ip_text.partition("%")[0])  # without the zone of a link-local address: RFC 4007 11
    except ValueError:
        return UNKNOWN_NETWORK
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return str(ip_network((address, NETWORK_BITS[address.version]), strict=False))
