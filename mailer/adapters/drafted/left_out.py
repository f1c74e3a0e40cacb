"""Which mail addresses of an appeal became nothing in its draft? Footers and lists mostly; at times a missed office.

Law: they are told in a comment, for whoever reviews the draft, and written to by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from mailer.adapters.drafted.yaml_text import Lines, note

MOST_TOLD = 8


def left_out(mails: Iterable[str], contacts: Iterable[str]) -> Lines:
    """Return the comment on those `mails` of an appeal that stand in none of the lines of its contacts."""
    used = "\n".join(contacts).lower()
    others = [mail for mail in dict.fromkeys(mail.lower() for mail in mails) if mail not in used]
    more = f", and {len(others) - MOST_TOLD} more" if len(others) > MOST_TOLD else ""
    told = f"addresses in the text that nobody writes to: {', '.join(others[:MOST_TOLD])}{more}"
    return [note(told)] if others else []
