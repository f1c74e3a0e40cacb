"""Which files travel with a mail? Those that its campaign or update asks for, and the sheet that its reader likes best.

Law: a mail carries only what it shows, in the order in which it shows it, and never more than mailboxes take.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mailer.core.campaigns import MailingKind
from mailer.core.mailview import MailContext, answer_names, shown_pieces
from mailer.core.multipart import Attachment
from mailer.core.occasions import occasions_of
from mailer.core.pieces import Piece, Way
from mailer.core.targets import ChannelKind

LARGEST_LOAD: Final = 200 * 1024  # octets of all files of a mail together, before they are encoded
_ON_PAPER: Final = frozenset({ChannelKind.FAX, ChannelKind.POST})


def wanted_pieces(context: MailContext) -> tuple[Piece, ...]:
    """Return the files that a mail is to carry, the most wanted first.

    Somebody whose best way is fax or post always gets the sheets to send; theirs come before all others.
    """
    if context.kind is MailingKind.CLOSING:
        return ()
    campaign, best_way = context.revision.campaign, context.supporter.person.best_way
    asked = {*campaign.attach, *(context.mailing.attach if context.mailing else ())}
    is_news = context.kind is not MailingKind.CORRECTION
    dates = occasions_of(campaign, context.supporter.country, context.now) if is_news else ()
    pieces = shown_pieces(context, dates)
    wanted = (piece for piece in pieces if piece.kind in asked or _is_best(piece, best_way))
    return tuple(sorted(wanted, key=lambda piece: not _is_best(piece, best_way)))


def enclosed(context: MailContext) -> tuple[Attachment, ...]:
    """Return the answers of officials that a mail brings: whatever else it carries, these are what it is about."""
    answers = context.mailing.answers if context.mailing else ()
    named = zip(answer_names(context), answers, strict=True)
    return tuple(Attachment(name, answer.content_type, answer.content) for name, answer in named)


def likes_paper(best_way: str) -> bool:
    """Tell whether somebody gets the sheets to send, because they like to send letters on paper."""
    return best_way in _ON_PAPER


def has_room(files: Iterable[Attachment], another: Attachment) -> bool:
    """Tell whether a mail that carries `files` takes another."""
    return sum(len(file.content) for file in files) + len(another.content) <= LARGEST_LOAD


def _is_best(piece: Piece, best_way: str) -> bool:
    """Tell whether a file is a sheet for the way that the reader likes best."""
    return isinstance(piece.of, Way) and piece.of.by in _ON_PAPER and piece.of.by == best_way
