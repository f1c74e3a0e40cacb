"""To whom has the supporter written already, as a mail tells it? By days of their own, with the targets' names.

Law: a target that was written to is not asked for again, but where what we said of it was wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from mailer.core.calendar import local_time, tell_day
from mailer.core.campaigns import Campaign, MailingKind
from mailer.core.pack import PackItem
from mailer.core.plain import Plain, Speaker

# What is told to those who wrote in another way than to those who did not.
SPEAKS_OF_LETTERS = frozenset({MailingKind.UPDATE, MailingKind.CORRECTION, MailingKind.CLOSING})


def wrote_view(acted: Mapping[str, datetime], campaign: Campaign, speaker: Speaker) -> tuple[Plain, ...]:
    """Return each day on which the supporter wrote, the earliest first, with the names of those who got a letter.

    A letter to nobody in particular gives its day no name; a target that is gone is told of no more.
    """
    names = {str(target.id): _name(target.name.best(*speaker.reads)[1]) for target in campaign.targets} | {"": ""}
    days: dict[date, list[str]] = {}
    for target, at in sorted(acted.items(), key=lambda one: one[1]):
        if target in names:
            days.setdefault(local_time(at, speaker.timezone).date(), []).append(names[target])
    return tuple(
        {"day": tell_day(day, speaker.wording.calendar, year=True), "names": tuple(filter(None, wrote))}
        for day, wrote in days.items()
    )


def unwritten(items: Sequence[PackItem], acted: Mapping[str, datetime]) -> tuple[PackItem, ...]:
    """Return the items whose targets the supporter has not written to."""
    return tuple(item for item in items if item.target not in acted)


def _name(name: str) -> str:
    """Return a name on one line."""
    return " ".join(name.split())
