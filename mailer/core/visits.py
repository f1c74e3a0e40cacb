"""Who opens an action page, in which language, and is there still something to do?

Law: what is chosen in the page's address is stored nowhere; whoever else opens the link learns no surname from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mailer.core.campaigns import Campaign, Status
from mailer.core.languages import same_language
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.schedule import alert_due, campaign_end
from mailer.core.short_names import short_name
from mailer.core.supporters import Person, Supporter
from mailer.core.targets import Target


class Standing(StrEnum):
    """Whether letters are wanted: now, not for the moment, or no more; `over` has an outcome, `stopped` none yet."""

    OPEN = "open"
    PAUSED = "paused"
    STOPPED = "stopped"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader chose in the page's address: the language of letters, the webmail; empty is nothing.

    `uncounted` leaves the blind copies out that count letters.
    """

    letter: str = ""
    mail: str = ""
    uncounted: bool = False


def standing_of(record: CampaignRecord) -> Standing:
    """Return whether letters of a campaign are wanted; stopped and closed are final."""
    if record.effective is Status.CLOSED:
        return Standing.OVER
    if record.effective is Status.STOPPED:
        return Standing.STOPPED
    return Standing.OPEN if record.is_running else Standing.PAUSED


def ends_at(campaign: Campaign, record: CampaignRecord, now: datetime) -> datetime:
    """Return when the campaign's letters stop mattering (UTC), counted from its alert where the file has no date."""
    launched = record.real_launched_at or record.launched_at or now
    return campaign_end(campaign, alert_due(campaign, launched))


def nobody() -> Supporter:
    """Return whom the page of a test mail is made for."""
    return Supporter(TEST_PUBLIC_ID, Person(""))


def as_shown(supporter: Supporter, language: str, campaign: Campaign) -> Supporter:
    """Return the supporter as their page may show them, reading `language`: no address, organisation or surname.

    The city stays only where it decides which consulate answers.
    """
    person = supporter.person
    keeps_city = any(target.consulates for target in campaign.targets)
    reads = supporter.language if same_language(supporter.language, language) else language
    known = replace(
        person,
        email="",
        name=short_name(person.name, supporter.language),
        organisation="",
        city=person.city if keeps_city else "",
        tags=(),
    )
    return replace(supporter, person=known, language=reads)


def letter_languages(revision: Revision) -> tuple[str, ...]:
    """Return the languages that letters of this campaign can be had in, its organisation's first."""
    known = dict.fromkeys((*revision.organisation.languages, *revision.letters.languages("protest")))
    own = (language for library in revision.campaign.letters.templates.values() for language in library)
    tones = {target.tone for target in revision.campaign.targets}
    wished = dict.fromkeys((*known, *own))
    return tuple(tag for tag in wished if any(_is_written(revision, tone, tag) for tone in tones))


def with_letters_in(revision: Revision, language: str) -> Revision:
    """Return `revision` with letters in `language` to every target for whom there is one."""
    campaign = revision.campaign
    targets = tuple(_reading(target, revision, language) for target in campaign.targets)
    return replace(revision, campaign=replace(campaign, targets=targets))


def _reading(target: Target, revision: Revision, language: str) -> Target:
    """Return `target` as one that reads `language` best, if it can be written to in it."""
    if not _is_written(revision, target.tone, language):
        return target
    return replace(target, languages=(language, *target.languages))


def _is_written(revision: Revision, tone: str, language: str) -> bool:
    """Tell whether there is a letter of `tone` in `language`, with the campaign's words in it too."""
    campaign = revision.campaign
    if campaign.letters.find(tone, language):
        return True
    texts = (campaign.summary, *(demand.text for demand in campaign.demands if not demand.slogan))
    speaks = language in revision.organisation.languages or all(language in text.by_language for text in texts)
    return speaks and revision.letters.find(tone, language) is not None
