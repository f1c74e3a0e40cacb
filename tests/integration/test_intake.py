"""What does the mailbox do to supporters and campaigns? Real mails, a real database, an inbox in memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, insert, select

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.mail_effects import Effects
from mailer.adapters.store.tables import (
    acted,
    campaigns,
    copies,
    deliveries,
    incoming,
    mailings,
    official_answers,
    reports,
    returned,
)
from mailer.core.bounce_rules import KEPT, Returned
from mailer.core.bounces import ReturnKind
from mailer.core.campaigns import CampaignId, Mailing, MailingId, MailingKind, Status
from mailer.core.counting import Spread
from mailer.core.enrolment import Applicant
from mailer.core.incoming import CameBack, Copied, Finding, Letter, Matter, Place, Reading
from mailer.core.supporters import Consent
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LocalText
from mailer.flows.retire import dismiss_reports
from mailer.flows.unusable import Unusable
from tests.casework import AFTER, ALERT, Casework, case, unwatch
from tests.databases import NOW, UNCONFIRMED, enter_all
from tests.mailroom import COPIES, COURT, Mailroom, complaint, forwarded, mail, moment, plain, report

OFFICE = "office@solidarity.example"
ANNA, BORIS = "anna@union.example", "boris@union.example"
CITY = Target(TargetId("city"), LocalText({"en": "City"}), email="mayor@city.example")


def update_on(day: float) -> Mailing:
    """Return an update that goes out so many days after the alert."""
    text = LocalText({"en": "News."})
    return Mailing(MailingId(f"day-{day:g}"), MailingKind.UPDATE, at=moment(day), text=text)


def open_room(tmp_path, url="", *, days=(), plus=True, **changes) -> Mailroom:
    """Return the mailroom of a launched case that counts copies; Anna and Boris have its alert and these updates."""
    work = Casework(tmp_path, page=100, url=url)
    work.join("anna", "boris", "clara", "dora")
    revision = case(ALERT, AFTER, *map(update_on, days), count_copies=True, **changes)
    organisation = replace(revision.organisation, copies_address=COPIES, plus_addresses=plus)
    revision = replace(revision, organisation=organisation)
    work.launch(revision)
    for day in (0, *days):
        work.run(moment(day))
    return Mailroom(work, revision)


@pytest.fixture
def room(request, tmp_path) -> Mailroom:
    """The mailroom of a case with an alert; over SQLite, unless a test asks for both."""
    is_server = getattr(request, "param", "") == "postgresql"
    return open_room(tmp_path, request.getfixturevalue("migrated_postgres_url") if is_server else "")


on_both = pytest.mark.parametrize("room", ["sqlite", "postgresql"], indirect=True)


def rows(room: Mailroom, table) -> int:
    """Return how many rows a table has."""
    with reading(room.work.engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def at_once(*works: Callable[[], object]) -> None:
    """Do several things at the same moment, each in a thread and transaction of its own."""
    barrier = Barrier(len(works))

    def begin(one: Callable[[], object]) -> object:
        barrier.wait(timeout=30)
        return one()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(begin, works))


def consent(room: Mailroom, name: str) -> Consent:
    """Return somebody's consent."""
    return room.work.people.standing(f"{name}@union.example").supporter.consent


# --- returned mails ---


@on_both
def test_a_dead_mailbox_is_barred_at_once_in_reply_to_the_very_letter(room):
    """5.1.1 to the signed address; nothing that is queued for them leaves, and `why` tells it."""
    room.work.tick(moment(3))

    assert room.matters(report(room.return_address("anna"), ANNA)) == [Matter.RETURNED]
    assert room.barred("anna") == "bounced"
    assert room.work.states(AFTER.id)["anna"] == "suppressed"
    assert room.work.incoming.returned("case") == {"alert": {"hard": 1}}
    traces = room.work.people.traces(room.work.id_of("anna"))
    assert [each.came_back for each in traces.deliveries if each.mailing_id == "alert"] == [("hard 5.1.1",)]
    assert room.inbox.folders[Place.PROCESSED] == ["1"]


def test_a_dead_address_to_which_a_reader_passes_mails_on_is_not_theirs(tmp_path):
    """Their own mailbox may well have kept the mail; only the second one bars."""
    room = open_room(tmp_path, days=(1,))
    to = room.return_address("anna")

    room.take(report(to, "anna@elsewhere.example", identifier=room.mail_id("anna", "alert")))
    assert room.barred("anna") == ""
    room.take(report(to, "anna@elsewhere.example", identifier=room.mail_id("anna", "day-1")))
    assert room.barred("anna") == "bounced"


def test_another_hard_bounce_bars_the_second_time(tmp_path, store_url):
    """Two reports of one mail are one; a report of the next mail, within 30 days, bars."""
    room = open_room(tmp_path, store_url, days=(1,))
    first, second = room.mail_id("anna", "alert"), room.mail_id("anna", "day-1")
    to = room.return_address("anna")

    room.take(*(report(to, ANNA, "5.1.2", identifier=first) for _ in range(3)))
    assert room.barred("anna") == ""
    room.take(report(to, ANNA, "5.1.2", identifier=second))
    assert room.barred("anna") == "bounced"
    assert room.work.incoming.returned("case") == {"alert": {"hard": 1}, "day-1": {"hard": 1}}


def test_a_mail_that_comes_back_after_31_days_is_the_first_again(tmp_path):
    """The two have to be of mails that were sent within 30 days."""
    room = open_room(tmp_path, days=(31,))
    to = room.return_address("anna")

    room.take(*(report(to, ANNA, "5.1.2", identifier=room.mail_id("anna", name)) for name in ("alert", "day-31")))

    assert room.barred("anna") == ""


def test_a_report_without_the_signed_address_is_proven_by_the_message_id(room):
    """It names the reader and a mail of ours that only they have; it bars the second time only."""
    named = report("campaigns@solidarity.example", ANNA, identifier=room.mail_id("anna"))

    assert room.matters(named) == [Matter.RETURNED]
    assert room.barred("anna") == ""
    assert room.work.incoming.returned("case") == {"alert": {"hard": 1}}


def test_three_soft_bounces_over_a_week_bar(tmp_path):
    """Of the last five; a mailbox that is full for days is not lost."""
    room = open_room(tmp_path, days=(3, 6, 8))
    to = room.return_address("anna")
    soft = [report(to, ANNA, "4.2.2", identifier=room.mail_id("anna", name)) for name in ("day-6", "day-3", "alert")]

    room.take(*soft)
    assert room.barred("anna") == ""
    room.take(report(to, ANNA, "4.2.2", identifier=room.mail_id("anna", "day-8")))
    assert room.barred("anna") == "bounced"


@pytest.mark.parametrize("status", ["5.7.1", "5.1.8"])
def test_what_is_about_us_never_bars(tmp_path, status):
    """However often; it is counted all the same."""
    room = open_room(tmp_path, days=(1, 2))
    to = room.return_address("anna")

    room.take(
        *(report(to, ANNA, status, identifier=room.mail_id("anna", name)) for name in ("alert", "day-1", "day-2"))
    )

    assert room.barred("anna") == ""
    assert sum(room.work.incoming.returned("case")["day-1"].values()) == 1


def test_words_never_bar(tmp_path):
    """A report that no standard knows, to the signed address, of mail after mail."""
    room = open_room(tmp_path, days=(1,))
    text = "Your message could not be delivered.\n\n<anna@union.example>: 550 user unknown\n"

    for identifier in (room.mail_id("anna"), room.mail_id("anna", "day-1")):
        fields = {
            "From": "MAILER-DAEMON@mx.union.example",
            "To": room.return_address("anna"),
            "In-Reply-To": identifier,
        }
        assert room.matters(mail(fields | {"Subject": "failure notice"}, text)) == [Matter.RETURNED]
    assert room.barred("anna") == ""


@on_both
def test_a_complaint_bars_at_once_though_its_address_is_redacted(room):
    """By the Message-ID and the link to leave of the mail that it carries; for good."""
    room.work.tick(moment(3))
    told = complaint("fbl@solidarity.example", room.mail_id("anna"), room.leaving_token("anna"))

    assert room.matters(told) == [Matter.COMPLAINT]
    assert room.barred("anna") == "complaint"
    assert room.work.states(AFTER.id)["anna"] == "suppressed"
    assert room.work.incoming.returned("case") == {"alert": {"complaint": 1}}


def test_what_strangers_typed_bars_nobody(room):
    """A mail that asked somebody to confirm comes back: the address may still be signed up by its owner."""
    work = room.work
    work.join("ed", terms=UNCONFIRMED)
    row = {"id": "~sign-up", "status": "ready", "file_status": "ready", "revision": 0}
    slot = {"campaign_id": "~sign-up", "mailing_id": "confirm-2026-11-20", "run": 0, "kind": "confirm", "due": NOW}
    letter = {"supporter_id": work.id_of("ed"), "state": "sent", "rehearsal": False, "not_before": NOW, "sent_at": NOW}
    unwatch(work.engine, "begins")
    with writing(work.engine) as connection:
        connection.execute(insert(campaigns).values(**row))
        number = connection.scalar(insert(mailings).values(**slot, revision=0).returning(mailings.c.id))
        connection.execute(insert(deliveries).values(**letter, mailing=number))
    address = "ed@union.example"

    assert room.matters(report(room.service_address("ed"), address)) == [Matter.RETURNED]
    assert room.barred("ed") == ""
    assert room.matters(complaint(room.service_address("ed"))) == [Matter.COMPLAINT]
    assert room.barred("ed") == "complaint"


def test_a_rehearsal_can_not_come_back(tmp_path):
    """Its mails reached nobody."""
    work = Casework(tmp_path, page=100)
    work.join("anna")
    revision = case(ALERT)
    work.launch(revision, rehearsal=True)
    work.run(rehearsal=True)
    room = Mailroom(work, revision)

    assert room.matters(report(room.return_address("anna"), ANNA)) == [Matter.UNPROVEN]
    assert room.barred("anna") == ""


# --- copies ---


def counted(room: Mailroom) -> tuple[dict[str, int], dict[str, int]]:
    """Return the copies, and what supporters say, by target."""
    return dict(room.work.answers.copies("case").by_target), dict(room.work.answers.counts("case"))


@on_both
def test_a_copy_is_counted_once_and_gone(room):
    """By target, country and day; it ends the reminders, and its words are nowhere."""
    room.work.tick(moment(3))
    copy = plain(ANNA, COURT, "Release A. Example", "I write to you", Delivered_To=room.copy_address("anna"))

    assert room.matters(copy, copy, copy) == [Matter.COPY] * 3
    day = NOW.date().isoformat()
    assert room.work.answers.copies("case") == Spread({"court": 1}, {"GB": 1}, {day: 1})
    assert room.inbox.folders[Place.GONE] == ["1", "2", "3"]
    assert room.work.states(AFTER.id)["anna"] == "cancelled"
    assert rows(room, acted) == 1


@pytest.mark.parametrize("order", ["copy first", "button first"])
def test_copies_and_what_people_say_are_never_mixed(room, order):
    """Whichever comes first: one of each."""
    copy = plain(ANNA, room.copy_address("anna"))

    def press() -> None:
        room.work.answers.record("case", room.work.token_of("anna"), "court", "page", NOW)

    if order == "copy first":
        room.take(copy)
        assert counted(room) == ({"court": 1}, {})
        press()
    else:
        press()
        room.take(copy)
    press()
    room.take(copy)

    assert counted(room) == ({"court": 1}, {"court": 1})


@on_both
def test_who_undoes_takes_back_their_own_word_only(room):
    """A copy that came stays counted, and nobody else's word is taken for it."""
    anna = room.work.token_of("anna")
    room.work.answers.record("case", room.work.token_of("boris"), "court", "page", NOW)
    room.take(plain(ANNA, room.copy_address("anna")))

    assert room.work.answers.undo("case", anna, "court")
    assert counted(room) == ({"court": 1}, {"court": 1})
    room.take(plain(ANNA, room.copy_address("anna")))
    assert counted(room) == ({"court": 1}, {"court": 1})


@pytest.mark.parametrize(
    ("change", "matter"),
    [
        ({"Auto-Submitted": "auto-replied"}, Matter.AUTOMATIC),
        ({"Return-Path": "<>"}, Matter.AUTOMATIC),
        ({"From": COURT}, Matter.ANSWER),
        ({"From": "clerk@justice.example"}, Matter.ANSWER),
    ],
)
def test_what_is_no_letter_is_no_copy(room, change, matter):
    """What a machine sends to that address, or the target itself."""
    fields = {"From": ANNA, "To": room.copy_address("anna"), "Subject": "Re: Release A. Example"}

    assert room.matters(mail(fields | change, "Received.")) == [matter]
    assert counted(room) == ({}, {})


def test_a_report_about_a_target_is_no_copy(room):
    """Of a mail system that answers to everybody who got the letter."""
    assert room.matters(report(room.copy_address("anna"), COURT)) == [Matter.UNPROVEN]
    assert counted(room) == ({}, {})


def test_a_copy_of_a_campaign_that_is_closed_goes_and_counts_nothing(room):
    """Who wrote is forgotten by then: it would be counted again."""
    room.work.campaigns.set_status("case", Status.CLOSED, now=NOW)

    assert room.matters(plain(ANNA, room.copy_address("anna"))) == [Matter.COPY]
    assert counted(room) == ({}, {})
    assert room.inbox.folders[Place.GONE] == ["1"]


def test_a_copy_of_who_is_erased_counts_nothing(room):
    """Their token is still ours; there is nobody to count."""
    address = room.copy_address("anna")
    room.work.people.erase(ANNA, now=NOW)

    assert room.matters(plain(ANNA, address)) == [Matter.COPY]
    assert counted(room) == ({}, {})


def test_without_plus_addresses_a_supporters_own_address_counts(tmp_path, store_url):
    """To each target that the letter names; a stranger's is left for people, and so is a letter to nobody listed."""
    targets = (*case().campaign.targets, CITY)
    room = open_room(tmp_path, plus=False, targets=targets)
    letter = plain("Anna <Anna@union.example>", f"{COURT}, mayor@city.example", Delivered_To=COPIES)

    assert room.matters(letter, letter) == [Matter.COPY] * 2
    assert room.matters(plain("stranger@x.example", COURT, Delivered_To=COPIES)) == [Matter.REPLY]
    assert room.matters(plain(ANNA, COPIES)) == [Matter.REPLY]
    assert room.matters(plain(ANNA, COURT, Cc=OFFICE)) == [Matter.REPLY]
    assert counted(room) == ({"city": 1, "court": 1}, {})


def test_who_writes_to_us_openly_is_left_for_people(tmp_path):
    """With the office in the same line: a copy is blind, and what people are to read is not deleted."""
    room = open_room(tmp_path, plus=False)

    for line in ({"to": f"{COURT}, Copies <{COPIES}>"}, {"to": COURT, "Cc": COPIES.upper()}):
        assert room.matters(plain(ANNA, **line, Delivered_To=COPIES)) == [Matter.REPLY]
    assert counted(room) == ({}, {})


def test_where_plus_addresses_work_nobodys_bare_word_counts(room):
    """A sender can be forged, a token cannot."""
    assert room.matters(plain(ANNA, COURT, Delivered_To=COPIES)) == [Matter.REPLY]
    assert counted(room) == ({}, {})


# --- dead targets ---


@on_both
@pytest.mark.parametrize("shape", ["attached", "inline"])
def test_a_forwarded_report_takes_a_targets_address_out(room, shape):
    """At once, from that moment; an organiser who finds it wrong puts it back."""
    inner = report(ANNA, COURT)
    inline = plain(ANNA, OFFICE, "Fwd: Undelivered Mail", f"----\n<{COURT}>: 550 5.1.1 user unknown\n")
    room.now = moment(1)

    assert room.matters(forwarded(ANNA, inner) if shape == "attached" else inline) == [Matter.DEAD_TARGET]
    assert room.work.answers.dead_since("case") == {COURT: moment(1)}
    assert Unusable(room.work.answers).at("case", moment(1)).values == {COURT}
    assert Unusable(room.work.answers).at("case", moment(0)).values == frozenset()
    (told,) = room.work.answers.reported("case")
    assert (told.target, told.supporters, told.is_dead) == ("court", 1, True)
    assert dismiss_reports("case", "court", store=room.work.answers, campaigns=room.work.campaigns) == 1
    assert room.work.answers.dead_since("case") == {}


@on_both
def test_only_a_supporters_report_for_good_about_a_listed_address_counts(room):
    """A stranger's, one about somebody else, a full mailbox, and one that the target's server sends itself do not."""
    full = forwarded(ANNA, report(ANNA, COURT, "5.2.2"))
    late = forwarded(ANNA, report(ANNA, COURT, "4.4.7", action="delayed"))
    other = forwarded(ANNA, report(ANNA, "clerk@justice.example"))

    told = plain(ANNA, OFFICE, "A question", f"What now? <{COURT}>: 550 5.1.1 user unknown")

    room.take(forwarded("stranger@x.example", report(ANNA, COURT)), full, late, other, told, report(COPIES, COURT))

    assert rows(room, reports) == 0


# --- people ---


@on_both
def test_a_persons_mail_stays_and_is_read_once(room):
    """`inbox list` counts it until somebody takes it away."""
    room.take(plain("somebody@x.example", OFFICE, "A question"), plain(ANNA, OFFICE, "Another"))
    room.take()

    assert room.inbox.fetched == ["1", "2"]
    assert list(room.inbox.mails) == ["1", "2"]
    assert [(each.matter, each.came, each.wait) for each in room.work.incoming.waiting()] == [(Matter.REPLY, 2, 2)]
    del room.inbox.mails["1"]
    assert room.take().left == 1
    assert [each.wait for each in room.work.incoming.waiting()] == [1]


@on_both
def test_an_officials_answer_is_kept_for_people_and_sealed(room):
    """Where it is of, from whom and about what; twice the same is one, and none of it is readable in the database."""
    answer = plain("Clerk <clerk@justice.example>", OFFICE, "Re: Canary of the court", "We received your letter.")
    room.take(answer, answer)

    (kept,) = room.work.incoming.answers("case")
    assert (kept.campaign_id, kept.target, kept.at) == ("case", "court", NOW)
    assert (kept.sender, kept.subject) == ("clerk@justice.example", "Re: Canary of the court")
    assert room.work.incoming.answers("other") == ()
    assert room.inbox.folders[Place.ANSWERS] == ["1", "2"]
    with reading(room.work.engine) as connection:
        stored = connection.execute(select(official_answers)).all()
    assert b"clerk" not in stored[0].sealed
    assert b"Canary" not in stored[0].sealed


def test_a_supporter_who_works_there_is_no_official(room):
    """Their letter's copy counts, and what else they write is a person's mail."""
    enter_all(room.work.people, Applicant("employee@justice.example", name="employee", country="GB"))

    assert room.matters(plain("employee@justice.example", OFFICE)) == [Matter.REPLY]
    assert room.matters(plain("employee@justice.example", room.copy_address("anna"))) == [Matter.COPY]


@pytest.mark.parametrize(
    ("word", "after"),
    [("STOP", Consent.UNSUBSCRIBED), ("not this case", Consent.CONFIRMED), ("sent", Consent.CONFIRMED)],
)
def test_a_reply_to_our_mail_is_a_command(room, word, after):
    """Proven by the Message-ID that it answers; what it is about is that mail's campaign."""
    reply = plain(ANNA, OFFICE, "Re: Free A. Example", f"{word}\n\n> Dear Anna", In_Reply_To=room.mail_id("anna"))

    assert room.matters(reply) == [Matter.COMMAND]
    assert consent(room, "anna") == after
    assert room.work.answers.answers_of("case", room.work.token_of("anna")).declined == (word == "not this case")
    assert counted(room) == ({}, {"court": 1} if word == "sent" else {})


def test_the_token_of_the_mails_field_leaves_whoever_sends_it(room):
    """A robot that presses the button is obeyed; the token can do nothing else."""
    leaving = plain("robot@provider.example", OFFICE, f"unsubscribe {room.leaving_token('anna')}", "")
    robot = plain(
        "robot@provider.example",
        OFFICE,
        f"unsubscribe {room.leaving_token('boris')}",
        "",
        Auto_Submitted="auto-generated",
    )

    assert room.matters(leaving, robot) == [Matter.COMMAND] * 2
    assert consent(room, "anna") == consent(room, "boris") == Consent.UNSUBSCRIBED


def test_a_senders_address_alone_commands_nothing(room):
    """They are told how; who answers somebody else's mail proves nothing either."""
    bare = plain(ANNA, OFFICE, "stop")
    borrowed = plain(ANNA, OFFICE, "stop", In_Reply_To=room.mail_id("boris"))

    assert room.matters(bare, borrowed) == [Matter.ASKED] * 2
    assert room.matters(plain("stranger@x.example", OFFICE, "stop")) == [Matter.REPLY]
    assert consent(room, "anna") == Consent.CONFIRMED


def test_our_own_mail_in_a_loop_is_put_aside(room):
    """It is answered by nobody, and no command stands in it."""
    loop = plain("campaigns@solidarity.example", ANNA, "stop", Message_ID=room.mail_id("anna"))

    assert room.matters(loop) == [Matter.OURS]


def test_who_has_left_is_no_supporter_whose_word_counts(tmp_path):
    """Nor is who never confirmed: no report, no copy, and nobody tells them how to command."""
    room = open_room(tmp_path, plus=False)
    room.work.join("ed", terms=UNCONFIRMED)
    room.work.people.unsubscribe(ANNA)

    for sender in (ANNA, "ed@union.example"):
        letter = plain(sender, COURT, Delivered_To=COPIES)
        passed_on = forwarded(sender, report(sender, COURT))
        assert room.matters(letter, passed_on, plain(sender, OFFICE, "stop")) == [Matter.REPLY] * 3
    assert [rows(room, table) for table in (copies, reports)] == [0, 0]


# --- several at once ---


@on_both
def test_the_same_copy_by_many_readers_at_once_is_one(room):
    """Under identifiers of their own, as if the mailbox had been copied."""
    finding = Finding(Matter.COPY, Place.GONE, Copied(room.work.token_of("anna"), (Letter("case", "court"),)))
    keep = partial(room.work.incoming.keep, "copied", now=NOW)

    at_once(*(partial(keep, found={str(number): finding}) for number in range(6)))

    assert counted(room) == ({"court": 1}, {})


@on_both
def test_two_bounces_at_once_bar(room):
    """Of whom each is the other's second: one of the two sees both."""
    reader = room.work.incoming.by_public_id(room.work.token_of("anna"))
    row = room.work.rows()[0].mailing
    with writing(room.work.engine) as connection:
        slot = {"campaign_id": "case", "mailing_id": "news", "run": 0, "kind": "update", "due": NOW, "revision": 1}
        other = connection.scalar(insert(mailings).values(**slot).returning(mailings.c.id))

    first, second = (
        CameBack(reader.id, Returned("case", mailing, NOW, ReturnKind.HARD, "5.1.2")) for mailing in (row, other)
    )

    finding = Finding(Matter.RETURNED, Place.PROCESSED, second)
    late = Thread(target=room.work.incoming.keep, args=("copied", {"2": finding}, NOW))
    with writing(room.work.engine) as connection:
        Effects(room.work.vault, rehearsal=False, now=NOW).apply(first, connection)
        late.start()
        late.join(0.3)  # it has to wait for the first; if it does not, it is done by now and saw one alone
    late.join()

    assert room.barred("anna") == "bounced"


# --- forged mails ---


@on_both
def test_forged_mails_change_nothing(room):
    """Reports, complaints, copies and commands that prove nothing leave everybody and every count as they were."""
    to = [f"bounces+{'a' * 40}@solidarity.example", "bounces@solidarity.example", COPIES]
    forged = [report(address, ANNA, status) for address in to for status in ("5.1.1", "4.2.2", "5.2.1")]
    forged += [report("bounces@solidarity.example", ANNA, identifier=room.mail_id("boris"))]
    forged += [complaint(address, room.mail_id("anna")) for address in to]
    forged += [complaint(to[1], leaving="A" * 34), plain(ANNA, f"copies+{'b' * 40}@solidarity.example")]
    forged += [plain(ANNA, OFFICE, f"unsubscribe {'C' * 34}"), plain(ANNA, OFFICE, "sent", In_Reply_To="<0@x.example>")]

    room.take(*forged)

    assert [room.barred(name) for name in ("anna", "boris")] == ["", ""]
    assert [consent(room, name) for name in ("anna", "boris")] == [Consent.CONFIRMED] * 2
    assert [rows(room, table) for table in (returned, copies, acted, reports)] == [0] * 4


# --- what is kept ---


@on_both
def test_what_is_kept_of_a_supporter_goes_with_them(room):
    """Erased: what came back, and their copies; counts stay, and name nobody."""
    room.take(report(room.return_address("anna"), ANNA, "4.2.2"), plain(ANNA, room.copy_address("anna")))
    assert (rows(room, returned), rows(room, copies)) == (1, 1)

    room.work.people.erase(ANNA, now=NOW)

    assert (rows(room, returned), rows(room, copies)) == (0, 0)
    assert counted(room)[0] == {"court": 1}


@on_both
def test_what_decides_about_nothing_is_forgotten(room):
    """Events of moved mails after 30 days, what came back and officials' answers after 400; what waits, never."""
    room.take(
        report(room.return_address("anna"), ANNA, "4.2.2"),
        plain("clerk@justice.example", OFFICE),
        plain("somebody@x.example", OFFICE),
    )
    tables = (incoming, returned, official_answers)

    room.work.incoming.forget(NOW + timedelta(days=30))
    assert [rows(room, table) for table in tables] == [3, 1, 1]
    room.work.incoming.forget(NOW + timedelta(days=31))
    assert [rows(room, table) for table in tables] == [1, 1, 1]
    room.work.incoming.forget(NOW + KEPT + timedelta(seconds=1))
    assert [rows(room, table) for table in tables] == [1, 0, 0]


@on_both
def test_when_the_mailbox_was_read_is_told(room):
    """And why it was not; the last time that it was stays."""
    store = room.work.incoming
    assert store.last_reading() == Reading()
    store.note_reading(NOW)
    store.note_reading(moment(1), trouble="no connection")
    assert store.last_reading() == Reading(NOW, moment(1), "no connection")
    store.note_reading(moment(2))
    assert store.last_reading() == Reading(moment(2), moment(2), "")


def test_two_campaigns_keep_their_copies_apart(room):
    """A token counts for the campaign that it was made for."""
    other = case(ALERT, id=CampaignId("other"), count_copies=True)
    room.work.campaigns.publish(replace(other, organisation=room.revision.organisation), now=NOW)
    room.work.campaigns.approve("other", rehearsal=False, now=NOW, hold_until=NOW)

    room.take(plain(ANNA, room.copy_address("anna")))

    assert room.work.answers.copies("other").by_target == {}
    assert counted(room)[0] == {"court": 1}
