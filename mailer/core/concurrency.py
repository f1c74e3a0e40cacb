"""How many letters may be on their way to one relay at once? As many as it has shown that it takes.

Law: trouble lowers the number at once and success raises it slowly; it stays between one and the connections.
Source: Postfix, SCHEDULER_README, "less-than-1 feedback": a window's worth of successes raises it by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Window:
    """The number, as a fraction that grows; `most` are the connections."""

    most: int
    size: float

    @property
    def allows(self) -> int:
        """Return how many letters may be on their way."""
        return int(self.size + 1e-9) or 1  # a sum of thirds is no whole number

    def succeed(self) -> Window:
        """Return the window after a letter that was taken."""
        if self.size >= self.most:
            return self
        return replace(self, size=min(float(self.most), self.size + 1 / self.size))

    def suffer(self) -> Window:
        """Return the window after a letter that was lost or put off because of the relay."""
        return replace(self, size=max(1.0, self.size / 2))

    def narrow(self, most: int) -> Window:
        """Return the window of a relay that has shown how many connections it takes, and that is at least one."""
        return Window(max(1, most), min(self.size, max(1.0, most)))

    def widen(self, most: int) -> Window:
        """Return the window of a relay that may take so many connections again."""
        return replace(self, most=most)

    def begin_anew(self) -> Window:
        """Return the window of a relay that comes back: one letter tries it."""
        return replace(self, size=1.0)


def wide_open(connections: int) -> Window:
    """Return the window of a relay that nothing is known of."""
    return Window(connections, float(connections))
