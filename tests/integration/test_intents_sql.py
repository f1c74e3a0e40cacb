"""What does the last look before a letter leaves go by? Pauses, weeks, refusals and sign-ups, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert, select, update

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import deliveries, mailings, signups, supporters, suppressions
from mailer.core.campaigns import ASKED_FOR, CampaignId, MailingKind
from mailer.core.fatigue import CAPPED, Week, held_until, put_off
from mailer.core.schedule import Slot
from mailer.core.signups import NEVER_LIFTED
from mailer.core.supporters import SuppressionReason
from mailer.flows.outbox import Intent
from tests.casework import Casework, case, unwatch
from tests.databases import NOW, UNCONFIRMED

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LIFTED = sorted(set(SuppressionReason) - NEVER_LIFTED)
KINDS = tuple(kind for kind in MailingKind if kind not in ASKED_FOR)
UPDATE, REMINDER, ALERT, CONFIRM = (MailingKind(name) for name in ("update", "reminder", "alert", "confirm"))


@pytest.fixture
def desk(tmp_path, store_url):
    """Two campaigns that run, with a slot for each kind of mailing, and Anna on the list."""
    return open_desk(tmp_path, store_url)


def open_desk(folder, url: str = "") -> Casework:
    """Return the stores and queue of an installation with two campaigns; deliveries may begin in any state."""
    work = Casework(folder, url=url)
    work.join("anna")
    unwatch(work.engine, "begins")
    publish(work, None)
    for name in ("case", "other"):
        work.campaigns.approve(name, rehearsal=False, now=NOW, hold_until=NOW)
        slots = [Slot(NOW, kind.value, kind) for kind in MailingKind]
        for run in (0, 1):
            work.campaigns.plan(name, slots, run=run, revision=1)
    return work


def publish(work: Casework, most: int | None) -> None:
    """Publish both campaigns of an organisation with this cap."""
    for name in ("case", "other"):
        revision = case(id=CampaignId(name))
        capped = replace(revision, organisation=replace(revision.organisation, max_per_week=most))
        work.campaigns.publish(capped, now=NOW)


def wish(work: Casework, name: str = "anna", **columns: Any) -> None:
    """Let somebody wish to be paused, or to get no more than so many mails."""
    with writing(work.engine) as connection:
        connection.execute(update(supporters).where(supporters.c.id == work.id_of(name)).values(**columns))


def slot_of(work: Casework, kind: MailingKind, campaign: str, run: int = 0) -> int:
    """Return the row of a mailing."""
    which = (mailings.c.campaign_id == campaign) & (mailings.c.kind == kind) & (mailings.c.run == run)
    with reading(work.engine) as connection:
        return int(connection.execute(select(mailings.c.id).where(which)).scalar_one())


def mail(work: Casework, kind: MailingKind, campaign: str = "case", *, run: int = 0, **columns: Any) -> int:
    """Put one of Anna's deliveries into the outbox, due since an hour ago; return its id."""
    row = {"mailing": slot_of(work, kind, campaign, run), "supporter_id": work.id_of("anna"), "state": "queued"}
    row |= {"rehearsal": run > 0, "not_before": NOW - HOUR, **columns}
    with writing(work.engine) as connection:
        return int(connection.execute(insert(deliveries).returning(deliveries.c.id), [row]).scalar_one())


def sent(work: Casework, kind: MailingKind, campaign: str, ago: timedelta, **columns: Any) -> int:
    """Put a mail of Anna's that was sent so long ago there."""
    return mail(work, kind, campaign, **{"state": "sent", "sent_at": NOW - ago, "composed_at": NOW - ago, **columns})


def row_of(work: Casework, delivery: int) -> Any:
    """Return a delivery with all its columns."""
    with reading(work.engine) as connection:
        return connection.execute(select(deliveries).where(deliveries.c.id == delivery)).one()


def leave(work: Casework, now: datetime = NOW, *, rehearsal: bool = False) -> set[int]:
    """Claim all that is due, ask for the intents of all at once, and accept what was granted; return that."""
    claimed = work.claim(now, rehearsal=rehearsal)
    granted = work.intend(claimed, now)
    work.settle([each for each in claimed if each.id in granted], now=now)
    return set(granted)


# --- the week -------------------------------------------------------------------------------------


def test_a_full_week_holds_an_update_until_it_has_room(desk):
    """Mails of all campaigns count; the letter waits as it was, and leaves when the oldest is a week old."""
    publish(desk, 2)
    sent(desk, ALERT, "other", 6 * DAY)
    sent(desk, UPDATE, "other", DAY)
    held = mail(desk, UPDATE)

    assert leave(desk) == set()
    row = row_of(desk, held)
    assert (row.state, row.not_before, row.attempts, row.claim, row.composed_at) == ("queued", NOW + DAY, 0, "", None)
    assert leave(desk, NOW + DAY - timedelta(seconds=1)) == set()
    assert leave(desk, NOW + DAY) == {held}


def test_nobody_is_run_again_for_what_is_only_held(desk):
    """A run that ends when idle ends well: nothing is due, and nothing was deferred by a fault."""
    publish(desk, 1)
    wish(desk, paused_until=NOW + DAY)
    mail(desk, ALERT)
    mail(desk, UPDATE)
    leave(desk)

    assert not desk.outbox.has_due(rehearsal=False, now=NOW)
    assert desk.outbox.unfinished(rehearsal=False) == 0
    assert desk.claim() == ()


@pytest.mark.parametrize(("most", "own", "granted"), [(1, None, 0), (None, 1, 0), (3, 1, 0), (1, 3, 0), (2, 3, 1)])
def test_the_stricter_of_both_caps_holds(desk, most, own, granted):
    """The organisation's for everybody, and one's own."""
    publish(desk, most)
    wish(desk, max_per_week=own)
    sent(desk, UPDATE, "other", DAY)
    mail(desk, UPDATE)

    assert len(leave(desk)) == granted


@pytest.mark.parametrize("kind", [kind for kind in MailingKind if kind not in CAPPED])
def test_no_week_is_too_full_for_an_alert_or_an_end(desk, kind):
    """Alerts, closings, corrections, and the mail that asks to confirm are never held by a cap."""
    publish(desk, 1)
    sent(desk, UPDATE, "other", DAY)
    if kind is CONFIRM:
        ask_to_confirm(desk)
    urgent = mail(desk, kind)

    assert leave(desk) == {urgent}


@pytest.mark.parametrize("first", [UPDATE, REMINDER])
def test_of_an_update_and_a_reminder_the_reminder_is_held(desk, first):
    """Whichever comes first in the queue, also where both are asked for in one commit."""
    publish(desk, 2)
    sent(desk, ALERT, "other", DAY)
    ids = {
        kind: mail(desk, kind, campaign)
        for kind, campaign in sorted([(UPDATE, "other"), (REMINDER, "case")], key=lambda each: each[0] is not first)
    }

    assert leave(desk) == {ids[UPDATE]}
    reminder = row_of(desk, ids[REMINDER])
    assert (reminder.state, reminder.not_before) == ("queued", NOW - HOUR + 7 * DAY)  # at its hour of the day


@pytest.mark.parametrize("holds", ["paused", "later", "status"])
def test_an_update_that_does_not_leave_now_takes_no_reminder_s_place(desk, holds):
    """One that waits for its campaign, its mailing or its moment does not count yet."""
    publish(desk, 1)
    waiting = mail(desk, UPDATE, "other", **({"not_before": NOW + HOUR} if holds == "later" else {}))
    if holds == "paused":
        desk.outbox.pause_mailing(row_of(desk, waiting).mailing, "held")
    if holds == "status":
        publish_status(desk, "other", "paused")
    reminder = mail(desk, REMINDER)

    assert leave(desk) == {reminder}


def publish_status(work: Casework, campaign: str, status: str) -> None:
    """Put a status into the database."""
    from mailer.adapters.store.tables import campaigns

    with writing(work.engine) as connection:
        connection.execute(update(campaigns).where(campaigns.c.id == campaign).values(status=status))


def test_two_updates_of_one_commit_do_not_share_one_place(desk):
    """The second sees the first, though both were claimed, composed and asked for at the same moment."""
    publish(desk, 1)
    ids = {mail(desk, UPDATE, campaign) for campaign in ("case", "other")}

    granted = leave(desk)

    assert len(granted) == 1
    assert [row_of(desk, each).state for each in ids - granted] == ["queued"]


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "sending", "sent_at": None},
        {"state": "uncertain", "sent_at": None},
        {"state": "queued", "sent_at": None, "resent": True, "not_before": NOW + DAY},
    ],
    ids=["on its way", "in doubt", "in doubt and queued again"],
)
def test_a_mail_that_may_have_left_counts(desk, columns):
    """Better one mail less than one too many."""
    publish(desk, 1)
    sent(desk, UPDATE, "other", DAY, **columns)
    mail(desk, UPDATE)

    assert leave(desk) == set()


def test_what_reached_nobody_and_what_was_asked_for_does_not_count(desk):
    """Rehearsals, mails that ask to confirm, other people's, older than a week, refused and cancelled ones."""
    publish(desk, 1)
    desk.join("ben")
    sent(desk, UPDATE, "other", DAY, run=1)
    sent(desk, CONFIRM, "other", DAY)
    sent(desk, ALERT, "other", 7 * DAY)
    sent(desk, ALERT, "case", DAY, supporter_id=desk.id_of("ben"))
    for kind, state in ((UPDATE, "failed"), (REMINDER, "cancelled")):
        sent(desk, kind, "other", DAY, state=state, sent_at=None)
    update_id = mail(desk, UPDATE)

    assert leave(desk) == {update_id}


def test_two_senders_do_not_share_one_place(tmp_path, migrated_postgres_url):
    """The second waits for the first, though both ask at the same moment with connections of their own."""
    desk = open_desk(tmp_path, migrated_postgres_url)
    for turn in range(10):
        publish(desk, 1)
        with writing(desk.engine) as connection:
            connection.execute(delete(deliveries))
        for campaign in ("case", "other"):
            mail(desk, UPDATE, campaign)
        claimed = desk.claim()
        ready, granted = Barrier(2), []

        def ask(intent: Intent, ready: Barrier = ready, granted: list[int] = granted) -> None:
            ready.wait()
            granted.extend(desk.outbox.commit([intent], [], now=NOW))

        threads = [Thread(target=ask, args=(intent,)) for intent in intents(claimed)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(granted) == 1, turn


# --- the pause ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_pause_holds_every_mail_until_its_end(desk, kind):
    """Committed between claim and intent it is in force; a reminder then comes at its hour."""
    letter = mail(desk, kind, deadline=NOW + 9 * DAY)
    claimed = desk.claim()
    wish(desk, paused_until=NOW + 3 * DAY)

    assert desk.intend(claimed) == frozenset()
    again = NOW + 4 * DAY - HOUR if kind is REMINDER else NOW + 3 * DAY
    row = row_of(desk, letter)
    assert (row.state, row.not_before, row.attempts) == ("queued", again, 0)
    assert leave(desk, again) == {letter}


def test_what_would_come_too_late_after_a_pause_ends_at_its_deadline(desk):
    """It is claimed once more at that moment; composing tells that it is too late, and it expires."""
    letter = mail(desk, ALERT, deadline=NOW + DAY)
    wish(desk, paused_until=NOW + 30 * DAY)
    leave(desk)

    assert row_of(desk, letter).not_before == NOW + DAY
    assert [each.id for each in desk.claim(NOW + DAY)] == [letter]


def test_a_pause_that_is_over_holds_nothing(desk):
    """To the very moment."""
    wish(desk, paused_until=NOW)
    letter = mail(desk, ALERT)

    assert leave(desk) == {letter}


def test_a_pause_holds_a_letter_whose_intent_nobody_heard_of(desk):
    """The commit was made and its answer lost; asked again, nothing was written, and the pause is in force."""
    letter = mail(desk, ALERT)
    claimed = desk.claim()
    assert desk.intend(claimed) == {letter}
    wish(desk, paused_until=NOW + DAY)

    assert desk.intend(claimed) == frozenset()
    row = row_of(desk, letter)
    assert (row.state, row.not_before, row.attempts) == ("deferred", NOW + DAY, 0)


def test_stopping_a_campaign_ends_what_is_held(desk):
    """A pause keeps no letter alive that nobody wants to be sent."""
    letter = mail(desk, ALERT)
    wish(desk, paused_until=NOW + DAY)
    claimed = desk.claim()
    publish_status(desk, "case", "stopped")
    desk.intend(claimed)

    assert row_of(desk, letter).state == "cancelled"


# --- the mail that asks to confirm ----------------------------------------------------------------


def ask_to_confirm(work: Casework, name: str = "anna") -> None:
    """Let somebody have signed up today."""
    row = {"token_hash": name.encode(), "address_hash": b"a", "at": NOW, "key_id": 1, "sealed": b""}
    row |= {"supporter_id": work.id_of(name), "mailing": slot_of(work, CONFIRM, "case")}
    with writing(work.engine) as connection:
        connection.execute(insert(signups), [row])


@pytest.fixture
def asked(desk):
    """Newt, who is not confirmed and has signed up, and the mail that asks them."""
    desk.join("newt", terms=UNCONFIRMED)
    ask_to_confirm(desk, "newt")
    return desk, mail(desk, CONFIRM, supporter_id=desk.id_of("newt"))


def suppress(work: Casework, name: str, reason: str) -> None:
    """Bar somebody's address."""
    whose = select(supporters.c.address_hash).where(supporters.c.id == work.id_of(name)).scalar_subquery()
    with writing(work.engine) as connection:
        connection.execute(insert(suppressions).values(address_hash=whose, reason=reason, since=NOW))


@pytest.mark.parametrize(
    ("barred", "state"),
    [
        ("", "sent"),
        ("unsubscribed", "sent"),
        ("erased", "sent"),
        ("complaint", "suppressed"),
        ("bounced", "suppressed"),
    ],
)
def test_who_signed_up_is_asked_unless_they_complained_or_bounced(asked, barred, state):
    """Whatever their consent is; who left or was erased may come back by their own will."""
    desk, letter = asked
    if barred:
        suppress(desk, "newt", barred)
    leave(desk)

    assert row_of(desk, letter).state == state


def test_who_has_confirmed_is_not_asked_again(asked):
    """Once the sign-up is gone, the mail about it has nothing to say."""
    desk, letter = asked
    claimed = desk.claim()
    with writing(desk.engine) as connection:
        connection.execute(delete(signups))
    desk.intend(claimed)

    assert row_of(desk, letter).state == "cancelled"


def test_a_sign_up_brings_no_other_mail(asked):
    """Everything but the one mail needs confirmed consent."""
    desk, _ = asked
    others = [mail(desk, kind, supporter_id=desk.id_of("newt")) for kind in KINDS]
    leave(desk)

    assert {row_of(desk, each).state for each in others} == {"suppressed"}


def test_a_pause_does_not_keep_somebody_from_confirming(asked):
    """They have just asked for this mail."""
    desk, letter = asked
    wish(desk, "newt", paused_until=NOW + DAY)

    assert leave(desk) == {letter}


# --- "not this case" ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_who_declined_a_case_gets_nothing_more_of_it(desk, kind):
    """Of no kind, and everything of other cases."""
    own, other = mail(desk, kind), mail(desk, kind, "other")
    desk.decline("anna")

    assert leave(desk) == {other}
    assert row_of(desk, own).state == "cancelled"


# --- one law, told twice --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One desk for many examples."""
    return open_desk(tmp_path_factory.mktemp("shared"))


ages = st.sampled_from([timedelta(), HOUR, DAY, 6 * DAY, 7 * DAY - timedelta(microseconds=1), 7 * DAY, 8 * DAY])
pasts = st.dictionaries(
    st.tuples(st.sampled_from([UPDATE, REMINDER, ALERT, CONFIRM]), st.just("other")), ages, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from([UPDATE, REMINDER, ALERT]),
    past=pasts,
    waits=st.booleans(),
    caps=st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(1, 3)),
    pause=st.sampled_from([None, -HOUR, timedelta(), HOUR, 9 * DAY]),
)
def test_the_database_holds_exactly_what_the_rule_holds(shared, kind, past, waits, caps, pause):
    """The condition in the statement and the pure decision agree on every letter, and on when it is looked at again."""
    paused_until = None if pause is None else NOW + pause
    with writing(shared.engine) as connection:
        connection.execute(delete(deliveries))
    publish(shared, caps[0])
    wish(shared, max_per_week=caps[1], paused_until=paused_until)
    for (each, campaign), age in past.items():
        sent(shared, each, campaign, age)
    is_waiting = waits and (UPDATE, "other") not in past
    if is_waiting:
        mail(shared, UPDATE, "other", state="claimed", claim="another's", worker="two", lease_until=NOW + HOUR)
    own = mail(shared, kind)
    cap = min((each for each in caps if each is not None), default=None)
    left = tuple(NOW - age for (each, _), age in past.items() if each is not CONFIRM)

    until = held_until(kind, Week(cap, left, int(is_waiting)), paused_until, NOW)

    assert leave(shared) == (set() if until else {own})
    assert row_of(shared, own).not_before == (put_off(kind, NOW - HOUR, until, None) if until else NOW - HOUR)


# --- what it costs --------------------------------------------------------------------------------


def crowd(work: Casework, people: int) -> None:
    """Give so many people five mails each, of which four were sent."""
    rows = [
        {"mailing": 1 + kind, "supporter_id": 1000 + person, "rehearsal": False, "not_before": NOW}
        | {"state": "sent" if kind else "queued", "sent_at": NOW - DAY if kind else None}
        for person in range(people)
        for kind in range(5)
    ]
    with writing(work.engine) as connection:
        connection.execute(insert(deliveries), rows)


def plans(work: Casework, ask: str) -> list[str]:
    """Return how the database would carry out what grants an intent, step by step."""
    letter = mail(work, REMINDER)
    claimed = work.claim()
    seen: list[tuple[str, Any]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith("UPDATE deliveries") and "composed_at" in statement:
            seen.append((statement, parameters))

    event.listen(work.engine, "before_cursor_execute", note)
    assert letter in {each.id for each in claimed}
    work.outbox.commit([intent for intent in intents(claimed) if intent.delivery.id == letter], [], now=NOW)
    event.remove(work.engine, "before_cursor_execute", note)
    with work.engine.connect() as connection:
        return [
            " ".join(map(str, step))
            for statement, parameters in seen
            for step in connection.exec_driver_sql(f"{ask} {statement}", parameters)
        ]


def intents(claimed: Sequence[Any]) -> list[Intent]:
    """Return the intents of what was claimed."""
    return [Intent(each, NOW, 1, each.revision) for each in claimed]


def test_a_week_is_counted_by_the_reader_s_own_mails(desk):
    """Each intent reads its reader's few mails by their index, however long the list is."""
    publish(desk, 1)
    crowd(desk, 2_000)
    if desk.engine.dialect.name == "postgresql":
        with desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        steps = plans(desk, "EXPLAIN")
        scans = [step for step in steps if "Seq Scan on deliveries" in step]
    else:
        steps = plans(desk, "EXPLAIN QUERY PLAN")
        scans = [step for step in steps if "SCAN letter" in step or "SCAN deliveries" in step]

    assert scans == []
    counted = [step for step in steps if "letter" in step]
    assert counted
    assert any(
        "ix_deliveries_supporter_id" in step or "uq_deliveries" in step or "autoindex" in step for step in counted
    )
