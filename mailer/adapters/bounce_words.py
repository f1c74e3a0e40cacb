"""Whom does flufl.bounce take a returned mail to be about? Its heuristics for many old formats, as plain guesses.

Law: it gets texts of bounded length in a mail made anew, never the octets of a stranger, and what goes wrong in it is
no guess.
"""

from __future__ import annotations

import logging
from email.message import Message

from flufl.bounce import all_failures

from mailer.core.bounces import Guess
from mailer.core.mail_addresses import as_address
from mailer.core.received import Part, Received

LONGEST_TEXT = 20_000
LONGEST_LINE = 500
_MOST_PARTS = 10
_LOG = logging.getLogger("flufl.bounce")


def guess_recipients(received: Received) -> tuple[Guess, ...]:
    """Return the guesses of the library, in the order of the addresses."""
    _LOG.disabled = True  # it would log each detector, and tracebacks of mails that are none of its business
    try:
        temporary, permanent = all_failures(_rebuilt(received))
    except Exception:  # one incoming message, and a library of heuristics: no guess is an answer too
        return ()
    found = dict.fromkeys(permanent, False) | dict.fromkeys(temporary, True)
    guesses = (
        (as_address(raw.decode("ascii", "replace")), is_temporary) for raw, is_temporary in sorted(found.items())
    )
    return tuple(Guess(address, is_temporary) for address, is_temporary in guesses if address)


def _rebuilt(received: Received) -> Message:
    """Return a mail with the texts and the few fields that the library looks at."""
    mail = Message()
    mail["from"] = received.sender or "mailer-daemon@unknown.invalid"  # without one a detector fails
    for name in ("to", "subject", "x-mailer"):
        for value in received.fields.get(name, ())[:1]:
            mail[name] = value[:LONGEST_LINE]
    parts = [part for part in received.parts if part.text][:_MOST_PARTS]
    if not received.content_type.startswith("multipart/") and len(parts) == 1:
        mail.set_payload(_bounded(parts[0].text))
        return mail
    mail["Content-Type"] = received.content_type
    mail.set_payload([_leaf(part) for part in parts])
    return mail


def _leaf(part: Part) -> Message:
    """Return one part of it."""
    leaf = Message()
    leaf["Content-Type"] = part.content_type if part.content_type.startswith("text/") else "text/plain"
    leaf.set_payload(_bounded(part.text))
    return leaf


def _bounded(text: str) -> str:
    """Return a text of which no line is long enough to cost anybody time."""
    return "\n".join(line[:LONGEST_LINE] for line in text[:LONGEST_TEXT].split("\n"))
