"""What does a sender compose letters from? Revisions, templates and supporters, each read once.

Law: a letter that was composed before is composed from the same revision, key and moment again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from mailer.core.campaigns import ASKED_FOR, Mailing, MailingKind
from mailer.core.cohorts import composing_moment
from mailer.core.deliveries import Delivery, DeliveryId
from mailer.core.links import Places
from mailer.core.mail_commands import letter_of
from mailer.core.replies import Answering, read_reply_id
from mailer.core.revisions import Revision
from mailer.core.supporters import PublicId, Supporter, SupporterId
from mailer.core.tokens import TokenKey
from mailer.core.wroteview import SPEAKS_OF_LETTERS
from mailer.errors import SealError, TryAgainError
from mailer.flows.compose import Attacher, Composed, Order, Renderer, Signer, Tools, compose, mailing_of
from mailer.flows.relaying import Envelope
from mailer.flows.skeletons import Moment, Skeletons
from mailer.flows.unusable import Notices, Unusable
from mailer.flows.written import Told, Written


class Revisions(Protocol):
    """Where kept revisions are read."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class People(Protocol):
    """Where supporters are read."""

    def load_many(self, ids: list[SupporterId]) -> list[Supporter]:
        """Return the supporters with these ids; whoever was erased is missing."""


class Signups(Protocol):
    """Where sign-ups are read that wait to be confirmed."""

    def public_ids(self, delivery_ids: Collection[DeliveryId]) -> Mapping[DeliveryId, PublicId]:
        """Return the public ids of the sign-ups that deliveries ask to confirm; those that are gone are missing."""


class Answers(Notices, Told, Protocol):
    """Where is read what supporters answered."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a desk reads."""

    revisions: Revisions
    people: People
    signups: Signups
    answers: Answers


@dataclass(frozen=True, slots=True)
class Craft:
    """What a desk makes mails with: a renderer for each revision, the places that links lead to, and the token keys.

    `attacher` and `signer` may be missing: then mails carry no files, or no signature. `tell` is told why a sort of
    mail has to be composed letter by letter.
    """

    make_renderer: Callable[[Revision], Renderer]
    places: Places
    token_keys: Mapping[int, bytes]
    attacher: Attacher | None = None
    signer: Signer | None = None
    tell: Callable[[str], None] = lambda _: None

    def tools(self, renderer: Renderer, key: TokenKey) -> Tools:
        """Return the tools for one mail."""
        return Tools(renderer, self.places, key, self.attacher, self.signer)


class _Edition(NamedTuple):
    """What all letters of a mailing are made of that have one revision and one key."""

    revision: Revision
    mailing: Mailing
    tools: Tools


@dataclass(frozen=True, slots=True, eq=False)
class _Issue:
    """What all letters of an edition have in common that are composed at one moment, as one batch knows it.

    The `moment` is None for mails that were asked for; what is told may speak of letters that were written.
    """

    now: datetime
    moment: Moment | None
    retirements: int
    signer: Signer | None
    speaks: bool


class Desk:
    """Composes the letters of one sender; keeps every revision and its compiled templates at hand."""

    def __init__(self, sources: Sources, craft: Craft) -> None:
        self._sources = sources
        self._craft = craft
        self._unusable = Unusable(sources.answers)
        self._written = Written(sources.answers)
        self._skeletons = Skeletons(craft.tell)
        self._issues: dict[Hashable, _Issue] = {}
        self._key_id = list(craft.token_keys)[-1]  # the current one
        self._editions: dict[tuple[str, str, int, int], _Edition] = {}
        self._known: dict[tuple[str, int], tuple[Revision, Renderer]] = {}

    def load(self, supporter_ids: Collection[int]) -> Mapping[int, Supporter | SealError]:
        """Return the supporters of a batch, by id; whoever was erased is missing, a damaged row is its error."""
        self._unusable.renew()
        self._issues = {}
        self._written.renew(supporter_ids)
        try:
            found = self._sources.people.load_many([SupporterId(one) for one in supporter_ids])
        except SealError:
            return {one: told for one in supporter_ids if (told := self._load_one(one)) is not None}
        return {supporter.id: supporter for supporter in found}

    def _load_one(self, supporter_id: int) -> Supporter | SealError | None:
        """Return one supporter, or why the row cannot be opened: one damaged row must not stop the others."""
        try:
            return next(iter(self._sources.people.load_many([SupporterId(supporter_id)])), None)
        except SealError as error:
            return error

    def key_id(self, delivery: Delivery) -> int:
        """Return the token key that the letter is composed with: that of its first try, else the current."""
        return delivery.key_id or self._key_id

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope | None:
        """Return the letter, or None if nothing in it could still be done."""
        issue = self._issue(delivery, supporter, now)
        if issue.moment is not None and not (issue.speaks and self._acted(delivery, now)):
            letter = self._skeletons.usual(issue.moment, supporter, issue.retirements, issue.signer)
            if letter is not None:
                return letter
        order, tools = self._order(delivery, supporter, now)
        return self._skeletons.envelope(order, tools, _edition(delivery))

    def compose(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Composed | None:
        """Return the composed mail of a delivery, with what it was made of.

        Raises:
            TryAgainError: it was composed with a token key that this machine's ring does not have.
        """
        return compose(*self._order(delivery, supporter, now))

    def _issue(self, delivery: Delivery, supporter: Supporter, now: datetime) -> _Issue:
        """Return what a delivery and its like have in common; made once for a batch, and anew for another moment."""
        issues, alert_at = self._issues, delivery.alert_sent_at  # of this batch, even if another one begins now
        made_of = delivery.campaign_id, delivery.mailing_id, delivery.revision, delivery.key_id
        key = made_of, delivery.run, delivery.alert_revision, alert_at and composing_moment(alert_at)
        issue = issues.get(key)
        if issue is None or issue.now != now:
            order, tools = self._order(delivery, supporter, now)
            kind = order.mailing.kind
            moment = None if kind in ASKED_FOR else self._skeletons.moment(order, tools, _edition(delivery))
            issue = _Issue(now, moment, order.retirements, tools.signer, kind in SPEAKS_OF_LETTERS)
            issues[key] = issue
        return issue

    def _order(self, delivery: Delivery, supporter: Supporter, now: datetime) -> tuple[Order, Tools]:
        """Return what is to be composed, and with what."""
        retirements = self._unusable.retirements  # first: what is retired meanwhile may be missing in the letter
        revision, mailing, tools = self._edition_of(delivery)
        order = Order(
            revision=revision,
            supporter=supporter,
            mailing=mailing,
            now=now,
            run=delivery.run,
            alert_at=delivery.alert_sent_at,
            previous=self._previous(delivery) if mailing.kind is MailingKind.CORRECTION else None,
            retirements=retirements,
            out_of_use=self._unusable.at(delivery.campaign_id, now),
            signup=self._signup(delivery) if mailing.kind is MailingKind.CONFIRM else None,
            answering=self._answering(delivery) if mailing.kind is MailingKind.REPLY else None,
            acted=self._acted(delivery, now) if mailing.kind in SPEAKS_OF_LETTERS else {},
        )
        return order, tools

    def _edition_of(self, delivery: Delivery) -> _Edition:
        """Return what a delivery is made of and with; the same for all of its mailing, revision and key."""
        key = delivery.campaign_id, delivery.mailing_id, delivery.revision, self.key_id(delivery)
        if key not in self._editions:
            revision, renderer = self._at_hand(delivery.campaign_id, delivery.revision)
            mailing = mailing_of(revision.campaign, delivery.mailing_id)
            self._editions[key] = _Edition(revision, mailing, self._craft.tools(renderer, self._token_key(key[3])))
        return self._editions[key]

    def _at_hand(self, campaign_id: str, number: int) -> tuple[Revision, Renderer]:
        """Return a revision and its renderer; both are made once."""
        if (campaign_id, number) not in self._known:
            revision = self._sources.revisions.revision(campaign_id, number)
            self._known[campaign_id, number] = revision, self._craft.make_renderer(revision)
        return self._known[campaign_id, number]

    def _previous(self, delivery: Delivery) -> Revision | None:
        """Return the revision that the supporter's alert was made of, to tell what was wrong in it."""
        number = delivery.alert_revision
        return self._at_hand(delivery.campaign_id, number)[0] if number else None

    def _signup(self, delivery: Delivery) -> PublicId | None:
        """Return the public id of the sign-up that a delivery asks to confirm, None if that is gone."""
        return self._sources.signups.public_ids([delivery.id]).get(delivery.id)

    def _answering(self, delivery: Delivery) -> Answering | None:
        """Return what a mail answers, None if it answers nothing; its case is called as it was then."""
        reply = read_reply_id(delivery.mailing_id)
        if reply is None or not reply.campaign_id:
            return Answering(reply) if reply else None
        campaign = self._at_hand(reply.campaign_id, reply.revision)[0].campaign
        return Answering(reply, campaign.title, names_letter=bool(letter_of(campaign)))

    def _acted(self, delivery: Delivery, now: datetime) -> Mapping[str, datetime]:
        """Return to which targets the supporter had written by `now`."""
        return self._written.by(SupporterId(delivery.supporter_id), delivery.campaign_id, now)

    def _token_key(self, key_id: int) -> TokenKey:
        """Return a token key of the ring."""
        try:
            return TokenKey(key_id, self._craft.token_keys[key_id])
        except KeyError:
            raise TryAgainError(f"token key {key_id} is not in this machine's key file") from None


def _edition(delivery: Delivery) -> tuple[int, int]:
    """Return which revisions a letter is made of."""
    return delivery.revision, delivery.alert_revision
