"""What became of letters that were claimed? Written down, all that ended alike in one statement.

Law: a row changes only while its claim holds it, and along `core.deliveries.TRANSITIONS`: what is told twice is
told once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, update

from mailer.adapters.store.buckets import refund
from mailer.adapters.store.claiming import pace_name
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import after
from mailer.adapters.store.tables import deliveries
from mailer.core.deliveries import TRANSITIONS, DeliveryId, Event, State
from mailer.core.progress import REAL_RUN
from mailer.core.verdicts import Consequence, Decision
from mailer.flows.outbox import Ack


class _Outcome(NamedTuple):
    """What the acks of one statement share; `paced` is the campaign that their pace goes back to, or empty."""

    claim: str
    state: State
    decision: Decision
    reply: str
    paced: str
    anew: bool


def settle(connection: Connection, acks: Sequence[Ack], now: datetime) -> None:
    """Write what became of deliveries; those that no relay has seen give their pace back too."""
    given_back: Counter[str] = Counter()
    for outcome, ids in _alike(acks).items():
        moved = _settle_alike(connection, outcome, ids, now)
        if outcome.paced:
            given_back[outcome.paced] += moved
    for campaign_id, count in sorted((+given_back).items()):
        refund(connection, pace_name(campaign_id), count)


def _alike(acks: Sequence[Ack]) -> dict[_Outcome, list[DeliveryId]]:
    """Return the deliveries by what their acks share; most share it with the one before, and cost a comparison."""
    alike: dict[_Outcome, list[DeliveryId]] = {}
    before: tuple[object, ...] = ()
    ids: list[DeliveryId] = []
    for ack in acks:
        own = ack.delivery
        told = (ack.decision, ack.reply, ack.granted, ack.anew)
        shared = (own.claim, own.state, own.campaign_id, own.run, *told)
        if shared != before:
            before, ids = shared, alike.setdefault(_outcome(ack), [])
        ids.append(own.id)
    return alike


def _outcome(ack: Ack) -> _Outcome:
    """Return what an ack may share with others."""
    own, decision = ack.delivery, ack.decision
    paced = own.campaign_id if own.run == REAL_RUN and _is_untouched(decision) else ""
    return _Outcome(own.claim, ack.state, decision, ack.reply, paced, ack.anew)


def _is_untouched(decision: Decision) -> bool:
    """Tell whether a letter waits on, given back or put off, and no relay's answer is the reason."""
    waits = decision.event in (Event.RELEASE, Event.REFUSE_FOR_NOW) and not decision.counts_as_attempt
    return waits and decision.consequence is Consequence.NOTHING


def _settle_alike(connection: Connection, outcome: _Outcome, ids: list[DeliveryId], now: datetime) -> int:
    """Write one outcome of those that its claim still holds; return how many rows that were.

    A worker that was taken for dead while it was sending may still tell what became of it.
    """
    state, event = outcome.state, outcome.decision.event
    values = _values(outcome, now)
    given = {f"new_{name}": value for name, value in values.items()}
    given |= {"ids": ids, "token": outcome.claim, "tries": int(outcome.decision.counts_as_attempt)}
    moved = _settling(state, event, tuple(values)).count(connection, **given)
    if moved < len(ids) and state is State.SENDING and (State.UNCERTAIN, event) in TRANSITIONS:
        moved += _settling(State.UNCERTAIN, event, tuple(values)).count(connection, **given)
    return moved


def _values(outcome: _Outcome, now: datetime) -> dict[str, Any]:
    """Return the columns that an outcome sets beside the state."""
    decision = outcome.decision
    values: dict[str, Any] = {"reply": outcome.reply, "replied_at": now if outcome.reply else None}
    if decision.not_before is not None:
        values["not_before"] = decision.not_before
    if decision.event is Event.ACCEPT:
        values["sent_at"] = now
    if decision.suppress is not None:
        values["suppress"] = decision.suppress
    if outcome.anew:
        values |= {"composed_at": None, "key_id": None}
    return values


@cache
def _settling(state: State, event: Event, columns: tuple[str, ...]) -> Ready:
    """Return the statement that moves deliveries from `state` by `event`, and sets these columns."""
    held = (Among(deliveries.c.id, "ids"), deliveries.c.claim == Given("token"), deliveries.c.state == state)
    values = {name: Given(f"new_{name}") for name in columns}
    tried = {"attempts": deliveries.c.attempts + Given("tries", type_=Integer)}
    return Ready(update(deliveries).where(*held).values(after(state, event, values | tried)))
