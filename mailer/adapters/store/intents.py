"""May this letter still leave? The last look before content is written, in the statement that says so.

Law: consent, suppression, campaign, revision, what the supporter did, their pause and their week are read in the very
transaction that makes the intent durable. Whatever was committed before it holds; what comes after it is too late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Update,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from mailer.adapters.store.claiming import is_over, may_send
from mailer.adapters.store.resting import as_of, is_rested, week_of
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import after, change
from mailer.adapters.store.tables import campaigns, deliveries, mailings, retired, supporters
from mailer.adapters.store.wishing import is_unneeded, is_welcome
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import LEASE, DeliveryId, Event, Obstacles, State, settle_refused_intent
from mailer.core.fatigue import held_until, put_off
from mailer.flows.outbox import Intent


def intend(connection: Connection, intents: Sequence[Intent], now: datetime) -> frozenset[DeliveryId]:
    """Grant the intents that nothing forbids, and settle the others; return those granted.

    An intent that was granted before, by a commit that nobody heard of, is looked at once more. No statement grants
    two letters to one supporter: the second has to see the first, which may fill their week.
    """
    granted: set[DeliveryId] = set()
    alike = _alike(intents)
    for composition in sorted(alike):
        granted |= _intend_alike(connection, composition, alike[composition], now)
    return frozenset(granted)


class _Composition(NamedTuple):
    """What the intents of one statement share; a supporter's second letter has another turn than the first.

    `repeats` tells that a letter was composed by an earlier try.
    """

    turn: int
    claim: str
    repeats: bool
    composed_at: datetime
    key_id: int
    revision: int
    retirements: int


def _alike(intents: Sequence[Intent]) -> dict[_Composition, list[DeliveryId]]:
    """Return the deliveries by what their intents share; most share it with the one before, and cost a comparison."""
    alike: dict[_Composition, list[DeliveryId]] = {}
    turns: defaultdict[int, int] = defaultdict(int)
    before: tuple[object, ...] = ()
    ids: list[DeliveryId] = []
    for intent in sorted(intents, key=lambda each: each.delivery.id):
        own = intent.delivery
        supporter = own.supporter_id
        made_of = (intent.composed_at, intent.key_id, intent.revision, intent.retirements)
        shared = (turns[supporter], own.claim, own.composed_at is not None, *made_of)
        turns[supporter] += 1
        if shared != before:
            before, ids = shared, alike.setdefault(_Composition(*shared), [])
        ids.append(own.id)
    return alike


def _intend_alike(connection: Connection, alike: _Composition, ids: list[DeliveryId], now: datetime) -> set[DeliveryId]:
    """Grant intents of one composition, in one statement; if some are refused, the same one once more tells which."""
    composed = {"moment": alike.composed_at, "key": alike.key_id, "number": alike.revision}
    given = _named(alike, ids) | composed | as_of(now)
    given |= {"fresh_until": now + LEASE / 2, "retirements": alike.retirements}
    if _granting(alike.repeats).count(connection, **given) == len(ids):
        return set(ids)
    granted = {row[0] for row in _telling_granted(alike.repeats).stored(connection, **given)}
    _settle_refused(connection, alike, sorted(set(ids) - granted), now)
    return granted


@cache
def _granting(repeats: bool) -> Ready:
    """Return the statement that grants intents."""
    return Ready(_grants(repeats))


@cache
def _telling_granted(repeats: bool) -> Ready:
    """Return the statement that grants intents, also such as it has granted, and tells which."""
    return Ready(_grants(repeats).returning(deliveries.c.id))


def _grants(repeats: bool) -> Update:
    """Return what grants intents.

    A letter that was tried before repeats its bytes, of its own revision.
    """
    slot = and_(mailings.c.id == deliveries.c.mailing, mailings.c.campaign_id == campaigns.c.id)
    reader = supporters.c.id == deliveries.c.supporter_id
    current = true() if repeats else campaigns.c.revision == Given("number")
    wanted = exists().where(slot, reader, may_send(), current, is_welcome(), ~is_unneeded(), is_rested())
    fresh_enough = deliveries.c.lease_until > Given("fresh_until")
    granting = update(deliveries).where(_ours(), wanted, _knows_of_all(), fresh_enough)
    composed: dict[str, Any] = {
        "composed_at": Given("moment"),
        "key_id": Given("key"),
        "revision": Given("number"),
    }
    return granting.values(after(State.CLAIMED, Event.INTEND, composed))


def _named(alike: _Composition, ids: Sequence[DeliveryId]) -> dict[str, Any]:
    """Return what `_ours` is asked with."""
    return {"ids": ids, "token": alike.claim, "moment": alike.composed_at}


def _ours() -> ColumnElement[bool]:
    """Return the condition that a delivery is claimed by us, or that this very intent of ours was granted before."""
    granted = and_(deliveries.c.state == State.SENDING, deliveries.c.composed_at == Given("moment"))
    named = Among(deliveries.c.id, "ids")
    return and_(named, deliveries.c.claim == Given("token"), or_(deliveries.c.state == State.CLAIMED, granted))


def _knows_of_all() -> ColumnElement[bool]:
    """Return the condition that nothing was retired which a letter, also one that repeats, may still have."""
    return select(func.count()).select_from(retired).scalar_subquery() <= Given("retirements", type_=Integer)


class _Refused(NamedTuple):
    """A refused delivery that is still ours, and what stands against it: a row of `_obstacles`."""

    id: int
    state: str
    kind: str
    not_before: datetime
    deadline: datetime | None
    paused_until: datetime | None
    over: bool
    left: bool
    unneeded: bool


def _settle_refused(connection: Connection, alike: _Composition, refused: Sequence[DeliveryId], now: datetime) -> None:
    """Move the deliveries whose intent was refused to where the obstacle sends them.

    What waits for a paused campaign or mailing goes back as it was: no claim takes it before `resume`. What its
    reader's pause or week holds back goes back until then. A letter of an old revision, or of a claim that was held
    for too long, is claimed and composed anew at once.
    """
    for row in (_Refused(*found) for found in _obstacles().rows(connection, **_named(alike, refused))):
        event = settle_refused_intent(Obstacles(row.over, row.left, row.unneeded))
        later = _later(connection, row, now) if event is Event.RELEASE else {}
        this = deliveries.c.id == row.id
        if row.state == State.SENDING:  # granted before, but nobody heard of it: nothing was written
            anew = {} if alike.repeats else {"composed_at": None, "key_id": None}
            change(connection, this, State.SENDING, Event.REFUSE_FOR_NOW, anew | later)
            if event is not Event.RELEASE:
                change(connection, this, State.DEFERRED, event)
        else:
            change(connection, this, State.CLAIMED, event, later)


def _later(connection: Connection, row: _Refused, now: datetime) -> dict[str, Any]:
    """Return when a letter that its reader's pause or week holds back is looked at again; nothing if neither does."""
    kind = MailingKind(row.kind)
    until = held_until(kind, week_of(connection, row.id, now), row.paused_until, now)
    return {"not_before": put_off(kind, row.not_before, until, row.deadline)} if until is not None else {}


@cache
def _obstacles() -> Ready:
    """Return the query of what stands against each refused delivery that is still ours; who was erased has left."""
    joined = (
        deliveries.join(mailings, mailings.c.id == deliveries.c.mailing)
        .join(campaigns, campaigns.c.id == mailings.c.campaign_id)
        .outerjoin(supporters, supporters.c.id == deliveries.c.supporter_id)
    )
    left = or_(supporters.c.id.is_(None), ~is_welcome())
    waiting = (deliveries.c.not_before, deliveries.c.deadline, supporters.c.paused_until)
    found = select(deliveries.c.id, deliveries.c.state, mailings.c.kind, *waiting, is_over(), left, is_unneeded())
    return Ready(found.select_from(joined).where(_ours()).order_by(deliveries.c.id))
