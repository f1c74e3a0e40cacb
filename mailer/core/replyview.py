"""What does the mail say that answers a command? What was done, as of when, and how it is taken back.

Law: nothing of the mail that it answers is in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailer.core.calendar import local_time, tell_day
from mailer.core.links import Links
from mailer.core.mail_commands import Command
from mailer.core.plain import Plain, Speaker, web_address
from mailer.core.replies import Answering
from mailer.core.supporters import Supporter


def reply_view(answering: Answering, supporter: Supporter, links: Links, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what an answer shows beside its frame; the case is not named to who asked for quiet subjects."""
    command = answering.reply.command
    undo = _undo(links, answering)[command] if command else ""
    return {
        "done": answering.reply.name,
        "title": None if supporter.person.discreet else speaker.said(answering.title),
        "day": _begins_again(supporter, speaker) if command is Command.PAUSE else "",
        "undo": {"url": web_address(undo), "mailto": links.office_mailto},
        "leave": {"url": web_address(links.unsubscribe_url), "mailto": links.unsubscribe_mailto},
        "preferences": web_address(links.preferences_url),
    }


def _undo(links: Links, answering: Answering) -> Mapping[Command, str]:
    """Return the page where each command is taken back; there is none for a letter that names nobody."""
    return {
        Command.STOP: links.signup_url,
        Command.SENT: links.action_url if answering.names_letter else "",
        Command.PAUSE: links.preferences_url,
        Command.NOT_THIS_CASE: links.action_url,
    }


def _begins_again(supporter: Supporter, speaker: Speaker) -> str:
    """Return the day on which mail begins again, in words; empty if that is known no more."""
    if supporter.paused_until is None:
        return ""
    return tell_day(local_time(supporter.paused_until, speaker.timezone).date(), speaker.wording.calendar, year=True)
