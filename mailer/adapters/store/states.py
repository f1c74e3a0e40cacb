"""How does a delivery change its state? By an event, and only along `core.deliveries.TRANSITIONS`.

Law: every state that is written here came out of `move`. Conditions on states are written out, not
bound: a partial index serves only a query that says the same words as the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, or_, update

from mailer.adapters.store.tables import deliveries
from mailer.core.deliveries import Event, State, move

WAITING = (State.QUEUED, State.DEFERRED)
HELD = (State.CLAIMED, State.SENDING, State.UNCERTAIN)


def literally(column: ColumnElement[Any], states: Sequence[State]) -> ColumnElement[bool]:
    """Return that `column` is one of `states`, in the words of the partial indexes."""
    words: BindParameter[Any] = bindparam(None, [state.value for state in states], expanding=True, literal_execute=True)
    return column.in_(words)


def change(
    connection: Connection,
    condition: ColumnElement[bool],
    state: State,
    event: Event,
    values: dict[str, Any] | None = None,
) -> int:
    """Move the rows that meet `condition` from `state` by `event`; return how many there were."""
    statement = update(deliveries).where(condition, deliveries.c.state == state)
    return connection.execute(statement.values(state=move(state, event), **(values or {}))).rowcount


def may_have_left(delivery: Any) -> ColumnElement[bool]:
    """Return the condition on a delivery's columns that its letter was sent, or may have been.

    A letter that is being handed over counts, and one that is uncertain and was queued once more.
    """
    return or_(delivery.state.in_((State.SENT, State.UNCERTAIN, State.SENDING)), delivery.resent)
