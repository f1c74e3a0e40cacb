"""How does a supporter get their letters as finished files? Each is made when it is wanted, by one code for all.

Law: mail, page and preview make a piece alike, and the same piece for the same reader and moment has the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from mailer.core.attachments import enclosed, has_room, wanted_pieces
from mailer.core.calendar import local_time
from mailer.core.edits import may_sign
from mailer.core.eml import build_draft
from mailer.core.mailview import MailContext
from mailer.core.message import Attachment
from mailer.core.occasions import Invitation, Occasion
from mailer.core.paper import Paper, PaperKind, Sender, on_paper
from mailer.core.pieces import Piece, PieceKind, Way
from mailer.core.plain import Plain, Speaker
from mailer.core.revisions import Revision, Wording
from mailer.core.signatures import one_line
from mailer.core.supporters import Supporter
from mailer.core.targets import ChannelKind
from mailer.core.targetview import way_to
from mailer.errors import RenderingError
from mailer.flows.compose import Attached

# A draft travels as a plain file: of message/rfc822 Exchange makes a received mail, which cannot be sent (MS-OXCMAIL).
CONTENT_TYPES: Final[Mapping[PieceKind, str]] = {
    PieceKind.PDF: "application/pdf",
    PieceKind.EML: "application/octet-stream",
    PieceKind.TXT: "text/plain; charset=utf-8",
    PieceKind.ICS: "text/calendar; charset=utf-8",
}
_CALL: Final = "documents/call.txt.j2"
_SHEETS: Final[Mapping[ChannelKind, PaperKind]] = {ChannelKind.POST: "post", ChannelKind.FAX: "fax"}


class Papers(Protocol):
    """What makes letters to print."""

    def letter(self, paper: Paper) -> bytes:
        """Return the letter as a PDF."""


class Workshop(Protocol):
    """What the pieces of one revision are made with."""

    def papers(self) -> Papers:
        """Return what makes letters to print."""

    def text(self, template: str, values: Mapping[str, Plain], wording: Wording) -> str:
        """Return what a template of the revision says, in the words of one language."""

    def calendar_file(self, invitation: Invitation) -> bytes:
        """Return a date as calendars read it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom pieces are made for, and when: `speaker` tells everything in their language and by their clock.

    `typed` is what they typed for the head of a printed letter; None takes what stands in the letter itself.
    """

    revision: Revision
    supporter: Supporter
    speaker: Speaker
    now: datetime
    typed: Sender | None = None


def reader_of(context: MailContext, typed: Sender | None = None) -> Reader:
    """Return whom a mail is for."""
    wording, pack = context.wording, context.pack
    speaker = Speaker(wording, pack.timezone, tuple(dict.fromkeys((pack.language, wording.language))))
    return Reader(context.revision, context.supporter, speaker, context.now, typed)


def make_piece(piece: Piece, reader: Reader, workshop: Workshop) -> bytes:
    """Return the file.

    Raises:
        RenderingError: its template does not render, or no font has the signs of the letter.
    """
    if isinstance(piece.of, Occasion):
        return _date(piece.of, reader, workshop)
    return _MAKERS[piece.of.by](piece.of, reader, workshop)


def _date(occasion: Occasion, reader: Reader, workshop: Workshop) -> bytes:
    """Return a date for the calendar, in the reader's language."""
    speaker, campaign = reader.speaker, reader.revision.campaign
    return workshop.calendar_file(Invitation(occasion, campaign, speaker.reads, speaker.timezone, reader.now))


def _sheet(way: Way, reader: Reader, workshop: Workshop) -> bytes:
    """Return the letter on paper, dated by the reader's clock."""
    item, today = way.item, local_time(reader.now, reader.speaker.timezone).date()
    sender = reader.typed or _sender(way, reader.supporter)
    wording = reader.revision.wording(item.letter.language)
    return workshop.papers().letter(on_paper(item, sender, today, wording, _SHEETS[way.by]))


def _sender(way: Way, supporter: Supporter) -> Sender:
    """Return the sender as the letter itself names them: nobody, where it does not."""
    name = one_line(supporter.person.name) if may_sign(way.item) else ""
    return Sender("\n".join(way.item.sender_block), "", name, supporter.country)


def _draft(way: Way, _reader: Reader, _workshop: Workshop) -> bytes:
    """Return the letter as a mail program opens it."""
    return build_draft(way.draft)


def _call(way: Way, reader: Reader, workshop: Workshop) -> bytes:
    """Return whom to call, when, and what to say."""
    values = way_to(way.item, way.by, reader.speaker)
    return _plain_text(workshop.text(_CALL, values, reader.speaker.wording))


def _form(way: Way, _reader: Reader, _workshop: Workshop) -> bytes:
    """Return what is pasted into a form, and nothing else."""
    shortened = way.channel.text if way.channel else None
    return _plain_text((shortened or way.item.letter).body + "\n")


def _plain_text(text: str) -> bytes:
    """Return a text that every editor shows right: it says that it is UTF-8, and ends its lines as all systems can."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


_MAKERS: Final[Mapping[ChannelKind, Callable[[Way, Reader, Workshop], bytes]]] = {
    ChannelKind.EMAIL: _draft,
    ChannelKind.FAX: _sheet,
    ChannelKind.PHONE: _call,
    ChannelKind.POST: _sheet,
    ChannelKind.WEB: _form,
}


class PieceAttacher:
    """Attaches to mails what their campaigns ask for."""

    def __init__(self, workshops: Callable[[Revision], Workshop]) -> None:
        self._workshops = workshops

    def attach(self, context: MailContext) -> Attached:
        """Return the files that a mail carries, and the names of those that are too much for it or cannot be made.

        Once a file does not fit, no more of its kind are made.
        """
        files: list[Attachment] = [*enclosed(context)]
        left_out: list[str] = []
        full: set[PieceKind] = set()
        for piece in wanted_pieces(context):
            made = None if piece.kind in full else self._made(piece, context)
            if made and has_room(files, made):
                files.append(made)
                continue
            left_out.append(piece.name)
            full |= {piece.kind} if made else set()
        return Attached(tuple(files), tuple(left_out))

    def _made(self, piece: Piece, context: MailContext) -> Attachment | None:
        """Return a file, None if it cannot be made: one letter that no font can print stops no mail."""
        try:
            content = make_piece(piece, reader_of(context), self._workshops(context.revision))
        except RenderingError:
            return None
        return Attachment(piece.name, CONTENT_TYPES[piece.kind], content)
