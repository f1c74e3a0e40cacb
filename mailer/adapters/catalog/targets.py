"""Who is to be moved? Target entries as core's values, their channels checked for what an organiser overlooks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from mailer.adapters.catalog.contacts import display_form, is_known_range, is_mobile
from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.places import country_name
from mailer.adapters.catalog.schema.campaign import CampaignEntry
from mailer.adapters.catalog.schema.target import MissionEntry, PhoneEntry, TargetEntry, WebEntry
from mailer.core.campaigns import Mission, Status
from mailer.core.freemail import is_freemail
from mailer.core.targets import Phone, Risk, Target, TargetId, Tone, WebForm
from mailer.core.texts import LocalText

DIRECT = ("email", "fax", "phone", "post", "web")
CHANNELS = (*DIRECT, "embassy_of", "via_embassy")
_PRIVATE = "looks like a private address: write to the office"


@dataclass(frozen=True, slots=True)
class Known:
    """What targets may refer to: ids of demands and targets, events with their moments (UTC), embassies by language."""

    demands: Collection[str]
    targets: Collection[str]
    events: dict[str, datetime | None]
    embassies: Mapping[str, str]


def target_of(desk: Desk, entry: TargetEntry, campaign: CampaignEntry, known: Known) -> Target:
    """Return a target, with everything wrong about it reported."""
    tone = Tone(entry.letter)
    _check_channels(desk, entry, campaign)
    return Target(
        id=TargetId(entry.id),
        name=_name(desk, entry, known),
        tone=tone,
        salutation=desk.maybe_text((*entry.path, "salutation"), entry.salutation),
        languages=tuple(dict.fromkeys(entry.languages)),
        demands=_demands(desk, entry, known),
        risk=Risk(entry.risk),
        public=tone is Tone.PROTEST if entry.public is None else entry.public,
        email=entry.email or "",
        fax=entry.fax or "",
        fax_display=display_form(entry.fax) if entry.fax else "",
        phone=_phone(entry.phone),
        post=lines(entry.post),
        post_days=entry.post_days,
        web=_web(desk, (*entry.path, "web"), entry.web),
        embassy_of=entry.embassy_of or "",
        via_embassy=entry.via_embassy or "",
        consulates=entry.consulates is not None,
        until=deadline_of(desk, (*entry.path, "until"), entry.until, known),
        fallback_for=_fallback(desk, entry, known),
        copies_to=tuple(dict.fromkeys(entry.copies_to)),
    )


def lines(text: str | None) -> tuple[str, ...]:
    """Return the lines of a postal address, without empty ones."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _name(desk: Desk, entry: TargetEntry, known: Known) -> LocalText:
    """Return a target's name; an embassy without one is called after its country."""
    if entry.name is not None:
        return desk.text((*entry.path, "name"), entry.name)
    if not entry.embassy_of:
        if not entry.has("name"):
            desk.ledger.error(entry.path, "the key 'name' is missing", "The office's name, as letters give it.")
        return LocalText({desk.languages[0]: entry.id})
    names = {
        tag: name.replace("{country}", country_name(entry.embassy_of, tag)) for tag, name in known.embassies.items()
    }
    first = names.get(desk.languages[0]) or names.get("en", entry.embassy_of)
    return LocalText({desk.languages[0]: first, **names})


def _demands(desk: Desk, entry: TargetEntry, known: Known) -> tuple[str, ...] | None:
    """Return the ids of the demands that a target is asked for; a solidarity letter has none."""
    path = (*entry.path, "demands")
    if entry.letter == "solidarity":
        if entry.demands:
            desk.ledger.warn(path, "a solidarity letter makes no demands", "take them out, or letter: protest")
        return ()
    if entry.demands is None:
        return None
    wanted = dict.fromkeys(entry.demands)
    return tuple(demand for demand in wanted if desk.refer(path, demand, known.demands, "demand"))


def _fallback(desk: Desk, entry: TargetEntry, known: Known) -> str:
    """Return the id of the target whose place this one takes, or nothing."""
    path = (*entry.path, "fallback_for")
    if entry.fallback_for is None or not desk.refer(path, entry.fallback_for, known.targets, "target"):
        return ""
    if entry.fallback_for == entry.id:
        desk.ledger.error(path, "a target cannot take its own place", "the id of another target")
    return entry.fallback_for


def deadline_of(desk: Desk, path: Path, value: date | str | None, known: Known) -> datetime | None:
    """Return the moment (UTC) of a date, time or event id, or None if there is none."""
    if not isinstance(value, str):
        return desk.moment(path, value) if value is not None else None
    return known.events[value] if desk.refer(path, value, known.events, "event") else None


def _phone(entry: PhoneEntry | None) -> Phone | None:
    """Return a telephone."""
    if entry is None:
        return None
    opens, closes = entry.hours or (None, None)
    shown = display_form(entry.number)
    return Phone(entry.number, opens, closes, entry.timezone or "", entry.ask_at_most, display=shown)


def _web(desk: Desk, path: Path, entry: WebEntry | None) -> WebForm | None:
    """Return a web form."""
    if entry is None:
        return None
    hint = desk.maybe_text((*path, "hint"), entry.hint)
    return WebForm(entry.url, entry.max_chars, tuple(entry.asks_for), hint)


def _check_channels(desk: Desk, entry: TargetEntry, campaign: CampaignEntry) -> None:
    """Report channels that are missing, barred, private or odd."""
    if not entry.has(*CHANNELS):
        report = desk.ledger.warn if campaign.status == Status.DRAFT.value else desk.ledger.error
        report(entry.path, "nobody can reach this target", f"give one at least: {', '.join(CHANNELS)}")
    _check_embassy(desk, entry)
    desk.refuse_barred((*entry.path, "email"), entry.email)
    if entry.web is not None:
        desk.refuse_barred((*entry.path, "web"), urlsplit(entry.web.url).hostname)
    refuse_barred_copies(desk, (*entry.path, "copies_to"), entry.copies_to)
    if entry.letter == "protest":
        _warn_of_private(desk, entry)
    for key, number in _numbers(entry):
        warn_of_unknown_range(desk, (*entry.path, key), number)


def _check_embassy(desk: Desk, entry: TargetEntry) -> None:
    """Report an embassy beside other channels, which would never be used."""
    if entry.consulates and not entry.embassy_of and not entry.via_embassy:
        desk.ledger.warn((*entry.path, "consulates"), "there is no embassy_of that consulates could belong to")
    if entry.embassy_of and entry.via_embassy:
        desk.ledger.error((*entry.path, "via_embassy"), "a letter to an embassy is not forwarded by it", "one of both")
    beside = [key for key in DIRECT if entry.has(key)]
    if entry.via_embassy and beside:
        message = f"the letter goes through the embassy: {', '.join(beside)} would not be used"
        hint = "give them to a target of its own; fallback_for tells which of the two is only for want of the other"
        desk.ledger.error((*entry.path, "via_embassy"), message, hint)
    if entry.via_embassy and entry.letter == "solidarity":
        message = "a message of support would be read by the embassy, with its sender's name"
        desk.ledger.error((*entry.path, "via_embassy"), message, "send it to family, friends or a lawyer")


def refuse_barred_copies(desk: Desk, path: Path, copies: list[str]) -> None:
    """Report copies to addresses that no campaign may list."""
    for index, address in enumerate(copies):
        desk.refuse_barred((*path, index), address)


def _numbers(entry: TargetEntry) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a target with their keys."""
    if entry.fax:
        yield "fax", entry.fax
    if entry.phone:
        yield "phone", entry.phone.number


def _warn_of_private(desk: Desk, entry: TargetEntry) -> None:
    """Warn of addresses and numbers that belong to a person rather than an office."""
    if entry.email and is_freemail(entry.email):
        desk.ledger.warn((*entry.path, "email"), f"{entry.email} {_PRIVATE}")
    if entry.phone and is_mobile(entry.phone.number):
        desk.ledger.warn((*entry.path, "phone"), f"{entry.phone.number} is a mobile number and {_PRIVATE}")


def warn_of_unknown_range(desk: Desk, path: Path, number: str) -> None:
    """Warn of a number of the right length that no telephone company gives out."""
    if not is_known_range(number):
        desk.ledger.warn(path, f"no numbers that begin like {number} are known", "compare it with its source")


def mission_of(desk: Desk, entry: MissionEntry) -> Mission:
    """Return a row of the campaign's own directory, with everything wrong about it reported."""
    _check_mission(desk, entry)
    return Mission(
        of=entry.of,
        host=entry.host or "",
        kind=entry.kind,
        city=entry.city or "",
        name=entry.name or "",
        email=entry.email or "",
        fax=entry.fax or "",
        phone=entry.phone or "",
        post=lines(entry.post),
        web=entry.web or "",
        languages=tuple(dict.fromkeys(entry.languages)),
        accredited=tuple(dict.fromkeys(entry.accredited)),
        checked=entry.checked,
        source="campaign",
    )


def _check_mission(desk: Desk, entry: MissionEntry) -> None:
    """Report a row that cannot answer, or may not."""
    desk.refuse_barred((*entry.path, "email"), entry.email)
    if entry.web:
        desk.refuse_barred((*entry.path, "web"), urlsplit(entry.web).hostname)
    if entry.kind != "ministry" and not entry.has("in"):
        desk.ledger.error(entry.path, "the key 'in' is missing", "the country that the mission is in, e.g. in: GB")
    if entry.kind == "ministry" and not entry.has("name"):
        desk.ledger.error(entry.path, "the ministry has no name", "name it: letters must not call it an embassy")
    if not entry.has("email", "fax", "phone", "post", "web"):
        desk.ledger.warn(entry.path, "nobody can reach this mission", "give an email, fax, phone, post or web")
