"""What stands on a letter that is printed? Sender, place and day, address, subject, text, room to sign.

Law: of the sender it has what they typed for it, and where their safety forbids a name nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mailer.core.calendar import tell_day
from mailer.core.edits import line, may_sign, part_signature
from mailer.core.languages import same_language
from mailer.core.pack import PackItem
from mailer.core.plain import direction, lines, paragraphs
from mailer.core.revisions import Wording
from mailer.core.targets import ChannelKind

_US_LETTER: Final = frozenset({"US", "CA"})
_MOST_LINES: Final = 8  # of a sender's address


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter on paper; `sheet` is "a4" or "us-letter", `body` paragraphs of lines, `closing` begins with the name."""

    language: str
    direction: str
    sheet: str
    sender: tuple[str, ...]
    dated: str
    recipient: tuple[str, ...]
    subject: str
    body: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """What a supporter typed for the head of a letter, and the country whose paper they have (ISO 3166)."""

    address: str = ""
    place: str = ""
    sign: str = ""
    country: str = ""


def on_paper(item: PackItem, sender: Sender, today: date, wording: Wording) -> Paper:
    """Return the letter as it is printed; `wording` is in the letter's language where there are words of it."""
    letter, signs = item.letter, may_sign(item)
    text, closing = part_signature(letter.body, sender.sign) if signs else (letter.body, "")
    address = tuple(line(each) for each in lines(sender.address))[:_MOST_LINES] if signs else ()
    return Paper(
        language=letter.language,
        direction=direction(letter.language),
        sheet="us-letter" if sender.country in _US_LETTER else "a4",
        sender=address,
        dated=", ".join(filter(None, [line(sender.place) if signs else "", _day(today, letter.language, wording)])),
        recipient=_recipient(item),
        subject=letter.subject,
        body=tuple(tuple(paragraph.split("\n")) for paragraph in paragraphs(text)),
        closing=lines(closing),
    )


def _day(today: date, language: str, wording: Wording) -> str:
    """Return the day in words of the letter's language, in digits where there are none."""
    if not same_language(wording.language, language):
        return today.isoformat()
    return tell_day(today, wording.calendar, year=True)


def _recipient(item: PackItem) -> tuple[str, ...]:
    """Return the address block: by post where that still arrives, else by fax, else by name."""
    name = item.mission_name or item.name
    for kind in (ChannelKind.POST, ChannelKind.FAX):
        channel = next((each for each in item.open_channels if each.kind is kind), None)
        if channel is not None:
            block = lines(channel.value) if kind is ChannelKind.POST else (f"Fax {channel.display or channel.value}",)
            return block if name in block else (name, *block)
    return (name,)
