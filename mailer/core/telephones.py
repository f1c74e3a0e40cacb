"""How does a supporter telephone? The number as they dial it, what to say, the hours by both clocks, and when to ring.

Law: a machine is told what a person would be, and no more of the supporter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from mailer.core.calendar import tell_time
from mailer.core.callers import call_at, is_asked
from mailer.core.countries import capital_zone, supporter_zone
from mailer.core.deadlines import office_days
from mailer.core.dialling import dialled
from mailer.core.languages import reading_order
from mailer.core.letters import PHONE, write_blocks
from mailer.core.numbers import display_number
from mailer.core.pack import Channel
from mailer.core.targets import ChannelKind, Phone, Tone
from mailer.core.writing import Writing


def phone_channel(writing: Writing, now: datetime) -> Channel | None:
    """Return the telephone of the target, with a script where it is asked for something.

    It is closed to who is not asked to ring.
    """
    phone = writing.target.phone
    if phone is None:
        return None
    protests = writing.target.tone is Tone.PROTEST
    script, meaning = write_blocks(writing, PHONE) if protests else (None, None)
    zones = _zones(writing)
    there, here = _hours(phone, writing, zones, now)
    at, mark = call_at(phone, writing, zones, now)
    shown = phone.display or display_number(phone.number)
    return Channel(
        ChannelKind.PHONE,
        phone.number,
        open=is_asked(phone, writing),
        display=shown,
        dialled=dialled(phone.number, writing.supporter.country, shown),
        dialled_from=writing.supporter.country,
        script=script.letter if script else None,
        script_translation=meaning.letter if meaning else None,
        machine=script.recording if script else None,
        machine_translation=meaning.recording if meaning and script and script.machine else None,
        call_at=at,
        call_mark=mark,
        hours_there=there,
        hours_here=here,
        zone_there=zones[0] if there else "",
    )


def office_zone(writing: Writing) -> str:
    """Return the zone of the target's telephone: its own, else the capital's of the campaign's country."""
    phone, revision = writing.target.phone, writing.revision
    own = phone.timezone if phone else ""
    return own or capital_zone(writing.campaign.country) or revision.organisation.timezone


def _zones(writing: Writing) -> tuple[str, str]:
    """Return the zones of the office and of the supporter."""
    return office_zone(writing), supporter_zone(writing.supporter, writing.revision.organisation.timezone)


def _hours(phone: Phone, writing: Writing, zones: tuple[str, str], now: datetime) -> tuple[str, str]:
    """Return the hours of the next working day as the clocks there and at the supporter's show them, or nothing."""
    hours = next(office_days(phone, zones[0], now), None)
    if hours is None:
        return "", ""
    there, here = (_span([moment.astimezone(ZoneInfo(zone)).time() for moment in hours], writing) for zone in zones)
    return there, here


def _span(hours: Iterable[time], writing: Writing) -> str:
    """Return "09:00–18:00" as the supporter's language writes times."""
    reads = reading_order(writing.supporter.language, writing.fallback)
    calendar = writing.revision.wording(*reads).calendar
    return "–".join(tell_time(hour, calendar) for hour in hours)
