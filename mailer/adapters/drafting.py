"""What does an appeal tell? Core's rules, with the knowledge of Babel and phonenumbers.

Law: any text gives a draft; what could not be told stands in it as a doubt.
"""

from __future__ import annotations

from datetime import date

from mailer.adapters.drafting_lore import lore
from mailer.core.drafting.appeal import draft
from mailer.core.drafting.drafts import Drafted


def draft_of(text: str, today: date) -> Drafted:
    """Return the draft of a campaign from the text of an appeal; `today` dates what has no year."""
    return draft(text, lore(), today)
