"""How is personal data kept so that a stolen database is worth nothing? Keys, seals and keyed hashes.

Law: what tells who somebody is leaves this module sealed (AES-256-GCM, bound to its table, row and key)
or hashed with a key; the keys are in a file that is never beside the database.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import idna
import msgspec

from mailer.core.supporters import AddressHash, PublicId
from mailer.core.tokens import KEY_BYTES, TokenKey
from mailer.errors import ConfigurationError, OutputError, SealError, TryAgainError

NONCE_BYTES = 12
TAG_HASH_BYTES = 16
RandomBytes = Callable[[int], bytes]


class _Key(msgspec.Struct, frozen=True):
    """One rotating key as the file has it."""

    id: int
    secret: bytes


class _RingFile(msgspec.Struct, frozen=True):
    """The key ring's file; the last key of a list is the current one."""

    version: int
    address: bytes
    data: list[_Key]
    tokens: list[_Key]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one installation: an address key made once, data and token keys that rotate.

    Mappings are key id -> secret in the order of making; the last one is current.
    """

    address_key: bytes = field(repr=False)
    data_keys: Mapping[int, bytes] = field(repr=False)
    token_keys: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        secrets = (self.address_key, *self.data_keys.values(), *self.token_keys.values())
        if not self.data_keys or not self.token_keys or any(len(secret) != KEY_BYTES for secret in secrets):
            raise ValueError(f"a key ring has an address key, data keys and token keys of {KEY_BYTES} bytes each")
        if not all(1 <= key_id <= 255 for key_id in (*self.data_keys, *self.token_keys)):
            raise ValueError("key ids are 1 to 255")

    @classmethod
    def generate(cls, random_bytes: RandomBytes) -> KeyRing:
        """Return a new ring that is in no file."""
        return cls(random_bytes(KEY_BYTES), {1: random_bytes(KEY_BYTES)}, {1: random_bytes(KEY_BYTES)})

    @classmethod
    def create(cls, path: Path, random_bytes: RandomBytes) -> KeyRing:
        """Make a new ring and its file (0600, in a folder of 0700); an existing file is never touched.

        Raises:
            OutputError: the file exists, or it cannot be made.
        """
        ring = cls.generate(random_bytes)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(ring._encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = "exists and is not overwritten" if path.exists() else f"cannot be made: {error.strerror}"
            raise OutputError(f"key file {path} {reason}") from error
        return ring

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Return the ring of a file.

        Raises:
            ConfigurationError: it is missing, cannot be read, or is no key ring.
        """
        try:
            stored = msgspec.json.decode(path.read_bytes(), type=_RingFile)
            return cls(stored.address, {k.id: k.secret for k in stored.data}, {k.id: k.secret for k in stored.tokens})
        except FileNotFoundError:
            raise ConfigurationError(
                f"there is no key file {path}: `mailer init` makes one; for a database that is in use, restore its own"
            ) from None
        except OSError as error:
            raise ConfigurationError(f"key file {path} cannot be read: {error.strerror}") from error
        except (ValueError, msgspec.MsgspecError):
            raise ConfigurationError(f"key file {path} is damaged: restore it from where you keep its copy") from None

    @property
    def token_key(self) -> TokenKey:
        """Return the key that new tokens are derived with."""
        key_id = list(self.token_keys)[-1]
        return TokenKey(key_id, self.token_keys[key_id])

    @property
    def fingerprint(self) -> str:
        """Return what a database remembers of the address key; it tells nothing about the key."""
        return hmac.digest(self.address_key, b"mailer address key fingerprint", "sha256")[:16].hex()

    @property
    def key_fingerprints(self) -> dict[str, str]:
        """Return what a database remembers of each rotating key, by a name with its id."""
        keys = [("data-key", key_id, secret) for key_id, secret in self.data_keys.items()]
        keys += [("token-key", key_id, secret) for key_id, secret in self.token_keys.items()]
        return {
            f"{kind}-{key_id}": hmac.digest(secret, f"mailer {kind} fingerprint".encode(), "sha256")[:16].hex()
            for kind, key_id, secret in keys
        }

    def _encode(self) -> bytes:
        """Return the file's content: JSON, with secrets in base64."""
        data = [_Key(key_id, secret) for key_id, secret in self.data_keys.items()]
        tokens = [_Key(key_id, secret) for key_id, secret in self.token_keys.items()]
        return msgspec.json.format(msgspec.json.encode(_RingFile(1, self.address_key, data, tokens))) + b"\n"


def permission_warning(path: Path) -> str:
    """Return what is wrong with the rights of a key file, or an empty text."""
    mode = path.stat().st_mode & 0o777
    return f"key file {path} can be read by others (mode {mode:04o}): chmod 600 {path}" if mode & 0o077 else ""


class Vault:
    """Seals, opens and hashes with the keys of one ring; who only looks for a key needs no ciphers."""

    def __init__(self, ring: KeyRing, random_bytes: RandomBytes) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._refusals = (InvalidTag, ValueError)
        self.ring = ring
        self._random_bytes = random_bytes
        self._ciphers = {key_id: AESGCM(secret) for key_id, secret in ring.data_keys.items()}
        self._current = list(ring.data_keys)[-1]

    def seal(self, table: str, public_id: PublicId, plaintext: bytes) -> tuple[int, bytes]:
        """Return (key id, nonce and ciphertext) for one row of `table`."""
        nonce = self._random_bytes(NONCE_BYTES)
        bound = _bound_to(self._current) + public_id + table.encode("ascii")
        return self._current, nonce + self._ciphers[self._current].encrypt(nonce, plaintext, bound)

    def open(self, table: str, public_id: PublicId, key_id: int, sealed: bytes) -> bytes:
        """Return the plaintext of a row.

        Raises:
            TryAgainError: the ring has no such key: this machine's ring is older than the database.
            SealError: the row was changed, or belongs to another row, table or ring.
        """
        return self.open_all(table, [(public_id, key_id, sealed)])[0]

    def open_all(self, table: str, rows: Iterable[tuple[PublicId, int, bytes]]) -> list[bytes]:
        """Return the plaintexts of rows: of each its public id, its key's id and what was sealed.

        Raises:
            TryAgainError: the ring has no such key: this machine's ring is older than the database.
            SealError: a row was changed, or belongs to another row, table or ring.
        """
        openers = {key_id: (cipher.decrypt, _bound_to(key_id)) for key_id, cipher in self._ciphers.items()}
        place = table.encode("ascii")
        opened = []
        try:
            for public_id, key_id, sealed in rows:
                decrypt, bound = openers[key_id]
                opened.append(decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound + public_id + place))
        except KeyError:
            raise TryAgainError(
                f"data key {key_id} is not in this machine's key ring: copy the newer key file here"
            ) from None
        except self._refusals:
            raise SealError(
                f"a row of {table} does not open: it was changed outside of mailer, or its key was"
            ) from None
        return opened

    def hash_address(self, email: str) -> AddressHash:
        """Return the keyed hash that finds an address without telling it: 32 bytes."""
        return AddressHash(hmac.digest(self.ring.address_key, b"address\0" + _normal(email).encode("utf-8"), "sha256"))

    def hash_tag(self, tag: str) -> bytes:
        """Return the keyed hash of a tag: 16 bytes, alike for every case."""
        return hmac.digest(self.ring.address_key, b"tag\0" + tag.casefold().encode("utf-8"), "sha256")[:TAG_HASH_BYTES]

    def hash_network(self, network: str) -> bytes:
        """Return the keyed hash of a network that a request came from: 16 bytes."""
        return hmac.digest(self.ring.address_key, b"network\0" + network.encode("utf-8"), "sha256")[:TAG_HASH_BYTES]


def _bound_to(key_id: int) -> bytes:
    """Return how the additional data begins that binds a seal to its place; public id and table come behind it.

    Both ids have a fixed length.
    """
    return b"mailer seal 1\0" + bytes([key_id])


def _normal(email: str) -> str:
    """Return an address as it is hashed: lower-case, its domain in A-labels where it has one."""
    local, _, domain = email.strip().rpartition("@")
    if not domain.isascii():
        with suppress(idna.IDNAError):  # no domain at all: its hash is nobody's
            domain = idna.encode(domain, uts46=True).decode("ascii")
    return f"{local}@{domain}".lower()
