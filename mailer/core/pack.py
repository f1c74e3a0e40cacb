"""What does one supporter need to act? The letters, every open channel, in the order of what arrives.

A pack is made of what holds at one moment; what would come too late is closed, never shown as open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailer.core.targets import ChannelKind, Tone


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter's words in one language, filled and signed.

    `standard` tells of a translation that it is the shipped letter with the same demands, because the
    campaign's own letter is not written in that language.
    """

    language: str
    subject: str
    body: str
    standard: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a target, as this supporter would use it.

    `value` is the address, the number in E.164, the URL, or the address block with line feeds. `open` tells whether
    what is sent now still arrives; `closes_at` (UTC) when it no longer does. For `email` `mailto` is an RFC 6068
    link and `mailto_has_text` tells whether the letter fitted into it; where a blind copy counts the letter,
    `mailto_without_copy` is the link of the same letter without it. A number is shown as `display`, and as it is
    `dialled` in the country `dialled_from`, the supporter's (empty where nothing is sure). For `phone` `script` is
    what to say, `machine` what to say to an answering machine, each with a translation for who does not read its
    language; the hours are given twice, there and in the supporter's zone, and `call_at` (UTC) is the half hour in
    which this supporter had best ring, `call_mark` what stands for its words in a skeleton. For `web`, `hint`,
    `asks_for` and `max_chars` come from the campaign; `text` is the letter as the form takes it, None if it has no
    limit or takes not even the core of the letter.
    """

    kind: ChannelKind
    value: str
    open: bool
    closes_at: datetime | None = None
    mailto: str = ""
    mailto_has_text: bool = True
    mailto_without_copy: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    display: str = ""
    dialled: str = ""
    dialled_from: str = ""
    script: WrittenLetter | None = None
    script_translation: WrittenLetter | None = None
    machine: WrittenLetter | None = None
    machine_translation: WrittenLetter | None = None
    call_at: datetime | None = None
    call_mark: str = ""
    hours_there: str = ""
    hours_here: str = ""
    zone_there: str = ""
    hint: str = ""
    asks_for: tuple[str, ...] = ()
    max_chars: int | None = None
    text: WrittenLetter | None = None


@dataclass(frozen=True, slots=True)
class PackItem:
    """Everything about one target: its letter, the translation where needed, and its channels.

    `name` and `target_language` are in the supporter's language where the campaign has it. `rule` tells
    which step found an embassy ("own", "accredited", "geneva", "new york", "ministry") or is empty;
    `rule_country` is the host country of that row, `mission_city` its city, and `checked` its date (ISO), each
    or empty; `consulate` and `office` tell that it is no embassy, but the one or another representation. With `via` the
    letter is one to `name`, and the mission is asked to forward it.
    `sender_block` holds the lines that head a letter by post or fax. `add_name` asks the supporter to sign;
    a letter that has to stay without their name never asks so, `initials_only` and `unsigned` tell why.
    """

    target: str
    name: str
    tone: Tone
    letter: WrittenLetter
    translation: WrittenLetter | None
    channels: tuple[Channel, ...]
    add_name: bool = False
    initials_only: bool = False
    unsigned: bool = False
    rule: str = ""
    rule_country: str = ""
    mission_name: str = ""
    mission_city: str = ""
    consulate: bool = False
    office: bool = False
    via: bool = False
    checked: str = ""
    source: str = ""
    sender_block: tuple[str, ...] = ()

    @property
    def open_channels(self) -> tuple[Channel, ...]:
        """Return the channels by which a letter still arrives, best first."""
        return tuple(channel for channel in self.channels if channel.open)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything for one supporter, what arrives in time first.

    `items` holds every target with its closed channels too; `todo` only what is still open, the first
    of which is "do this first", by `first_by` (UTC) or without a deadline if None. `ends_at` (UTC) is when the
    campaign's letters stop mattering.
    """

    items: tuple[PackItem, ...]
    language: str
    timezone: str
    first_by: datetime | None = None
    ends_at: datetime | None = None

    @property
    def todo(self) -> tuple[PackItem, ...]:
        """Return the targets that can still be reached, in the order to write to them."""
        return tuple(item for item in self.items if item.open_channels)
