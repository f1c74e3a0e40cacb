"""Which addresses and numbers are used no more? What an organiser retired, in whatever way it is written.

Law: what was retired is no channel, of a target or of a mission, and no address for copies.
"""

from __future__ import annotations

from dataclasses import replace

from mailer.core.campaigns import Mission
from mailer.core.numbers import compact_number
from mailer.core.targets import Target


class Retired:
    """A set of addresses, numbers, URLs and address blocks that nothing is sent to any more."""

    def __init__(self, values: frozenset[str] = frozenset()) -> None:
        self._keys = frozenset(map(_key, values))

    def keep(self, value: str) -> str:
        """Return `value`, or an empty text if it was retired."""
        return "" if value and _key(value) in self._keys else value

    def keep_lines(self, block: tuple[str, ...]) -> tuple[str, ...]:
        """Return an address block, or nothing if it was retired."""
        return block if self.keep("\n".join(block)) else ()

    def of_target(self, target: Target) -> Target:
        """Return `target` with the channels that are still used."""
        if not self._keys:
            return target
        return replace(
            target,
            email=self.keep(target.email),
            fax=self.keep(target.fax),
            phone=target.phone if target.phone and self.keep(target.phone.number) else None,
            post=self.keep_lines(target.post),
            web=target.web if target.web and self.keep(target.web.url) else None,
        )

    def of_mission(self, mission: Mission) -> Mission:
        """Return `mission` with the channels that are still used."""
        if not self._keys:
            return mission
        return replace(
            mission,
            email=self.keep(mission.email),
            fax=self.keep(mission.fax),
            phone=self.keep(mission.phone),
            post=self.keep_lines(mission.post),
            web=self.keep(mission.web),
        )


def _key(value: str) -> str:
    """Return what two ways of writing one address or number have in common."""
    number = compact_number(value)
    is_number = value.startswith("+") and "@" not in value
    return number if is_number else " ".join(value.split()).casefold()
