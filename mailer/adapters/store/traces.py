"""What did one supporter get, and what did they answer? Read for `why`, never for sending."""

from __future__ import annotations

from sqlalchemy import Connection, select

from mailer.adapters.store.tables import acted, declined, deliveries, mailings
from mailer.core.explanation import ActionTrace, DeliveryTrace, Traces
from mailer.core.supporters import SupporterId


def traces_of(connection: Connection, supporter_id: SupporterId) -> Traces:
    """Return the deliveries and actions of one supporter, in the order of time."""
    d, m = deliveries.c, mailings.c
    columns = (m.campaign_id, m.mailing_id, m.kind, d.rehearsal, d.state, d.not_before, d.sent_at, d.reply)
    sent = select(*columns).join(mailings, m.id == d.mailing).where(d.supporter_id == supporter_id)
    wrote = select(acted.c.campaign_id, acted.c.target, acted.c.source, acted.c.at)
    wrote = wrote.where(acted.c.supporter_id == supporter_id).order_by(acted.c.at, acted.c.target)
    refused = select(declined.c.campaign_id).where(declined.c.supporter_id == supporter_id)
    return Traces(
        deliveries=tuple(DeliveryTrace(*row) for row in connection.execute(sent.order_by(d.not_before, d.id))),
        actions=tuple(ActionTrace(*row) for row in connection.execute(wrote)),
        declined=frozenset(connection.scalars(refused)),
    )
