"""How does a supporter telephone? The number, a short script, and the hours by both clocks.

`ask_at_most` is not used yet: everybody is shown the number, and `check` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from mailer.core.calendar import tell_time
from mailer.core.countries import capital_zone, supporter_zone
from mailer.core.deadlines import next_working_day, office_hours
from mailer.core.languages import reading_order
from mailer.core.letters import PHONE, write_letter
from mailer.core.numbers import display_number
from mailer.core.pack import Channel
from mailer.core.targets import ChannelKind, Tone
from mailer.core.writing import Writing


def phone_channel(writing: Writing, now: datetime) -> Channel | None:
    """Return the telephone of the target, with a script where it is asked for something."""
    phone = writing.target.phone
    if phone is None:
        return None
    protests = writing.target.tone is Tone.PROTEST
    script, translation = write_letter(writing, PHONE) if protests else (None, None)
    there, here = _hours(writing, now)
    return Channel(
        ChannelKind.PHONE,
        phone.number,
        open=True,
        display=phone.display or display_number(phone.number),
        script=script,
        script_translation=translation,
        hours_there=there,
        hours_here=here,
        zone_there=office_zone(writing) if there else "",
    )


def office_zone(writing: Writing) -> str:
    """Return the zone of the target's telephone: its own, else the capital's of the campaign's country."""
    phone, revision = writing.target.phone, writing.revision
    own = phone.timezone if phone else ""
    return own or capital_zone(writing.campaign.country) or revision.organisation.timezone


def _hours(writing: Writing, now: datetime) -> tuple[str, str]:
    """Return the hours of the next working day as the clocks there and at the supporter's show them."""
    phone = writing.target.phone
    if phone is None or phone.opens is None or phone.closes is None:
        return "", ""
    there = office_zone(writing)
    here = ZoneInfo(supporter_zone(writing.supporter, writing.revision.organisation.timezone))
    moments = office_hours(phone.opens, phone.closes, next_working_day(now, there), there)
    shifted = (moment.astimezone(here).time() for moment in moments)
    return _span((phone.opens, phone.closes), writing), _span(shifted, writing)


def _span(hours: Iterable[time], writing: Writing) -> str:
    """Return "09:00–18:00" as the supporter's language writes times."""
    reads = reading_order(writing.supporter.language, writing.fallback)
    calendar = writing.revision.wording(*reads).calendar
    return "–".join(tell_time(hour, calendar) for hour in hours)
