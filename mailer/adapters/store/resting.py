"""Does this reader want a mail now? Their pause and their week, as conditions, and as values for `core.fatigue`.

Law: the condition holds exactly where `core.fatigue.held_until` holds nothing back, of the same rows at the same
moment. Whether a week is full is only counted where there is a cap.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, true

from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import may_have_left
from mailer.adapters.store.tables import Moment, campaigns, deliveries, mailings, supporters
from mailer.core.campaigns import ASKED_FOR, MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.fatigue import CAPPED, WEEK, Week, least

_letter = deliveries.alias("letter")
_slot = mailings.alias("slot")
_whose = campaigns.alias("whose")
_NOW = Given("now", type_=Moment)
_NOT_LEFT = (State.QUEUED, State.DEFERRED, State.CLAIMED)
_LEFT_AT = func.coalesce(_letter.c.sent_at, _letter.c.composed_at, type_=Moment)


def as_of(now: datetime) -> dict[str, datetime]:
    """Return the moments that the conditions here are asked with: now, and a week ago."""
    return {"now": now, "week_ago": now - WEEK}


def is_rested() -> ColumnElement[bool]:
    """Return the condition on a delivery, its mailing, campaign and supporter that nothing holds it back."""
    awake = or_(supporters.c.paused_until.is_(None), supporters.c.paused_until <= _NOW)
    return or_(mailings.c.kind.in_(sorted(ASKED_FOR)), and_(awake, _has_room()))


def _has_room() -> ColumnElement[bool]:
    """Return the condition that a week is not full; CASE sees to it that nothing is counted in vain."""
    left = _counted(_has_left())
    due = case((mailings.c.kind == MailingKind.REMINDER, _counted(_is_due())), else_=0)
    uncapped = or_(mailings.c.kind.not_in(CAPPED), _cap().is_(None))
    return case((uncapped, true()), else_=left + due < _cap())


def hold_readers(connection: Connection, ids: Collection[int]) -> None:
    """Let nobody else fill the weeks of those whose letters these are, until the transaction ends.

    Two senders that ask at the same moment would else both see the last place free. A person's row is taken before
    their letters, as who leaves does. SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql" and ids:
        _holding_readers().run(connection, ids=list(ids)).all()


@cache
def _holding_readers() -> Ready:
    """Return the statement that holds the readers of letters whose week may be full."""
    capped = or_(campaigns.c.max_per_week.is_not(None), supporters.c.max_per_week.is_not(None))
    joined = deliveries.join(mailings, mailings.c.id == deliveries.c.mailing).join(
        campaigns, campaigns.c.id == mailings.c.campaign_id
    )
    theirs = joined.join(supporters, supporters.c.id == deliveries.c.supporter_id)
    rows = select(supporters.c.id).select_from(theirs).order_by(supporters.c.id)
    held = rows.where(Among(deliveries.c.id, "ids"), mailings.c.kind.in_(CAPPED), capped)
    return Ready(held.with_for_update(key_share=True, of=supporters))


def week_of(connection: Connection, delivery_id: int, now: datetime) -> Week:
    """Return what counts against the cap of a delivery's reader, beside the delivery itself."""
    own = select(deliveries.c.supporter_id, campaigns.c.max_per_week, supporters.c.max_per_week.label("own_most"))
    joined = deliveries.join(mailings, mailings.c.id == deliveries.c.mailing).join(
        campaigns, campaigns.c.id == mailings.c.campaign_id
    )
    whose = own.select_from(joined.join(supporters, supporters.c.id == deliveries.c.supporter_id))
    row = connection.execute(whose.where(deliveries.c.id == delivery_id)).one()
    cap = least(row.max_per_week, row.own_most)
    if cap is None:
        return Week()
    beside = and_(_letter.c.supporter_id == row.supporter_id, _letter.c.id != delivery_id)
    left = connection.scalars(_letters(select(_LEFT_AT)).where(beside, _has_left()), as_of(now)).all()
    waiting = connection.scalar(_letters(select(func.count())).where(beside, _is_due()), as_of(now))
    return Week(cap, tuple(left), int(waiting or 0))


def _cap() -> ColumnElement[Any]:
    """Return the stricter of the campaign's cap and the reader's own; NULL if there is neither."""
    theirs, own = campaigns.c.max_per_week, supporters.c.max_per_week
    return case((own.is_(None), theirs), (theirs.is_(None), own), (own < theirs, own), else_=theirs)


def _counted(which: ColumnElement[bool]) -> ColumnElement[Any]:
    """Return how many other letters of the same reader are so, as a part of a query on the delivery."""
    beside = and_(_letter.c.supporter_id == deliveries.c.supporter_id, _letter.c.id != deliveries.c.id)
    return _letters(select(func.count())).where(beside, which).correlate(deliveries).scalar_subquery()


def _letters(columns: Select[Any]) -> Select[Any]:
    """Return a query on real letters with their mailings and campaigns; a rehearsal uses nothing up."""
    joined = _letter.join(_slot, _slot.c.id == _letter.c.mailing).join(_whose, _whose.c.id == _slot.c.campaign_id)
    return columns.select_from(joined).where(~_letter.c.rehearsal, _slot.c.kind.not_in(sorted(ASKED_FOR)))


def _has_left() -> ColumnElement[bool]:
    """Return the condition that a letter left within the week, or may have."""
    return and_(may_have_left(_letter.c), Given("week_ago", type_=Moment) < _LEFT_AT)


def _is_due() -> ColumnElement[bool]:
    """Return the condition that a letter is an update that is about to leave."""
    sends = and_(~_slot.c.paused, _whose.c.status == Status.READY, _whose.c.file_status == Status.READY)
    is_due = and_(_letter.c.state.in_(_NOT_LEFT), ~_letter.c.resent, _letter.c.not_before <= _NOW)
    return and_(_slot.c.kind == MailingKind.UPDATE, is_due, sends)
