"""What did one supporter get, and what did they answer? Read for `why`, never for sending."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from mailer.adapters.store.tables import acted, declined, deliveries, mailings, returned
from mailer.core.explanation import ActionTrace, DeliveryTrace, Traces
from mailer.core.supporters import SupporterId


def traces_of(connection: Connection, supporter_id: SupporterId) -> Traces:
    """Return the deliveries and actions of one supporter, in the order of time."""
    d, m = deliveries.c, mailings.c
    back = _came_back(connection, supporter_id)
    columns = (m.id, m.campaign_id, m.mailing_id, m.kind, d.rehearsal, d.state, d.not_before, d.sent_at, d.reply)
    sent = select(*columns).join(mailings, m.id == d.mailing).where(d.supporter_id == supporter_id)
    wrote = select(acted.c.campaign_id, acted.c.target, acted.c.source, acted.c.at)
    wrote = wrote.where(acted.c.supporter_id == supporter_id).order_by(acted.c.at, acted.c.target)
    refused = select(declined.c.campaign_id).where(declined.c.supporter_id == supporter_id)
    return Traces(
        deliveries=tuple(
            replace(DeliveryTrace(*row[1:]), came_back=back.get(row.id, ()))
            for row in connection.execute(sent.order_by(d.not_before, d.id))
        ),
        actions=tuple(ActionTrace(*row) for row in connection.execute(wrote)),
        declined=frozenset(connection.scalars(refused)),
    )


def _came_back(connection: Connection, supporter_id: SupporterId) -> dict[int, tuple[str, ...]]:
    """Return how mails to a supporter came back, by their mailings' rows; each way and status once."""
    r = returned.c
    found: dict[int, tuple[str, ...]] = {}
    ways = select(r.mailing, r.kind, r.status).where(r.supporter_id == supporter_id).distinct()
    for mailing, kind, status in connection.execute(ways.order_by(r.mailing, r.kind, r.status)):
        found[mailing] = (*found.get(mailing, ()), f"{kind} {status}".strip())
    return found
