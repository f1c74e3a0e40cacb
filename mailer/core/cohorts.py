"""Which supporters get the same mail, but for values of their own? Those of one cohort.

Law: two supporters of a cohort have mails that differ in nothing but the values that are put in for each of them, and
in what their authors choose beside texts, which is asked of each.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from mailer.core.authors import Author
from mailer.core.body_skeletons import is_plain_value
from mailer.core.campaigns import Campaign
from mailer.core.supporters import Supporter


def composing_moment(now: datetime) -> datetime:
    """Return the moment that a letter composed at `now` is of: the whole minute, which all letters of it share."""
    return now.replace(second=0, microsecond=0)


def cohort_of(supporter: Supporter, author: Author, campaign: Campaign) -> tuple[Hashable, ...]:
    """Return what decides how a supporter's mails in a campaign look, beside the mailing and the moment.

    Of the author's own texts that is how much room they take, which is nothing for those that are not there.
    """
    person = supporter.person
    in_city = any(target.consulates for target in campaign.targets)  # a consulate is looked for in it
    return (
        supporter.country,
        supporter.language,
        supporter.timezone,
        person.safety,
        person.best_way,
        person.discreet,
        author.joined_on is None,
        author.seed == 0,  # a preview's, who is asked everything
        person.city if in_city else "",
        author.room,
    )


def fits_marks(author: Author) -> bool:
    """Tell whether an author's texts can stand where marks are: nothing in them joins with what is around them."""
    return all(map(_stands_alone, (author.name, author.initials, author.city, author.organisation)))


def _stands_alone(text: str) -> bool:
    """Tell whether a text stays what it is; "=?" is taken apart in subjects, also where two texts meet."""
    return is_plain_value(text) and not text.startswith("?") and not text.endswith("=")
