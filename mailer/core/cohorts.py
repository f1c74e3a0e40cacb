"""Which supporters get the same mail, but for values of their own? Those of one cohort.

Law: two supporters of a cohort have mails that differ in nothing but the values that are put in for each of them, and
in what their authors choose beside texts, which is asked of each.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from mailer.core.authors import Author, Room
from mailer.core.body_skeletons import is_plain_value
from mailer.core.campaigns import Campaign
from mailer.core.supporters import Supporter

_MINUTE: Final = timedelta(minutes=1)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def composing_moment(now: datetime) -> datetime:
    """Return the moment that a letter composed at `now` is of: the whole minute, which all letters of it share."""
    return now.replace(second=0, microsecond=0)


@dataclass(slots=True)
class Moments:
    """The moments of letters that are composed one behind the other: nearly all are of that of the one before."""

    begin: datetime = _LONG_AGO
    end: datetime = _LONG_AGO

    def of(self, now: datetime) -> datetime:
        """Return the composing moment of `now`; it is made anew where the last one's minute is over, or not begun."""
        if not self.begin <= now < self.end:
            self.begin = composing_moment(now)
            self.end = self.begin + _MINUTE
        return self.begin


def asks_city(campaign: Campaign) -> bool:
    """Tell whether it matters to a campaign in which city somebody lives: a consulate is looked for there."""
    return any(target.consulates for target in campaign.targets)


def cohort_of(supporter: Supporter, room: Room, *, in_city: bool) -> tuple[Hashable, ...]:
    """Return what decides how a supporter's mails in a campaign look, beside the mailing and the moment.

    Of the author's own texts that is how much room they take, which is nothing for those that are not there. With
    `in_city` it is the city too.
    """
    person = supporter.person
    return (
        supporter.country,
        supporter.language,
        supporter.timezone,
        person.safety,
        person.best_way,
        person.discreet,
        supporter.joined_on is None,
        supporter.seed == 0,  # a preview's, who is asked everything
        person.city if in_city else "",
        room,
    )


def fits_marks(author: Author) -> bool:
    """Tell whether an author's texts can stand where marks are: nothing in them joins with what is around them."""
    texts = (author.name, author.initials, author.city, author.organisation)
    together = "".join(texts)
    if not is_plain_value(together):
        return False
    joins = "?" in together or "=" in together  # "=?" is taken apart in subjects, also where two texts meet
    return not joins or not any(text.startswith("?") or text.endswith("=") for text in texts)
