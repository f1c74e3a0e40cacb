"""What does a command do that came by mail? What the pages do, in a transaction that is open already.

Law: twice is as once; who gave it was proven before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from mailer.adapters.store import actions, leaving
from mailer.adapters.store.preferring import write_change
from mailer.adapters.store.records import from_row
from mailer.adapters.store.tables import supporters
from mailer.adapters.vault import Vault
from mailer.core.mail_commands import Command
from mailer.core.preferences import make_offer, rested
from mailer.core.supporters import Consent
from mailer.flows.answer import BY_MAIL


@dataclass(frozen=True, slots=True)
class Ordered:
    """A command of one supporter: about which campaign and target, if any, and in whose zone a pause is counted.

    `zone` is for those whose own is not known. An empty `target` is the campaign itself.
    """

    command: Command
    supporter_id: int
    campaign_id: str = ""
    target: str = ""
    zone: str = "UTC"


def obey(connection: Connection, vault: Vault, ordered: Ordered, now: datetime) -> None:
    """Do what a supporter asks for.

    Raises:
        NotFoundError: there is no such campaign or supporter.
    """
    whom = supporters.c.id == ordered.supporter_id
    match ordered.command:
        case Command.STOP:
            _end(connection, ordered)
        case Command.SENT:
            actions.note_action(connection, ordered.campaign_id, whom, ordered.target, BY_MAIL, now)
        case Command.PAUSE:
            _rest(connection, vault, ordered, now)
        case Command.NOT_THIS_CASE:
            actions.note_decline(connection, ordered.campaign_id, whom, now)


def _end(connection: Connection, ordered: Ordered) -> None:
    """End their consent; who has left already keeps the answer that tells so, which may be queued still."""
    whom = supporters.c.id == ordered.supporter_id
    if connection.scalar(select(supporters.c.consent).where(whom).with_for_update()) != Consent.UNSUBSCRIBED:
        leaving.end_consent(connection, whom)


def _rest(connection: Connection, vault: Vault, ordered: Ordered, now: datetime) -> None:
    """Begin their pause."""
    leaving.take_turns_entering(connection)
    whose = select(supporters).where(supporters.c.id == ordered.supporter_id).with_for_update()
    before = from_row(connection.execute(whose).one(), vault)
    offer = make_offer(before, languages=(), topics=(), zone=ordered.zone, now=now)
    write_change(connection, vault, before, rested(before, offer), now)
