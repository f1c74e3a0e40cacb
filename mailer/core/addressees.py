"""To whom does a letter go? A target itself, or the missions that answer for it, with what they read.

Law: a target is written to by a name that is true of who answers: a ministry is never called an embassy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from mailer.core.campaigns import Mission
from mailer.core.countries import official_languages
from mailer.core.missions import ACCREDITED, GENEVA, NEW_YORK, OWN, is_embassy, resolve_for
from mailer.core.numbers import compact_number, display_number
from mailer.core.retirement import Retired
from mailer.core.revisions import Revision
from mailer.core.supporters import Supporter
from mailer.core.targets import Phone, Target, Tone, WebForm
from mailer.core.texts import LocalText

# The working languages of the United Nations' secretariat, wherever its host stands.
_UNITED_NATIONS: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Addressee:
    """A target as one supporter meets it; an embassy has the mission that answers, and by which rule."""

    target: Target
    mission: Mission | None = None
    rule: str = ""


def addressees(target: Target, revision: Revision, supporter: Supporter, retired: Retired) -> tuple[Addressee, ...]:
    """Return whom a letter to `target` goes to; nobody if it goes to or through an embassy and no row answers."""
    if not target.mission_of:
        return (Addressee(retired.of_target(target)),)
    rows = map(retired.of_mission, (*revision.campaign.missions, *revision.missions))
    found = resolve_for(target, supporter.country, rows, city=supporter.person.city)
    if found is None:
        return ()
    return tuple(Addressee(at_mission(target, row, found.rule), row, found.rule) for row in found.missions)


def at_mission(target: Target, mission: Mission, rule: str) -> Target:
    """Return `target` with the channels of `mission`, and its name where that of the target would not be true.

    A web page is a channel only where no letter can be sent otherwise: "find the address here". A letter that goes
    through an embassy stays one to its target.
    """
    is_named = bool(target.via_embassy) or (rule in (OWN, ACCREDITED) and is_embassy(mission))
    by_letter = mission.email or mission.fax or mission.post
    number = compact_number(mission.phone)
    return replace(
        target,
        name=target.name if is_named or not mission.name else LocalText({"en": mission.name}),
        email=mission.email,
        fax=compact_number(mission.fax),
        fax_display=display_number(mission.fax),
        phone=Phone(number, display=display_number(mission.phone)) if number else None,
        post=mission.post,
        web=WebForm(mission.web) if mission.web and not by_letter else None,
    )


def languages_of(addressee: Addressee, supporter: Supporter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the languages that the addressee is said to read, and those that its host country lets assume."""
    target, mission = addressee.target, addressee.mission
    if target.languages:
        return target.languages, ()
    if target.via_embassy:
        return (), official_languages(target.via_embassy)
    if mission is not None:
        return mission.languages, _host_languages(mission, addressee.rule)
    return ((supporter.language,) if target.tone is Tone.SOLIDARITY else ()), ()


def _host_languages(mission: Mission, rule: str) -> tuple[str, ...]:
    """Return what is spoken where the mission is; a ministry is at home."""
    if rule in (GENEVA, NEW_YORK):
        return _UNITED_NATIONS
    return official_languages(mission.host or mission.of)
