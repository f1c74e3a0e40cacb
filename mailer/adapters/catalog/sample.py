"""For whom does the catalogue try a letter? A typical supporter of a campaign that is not frozen yet."""

from __future__ import annotations

from typing import Final

from mailer.adapters.catalog.conversion import Desk
from mailer.core.campaigns import Campaign
from mailer.core.revisions import Calendar, Revision, Wording
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.texts import LetterLibrary

SAMPLE_SUPPORTER: Final = Supporter(
    PublicId(bytes(8)), Person("supporter@solidarity.example", name="Supporter Example", city="Example City")
)
_CALENDAR: Final = Calendar(("September",) * 12, ("Wednesday",) * 7, "EEEE, d MMMM", "d MMMM y", "HH:mm")
_WORDING: Final = Wording("en", "ltr", b"", _CALENDAR)


def sample_revision(desk: Desk, campaign: Campaign, shipped: LetterLibrary) -> Revision:
    """Return as much of a revision as a letter needs."""
    return Revision(campaign, desk.organisation, letters=shipped, wordings={"en": _WORDING})
