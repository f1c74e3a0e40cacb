"""A real database and key ring for one test, and short ways to put people and deliveries into it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec import structs
from sqlalchemy import Engine, insert

from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.keycheck import verify_ring
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.supporters import SqlSupporters
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.adapters.vault import KeyRing, Vault
from mailer.core.deliveries import Delivery, State
from mailer.core.enrolment import Applicant, Terms
from mailer.core.supporters import Consent, ConsentStatement
from mailer.flows.enrol import SupporterStore, add

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STATEMENT = ConsentStatement("signed the list at the branch meeting", TODAY, "list.csv", "0" * 64)
CONFIRMED = Terms(Consent.CONFIRMED, STATEMENT, TODAY)
UNCONFIRMED = Terms(Consent.UNCONFIRMED, STATEMENT, TODAY)


def make_engine(folder: Path, ring: KeyRing | None = None, *, url: str = "") -> Engine:
    """Return the engine of a new, migrated database: SQLite in `folder`, unless a URL is given."""
    engine = open_engine(url or f"sqlite:///{folder / 'data' / 'mailer.db'}")
    upgrade(engine)
    if ring is not None:
        verify_ring(engine, ring)
    return engine


def make_store(folder: Path, *, url: str = "") -> tuple[SqlSupporters, Engine]:
    """Return the store of a new database with a ring of its own."""
    ring = KeyRing.generate(os.urandom)
    engine = make_engine(folder, ring, url=url)
    return SqlSupporters(engine, Vault(ring, os.urandom)), engine


def enter_all(store: SupporterStore, *applicants: Applicant, terms: Terms = CONFIRMED) -> None:
    """Enter people by hand."""
    for applicant in applicants:
        add(applicant, store, terms, os.urandom)


def in_state(delivery: Delivery, state: State) -> Delivery:
    """Return a delivery as one in another state."""
    return structs.replace(delivery, state=state)


def make_campaign(engine: Engine, campaign_id: str = "case", kinds: Sequence[str] = ("alert", "reminder")) -> None:
    """Put a campaign with one slot per kind into the database; slots are numbered from 1."""
    with writing(engine) as connection:
        row: dict[str, Any] = {"id": campaign_id, "status": "ready", "file_status": "ready", "revision": 1}
        connection.execute(insert(campaigns), [row])
        slots = [
            {"campaign_id": campaign_id, "mailing_id": kind, "run": 0, "kind": kind, "due": NOW, "revision": 1}
            for kind in kinds
        ]
        connection.execute(insert(mailings), slots)


def queue(engine: Engine, mailing: int, supporter_id: int, state: str) -> None:
    """Put one delivery into the outbox."""
    row = {"mailing": mailing, "supporter_id": supporter_id, "state": state, "rehearsal": False, "not_before": NOW}
    with writing(engine) as connection:
        connection.execute(insert(deliveries), [row])
