"""Does this reader want this letter? Conditions on a delivery, its mailing and its supporter, for the last look.

Law: no letter without confirmed consent, but the one that asks for it, and the one that answers who left by e-mail;
and nothing more of a case to who declined it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, case, exists, false, or_, select

from mailer.adapters.store.filling import may_be_written
from mailer.adapters.store.tables import acted, declined, deliveries, mailings, signups, supporters, suppressions
from mailer.core.campaigns import MailingKind
from mailer.core.signups import NEVER_LIFTED

_ASKS = mailings.c.kind == MailingKind.CONFIRM
_REPLIES = mailings.c.kind == MailingKind.REPLY


def is_welcome() -> ColumnElement[bool]:
    """Return the condition that its reader may be written to.

    Who signed up again may be asked, and who wrote to us may be answered, whatever was; but not who complained.
    """
    barred = exists().where(
        suppressions.c.address_hash == supporters.c.address_hash,
        suppressions.c.reason.in_(sorted(reason.value for reason in NEVER_LIFTED)),
    )
    return case((or_(_ASKS, _REPLIES), ~barred), else_=and_(*may_be_written()))


def is_unneeded() -> ColumnElement[bool]:
    """Return the condition that a letter has nothing to say any more.

    A sign-up was confirmed or forgotten, its reader said "not this case", or is reminded of what they did.
    """
    acted_on = and_(mailings.c.kind == MailingKind.REMINDER, _answered(acted))
    return case((_ASKS, ~_is_asked()), (_REPLIES, false()), else_=or_(_answered(declined), acted_on))


def _is_asked() -> ColumnElement[bool]:
    """Return the condition that the sign-up that a mail asks to confirm still waits."""
    same = and_(signups.c.supporter_id == deliveries.c.supporter_id, signups.c.mailing == deliveries.c.mailing)
    return select(signups.c.id).where(same).correlate(deliveries).exists()


def _answered(table: Table) -> ColumnElement[bool]:
    """Return the condition that `table` has a row for the delivery and campaign of the query around it."""
    same = and_(table.c.campaign_id == mailings.c.campaign_id, table.c.supporter_id == deliveries.c.supporter_id)
    return select(table.c.at).where(same).correlate(mailings, deliveries).exists()
