"""By which ways does this supporter reach a target? Each channel as they would use it, with its end.

Law: the desk that collects protest letters gets no copy of a letter of solidarity.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailer.core.authors import Author
from mailer.core.deadlines import closes_at, still_open
from mailer.core.dialling import dialled
from mailer.core.fitting import characters, fit
from mailer.core.languages import reading_order
from mailer.core.letters import write_blocks, write_letter
from mailer.core.links import Links
from mailer.core.mailto import ANY_LENGTH, mailto, quoted_length
from mailer.core.numbers import display_number
from mailer.core.pack import Channel, WrittenLetter
from mailer.core.retirement import Retired
from mailer.core.targets import ChannelKind, Target, Tone
from mailer.core.telephones import office_zone, phone_channel
from mailer.core.writing import Writing

# What takes least time comes first; a supporter's `best_way` goes before them all.
QUICKEST = (ChannelKind.EMAIL, ChannelKind.PHONE, ChannelKind.WEB, ChannelKind.FAX, ChannelKind.POST)


@dataclass(frozen=True, slots=True)
class Situation:
    """What holds while a pack is made: the time (UTC), the supporter's links, what was retired, and the end (UTC).

    The `author` is the supporter, or who stands for their cohort.
    """

    now: datetime
    links: Links = field(default_factory=Links)
    retired: Retired = field(default_factory=Retired)
    ends_at: datetime | None = None
    author: Author | None = None


def quickness(kind: ChannelKind, best_way: str) -> int:
    """Return the rank of a channel, least first; the supporter's best way is less than any."""
    return -1 if kind.value == best_way else QUICKEST.index(kind)


def channels_of(writing: Writing, letter: WrittenLetter, situation: Situation) -> tuple[Channel, ...]:
    """Return every channel of the target, open or not, the supporter's best way first, then the quickest."""
    built = (
        _email(writing, letter, situation),
        phone_channel(writing, situation.now),
        _web(writing, letter),
        _fax(writing),
        _post(writing.target),
    )
    best_way = writing.supporter.person.best_way
    present = sorted((each for each in built if each), key=lambda channel: quickness(channel.kind, best_way))
    return tuple(_timed(channel, writing, situation.now) for channel in present)


def _timed(channel: Channel, writing: Writing, now: datetime) -> Channel:
    """Return `channel` with its end, and open if what is sent now arrives."""
    closing = closes_at(channel.kind, writing.target, writing.until, office_zone(writing))
    return replace(channel, open=channel.open and still_open(closing, now), closes_at=closing)


def _email(writing: Writing, letter: WrittenLetter, situation: Situation) -> Channel | None:
    """Return the e-mail channel: the letter as a link, with its copies."""
    target = writing.target
    if not target.email:
        return None
    cc, bcc = _copies(writing, situation)
    longest, _ = write_letter(writing.longest(quoted_length), target.tone)
    fits = mailto(target.email, subject=longest.subject, body=longest.body, cc=cc, bcc=bcc).has_text
    limit = ANY_LENGTH if fits else 0
    link = mailto(target.email, subject=letter.subject, body=letter.body, cc=cc, bcc=bcc, limit=limit)
    return Channel(
        ChannelKind.EMAIL,
        target.email,
        open=True,
        mailto=link.url,
        mailto_has_text=link.has_text,
        mailto_without_copy=link.without_copy,
        cc=cc,
        bcc=bcc,
    )


def _copies(writing: Writing, situation: Situation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom a letter is copied to, openly and for counting."""
    target, campaign = writing.target, writing.campaign
    desk = campaign.copies_to if target.tone is Tone.PROTEST else ()
    counted = situation.links.copy_addresses.get(target.id, "") if campaign.count_copies else ""
    return tuple(filter(situation.retired.keep, target.copies_to or desk)), (counted,) if counted else ()


def _web(writing: Writing, letter: WrittenLetter) -> Channel | None:
    """Return the web form with its hint in the supporter's language, and the letter as the form takes it."""
    form = writing.target.web
    if form is None:
        return None
    hint = form.hint.text(*reading_order(writing.supporter.language, writing.fallback)) if form.hint else ""
    text = _fitted(writing, letter, form.max_chars) if form.max_chars else None
    return Channel(
        ChannelKind.WEB,
        form.url,
        open=True,
        hint=hint,
        asks_for=form.asks_for,
        max_chars=form.max_chars,
        text=text,
    )


def _fitted(writing: Writing, letter: WrittenLetter, room: int) -> WrittenLetter | None:
    """Return the letter in at most `room` characters, or None if it cannot be had."""
    longest, _ = write_blocks(writing.longest(characters), writing.target.tone)
    if characters(longest.letter.body) <= room:
        return letter
    return fit(write_blocks(writing, writing.target.tone)[0], room, longest)


def _fax(writing: Writing) -> Channel | None:
    """Return the fax number."""
    target, country = writing.target, writing.supporter.country
    if not target.fax:
        return None
    shown = target.fax_display or display_number(target.fax)
    return Channel(
        ChannelKind.FAX,
        target.fax,
        open=True,
        display=shown,
        dialled=dialled(target.fax, country, shown),
        dialled_from=country,
    )


def _post(target: Target) -> Channel | None:
    """Return the postal address."""
    return Channel(ChannelKind.POST, "\n".join(target.post), open=True) if target.post else None
