"""How is a pack made? Gather what the supporter may write, write it, and order it by what closes first.

Law: a letter that a supporter's safety forbids is not in the pack, whatever the campaign lists; the same
revision, supporter and moment give the same pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from mailer.core.addressees import Addressee, addressees, languages_of
from mailer.core.authors import author_of
from mailer.core.campaigns import Campaign, CountryRule
from mailer.core.channels import Situation, channels_of, quickness
from mailer.core.countries import supporter_zone
from mailer.core.languages import reading_order
from mailer.core.letters import signed, write_letter
from mailer.core.links import Links
from mailer.core.missions import is_consulate, is_embassy
from mailer.core.pack import Pack, PackItem
from mailer.core.retirement import OutOfUse, Retired
from mailer.core.revisions import Revision
from mailer.core.signatures import Exposure, exposure
from mailer.core.supporters import SafetyLevel, Supporter
from mailer.core.targets import ChannelKind, Target, TargetId, Tone
from mailer.core.writing import Writing

_FAR = datetime.max.replace(tzinfo=UTC)


def build_pack(
    revision: Revision,
    supporter: Supporter,
    *,
    now: datetime,
    links: Links,
    ends_at: datetime | None = None,
    retired: frozenset[str] = frozenset(),
) -> Pack:
    """Return everything that `supporter` needs to act at `now` (UTC).

    `ends_at` (UTC) is when the campaign's letters stop mattering, by default its `write_until`; `retired`
    are addresses and numbers that are used no more.

    Raises:
        RenderingError: a letter has no template, or its template names what there is not.
    """
    return _pack(revision, supporter, Situation(now, links, Retired(retired), ends_at))


def _pack(revision: Revision, supporter: Supporter, given: Situation) -> Pack:
    """Return everything that `supporter` needs to act in a situation."""
    ends_at, author = given.ends_at or revision.campaign.write_until, given.author or author_of(supporter)
    situation = replace(given, ends_at=ends_at, author=author)
    written = {
        target.id: tuple(
            _item(addressee, revision, supporter, situation)
            for addressee in addressees(target, revision, supporter, situation.retired)
        )
        for target in revision.campaign.targets
        if may_write(target, revision.campaign, supporter)
    }
    items = _in_order(_needed(written, revision.campaign), revision.campaign, supporter)
    return Pack(
        items=items,
        language=supporter.language or revision.organisation.fallback_language,
        timezone=supporter_zone(supporter, revision.organisation.timezone),
        first_by=_first_by(items),
        ends_at=situation.ends_at,
    )


def build_usable_pack(revision: Revision, supporter: Supporter, situation: Situation, out_of_use: OutOfUse) -> Pack:
    """Return the pack without what is out of use; if that takes every protest out, only without what is retired.

    What is out of use beside what was retired is so on the word of three supporters, and anybody may become one: they
    must not be able to end a case for everybody.
    """

    def build(retired: frozenset[str]) -> Pack:
        return _pack(revision, supporter, replace(situation, retired=Retired(retired)))

    pack = build(out_of_use.values)
    if out_of_use.values <= out_of_use.retired or _protests(pack):
        return pack
    whole = build(out_of_use.retired)
    return whole if _protests(whole) or not pack.todo else pack


def _protests(pack: Pack) -> bool:
    """Tell whether a protest can still be sent: more is left than pages of embassies on which to find an address."""
    return any(item.tone is Tone.PROTEST and not _is_to_be_found(item) for item in pack.todo)


def _is_to_be_found(item: PackItem) -> bool:
    """Tell whether all that is known of a mission is its web page."""
    return bool(item.rule) and all(channel.kind is ChannelKind.WEB for channel in item.open_channels)


def may_write(target: Target, campaign: Campaign, supporter: Supporter) -> bool:
    """Tell whether the supporter's safety allows a letter to `target` at all."""
    rule = campaign.safety.countries.get(supporter.country)
    if rule is CountryRule.NONE:
        return False
    solidarity_only = rule is CountryRule.SOLIDARITY or supporter.person.safety is SafetyLevel.SOLIDARITY
    return target.tone is Tone.SOLIDARITY or not solidarity_only


def _item(addressee: Addressee, revision: Revision, supporter: Supporter, situation: Situation) -> PackItem:
    """Return one target with its letter, translation and channels."""
    writing = _writing(addressee, revision, supporter, situation)
    letter, translation = write_letter(writing, addressee.target.tone)
    item = PackItem(
        target=addressee.target.id,
        name=addressee.target.name.text(*reading_order(supporter.language, writing.fallback)),
        tone=addressee.target.tone,
        letter=letter,
        translation=translation,
        channels=channels_of(writing, letter, situation),
        add_name=writing.shown is Exposure.FULL and not writing.by.name,
        initials_only=writing.shown is Exposure.INITIALS,
        unsigned=writing.shown is Exposure.UNSIGNED,
        sender_block=signed(writing, letter.language),
    )
    return _with_mission(item, addressee)


def _writing(addressee: Addressee, revision: Revision, supporter: Supporter, situation: Situation) -> Writing:
    """Return who writes to whom."""
    target = addressee.target
    told, assumed = languages_of(addressee, supporter)
    shown = exposure(supporter, revision.campaign.safety, target)
    until = target.until or situation.ends_at
    return Writing(revision, supporter, target, shown, told, assumed, until, situation.author)


def _with_mission(item: PackItem, addressee: Addressee) -> PackItem:
    """Return `item` with the rule and the row that found the mission."""
    mission = addressee.mission
    if mission is None:
        return item
    return replace(
        item,
        rule=addressee.rule,
        rule_country=mission.host,
        mission_name=mission.name,
        mission_city=mission.city,
        consulate=is_consulate(mission),
        office=not is_consulate(mission) and not is_embassy(mission),
        via=bool(addressee.target.via_embassy),
        checked=mission.checked.isoformat() if mission.checked else "",
        source=mission.source,
    )


def _needed(written: Mapping[TargetId, tuple[PackItem, ...]], campaign: Campaign) -> tuple[PackItem, ...]:
    """Return the items without the fallbacks whose first choice can still be reached."""
    behind = {target.id: TargetId(target.fallback_for) for target in campaign.targets if target.fallback_for}

    def wanted(target_id: TargetId, seen: frozenset[TargetId] = frozenset()) -> bool:
        first = behind.get(target_id)
        if first is None:
            return True
        dead = not any(item.open_channels for item in written.get(first, ()))
        return dead and first not in seen and wanted(first, seen | {target_id})

    return tuple(item for target_id, items in written.items() if wanted(target_id) for item in items)


def _in_order(items: tuple[PackItem, ...], campaign: Campaign, supporter: Supporter) -> tuple[PackItem, ...]:
    """Return `items` in the order to write: what closes soonest, protest, what is quickest, then the campaign's order.

    Only a target's own `until` makes it urgent: the campaign's end is everybody's, and leads nothing. What
    is closed comes last. Among targets that are equally urgent those come first that the supporter's best way reaches.
    """
    urgent = {target.id for target in campaign.targets if target.until is not None}

    def urgency(item: PackItem) -> tuple[bool, datetime, bool, int]:
        ways = item.open_channels
        last = max((way.closes_at for way in ways if way.closes_at), default=_FAR)
        quickest = min((quickness(way.kind, supporter.person.best_way) for way in ways), default=0)
        return not ways, last if item.target in urgent else _FAR, item.tone is Tone.SOLIDARITY, quickest

    return tuple(sorted(items, key=urgency))


def _first_by(items: tuple[PackItem, ...]) -> datetime | None:
    """Return until when (UTC) the way that leads the pack is open."""
    leading = next((item.open_channels[0] for item in items if item.open_channels), None)
    return leading.closes_at if leading else None
