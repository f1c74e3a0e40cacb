"""What was found in a pasted appeal? A campaign as far as its text tells it, and what it leaves in doubt.

Law: nothing is made up: each value stands in the text, and carries the doubt that whoever reviews it has to settle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

NOBODY = "nobody to write to was found"


class Role(StrEnum):
    """What an appeal wants of an address, number or page that it names."""

    TARGET = "target"
    COPY = "copy"
    SOLIDARITY = "solidarity"
    MENTIONED = "mentioned"  # signatures, enquiries, donations, the site's footer: nobody writes there


@dataclass(frozen=True, slots=True)
class Found:
    """A text that was found; `doubt` says in a few words what has to be checked, or is empty.

    `told` is how the appeal spells it, where `text` is a reading of that: a number in its international form.
    """

    text: str
    doubt: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """Whom to write to, with all channels that the appeal gives; `embassy_of` is ISO 3166 or empty.

    `name` is of a person or an office. `web_hint` is the appeal's instruction for the form. Numbers are as `+4420...`
    where that is sure, else as they stand in the text, with a doubt.
    """

    name: Found
    role: Role = Role.TARGET
    emails: tuple[Found, ...] = ()
    faxes: tuple[Found, ...] = ()
    phones: tuple[Found, ...] = ()
    post: tuple[Found, ...] = ()
    webs: tuple[Found, ...] = ()
    web_hint: str = ""
    embassy_of: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class FoundDemand:
    """One demand in the text's own words and grammar; `standard` is the id of a shipped demand that says the same."""

    text: Found
    is_slogan: bool = False
    standard: str = ""


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """Something dated: a trial, a picket; `at` is ISO 8601 as far as it is told ("2026-05-02" or with a time)."""

    what: Found
    at: str = ""
    where: str = ""
    is_picket: bool = False


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """A letter that the appeal brings along, for its targets; without salutation and signature."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """All that was found; `country` is ISO 3166 or empty, `write_until` and `dated` ISO dates or empty.

    `outcome` is "released", "won" or the like where the appeal tells that it is over: then there are no targets.
    `mails` are all addresses that stand in it, whatever they are for. `unsure` are doubts about the whole.
    """

    language: str
    title: Found
    summary: Found = Found("")
    country: Found = Found("")
    people: tuple[Found, ...] = ()
    facts: tuple[Found, ...] = ()
    demands: tuple[FoundDemand, ...] = ()
    targets: tuple[FoundTarget, ...] = ()
    copies_to: tuple[Found, ...] = ()
    solidarity: tuple[Found, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    write_until: Found = Found("")
    dated: Found = Found("")
    links: tuple[tuple[str, str], ...] = ()
    donate: Found = Found("")
    letters: tuple[FoundLetter, ...] = field(default_factory=tuple)
    outcome: str = ""
    mails: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
