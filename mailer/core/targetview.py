"""What does a mail show of one target? Its ways, its letter and how the embassy was found, as plain values.

Law: only ways that are still open are shown, and no two buttons of a mail have the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from mailer.core.calendar import tell_day
from mailer.core.missions import OWN
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.plain import Plain, Speaker, direction, lines, paragraphs, web_address
from mailer.core.targets import ChannelKind


def button_names(items: tuple[PackItem, ...]) -> tuple[str, ...]:
    """Return a name for each target that no other one has.

    Of namesakes, missions are told apart by their own names or cities, and what is then still alike is numbered.
    """
    names = _told_apart([item.name for item in items], [item.mission_name or item.mission_city for item in items])
    before = (names[:place].count(name) for place, name in enumerate(names))
    numbers = [str(count + 1) if names.count(name) > 1 else "" for count, name in zip(before, names, strict=True)]
    return tuple(f"{name} ({number})" if number else name for name, number in zip(names, numbers, strict=True))


def _told_apart(names: list[str], missions: list[str]) -> list[str]:
    """Return `names`, with the mission's name added to those that are not the only one."""
    return [
        f"{name}, {mission}" if mission and names.count(name) > 1 and mission != name else name
        for name, mission in zip(names, missions, strict=True)
    ]


def target_view(
    item: PackItem, name: str, embassy_of: str, speaker: Speaker, told: frozenset[datetime | None] = frozenset()
) -> Mapping[str, Plain]:
    """Return everything that a mail shows of `item`, under `name`; ends in `told` are told elsewhere in it."""
    ways = item.open_channels
    return {
        "id": item.target,
        "name": name,
        "tone": item.tone.value,
        "ways": tuple(_way(channel, item, _way_name(channel, ways, name), speaker, told) for channel in ways),
        "letter": _letter(item.letter, speaker) if any(map(_needs_letter, ways)) else None,
        "translation": _letter(item.translation, speaker),
        "add_name": item.add_name,
        "initials_only": item.initials_only,
        "unsigned": item.unsigned,
        "sender": item.sender_block,
        "mission": _mission(item, name, embassy_of, speaker),
    }


def _needs_letter(channel: Channel) -> bool:
    """Tell whether the letter itself goes this way; a telephone has its own script."""
    return channel.kind is not ChannelKind.PHONE


def _way_name(channel: Channel, ways: tuple[Channel, ...], name: str) -> str:
    """Return the name of a way's button: that of the target, with the address where two ways are of a kind."""
    alike = sum(way.kind is channel.kind for way in ways)
    return f"{name}: {channel.display or channel.value}" if alike > 1 else name


def _way(
    channel: Channel, item: PackItem, name: str, speaker: Speaker, told: frozenset[datetime | None]
) -> Mapping[str, Plain]:
    """Return one way to a target: what to press, what to copy, by when."""
    longest = channel.max_chars
    return {
        "kind": channel.kind.value,
        "name": name,
        "value": channel.display or channel.value,
        "lines": lines(channel.value),
        "url": _address(channel),
        "has_text": channel.mailto_has_text,
        "cc": ", ".join(channel.cc),
        "bcc": ", ".join(channel.bcc),
        "by": None if channel.closes_at in told else speaker.until(channel.closes_at),
        "script": _letter(channel.script, speaker),
        "script_translation": _letter(channel.script_translation, speaker),
        "hours": {"there": channel.hours_there, "here": channel.hours_here, "city": speaker.city(channel.zone_there)}
        if channel.hours_there
        else None,
        "hint": channel.hint,
        "asks_for": channel.asks_for,
        "max_chars": longest or 0,
        "too_long": longest is not None and len(item.letter.body) > longest,
        "finds_address": bool(item.rule) and channel.kind is ChannelKind.WEB,
    }


def _address(channel: Channel) -> str:
    """Return what the button opens, empty where there is no button."""
    if channel.kind is ChannelKind.PHONE:
        return f"tel:{channel.value}"
    if channel.kind is ChannelKind.WEB:
        return web_address(channel.value)
    return channel.mailto if channel.mailto.startswith("mailto:") else ""


def _letter(letter: WrittenLetter | None, speaker: Speaker) -> Plain:
    """Return a letter as paragraphs of lines, with the name of its language; None stays None."""
    if letter is None:
        return None
    return {
        "language": letter.language,
        "direction": direction(letter.language),
        "language_name": speaker.language(letter.language),
        "subject": letter.subject,
        "body": letter.body,
        "standard": letter.standard,
        "paragraphs": tuple(tuple(paragraph.split("\n")) for paragraph in paragraphs(letter.body)),
    }


def _mission(item: PackItem, shown: str, embassy_of: str, speaker: Speaker) -> Plain:
    """Return which rule found an embassy and when its row was last seen right, or None."""
    if not item.rule:
        return None
    return {
        "rule": "consulate" if item.consulate and item.rule == OWN else item.rule,
        "of": speaker.country(embassy_of),
        "host": speaker.country(item.rule_country),
        "name": "" if item.mission_name in shown else item.mission_name,
        "checked": _day(item.checked, speaker),
    }


def _day(iso: str, speaker: Speaker) -> str:
    """Return an ISO day in words with its year; empty stays empty."""
    return tell_day(date.fromisoformat(iso), speaker.wording.calendar, year=True) if iso else ""
