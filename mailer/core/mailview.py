"""What does a mail to a supporter say? Everything in it, as plain values that a template may hold.

Law: templates get strings, numbers, booleans, tuples and mappings, never a value of ours; every moment
is already told in the supporter's zone, and every text says which language it is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailer.core.authors import Author, author_of
from mailer.core.calendar import local_time, tell_short_day
from mailer.core.campaigns import ASKED_FOR, Mailing, MailingKind
from mailer.core.caseview import case_view, ending_view, picket_view
from mailer.core.links import Links
from mailer.core.occasions import Occasion, invites, public_pickets
from mailer.core.pack import Pack, PackItem
from mailer.core.pieces import Piece, Way, numbered, pieces_of
from mailer.core.plain import Plain, Speaker, header_text, lines, web_address
from mailer.core.replies import Answering
from mailer.core.replyview import reply_view
from mailer.core.revisions import Revision, Wording, mail_wording
from mailer.core.signups import CONFIRM_WITHIN
from mailer.core.supporters import Supporter
from mailer.core.targets import ChannelKind
from mailer.core.targetview import Elsewhere, button_names, target_view
from mailer.core.wroteview import unwritten, wrote_view

_SOON = timedelta(hours=24)
_MORNING = timedelta(hours=9)
_MOST_SECOND_LINKS = 4  # each may take 1,600 characters, in the text and in the HTML, of which 90 KB are not cut off


@dataclass(frozen=True, slots=True)
class MailContext:
    """What one mail is made of; `now` (UTC) is the moment of composing.

    A `correction` shows the targets whose ids are in `corrected` again, and warns of the `withdrawn`
    addresses. The one mail to somebody who signed up has an empty pack, and says nothing of `supporter`; so has the
    one that is `answering` a command.
    `attached` are the names of the files that it carries, `left_out` of those that were too much for it; `acted`
    tells to which targets the supporter has written, and when (UTC).
    """

    kind: MailingKind
    revision: Revision
    supporter: Supporter
    pack: Pack
    links: Links
    now: datetime
    mailing: Mailing | None = None
    test: bool = False
    corrected: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    acted: Mapping[str, datetime] = field(default_factory=dict)
    author: Author | None = None
    answering: Answering | None = None

    @property
    def by(self) -> Author:
        """Return the supporter, or who stands for their cohort, as the author of letters."""
        return self.author or author_of(self.supporter)

    @property
    def wording(self) -> Wording:
        """Return the words of the language that the mail is written in."""
        return mail_wording(self.revision, self.pack.language, self.supporter.language)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words: a subject that is safe in a header, and the same facts as text and as HTML.

    `topic` is what all mails of a case have in common, for programs that show them together.
    """

    subject: str
    text: str
    html: str
    topic: str = ""


def thread_topic(context: MailContext, subject: str) -> str:
    """Return what the mails of a case have in common, however their subjects begin.

    It says no more than the subject does to those who asked for subjects that tell nothing.
    """
    if context.kind in ASKED_FOR:
        return ""
    if context.supporter.person.discreet:
        return subject
    return header_text(context.revision.campaign.title.best(context.pack.language, context.wording.language)[1])


def mail_view(context: MailContext) -> Mapping[str, Plain]:
    """Return all that the templates of `context.kind` may show."""
    if context.kind is MailingKind.CONFIRM:
        return _confirmation(context)
    speaker = Speaker(context.wording, context.pack.timezone, (context.pack.language, context.wording.language))
    if context.answering is not None:
        return {**_frame(context), **reply_view(context.answering, context.supporter, context.links, speaker)}
    campaign, answers = context.revision.campaign, answer_names(context)
    return {
        **_frame(context),
        "case": case_view(campaign, speaker, context.now),
        "targets": _targets(context, speaker),
        "deadline": _deadline(_first_by(context), context.now, speaker),
        "ends": speaker.until(_last_end(context)),
        "wrote": wrote_view(context.acted, campaign, speaker),
        "withdrawn": tuple(", ".join(lines(address)) for address in context.withdrawn),
        "news": speaker.said(context.mailing.text if context.mailing else None),
        "ending": ending_view(campaign.closing, speaker),
        "answers": tuple(name for name in context.attached if name in answers),
        "attached": tuple(name for name in context.attached if name not in answers),
        "left_out": context.left_out,
        **_around(context, speaker),
    }


def _confirmation(context: MailContext) -> Mapping[str, Plain]:
    """Return what the mail to somebody who signed up may show: nothing of what was typed into the form."""
    return {**_frame(context), "confirm": web_address(context.links.confirm_url), "days": CONFIRM_WITHIN.days}


def _frame(context: MailContext) -> Mapping[str, Plain]:
    """Return what every mail shows: its kind, its language, and who writes it."""
    organisation = context.revision.organisation
    return {
        "kind": context.kind.value,
        "test": context.test,
        "discreet": context.supporter.person.discreet and context.kind not in ASKED_FOR,
        "language": context.wording.language,
        "direction": context.wording.direction,
        "organisation": {
            "name": organisation.name,
            "reply_to": organisation.reply_to or organisation.from_address,
            "address": lines(organisation.postal_address),
        },
    }


def _around(context: MailContext, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what stands before and after the case: the reader, their own pages, how to leave."""
    supporter, links, author = context.supporter, context.links, context.by
    return {
        "name": author.name,
        "country": speaker.country(supporter.country),
        "note": speaker.said(context.revision.campaign.safety.notes.get(supporter.country)),
        "joined": author.joined(speaker.wording.calendar),
        "leave": {"url": web_address(links.unsubscribe_url), "mailto": links.unsubscribe_mailto},
        "own_page": web_address(links.action_url),
        "preferences": web_address(links.preferences_url),
        "replies": links.replies,
        **_besides(context, speaker),
    }


def _besides(context: MailContext, speaker: Speaker) -> Mapping[str, Plain]:
    """Return what else a supporter can do: pickets, links, a donation."""
    campaign, country = context.revision.campaign, context.supporter.country
    gift = campaign.donate
    links = ((speaker.said(link.title), web_address(link.url)) for link in campaign.links)
    return {
        "pickets": tuple(
            {**picket_view(picket, speaker), "number": number}
            for number, picket in public_pickets(campaign)
            if context.kind is not MailingKind.CLOSING and invites(picket, country, context.now)
        ),
        "links": tuple({"title": title, "url": url} for title, url in links if url),
        "donate": {"url": web_address(gift.url), "purpose": speaker.said(gift.purpose)} if gift else None,
    }


def _deadline(by: datetime | None, now: datetime, speaker: Speaker) -> Plain:
    """Return by when the first letter must be sent, or None; `today` if less than a day is left.

    `day` is the last on which there is a morning to write: a letter that is due at six is to be written the day before.
    """
    if by is None:
        return None
    day = tell_short_day(local_time(by - _MORNING, speaker.timezone).date(), speaker.wording.calendar)
    return {**speaker.told_end(by), "day": day, "today": by - now < _SOON}


def _first_by(context: MailContext) -> datetime | None:
    """Return until when the way that leads the mail is open."""
    if context.kind not in (MailingKind.CORRECTION, MailingKind.UPDATE):
        return context.pack.first_by
    return next((item.open_channels[0].closes_at for item in shown_items(context)), None)


def _end(context: MailContext) -> datetime | None:
    """Return until when (UTC) the campaign's letters are needed at all."""
    return context.pack.ends_at or context.revision.campaign.write_until


def _last_end(context: MailContext) -> datetime | None:
    """Return the end of all letters, None where the mail leads with it already."""
    end = _end(context)
    return None if end == _first_by(context) else end


def _targets(context: MailContext, speaker: Speaker) -> tuple[Plain, ...]:
    """Return the targets that the mail shows."""
    shown = shown_items(context)
    return tuple(
        {
            **target_view(item, name, _embassy_of(item, context.revision), speaker, elsewhere),
            "files": _files(item, context),
        }
        for item, name, elsewhere in zip(shown, button_names(shown), _elsewhere(shown, context), strict=True)
    )


def _elsewhere(shown: Sequence[PackItem], context: MailContext) -> Iterator[Elsewhere]:
    """Yield what each target need not show: the end, which is told above it, and second links where they are many.

    The first letter that is copied leads to the page then, which has all of them.
    """
    first, further = frozenset({_first_by(context)}), frozenset({_end(context)})  # that is above the second target
    copied = [place for place, item in enumerate(shown) if any(way.mailto_without_copy for way in item.open_channels)]
    page = web_address(context.links.action_url)
    uncounted = f"{page}?copy=no" if page else ""
    for place in range(len(shown)):
        found = uncounted if place in copied[:1] else ""
        yield Elsewhere(further if place else first, None if len(copied) <= _MOST_SECOND_LINKS else found)


def answer_names(context: MailContext) -> tuple[str, ...]:
    """Return what the answers of officials are called in this mail; quietly for whom subjects tell nothing."""
    is_quiet = context.supporter.person.discreet
    answers = context.mailing.answers if context.mailing else ()
    return tuple(each.quiet_name if is_quiet else each.name for each in answers)


def _files(item: PackItem, context: MailContext) -> Mapping[str, Plain]:
    """Return by kind of channel the attached file that is ready for it."""
    pieces = shown_pieces(context) if context.attached else ()
    ways = ((piece.name, piece.of) for piece in pieces if piece.name in context.attached)
    own = {of.by: name for name, of in ways if isinstance(of, Way) and of.item is item}
    return {kind.value: own.get(kind, "") for kind in ChannelKind}


def shown_pieces(context: MailContext, dates: tuple[Occasion, ...] = ()) -> tuple[Piece, ...]:
    """Return the files of what the mail shows, and of `dates`.

    Mailboxes list the names of files beside the subject: who asked for subjects that tell nothing gets numbers.
    """
    pieces = pieces_of(shown_items(context), dates)
    return numbered(pieces) if context.supporter.person.discreet else pieces


def shown_items(context: MailContext) -> tuple[PackItem, ...]:
    """Return what is open: in an update what is not sent, in a correction only what was wrong, in a closing nothing."""
    if context.kind is MailingKind.CLOSING:
        return ()
    if context.kind is MailingKind.UPDATE:
        return unwritten(context.pack.todo, context.acted)
    wanted = context.corrected if context.kind is MailingKind.CORRECTION else None
    return tuple(item for item in context.pack.todo if wanted is None or item.target in wanted)


def _embassy_of(item: PackItem, revision: Revision) -> str:
    """Return the ISO code of the country whose embassy `item` is or goes through, or nothing."""
    found = (target.mission_of for target in revision.campaign.targets if target.id == item.target)
    return next(found, "")
