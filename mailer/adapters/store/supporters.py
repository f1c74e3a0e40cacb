"""Who is there? Supporters in SQL, found by the keyed hash of their address; one transaction per method.

Law: addresses and names go in and come out through the vault; no query and no error names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, func, select, update

from mailer.adapters.store import leaving, newcomers
from mailer.adapters.store.actions import note_action
from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.engine import reading, truncate_log, writing
from mailer.adapters.store.entries import keep_statement, replace_tags
from mailer.adapters.store.records import OPENED, from_row, from_stored, to_row
from mailer.adapters.store.statements import Among, Ready
from mailer.adapters.store.tables import consents, signups, supporter_tags, supporters, suppressions
from mailer.adapters.store.traces import traces_of
from mailer.adapters.vault import Vault
from mailer.core.audience import may_have_come_in
from mailer.core.enrolment import Change, Standing, Step, Suppression
from mailer.core.explanation import Traces
from mailer.core.supporters import (
    AddressHash,
    Consent,
    ConsentStatement,
    PublicId,
    Supporter,
    SupporterId,
    SuppressionReason,
)
from mailer.flows.enrol import Erasure, Filter, Judge, Listed

PAGE = 1000


class SqlSupporters:
    """Supporters, their tags and their consent statements; implements `SupporterStore`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def change(self, emails: Sequence[str], judge: Judge) -> None:
        """Write what `judge` returns for each address and its standing, all in one transaction."""
        by_hash = {self._vault.hash_address(email): email for email in emails}
        with writing(self._engine) as connection:
            leaving.take_turns_entering(connection)
            standings = self._standings(connection, list(by_hash))
            judged = (judge(email, standings.get(address, Standing())) for address, email in by_hash.items())
            changes = [change for change in judged if change is not None]
            self._write(connection, changes)
            newcomers.note(connection, _came_in(changes, standings.values()))

    def standing(self, email: str) -> Standing:
        """Return all that is known of an address."""
        address = self._vault.hash_address(email)
        with reading(self._engine) as connection:
            known = self._standings(connection, [address]).get(address, Standing())
            waits_since = connection.scalar(select(func.max(signups.c.at)).where(signups.c.address_hash == address))
            return Standing(known.supporter, _statement_of(connection, address), known.suppression, waits_since)

    def load_many(self, ids: Sequence[SupporterId]) -> list[Supporter]:
        """Return the supporters with these ids, by id; who was erased is left out.

        Raises:
            TryAgainError: a row was sealed with a key that this machine's ring does not have.
        """
        with reading(self._engine) as connection:
            rows = _LOADED.stored(connection, ids=ids)
        return from_stored(rows, self._vault)

    def by_public_id(self, public_id: PublicId) -> Supporter | None:
        """Return the supporter whose links have this id; None if there is nobody (any more).

        Raises:
            TryAgainError: the row was sealed with a key that this machine's ring does not have.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(supporters).where(supporters.c.public_id == public_id)).one_or_none()
        return from_row(row, self._vault) if row else None

    def list(self, chosen: Filter) -> Iterator[Listed]:
        """Return supporters by id, nothing sealed opened, never all in memory."""
        c = supporters.c
        query = select(c.id, c.public_id, c.country, c.language, c.timezone, c.consent, c.joined_on)
        for row in self._pages(self._narrow(query, chosen)):
            known = (row.id, row.public_id, row.country, row.language, row.timezone)
            yield Listed(*known, consent=Consent(row.consent), joined_on=row.joined_on)

    def walk(self, chosen: Filter) -> Iterator[Supporter]:
        """Return supporters by id, opened, never all in memory."""
        for row in self._pages(self._narrow(select(supporters), chosen)):
            yield from_row(row, self._vault)

    def unsubscribe(self, email: str) -> bool:
        """End consent and all that is queued; tell whether there is such a supporter."""
        with writing(self._engine) as connection:
            return leaving.end_consent(connection, supporters.c.address_hash == self._vault.hash_address(email))

    def unsubscribe_by_id(self, public_id: PublicId) -> bool:
        """End consent and all that is queued; tell whether there is such a supporter."""
        with writing(self._engine) as connection:
            return leaving.end_consent(connection, supporters.c.public_id == public_id)

    def language_of(self, public_id: PublicId) -> str:
        """Return the language that a supporter reads; empty if there is none, or nobody of this id."""
        with reading(self._engine) as connection:
            query = select(supporters.c.language).where(supporters.c.public_id == public_id)
            return connection.scalar(query) or ""

    def erase(self, email: str, *, now: datetime) -> Erasure:
        """Remove everything but the keyed hash that bars the address, from file and log."""
        with writing(self._engine) as connection:
            found = leaving.erase(connection, self._vault.hash_address(email), now)
        return Erasure(found, truncate_log(self._engine))

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote, count it, and cancel their queued reminders; twice is as once.

        Raises:
            NotFoundError: there is no such campaign or supporter.
        """
        address = self._vault.hash_address(email)
        with writing(self._engine) as connection:
            note_action(connection, campaign_id, supporters.c.address_hash == address, target, source, now)

    def traces(self, supporter_id: SupporterId) -> Traces:
        """Return all that the outbox and the answers hold of one supporter, in the order of time."""
        with reading(self._engine) as connection:
            return traces_of(connection, supporter_id)

    def hash_tags(self, tags: Sequence[str]) -> frozenset[bytes]:
        """Return the keyed hashes of tags."""
        return frozenset(map(self._vault.hash_tag, tags))

    def _standings(self, connection: Connection, addresses: Sequence[AddressHash]) -> dict[AddressHash, Standing]:
        """Return what is known of each address that anything is known of, without statements."""
        c = suppressions.c
        barred = {
            row.address_hash: Suppression(SuppressionReason(row.reason), row.since)
            for row in connection.execute(select(suppressions).where(c.address_hash.in_(addresses)))
        }
        rows = connection.execute(select(supporters).where(supporters.c.address_hash.in_(addresses)))
        known = {row.address_hash: from_row(row, self._vault) for row in rows}
        return {each: Standing(known.get(each), None, barred.get(each)) for each in known.keys() | barred.keys()}

    def _write(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Write rows and tags; statements come first, because rows refer to them."""
        statements = {change.statement for change in changes if change.statement is not None}
        numbers = {statement: keep_statement(connection, statement) for statement in statements}
        new, known = [], []
        for change in changes:
            row = to_row(change.supporter, self._vault)
            row["consent_id"] = numbers[change.statement] if change.statement else None
            if change.step is Step.ADD:
                new.append(row)
            else:
                known.append({f"new_{name}": row[name] for name in _CHANGING} | {"row": change.supporter.id})
        insert_new(connection, supporters, new)
        if known:
            connection.execute(_UPDATE, known)
        self._write_tags(connection, changes)

    def _write_tags(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Replace the tags of everybody who was written."""
        tagged = {c.supporter.id: c.supporter.person.tags for c in changes if c.step is Step.UPDATE}
        new = {c.supporter.public_id: c.supporter.person.tags for c in changes if c.step is Step.ADD}
        new = {public_id: tags for public_id, tags in new.items() if tags}
        found = select(supporters.c.id, supporters.c.public_id).where(supporters.c.public_id.in_(list(new)))
        tagged |= {row.id: new[row.public_id] for row in (connection.execute(found) if new else ())}
        replace_tags(connection, {each: self.hash_tags(tags) for each, tags in tagged.items()})

    def _narrow(self, query: Select[Any], chosen: Filter) -> Select[Any]:
        """Return `query` for those whom the filter lets through."""
        clear = {"country": chosen.country, "language": chosen.language, "consent": chosen.consent}
        query = query.filter_by(**{name: str(value) for name, value in clear.items() if value})
        if chosen.tag:
            tagged = supporter_tags.c.tag_hash == self._vault.hash_tag(chosen.tag)
            query = query.where(supporters.c.id.in_(select(supporter_tags.c.supporter_id).where(tagged)))
        return query

    def _pages(self, query: Select[Any]) -> Iterator[Row[Any]]:
        """Return the rows by id, one short transaction per page."""
        last = 0
        while True:
            page = query.where(supporters.c.id > last).order_by(supporters.c.id).limit(PAGE)
            with reading(self._engine) as connection:
                rows = connection.execute(page).all()
            yield from rows
            if len(rows) < PAGE:
                return
            last = rows[-1].id


_LOADED = Ready(select(*OPENED).where(Among(supporters.c.id, "ids")).order_by(supporters.c.id))
_CHANGING = ("consent", "country", "language", "timezone", "key_id", "sealed", "consent_id")
# A consent that ended stays ended, whatever was decided; a statement that is not told stays.
_UPDATE = (
    update(supporters)
    .where(supporters.c.id == bindparam("row"), supporters.c.consent != Consent.UNSUBSCRIBED.value)
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
    .values(consent_id=func.coalesce(bindparam("new_consent_id"), supporters.c.consent_id))
)


def _came_in(changes: Iterable[Change], standings: Iterable[Standing]) -> Iterator[SupporterId]:
    """Return those whom a change may have brought into an audience that was filled past them."""
    before = {standing.supporter.id: standing.supporter for standing in standings if standing.supporter}
    for change in changes:
        known = before.get(change.supporter.id)
        if known is not None and may_have_come_in(known, change.supporter):
            yield known.id


def _statement_of(connection: Connection, address: AddressHash) -> ConsentStatement | None:
    """Return what the supporter with this address agreed to."""
    c = consents.c
    joined = select(c.text, c.day, c.source, c.sha256).join(supporters, supporters.c.consent_id == c.id)
    row = connection.execute(joined.where(supporters.c.address_hash == address)).one_or_none()
    return None if row is None else ConsentStatement(*row)
