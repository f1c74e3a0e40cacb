"""How does somebody leave, in force before the next letter? Unsubscribing, erasing, suppressing.

Law: what ends consent ends everything that is queued in the same transaction. Letters whose intent is
already durable are their senders' to settle. A person's own row is locked before their letters, so that
two who end the same consent do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update

from mailer.adapters.store.dialect import insert_new, take_turns
from mailer.adapters.store.states import change_in_order
from mailer.adapters.store.tables import deliveries, mailings, signups, supporters, suppressions
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import TRANSITIONS, Event, State
from mailer.core.signups import NEVER_LIFTED
from mailer.core.supporters import AddressHash, Consent, SuppressionReason


def take_turns_entering(connection: Connection) -> None:
    """Let one transaction at a time enter or erase people.

    Nobody is entered who is being erased, and new rows appear in the order of their ids: a filling that
    has gone past an id misses nobody who was entered at the same time.
    """
    take_turns(connection, "supporters")


def end_consent(connection: Connection, whom: ColumnElement[bool]) -> bool:
    """Unsubscribe the supporter that `whom` finds; tell whether there is one. Twice is as once."""
    supporter_id = connection.scalar(select(supporters.c.id).where(whom).with_for_update())
    if supporter_id is None:
        return False
    chosen = supporters.c.id == supporter_id
    connection.execute(update(supporters).where(chosen).values(consent=Consent.UNSUBSCRIBED.value))
    _settle(connection, supporter_id, Event.SUPPRESS)
    return True


def erase(connection: Connection, address: AddressHash, now: datetime) -> bool:
    """Delete the supporter with this address and bar it; tell whether there was one.

    Tags, actions and answers go with the row, sign-ups with the address; deliveries stay, as counts of nobody.
    """
    take_turns_entering(connection)
    suppress(connection, address, SuppressionReason.ERASED, now)
    connection.execute(delete(signups).where(signups.c.address_hash == address))
    found = select(supporters.c.id).where(supporters.c.address_hash == address)
    supporter_id = connection.scalar(found.with_for_update())
    if supporter_id is None:
        return False
    _settle(connection, supporter_id, Event.SUPPRESS)
    connection.execute(delete(supporters).where(supporters.c.id == supporter_id))
    return True


def suppress(connection: Connection, address: AddressHash, reason: SuppressionReason, now: datetime) -> None:
    """Bar an address for good; see `bar`."""
    bar(connection, [(address, reason.value)], now)


def bar_reader(connection: Connection, supporter_id: int, reason: SuppressionReason, now: datetime) -> None:
    """Bar the address of a supporter, whose row is held, and end all that is queued for it."""
    address = connection.scalar(select(supporters.c.address_hash).where(supporters.c.id == supporter_id))
    if address is not None:
        suppress(connection, AddressHash(address), reason, now)
        _settle(connection, supporter_id, Event.SUPPRESS)


def bar(connection: Connection, addresses: Sequence[tuple[bytes, str]], now: datetime) -> None:
    """Bar addresses, each for its reason; one that a sign-up could lift gives way to one that it cannot.

    They are taken in one order, so that nobody waits for each other.
    """
    rows = [{"address_hash": address, "reason": reason, "since": now} for address, reason in sorted(addresses)]
    insert_new(connection, suppressions, rows)
    graver = [
        {"address": row["address_hash"], "graver": row["reason"]} for row in rows if row["reason"] in NEVER_LIFTED
    ]
    if graver:
        connection.execute(_WORSEN, [each | {"now": now} for each in graver])


_WORSEN = (
    update(suppressions)
    .where(suppressions.c.address_hash == bindparam("address"))
    .where(*(suppressions.c.reason != grave for grave in sorted(NEVER_LIFTED)))  # a list would not go with many rows
    .values(reason=bindparam("graver"), since=bindparam("now"))
)


def cancel_reminders(connection: Connection, supporter_id: int, campaign_id: str) -> None:
    """Cancel the queued reminders of somebody who has written."""
    reminders = select(mailings.c.id).where(
        mailings.c.campaign_id == campaign_id, mailings.c.kind == MailingKind.REMINDER.value
    )
    _settle(connection, supporter_id, Event.CANCEL, deliveries.c.mailing.in_(reminders))


def cancel_all(connection: Connection, supporter_id: int, campaign_id: str) -> None:
    """Cancel all that is queued of a campaign for somebody who does not want it."""
    everything = select(mailings.c.id).where(mailings.c.campaign_id == campaign_id)
    _settle(connection, supporter_id, Event.CANCEL, deliveries.c.mailing.in_(everything))


def _settle(connection: Connection, supporter_id: int, event: Event, *conditions: ColumnElement[bool]) -> None:
    """Let `event` happen to every delivery of a supporter that the transitions allow it for."""
    held = [state for state in State if (state, event) in TRANSITIONS]
    change_in_order(connection, and_(deliveries.c.supporter_id == supporter_id, *conditions), held, event)
