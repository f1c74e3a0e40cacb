"""Does the store of sign-ups keep its promises on every database? From the form to the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mailer.adapters.store import leaving
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import buckets, newcomers, signups, supporters
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import DeliveryId
from mailer.core.shares import URGENT
from mailer.core.signups import CONFIRM_WITHIN, MAIL_LASTS, NETWORK_BURST, SERVICE, WINDOW, Confirmation
from mailer.core.supporters import Consent, SafetyLevel, SuppressionReason
from mailer.errors import LinkError
from mailer.flows.enrol import Filter
from mailer.flows.signup import Admitted
from tests.databases import NOW, TODAY, UNCONFIRMED
from tests.signing import AGREED, SignUpDesk, arrival, link, sign_up

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def desk(tmp_path: Path, store_url: str) -> SignUpDesk:
    """A new database where people can sign up."""
    return SignUpDesk(tmp_path, url=store_url)


def test_who_confirms_is_a_supporter_with_all_they_told(desk):
    """Name, language, country, town, organisation and tags are theirs; the statement is what the page showed."""
    desk.joined("anna", country="DE", language="de", city="Bonn", organisation="Union", tags=("nurses",))

    standing = desk.people.standing("anna@union.example")
    person = standing.supporter.person
    assert (standing.supporter.consent, standing.supporter.country, standing.supporter.language) == (
        Consent.CONFIRMED,
        "DE",
        "de",
    )
    assert (person.name, person.city, person.organisation, person.tags) == ("anna", "Bonn", "Union", ("nurses",))
    assert person.safety is SafetyLevel.FULL
    assert (standing.statement.text, standing.statement.day, standing.statement.source) == (
        AGREED,
        TODAY,
        "sign-up page (en)",
    )
    assert [each.person.name for each in desk.people.walk(Filter(tag="nurses"))] == ["anna"]


def test_signing_up_alone_makes_nobody_a_supporter(desk):
    """Before the next tick nothing is known of them, then an address that waits; nobody is in an audience."""
    desk.take(sign_up("anna"))
    assert desk.consent("anna") is None

    desk.admit()
    desk.launch()

    assert desk.consent("anna") is Consent.UNCONFIRMED
    assert desk.people.standing("anna@union.example").supporter.person.name == ""
    assert desk.people.standing("anna@union.example").statement is None
    desk.tick()
    assert desk.rows("alert") == []


def test_a_confirmation_is_a_delivery_of_the_day(desk):
    """It is in the outbox like every other one: urgent, real, due at once, and too late after two days."""
    desk.asked("anna")

    (row,) = desk.confirmations()
    (mailing,) = desk.campaigns.mailings(SERVICE)
    assert (row.mailing_id, row.run, row.state, row.rehearsal) == ("confirm-2026-11-20", 0, "queued", False)
    assert (row.not_before, row.deadline) == (NOW, NOW + MAIL_LASTS)
    assert (mailing.kind, mailing.planned, mailing.paused) == (MailingKind.CONFIRM, True, False)
    (claimed,) = desk.claim()
    assert (claimed.supporter_id, claimed.mailing_id) == (row.supporter_id, "confirm-2026-11-20")


def test_the_service_is_no_campaign(desk):
    """It may send, and nothing that lists campaigns, plans or fills them sees it."""
    desk.asked("anna")

    record = desk.campaigns.find(SERVICE)
    assert (record.status, record.file_status, record.approvals) == (Status.READY, Status.READY, 1)
    assert record.is_running
    assert desk.campaigns.all() == ()
    assert URGENT == 0


def test_without_a_published_mail_sign_ups_wait(tmp_path, store_url):
    """They are taken all the same, and asked as soon as there is a mail."""
    desk = SignUpDesk(tmp_path, url=store_url, published=False)
    desk.take(sign_up("anna"))

    assert desk.admit().asked == 0
    desk.publish_service()

    assert (desk.admit().asked, desk.admit().asked) == (1, 0)


def test_the_mail_finds_the_sign_up_that_it_asks_to_confirm(desk):
    """The sender derives the link from the sign-up's own id; one that was used or deleted is not found."""
    anna, boris = desk.asked("anna"), desk.asked("boris")
    first, second = (DeliveryId(row.id) for row in desk.confirmations())

    assert desk.store.public_ids([first, second]) == {first: anna.public_id, second: boris.public_id}
    desk.answer(anna)
    assert desk.store.public_ids([first, second]) == {second: boris.public_id}
    assert desk.store.public_ids([]) == {}


def test_a_link_works_once(desk):
    """The second answer changes nothing, and says that it is not valid; looking at the page uses nothing up."""
    anna = desk.asked("anna")
    for _ in range(3):
        assert desk.flow.find(link(anna), now=NOW).applicant == anna.applicant

    assert desk.answer(anna) is Confirmation.CONFIRMED
    desk.people.unsubscribe("anna@union.example")
    assert desk.answer(anna) is Confirmation.NOT_VALID

    assert desk.flow.find(link(anna), now=NOW) is None
    assert (desk.consent("anna"), desk.waiting()) == (Consent.UNSUBSCRIBED, 0)


@pytest.mark.parametrize(("age", "outcome"), [(-MOMENT, "confirmed"), (timedelta(0), "not valid")])
def test_a_link_counts_for_seven_days(desk, age, outcome):
    """Counted from when its mail was queued, however long that took."""
    anna = sign_up("anna")
    desk.take(anna, now=NOW - 2 * DAY)
    desk.admit(NOW)

    assert desk.answer(anna, NOW + CONFIRM_WITHIN + age) == outcome


def test_a_link_that_is_not_ours_is_refused(desk):
    """A token of another sign-up's id, purpose or key changes nothing."""
    anna = desk.asked("anna")
    cut = link(anna)[:-1] + ("A" if link(anna)[-1] != "A" else "Q")

    for forged in (cut, "", "x" * 34):
        with pytest.raises(LinkError):
            desk.flow.confirm(forged, now=NOW)
        with pytest.raises(LinkError):
            desk.flow.find(forged, now=NOW)
    assert desk.answer(sign_up("boris")) is Confirmation.NOT_VALID
    assert desk.consent("anna") is Consent.UNCONFIRMED


def test_one_address_gets_one_mail_a_day_and_three_in_thirty_days(desk):
    """Whoever types it in, from wherever; what is dropped is gone from the database."""
    counts = []
    for day in range(40):
        now = NOW + day * DAY
        desk.take(*(sign_up("anna", name=f"text {n}") for n in range(5)), now=now)
        counts.append(desk.admit(now).asked)

    assert counts == [1, 1, 1, *([0] * 27), 1, 1, 1, *([0] * 7)]
    assert len({row.supporter_id for row in desk.confirmations()}) == 1
    assert desk.waiting() == 6


def test_an_address_that_confirmed_is_not_asked_again_on_that_day(desk):
    """The limit outlives the sign-up: an answer opens no way to a second mail."""
    desk.joined("anna")
    desk.take(sign_up("anna"))

    assert desk.admit() == Admitted(dropped=1, pages=1)
    assert desk.admit(NOW + DAY).asked == 0  # nothing waits any more


def test_a_sign_up_changes_nothing_of_a_member(desk):
    """Whoever types in a member's address changes neither name nor tags nor consent, and tells nobody of them."""
    desk.join("anna", city="Leeds", tags=("nurses",))
    before = desk.people.standing("anna@union.example")

    desk.asked("anna", name="Somebody Else", country="RU", language="ru")

    assert desk.people.standing("anna@union.example") == replace(before, signed_up_at=NOW)


def test_a_sign_up_that_waits_is_known_to_who_asks_why(desk):
    """Since when is told of a stranger and of a member, until they answer."""
    desk.join("boris")
    anna = sign_up("anna")
    desk.take(anna, sign_up("boris"))

    assert desk.people.standing("anna@union.example").signed_up_at == NOW
    assert desk.people.standing("boris@union.example").signed_up_at == NOW
    desk.admit()
    desk.answer(anna)
    assert desk.people.standing("anna@union.example").signed_up_at is None


def test_several_sign_ups_of_one_address_end_with_the_first_answer(desk):
    """Two mails of two days hold two links; one of them, and the other is over."""
    first = desk.asked("anna", city="Leeds")
    second = desk.asked("anna", NOW + DAY, city="York")

    assert desk.answer(second, NOW + DAY) is Confirmation.CONFIRMED
    assert desk.answer(first, NOW + DAY) is Confirmation.NOT_VALID
    assert desk.people.standing("anna@union.example").supporter.person.city == "York"


@pytest.mark.parametrize("way", ["unsubscribed", "erased"])
def test_a_confirmed_sign_up_brings_back_who_left(desk, way):
    """Who unsubscribed or was erased, and answers the mail, is written to again."""
    desk.join("anna")
    desk.launch()
    if way == "erased":
        desk.people.erase("anna@union.example", now=NOW)
    else:
        desk.people.unsubscribe("anna@union.example")

    desk.joined("anna")

    standing = desk.people.standing("anna@union.example")
    assert (standing.supporter.consent, standing.suppression) == (Consent.CONFIRMED, None)
    assert standing.statement.text == AGREED
    desk.tick()
    assert desk.queued("alert") == ["anna"]


@pytest.mark.parametrize("reason", [SuppressionReason.COMPLAINT, SuppressionReason.BOUNCED])
def test_a_complaint_or_a_bounce_is_never_asked_and_never_lifted(desk, reason):
    """Neither before the mail nor between the mail and the answer."""
    asked = desk.asked("boris")
    _bar(desk, "boris", reason)
    _bar(desk, "anna", reason)
    desk.take(sign_up("anna"))

    assert desk.admit() == Admitted(dropped=1, pages=1)
    assert desk.answer(asked) is Confirmation.NOT_VALID
    assert desk.flow.find(link(asked), now=NOW) is None
    assert desk.people.standing("boris@union.example").suppression.reason is reason


def _bar(desk, name, reason):
    """Bar an address as a complaint or a bounce would."""
    with writing(desk.engine) as connection:
        leaving.suppress(connection, desk.vault.hash_address(f"{name}@union.example"), reason, NOW)


def test_a_complaint_that_comes_after_an_erasure_counts(desk):
    """The graver reason takes the place of the one that a sign-up could lift, and never the other way round."""
    desk.people.erase("anna@union.example", now=NOW)
    _bar(desk, "anna", SuppressionReason.COMPLAINT)
    _bar(desk, "anna", SuppressionReason.BOUNCED)
    desk.people.erase("anna@union.example", now=NOW)

    assert desk.people.standing("anna@union.example").suppression.reason is SuppressionReason.COMPLAINT


def test_an_erasure_takes_sign_ups_along(desk):
    """What waits, asked or not, is gone with the address, and its link is worth nothing."""
    anna = desk.asked("anna")
    desk.take(sign_up("anna"), now=NOW + DAY)

    desk.people.erase("anna@union.example", now=NOW + DAY)

    assert (desk.waiting(), desk.admit(NOW + DAY).asked) == (0, 0)
    assert desk.answer(anna, NOW + DAY) is Confirmation.NOT_VALID
    assert desk.consent("anna") is None


def test_who_confirms_comes_into_every_open_alert(desk):
    """The alert went out before they joined; they get it too."""
    desk.join("boris")
    desk.launch()
    desk.tick()

    desk.joined("anna")
    desk.tick()

    assert desk.queued("alert") == ["anna", "boris"]
    with reading(desk.engine) as connection:
        assert connection.execute(select(newcomers)).all() == []


def test_a_sign_up_that_was_only_rehearsed_is_asked_for_real(desk):
    """Who signed up while letters became files gets their mail once there is a relay."""
    anna = sign_up("anna")
    desk.take(anna)

    assert (desk.admit(rehearsal=True).asked, desk.admit(rehearsal=True).asked) == (1, 0)
    assert (desk.admit(NOW + DAY).asked, desk.admit(NOW + DAY).asked) == (1, 0)

    assert [(row.run, row.rehearsal) for row in desk.confirmations()] == [(1, True), (0, False)]
    assert desk.answer(anna, NOW + DAY) is Confirmation.CONFIRMED


def test_a_network_has_its_hour(desk):
    """A meeting may sign up at once; what comes beyond it is refused, and nobody else's is."""
    crowd = [arrival(sign_up(f"p{n}"), network="192.0.2.0/24") for n in range(NETWORK_BURST + 5)]
    other = arrival(sign_up("other"), network="198.51.100.0/24")

    taken = desk.flow.take_all([*crowd[:10], other, *crowd[10:]])

    assert (taken[10], sum(taken)) == (True, NETWORK_BURST + 1)
    assert desk.waiting() == NETWORK_BURST + 1
    assert desk.flow.take_all([arrival(sign_up("late"), NOW, "192.0.2.0/24")]) == [False]


def test_a_network_gets_sixty_in_any_hour(desk):
    """Measured over six hours of a machine that never stops."""
    taken = []
    for minute in range(360):
        now = NOW + timedelta(minutes=minute)
        come = [arrival(sign_up(f"{minute}-{n}"), now, "192.0.2.0/24") for n in range(3)]
        taken += [minute] * sum(desk.flow.take_all(come))

    most = max(sum(first <= minute < first + 60 for minute in taken) for first in range(360))
    assert 50 <= most <= 60
    assert len(taken) >= 6 * 30


def test_no_sign_ups_are_no_work(desk):
    """An empty batch writes nothing."""
    assert list(desk.flow.take_all([])) == []
    assert not desk.store.has_waiting(rehearsal=False)


def test_the_same_batch_again_changes_nothing(desk):
    """A batch whose commit nobody heard of may be sent once more."""
    batch = [arrival(sign_up("anna")), arrival(sign_up("boris"))]

    desk.flow.take_all(batch)
    desk.flow.take_all(batch)

    assert desk.waiting() == 2


def test_the_breaker_holds_what_is_too_much_until_somebody_resumes(tmp_path, store_url):
    """Two an hour: the third trips it, and neither a new day nor a new hour frees it, but a person does."""
    desk = SignUpDesk(tmp_path, url=store_url, per_hour=2)
    desk.take(*(sign_up(f"p{n}") for n in range(6)))

    outcome = desk.admit()
    assert (outcome.asked, "more than 2 people" in outcome.tripped) == (2, True)
    (mailing,) = desk.campaigns.mailings(SERVICE, run=0)
    assert (mailing.paused, mailing.reason) == (True, outcome.tripped)
    assert desk.claim() == ()

    assert (desk.admit().pages, desk.admit(NOW + DAY).pages) == (0, 0)
    assert desk.store.resume(now=NOW + DAY)
    assert len(desk.claim(NOW + DAY)) == 2


@pytest.mark.parametrize("after", [timedelta(minutes=10), timedelta(hours=10), DAY])
def test_a_person_lets_all_go_on_that_waited_and_the_hour_counts_anew(tmp_path, store_url, after):
    """Whoever resumes has looked at what there was: it does not trip the breaker again, what comes later may."""
    desk = SignUpDesk(tmp_path, url=store_url, per_hour=2)
    desk.take(*(sign_up(f"p{n}") for n in range(9)))
    desk.admit()
    then = NOW + after

    desk.store.resume(now=then)
    desk.take(*(sign_up(f"later{n}") for n in range(2)), now=then + MINUTE)
    assert (desk.admit(then + MINUTE).tripped, desk.waiting()) == ("", 11)
    assert len(desk.claim(then + MINUTE)) == 11

    desk.take(sign_up("third"), now=then + 2 * MINUTE)
    assert desk.admit(then + 2 * MINUTE).tripped
    desk.take(sign_up("p1"), now=then + 2 * DAY)
    desk.store.resume(now=then + 2 * DAY)
    assert desk.admit(then + 2 * DAY).asked == 2


def test_the_breaker_counts_an_hour(tmp_path, store_url):
    """Two an hour for ever are no reason to hold anything."""
    desk = SignUpDesk(tmp_path, url=store_url, per_hour=2)

    for hour in range(5):
        now = NOW + hour * timedelta(hours=1)
        desk.take(*(sign_up(f"p{hour}-{n}") for n in range(2)), now=now)
        assert (desk.admit(now).asked, desk.admit(now).tripped) == (2, "")


def test_dropped_sign_ups_do_not_trip_the_breaker(tmp_path, store_url):
    """A machine that types in one address ten thousand times stops nobody else's sign-up."""
    desk = SignUpDesk(tmp_path, url=store_url, per_hour=2)
    desk.take(*(sign_up("anna") for _ in range(500)), sign_up("boris"))

    outcome = desk.admit()

    assert (outcome.asked, outcome.dropped, outcome.tripped) == (2, 499, "")
    assert outcome.pages == 3


def test_resuming_what_was_never_published_tells_so(tmp_path, store_url):
    """There is nothing to resume."""
    assert not SignUpDesk(tmp_path, url=store_url, published=False).store.resume(now=NOW)


def test_what_was_not_confirmed_goes(desk):
    """Sign-ups go after seven days, the address of a stranger thirty days after its last mail."""
    desk.asked("anna")
    desk.flow.expire(now=NOW + CONFIRM_WITHIN - MOMENT)
    assert (desk.waiting(), desk.consent("anna")) == (1, Consent.UNCONFIRMED)

    assert desk.flow.expire(now=NOW + CONFIRM_WITHIN) == 1
    assert (desk.waiting(), desk.consent("anna")) == (0, Consent.UNCONFIRMED)
    assert desk.flow.expire(now=NOW + WINDOW + DAY) == 0
    assert desk.flow.expire(now=NOW + WINDOW + MAIL_LASTS) == 1

    assert desk.consent("anna") is None


def test_nobody_else_is_deleted(desk):
    """Members, who left, whom a file calls unconfirmed, and who signed up lately, all stay."""
    desk.join("member", "left")
    desk.join("file", terms=UNCONFIRMED)
    desk.people.unsubscribe("left@union.example")
    for name in ("member", "left", "file"):
        desk.asked(name)
    desk.asked("late", NOW + 40 * DAY)

    desk.flow.expire(now=NOW + 41 * DAY)

    found = [desk.consent(name) for name in ("member", "left", "file", "late")]
    assert found == [Consent.CONFIRMED, Consent.UNSUBSCRIBED, Consent.UNCONFIRMED, Consent.UNCONFIRMED]
    assert desk.waiting() == 1


def test_who_waits_for_an_answer_keeps_their_row(desk):
    """Somebody who signed up anew after thirty days is not deleted under their mail."""
    desk.asked("anna")
    desk.take(sign_up("anna"), now=NOW + 40 * DAY)

    desk.flow.expire(now=NOW + 40 * DAY)

    assert desk.consent("anna") is Consent.UNCONFIRMED
    assert desk.admit(NOW + 40 * DAY).asked == 1


def test_networks_are_forgotten_after_a_day(desk):
    """Nothing of where people came from stays, keyed or not; other limits do."""
    desk.take(sign_up("anna"))
    desk.flow.expire(now=NOW + DAY)
    with reading(desk.engine) as connection:
        assert len(connection.execute(select(buckets)).all()) == 1

    desk.flow.expire(now=NOW + DAY + MOMENT)

    with reading(desk.engine) as connection:
        assert connection.execute(select(buckets)).all() == []


def test_a_tick_cleans_up_once_an_hour(desk):
    """The scan over all supporters is not made every five seconds."""
    seen = []
    desk.store.expire = lambda *, now: seen.append(now)
    moments = [NOW, NOW + timedelta(minutes=59), NOW + timedelta(minutes=60), NOW - timedelta(days=1)]

    for moment in moments:
        desk.flow.tick(rehearsal=False, now=moment)

    assert seen == [moments[0], moments[2], moments[3]]


def test_what_was_typed_is_in_no_clear_column(desk):
    """Neither in the sign-up nor in the row of a stranger; the link's own id is nowhere."""
    anna = desk.asked("anna", city="Canarytown", organisation="Canary Union", tags=("canary-tag",))

    with reading(desk.engine) as connection:
        rows = [*connection.execute(select(signups)), *connection.execute(select(supporters))]
        rows += connection.execute(select(buckets)).all()
    written = repr(rows).casefold()
    assert rows
    assert not [each for each in ("anna", "canary", "2001:db8", AGREED.casefold()) if each in written]
    assert not [value for row in rows for value in row if isinstance(value, bytes) and anna.public_id in value]
