"""What do supporters answer? Written down for pages and the organiser, read for letters; one transaction per method.

Law: whatever is told twice, by two clicks at once as well, is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Table, delete, exists, func, or_, select

from mailer.adapters.store import actions
from mailer.adapters.store import reports as reporting
from mailer.adapters.store.census import is_unfinished
from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import in_nobodys_hand
from mailer.adapters.store.tables import (
    acted,
    campaigns,
    copies,
    declined,
    deliveries,
    mailings,
    reports,
    retired,
    supporters,
)
from mailer.core.campaigns import MailingKind
from mailer.core.counting import Answers, Reported, ReportKind, Spread
from mailer.core.deliveries import State
from mailer.core.retirement import RetiredValue
from mailer.core.supporters import Consent, PublicId, SupporterId


class SqlAnswers:
    """Actions, refusals and reports of supporters, and what is retired, in SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, campaign_id: str, public_id: PublicId, target: str, source: str, now: datetime) -> bool:
        """Note that somebody wrote to a target, and cancel their reminders; tell whether it is new.

        Raises:
            NotFoundError: there is no such campaign or supporter.
        """
        with writing(self._engine) as connection:
            return actions.note_action(connection, campaign_id, _whom(public_id), target, source, now)

    def undo(self, campaign_id: str, public_id: PublicId, target: str) -> bool:
        """Forget that somebody wrote to a target; tell whether it was noted."""
        with writing(self._engine) as connection:
            return actions.undo_action(connection, campaign_id, _whom(public_id), target)

    def decline(self, campaign_id: str, public_id: PublicId, now: datetime) -> bool:
        """Note that somebody does not want this campaign, and cancel all that is queued of it; tell whether it is new.

        Raises:
            NotFoundError: there is no such campaign or supporter.
        """
        with writing(self._engine) as connection:
            return actions.note_decline(connection, campaign_id, _whom(public_id), now)

    def rejoin(self, campaign_id: str, public_id: PublicId) -> bool:
        """Forget that somebody does not want this campaign; tell whether it was noted."""
        with writing(self._engine) as connection:
            return actions.undo_decline(connection, campaign_id, _whom(public_id))

    def report(self, campaign_id: str, public_id: PublicId, target: str, kind: str, value: str, now: datetime) -> bool:
        """Note what somebody says of a channel; tell whether it is new.

        That a channel is dead is believed of those on the list only: three who have left take nothing from others.

        Raises:
            NotFoundError: there is no such campaign or supporter.
        """
        told = {"target": target, "kind": ReportKind(kind).value, "value": value, "at": now}
        with writing(self._engine) as connection:
            supporter = actions.hold(connection, campaign_id, _whom(public_id))
            if kind != ReportKind.BUSY and supporter.consent != Consent.CONFIRMED:
                return False
            return insert_one(connection, reports, told | {"campaign_id": campaign_id, "supporter_id": supporter.id})

    def answers_of(self, campaign_id: str, public_id: PublicId) -> Answers:
        """Return what one supporter told of one campaign."""
        with reading(self._engine) as connection:
            wrote = connection.scalars(select(acted.c.target).where(*_told(acted, campaign_id, public_id)))
            gone = connection.scalar(select(declined.c.at).where(*_told(declined, campaign_id, public_id)))
            columns = (reports.c.target, reports.c.kind, reports.c.value)
            said = connection.execute(select(*columns).where(*_told(reports, campaign_id, public_id)))
            return Answers(frozenset(wrote), gone is not None, frozenset((row[0], row[1], row[2]) for row in said))

    def letters_of(
        self, campaign_id: str, supporter_ids: Collection[SupporterId]
    ) -> Mapping[SupporterId, Mapping[str, datetime]]:
        """Return to which targets, and when (UTC), these supporters say they wrote; who told of none is missing."""
        found: dict[SupporterId, dict[str, datetime]] = {}
        with reading(self._engine) as connection:
            for supporter, target, at in _WROTE.rows(connection, campaign=campaign_id, ids=supporter_ids):
                found.setdefault(SupporterId(supporter), {})[target] = at
        return found

    # --- channels ---

    def dead_since(self, campaign_id: str) -> Mapping[str, datetime]:
        """Return when (UTC) enough supporters had reported a channel dead, by its value."""
        with reading(self._engine) as connection:
            return reporting.dead_since(connection, campaign_id)

    def reported(self, campaign_id: str) -> tuple[Reported, ...]:
        """Return what supporters reported of a campaign's channels, for its organiser."""
        with reading(self._engine) as connection:
            return reporting.reported(connection, campaign_id)

    def dismiss(self, campaign_id: str, target: str) -> int:
        """Forget all reports of a target, which an organiser found wrong; return how many there were."""
        with writing(self._engine) as connection:
            return reporting.dismiss(connection, campaign_id, target)

    def retire(self, value: RetiredValue) -> bool:
        """Keep an address or number that is used no more; tell whether it is new."""
        with writing(self._engine) as connection:
            return reporting.retire(connection, value)

    def retirements(self) -> tuple[RetiredValue, ...]:
        """Return what was retired, the newest first."""
        with reading(self._engine) as connection:
            return reporting.retirements(connection)

    def retired_values(self) -> frozenset[str]:
        """Return the addresses and numbers that officials asked us not to use."""
        with reading(self._engine) as connection:
            return frozenset(_RETIRED.run(connection).scalars())

    # --- counts, and forgetting ---

    def counts(self, campaign_id: str) -> Mapping[str, int]:
        """Return how many letters supporters say they sent, by target."""
        with reading(self._engine) as connection:
            return actions.said_sent(connection, campaign_id)

    def copies(self, campaign_id: str) -> Spread:
        """Return how many copies of letters arrived, by target, country and day."""
        with reading(self._engine) as connection:
            return actions.copies_received(connection, campaign_id)

    def sent_out(self, campaign_id: str) -> int:
        """Return how many mails of a campaign's alert left; rehearsals count for nothing."""
        real = (mailings.c.campaign_id == campaign_id, mailings.c.run == 0, mailings.c.kind == MailingKind.ALERT)
        alerts = select(mailings.c.id).where(*real)
        with reading(self._engine) as connection:
            sent = (in_nobodys_hand(deliveries.c), deliveries.c.state == State.SENT)
            query = select(func.count()).where(deliveries.c.mailing.in_(alerts), *sent)
            return connection.scalar(query) or 0

    def answered(self) -> frozenset[str]:
        """Return the campaigns of which actions or reports are kept."""
        return self._having(acted, reports, copies)

    def refused(self) -> frozenset[str]:
        """Return the campaigns that somebody does not want."""
        return self._having(declined)

    def said_goodbye(self, campaign_id: str, run: int) -> bool:
        """Tell whether a campaign's closing has gone out to everybody whom it is for."""
        closing = (mailings.c.campaign_id == campaign_id, mailings.c.kind == MailingKind.CLOSING)
        done = exists().where(*closing, mailings.c.run == run, mailings.c.planned, ~is_unfinished(mailings.c.id))
        with reading(self._engine) as connection:
            return bool(connection.scalar(select(done)))

    def _having(self, *tables: Table) -> frozenset[str]:
        """Return the campaigns that any of these tables has a row of."""
        kept = (exists().where(table.c.campaign_id == campaigns.c.id) for table in tables)
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(campaigns.c.id).where(or_(*kept))))

    def forget(self, campaign_id: str, *, declines: bool = True) -> None:
        """Delete who wrote, what they reported and, with `declines`, who did not want it; what was counted stays."""
        with writing(self._engine) as connection:
            for table in (acted, reports, copies, *((declined,) if declines else ())):
                connection.execute(delete(table).where(table.c.campaign_id == campaign_id))


_RETIRED = Ready(select(retired.c.value))
_WROTE = Ready(
    select(acted.c.supporter_id, acted.c.target, acted.c.at).where(
        acted.c.campaign_id == Given("campaign"), Among(acted.c.supporter_id, "ids")
    )
)


def _whom(public_id: PublicId) -> ColumnElement[bool]:
    """Return the condition on a supporter's row that it is theirs."""
    return supporters.c.public_id == public_id


def _told(table: Table, campaign_id: str, public_id: PublicId) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on what one supporter told of one campaign."""
    mine = select(supporters.c.id).where(_whom(public_id)).scalar_subquery()
    return table.c.campaign_id == campaign_id, table.c.supporter_id == mine
