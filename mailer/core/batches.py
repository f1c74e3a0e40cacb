"""How many letters does a sender take at a time? More where they leave quickly, few where each takes long.

Law: what a sender holds is out within seconds, so that urgent letters wait for nothing, and a claim never grows old.
"""

from __future__ import annotations

FEWEST = 100
MOST = 500
QUICK_SECONDS = 1.0
SLOW_SECONDS = 10.0


def next_batch(size: int, seconds: float) -> int:
    """Return how many letters to take next, where the last `size` were on their way within `seconds`."""
    if seconds <= QUICK_SECONDS:
        return min(MOST, 2 * size)
    return max(FEWEST, size // 2) if seconds > SLOW_SECONDS else size
