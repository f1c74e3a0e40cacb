"""What does a sender need, once a campaign is published? One revision: frozen and complete in itself.

A sender opens neither the campaign file nor the templates folder: all words are in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailer.core.campaigns import Campaign, Mission
from mailer.core.organisations import Organisation
from mailer.core.texts import LetterLibrary


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language tells days and times; all from CLDR.

    `months` and `days` are the wide names as they stand inside a date (Monday first); `date` and
    `time` are CLDR patterns ("EEEE, d MMMM", "HH:mm"); `day` is the pattern of a date with its year, `short` of one
    with neither year nor weekday; `first` is the first of a month where it has a number of its own ("1er").
    """

    months: tuple[str, ...]
    days: tuple[str, ...]
    date: str
    day: str
    time: str
    short: str = "d MMMM"
    first: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language: its gettext catalogue (.mo bytes), calendar and country names.

    `direction` is "ltr" or "rtl"; `countries` maps ISO 3166 to the name in this language, `cities` an
    IANA zone to the city that it is named after. `translated` is False where the catalogue is empty for
    want of a translation: such a language has a calendar, but a mail in it would speak English.
    """

    language: str
    direction: str
    catalogue: bytes
    calendar: Calendar
    countries: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    cities: Mapping[str, str] = field(default_factory=dict)
    translated: bool = True


@dataclass(frozen=True, slots=True)
class Revision:
    """The frozen content of a campaign: text, templates, catalogue strings, mission rows.

    `letters` are the shipped defaults (the campaign's own are in the campaign), `missions` the
    directory's rows for the countries that the campaign needs, `templates` name -> Jinja2 source. `audience` is how
    many supporters there were when it was published, counted where a target is rung by only so many; 0 if unknown.
    """

    campaign: Campaign
    organisation: Organisation
    letters: LetterLibrary = field(default_factory=LetterLibrary)
    missions: tuple[Mission, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    audience: int = 0

    def wording(self, *languages: str) -> Wording:
        """Return the words of the first of `languages` that there is, else the organisation's."""
        for language in (*languages, *self.organisation.languages):
            if language in self.wordings:
                return self.wordings[language]
        return next(iter(self.wordings.values()))


def mail_wording(revision: Revision, *languages: str) -> Wording:
    """Return the words of the first of `languages`, then of the organisation's, that mails are translated to.

    A regional tag ("de-at") is read as its language ("de") where only that is there.
    """
    wanted = (*languages, *revision.organisation.languages, "en")
    for language in (tag for wish in wanted for tag in (wish, wish.partition("-")[0])):
        if language in revision.wordings and revision.wordings[language].translated:
            return revision.wordings[language]
    return revision.wording()
