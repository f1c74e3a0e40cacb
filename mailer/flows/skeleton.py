"""How is the skeleton of one cohort made, and how filled? Composed once with marks, cut at them, filled with values.

Law: nothing of the supporter for whom it was made is in it. What fills the mails of usual readers in one go is used
only once the mail of a stand-in was the same by both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mailer.core.addresses import Mailbox, domain_of
from mailer.core.attachments import wanted_pieces
from mailer.core.authors import Author, Room, author_of
from mailer.core.fillings import Filling, Numbering
from mailer.core.flat_mails import FlatMail, Parts
from mailer.core.flat_values import FlatValues
from mailer.core.links import Scope, letter_name, links_with, namer
from mailer.core.mailview import MailContext
from mailer.core.marked_authors import Choice, MarkedAuthor, marked
from mailer.core.marks import NOBODY, Marks, Trait, has_marks
from mailer.core.message import Message
from mailer.core.message_skeletons import MessageSkeleton
from mailer.core.own_fields import Own
from mailer.core.pieces import Way
from mailer.core.revisions import Calendar, Revision
from mailer.core.slots import Pieces, put_in
from mailer.core.supporters import Person, PublicId
from mailer.errors import MarkError
from mailer.flows.compose import Attached, Attacher, Draft, Order, Tools, alert_of, draft, identifiers
from mailer.flows.relaying import Envelope
from mailer.flows.usual_letters import Ids, UsualLetters


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The mail of a cohort: its message, and how its values, its addresses and its links are made.

    `derivers` make the tokens, in the filling's order, with the key that the skeleton was made with. `usual` are the
    mails to readers with usual names, which are filled in one go.
    """

    message: MessageSkeleton
    filling: Filling
    derivers: tuple[Callable[[PublicId], bytes], ...]
    unsubscribe: tuple[Pieces, ...]
    sender: Pieces
    calendar: Calendar
    size: int
    usual: UsualLetters | None = None
    days: dict[date, str] = field(default_factory=dict)

    def fill(self, order: Order, tools: Tools, author: Author) -> Envelope:
        """Return the mail of one supporter of the cohort."""
        supporter = order.supporter
        tokens = [derive(supporter.public_id).decode() for derive in self.derivers]
        values = self.filling.values(author, self._joined(author), tokens)
        own_id, alert_id = identifiers(order)
        name = letter_name(own_id)
        own = Own(
            recipient=Mailbox(supporter.person.email, supporter.person.name),
            message_id=own_id,
            boundary_seed=name,
            in_reply_to=alert_id,
            references=(alert_id,) if alert_id else (),
            list_unsubscribe=tuple([put_in(pieces, values) for pieces in self.unsubscribe]),
        )
        content = self.message.fill(own, values, is_checked=True)
        return Envelope.of_checked(
            sender=put_in(self.sender, values),
            recipient=supporter.person.email,
            content=tools.signer.sign(content, order.now) if tools.signer else content,
            name=name,
            retirements=order.retirements,
        )

    def _joined(self, author: Author) -> str:
        """Return the day on which an author joined, in words; each day is told once."""
        day = author.joined_on
        if day is None:
            return ""
        if day not in self.days:
            self.days[day] = author.joined(self.calendar)
        return self.days[day]


def make_skeleton(order: Order, tools: Tools, own: Author) -> tuple[Skeleton | None, dict[Choice, int]]:
    """Return the skeleton of the cohort of an order, and what its author chose beside texts.

    The skeleton is None if nothing in the mail could still be done.

    Raises:
        MarkError: more is asked of a mark than to be shown.
    """
    scopes = _scopes(order, tools)
    marks = Marks([scope.token(tools.key, NOBODY) for scope in scopes])
    author = marked(own, marks)
    nobody = replace(order.supporter, public_id=NOBODY)
    attacher = _Constant(tools.attacher) if tools.attacher else None
    drafted = draft(order._replace(supporter=nobody, author=author), replace(tools, attacher=attacher))
    if drafted is None:
        return None, author.choices
    skeleton = _cut(drafted, author, [scope.deriver(tools.key) for scope in scopes], _ids(order, drafted.message))
    return proven(skeleton, order, tools) if skeleton.usual else skeleton, author.choices


def refuse_signs(revision: Revision) -> None:
    """Do nothing if nobody has written a sign that stands for a value.

    Raises:
        MarkError: somebody has.
    """
    if has_marks(f"{revision.campaign}{revision.organisation}{revision.missions}{revision.templates}"):
        raise MarkError("a text of the campaign, or a template, holds a sign that stands for a value of its readers")


@dataclass(frozen=True, slots=True)
class _Constant:
    """Attaches what is the same for a whole cohort: the dates of the case."""

    attacher: Attacher

    def attach(self, context: MailContext) -> Attached:
        """Return the files that a mail carries.

        Raises:
            MarkError: a letter is among them.
        """
        if any(isinstance(piece.of, Way) for piece in wanted_pieces(context)):
            raise MarkError("a letter is attached, which is the reader's own")
        return self.attacher.attach(context)


def _scopes(order: Order, tools: Tools) -> tuple[Scope, ...]:
    """Return what the tokens of a mail are for."""
    scopes: dict[Scope, None] = {}

    def note(scope: Scope) -> str:
        scopes[scope] = None
        return ""

    campaign, organisation = order.revision.campaign, order.revision.organisation
    links_with(campaign, organisation, places=tools.places, now=order.now, token_of=note)
    return tuple(scopes)


def _ids(order: Order, message: Message) -> Ids:
    """Return how the mails of a cohort are named."""
    campaign, mailing = order.revision.campaign, order.mailing
    answered = namer(campaign.id, alert_of(campaign).id, order.run) if message.in_reply_to else None
    return Ids(namer(campaign.id, mailing.id, order.run), answered, domain_of(message.sender.address))


def _cut(drafted: Draft, author: MarkedAuthor, derivers: Sequence[Callable[[PublicId], bytes]], ids: Ids) -> Skeleton:
    """Return a composed mail with marks as a skeleton; its usual letters are not proven."""
    message, marks = drafted.message, author.marks
    if any(marks.are_in(text) for text in (message.subject, message.thread_topic)):
        raise MarkError("the subject shows a value of the reader's own")
    sender = drafted.context.links.bounce_address or message.sender.address
    cut = [marks.cut(text) for text in (message.text, message.html, sender, *message.list_unsubscribe)]
    numbering = Numbering(marks, cut)
    text, html, envelope_sender, *unsubscribe = map(numbering.number, cut)
    skeleton = Skeleton(
        message=MessageSkeleton.of(message, text, html),
        filling=numbering.filling,
        derivers=tuple(derivers[token.place] for token in numbering.filling.tokens),
        unsubscribe=tuple(unsubscribe),
        sender=envelope_sender,
        calendar=drafted.context.wording.calendar,
        size=_size(message),
    )
    return replace(skeleton, usual=_usual(skeleton, author.own.room, ids))


def _usual(skeleton: Skeleton, room: Room, ids: Ids) -> UsualLetters | None:
    """Return the usual letters of a skeleton, None if it is not sure how all of them look."""
    parts = Parts(skeleton.unsubscribe, skeleton.sender, answers=ids.answered is not None)
    values = FlatValues.of(skeleton.filling, skeleton.derivers, room)
    mail = FlatMail.of(skeleton.message, values, parts)
    shown = [slot for slot, _ in skeleton.filling.own]
    needs = Trait.INITIALS in shown, Trait.JOINED in shown
    return UsualLetters(mail, ids, skeleton.calendar, *needs) if mail else None


def proven(skeleton: Skeleton, order: Order, tools: Tools) -> Skeleton:
    """Return a skeleton without its usual letters if that of a stand-in is not the one that the skeleton fills."""
    person = order.supporter.person
    name, city, organisation = (text and "Usual" for text in (person.name, person.city, person.organisation))
    stand_in = replace(order.supporter, person=Person("usual@reader.example", name, city, organisation))
    filled = skeleton.fill(order._replace(supporter=stand_in), replace(tools, signer=None), author_of(stand_in))
    usual = skeleton.usual.letter(stand_in, order.now, order.retirements, None) if skeleton.usual else None
    is_same = usual is not None and usual._replace(is_dotless=False) == filled
    return skeleton if is_same else replace(skeleton, usual=None)


def _size(message: Message) -> int:
    """Return about how many octets the skeleton of a message takes."""
    words = (4 if message.html.isascii() else 6) * (len(message.text) + len(message.html))
    return words + 3 * sum(len(file.content) for file in message.attachments)
