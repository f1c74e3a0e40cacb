"""What came to the mailbox? Each mail's event and all that follows from it, in one transaction and once.

Law: an event is unique by mailbox and identifier; whoever comes second changes nothing. No word of a mail is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Engine, and_, case, delete, func, insert, select

from mailer.adapters.store import returns
from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.tables import incoming, meta, official_answers, returned, supporters
from mailer.core.addresses import check_address, to_ascii
from mailer.core.bounce_rules import KEPT
from mailer.core.incoming import Finding, KeptAnswer, Matter, Place, Reading, WaitingSince
from mailer.core.own_mails import Reader, Sent
from mailer.core.supporters import PUBLIC_ID_BYTES, Consent, PublicId, SupporterId
from mailer.errors import NotFoundError

if TYPE_CHECKING:
    from mailer.adapters.store.mail_effects import Effects
    from mailer.adapters.vault import Vault

EVENTS_KEPT = timedelta(days=30)  # of mails that were moved: their identifiers do not come again
PAGE = 1_000
_READ_AT, _TRIED_AT, _TROUBLE = "mailbox-read-at", "mailbox-tried-at", "mailbox-trouble"
_MOVED = tuple(place.value for place in Place if place is not Place.INBOX)


class SqlIncoming:
    """Events of incoming mail in SQL, and whom it may be from; one transaction per method."""

    def __init__(self, engine: Engine, vault: Callable[[], Vault], *, rehearsal: bool = False) -> None:
        self._engine = engine
        self._vault = vault  # asked for when it is needed: who only counts loads no ciphers
        self._rehearsal = rehearsal

    # --- events ---

    def places(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Place]:
        """Return where mails belong that were looked at already, by identifier."""
        with reading(self._engine) as connection:
            rows = _PLACES.rows(connection, source=source, identifiers=identifiers)
        return {identifier: Place(place) for identifier, place in rows}

    def keep(self, source: str, found: Mapping[str, Finding], now: datetime) -> frozenset[str]:
        """Keep what mails are, by their identifiers, and do what follows, all in one transaction.

        Returns the identifiers of those that nobody kept before.
        """
        from mailer.adapters.store.mail_effects import Effects

        with writing(self._engine) as connection:
            effects = Effects(self._vault(), self._rehearsal, now)
            return frozenset(
                identifier
                for identifier, finding in found.items()
                if self._keep_one(connection, (source, identifier), finding, effects)
            )

    def _keep_one(self, connection: Connection, key: tuple[str, str], finding: Finding, effects: Effects) -> bool:
        """Keep what one mail is, and do what follows; tell whether nobody did so before."""
        row = {"source": key[0], "identifier": key[1], "at": effects.now}
        if not insert_one(connection, incoming, row | {"matter": finding.matter.value, "place": finding.place.value}):
            return False
        if finding.effect is not None:
            with suppress(NotFoundError):  # erased meanwhile: nothing is written of who is gone
                effects.apply(finding.effect, connection)
        return True

    def forget_taken(self, source: str, seen: Collection[str]) -> int:
        """Forget the mails that waited and wait no more: a person moved or deleted them. Return how many."""
        waits = incoming.c.place == Place.INBOX.value
        known = set(seen)
        with reading(self._engine) as connection:
            query = select(incoming.c.id, incoming.c.source, incoming.c.identifier).where(waits)
            gone = [row.id for row in connection.execute(query) if row.source != source or row.identifier not in known]
        for start in range(0, len(gone), PAGE):
            with writing(self._engine) as connection:
                connection.execute(delete(incoming).where(waits, incoming.c.id.in_(gone[start : start + PAGE])))
        return len(gone)

    def forget(self, now: datetime) -> None:
        """Delete what decides about nothing any more."""
        old = {
            incoming: and_(incoming.c.place.in_(_MOVED), incoming.c.at < now - EVENTS_KEPT),
            returned: returned.c.at < now - KEPT,
            official_answers: official_answers.c.at < now - KEPT,
        }
        with reading(self._engine) as connection:
            due = [table for table, late in old.items() if connection.execute(select(1).where(late).limit(1)).first()]
        if due:
            with writing(self._engine) as connection:
                for table in due:
                    connection.execute(delete(table).where(old[table]))

    # --- whom a mail may be from ---

    def by_address(self, address: str) -> Reader | None:
        """Return the supporter with an address, whatever their consent; None if it is nobody's, or no address."""
        try:
            mailbox = to_ascii(address)
            check_address(mailbox)
        except ValueError:
            return None
        with reading(self._engine) as connection:
            return _reader(_BY_ADDRESS.rows(connection, address=self._vault().hash_address(mailbox)))

    def by_public_id(self, public_id: PublicId) -> Reader | None:
        """Return the supporter with this id in their links; None if there is nobody (any more)."""
        with reading(self._engine) as connection:
            return _reader(_BY_PUBLIC_ID.rows(connection, public_id=public_id))

    def mails_to(self, supporter_id: SupporterId) -> Sequence[Sent]:
        """Return the mails that left to somebody, or may have, rehearsals apart; the newest first."""
        with reading(self._engine) as connection:
            return returns.mails_to(connection, supporter_id)

    # --- for people ---

    def waiting(self) -> tuple[WaitingSince, ...]:
        """Return what came within the last 30 days, and what of it waits in the inbox, by matter."""
        waits = func.sum(case((incoming.c.place == Place.INBOX.value, 1), else_=0))
        columns = (incoming.c.matter, func.count(), waits, func.max(incoming.c.at))
        with reading(self._engine) as connection:
            rows = connection.execute(select(*columns).group_by(incoming.c.matter).order_by(incoming.c.matter))
            return tuple(WaitingSince(Matter(matter), came, int(wait), at) for matter, came, wait, at in rows)

    def answers(self, campaign_id: str = "") -> tuple[KeptAnswer, ...]:
        """Return officials' answers, the oldest first; of one campaign, or of all.

        Raises:
            TryAgainError: a row was sealed with a key that this machine's ring does not have.
        """
        a = official_answers.c
        query = select(official_answers).order_by(a.campaign_id, a.at, a.hash)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(a.campaign_id == campaign_id) if campaign_id else query).all()
        return tuple(self._opened(row) for row in rows)

    def returned(self, campaign_id: str) -> Mapping[str, Mapping[str, int]]:
        """Return from how many readers the mails of each mailing came back, by kind ("hard", "soft", "complaint")."""
        with reading(self._engine) as connection:
            return returns.counted(connection, campaign_id)

    def note_reading(self, now: datetime, trouble: str = "") -> None:
        """Keep when the mailbox was read, or why it could not be."""
        told = {_TRIED_AT: now.isoformat(), _TROUBLE: trouble} | ({} if trouble else {_READ_AT: now.isoformat()})
        with writing(self._engine) as connection:
            connection.execute(delete(meta).where(meta.c.name.in_(list(told))))
            connection.execute(insert(meta), [{"name": name, "value": value} for name, value in told.items()])

    def last_reading(self) -> Reading:
        """Return when the mailbox was read last."""
        with reading(self._engine) as connection:
            names = (_READ_AT, _TRIED_AT, _TROUBLE)
            query = select(meta.c.name, meta.c.value).where(meta.c.name.in_(names))
            told = {row.name: row.value for row in connection.execute(query)}
        read_at, tried_at = (datetime.fromisoformat(told[n]) if n in told else None for n in (_READ_AT, _TRIED_AT))
        return Reading(read_at, tried_at, told.get(_TROUBLE, ""))

    def _opened(self, row: Any) -> KeptAnswer:
        """Return the answer of a row."""
        from mailer.adapters.store.mail_effects import SealedAnswer

        bound_to = PublicId(row.hash[:PUBLIC_ID_BYTES])
        content = self._vault().open(official_answers.name, bound_to, row.key_id, row.sealed)
        told = msgspec.json.decode(content, type=SealedAnswer)
        return KeptAnswer(row.campaign_id, row.target, row.at, told.sender, told.subject)


_KNOWN = (supporters.c.id, supporters.c.public_id, supporters.c.consent)
_BY_ADDRESS = Ready(select(*_KNOWN).where(supporters.c.address_hash == Given("address")))
_BY_PUBLIC_ID = Ready(select(*_KNOWN).where(supporters.c.public_id == Given("public_id")))
_PLACES = Ready(
    select(incoming.c.identifier, incoming.c.place).where(
        incoming.c.source == Given("source"), Among(incoming.c.identifier, "identifiers")
    )
)


def _reader(rows: Sequence[Sequence[Any]]) -> Reader | None:
    """Return the supporter of a row, if there is one."""
    return next((Reader(SupporterId(row[0]), PublicId(row[1]), row[2] == Consent.CONFIRMED) for row in rows), None)
