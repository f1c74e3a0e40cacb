"""Who is to be moved, and how are they reached? Targets with their channels, as values that refuse nonsense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import NewType

from mailer.core.texts import LocalText

TargetId = NewType("TargetId", str)


class Tone(StrEnum):
    """How a letter speaks to its reader."""

    PROTEST = "protest"
    SOLIDARITY = "solidarity"


class ChannelKind(StrEnum):
    """How a target is reached."""

    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"
    POST = "post"
    WEB = "web"


class Risk(StrEnum):
    """How dangerous it is to be known to a target; `high` gets initials and no address."""

    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone: E.164 number, and hours from `opens` to `closes` on working days in `timezone`.

    `display` is the number as people write it, or empty.
    """

    number: str
    opens: time | None = None
    closes: time | None = None
    timezone: str = ""
    ask_at_most: int | None = None
    display: str = ""


@dataclass(frozen=True, slots=True)
class WebForm:
    """A page with a form: what it asks for, how long a text it takes, and how to find the field."""

    url: str
    max_chars: int | None = None
    asks_for: tuple[str, ...] = ()
    hint: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The person or office to be moved, with its channels.

    `languages` are what the office reads, best first. `demands` are ids; None means all that are no
    slogans. `until` (UTC) is when this target stops mattering; None means the campaign's own end. With
    `embassy_of` (ISO 3166) the channels come from the mission in the supporter's country; with `via_embassy` too, and
    the letter, which stays one to this target, begins by asking that mission to forward it. `fax` is E.164
    (`fax_display` as people write it, or empty); `post` holds address lines and arrives after `post_days`.
    """

    id: TargetId
    name: LocalText
    tone: Tone = Tone.PROTEST
    salutation: LocalText | None = None
    languages: tuple[str, ...] = ()
    demands: tuple[str, ...] | None = None
    risk: Risk = Risk.NORMAL
    public: bool = True
    email: str = ""
    fax: str = ""
    fax_display: str = ""
    phone: Phone | None = None
    post: tuple[str, ...] = ()
    post_days: int = 7
    web: WebForm | None = None
    embassy_of: str = ""
    via_embassy: str = ""
    consulates: bool = False
    until: datetime | None = None
    fallback_for: str = ""
    copies_to: tuple[str, ...] = ()

    @property
    def has_channel(self) -> bool:
        """Tell whether anybody could ever reach this target."""
        return bool(self.email or self.fax or self.phone or self.post or self.web or self.mission_of)

    @property
    def mission_of(self) -> str:
        """Return the country whose missions letters to this target go to, or an empty text."""
        return self.embassy_of or self.via_embassy
