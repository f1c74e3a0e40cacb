"""Who of those that wait is sent a mail to confirm? One page of sign-ups becomes deliveries, in one transaction.

Law: one person's mail is queued once a day, whoever admits; what a sign-up does to a row that is there is nothing.
More than an hour may bring in pauses the day's mailing, and everybody else waits until a person resumes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.records import to_row
from mailer.adapters.store.service import HOUR, asked_lately, asking, is_held, resumed_at, slot_of_today
from mailer.adapters.store.signup_records import from_row
from mailer.adapters.store.tables import deliveries, mailings, signups, supporters, suppressions
from mailer.adapters.vault import Vault
from mailer.core.deliveries import State
from mailer.core.progress import REAL_RUN
from mailer.core.signups import MAIL_LASTS, SERVICE, WINDOW, Asked, Judgement, breaker_reason
from mailer.core.signups import stranger as unconfirmed
from mailer.core.supporters import AddressHash, SupporterId, SuppressionReason
from mailer.flows.signup import Admission, Admitted, Judge

PAGE = 200  # sign-ups of one transaction


def is_waiting(*, rehearsal: bool) -> ColumnElement[bool]:
    """Return the condition that a sign-up waits; one whose mail was only rehearsed waits for a real one."""
    unasked = signups.c.mailing.is_(None)
    if rehearsal:
        return unasked
    rehearsed = select(mailings.c.id).where(mailings.c.campaign_id == SERVICE, mailings.c.run != REAL_RUN)
    return or_(unasked, signups.c.mailing.in_(rehearsed))


def admit_page(
    connection: Connection, admission: Admission, judge: Judge, vault: Vault, random_bytes: Callable[[int], bytes]
) -> Admitted:
    """Queue the mails of the sign-ups that came first, and drop those that get none."""
    waiting = select(signups).where(is_waiting(rehearsal=admission.rehearsal)).order_by(signups.c.id).limit(PAGE)
    rows = connection.execute(waiting.with_for_update(of=signups)).all()
    if not rows or is_held(connection, rehearsal=admission.rehearsal):
        return Admitted()
    slot = slot_of_today(connection, admission)
    resumed = resumed_at(connection)
    found = _judge_all(connection, rows, admission, judge, resumed)
    if found.tripped:
        held = {"paused": True, "reason": found.tripped}
        connection.execute(update(mailings).where(mailings.c.id == slot).values(**held))
    people = _enter(connection, found.asked, admission, vault, random_bytes)
    _queue(connection, found, people, {"mailing": slot, "rehearsal": admission.rehearsal}, admission.now)
    connection.execute(delete(signups).where(signups.c.id.in_(found.dropped)))
    return Admitted(len(found.asked), len(found.dropped), found.tripped)


@dataclass(slots=True)
class _Page:
    """What was judged: the rows to ask, when each of them counts as asked, the ids to drop, and why the rest waits."""

    counted: dict[int, datetime] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    tripped: str = ""


def _judge_all(
    connection: Connection, rows: Sequence[Any], admission: Admission, judge: Judge, resumed: datetime | None
) -> _Page:
    """Judge sign-ups in the order in which they came, until the hour is full; what a person let go on fills none."""
    known = _known(connection, {row.address_hash for row in rows}, admission)
    room = admission.per_hour - asked_lately(connection, admission, resumed)
    page = _Page()
    for row in rows:
        was_let_on = resumed is not None and row.at <= resumed
        if judge(known[row.address_hash], admission.now) is not Judgement.ASK:
            page.dropped.append(row.id)
        elif not was_let_on and room <= 0:
            page.tripped = breaker_reason(admission.per_hour)
            break
        else:
            room -= not was_let_on
            known[row.address_hash] = known[row.address_hash].again(admission.now)
            page.asked.append(row)
            page.counted[row.id] = max(resumed, admission.now - HOUR) if resumed and was_let_on else admission.now
    return page


def _known(
    connection: Connection, addresses: Collection[AddressHash], admission: Admission
) -> defaultdict[AddressHash, Asked]:
    """Return what is known of each address; when a mail was queued is told by its deadline, which never moves."""
    barred = dict(
        connection.execute(
            select(suppressions.c.address_hash, suppressions.c.reason).where(suppressions.c.address_hash.in_(addresses))
        ).all()
    )
    asked = select(supporters.c.address_hash, deliveries.c.deadline)
    asked = asked.join(deliveries, deliveries.c.supporter_id == supporters.c.id).where(
        supporters.c.address_hash.in_(addresses),
        deliveries.c.mailing.in_(asking(rehearsal=admission.rehearsal)),
        deliveries.c.deadline > admission.now - WINDOW,
    )
    moments: defaultdict[AddressHash, list[datetime]] = defaultdict(list)
    for address, deadline in connection.execute(asked):
        moments[address].append(deadline - MAIL_LASTS)
    known: defaultdict[AddressHash, Asked] = defaultdict(Asked)
    for address in moments.keys() | barred.keys():
        reason = SuppressionReason(barred[address]) if address in barred else None
        known[address] = Asked(reason, tuple(moments[address]))
    return known


def _enter(
    connection: Connection,
    asked: Sequence[Any],
    admission: Admission,
    vault: Vault,
    random_bytes: Callable[[int], bytes],
) -> dict[AddressHash, SupporterId]:
    """Return the row of everybody who is asked; who has none gets one that waits for their answer."""
    known = _rows_of(connection, asked)
    day = admission.now.astimezone(UTC).date()
    new = (from_row(row, vault) for row in asked if row.address_hash not in known)
    insert_new(connection, supporters, [to_row(unconfirmed(signup, day, random_bytes), vault) for signup in new])
    return _rows_of(connection, asked)


def _rows_of(connection: Connection, asked: Sequence[Any]) -> dict[AddressHash, SupporterId]:
    """Return the supporters that have these addresses."""
    columns = select(supporters.c.address_hash, supporters.c.id)
    found = columns.where(supporters.c.address_hash.in_([row.address_hash for row in asked]))
    return dict(connection.execute(found).all())


def _queue(
    connection: Connection,
    page: _Page,
    people: dict[AddressHash, SupporterId],
    delivery: dict[str, Any],
    now: datetime,
) -> None:
    """Queue one mail for each, and let the time of its link begin."""
    delivery |= {"state": State.QUEUED, "not_before": now}
    insert_new(
        connection,
        deliveries,
        [
            delivery | {"supporter_id": people[row.address_hash], "deadline": page.counted[row.id] + MAIL_LASTS}
            for row in page.asked
        ],
    )
    for row in page.asked:
        values = {"supporter_id": people[row.address_hash], "mailing": delivery["mailing"], "at": now}
        connection.execute(update(signups).where(signups.c.id == row.id).values(**values))
