"""How many letters of a mailing are in which state, and is any still to end? Told by indexes, however many there are.

Law: what nobody holds and what senders hold are looked for apart, and together they are all. The few in senders' hands
are found first, and their mailings looked at then: by an index of mailings, all letters of one would be read for them.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select, union_all

from mailer.adapters.store.states import WAITING, in_hand, in_nobodys_hand, literally
from mailer.adapters.store.tables import deliveries
from mailer.core.deliveries import State

_letter = (deliveries.c.id, deliveries.c.mailing, deliveries.c.state)
HELD = select(*_letter).where(in_hand(deliveries.c)).cte("in_hand").prefix_with("MATERIALIZED")


def letters_by_state(connection: Connection, slots: Select[tuple[int]]) -> dict[int, Counter[State]]:
    """Return how many letters of each of these mailings are in each state, all seen at one moment."""
    resting = (deliveries.c.mailing, deliveries.c.state)
    held = (HELD.c.mailing, HELD.c.state)
    query = union_all(
        select(*resting, func.count())
        .where(deliveries.c.mailing.in_(slots), in_nobodys_hand(deliveries.c))
        .group_by(*resting),
        select(*held, func.count()).where(HELD.c.mailing.in_(slots)).group_by(*held),
    )
    counts: dict[int, Counter[State]] = {}
    for mailing, state, count in connection.execute(query):
        counts.setdefault(mailing, Counter())[State(state)] += count
    return counts


def is_unfinished(mailing: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Return the condition that a letter of a mailing waits, or is in a sender's hands."""
    waits = exists().where(deliveries.c.mailing == mailing, literally(deliveries.c.state, WAITING))
    return or_(waits, exists().where(HELD.c.mailing == mailing))
