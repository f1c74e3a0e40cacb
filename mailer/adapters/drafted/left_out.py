"""Which mail addresses of an appeal became nothing in its draft? Footers and lists mostly; at times a missed office.

Law: they are told in a comment, for whoever reviews the draft, and written to by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailer.adapters.drafted.yaml_text import Lines, note
from mailer.core.drafting.text import clean

MOST_TOLD = 8
_MOST_LOOKED_AT = 300
_MAIL = re.compile(r"[\w+-][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,6}[\w-]{2,63}")


def left_out(appeal: str, contacts: Iterable[str]) -> Lines:
    """Return the comment on the addresses of an appeal that stand in none of the lines of its contacts."""
    used = "\n".join(contacts).lower()
    found = list(dict.fromkeys(mail.lower() for mail in _MAIL.findall(clean(appeal))))[:_MOST_LOOKED_AT]
    others = [mail for mail in found if mail not in used]
    more = f", and {len(others) - MOST_TOLD} more" if len(others) > MOST_TOLD else ""
    told = f"addresses in the text that nobody writes to: {', '.join(others[:MOST_TOLD])}{more}"
    return [note(told)] if others else []
