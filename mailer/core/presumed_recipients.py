"""Whom has a notice to be about that names nobody in any known shape? The only one whom it can be about.

Law: two whom it can be about are nobody.
"""

from __future__ import annotations

import re

from mailer.core.mail_addresses import addresses_in, addresses_in_text
from mailer.core.named_recipients import Named, is_about_help, ours_of, strangers_in
from mailer.core.notice_words import NOBODY
from mailer.core.notices import sent_to
from mailer.core.received import Received

_WORD = re.compile(r"[\w.+'-]*\w")
_TO = re.compile(r"^[ \t>]*To:[ \t]*([^\n]{3,500})", re.IGNORECASE | re.MULTILINE)


def presumed_in(received: Received, notice: str) -> tuple[Named, ...]:
    """Return whom a notice has to be about: the only stranger that it names, or the only one that was written to."""
    ours = ours_of(received)
    return _only_other(notice, ours) or _written_to(notice, ours) or _sent_to(received, notice, ours)


def _only_other(notice: str, ours: set[str]) -> tuple[Named, ...]:
    """Return the one address of a notice that is not ours; nothing if there are several."""
    found = {address.lower(): address for address in addresses_in_text(notice)}
    others = [a for key, a in found.items() if key not in ours and not NOBODY.match(key)]
    if len(others) > 1:
        others = [a for a in others if not is_about_help(notice, notice.find(a))]
    return (Named(others[0], ""),) if len(others) == 1 else ()


def _written_to(notice: str, ours: set[str]) -> tuple[Named, ...]:
    """Return the one address that a notice repeats as the To of the mail."""
    found = [address for value in _TO.findall(notice) for address in addresses_in(value)]
    others = strangers_in(tuple(Named(address, "") for address in dict.fromkeys(found)), ours)
    return others if len(others) == 1 else ()


def _sent_to(received: Received, notice: str, ours: set[str]) -> tuple[Named, ...]:
    """Return to whom the returned mail was written: whom the notice calls by half the address, or the only one."""
    to, servers = ([a for a in found if a.lower() not in ours] for found in sent_to(received))
    words = set(_WORD.findall(notice.lower()))
    called = [address for address in (*to, *servers) if address.lower().rpartition("@")[0] in words]
    for found in (called[:1], to, servers):
        if len(set(found)) == 1:
            return (Named(found[0], ""),)
    return ()
