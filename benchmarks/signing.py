"""How long does it take to sign a message (DKIM), compared with dkimpy?

Run `python benchmarks/signing.py`.
Both sign the same mail in turn, so that a busy machine slows both; the medians of processor time are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import mkdtemp
from time import process_time

import dkim
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailer.adapters.dkim import DkimSigner, load_dkim_key
from mailer.core.addresses import Mailbox
from mailer.core.message import Message, build

ROUNDS = 100
MOST_MILLISECONDS = 2.0
NOW = datetime(2026, 1, 30, 9, tzinfo=UTC)
PARAGRAPH = "<p>Требую немедленно освободить организатора забастовки.</p>\n"


def letter() -> bytes:
    """Return a mail of about 60 KB."""
    message = Message(
        sender=Mailbox("campaigns@solidarity.example", "Example Solidarity"),
        recipient=Mailbox("supporter@people.example", "Жанна Пример"),
        subject="Свободу организатору из Алматы",
        text=PARAGRAPH * 100,
        html=PARAGRAPH * 320,
        date=NOW,
        message_id="<1.alert@solidarity.example>",
        boundary_seed="1",
        list_unsubscribe=("https://solidarity.example/u/AbCdEf",),
        one_click=True,
    )
    return build(message)


def milliseconds(sign: Callable[[], object], rounds: int) -> float:
    """Return the median of processor time of one signature."""
    taken = []
    for _ in range(rounds):
        began = process_time()
        sign()
        taken.append(1000 * (process_time() - began))
    return median(taken)


def signer_of(key: PrivateKeyTypes, path: Path) -> DkimSigner:
    """Return what signs with a key, once it is in a file."""
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return DkimSigner(load_dkim_key(path), "mailer")


def main() -> None:
    """Print milliseconds for each kind of key; end with 1 if one signature takes longer than it may."""
    content, path = letter(), Path(mkdtemp()) / "key.pem"
    print(f"a mail of {len(content) / 1024:.0f} KB")
    edwards = signer_of(Ed25519PrivateKey.generate(), path)
    fast = milliseconds(lambda: edwards.sign(content, NOW), ROUNDS)
    print(f"Ed25519: {fast:.2f} ms a message")
    signer = signer_of(generate_private_key(65537, 2048), path)
    ours = milliseconds(lambda: signer.sign(content, NOW), ROUNDS)
    theirs = milliseconds(lambda: dkim.sign(content, b"mailer", b"solidarity.example", path.read_bytes()), ROUNDS // 5)
    print(f"RSA-2048: {ours:.2f} ms a message; dkimpy {theirs:.2f} ms, {theirs / ours:.0f} times as long")
    rmtree(path.parent)
    if max(fast, ours) > MOST_MILLISECONDS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
