"""What do tests of campaigns in a real database begin with? A case, its people, and guards that watch every row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, insert, select, text, update

from mailer.adapters.store.answers import SqlAnswers
from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.filling import SqlFilling
from mailer.adapters.store.incoming import SqlIncoming
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.schema import metadata
from mailer.adapters.store.supporters import SqlSupporters
from mailer.adapters.store.tables import acted, declined, deliveries, mailings, supporters, suppressions
from mailer.adapters.vault import KeyRing, Vault
from mailer.core.campaigns import Campaign, CampaignId, Closing, Event, Mailing, MailingId, MailingKind, Outcome, Status
from mailer.core.deliveries import TRANSITIONS, Delivery, State
from mailer.core.deliveries import Event as Step
from mailer.core.enrolment import Applicant
from mailer.core.organisations import Organisation
from mailer.core.revisions import Revision
from mailer.core.supporters import PublicId, SupporterId
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LocalText
from mailer.core.verdicts import Decision
from mailer.flows.dispatch import Dispatcher
from mailer.flows.outbox import Ack, Intent
from tests.databases import CONFIRMED, NOW, enter_all, in_state
from tests.fakes import FakeLocks

TRIAL = NOW + timedelta(days=12)
END = NOW + timedelta(days=15)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
AFTER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=timedelta(days=3))
BEFORE = Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=timedelta(hours=24))
CLOSING = Closing(Outcome.RELEASED, LocalText({"en": "He is free."}))
ACCEPT = Decision(Step.ACCEPT)

# Who only signed up gets the mail that asks to confirm, unless the address complained or bounced, and nothing else.
_STRANGER = """NOT EXISTS (SELECT 1 FROM supporters s, mailings m WHERE s.id = new.supporter_id AND m.id = new.mailing
  AND (s.consent = 'confirmed' OR m.kind = 'confirm') AND NOT EXISTS (SELECT 1 FROM suppressions x
  WHERE x.address_hash = s.address_hash AND (m.kind <> 'confirm' OR x.reason IN ('complaint', 'bounced'))))"""
_STEPS = ", ".join(sorted({f"'{state.value}>{after.value}'" for (state, _), after in TRANSITIONS.items()}))
# Name, moment, what must never be, and how it is told.
_GUARDS = (
    (
        "welcome",
        "BEFORE UPDATE OF state ON deliveries",
        f"new.state = 'sending' AND {_STRANGER}",
        "a letter to somebody unconfirmed, unsubscribed or suppressed",
    ),
    ("begins", "BEFORE INSERT ON deliveries", "new.state <> 'queued'", "a delivery begins queued"),
    (
        "moves",
        "BEFORE UPDATE OF state ON deliveries",
        f"new.state <> old.state AND old.state || '>' || new.state NOT IN ({_STEPS})",
        "a step that is not in the table",
    ),
    (
        "leases",
        "BEFORE UPDATE OF state, lease_until ON deliveries",
        "(new.lease_until IS NOT NULL) <> (new.state IN ('claimed', 'sending'))",
        "a lease that is in nobody''s hands, or hands without a lease",
    ),
)
_SQLITE_GUARD = "CREATE TRIGGER {name} {moment} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{told}'); END"
_POSTGRES_GUARD = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {wrong} THEN RAISE EXCEPTION '{told}'; END IF; RETURN new; END $$;
CREATE TRIGGER {name} {moment} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def watch(engine: Engine) -> None:
    """Let the database refuse every step that is not in the table, and every letter to who did not ask for it."""
    for guard in _GUARDS:
        add_guard(engine, *guard)


def add_guard(engine: Engine, name: str, moment: str, wrong: str, told: str) -> None:
    """Let the database refuse, at a moment, what must never be."""
    guard = _POSTGRES_GUARD if engine.dialect.name == "postgresql" else _SQLITE_GUARD
    with writing(engine) as connection:
        connection.exec_driver_sql(guard.format(name=name, moment=moment, wrong=wrong, told=told))


def unwatch(engine: Engine, guard: str, table: str = "deliveries") -> None:
    """Take one of the guards away, to put rows there that no step would make."""
    is_server = engine.dialect.name == "postgresql"
    with writing(engine) as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {guard} ON {table}" if is_server else f"DROP TRIGGER {guard}")
        if is_server:
            connection.exec_driver_sql(f"DROP FUNCTION {guard}")


def case(*changed: Mailing, **changes: Any) -> Revision:
    """Return the frozen campaign `case`, with these mailings instead of an alert alone."""
    campaign = Campaign(
        id=CampaignId("case"),
        status=Status.READY,
        title=LocalText({"en": "Free A. Example"}),
        summary=LocalText({"en": "Jailed for a picket."}),
        country="KZ",
        targets=(Target(TargetId("court"), LocalText({"en": "Court"}), email="court@justice.example"),),
        mailings=changed or (ALERT,),
        events=(Event("trial", LocalText({"en": "Trial"}), TRIAL, "Asia/Almaty"),),
        write_until=END,
    )
    organisation = Organisation(
        name="Example Network",
        from_name="Example",
        from_address="campaigns@solidarity.example",
        reply_to="office@solidarity.example",
        postal_address="1 Example Street, London",
        timezone="Europe/London",
        languages=("en",),
    )
    return Revision(replace(campaign, **changes), organisation)


def reached(revision: Revision, email: str) -> Revision:
    """Return the revision with another address of the court."""
    campaign = revision.campaign
    return replace(revision, campaign=replace(campaign, targets=(replace(campaign.targets[0], email=email),)))


def _hasten(connection: Any, record: Any) -> None:
    """Do not wait for the disk: no test cuts the power."""
    connection.execute("PRAGMA synchronous=OFF")


class Casework:
    """Stores, queue and dispatcher over one new database; `page` is small, so that every filling has several."""

    def __init__(
        self, folder: Path, *, page: int = 3, is_dead: Callable[[str], bool] = lambda name: False, url: str = ""
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.url = url or f"sqlite:///{folder / 'mailer.db'}"
        self.engine = open_engine(self.url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _hasten)
        metadata.create_all(self.engine)
        watch(self.engine)
        self.vault = vault = Vault(KeyRing.generate(os.urandom), os.urandom)
        self.people = SqlSupporters(self.engine, vault)
        self.hash_tag = vault.hash_tag
        self.campaigns = SqlCampaigns(self.engine)
        self.answers = SqlAnswers(self.engine)
        self.incoming = SqlIncoming(self.engine, lambda: vault)
        self.filling = SqlFilling(self.engine, page)
        self.ticks = count()  # each look of the queue is a second after the last
        self.outbox = SqlOutbox(self.engine, Liveness(self.engine, FakeLocks(is_dead), self.ticks.__next__))
        self.dispatcher = Dispatcher(self.campaigns, self.filling, self.outbox, vault.hash_tag)

    def join(self, *names: str, country: str = "GB", **told: Any) -> None:
        """Enter confirmed people, by their names."""
        terms = told.pop("terms", CONFIRMED)
        people = (Applicant(f"{name}@union.example", name=name, country=country, **told) for name in names)
        enter_all(self.people, *people, terms=terms)

    def launch(self, revision: Revision | None = None, *, now: datetime = NOW, rehearsal: bool = False) -> None:
        """Publish and approve, without a hold."""
        self.campaigns.publish(revision or case(), now=now)
        self.campaigns.approve("case", rehearsal=rehearsal, now=now, hold_until=now)

    def tick(self, now: datetime = NOW, *, rehearsal: bool = False) -> int:
        """Plan and fill."""
        return self.dispatcher.tick(rehearsal=rehearsal, now=now)

    def intend(self, claimed: Iterable[Delivery], now: datetime = NOW) -> frozenset[int]:
        """Ask for the intents of what was claimed."""
        intents = [Intent(delivery, delivery.composed_at or now, 1, delivery.revision) for delivery in claimed]
        return self.outbox.commit(intents, [], now=now)

    def settle(self, sending: Iterable[Delivery], decision: Decision = ACCEPT, now: datetime = NOW) -> None:
        """Write what became of letters whose intent was granted."""
        self.outbox.commit([], [Ack(in_state(each, State.SENDING), decision) for each in sending], now=now)

    def claim(self, now: datetime = NOW, *, worker: str = "one", limit: int = 100, rehearsal: bool = False) -> Any:
        """Take what is due."""
        return self.outbox.claim(worker=worker, limit=limit, rehearsal=rehearsal, now=now)

    def send(self, now: datetime = NOW, decision: Decision = ACCEPT, *, rehearsal: bool = False) -> list[str]:
        """Hand over all that is due; return the names of those whose letter was written."""
        claimed = self.claim(now, limit=100_000, rehearsal=rehearsal)
        granted = self.intend(claimed, now)
        sending = [delivery for delivery in claimed if delivery.id in granted]
        self.settle(sending, decision, now)
        return self.names(delivery.supporter_id for delivery in sending)

    def run(self, now: datetime = NOW, *, rehearsal: bool = False) -> list[str]:
        """Tick and send."""
        self.tick(now, rehearsal=rehearsal)
        return self.send(now, rehearsal=rehearsal)

    def names(self, ids: Iterable[int]) -> list[str]:
        """Return the names of supporters, sorted; one who is named twice is there twice."""
        wanted = list(ids)
        known = {each.id: each.person.name for each in self.people.load_many([SupporterId(one) for one in wanted])}
        return sorted(known[SupporterId(one)] for one in wanted if one in known)

    def id_of(self, name: str) -> int:
        """Return the row of somebody."""
        found = self.people.standing(f"{name}@union.example").supporter
        assert found is not None
        return found.id

    def token_of(self, name: str) -> PublicId:
        """Return the public id of somebody, which is in their links."""
        found = self.people.standing(f"{name}@union.example").supporter
        assert found is not None
        return found.public_id

    def rows(self, mailing_id: str = "alert", run: int = 0) -> Sequence[Any]:
        """Return the deliveries of a mailing, with all their columns."""
        query = select(deliveries).join(mailings, mailings.c.id == deliveries.c.mailing).order_by(deliveries.c.id)
        with reading(self.engine) as connection:
            return connection.execute(query.where(mailings.c.mailing_id == mailing_id, mailings.c.run == run)).all()

    def queued(self, mailing_id: str = "alert", run: int = 0) -> list[str]:
        """Return the names of those who have a delivery of a mailing."""
        return self.names(row.supporter_id for row in self.rows(mailing_id, run))

    def states(self, mailing_id: str = "alert", run: int = 0) -> dict[str, str]:
        """Return the state of each delivery of a mailing, by its supporter's name."""
        return {self.names([row.supporter_id])[0]: row.state for row in self.rows(mailing_id, run)}

    def suppress(self, name: str) -> None:
        """Bar somebody's address as a bounce would."""
        address = select(supporters.c.address_hash).where(supporters.c.id == self.id_of(name)).scalar_subquery()
        with writing(self.engine) as connection:
            connection.execute(insert(suppressions).values(address_hash=address, reason="bounced", since=NOW))

    def act(self, name: str) -> None:
        """Let somebody say that they have written, without touching the queue."""
        row = {"campaign_id": "case", "supporter_id": self.id_of(name), "target": "", "source": "page", "at": NOW}
        with writing(self.engine) as connection:
            connection.execute(insert(acted).values(**row))

    def decline(self, name: str) -> None:
        """Let somebody say "not this case", without touching the queue."""
        row = {"campaign_id": "case", "supporter_id": self.id_of(name), "at": NOW}
        with writing(self.engine) as connection:
            connection.execute(insert(declined).values(**row))

    def hold(self, status: Status) -> None:
        """Put a status into the database without touching the queue, as a commit between two others would."""
        with writing(self.engine) as connection:
            connection.execute(text("UPDATE campaigns SET status = :status"), {"status": status.value})

    def forget(self, **columns: Any) -> None:
        """Set columns of every delivery, to make a past that takes long."""
        with writing(self.engine) as connection:
            connection.execute(update(deliveries).values(**columns))
