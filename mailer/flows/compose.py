"""What exactly does one supporter get? Letters, pack, words and bytes, as sent and as previewed.

Law: one function says what the mails of the sender, the preview, the test and the demo are, and the same order gives
the same bytes. Most of a sender's mails are filled by `skeletons`, to the very bytes that `compose` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from mailer.core.addresses import Mailbox, domain_of
from mailer.core.authors import Author
from mailer.core.campaigns import ASKED_FOR, Campaign, Mailing, MailingId, MailingKind
from mailer.core.channels import Situation
from mailer.core.cohorts import composing_moment
from mailer.core.corrections import withdrawn_addresses
from mailer.core.countries import supporter_zone
from mailer.core.links import Links, letter_name, make_links, make_reply_links, make_signup_links, message_id
from mailer.core.mailview import MailContext, Rendered
from mailer.core.message import Message, build
from mailer.core.pack import Pack
from mailer.core.packing import build_usable_pack
from mailer.core.replies import Answering, read_reply_id
from mailer.core.retirement import NOTHING_OUT_OF_USE, OutOfUse
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId, Supporter
from mailer.errors import RenderingError
from mailer.flows.relaying import Envelope
from mailer.flows.workbench import Attached, Attacher, Renderer, Signer, Tools

__all__ = [
    "CLOSING_ID", "Attached", "Attacher", "Composed", "Draft", "Order", "Renderer", "Signer", "Tools", "alert_of",
    "compose", "draft", "identifiers", "mailing_of",
]  # fmt: skip

CLOSING_ID = MailingId("closing")
# What is useless without an open channel. Updates, corrections and the closing are news in themselves.
_NEEDS_OPEN_CHANNEL = frozenset({MailingKind.ALERT, MailingKind.REMINDER})


class Order(NamedTuple):
    """One mail to compose: for whom, in which mailing, at which moment (UTC).

    `alert_at` is when this supporter's alert was sent, None if it was not; `previous` is the revision
    that a correction corrects; `signup` is the public id of the sign-up that a mail asks to confirm.
    `out_of_use` are the addresses and numbers that no letter of it has, `retirements` counts those that were retired
    by then; `acted` tells to which targets the supporter had written by `now`, and when (UTC): it is read for mails
    that speak of it. The `author` is the supporter, or who stands for their cohort. `answering` is what was done, in a
    mail that answers a command.
    """

    revision: Revision
    supporter: Supporter
    mailing: Mailing
    now: datetime
    run: int = 0
    alert_at: datetime | None = None
    previous: Revision | None = None
    test: bool = False
    signup: PublicId | None = None
    out_of_use: OutOfUse = NOTHING_OUT_OF_USE
    retirements: int = 0
    acted: Mapping[str, datetime] = MappingProxyType({})
    author: Author | None = None
    answering: Answering | None = None

    @property
    def ends_at(self) -> datetime:
        """Return when the campaign's letters stop mattering (UTC); the same for all alerts of a minute."""
        campaign = self.revision.campaign
        return campaign.write_until or campaign_end(campaign, composing_moment(self.alert_at or self.now))


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail before it is bytes, with what it was made of."""

    message: Message
    rendered: Rendered
    context: MailContext


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail, ready for a relay, with what it was made of."""

    envelope: Envelope
    rendered: Rendered
    context: MailContext
    message: Message

    @property
    def pack(self) -> Pack:
        """Return the letters that the mail is about."""
        return self.context.pack

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the header fields as a mail program would show them."""
        head = self.envelope.content.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
        return dict(line.split(": ", 1) for line in head.split("\r\n"))


def mailing_of(campaign: Campaign, mailing_id: str) -> Mailing:
    """Return the mailing with this id; every closed campaign has its closing, every day its sign-ups and commands.

    Raises:
        KeyError: the campaign has no such mailing.
    """
    if campaign.id == SERVICE:
        kind = MailingKind.REPLY if read_reply_id(mailing_id) else MailingKind.CONFIRM
        return Mailing(MailingId(mailing_id), kind, on_launch=True)
    if mailing_id == CLOSING_ID:
        return Mailing(CLOSING_ID, MailingKind.CLOSING, on_launch=True)
    return campaign.mailing(mailing_id)


def compose(order: Order, tools: Tools) -> Composed | None:
    """Return the mail, or None if nothing in it could still be done."""
    drafted = _draft_asked_for(order, tools) if order.mailing.kind in ASKED_FOR else draft(order, tools)
    return _signed(drafted, tools.signer, order.retirements) if drafted else None


def draft(order: Order, tools: Tools) -> Draft | None:
    """Return the mail of a campaign as it is before it is bytes, or None if nothing in it could still be done."""
    campaign, organisation = order.revision.campaign, order.revision.organisation
    links = make_links(
        campaign, organisation, order.supporter.public_id, places=tools.places, key=tools.key, now=order.now
    )
    pack = _pack(order, links)
    if order.mailing.kind in _NEEDS_OPEN_CHANNEL and not pack.todo:
        return None
    context = _context(order, pack, links)
    attached = tools.attacher.attach(context) if tools.attacher else Attached()
    context = replace(context, attached=attached.names, left_out=attached.left_out)
    rendered = tools.renderer.render(context)
    return Draft(replace(_message(order, rendered, links), attachments=attached.files), rendered, context)


def _pack(order: Order, links: Links) -> Pack:
    """Return the letters, by the ways that are still used."""
    situation = Situation(order.now, links, ends_at=order.ends_at, author=order.author)
    return build_usable_pack(order.revision, order.supporter, situation, order.out_of_use)


def _draft_asked_for(order: Order, tools: Tools) -> Draft | None:
    """Return the mail that asks to confirm a sign-up, or answers a command; None if the sign-up is gone.

    Raises:
        RenderingError: there are no pages that the link of a sign-up could lead to.
    """
    answering = order.answering
    links = _reply_links(order, answering, tools) if answering else _signup_links(order, tools)
    if links is None:
        return None
    supporter, home = order.supporter, order.revision.organisation.timezone
    context = _context(order, Pack((), supporter.language, supporter_zone(supporter, home)), links)
    rendered = tools.renderer.render(context)
    plain = _plain_message(order, rendered)
    return Draft(replace(plain, auto_submitted="auto-replied") if answering else plain, rendered, context)


def _signup_links(order: Order, tools: Tools) -> Links | None:
    """Return the links of a mail that asks to confirm, None if the sign-up is confirmed, or too old."""
    if order.signup is None:
        return None
    links = make_signup_links(order.signup, order.supporter.public_id, places=tools.places, key=tools.key)
    if not links.confirm_url:
        raise RenderingError("MAILER_PUBLIC_URL is not set: the mail to those who sign up needs it for its link")
    return links


def _reply_links(order: Order, answering: Answering, tools: Tools) -> Links:
    """Return the links of a mail that answers a command."""
    whose = answering.reply.campaign_id, order.revision.organisation, order.supporter.public_id
    return make_reply_links(*whose, places=tools.places, key=tools.key, now=order.now)


def _signed(drafted: Draft, signer: Signer | None, retirements: int) -> Composed:
    """Return a mail in its envelope, signed where there is what signs."""
    message, content = drafted.message, build(drafted.message)
    envelope = Envelope(
        sender=drafted.context.links.bounce_address or message.sender.address,
        recipient=message.recipient.address,
        content=signer.sign(content, message.date) if signer else content,
        name=letter_name(message.message_id),
        retirements=retirements,
        in_lines=True,
    )
    return Composed(envelope, drafted.rendered, drafted.context, message)


def _context(order: Order, pack: Pack, links: Links) -> MailContext:
    """Return what the templates are filled from."""
    withdrawn: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    if order.mailing.kind is MailingKind.CORRECTION and order.previous is not None:
        withdrawn, corrected = withdrawn_addresses(order.previous, order.revision, order.supporter.country)
    return MailContext(
        kind=order.mailing.kind,
        revision=order.revision,
        supporter=order.supporter,
        pack=pack,
        links=links,
        now=order.now,
        mailing=order.mailing,
        test=order.test,
        corrected=corrected,
        withdrawn=withdrawn,
        acted=order.acted,
        author=order.author,
        answering=order.answering,
    )


def _message(order: Order, rendered: Rendered, links: Links) -> Message:
    """Return the message with its headers: who, to whom, which thread, how to leave."""
    plain = _plain_message(order, rendered)
    _, alert_id = identifiers(order)
    return replace(
        plain,
        recipient=Mailbox(order.supporter.person.email, order.supporter.person.name),
        in_reply_to=alert_id,
        references=(alert_id,) if alert_id else (),
        list_id=f"{order.revision.campaign.id}.{domain_of(plain.sender.address)}",
        list_unsubscribe=tuple(filter(None, (links.unsubscribe_url, links.unsubscribe_mailto))),
        one_click=bool(links.unsubscribe_url),
        auto_submitted="",
    )


def _plain_message(order: Order, rendered: Rendered) -> Message:
    """Return the message to somebody who is on no list yet: it names nobody, and says that a machine wrote it.

    Source: RFC 3834 for Auto-Submitted.
    """
    organisation = order.revision.organisation
    own_id = _own_id(order)
    return Message(
        sender=Mailbox(organisation.from_address, organisation.from_name),
        recipient=Mailbox(order.supporter.person.email),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=order.now,
        message_id=own_id,
        boundary_seed=letter_name(own_id),
        reply_to=Mailbox(organisation.reply_to, organisation.name) if organisation.reply_to else None,
        thread_topic=rendered.topic,
        auto_submitted="auto-generated",
    )


def identifiers(order: Order) -> tuple[str, str]:
    """Return the Message-ID of a mail, and that of the alert that it follows, empty if it follows none."""
    own_id = _own_id(order)
    if order.alert_at is None:
        return own_id, ""
    campaign, organisation = order.revision.campaign, order.revision.organisation
    domain = domain_of(organisation.from_address)
    alert_id = message_id(campaign.id, alert_of(campaign).id, order.run, order.supporter.public_id, domain)
    return own_id, alert_id if alert_id != own_id else ""


def _own_id(order: Order) -> str:
    """Return the Message-ID of a mail; each test mail has one of its own."""
    name = f"{order.mailing.id} test {order.now.isoformat()}" if order.test else order.mailing.id
    domain = domain_of(order.revision.organisation.from_address)
    return message_id(order.revision.campaign.id, name, order.run, order.supporter.public_id, domain)


def alert_of(campaign: Campaign) -> Mailing:
    """Return the campaign's alert, which every other mailing follows."""
    return next(mailing for mailing in campaign.mailings if mailing.kind is MailingKind.ALERT)
