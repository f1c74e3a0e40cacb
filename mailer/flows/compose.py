"""What exactly does one supporter get? Letters, pack, words and bytes, as sent and as previewed.

Law: one function composes for the sender, the preview, the test mail and the demo, and the same order
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailer.core.addresses import Mailbox, domain_of
from mailer.core.campaigns import Campaign, Mailing, MailingId, MailingKind
from mailer.core.corrections import withdrawn_addresses
from mailer.core.links import Links, Places, make_links, message_id
from mailer.core.mailview import MailContext, Rendered
from mailer.core.message import Message, build
from mailer.core.pack import Pack
from mailer.core.packing import build_pack
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.supporters import Supporter
from mailer.core.tokens import TokenKey
from mailer.flows.relaying import Envelope

CLOSING_ID = MailingId("closing")
# What is useless without an open channel. Updates, corrections and the closing are news in themselves.
_NEEDS_OPEN_CHANNEL = frozenset({MailingKind.ALERT, MailingKind.REMINDER})


class Renderer(Protocol):
    """What composing needs of templates."""

    def render(self, context: MailContext) -> Rendered:
        """Return the words of one mail."""


@dataclass(frozen=True, slots=True)
class Order:
    """One mail to compose: for whom, in which mailing, at which moment (UTC).

    `alert_at` is when this supporter's alert was sent, None if it was not; `previous` is the revision
    that a correction corrects.
    """

    revision: Revision
    supporter: Supporter
    mailing: Mailing
    now: datetime
    run: int = 0
    alert_at: datetime | None = None
    previous: Revision | None = None
    test: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail, ready for a relay, with what it was made of."""

    envelope: Envelope
    rendered: Rendered
    pack: Pack
    links: Links
    message: Message

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the header fields as a mail program would show them."""
        head = self.envelope.content.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
        return dict(line.split(": ", 1) for line in head.split("\r\n"))


def mailing_of(campaign: Campaign, mailing_id: str) -> Mailing:
    """Return the mailing with this id; every closed campaign has its closing.

    Raises:
        KeyError: the campaign has no such mailing.
    """
    if mailing_id == CLOSING_ID:
        return Mailing(CLOSING_ID, MailingKind.CLOSING, on_launch=True)
    return campaign.mailing(mailing_id)


def compose(order: Order, *, renderer: Renderer, places: Places, key: TokenKey) -> Composed | None:
    """Return the mail, or None if nothing in it could still be done."""
    campaign, organisation = order.revision.campaign, order.revision.organisation
    links = make_links(campaign, organisation, order.supporter.public_id, places=places, key=key)
    pack = build_pack(
        order.revision,
        order.supporter,
        now=order.now,
        links=links,
        ends_at=campaign_end(campaign, order.alert_at or order.now),
    )
    if order.mailing.kind in _NEEDS_OPEN_CHANNEL and not pack.todo:
        return None
    rendered = renderer.render(_context(order, pack, links))
    message = _message(order, rendered, links)
    envelope = Envelope(
        sender=links.bounce_address or organisation.from_address,
        recipient=order.supporter.person.email,
        content=build(message),
        name=message.message_id.strip("<>").partition("@")[0],
    )
    return Composed(envelope, rendered, pack, links, message)


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
    )


def _message(order: Order, rendered: Rendered, links: Links) -> Message:
    """Return the message with its headers: who, to whom, which thread, how to leave."""
    campaign, organisation = order.revision.campaign, order.revision.organisation
    domain = domain_of(organisation.from_address)
    name = f"{order.mailing.id} test {order.now.isoformat()}" if order.test else order.mailing.id
    own_id = message_id(campaign.id, name, order.run, order.supporter.public_id, domain)
    alert_id = message_id(campaign.id, alert_of(campaign).id, order.run, order.supporter.public_id, domain)
    follows = order.alert_at is not None and own_id != alert_id
    uris = tuple(filter(None, (links.unsubscribe_url, links.unsubscribe_mailto)))
    return Message(
        sender=Mailbox(organisation.from_address, organisation.from_name),
        recipient=Mailbox(order.supporter.person.email, order.supporter.person.name),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=order.now,
        message_id=own_id,
        boundary_seed=own_id,
        reply_to=Mailbox(organisation.reply_to, organisation.name) if organisation.reply_to else None,
        in_reply_to=alert_id if follows else "",
        references=(alert_id,) if follows else (),
        list_id=f"{campaign.id}.{domain}",
        list_unsubscribe=uris,
        one_click=bool(links.unsubscribe_url),
    )


def alert_of(campaign: Campaign) -> Mailing:
    """Return the campaign's alert, which every other mailing follows."""
    return next(mailing for mailing in campaign.mailings if mailing.kind is MailingKind.ALERT)
