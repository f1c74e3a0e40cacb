"""How does a delivery change its state? By an event, and only along `core.deliveries.TRANSITIONS`.

Laws: every state that is written here came out of `move`. A delivery has a lease exactly while it is in a
sender's hands: claimed, or sending. Conditions on states and leases are written out, not bound: a partial index
serves only a query that says the same words as the index.

No two transactions wait for each other: who waits for rows takes them in order of id, and everybody else
leaves rows alone that somebody holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Integer, bindparam, or_, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from mailer.adapters.store.statements import Among, Ready
from mailer.adapters.store.tables import deliveries
from mailer.core.deliveries import Event, State, move

WAITING = (State.QUEUED, State.DEFERRED)
IN_HAND = (State.CLAIMED, State.SENDING)
_FREED: dict[str, Any] = {"worker": "", "claim": "", "lease_until": None}
IN_DOUBT = text("(deliveries.resent OR deliveries.state = 'uncertain')")  # uncertain now, or queued once more since
_HOLDING = Ready(
    select(deliveries.c.id)
    .where(Among(deliveries.c.id, "ids"))
    .order_by(deliveries.c.id)
    .with_for_update(of=deliveries)
)


def literally(column: ColumnElement[Any], states: Sequence[State]) -> ColumnElement[bool]:
    """Return that `column` is one of `states`, in the words of the partial indexes."""
    words: BindParameter[Any] = bindparam(None, [state.value for state in states], expanding=True, literal_execute=True)
    return column.in_(words)


def in_hand(delivery: Any) -> ColumnElement[bool]:
    """Return the condition on a delivery's columns that a sender holds it: claimed, or sending."""
    lease: ColumnElement[Any] = delivery.lease_until
    return lease.is_not(None)


def in_nobodys_hand(delivery: Any) -> ColumnElement[bool]:
    """Return the condition on a delivery's columns that no sender holds it; it waits, has ended, or is uncertain."""
    lease: ColumnElement[Any] = delivery.lease_until
    return lease.is_(None)


def at_most(count: int) -> BindParameter[int]:
    """Return a LIMIT that is written out, so that no plan is made for a count that nobody knows."""
    return bindparam(None, count, Integer, literal_execute=True)


def change(
    connection: Connection,
    condition: ColumnElement[bool],
    state: State,
    event: Event,
    values: dict[str, Any] | None = None,
) -> int:
    """Move the rows that meet `condition` from `state` by `event`; return how many there were."""
    statement = update(deliveries).where(condition, deliveries.c.state == state)
    return connection.execute(statement.values(**after(state, event, values))).rowcount


def change_some(
    connection: Connection,
    condition: ColumnElement[bool],
    state: State,
    event: Event,
    values: dict[str, Any] | None = None,
    *,
    most: int,
) -> int:
    """Move at most so many of the rows that meet `condition` and that nobody holds; return how many there were."""
    moved = connection.execute(changing_some(condition, state, event, values, most=most))
    return len(moved.all())  # SQLite's driver counts no rows of a statement that begins with WITH


def changing_some(
    condition: ColumnElement[bool], state: State, event: Event, values: dict[str, Any] | None = None, *, most: int
) -> ReturningUpdate[Any]:
    """Return the statement that moves at most so many rows that meet `condition` and that nobody holds just then."""
    is_there = literally(deliveries.c.state, (state,))
    these = select(deliveries.c.id).where(condition, is_there).limit(at_most(most))
    free = these.with_for_update(skip_locked=True, of=deliveries).cte("free")
    statement = update(deliveries).where(deliveries.c.id == free.c.id, is_there)
    return statement.values(**after(state, event, values)).returning(deliveries.c.id)


def change_in_order(
    connection: Connection, condition: ColumnElement[bool], states: Sequence[State], event: Event
) -> None:
    """Move all rows that meet `condition` by an event that leads from all of `states` to the same one."""
    (moved,) = {move(state, event) for state in states}
    among = literally(deliveries.c.state, states)
    held = select(deliveries.c.id).where(condition, among).order_by(deliveries.c.id).with_for_update(of=deliveries)
    chosen = held.cte("held")
    statement = update(deliveries).where(deliveries.c.id == chosen.c.id, among)
    connection.execute(statement.values(_let_go(moved) | {"state": moved}))


def hold_in_order(connection: Connection, ids: Collection[int]) -> None:
    """Take the rows that a transaction is about to change, all at once and in order of id; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        _HOLDING.run(connection, ids=ids).all()


def may_have_left(delivery: Any) -> ColumnElement[bool]:
    """Return the condition on a delivery's columns that its letter was sent, or may have been.

    A letter that is being handed over counts, and one that is uncertain and was queued once more.
    """
    return or_(delivery.state.in_((State.SENT, State.UNCERTAIN, State.SENDING)), delivery.resent)


def after(state: State, event: Event, values: dict[str, Any] | None) -> dict[str, Any]:
    """Return the columns after an event."""
    moved = move(state, event)
    return _let_go(moved) | (values or {}) | {"state": moved}


def _let_go(moved: State) -> dict[str, Any]:
    """Return what a new state takes from a sender; an uncertain one keeps its claim, for an ack that comes late."""
    if moved in IN_HAND:
        return {}
    return {"lease_until": None} if moved is State.UNCERTAIN else _FREED
