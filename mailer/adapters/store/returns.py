"""Which mails of ours came back? Read for the decision whether somebody is barred, and for people.

Law: rehearsals reached nobody, and the mails that ask to confirm, or answer, are no mailings.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, exists, func, select

from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.states import may_have_left
from mailer.adapters.store.tables import Moment, deliveries, held_returns, mailings, returned
from mailer.core.bounce_rules import LATELY, History, Verdict
from mailer.core.bounces import ReturnKind
from mailer.core.own_mails import Sent
from mailer.core.progress import REAL_RUN
from mailer.core.signups import SERVICE

MOST_MAILS = 500  # of one supporter that a returned one is looked for among: two years of five a week
_LEFT_AT = func.coalesce(deliveries.c.sent_at, deliveries.c.composed_at, type_=Moment)


def history_of(connection: Connection, supporter_id: int) -> History:
    """Return what came back from a supporter so far."""
    came_back = _COUNTED.rows(connection, supporter=supporter_id)
    soft = {mailing for mailing, _, kind in came_back if kind == ReturnKind.SOFT}
    mails = [mail for mail in mails_to(connection, supporter_id) if mail.campaign_id != SERVICE][:LATELY]
    return History(
        hard=tuple((mailing, at) for mailing, at, kind in came_back if kind == ReturnKind.HARD),
        lately=tuple((mail.at, mail.mailing in soft) for mail in mails),
    )


def mails_to(connection: Connection, supporter_id: int) -> tuple[Sent, ...]:
    """Return the mails that left to a supporter, or may have, the newest first."""
    return tuple(Sent(*row) for row in _mails().rows(connection, supporter=supporter_id))


def counted(connection: Connection, campaign_id: str) -> Mapping[str, Mapping[str, int]]:
    """Return how many readers of each mailing it came back from, by kind; a mailing of which none did is missing."""
    many = func.count(returned.c.supporter_id.distinct())
    of_it = select(mailings.c.mailing_id, returned.c.kind, many).join(mailings, mailings.c.id == returned.c.mailing)
    of_it = of_it.where(mailings.c.campaign_id == campaign_id, mailings.c.run == REAL_RUN)
    found: dict[str, dict[str, int]] = {}
    for mailing_id, kind, count in connection.execute(of_it.group_by(mailings.c.mailing_id, returned.c.kind)):
        found.setdefault(mailing_id, {})[kind] = count
    return found


_ERRED = held_returns.c.verdict == Verdict.ALIVE  # what a person found to be no fault of its readers
_COUNTED = Ready(
    select(returned.c.mailing, returned.c.at, returned.c.kind).where(
        returned.c.supporter_id == Given("supporter"),
        returned.c.counts,
        ~exists().where(held_returns.c.mailing == returned.c.mailing, _ERRED),
    )
)


@cache
def _mails() -> Ready:
    """Return the query of what left to one supporter."""
    d, m = deliveries.c, mailings.c
    columns = (m.campaign_id, m.id, m.mailing_id, m.run, _LEFT_AT.label("at"))
    theirs = (d.supporter_id == Given("supporter"), ~d.rehearsal, _LEFT_AT.is_not(None), may_have_left(d))
    query = select(*columns).join(mailings, m.id == d.mailing).where(*theirs)
    return Ready(query.order_by(_LEFT_AT.desc(), d.id.desc()).limit(MOST_MAILS))
