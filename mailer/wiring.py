"""How do the parts come together? Built from the settings, each when it is first needed.

Law: the clock, and the random source of all that is stored, are owned here and handed down.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.errors import CampaignFileError, ConfigurationError, NotFoundError, RenderingError
from mailer.settings import Settings
from mailer.stores import Clock, RandomBytes, Stores

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog
    from mailer.adapters.freezer import Freezer
    from mailer.adapters.missions import Directory
    from mailer.adapters.templates import Templates
    from mailer.adapters.workshops import Workshops
    from mailer.core.campaigns import Campaign
    from mailer.core.counting import Numbers
    from mailer.core.links import Places
    from mailer.core.retirement import OutOfUse
    from mailer.core.revisions import Revision
    from mailer.core.tokens import TokenKey
    from mailer.core.verdicts import Verdict
    from mailer.flows.answer import Answering
    from mailer.flows.compose import Attacher, Signer, Tools
    from mailer.flows.composing import Desk
    from mailer.flows.dispatch import Dispatcher
    from mailer.flows.forgetting import Forgetting
    from mailer.flows.intake import Intake
    from mailer.flows.lanes import Route
    from mailer.flows.patience import Reporter
    from mailer.flows.publish import Publisher
    from mailer.flows.refreshing import Shelf, Source
    from mailer.flows.send import Outside
    from mailer.flows.signup import SignUps

__all__ = ["Clock", "Installation", "RandomBytes", "system_clock"]


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class Installation(Stores):
    """One installation of the mailer: its settings, clock and random source, and all that is built on them."""

    def __init__(
        self, settings: Settings, *, clock: Clock = system_clock, random_bytes: RandomBytes = os.urandom
    ) -> None:
        super().__init__(settings, clock, random_bytes)

    @cached_property
    def templates(self) -> Templates:
        """The templates, each from the organiser's folder where it is there."""
        from mailer.adapters.templates import Templates

        return Templates(self.settings.templates_dir)

    def catalog(self, now: datetime | None = None) -> Catalog:
        """Return the campaign file as it is now, with its problems."""
        from mailer.adapters.catalog import load_catalog

        return load_catalog(self.settings.campaigns_file, templates=self.templates, now=now or self.clock())

    def campaign(self, campaign_id: str, *, catalog: Catalog | None = None) -> tuple[Campaign, Catalog]:
        """Return a campaign of the file, and the file.

        Raises:
            CampaignFileError: it has errors, or the file has some that are not a campaign's.
            NotFoundError: the file has no such campaign.
        """
        catalog = catalog or self.catalog()
        campaign = next((c for c in catalog.campaigns.values() if c.id == campaign_id), None)
        if campaign is not None and catalog.organisation is not None:
            return campaign, catalog
        own = tuple(p for p in catalog.problems_of(campaign_id) if p.severity == "error")
        errors = own or tuple(p for p in catalog.problems if p.severity == "error")
        if errors:
            raise CampaignFileError(errors)
        known = ", ".join(catalog.campaigns) or "none"
        raise NotFoundError(f"{self.settings.campaigns_file} has no campaign {campaign_id!r}; it has: {known}")

    def freezer(self, catalog: Catalog) -> Freezer:
        """Return what makes revisions of this file's campaigns."""
        from mailer.adapters.freezer import Freezer

        if catalog.organisation is None:
            raise CampaignFileError(tuple(p for p in catalog.problems if p.severity == "error"))
        return Freezer(self.templates, catalog.organisation, self.clock, self.missions)

    @property
    def missions(self) -> Directory:
        """The directory of missions: the refreshed one where there is one, else the one that is shipped."""
        from mailer.adapters.missions import Directory

        return Directory(self.settings.data_folder)

    def mission_sources(self, *, openstreetmap: bool) -> tuple[tuple[str, Source, Shelf], ...]:
        """Return the public sources of the directory by name, each with the place where its rows are kept.

        Raises:
            ConfigurationError: the address of one of them is none.
        """
        from mailer.adapters.mission_sources import mission_sources

        chosen = self.settings
        found = mission_sources(self.missions, chosen.data_folder, chosen.wikidata_url, chosen.overpass_url)
        return found if openstreetmap else found[:1]

    def publisher(self, catalog: Catalog) -> Publisher:
        """Return what carries out people's commands on this file's campaigns."""
        from mailer.flows.publish import Publisher

        freezer = self.freezer(catalog)
        retired = self.answers.retired_values
        return Publisher(self.campaigns, self.filling, freezer, self.vault.hash_tag, self._refuse_sample, retired)

    def publish_service(self, catalog: Catalog, tell: Callable[[str], None]) -> None:
        """Publish what the mails to those who sign up are composed from; no letter waits for a fault in it."""
        from mailer.flows.service import publish_service

        try:
            publish_service(self.campaigns, self.freezer(catalog), now=self.clock())
        except RenderingError as error:
            tell(f"the mail to those who sign up stays as it was published: {error}")

    def _refuse_sample(self, campaign: Campaign) -> None:
        """Refuse to publish a sample campaign over a relay that is not on this machine."""
        samples = sorted({target.email for target in campaign.targets if target.email.endswith(".example")})
        if samples and not self.settings.is_loopback_relay:
            raise ConfigurationError(
                f"campaign {campaign.id} writes to {samples[0]}, which is a sample address that reaches nobody: "
                "put the real ones in, or rehearse it with MAILER_RELAY_URL=file:var/mail"
            )

    @cached_property
    def sign_ups(self) -> SignUps:
        """What takes and confirms sign-ups."""
        return self.signing_up()

    def signing_up(self, should_stop: Callable[[], bool] = lambda: False) -> SignUps:
        """Return what takes, admits and confirms sign-ups, and stops between pages when told to."""
        from mailer.flows.signup import SignUps

        return SignUps(self.signups_store, self.campaigns, self.ring.token_keys, should_stop)

    @cached_property
    def answering(self) -> Answering:
        """What takes supporters' answers from their pages."""
        from mailer.flows.answer import Answering

        return Answering(self.answers, self.campaigns)

    @cached_property
    def forgetting(self) -> Forgetting:
        """What deletes answers in time."""
        from mailer.flows.forgetting import Forgetting

        return Forgetting(self.campaigns, self.answers, self.incoming)

    @cached_property
    def intake(self) -> Intake:
        """What works through the mailbox."""
        from mailer.adapters.classifying import classify_mail
        from mailer.adapters.command_words import load_command_words
        from mailer.adapters.logs import open_log
        from mailer.adapters.mail_reading import read_mail
        from mailer.flows.clues import Tools
        from mailer.flows.intake import Intake, Outside
        from mailer.flows.published import PublishedCampaigns

        tools = Tools(self.incoming, self.ring.token_keys, load_command_words(self.templates), classify_mail)
        published = PublishedCampaigns(self.campaigns).now
        return Intake(Outside(self.incoming, published, read_mail, tools, self.clock, open_log(self.clock).warning))

    def out_of_use(self, campaign_id: str, now: datetime | None = None) -> OutOfUse:
        """Return the addresses and numbers that a letter of this campaign would not have; none without a database."""
        from mailer.core.retirement import NOTHING_OUT_OF_USE
        from mailer.flows.unusable import Unusable

        if not self.has_database or not self.settings.key_file.exists():
            return NOTHING_OUT_OF_USE
        return Unusable(self.answers).at(campaign_id, now or self.clock())

    def numbers(self, campaign_id: str) -> Numbers:
        """Return what came of a campaign."""
        from mailer.core.counting import numbers_of

        answers = self.answers
        return numbers_of(answers.sent_out(campaign_id), answers.counts(campaign_id), answers.copies(campaign_id))

    def dispatcher(self, should_stop: Callable[[], bool] = lambda: False) -> Dispatcher:
        """Return what plans and fills mailings."""
        from mailer.flows.dispatch import Dispatcher

        return Dispatcher(self.campaigns, self.filling, self.outbox, self.vault.hash_tag, should_stop)

    @property
    def places(self) -> Places:
        """Where links in mails lead."""
        from mailer.core.links import Places

        return Places(self.settings.public_url, self.settings.bounce_address, replies=bool(self.settings.mailbox_url))

    @property
    def token_key(self) -> TokenKey:
        """The key that new links are derived with; a preview before there is a key ring gets one of its own."""
        from mailer.core.tokens import KEY_BYTES, TokenKey

        return self.ring.token_key if self.settings.key_file.exists() else TokenKey(1, bytes(KEY_BYTES))

    @cached_property
    def signer(self) -> Signer | None:
        """What signs mails for our domain; None where the relay does it.

        Raises:
            ConfigurationError: the key cannot be used.
        """
        from mailer.adapters.dkim import DkimSigner, load_dkim_key

        path = self.settings.dkim_key_file
        return DkimSigner(load_dkim_key(path), self.settings.dkim_selector) if path else None

    def desk(self, reporter: Reporter | None = None) -> Desk:
        """Return what a sender composes letters with; the reporter is told if they have to be composed one by one."""
        from mailer.adapters.rendering import MailRenderer
        from mailer.flows.composing import Craft, Desk, Sources

        def tell(reason: str) -> None:
            if reporter is not None:
                reporter.tell("letters are composed one by one", reason=reason)

        sources = Sources(self.campaigns, self.supporters, self.signups_store, self.answers)
        return Desk(sources, Craft(MailRenderer, self.places, self.ring.token_keys, self.attacher, self.signer, tell))

    @cached_property
    def workshops(self) -> Workshops:
        """What the pieces of a pack are made with."""
        from mailer.adapters.workshops import Workshops

        return Workshops()

    @property
    def attacher(self) -> Attacher:
        """What attaches pieces to mails."""
        from mailer.flows.pieces import PieceAttacher

        return PieceAttacher(self.workshops.of)

    def tools(self, revision: Revision) -> Tools:
        """Return what a preview or a test mail of this revision is composed with."""
        from mailer.adapters.rendering import MailRenderer
        from mailer.flows.compose import Tools

        return Tools(MailRenderer(revision), self.places, self.token_key, self.attacher, self.signer)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The relays, each with its share and its limits; two logins at one server are told apart by a number."""
        from mailer.adapters.relay import make_routes, parse_relays

        return make_routes(parse_relays(self.settings.relay_url))

    def outside(self, reporter: Reporter) -> Outside:
        """Return all that a sender reaches out to."""
        from mailer.adapters.store.allowances import SqlRates
        from mailer.flows.send import Outside

        return Outside(self.outbox, self.desk(reporter), SqlRates(self.engine), self.routes, self.clock, reporter)

    async def send_test(self, campaign_id: str, address: str, *, country: str, language: str) -> Verdict:
        """Hand one mail that says it is a test to the relay; return the reply.

        Raises:
            RelayError: the relay could not be reached, or refuses us.
        """
        from mailer.flows.trial import send_trial, trial_order

        campaign, catalog = self.campaign(campaign_id)
        self._refuse_sample(campaign)
        revision = self.freezer(catalog).assemble(campaign)
        order = trial_order(revision, address, country=country, language=language, now=self.clock())
        order = order._replace(out_of_use=self.out_of_use(campaign_id, order.now))
        return await send_trial(order, self.tools(revision), self.routes[0].connect())

    @property
    def relay_label(self) -> str:
        """The relay as people may see it: without its password."""
        from mailer.adapters.relay import parse_relays

        return ", ".join(relay.label for relay in parse_relays(self.settings.relay_url))
