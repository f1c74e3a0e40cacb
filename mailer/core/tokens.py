"""Whose link is this, and what may it do? Tokens for pages and addresses: derived, never stored.

A token is key id (1 byte), public id (8) and HMAC-SHA256 cut to 16 bytes over purpose, campaign and
public id: 34 base64url characters, or 40 of lower-case base32 where case may be lost. It can do exactly
the one thing that it was derived for.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.core.supporters import PUBLIC_ID_BYTES, PublicId
from mailer.errors import LinkError

if TYPE_CHECKING:
    from hashlib import _Hash

MAC_BYTES = 16
KEY_BYTES = 32
TOKEN_CHARACTERS = 34
ADDRESS_CHARACTERS = 40
_TOKEN_BYTES = 1 + PUBLIC_ID_BYTES + MAC_BYTES
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_SHIFTS = range(8 * _TOKEN_BYTES - 10, -1, -10)
_PAIRS = tuple(f"{first}{second}".encode() for first in _BASE32 for second in _BASE32)
_BLOCK_BYTES = 64  # of SHA-256
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


class Purpose(StrEnum):
    """What a token lets its bearer do."""

    UNSUBSCRIBE = "unsubscribe"
    ACTION = "action"
    PREFERENCES = "preferences"
    CONFIRM = "confirm"
    COPY = "copy"
    BOUNCE = "bounce"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class TokenKey:
    """One token key of the ring; its id (1 to 255) is in every token."""

    id: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.id <= 255:
            raise ValueError(f"a key id is 1 to 255, not {self.id}")
        if len(self.secret) < KEY_BYTES:
            raise ValueError(f"a token key has {KEY_BYTES} bytes at least, not {len(self.secret)}")


def derive(key: TokenKey, purpose: Purpose, campaign: str, public_id: PublicId) -> str:
    """Return the token for a page: 34 characters of base64url."""
    return deriver(key, purpose, campaign)(public_id).decode("ascii")


def derive_for_address(key: TokenKey, purpose: Purpose, campaign: str, public_id: PublicId) -> str:
    """Return the token for the local part of an address: 40 characters of lower-case base32."""
    return deriver_for_address(key, purpose, campaign)(public_id).decode("ascii")


def deriver(key: TokenKey, purpose: Purpose, campaign: str) -> Callable[[PublicId], bytes]:
    """Return what derives the tokens of many people for a page, with all but the public id done beforehand."""
    make, spell, end, spelling = _maker(key, purpose, campaign), binascii.b2a_base64, TOKEN_CHARACTERS, _URL_SAFE
    return lambda public_id: spell(make(public_id), newline=False)[:end].translate(spelling)  # as _spell, in one go


def deriver_for_address(key: TokenKey, purpose: Purpose, campaign: str) -> Callable[[PublicId], bytes]:
    """Return what derives the tokens of many people for addresses."""
    make = _maker(key, purpose, campaign)

    def derive_one(public_id: PublicId) -> bytes:
        number = int.from_bytes(make(public_id))
        return b"".join([_PAIRS[number >> bits & 1023] for bits in _SHIFTS])

    return derive_one


def verify(token: str, purpose: Purpose, campaign: str, keys: Mapping[int, bytes]) -> PublicId:
    """Return whose token this is.

    `keys` maps key ids to secrets: the current key and those that still count.

    Raises:
        LinkError: forged, cut, for another purpose or campaign, or of a key that no longer counts.
    """
    raw = _decode(token)
    key_id, public_id = raw[0], PublicId(raw[1 : 1 + PUBLIC_ID_BYTES])
    if key_id not in keys:
        raise LinkError(_REFUSED)
    expected = _maker(TokenKey(key_id, keys[key_id]), purpose, campaign)(public_id)
    if not hmac.compare_digest(raw, expected):
        raise LinkError(_REFUSED)
    return public_id


def verify_address(token: str, purpose: Purpose, campaign: str, keys: Mapping[int, bytes]) -> PublicId:
    """Return whose token this is, from an address; mail systems may have changed its case.

    Raises:
        LinkError: as for `verify`.
    """
    try:
        raw = base64.b32decode(token.encode("ascii"), casefold=True)
    except (binascii.Error, UnicodeEncodeError):
        raise LinkError(_REFUSED) from None
    return verify(_spell(raw).decode("ascii"), purpose, campaign, keys)


_REFUSED = "this link is not one of ours, or it is no longer valid"


@lru_cache(maxsize=1024)
def _maker(key: TokenKey, purpose: Purpose, campaign: str) -> Callable[[PublicId], bytes]:
    """Return what makes the 25 bytes of tokens: key id, public id, and the MAC over purpose, campaign and public id."""
    begun, outer = _begin(key, purpose, campaign)
    copy_inner, copy_outer, key_id = begun.copy, outer.copy, bytes([key.id])

    def make(public_id: PublicId) -> bytes:
        if len(public_id) != PUBLIC_ID_BYTES:
            raise ValueError(f"a public id has {PUBLIC_ID_BYTES} bytes, not {len(public_id)}")
        inner, mac = copy_inner(), copy_outer()
        inner.update(public_id)
        mac.update(inner.digest())
        return key_id + public_id + mac.digest()[:MAC_BYTES]

    return make


def _begin(key: TokenKey, purpose: Purpose, campaign: str) -> tuple[_Hash, _Hash]:
    """Return the inner and the outer hash of an HMAC over all but the public id, which comes last.

    Every part goes in with its length, so that no two inputs look alike. A letter has several tokens, and making an
    HMAC anew takes three times as long as going on from here. Source: RFC 2104, section 4.
    """
    parts = (b"mailer token 1", bytes([key.id]), purpose.encode(), campaign.encode("utf-8"))
    message = b"".join(len(part).to_bytes(4) + part for part in parts) + PUBLIC_ID_BYTES.to_bytes(4)
    secret = key.secret if len(key.secret) <= _BLOCK_BYTES else sha256(key.secret).digest()
    padded = secret.ljust(_BLOCK_BYTES, b"\0")
    return sha256(padded.translate(_INNER) + message), sha256(padded.translate(_OUTER))


def _spell(token: bytes) -> bytes:
    """Return a token in base64url, without what pads it."""
    return binascii.b2a_base64(token, newline=False)[:TOKEN_CHARACTERS].translate(_URL_SAFE)


def _decode(token: str) -> bytes:
    """Return the token's bytes; only its one canonical spelling is accepted."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise LinkError(_REFUSED) from None
    if len(raw) != _TOKEN_BYTES or _spell(raw) != token.encode():
        raise LinkError(_REFUSED)
    return raw
