"""Who signed up and has not answered yet? Sign-ups in SQL; one transaction per method.

Law: taking one writes one row, whoever it is about; it reads nothing of supporters, so that nothing can be told from
how long it takes. What was typed is sealed, and an address on the network is no more than a bucket of its network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, delete, exists, select, update

from mailer.adapters.store import expiry, leaving, newcomers, records, service
from mailer.adapters.store.admission import admit_page, is_waiting
from mailer.adapters.store.buckets import draw
from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.entries import keep_statement, replace_tags
from mailer.adapters.store.signup_records import from_row, to_row
from mailer.adapters.store.tables import deliveries, signups, supporters, suppressions
from mailer.adapters.vault import Vault
from mailer.core.deliveries import DeliveryId
from mailer.core.enrolment import Change
from mailer.core.signups import CONFIRM_WITHIN, NETWORK_BURST, NETWORK_PER_HOUR, NEVER_LIFTED, SignUp, token_hash
from mailer.core.supporters import AddressHash, PublicId
from mailer.flows.signup import Admission, Admitted, Arrival, Confirm, Judge


class SqlSignUps:
    """Sign-ups from the form to the answer; implements `SignUpStore`."""

    def __init__(self, engine: Engine, vault: Vault, random_bytes: Callable[[int], bytes]) -> None:
        self._engine = engine
        self._vault = vault
        self._random_bytes = random_bytes

    def take_all(self, arrivals: Sequence[Arrival]) -> Sequence[bool]:
        """Keep sign-ups in one commit; tell of each whether it was taken, False if its network has had its hour."""
        with writing(self._engine) as connection:
            left = self._draw(connection, arrivals)
            taken = []
            for arrival in arrivals:
                left[arrival.network] -= 1
                taken.append(left[arrival.network] >= 0)
            kept = [each for each, is_taken in zip(arrivals, taken, strict=True) if is_taken]
            insert_new(connection, signups, [to_row(each.signup, self._vault) | {"at": each.at} for each in kept])
        return taken

    def has_waiting(self, *, rehearsal: bool) -> bool:
        """Tell whether any sign-up waits to be admitted."""
        with reading(self._engine) as connection:
            query = select(signups.c.id).where(is_waiting(rehearsal=rehearsal)).limit(1)
            return connection.execute(query).one_or_none() is not None

    def admit(self, admission: Admission, judge: Judge) -> Admitted:
        """Queue the mails of one page of sign-ups, and drop those that get none."""
        with writing(self._engine) as connection:
            leaving.take_turns_entering(connection)
            return admit_page(connection, admission, judge, self._vault, self._random_bytes)

    def resume(self, *, now: datetime) -> bool:
        """Let confirmations leave again, and count the hour anew; tell whether there ever were any."""
        with writing(self._engine) as connection:
            return service.resume(connection, now)

    def public_ids(self, delivery_ids: Collection[DeliveryId]) -> Mapping[DeliveryId, PublicId]:
        """Return what the links of queued mails are derived from; those that were used, or are too old, are missing."""
        same = and_(signups.c.mailing == deliveries.c.mailing, signups.c.supporter_id == deliveries.c.supporter_id)
        query = select(deliveries.c.id.label("delivery"), signups).join(signups, same)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(deliveries.c.id.in_(delivery_ids)).order_by(signups.c.id)).all()
        return {DeliveryId(row.delivery): from_row(row, self._vault).public_id for row in rows}

    def find(self, public_id: PublicId, *, now: datetime) -> SignUp | None:
        """Return a sign-up that can still be confirmed."""
        with reading(self._engine) as connection:
            row = connection.execute(_open(public_id, now)).one_or_none()
        return None if row is None else from_row(row, self._vault)

    def confirm(self, public_id: PublicId, decide: Confirm, *, now: datetime) -> bool:
        """Enter who answered, and forget all sign-ups of their address; tell whether there was one to confirm."""
        with writing(self._engine) as connection:
            leaving.take_turns_entering(connection)
            row = connection.execute(_open(public_id, now).with_for_update(of=signups)).one_or_none()
            if row is None:
                return False
            whose = select(supporters).where(supporters.c.id == row.supporter_id).with_for_update()
            before = records.from_row(connection.execute(whose).one(), self._vault)
            change = decide(from_row(row, self._vault), before, now.astimezone(UTC).date())
            self._write(connection, change, row.address_hash)
            return True

    def expire(self, *, now: datetime) -> int:
        """Delete what was not confirmed in time; return how many sign-ups and people that were."""
        return expiry.expire(self._engine, now)

    def _draw(self, connection: Connection, arrivals: Sequence[Arrival]) -> dict[str, int]:
        """Return how many may come from each network, all taken in one order, so that nobody waits for each other."""
        wanted = Counter(arrival.network for arrival in arrivals)
        names = {network: expiry.BUCKETS + self._vault.hash_network(network).hex() for network in wanted}
        latest = {arrival.network: arrival.at for arrival in arrivals}
        granted = {}
        for network in sorted(wanted, key=names.__getitem__):
            limits = (wanted[network], NETWORK_PER_HOUR, latest[network], NETWORK_BURST)
            granted[network] = draw(connection, names[network], *limits)
        return granted

    def _write(self, connection: Connection, change: Change, address: AddressHash) -> None:
        """Write who confirmed, lift what may be lifted, and forget what was typed."""
        this = change.supporter.id
        statement = keep_statement(connection, change.statement) if change.statement else None
        row: dict[str, Any] = records.to_row(change.supporter, self._vault) | {"consent_id": statement}
        connection.execute(update(supporters).where(supporters.c.id == this).values(**row))
        replace_tags(connection, {this: map(self._vault.hash_tag, change.supporter.person.tags)})
        liftable = suppressions.c.reason.not_in([reason.value for reason in NEVER_LIFTED])
        connection.execute(delete(suppressions).where(suppressions.c.address_hash == address, liftable))
        newcomers.note(connection, [this])
        connection.execute(delete(signups).where(signups.c.address_hash == address))


def _open(public_id: PublicId, now: datetime) -> Select[Any]:
    """Return the query of a sign-up whose link still counts: asked in time, and its address is not barred for good."""
    grave = suppressions.c.reason.in_([reason.value for reason in NEVER_LIFTED])
    barred = exists().where(suppressions.c.address_hash == signups.c.address_hash, grave)
    asked = signups.c.supporter_id.is_not(None)
    in_time = signups.c.at > now - CONFIRM_WITHIN
    return select(signups).where(signups.c.token_hash == token_hash(public_id), asked, in_time, ~barred)
