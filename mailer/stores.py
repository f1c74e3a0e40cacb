"""Where does one installation keep things? Its key ring and its database, and every store on them, when first needed.

Law: a database is not opened with a ring that it does not belong to, and neither is opened before somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from mailer.adapters.store.answers import SqlAnswers
    from mailer.adapters.store.campaigns import SqlCampaigns
    from mailer.adapters.store.epoch import SqlEpoch
    from mailer.adapters.store.filling import SqlFilling
    from mailer.adapters.store.holding import SqlHeldReturns
    from mailer.adapters.store.incoming import SqlIncoming
    from mailer.adapters.store.outbox import SqlOutbox
    from mailer.adapters.store.preferring import SqlPreferences
    from mailer.adapters.store.signups import SqlSignUps
    from mailer.adapters.store.supporters import SqlSupporters
    from mailer.adapters.store.tallies import SqlTallies
    from mailer.adapters.vault import KeyRing, Vault
    from mailer.adapters.workers import WorkerLock
    from mailer.settings import Settings

Clock = Callable[[], datetime]
RandomBytes = Callable[[int], bytes]


class Stores:
    """The key ring, the database, and the stores of one installation."""

    def __init__(self, settings: Settings, clock: Clock, random_bytes: RandomBytes) -> None:
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
    def preferences(self) -> SqlPreferences:
        """What supporters choose, see and delete by themselves."""
        from mailer.adapters.store.preferring import SqlPreferences

        return SqlPreferences(self.engine, self.vault)

    @cached_property
    def signups_store(self) -> SqlSignUps:
        """The store of sign-ups that wait."""
        from mailer.adapters.store.signups import SqlSignUps

        return SqlSignUps(self.engine, self.vault, self.random_bytes)

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
    def answers(self) -> SqlAnswers:
        """What supporters answered, and what is retired."""
        from mailer.adapters.store.answers import SqlAnswers

        return SqlAnswers(self.engine)

    @cached_property
    def incoming(self) -> SqlIncoming:
        """What came to the mailbox."""
        from mailer.adapters.store.incoming import SqlIncoming

        return SqlIncoming(self.engine, lambda: self.vault, rehearsal=self.settings.is_rehearsal)

    @cached_property
    def held_returns(self) -> SqlHeldReturns:
        """The mailings of which so many mails came back that a person has to judge."""
        from mailer.adapters.store.holding import SqlHeldReturns

        return SqlHeldReturns(self.engine)

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

    @property
    def reader_lock(self) -> Path:
        """The file that the reader of the mailbox holds a lock on."""
        return self.locks_folder / "mailbox.reader"

    def worker_lock(self) -> WorkerLock:
        """Return the lock of a new sender."""
        from mailer.adapters.workers import LockFolder

        return LockFolder(self.locks_folder).worker()
