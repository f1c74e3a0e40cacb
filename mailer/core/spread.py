"""Which of several does a supporter get? A number by seed, evenly spread, the same each time."""

from __future__ import annotations

import hashlib
from typing import Final

_BYTES: Final = 8
SPREAD: Final = 256**_BYTES  # every number is below this


def variant(seed: int, campaign_id: str, target_id: str, part: str) -> int:
    """Return a number that is evenly spread over seeds and always the same for the same four.

    Its remainder chooses a variant, so that languages with equally many variants pair by position.
    """
    key = "\0".join((str(seed), campaign_id, target_id, part)).encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=_BYTES).digest())
