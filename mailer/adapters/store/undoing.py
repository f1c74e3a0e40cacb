"""How is taken back what a supporter said by mistake? All of it in one transaction, on their locked row.

Law: what is taken back is decided on the row as it is then; what was cancelled meanwhile stays so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update

from mailer.adapters.store import actions, leaving
from mailer.adapters.store.engine import writing
from mailer.adapters.store.entries import keep_statement
from mailer.adapters.store.preferring import write_change
from mailer.adapters.store.records import from_row
from mailer.adapters.store.tables import acted, supporters, suppressions
from mailer.adapters.vault import Vault
from mailer.core.enrolment import Standing, Suppression
from mailer.core.supporters import AddressHash, ConsentStatement, Supporter, SuppressionReason
from mailer.core.undoing import Undone, take_back


@dataclass(frozen=True, slots=True)
class Mistake:
    """Whose words are taken back: their pause and leaving, and with a campaign what they said of that one.

    `statement` is how somebody who left asked to be back.
    """

    email: str
    campaign_id: str = ""
    statement: ConsentStatement | None = None


def undo(engine: Engine, vault: Vault, mistake: Mistake, now: datetime) -> Undone:
    """Take back what somebody said; tell what that was. Twice is as once.

    Raises:
        ConsentError: the address is barred.
        NotFoundError: there is no such supporter or campaign.
        UsageError: they have left, and there is no statement.
    """
    address = vault.hash_address(mistake.email)
    with writing(engine) as connection:
        leaving.take_turns_entering(connection)
        standing = _standing(connection, vault, address)
        after, undone = take_back(standing, mistake.statement, now)
        if standing.supporter is not None and undone:
            write_change(connection, vault, standing.supporter, after, now)
        if undone.left and mistake.statement is not None:
            _bring_back(connection, after, mistake.statement, address)
        return _forget(connection, mistake.campaign_id, after, undone) if mistake.campaign_id else undone


def _standing(connection: Connection, vault: Vault, address: AddressHash) -> Standing:
    """Return who has an address, held until the end, and why it is barred."""
    row = connection.execute(
        select(supporters).where(supporters.c.address_hash == address).with_for_update()
    ).one_or_none()
    barred = connection.execute(
        select(suppressions.c.reason, suppressions.c.since).where(suppressions.c.address_hash == address)
    ).one_or_none()
    return Standing(
        from_row(row, vault) if row is not None else None,
        suppression=Suppression(SuppressionReason(barred.reason), barred.since) if barred is not None else None,
    )


def _bring_back(connection: Connection, who: Supporter, statement: ConsentStatement, address: AddressHash) -> None:
    """Write that they are back, and lift what their leaving barred."""
    back = {"consent": who.consent.value, "consent_id": keep_statement(connection, statement)}
    connection.execute(update(supporters).where(supporters.c.id == who.id).values(back))
    lifted = suppressions.c.reason == SuppressionReason.UNSUBSCRIBED.value
    connection.execute(delete(suppressions).where(suppressions.c.address_hash == address, lifted))


def _forget(connection: Connection, campaign_id: str, who: Supporter, undone: Undone) -> Undone:
    """Forget all that somebody said of one campaign."""
    whom = supporters.c.id == who.id
    declined = actions.undo_decline(connection, campaign_id, whom)
    mine = (acted.c.campaign_id == campaign_id, acted.c.supporter_id == who.id)
    targets = connection.scalars(select(acted.c.target).where(*mine).order_by(acted.c.target)).all()
    sent = tuple(target for target in targets if actions.undo_action(connection, campaign_id, whom, target))
    return replace(undone, sent=sent, declined=declined)
