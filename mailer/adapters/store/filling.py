"""Who gets a mailing? A slot is filled with deliveries, page by page, each page in one transaction.

Law: (mailing, supporter) is unique and the cursor moves in the same transaction, so that filling can
stop anywhere, go on anywhere, and run twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from mailer.adapters.store import newcomers
from mailer.adapters.store.dialect import insert_from, moments_table
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.states import in_nobodys_hand, may_have_left
from mailer.adapters.store.tables import (
    Moment,
    acted,
    declined,
    deliveries,
    mailings,
    supporter_tags,
    supporters,
    suppressions,
)
from mailer.core.audience import Cohort, Opening, Selection
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import State
from mailer.core.progress import MailingRecord
from mailer.core.schedule import MERGE_WITHIN, ZonedMoment
from mailer.core.supporters import Consent

PAGE = 5_000
FROM_THE_FIRST = -1  # a cursor before every supporter; 0 would say that nothing has gone out yet
_COLUMNS = ["mailing", "supporter_id", "state", "rehearsal", "not_before", "deadline"]
_MERGE = MERGE_WITHIN.total_seconds() * 1_000_000


class SqlFilling:
    """Fills mailings' slots from the supporters, or from those who got the alert."""

    def __init__(self, engine: Engine, page: int = PAGE) -> None:
        self._engine = engine
        self._page = page

    def cohorts(self, selection: Selection) -> tuple[Cohort, ...]:
        """Return the audience counted by country and language."""
        columns = (supporters.c.country, supporters.c.language)
        query = select(*columns, func.count()).where(*in_audience(selection)).group_by(*columns).order_by(*columns)
        with reading(self._engine) as connection:
            return tuple(Cohort(country, language, count) for country, language, count in connection.execute(query))

    def left_out(self, selection: Selection) -> Mapping[str, int]:
        """Return how many supporters are not in the audience, by the reason that an organiser would give."""
        confirmed, not_suppressed = may_be_written()
        reason = case(
            (supporters.c.consent == Consent.UNCONFIRMED, "not confirmed"),
            (~confirmed, "unsubscribed"),
            (~not_suppressed, "suppressed"),
            (supporters.c.country.in_(selection.excluded_countries), "in a country that is not mailed"),
            else_="outside the campaign's audience",
        )
        query = select(reason, func.count()).where(~and_(*in_audience(selection))).group_by(reason).order_by(reason)
        with reading(self._engine) as connection:
            return dict(connection.execute(query).all())

    def zones(self, selection: Selection | None = None) -> tuple[tuple[str, str], ...]:
        """Return the distinct (timezone, country) of supporters who may be written to, or of one audience."""
        columns = (supporters.c.timezone, supporters.c.country)
        chosen = in_audience(selection) if selection else (supporters.c.consent == Consent.CONFIRMED,)
        query = select(*columns).where(*chosen).distinct()
        with reading(self._engine) as connection:
            return tuple((zone, country) for zone, country in connection.execute(query))

    def fill_from_supporters(
        self, slot: MailingRecord, selection: Selection, *, not_before: datetime, deadline: datetime | None
    ) -> bool:
        """Fill one page of an alert; return whether the end of the supporters was reached."""
        with writing(self._engine) as connection:
            beyond = supporters.c.id > slot_cursor(connection, slot)
            last = self._page_end(connection, supporters.c.id, beyond)
            if last is None:
                return True
            query = select(*_new_row(slot, supporters.c.id, literal(not_before, Moment), deadline))
            page = (beyond, supporters.c.id <= last, *in_audience(selection), _not_in(declined, slot.campaign_id))
            insert_from(connection, deliveries, _COLUMNS, query.where(*page))
            _move_cursor(connection, slot, last)
            return False

    def has_newcomers(self) -> bool:
        """Tell whether anybody came into an audience behind the cursors."""
        with reading(self._engine) as connection:
            return newcomers.are_waiting(connection)

    def fill_newcomers(self, openings: Sequence[Opening]) -> None:
        """Let one page of newcomers, also who came back, into every open alert that began; then forget them."""
        with writing(self._engine) as connection:
            came = newcomers.take(connection, self._page)
            for opening in openings:
                if slot_cursor(connection, opening.slot):  # one that has not begun will come to everybody
                    moment = literal(opening.not_before, Moment)
                    query = select(*_new_row(opening.slot, supporters.c.id, moment, opening.deadline))
                    wanted = (*in_audience(opening.selection), _not_in(declined, opening.slot.campaign_id))
                    chosen = (supporters.c.id.in_(came), *wanted)
                    newcomers.begin_anew(connection, opening.slot.row, select(supporters.c.id).where(*chosen))
                    insert_from(connection, deliveries, _COLUMNS, query.where(*chosen))
            newcomers.drop(connection, came)

    def fill_from_alerts(
        self,
        slot: MailingRecord,
        *,
        not_before: datetime,
        deadline: datetime | None,
        composed_from: tuple[tuple[int, str], ...] | None = None,
    ) -> bool:
        """Fill one page of an update, closing or correction: those whose alert was sent, or may have been.

        `composed_from` narrows it to (revision of the alert, country) pairs.
        """
        with writing(self._engine) as connection:
            alerts = (_of_alert(slot), may_have_left(deliveries.c))
            beyond = deliveries.c.supporter_id > slot_cursor(connection, slot)
            last = self._page_end(connection, deliveries.c.supporter_id, and_(beyond, *alerts))
            if last is None:
                return True
            query = select(*_new_row(slot, deliveries.c.supporter_id, literal(not_before, Moment), deadline))
            joined = query.join(supporters, supporters.c.id == deliveries.c.supporter_id)
            wanted = (*may_be_written(), _not_in(declined, slot.campaign_id))
            page = [*alerts, beyond, deliveries.c.supporter_id <= last, *wanted]
            if composed_from is not None:
                page.append(tuple_(deliveries.c.revision, supporters.c.country).in_(composed_from))
            insert_from(connection, deliveries, _COLUMNS, joined.where(*page))
            _move_cursor(connection, slot, last)
            return False

    def fill_reminder_before(
        self, slot: MailingRecord, moments: tuple[ZonedMoment, ...], *, deadline: datetime | None
    ) -> bool:
        """Fill one page of a reminder before an event: those whose alert was sent, in their own windows."""
        with writing(self._engine) as connection:
            alerts = (_of_alert(slot), in_nobodys_hand(deliveries.c), deliveries.c.state == State.SENT)
            beyond = deliveries.c.supporter_id > slot_cursor(connection, slot)
            last = self._page_end(connection, deliveries.c.supporter_id, and_(beyond, *alerts))
            if last is None or not moments:
                return True
            page = (*alerts, beyond, deliveries.c.supporter_id <= last)
            insert_from(connection, deliveries, _COLUMNS, _reminders(slot, moments, deadline).where(*page))
            _move_cursor(connection, slot, last)
            return False

    def fill_reminder_after(
        self, slot: MailingRecord, moments: tuple[ZonedMoment, ...], *, sent_until: datetime, deadline: datetime | None
    ) -> bool:
        """Fill one page of a reminder after the alert: those whose own alert was sent by `sent_until`.

        The cursor is the moment of sending, so that alerts which leave later get their reminder later.
        """
        with writing(self._engine) as connection:
            alerts = (_of_alert(slot), in_nobodys_hand(deliveries.c), deliveries.c.state == State.SENT)
            sent = func.coalesce(deliveries.c.sent_at, 0).cast(BigInteger)
            beyond = and_(sent > slot_cursor(connection, slot), deliveries.c.sent_at <= sent_until)
            last = self._page_end(connection, sent, and_(beyond, *alerts))
            if last is None or not moments:
                return True
            page = (*alerts, beyond, sent <= last)
            insert_from(connection, deliveries, _COLUMNS, _reminders(slot, moments, deadline).where(*page))
            _move_cursor(connection, slot, last)
            return False

    def mark_planned(self, slot: MailingRecord) -> None:
        """Record that filling is complete."""
        with writing(self._engine) as connection:
            connection.execute(update(mailings).where(mailings.c.id == slot.row).values(planned=True))

    def _page_end(self, connection: Connection, key: ColumnElement[Any], condition: ColumnElement[bool]) -> int | None:
        """Return the last key of the next page, None if nothing is left."""
        page = select(key.label("key")).where(condition).order_by(key).limit(self._page).subquery()
        last: int | None = connection.execute(select(func.max(page.c.key))).scalar_one()
        return last


def fill_again(connection: Connection, *conditions: ColumnElement[bool]) -> None:
    """Let the open alerts look at every supporter once more: their audience may have grown.

    Who has a delivery already gets no second one. The cursor keeps telling that the mailing has begun.
    """
    begun = (mailings.c.kind == MailingKind.ALERT, ~mailings.c.planned, mailings.c.cursor > 0)
    connection.execute(update(mailings).where(*begun, *conditions).values(cursor=FROM_THE_FIRST))


def may_be_written() -> tuple[ColumnElement[bool], ...]:
    """Return the law of every audience: consent is confirmed, and the address is not suppressed."""
    suppressed = exists().where(suppressions.c.address_hash == supporters.c.address_hash)
    return supporters.c.consent == Consent.CONFIRMED, ~suppressed


def in_audience(selection: Selection) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a selection on a supporter's row."""
    conditions = [*may_be_written(), supporters.c.country.not_in(selection.excluded_countries)]
    if selection.countries:
        conditions.append(supporters.c.country.in_(selection.countries))
    if selection.languages:
        conditions.append(supporters.c.language.in_(selection.languages))
    if selection.tag_hashes:
        tagged = exists().where(
            supporter_tags.c.supporter_id == supporters.c.id, supporter_tags.c.tag_hash.in_(selection.tag_hashes)
        )
        conditions.append(tagged)
    return tuple(conditions)


def not_acted(campaign_id: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a supporter has neither written nor said "not this case"."""
    return _not_in(acted, campaign_id), _not_in(declined, campaign_id)


def _not_in(table: Table, campaign_id: str) -> ColumnElement[bool]:
    """Return the condition that a supporter has not answered so; who has declined gets nothing more of a campaign."""
    return ~exists().where(table.c.campaign_id == campaign_id, table.c.supporter_id == supporters.c.id)


def slot_cursor(connection: Connection, slot: MailingRecord) -> int:
    """Return how far the slot has been filled by now; another daemon may have gone on."""
    query = select(mailings.c.cursor).where(mailings.c.id == slot.row).with_for_update()
    return int(connection.execute(query).scalar_one())


def _move_cursor(connection: Connection, slot: MailingRecord, last: int) -> None:
    """Remember how far the slot has been filled."""
    connection.execute(update(mailings).where(mailings.c.id == slot.row).values(cursor=last))


def _new_row(
    slot: MailingRecord, supporter: ColumnElement[Any], not_before: ColumnElement[Any], deadline: datetime | None
) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of a new delivery, in the order of `_COLUMNS`."""
    return (
        literal(slot.row),
        supporter,
        literal(State.QUEUED.value),
        literal(slot.is_rehearsal),
        not_before,
        literal(deadline, Moment),
    )


def _of_alert(slot: MailingRecord) -> ColumnElement[bool]:
    """Return the condition that a delivery is of the same run's alert."""
    same_run = (mailings.c.campaign_id == slot.campaign_id) & (mailings.c.run == slot.run)
    return deliveries.c.mailing.in_(select(mailings.c.id).where(same_run, mailings.c.kind == MailingKind.ALERT))


def _reminders(slot: MailingRecord, moments: tuple[ZonedMoment, ...], deadline: datetime | None) -> Select[Any]:
    """Return the query of a reminder: alerts joined with supporters and their zones' moments."""
    zoned = moments_table(moments)
    same_zone = and_(zoned.c.timezone == supporters.c.timezone, zoned.c.country == supporters.c.country)
    query = select(*_new_row(slot, deliveries.c.supporter_id, zoned.c.not_before, deadline))
    joined = query.join(supporters, supporters.c.id == deliveries.c.supporter_id).join(zoned, same_zone)
    return joined.where(*may_be_written(), *not_acted(slot.campaign_id), _not_reminded(slot, zoned.c.not_before))


def _not_reminded(slot: MailingRecord, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that no other reminder of the case is within 48 hours: two become one."""
    other, its = deliveries.alias("other"), mailings.alias("its")
    live = other.c.state.not_in([State.CANCELLED, State.EXPIRED])
    near = or_(
        and_(other.c.not_before <= moment, _integer(moment) - _integer(other.c.not_before) < _MERGE),
        and_(other.c.not_before > moment, _integer(other.c.not_before) - _integer(moment) < _MERGE),
    )
    same_case = and_(its.c.campaign_id == slot.campaign_id, its.c.run == slot.run, its.c.kind == MailingKind.REMINDER)
    joined = and_(other.c.mailing == its.c.id, its.c.id != slot.row, other.c.supporter_id == deliveries.c.supporter_id)
    return ~exists(select(true()).where(joined, same_case, live, near))


def _integer(moment: ColumnElement[Any]) -> ColumnElement[int]:
    """Return a moment as the microseconds that it is kept as, to count with."""
    return moment.cast(BigInteger)
