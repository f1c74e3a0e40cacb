"""What must a template cope with? One mail of each kind that has everything in it, and a bare one.

Law: every part that a mail can have is in a specimen, with its rarer forms, so that a fault in a template
is found before the first supporter is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from mailer.core.campaigns import (
    ASKED_FOR,
    Campaign,
    Closing,
    Donation,
    Event,
    Fact,
    Link,
    Mailing,
    MailingId,
    MailingKind,
    Outcome,
    Person,
    Picket,
    Safety,
    Statement,
)
from mailer.core.enclosures import TEXT, Enclosure
from mailer.core.links import Links
from mailer.core.mail_commands import Command
from mailer.core.mailview import MailContext
from mailer.core.pack import Channel, Pack, PackItem, WrittenLetter
from mailer.core.pieces import pieces_of
from mailer.core.replies import Answering, Reply
from mailer.core.revisions import Revision
from mailer.core.signups import SERVICE
from mailer.core.supporters import Person as SupporterPerson
from mailer.core.supporters import PublicId, Supporter
from mailer.core.targets import ChannelKind, Tone
from mailer.core.texts import LocalText

_TEXT = LocalText({"en": "Specimen"})
_ZONE = "Asia/Almaty"
_COUNTRY = "GB"
_KINDS = tuple(kind for kind in MailingKind if kind not in ASKED_FOR)
_LINKS = Links(
    unsubscribe_url="https://solidarity.example/u/specimen",
    unsubscribe_mailto="mailto:leave@solidarity.example",
    action_url="https://solidarity.example/a/specimen",
    preferences_url="https://solidarity.example/p/specimen",
    confirm_url="https://solidarity.example/confirm/specimen",
    signup_url="https://solidarity.example/sign-up",
    office_mailto="mailto:office@solidarity.example",
)
_WITHOUT_PAGES = Links(unsubscribe_mailto=_LINKS.unsubscribe_mailto, office_mailto=_LINKS.office_mailto, replies=True)
_TELL_WORDS = (MailingKind.ALERT, MailingKind.REMINDER)  # where there are no pages
_ANSWERED = (
    Reply(None),
    Reply(Command.STOP),
    Reply(Command.PAUSE),
    Reply(Command.SENT, "specimen", 1),
    Reply(Command.NOT_THIS_CASE, "specimen", 1),
)
_ANSWER = Enclosure("answer.txt", TEXT, b"")
_RULES = ("own", "accredited", "geneva", "new york", "ministry")


def specimens(revision: Revision, *, now: datetime) -> Iterator[MailContext]:
    """Yield one mail of each kind in the organisation's first language, first full and then bare.

    Sign-up has a revision of its own, with the mails that somebody asks for; these are as bare as they can be.
    """
    language = revision.wording().language
    if revision.campaign.id == SERVICE:
        yield _context(revision, MailingKind.CONFIRM, Pack((), language, "UTC"), now)
        yield from _replies(revision, language, now)
        return
    full = replace(revision, campaign=_full(revision.campaign, now))
    for kind in _KINDS:
        yield _context(full, kind, _pack(language, now), now)
        yield _bare(revision, kind, language, now)
    for kind in _TELL_WORDS:
        yield replace(_context(full, kind, _pack(language, now), now), links=_WITHOUT_PAGES)


def _replies(revision: Revision, language: str, now: datetime) -> Iterator[MailContext]:
    """Yield an answer to each command, with pages and without."""
    for reply in _ANSWERED:
        plain = _context(revision, MailingKind.REPLY, Pack((), language, "UTC"), now)
        answer = replace(plain, answering=Answering(reply, _TEXT if reply.campaign_id else None, names_letter=True))
        yield answer
        yield replace(answer, links=_WITHOUT_PAGES, supporter=replace(answer.supporter, paused_until=now))


def _context(revision: Revision, kind: MailingKind, pack: Pack, now: datetime) -> MailContext:
    """Return a mail to somebody who told everything about themselves."""
    person = SupporterPerson("reader@supporter.example", "A. Reader", "London")
    return MailContext(
        kind=kind,
        revision=revision,
        supporter=Supporter(PublicId(bytes(8)), person, _COUNTRY, pack.language, joined_on=date(2026, 1, 1)),
        pack=pack,
        links=_LINKS,
        now=now,
        mailing=Mailing(MailingId("specimen"), kind, on_launch=True, text=_TEXT, answers=(_ANSWER,)),
        test=True,
        corrected=tuple(item.target for item in pack.items),
        withdrawn=("old@office.example",),
        acted={"": now, **{target.id: now for target in revision.campaign.targets[:1]}},
        attached=(_ANSWER.name, *(piece.name for piece in pieces_of(pack.items))),
        left_out=("specimen.pdf",),
    )


def _bare(revision: Revision, kind: MailingKind, language: str, now: datetime) -> MailContext:
    """Return a mail to somebody of whom only the address is known, with nothing left to do."""
    supporter = Supporter(PublicId(bytes(8)), SupporterPerson("reader@supporter.example", discreet=True))
    return MailContext(kind, revision, supporter, Pack((), language, "UTC"), Links(), now)


def _full(campaign: Campaign, now: datetime) -> Campaign:
    """Return `campaign` with one of everything that a mail can show."""
    soon = now + timedelta(days=1)
    return replace(
        campaign,
        case=campaign.case or "XX-1",
        people=(*campaign.people, Person(_TEXT, _TEXT), Person(_TEXT)),
        facts=(*campaign.facts, Fact(_TEXT, "https://news.example/1"), Fact(_TEXT)),
        events=(*campaign.events, Event("specimen", _TEXT, soon, _ZONE), Event("near", _TEXT, soon, "UTC")),
        pickets=(*campaign.pickets, Picket(_TEXT, _TEXT, soon, _ZONE, _COUNTRY, public=True)),
        links=(*campaign.links, Link(_TEXT, "https://news.example/2")),
        donate=campaign.donate or Donation("https://solidarity.example/donate", _TEXT),
        safety=Safety(campaign.safety.countries, {**campaign.safety.notes, _COUNTRY: _TEXT}),
        closing=campaign.closing or Closing(Outcome.RELEASED, _TEXT, Statement(_TEXT, _TEXT), "next", _TEXT),
    )


def _pack(language: str, now: datetime) -> Pack:
    """Return a pack with every channel, every embassy rule and every way to sign; each of them once, to be quick."""
    letter = WrittenLetter(language, "Specimen", "Dear reader,\n\n1. one\n2. two")
    channels = tuple(_channel(kind, letter, now + timedelta(hours=1)) for kind in ChannelKind)
    counted = (replace(channels[0], mailto_without_copy="mailto:office@office.example"), *channels[1:])
    item = PackItem("all", "Specimen", Tone.PROTEST, letter, letter, counted, sender_block=("A. Reader",))
    mailed = replace(item, channels=channels[:1])
    unsigned = replace(mailed, target="unsigned", tone=Tone.SOLIDARITY, translation=None, unsigned=True)
    long = replace(item, target="long", channels=tuple(map(_too_long, channels)), initials_only=True)
    missions = tuple(
        replace(mailed, target=rule, rule=rule, rule_country="CH", mission_name="Mission", checked="2026-01-01")
        for rule in _RULES
    )
    unnamed = replace(mailed, target="unnamed", add_name=True)
    consulate = replace(missions[0], target="consulate", mission_name="", mission_city="Bonn", consulate=True)
    office = replace(missions[0], target="office", office=True, via=True, source="Wikidata Q1")
    return Pack(
        (item, unsigned, long, unnamed, *missions, consulate, office), language, "UTC", now + timedelta(hours=1)
    )


def _too_long(channel: Channel) -> Channel:
    """Return a channel without copies whose letter fitted neither into the link nor into the form."""
    return replace(channel, mailto_has_text=False, cc=(), bcc=(), closes_at=None, text=None)


def _channel(kind: ChannelKind, letter: WrittenLetter, until: datetime) -> Channel:
    """Return one channel with all that any kind can have; what a kind does not use, it ignores."""
    value = "https://office.example" if kind is ChannelKind.WEB else "office@office.example"
    return Channel(
        kind,
        value,
        open=True,
        closes_at=until,
        mailto="mailto:office@office.example",
        cc=("desk@office.example",),
        bcc=("count@office.example",),
        display=value,
        dialled="8~10 44",
        dialled_from=_COUNTRY,
        script=letter,
        script_translation=letter,
        machine=letter,
        machine_translation=letter,
        call_at=until,
        hours_there="09:00",
        hours_here="10:00",
        zone_there=_ZONE,
        hint="Specimen",
        asks_for=("name", "specimen"),
        max_chars=1,
        text=replace(letter, body="Dear reader"),
    )
