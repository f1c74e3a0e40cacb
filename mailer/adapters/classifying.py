"""What is this mail? The core's own rules first, and a library's heuristics where these name nobody.

Law: the library is asked only about mails that came back by our own rules, so that it can raise no false alarm.
"""

from __future__ import annotations

from mailer.core.bounces import Classified, Guess
from mailer.core.classifying import classify
from mailer.core.received import Received


def classify_mail(received: Received) -> Classified:
    """Return what a mail is, and whom it is about."""
    return classify(received, _guess)


def _guess(received: Received) -> tuple[Guess, ...]:
    """Return the library's guesses; few mails need it, and a command that reads none never loads it."""
    from mailer.adapters.bounce_words import guess_recipients

    return guess_recipients(received)
