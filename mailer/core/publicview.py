"""What does everybody see of a campaign who opens its page? The case, generic letters and pickets, as plain values.

Law: nothing of a target or picket that is not public, nothing of a campaign that was only rehearsed, and no letter
once letters are over. What is shown is made by the code that makes the mails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from mailer.core.campaigns import Campaign, Demand, Status
from mailer.core.caseview import case_view, ending_view, picket_view
from mailer.core.channels import Situation
from mailer.core.counting import Numbers, told
from mailer.core.countries import capital_zone
from mailer.core.occasions import public_pickets
from mailer.core.pack import PackItem
from mailer.core.packing import build_usable_pack
from mailer.core.plain import Plain, Speaker, web_address
from mailer.core.progress import CampaignRecord
from mailer.core.retirement import NOTHING_OUT_OF_USE, OutOfUse
from mailer.core.revisions import Revision, Wording
from mailer.core.schedule import campaign_end
from mailer.core.supporters import PUBLIC_ID_BYTES, Person, PublicId, Supporter
from mailer.core.targets import ChannelKind, TargetId
from mailer.core.targetview import Elsewhere, button_names, target_view
from mailer.core.writing import demands_of

PICKET_LASTS = timedelta(hours=3)  # how long a picket is announced after it began
_DAYS_ARE_TOLD_FROM = timedelta(days=2)
_LONGEST_DESCRIPTION = 200  # characters; what is shared shows no more of it
_ROOM = 6_000  # bytes of letters that are shown in full, so that a page stays under 30 KB; the others are a link away


class Phase(StrEnum):
    """What a campaign's page is about."""

    OPEN = "open"
    OVER = "over"  # the deadline has passed, and nobody told yet how it ended
    HELD = "held"
    STOPPED = "stopped"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PublicCampaign:
    """A campaign as it is published: where it stands, and its current revision."""

    record: CampaignRecord
    revision: Revision

    @property
    def campaign(self) -> Campaign:
        """Return the campaign."""
        return self.revision.campaign

    @property
    def ends_at(self) -> datetime | None:
        """Return when (UTC) its letters stop mattering."""
        began = self.record.real_launched_at
        return campaign_end(self.campaign, began) if began else self.campaign.write_until


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks, as far as we know: when (UTC), in which language, and which country and letter they chose."""

    now: datetime
    wording: Wording
    country: str = ""
    target: str = ""


def phase_of(published: PublicCampaign, now: datetime) -> Phase | None:
    """Return what the campaign's page is about; None if there is no page: not launched, or nothing in it is public."""
    began = published.record.real_launched_at
    if began is None or began > now or not _has_public(published.campaign):
        return None
    by_status = {Status.STOPPED: Phase.STOPPED, Status.CLOSED: Phase.CLOSED, Status.READY: Phase.OPEN}
    phase = by_status.get(published.record.effective, Phase.HELD)
    end = published.ends_at
    return Phase.OVER if phase is Phase.OPEN and end is not None and end <= now else phase


def _has_public(campaign: Campaign) -> bool:
    """Tell whether anything of the campaign may be shown to everybody."""
    return any(target.public for target in campaign.targets) or any(picket.public for picket in campaign.pickets)


def card_view(published: PublicCampaign, visit: Visit) -> Mapping[str, Plain]:
    """Return what the list of running campaigns shows of one."""
    speaker = _speaker(published.revision, visit)
    campaign = published.campaign
    return {
        "id": campaign.id,
        "title": speaker.said(campaign.title),
        "summary": speaker.said(campaign.summary),
        "country": speaker.country(campaign.country),
        "deadline": _deadline(published.ends_at, visit.now, speaker),
    }


def campaign_view(
    published: PublicCampaign, phase: Phase, visit: Visit, out_of_use: OutOfUse = NOTHING_OUT_OF_USE
) -> Mapping[str, Plain]:
    """Return all that the page of a campaign may show; `out_of_use` is what is written to no more."""
    speaker, campaign = _speaker(published.revision, visit), published.campaign
    is_open = phase is Phase.OPEN
    return {
        "id": campaign.id,
        "phase": phase.value,
        "case": case_view(campaign, speaker, visit.now),
        "description": _description(speaker.reads, campaign),
        "demands": tuple(speaker.said(demand.text) for demand in _public_demands(campaign)),
        "deadline": _deadline(published.ends_at, visit.now, speaker) if is_open else None,
        "targets": _targets(published, visit, speaker, out_of_use) if is_open else (),
        "pickets": _pickets(campaign, visit.now, speaker) if is_open else (),
        "ending": ending_view(campaign.closing, speaker) if phase is Phase.CLOSED else None,
        **_by_country(campaign, visit, speaker),
        **_further(campaign, speaker),
    }


def numbers_view(numbers: Numbers) -> Mapping[str, Plain]:
    """Return the three numbers of a campaign, each by itself; few answers are told as "a few"."""
    return {
        "sent_out": told(numbers.sent_out),
        "said_sent": told(numbers.said_sent),
        "copies": told(numbers.copies),
    }


def _speaker(revision: Revision, visit: Visit) -> Speaker:
    """Return who speaks the page's language, by the clock of the chosen country, else of the organisation."""
    zone = capital_zone(visit.country) if visit.country else ""
    return Speaker(visit.wording, zone or revision.organisation.timezone, (visit.wording.language,))


def _description(reads: tuple[str, ...], campaign: Campaign) -> str:
    """Return the summary on one line, cut at a word if it is long."""
    words = " ".join(campaign.summary.text(*reads).split())
    if len(words) <= _LONGEST_DESCRIPTION:
        return words
    return words[:_LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(",;:.–-") + " …"


def _public_demands(campaign: Campaign) -> tuple[Demand, ...]:
    """Return what is asked of anybody who is public, and the slogans, which stand in the case."""
    asked = {demand.id for target in campaign.targets if target.public for demand in demands_of(target, campaign)}
    return tuple(demand for demand in campaign.demands if demand.slogan or demand.id in asked)


def _deadline(end: datetime | None, now: datetime, speaker: Speaker) -> Plain:
    """Return until when letters are needed and how long that is, in whole days from two on, else in hours."""
    if end is None or end <= now:
        return None
    left = end - now
    days = left.days if left >= _DAYS_ARE_TOLD_FROM else 0
    return {**speaker.told_end(end), "days": days, "hours": 0 if days else int(left / timedelta(hours=1))}


def _targets(
    published: PublicCampaign, visit: Visit, speaker: Speaker, out_of_use: OutOfUse
) -> tuple[Mapping[str, Plain], ...]:
    """Return the public targets that can still be reached, with a letter that nobody has signed yet."""
    situation = Situation(visit.now, ends_at=published.ends_at)
    pack = build_usable_pack(published.revision, anybody(visit), situation, out_of_use)
    shown = tuple(
        _for_anybody(item, published.campaign)
        for item in pack.todo
        if _is_shown(item, published.campaign, visit.country)
    )
    shown = tuple(item for item in shown if item.open_channels)
    of = {target.id: target.mission_of for target in published.campaign.targets}
    known = Elsewhere(frozenset({published.ends_at}))
    views = [
        target_view(item, name, of[TargetId(item.target)], speaker, known)
        for item, name in zip(shown, button_names(shown), strict=True)
    ]
    views.sort(key=lambda view: view["id"] != visit.target)
    sizes = accumulate(map(_size, views))
    return tuple(
        {**view, "in_full": view is views[0] or size <= _ROOM} for view, size in zip(views, sizes, strict=True)
    )


def _size(value: Plain) -> int:
    """Return about how many bytes a value takes on a page."""
    if isinstance(value, Mapping):
        return sum(_size(each) for name, each in value.items() if name != "body")  # which is told by its paragraphs
    if isinstance(value, str):
        return len(value.encode())
    return sum(map(_size, value)) if isinstance(value, Sequence) else 0


def anybody(visit: Visit) -> Supporter:
    """Return somebody of whom nothing is known but language and, perhaps, country."""
    return Supporter(
        PublicId(bytes(PUBLIC_ID_BYTES)), Person(""), country=visit.country, language=visit.wording.language
    )


def _is_shown(item: PackItem, campaign: Campaign, country: str) -> bool:
    """Tell whether the page shows a target: public, and an embassy only once its country is chosen."""
    target = next(target for target in campaign.targets if target.id == item.target)
    return target.public and (bool(country) or not target.mission_of)


def _for_anybody(item: PackItem, campaign: Campaign) -> PackItem:
    """Return `item` without a number that only some supporters are asked to ring."""
    target = next(target for target in campaign.targets if target.id == item.target)
    if target.phone is None or target.phone.ask_at_most is None:
        return item
    ways = (replace(way, open=way.open and way.kind is not ChannelKind.PHONE) for way in item.channels)
    return replace(item, channels=tuple(ways))


def _pickets(campaign: Campaign, now: datetime, speaker: Speaker) -> tuple[Mapping[str, Plain], ...]:
    """Return the public pickets that are still to come or have just begun, with their numbers."""
    return tuple(
        {**picket_view(picket, speaker), "number": number}
        for number, picket in public_pickets(campaign)
        if picket.at + PICKET_LASTS > now
    )


def _by_country(campaign: Campaign, visit: Visit, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what depends on the country: whether to choose one, its embassy, its safety."""
    safety = campaign.safety
    careful = tuple(sorted({speaker.country(code) for code in (*safety.countries, *safety.notes)}))
    return {
        "country": visit.country,
        "country_name": speaker.country(visit.country) if visit.country else "",
        "embassies": tuple(
            speaker.said(target.name) for target in campaign.targets if target.public and target.mission_of
        ),
        "careful": careful,
        "rule": safety.countries[visit.country].value if visit.country in safety.countries else "",
        "note": speaker.said(safety.notes.get(visit.country)),
    }


def _further(campaign: Campaign, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what else can be read or given."""
    links = ((speaker.said(link.title), web_address(link.url)) for link in campaign.links)
    gift = campaign.donate
    return {
        "links": tuple({"title": title, "url": url} for title, url in links if url),
        "donate": {"url": web_address(gift.url), "purpose": speaker.said(gift.purpose)} if gift else None,
    }
