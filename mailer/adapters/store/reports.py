"""Which channels do not work any more? Those that supporters reported, or that letters came back from, or retired.

Law: what is reported is a value, not a target: a corrected address starts clean. Who says the same twice, of however
many targets, is one supporter.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete, func, select

from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.tables import Moment, reports, retired
from mailer.core.counting import DEAD_AFTER, Reported, ReportKind
from mailer.core.retirement import RetiredValue


def dead_since(connection: Connection, campaign_id: str) -> dict[str, datetime]:
    """Return when (UTC) enough supporters had reported a channel dead, or a letter came back, by its value."""
    return dict(_dead().rows(connection, campaign=campaign_id))


def reported(connection: Connection, campaign_id: str) -> tuple[Reported, ...]:
    """Return what supporters reported of a campaign's channels, by target, value and kind."""
    c = reports.c
    told = (c.target, c.value, c.kind)
    many = select(*told, func.count(), func.max(c.at).label("at")).where(c.campaign_id == campaign_id)
    rows = connection.execute(many.group_by(*told).order_by(*told))
    return tuple(Reported(target, value, ReportKind(kind), count, at) for target, value, kind, count, at in rows)


def dismiss(connection: Connection, campaign_id: str, target: str) -> int:
    """Forget all reports of a target, which an organiser found wrong; return how many there were.

    BUGS: a letter that was composed while the channel was dead and is resent now has it again.
    """
    wrong = (reports.c.campaign_id == campaign_id) & (reports.c.target == target)
    return connection.execute(delete(reports).where(wrong)).rowcount


def retire(connection: Connection, value: RetiredValue) -> bool:
    """Keep an address or number that is used no more; tell whether it is new."""
    return insert_one(connection, retired, {"value": value.value, "reason": value.reason, "at": value.at})


def retirements(connection: Connection) -> tuple[RetiredValue, ...]:
    """Return what was retired, the newest first."""
    rows = connection.execute(select(retired).order_by(retired.c.at.desc(), retired.c.value))
    return tuple(RetiredValue(row.value, row.reason, row.at) for row in rows)


@cache
def _dead() -> Ready:
    """Return the query of when each value was dead: reported by enough, or once returned by the mail system."""
    c = reports.c
    mine = c.campaign_id == Given("campaign")
    said = (mine, c.kind == ReportKind.DEAD.value)
    first = select(c.value, c.supporter_id, func.min(c.at).label("at")).where(*said).group_by(c.value, c.supporter_id)
    f = first.subquery().c
    place = func.row_number().over(partition_by=f.value, order_by=(f.at, f.supporter_id))
    ranked = select(f.value, f.at, place.label("place")).subquery()
    enough = select(ranked.c.value, ranked.c.at).where(ranked.c.place == DEAD_AFTER)
    shown = select(c.value, c.at).where(mine, c.kind == ReportKind.RETURNED.value)
    either = enough.union_all(shown).subquery().c
    return Ready(select(either.value, func.min(either.at, type_=Moment).label("at")).group_by(either.value))
