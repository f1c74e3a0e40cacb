"""How does a receiver know that a mail is from our domain, and unchanged? By a DKIM signature (RFC 6376, RFC 8463).

Law: the same message, key and moment give the same signature, and nothing of the private key is ever told.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mailer.errors import ConfigurationError, HeaderError

LEAST_RSA_BITS = 2048  # RFC 8301 3.2 takes 1,024 and recommends this
# What people see of a mail, and press: named once more than it is there, so that nobody can put a second one above it.
_SEALED = (
    b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip
# RFC 8058 4 wants both fields for leaving to be signed.
_SIGNED = (
    *_SEALED, b"message-id", b"in-reply-to", b"references", b"thread-topic", b"list-id", b"auto-submitted",
)  # fmt: skip
_TOO_OPEN = 0o037  # its owner may read it, and its group: systemd hands credentials over so
_BLANKS = re.compile(rb"[ \t]{2,}|\t")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*?)\r\n(?![ \t])", re.DOTALL)
_DOMAIN = re.compile(rb"@([A-Za-z0-9.-]+)>?\s*\Z")
_PEM_HINT = "right would be a private key in PEM without a password, of RSA with 2,048 bits or more, or Ed25519"
_LINE = 72


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A private key that can sign: the name of its algorithm, and what it makes of octets."""

    algorithm: str
    make: Callable[[bytes], bytes] = field(repr=False)


class DkimSigner:
    """Signs messages for the domain of their From, with the key that stands in its DNS under `selector`."""

    def __init__(self, key: DkimKey, selector: str) -> None:
        self._key = key
        self._selector = selector

    def sign(self, content: bytes, now: datetime) -> bytes:
        """Return the message with its signature in front.

        Raises:
            HeaderError: the message has no From that names one domain.
        """
        head, _, body = content.partition(b"\r\n\r\n")
        fields = _fields(head + b"\r\n")
        names = _to_sign(fields)
        unsigned = self._field(_domain(fields), names, sha256(_relaxed_body(body)).digest(), now)
        signed = _signed_octets(fields, names) + _relaxed(b"dkim-signature", unsigned.partition(b":")[2])
        signature = b"\r\n  ".join(_pieces(_base64(self._key.make(signed))))
        return unsigned + signature + b"\r\n" + content

    def _field(self, domain: bytes, names: list[bytes], body_hash: bytes, now: datetime) -> bytes:
        """Return the field up to the signature itself, in short lines."""
        listed = b":\r\n  ".join(b":".join(names[at : at + 3]) for at in range(0, len(names), 3))
        tags = (
            f"v=1; a={self._key.algorithm}; c=relaxed/relaxed; t={int(now.timestamp())}".encode(),
            b"d=" + domain,
            b"s=" + self._selector.encode(),
            b"h=" + listed,
            b"bh=" + _base64(body_hash),
            b"b=",
        )
        return b"DKIM-Signature: " + b";\r\n ".join(tags)


def load_dkim_key(path: Path) -> DkimKey:
    """Return the private key in a PEM file.

    Raises:
        ConfigurationError: it cannot be read, others can read it too, or it is no key that receivers take.
    """
    try:
        mode = path.stat().st_mode & 0o777
        pem = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"MAILER_DKIM_KEY_FILE: {path} cannot be read: {error.strerror}") from None
    if mode & _TOO_OPEN:
        raise ConfigurationError(
            f"MAILER_DKIM_KEY_FILE: {path} can be read by others (mode {mode:04o}): chmod 600 {path}"
        )
    try:
        return _key_of(load_pem_private_key(pem, password=None))
    except TypeError:
        told = "it is behind a password"
    except (ValueError, UnsupportedAlgorithm) as error:
        told = str(error) if isinstance(error, _UnfitError) else "it cannot be read as one"
    raise ConfigurationError(f"MAILER_DKIM_KEY_FILE: {path} holds no key to sign with, {told}; {_PEM_HINT}")


class _UnfitError(ValueError):
    """A private key that receivers would not take."""


def _key_of(key: PrivateKeyTypes) -> DkimKey:
    """Return what a private key signs with.

    Raises:
        _UnfitError: receivers do not take a key of that kind or length.
    """
    if isinstance(key, Ed25519PrivateKey):  # RFC 8463 3: it signs the hash, not the octets
        return DkimKey("ed25519-sha256", lambda octets: key.sign(sha256(octets).digest()))
    if not isinstance(key, RSAPrivateKey):
        raise _UnfitError("it is neither RSA nor Ed25519")
    if key.key_size < LEAST_RSA_BITS:
        raise _UnfitError(f"it has {key.key_size} bits")
    return DkimKey("rsa-sha256", lambda octets: key.sign(octets, PKCS1v15(), SHA256()))


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """Return the fields of a header: name in lower case, and value as it stands there."""
    return [(name.lower(), value) for name, value in _FIELD.findall(head)]


def _to_sign(fields: list[tuple[bytes, bytes]]) -> list[bytes]:
    """Return the names to sign: each as often as it is there, and what people see once more."""
    there = [name for name, _ in fields]
    return [name for name in _SIGNED for _ in range(there.count(name) + (name in _SEALED))]


def _signed_octets(fields: list[tuple[bytes, bytes]], names: list[bytes]) -> bytes:
    """Return the named fields as they are signed; of several with one name the last comes first (RFC 6376 5.4.2)."""
    left = list(fields)
    octets = b""
    for name in names:
        place = next((at for at in reversed(range(len(left))) if left[at][0] == name), None)
        octets += b"" if place is None else _relaxed(*left.pop(place)) + b"\r\n"
    return octets


def _relaxed(name: bytes, value: bytes) -> bytes:
    """Return a field in the relaxed form (RFC 6376 3.4.2), without its line end."""
    return name + b":" + _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")


def _relaxed_body(body: bytes) -> bytes:
    """Return a body in the relaxed form (RFC 6376 3.4.4); one that holds no run of blanks is quick."""
    if b"\t" in body or b"  " in body or b" \r\n" in body or body.endswith(b" "):
        body = _BLANKS.sub(b" ", body).replace(b" \r\n", b"\r\n").rstrip(b" ")
    kept = body.rstrip(b"\r\n")
    return kept + b"\r\n" if kept else b""


def _domain(fields: list[tuple[bytes, bytes]]) -> bytes:
    """Return the domain that the message says it is from.

    Raises:
        HeaderError: it names none.
    """
    found = [match[1] for name, value in fields if name == b"from" and (match := _DOMAIN.search(value))]
    if len(found) != 1:
        raise HeaderError("a message to sign needs one From with one domain")
    return found[0].lower()


def _base64(octets: bytes) -> bytes:
    """Return base64 in one line."""
    return b2a_base64(octets, newline=False)


def _pieces(text: bytes) -> Iterator[bytes]:
    """Yield `text` in pieces that fit a line; the first has a tag before it."""
    yield from (text[at : at + _LINE] for at in range(0, len(text), _LINE))
