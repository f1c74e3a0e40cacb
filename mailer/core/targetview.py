"""What does a mail show of one target? Its ways, its letter and how the embassy was found, as plain values.

Law: only ways that are still open are shown, and no two buttons of a mail have the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mailer.core.calendar import tell_day
from mailer.core.missions import OWN, credit
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.plain import Plain, Speaker, direction, lines, paragraphs, web_address
from mailer.core.targets import ChannelKind


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a target need not show itself: `ends` (UTC) that are told elsewhere, and its letters without the copy.

    `without_copy` is the page that has those, empty if none has; None gives each a link of its own.
    """

    ends: frozenset[datetime | None] = frozenset()
    without_copy: str | None = None


HERE: Final = Elsewhere()


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


def way_to(item: PackItem, kind: ChannelKind, speaker: Speaker) -> Mapping[str, Plain]:
    """Return one open way by itself, and the name of whom it leads to.

    Raises:
        LookupError: the target cannot be reached so.
    """
    channel = next((each for each in item.open_channels if each.kind is kind), None)
    if channel is None:
        raise LookupError(f"{item.target} cannot be reached by {kind}")
    name = item.mission_name or item.name
    return {"name": name, "way": _way(channel, item, name, speaker, HERE)}


def target_view(
    item: PackItem, name: str, embassy_of: str, speaker: Speaker, elsewhere: Elsewhere = HERE
) -> Mapping[str, Plain]:
    """Return everything that a mail shows of `item`, under `name`, but for what is told or found elsewhere."""
    ways = item.open_channels
    return {
        "id": item.target,
        "name": name,
        "tone": item.tone.value,
        "ways": tuple(_way(channel, item, _way_name(channel, ways, name), speaker, elsewhere) for channel in ways),
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


def _way(channel: Channel, item: PackItem, name: str, speaker: Speaker, elsewhere: Elsewhere) -> Mapping[str, Plain]:
    """Return one way to a target: what to press, what to copy, by when."""
    return {
        "kind": channel.kind.value,
        "name": name,
        "value": channel.display or channel.value,
        "lines": lines(channel.value),
        "url": _address(channel),
        "has_text": channel.mailto_has_text,
        "cc": ", ".join(channel.cc),
        "bcc": ", ".join(channel.bcc),
        "without_copy": _without_copy(channel, elsewhere),
        "by": None if channel.closes_at in elsewhere.ends else speaker.until(channel.closes_at),
        **_call(channel, speaker),
        **_form(channel, item, speaker),
        "finds_address": bool(item.rule) and channel.kind is ChannelKind.WEB,
    }


def _without_copy(channel: Channel, elsewhere: Elsewhere) -> Plain:
    """Return where the same letter is had without its blind copy, or None."""
    if not channel.mailto_without_copy.startswith("mailto:"):
        return None
    if elsewhere.without_copy is None:
        return {"url": channel.mailto_without_copy, "on_page": False}
    return {"url": elsewhere.without_copy, "on_page": True} if elsewhere.without_copy else None


def _call(channel: Channel, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what is shown of a number: how to dial it, when to ring and what to say."""
    hours = {"there": channel.hours_there, "here": channel.hours_here, "city": speaker.city(channel.zone_there)}
    return {
        "dialled": speaker.isolated(channel.dialled),
        "dialled_in": speaker.country(channel.dialled_from),
        "waits": "~" in channel.dialled,
        "hours": hours if channel.hours_there else None,
        "call_at": _call_at(channel, speaker),
        "script": _letter(channel.script, speaker),
        "script_translation": _letter(channel.script_translation, speaker),
        "machine": _letter(channel.machine, speaker),
        "machine_translation": _letter(channel.machine_translation, speaker),
    }


def _call_at(channel: Channel, speaker: Speaker) -> Plain:
    """Return when to ring, or None; in a skeleton a mark stands for the words."""
    if channel.call_at is None:
        return None
    told = speaker.told(channel.call_at)
    return {**told, "moment": channel.call_mark} if channel.call_mark else told


def _form(channel: Channel, item: PackItem, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what is shown of a web form; `text` is the letter where the form takes only a part of it."""
    is_shorter = channel.text is not None and channel.text.body != item.letter.body
    return {
        "hint": channel.hint,
        "asks_for": channel.asks_for,
        "max_chars": channel.max_chars or 0,
        "text": _letter(channel.text, speaker) if is_shorter else None,
        "too_long": bool(channel.max_chars) and channel.text is None,
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
        "rule": _rule(item),
        "via": shown if item.via else "",
        "of": speaker.country(embassy_of),
        "host": speaker.country(item.rule_country),
        "name": "" if item.mission_name in shown else item.mission_name,
        "checked": _day(item.checked, speaker),
        "source": credit(item.source),
    }


def _rule(item: PackItem) -> str:
    """Return which step found the mission; in the own country, what it is if it is no embassy."""
    if item.rule != OWN:
        return item.rule
    return "consulate" if item.consulate else "office" if item.office else OWN


def _day(iso: str, speaker: Speaker) -> str:
    """Return an ISO day in words with its year; empty stays empty."""
    return tell_day(date.fromisoformat(iso), speaker.wording.calendar, year=True) if iso else ""
