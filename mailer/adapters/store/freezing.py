"""How is a revision kept in the database? As compressed JSON of its values, decoded into the same values.

Law: what was frozen is read back equal, and equal content has equal bytes.
"""

from __future__ import annotations

import zlib
from hashlib import sha256

import msgspec

from mailer.core.revisions import Revision


def freeze(revision: Revision) -> tuple[bytes, str]:
    """Return the bytes to keep and the SHA-256 (hex) of the content."""
    content = msgspec.json.encode(revision)
    return zlib.compress(content, level=6), sha256(content).hexdigest()


def thaw(kept: bytes) -> Revision:
    """Return the revision that `freeze` kept."""
    return msgspec.json.decode(zlib.decompress(kept), type=Revision)
