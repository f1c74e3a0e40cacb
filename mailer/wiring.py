"""How do the parts come together? Built from the settings, each when it is first needed.

Law: the clock, and the random source of all that is stored, are owned here and handed down.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from mailer.errors import CampaignFileError, ConfigurationError, NotFoundError
from mailer.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from mailer.adapters.catalog import Catalog
    from mailer.adapters.freezer import Freezer
    from mailer.adapters.store.campaigns import SqlCampaigns
    from mailer.adapters.store.epoch import SqlEpoch
    from mailer.adapters.store.filling import SqlFilling
    from mailer.adapters.store.outbox import SqlOutbox
    from mailer.adapters.store.supporters import SqlSupporters
    from mailer.adapters.store.tallies import SqlTallies
    from mailer.adapters.templates import Templates
    from mailer.adapters.vault import KeyRing, Vault
    from mailer.adapters.workers import WorkerLock
    from mailer.core.campaigns import Campaign
    from mailer.core.links import Places
    from mailer.core.tokens import TokenKey
    from mailer.core.verdicts import Verdict
    from mailer.flows.composing import Desk
    from mailer.flows.dispatch import Dispatcher
    from mailer.flows.lanes import Route
    from mailer.flows.patience import Reporter
    from mailer.flows.publish import Publisher
    from mailer.flows.send import Outside

Clock = Callable[[], datetime]
RandomBytes = Callable[[int], bytes]


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class Installation:
    """One installation of the mailer: its settings, clock and random source, and all that is built on them."""

    def __init__(
        self, settings: Settings, *, clock: Clock = system_clock, random_bytes: RandomBytes = os.urandom
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.random_bytes = random_bytes

    @cached_property
    def ring(self) -> KeyRing:
        """The key ring; without its file nothing personal can be read or written (78)."""
        from mailer.adapters.vault import KeyRing

        return KeyRing.load(self.settings.key_file)

    @cached_property
    def vault(self) -> Vault:
        """Seals and hashes with the ring's keys."""
        from mailer.adapters.vault import Vault

        return Vault(self.ring, self.random_bytes)

    @cached_property
    def engine(self) -> Engine:
        """The database, brought to this version's schema, and proven to belong to the ring."""
        from mailer.adapters.store.engine import open_engine
        from mailer.adapters.store.epoch import identify
        from mailer.adapters.store.keycheck import verify_ring
        from mailer.adapters.store.migrations import upgrade

        ring = self.ring
        engine = open_engine(self.settings.database_url)
        upgrade(engine)
        verify_ring(engine, ring)
        identify(engine, self.random_bytes)
        return engine

    @cached_property
    def epoch(self) -> SqlEpoch:
        """What tells a restored backup from the database that letters left from."""
        from mailer.adapters.epochs import EpochFile
        from mailer.adapters.store.epoch import SqlEpoch

        return SqlEpoch(self.engine, EpochFile(self.settings.epochs_file), self.random_bytes)

    def restore_notice(self) -> str:
        """Return why nothing is sent from this database, in words; empty if it is as new as it was."""
        return self.epoch.notice() if self.has_database else ""

    @property
    def has_database(self) -> bool:
        """Whether there is a database yet; SQLite's is a file that the first command makes."""
        path = self.database_file
        return path is None or path.exists()

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None for a server."""
        prefix = "sqlite:///"
        url = self.settings.database_url
        return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None

    @cached_property
    def supporters(self) -> SqlSupporters:
        """The supporters' store."""
        from mailer.adapters.store.supporters import SqlSupporters

        return SqlSupporters(self.engine, self.vault)

    @cached_property
    def campaigns(self) -> SqlCampaigns:
        """The campaigns' store."""
        from mailer.adapters.store.campaigns import SqlCampaigns

        return SqlCampaigns(self.engine)

    @cached_property
    def filling(self) -> SqlFilling:
        """What fills mailings."""
        from mailer.adapters.store.filling import SqlFilling

        return SqlFilling(self.engine)

    @cached_property
    def tallies(self) -> SqlTallies:
        """What counts the outbox."""
        from mailer.adapters.store.tallies import SqlTallies

        return SqlTallies(self.engine)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """The queue of deliveries."""
        from mailer.adapters.store.liveness import Liveness
        from mailer.adapters.store.outbox import SqlOutbox
        from mailer.adapters.workers import LockFolder

        liveness = Liveness(self.engine, LockFolder(self.locks_folder), monotonic)
        return SqlOutbox(self.engine, liveness, self.epoch.before_letters)

    @property
    def locks_folder(self) -> Path:
        """Where senders of this machine hold their locks: beside the database, else in the base folder."""
        file = self.database_file
        return (file.parent if file else self.settings.base / "var") / "workers"

    def worker_lock(self) -> WorkerLock:
        """Return the lock of a new sender."""
        from mailer.adapters.workers import LockFolder

        return LockFolder(self.locks_folder).worker()

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
        return Freezer(self.templates, catalog.organisation, self.clock)

    def publisher(self, catalog: Catalog) -> Publisher:
        """Return what carries out people's commands on this file's campaigns."""
        from mailer.flows.publish import Publisher

        freezer = self.freezer(catalog)
        return Publisher(self.campaigns, self.filling, freezer, self.vault.hash_tag, self._refuse_sample)

    def _refuse_sample(self, campaign: Campaign) -> None:
        """Refuse to publish a sample campaign over a relay that is not on this machine."""
        samples = sorted({target.email for target in campaign.targets if target.email.endswith(".example")})
        if samples and not self.settings.is_loopback_relay:
            raise ConfigurationError(
                f"campaign {campaign.id} writes to {samples[0]}, which is a sample address that reaches nobody: "
                "put the real ones in, or rehearse it with MAILER_RELAY_URL=file:var/mail"
            )

    def dispatcher(self, should_stop: Callable[[], bool] = lambda: False) -> Dispatcher:
        """Return what plans and fills mailings."""
        from mailer.flows.dispatch import Dispatcher

        return Dispatcher(self.campaigns, self.filling, self.outbox, self.vault.hash_tag, should_stop)

    @property
    def places(self) -> Places:
        """Where links in mails lead."""
        from mailer.core.links import Places

        return Places(self.settings.public_url, self.settings.bounce_address)

    @property
    def token_key(self) -> TokenKey:
        """The key that new links are derived with; a preview before there is a key ring gets one of its own."""
        from mailer.core.tokens import KEY_BYTES, TokenKey

        return self.ring.token_key if self.settings.key_file.exists() else TokenKey(1, bytes(KEY_BYTES))

    def desk(self) -> Desk:
        """Return what a sender composes letters with."""
        from mailer.adapters.rendering import MailRenderer
        from mailer.flows.composing import Desk

        return Desk(self.campaigns, self.supporters, MailRenderer, self.places, self.ring.token_keys)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The relays, each with its share and its limits; two logins at one server are told apart by a number."""
        from mailer.adapters.relay import make_routes, parse_relays

        return make_routes(parse_relays(self.settings.relay_url))

    def outside(self, reporter: Reporter) -> Outside:
        """Return all that a sender reaches out to."""
        from mailer.adapters.store.allowances import SqlRates
        from mailer.flows.send import Outside

        return Outside(self.outbox, self.desk(), SqlRates(self.engine), self.routes, self.clock, reporter)

    async def send_test(self, campaign_id: str, address: str, *, country: str, language: str) -> Verdict:
        """Hand one mail that says it is a test to the relay; return the reply.

        Raises:
            RelayError: the relay could not be reached, or refuses us.
        """
        from mailer.adapters.rendering import MailRenderer
        from mailer.flows.trial import send_trial, trial_order

        campaign, catalog = self.campaign(campaign_id)
        self._refuse_sample(campaign)
        revision = self.freezer(catalog).assemble(campaign)
        order = trial_order(revision, address, country=country, language=language, now=self.clock())
        return await send_trial(
            order, MailRenderer(revision), self.places, key=self.ring.token_key, relay=self.routes[0].connect()
        )

    @property
    def relay_label(self) -> str:
        """The relay as people may see it: without its password."""
        from mailer.adapters.relay import parse_relays

        return ", ".join(relay.label for relay in parse_relays(self.settings.relay_url))
