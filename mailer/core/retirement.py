"""Which addresses and numbers are used no more? What an organiser retired, in whatever way it is written.

Law: what was retired is no channel, of a target or of a mission, and no address for copies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mailer.core.campaigns import Mission
from mailer.core.listings import Listing
from mailer.core.numbers import compact_number
from mailer.core.targets import Target


@dataclass(frozen=True, slots=True)
class RetiredValue:
    """An address or number that is used no more, why, and since when (UTC)."""

    value: str
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.value.strip() or not self.reason.strip():
            raise ValueError("what is retired, and why, has to be said")


@dataclass(frozen=True, slots=True)
class OutOfUse:
    """Addresses and numbers that a campaign uses no more, and which of them (`retired`) no campaign does.

    The others are so on the word of three supporters, or on the report of a mail system that one of them passed on.
    """

    values: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()


NOTHING_OUT_OF_USE = OutOfUse()


class Retired:
    """A set of addresses, numbers, URLs and address blocks that nothing is sent to any more."""

    def __init__(self, values: frozenset[str] = frozenset()) -> None:
        self._keys = frozenset(map(spelled_alike, values))

    def keep(self, value: str) -> str:
        """Return `value`, or an empty text if it was retired."""
        return "" if value and spelled_alike(value) in self._keys else value

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

    def among(self, listings: Iterable[Listing]) -> tuple[Listing, ...]:
        """Return what is listed although it was retired."""
        return tuple(each for each in listings if not self.keep(each.value))


def spelled_alike(value: str) -> str:
    """Return what two ways of writing one address or number have in common: 0044 is +44, and (0) is not dialled."""
    number = compact_number(value.replace("(0)", ""))
    if number.startswith("00"):
        number = "+" + number[2:]
    is_number = number.startswith("+") and "@" not in value and not any(map(str.isalpha, value))
    return number if is_number else " ".join(value.split()).casefold()
