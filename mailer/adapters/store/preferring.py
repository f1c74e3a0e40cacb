"""How do supporters change, read and delete what is kept of them? Rows found by the public id in their links.

Law: a row is locked before it is judged, in the same turn as imports, so that neither forgets what the other wrote;
consent is not touched here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, case, literal, select, update

from mailer.adapters.store import leaving, newcomers
from mailer.adapters.store.engine import reading, truncate_log, writing
from mailer.adapters.store.entries import replace_tags
from mailer.adapters.store.records import from_row, to_row
from mailer.adapters.store.tables import Moment, consents, copies, declined, deliveries, reports, supporters
from mailer.adapters.store.traces import traces_of
from mailer.adapters.vault import Vault
from mailer.core.audience import may_have_come_in
from mailer.core.counting import COPIED
from mailer.core.deliveries import State
from mailer.core.explanation import ActionTrace
from mailer.core.own_data import Known, ReportTrace
from mailer.core.supporters import AddressHash, ConsentStatement, PublicId, Supporter
from mailer.flows.enrol import Erasure
from mailer.flows.preferring import Judge

_CHOSEN = ("country", "language", "timezone", "paused_until", "max_per_week", "key_id", "sealed")
_HELD_FOR = timedelta(days=1)  # a reminder waits for its hour, once a pause is over


class SqlPreferences:
    """Supporters as they see and change themselves; implements `PreferenceStore`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def find(self, public_id: PublicId) -> Supporter | None:
        """Return a supporter, whatever their consent; None if there is nobody."""
        with reading(self._engine) as connection:
            row = connection.execute(_of(public_id)).one_or_none()
        return from_row(row, self._vault) if row is not None else None

    def change(self, public_id: PublicId, judge: Judge, *, now: datetime) -> bool:
        """Write what `judge` returns for the row as it is; tell whether there is such a supporter."""
        with writing(self._engine) as connection:
            leaving.take_turns_entering(connection)
            row = connection.execute(_of(public_id).with_for_update()).one_or_none()
            if row is None:
                return False
            before = from_row(row, self._vault)
            after = judge(before)
            if after is not None:
                write_change(connection, self._vault, before, after, now)
        return True

    def known(self, public_id: PublicId) -> Known | None:
        """Return all that is kept of a supporter."""
        with reading(self._engine) as connection:
            row = connection.execute(_of(public_id)).one_or_none()
            return self._known(connection, row) if row is not None else None

    def erase(self, public_id: PublicId, *, now: datetime) -> Erasure:
        """Remove everything but the keyed hash that bars the address, from file and log."""
        with writing(self._engine) as connection:
            whose = select(supporters.c.address_hash).where(supporters.c.public_id == public_id)
            address = connection.scalar(whose)
            found = address is not None and leaving.erase(connection, AddressHash(address), now)
        return Erasure(found, truncate_log(self._engine))

    def _known(self, connection: Connection, row: Row[Any]) -> Known:
        """Return all that stands in any table of the supporter of a row."""
        said = select(consents.c.text, consents.c.day, consents.c.source, consents.c.sha256)
        statement = connection.execute(said.where(consents.c.id == row.consent_id)).one_or_none()
        left = select(declined.c.campaign_id, declined.c.at).where(declined.c.supporter_id == row.id)
        r = reports.c
        told = select(r.campaign_id, r.target, r.kind, r.value, r.at).where(r.supporter_id == row.id)
        c = copies.c
        came = select(c.campaign_id, c.target, literal(COPIED), c.at).where(c.supporter_id == row.id)
        return Known(
            supporter=from_row(row, self._vault),
            statement=ConsentStatement(*statement) if statement is not None else None,
            traces=traces_of(connection, row.id),
            declined=tuple((each.campaign_id, each.at) for each in connection.execute(left.order_by(declined.c.at))),
            reports=tuple(ReportTrace(*each) for each in connection.execute(told.order_by(r.at, r.target))),
            copies=tuple(ActionTrace(*each) for each in connection.execute(came.order_by(c.at, c.target))),
        )


def write_change(connection: Connection, vault: Vault, before: Supporter, after: Supporter, now: datetime) -> None:
    """Write a changed row and its tags, note who may have come in, and let go what an ended pause held."""
    row = to_row(after, vault)
    chosen = {name: row[name] for name in _CHOSEN}
    connection.execute(update(supporters).where(supporters.c.id == before.id).values(chosen))
    if before.person.tags != after.person.tags:
        replace_tags(connection, {before.id: map(vault.hash_tag, after.person.tags)})
    if may_have_come_in(before, after):
        newcomers.note(connection, [before.id])
    if before.paused_until is not None and before.paused_until != after.paused_until:
        _move_held(connection, before, before.paused_until, after.paused_until or now, now)


def _of(public_id: PublicId) -> Select[Any]:
    """Return the query for a supporter's row."""
    return select(supporters).where(supporters.c.public_id == public_id)


def _move_held(connection: Connection, supporter: Supporter, until: datetime, end: datetime, now: datetime) -> None:
    """Move what a pause held `until` then to its new end; what cannot wait so long, to its own.

    Each is looked at once more before it leaves: what another pause, or a full week, holds is put off again.
    """
    d, later = deliveries.c, literal(max(end, now), Moment)
    held = (d.not_before >= until) & (d.not_before < until + _HELD_FOR) | (d.not_before == d.deadline)
    waiting = (d.supporter_id == supporter.id) & (d.state == State.QUEUED) & (d.not_before > now)
    connection.execute(
        update(deliveries).where(waiting, held).values(not_before=case((d.deadline < later, d.deadline), else_=later))
    )
