"""What exactly does one supporter get, and is it the same for the sender, the preview and a test mail?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from mailer.core.campaigns import Mailing, MailingId, MailingKind
from mailer.core.deliveries import Delivery, DeliveryId, State
from mailer.core.links import TEST_PUBLIC_ID, Places
from mailer.core.mailview import Rendered
from mailer.core.revisions import Revision
from mailer.core.signups import SERVICE
from mailer.core.supporters import Consent, PublicId, SupporterId
from mailer.core.tokens import KEY_BYTES, Purpose, TokenKey, verify, verify_address
from mailer.errors import HeaderError, RelayUnavailableError, RenderingError, SealError, TryAgainError, UsageError
from mailer.flows.compose import Order, Tools, alert_of, compose, mailing_of
from mailer.flows.composing import Craft, Desk, Sources
from mailer.flows.trial import preview_values, send_trial, trial_order
from tests.fakes import ACCEPTED, FakeCampaigns, FakeRelay, Wire
from tests.letter_parts import END, NAME, NOW, as_composed, mission, organisation, revision, said, supporter, target

DAY = timedelta(days=1)
KEY = TokenKey(3, bytes(range(KEY_BYTES)))
PLACES = Places("https://pages.example", "bounces@solidarity.example")
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
REMINDER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=3 * DAY)
NEWS = Mailing(MailingId("postponed"), MailingKind.UPDATE, at=NOW, text=said(en="postponed"))
CORRECTION = Mailing(MailingId("correction-1"), MailingKind.CORRECTION, at=NOW, text=said(en="wrong"))
CLOSING = Mailing(MailingId("closing"), MailingKind.CLOSING, on_launch=True)
MAILINGS = (ALERT, REMINDER, NEWS, CORRECTION)
REVISION = revision(mailings=MAILINGS)
ANNA = replace(supporter(), public_id=PublicId(b"annaanna"))
OTTO = replace(supporter("Otto"), public_id=PublicId(b"ottootto"))


class FakeRenderer:
    """Says which mailing it is, and keeps what it was given."""

    def __init__(self) -> None:
        self.contexts = []

    def render(self, context) -> Rendered:
        """Return words of one mail."""
        self.contexts.append(context)
        words = f"{context.kind} Свободу", f"text of {context.kind}", f"<p>{context.kind}</p>"
        return Rendered(*words, topic="Свободу: a case")


def composed(mailing=ALERT, *, places=PLACES, renderer=None, **changes):
    """Return the composed mail of an order with `changes`."""
    order = Order(REVISION, ANNA, mailing, NOW)._replace(**changes)
    return compose(order, Tools(renderer or FakeRenderer(), places, KEY))


def parsed(mail):
    """Return a mail as the standard library reads it."""
    return message_from_bytes(mail.envelope.content, policy=policy.default)


# --- bytes and headers ----------------------------------------------------------------------------


def test_the_same_order_gives_the_same_bytes():
    """A resend is byte for byte what was sent; a later moment, another run or person is another mail."""
    first = composed().envelope

    assert composed().envelope == first
    for changes in ({"now": NOW + DAY}, {"run": 1}, {"supporter": OTTO}, {"mailing": REMINDER}):
        assert composed(**changes).envelope.content != first.content


def test_a_mail_says_who_writes_to_whom():
    """From the organisation to one supporter, answers to a person, dated by the moment of composing."""
    mail = parsed(composed())

    assert str(mail["From"]) == "Example <campaigns@solidarity.example>"
    assert mail["To"].addresses[0].display_name == NAME
    assert mail["To"].addresses[0].addr_spec == "anna@reader.example"
    assert str(mail["Reply-To"]) == "Example Network <office@solidarity.example>"
    assert mail["Date"].datetime == NOW
    assert mail["Subject"] == "alert Свободу"
    assert "prisoner-2026.solidarity.example" in mail["List-Id"]


def test_a_mail_says_how_to_leave_by_one_click_and_by_mail():
    """Without pages there is no promise of one click."""
    mail, offline = parsed(composed()), parsed(composed(places=Places()))
    leave = mail["List-Unsubscribe"].partition("/u/")[2].partition(">")[0]

    assert verify(leave, Purpose.UNSUBSCRIBE, "", {3: KEY.secret}) == ANNA.public_id
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert offline["List-Unsubscribe"].startswith("<mailto:office@solidarity.example?subject=unsubscribe")
    assert offline["List-Unsubscribe-Post"] is None


def test_returned_mail_tells_whose_it_was():
    """The envelope's sender is signed; without a mailbox for it, it is the organisation."""
    token = composed().envelope.sender.partition("+")[2].partition("@")[0]

    assert verify_address(token, Purpose.BOUNCE, "prisoner-2026", {3: KEY.secret}) == ANNA.public_id
    assert composed(places=Places()).envelope.sender == "campaigns@solidarity.example"
    assert composed().envelope.recipient == "anna@reader.example"


@pytest.mark.parametrize("mailing", [REMINDER, NEWS, CORRECTION, CLOSING])
def test_what_follows_the_alert_is_in_its_thread(mailing):
    """If there was an alert; the alert itself follows nothing."""
    alert = composed()
    follower = parsed(composed(mailing, alert_at=NOW - DAY))
    alone = parsed(composed(mailing))

    assert follower["In-Reply-To"] == follower["References"] == alert.message.message_id
    assert follower["Thread-Topic"] == parsed(alert)["Thread-Topic"] == "Свободу: a case"
    assert (alone["In-Reply-To"], alone["References"]) == (None, None)
    assert parsed(composed(alert_at=NOW - DAY))["In-Reply-To"] is None


def test_the_name_of_a_letter_is_its_message_id():
    """Files and logs name it without naming anybody."""
    mail = composed()

    assert f"<{mail.envelope.name}@solidarity.example>" == mail.message.message_id
    assert "anna" not in mail.envelope.name


def test_headers_are_shown_as_a_mail_program_would():
    """Long ones are unfolded; nothing is lost."""
    mail = composed()

    assert set(mail.headers) == set(parsed(mail).keys())
    assert mail.headers["Message-ID"] == mail.message.message_id
    assert not any("\r" in value or "\n" in value for value in mail.headers.values())


def test_a_name_that_would_be_a_header_is_refused():
    """One such supporter fails alone, in the sender; nothing is mended silently."""
    evil = replace(ANNA, person=replace(ANNA.person, name="=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?="))

    with pytest.raises(HeaderError):
        composed(supporter=evil)


# --- whether there is a mail ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mailing", "comes"), [(ALERT, False), (REMINDER, False), (NEWS, True), (CORRECTION, True), (CLOSING, True)]
)
def test_a_mail_that_asks_for_letters_comes_only_while_one_arrives(mailing, comes):
    """News and the closing come in any case."""
    assert (composed(mailing, now=END) is not None) == comes
    assert composed(mailing, now=END - timedelta(seconds=1)) is not None


def test_without_a_deadline_letters_end_three_weeks_after_this_supporters_alert():
    """A reminder counts from the alert, not from itself."""
    endless = revision(mailings=MAILINGS, write_until=None)
    alert_at = NOW - 20 * DAY

    assert composed(REMINDER, revision=endless, alert_at=alert_at) is not None
    assert composed(REMINDER, revision=endless, alert_at=alert_at, now=NOW + DAY) is None
    assert composed(revision=endless).pack.first_by == NOW + 21 * DAY


def test_every_campaign_has_its_closing_and_no_other_mailing_of_that_sort():
    """The closing needs no line in the file; what is unknown is an error."""
    assert mailing_of(REVISION.campaign, "closing") == CLOSING
    assert mailing_of(REVISION.campaign, "postponed") == NEWS
    assert alert_of(REVISION.campaign) == ALERT
    with pytest.raises(KeyError):
        mailing_of(REVISION.campaign, "reminder-after-9d")


# --- corrections ----------------------------------------------------------------------------------


def test_a_correction_tells_what_was_wrong_for_this_supporter():
    """Only in their own country, and only in a correction."""
    embassy = target("embassy", email="", embassy_of="KZ")
    old = revision(embassy, mailings=MAILINGS, missions=(mission("GB"), mission("DE")))
    new = revision(embassy, mailings=MAILINGS, missions=(mission("GB", email="new@embassy.example"), mission("DE")))
    told = []
    for mailing, country, previous in (
        (CORRECTION, "GB", old),
        (CORRECTION, "DE", old),
        (CORRECTION, "GB", None),
        (NEWS, "GB", old),
    ):
        renderer = FakeRenderer()
        composed(mailing, revision=new, supporter=replace(ANNA, country=country), previous=previous, renderer=renderer)
        told.append((renderer.contexts[0].withdrawn, renderer.contexts[0].corrected))

    assert told == [(("gb@embassy.example",), ("embassy",)), ((), ()), ((), ()), ((), ())]


# --- the desk -------------------------------------------------------------------------------------


class Room:
    """A desk over fakes; counts what it reads."""

    def __init__(self, *revisions) -> None:
        self.store = FakeCampaigns()
        for each in revisions or (REVISION,):
            self.store.publish(each, now=NOW)
        self.people = {1: replace(ANNA, id=SupporterId(1)), 2: replace(OTTO, id=SupporterId(2))}
        self.damaged: set[int] = set()
        self.renderers: list[FakeRenderer] = []
        self.dead: dict[str, datetime] = {}
        self.retired: set[str] = set()
        self.signups: dict[DeliveryId, PublicId] = {}
        self.letters: dict[int, dict[str, datetime]] = {}
        self.asked: list[tuple[str, set[int]]] = []
        sources = Sources(self.store, self, self, self)
        self.desk = Desk(sources, Craft(self.make_renderer, PLACES, {3: KEY.secret, 9: bytes(KEY_BYTES)}))

    def make_renderer(self, revision) -> FakeRenderer:
        """Return a renderer."""
        self.renderers.append(FakeRenderer())
        return self.renderers[-1]

    def load_many(self, ids):
        """Return supporters, or fail as a whole if one of them is damaged."""
        if self.damaged & set(ids):
            raise SealError("a row does not open")
        return [self.people[each] for each in ids if each in self.people]

    def dead_since(self, campaign_id):
        """Return which channels are dead."""
        return dict(self.dead)

    def retired_values(self):
        """Return what is retired."""
        return frozenset(self.retired)

    def letters_of(self, campaign_id, supporter_ids):
        """Return who wrote to whom, and note that it was read."""
        self.asked.append((campaign_id, set(supporter_ids)))
        return {one: self.letters[one] for one in supporter_ids if one in self.letters}

    def public_ids(self, delivery_ids):
        """Return the sign-ups that wait."""
        return {one: self.signups[one] for one in delivery_ids if one in self.signups}

    def channels(self, composed_at=NOW) -> list[str]:
        """Return the channels of a letter that was composed first at this moment."""
        composed = self.desk.compose(self.delivery(), self.people[1], composed_at)
        return [way.value for item in composed.pack.items for way in item.channels] if composed else []

    def delivery(self, mailing=ALERT, **changes) -> Delivery:
        """Return a claimed delivery."""
        given = Delivery(DeliveryId(1), "prisoner-2026", 1, mailing.id, 0, 1, State.CLAIMED, revision=1)
        return structs.replace(given, **changes)


def test_a_desk_composes_what_an_order_does():
    """The sender's bytes are those of the preview."""
    room = Room()
    order = Order(REVISION, room.people[1], ALERT, NOW)
    expected = compose(order, Tools(FakeRenderer(), PLACES, TokenKey(9, bytes(KEY_BYTES))))

    assert room.desk.envelope(room.delivery(), room.people[1], NOW) == expected.envelope


def test_a_letter_that_was_tried_before_keeps_its_key_and_revision():
    """A new key or a changed campaign changes no byte of a resend; templates are compiled once for each revision."""
    room = Room(REVISION, revision(mailings=MAILINGS, case="KZ-1"))
    tried = room.delivery(key_id=3)
    first = room.desk.envelope(tried, room.people[1], NOW)

    assert (
        as_composed(room.desk.envelope(tried, room.people[1], NOW))
        == first
        == composed(supporter=room.people[1]).envelope
    )
    assert room.desk.envelope(room.delivery(revision=2), room.people[1], NOW) != first
    assert len(room.renderers) == 2


@pytest.mark.parametrize(("key_id", "used"), [(None, 9), (3, 3)])
def test_a_first_try_is_made_with_the_newest_key(key_id, used):
    """And the key is what the intent will say."""
    room = Room()

    assert room.desk.key_id(room.delivery(key_id=key_id)) == used


def test_a_key_that_is_not_here_is_no_fault_of_the_letter():
    """Another machine may have it."""
    room = Room()
    with pytest.raises(TryAgainError, match="token key 7"):
        room.desk.envelope(room.delivery(key_id=7), room.people[1], NOW)


def test_a_delivery_without_anything_to_do_has_no_letter():
    """Too late for every channel."""
    room = Room()

    assert room.desk.envelope(room.delivery(), room.people[1], END) is None


def test_a_correction_is_compared_with_what_the_alert_was_made_of():
    """The revision of the supporter's own alert; other mails are not compared."""
    room = Room(REVISION, revision(target(email="new@office.example"), mailings=MAILINGS))
    room.desk.compose(room.delivery(CORRECTION, revision=2, alert_revision=1), room.people[1], NOW)
    room.desk.compose(room.delivery(NEWS, revision=2, alert_revision=1), room.people[1], NOW)
    corrected, news = room.renderers[0].contexts

    assert corrected.withdrawn == ("court@office.example",)
    assert news.withdrawn == ()


def test_a_damaged_row_is_told_and_the_others_are_loaded():
    """Whoever was erased is missing."""
    room = Room()
    assert room.desk.load({1, 2, 5}) == room.people
    room.damaged = {2}
    loaded = room.desk.load({1, 2, 5})

    assert loaded[1] == room.people[1]
    assert isinstance(loaded[2], SealError)
    assert set(loaded) == {1, 2}


# --- the letters of a batch -----------------------------------------------------------------------


class TellingRenderer(FakeRenderer):
    """Says all that a desk knows of a mail."""

    def render(self, context) -> Rendered:
        """Return words of one mail."""
        self.contexts.append(context)
        ways = [way.value for item in context.pack.items for way in item.channels]
        told = f"{context.mailing.id} {sorted(context.acted)} {ways} {context.withdrawn} {context.pack.first_by}"
        words = f"Dear {context.by.name},\n{told}\n{context.links.action_url}\n"
        return Rendered(
            f"{context.kind}", words, f"<p>{context.links.preferences_url} {context.by.name}</p>", topic="x"
        )


class TellingRoom(Room):
    """A desk whose mails tell what they are made of."""

    def make_renderer(self, revision) -> TellingRenderer:
        """Return a renderer."""
        self.renderers.append(TellingRenderer())
        return self.renderers[-1]

    def sent(self, number: int, delivery: Delivery, now: datetime):
        """Return somebody's letter, which is the one that a desk composes that knows no other."""
        person = replace(supporter(f"Reader {number}"), id=SupporterId(1), public_id=PublicId(number.to_bytes(8)))
        found = as_composed(self.desk.envelope(delivery, person, now))
        sources = Sources(self.store, self, self, self)
        alone = Desk(sources, Craft(lambda _: TellingRenderer(), PLACES, {3: KEY.secret, 9: bytes(KEY_BYTES)}))
        composed = alone.compose(delivery, person, now)
        assert found == (composed.envelope if composed else None)
        return found

    @property
    def rendered(self) -> int:
        """Return how many mails were rendered by themselves."""
        return sum(not context.by.is_marked for one in self.renderers for context in one.contexts)


KINDS = (ALERT, REMINDER, NEWS, CORRECTION, CLOSING)
DIFFERENT = {
    "mailing": KINDS,
    "revision": (1, 2),
    "run": (0, 1),
    "key_id": (None, 3),
    "alert_sent_at": (None, NOW - DAY, NOW - DAY + timedelta(seconds=59), NOW - 21 * DAY, NOW - 21 * DAY + DAY),
    "alert_revision": (0, 1, 2),
}
SAID = ("next batch", "retire", "write", "next minute")


def offices(email: str, **changes) -> Revision:
    """Return a revision of a case with one office, whose letters end three weeks after the alert."""
    return revision(target(email=email), mailings=MAILINGS, write_until=None, **changes)


@dataclass
class Story:
    """What a desk gets to compose, one after the other; each time three letters of a kind."""

    room: TellingRoom = field(default_factory=lambda: TellingRoom(offices("a@office.example"), offices("b@x.example")))
    delivery: dict = field(default_factory=lambda: {"mailing": ALERT})
    now: datetime = NOW
    number: int = 0

    def go_on(self, what, value=None) -> None:
        """Let something happen, and send three letters."""
        if what == "next minute":
            self.now += timedelta(minutes=1)
        elif what == "retire":
            self.room.retired = {"a@office.example"}
        elif what == "write":
            self.room.letters = {1: {"court": NOW - DAY}}
        elif what != "next batch":
            self.delivery[what] = value
        if what in ("retire", "write", "next batch"):
            self.room.desk.load([1])
        for _ in range(3):
            self.number += 1
            self.room.sent(self.number, self.room.delivery(**self.delivery), self.now)


events = st.one_of(
    st.tuples(st.sampled_from(SAID)),
    *(st.tuples(st.just(name), st.sampled_from(values)) for name, values in DIFFERENT.items()),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(events, max_size=9))
def test_whatever_a_desk_composed_before_each_letter_is_its_own(happened):
    """Whatever mailings, editions, keys and moments they have, and whatever is told meanwhile."""
    story = Story()
    for event in happened:
        story.go_on(*event)


@pytest.mark.parametrize("mailing", KINDS, ids=lambda mailing: mailing.kind)
@pytest.mark.parametrize("name", [*DIFFERENT, *SAID])
def test_letters_that_differ_in_one_thing_are_not_taken_for_each_other(mailing, name):
    """There and back again."""
    story = Story()
    story.go_on("mailing", mailing)
    story.go_on("alert_sent_at", NOW - DAY)
    values = DIFFERENT.get(name, (None, None))
    for value in (*values, *values[::-1]):
        story.go_on(name, value)


def test_most_letters_of_a_batch_are_not_rendered():
    """Nor are those of the next one, of the same moment; a batch that knows of more that was retired says so."""
    room = TellingRoom()
    sent = [room.sent(number, room.delivery(), NOW) for number in range(1, 6)]
    assert room.rendered == 2

    room.retired = {"nobody@office.example"}
    room.desk.load([1])
    sent += [room.sent(number, room.delivery(), NOW) for number in range(6, 9)]
    assert [letter.retirements for letter in sent] == [0] * 5 + [1] * 3
    assert room.rendered == 3


# --- what supporters wrote ------------------------------------------------------------------------


def told(room, mailing, now=NOW, supporter_id=1):
    """Return what a mail of the desk knows of its supporter's letters."""
    delivery = room.delivery(mailing, supporter_id=supporter_id, alert_sent_at=NOW - DAY)
    room.desk.compose(delivery, room.people[supporter_id], now)
    return dict(room.renderers[0].contexts[-1].acted)


def test_news_a_correction_and_the_closing_know_what_was_written_by_their_own_moment():
    """A repeat says what its first try said, whatever was told since; what asks for letters need not know."""
    room = Room()
    room.letters = {1: {"court": NOW, "city": NOW + DAY}}

    assert [told(room, mailing) for mailing in (NEWS, CORRECTION, CLOSING)] == [{"court": NOW}] * 3
    assert told(room, NEWS, NOW - timedelta(microseconds=1)) == {}
    assert told(room, CLOSING, NOW + DAY) == {"court": NOW, "city": NOW + DAY}
    assert [told(room, mailing) for mailing in (ALERT, REMINDER)] == [{}, {}]


def test_who_wrote_is_read_once_for_a_batch():
    """And anew for the next; a letter that was left over from the last one is read alone."""
    room = Room()
    room.letters = {1: {"court": NOW}}
    room.desk.load([1, 2])
    assert [told(room, NEWS), told(room, CLOSING), told(room, NEWS, supporter_id=2)] == [{"court": NOW}] * 2 + [{}]
    assert room.asked == [("prisoner-2026", {1, 2})]

    room.letters = {}
    room.desk.load([2])
    assert [told(room, NEWS, supporter_id=2), told(room, NEWS), told(room, NEWS)] == [{}] * 3
    assert room.asked[1:] == [("prisoner-2026", {1, 2})]


def test_an_alert_reads_nothing_of_what_was_written():
    """A million of them are a million reads less."""
    room = Room()
    room.desk.load([1])
    told(room, ALERT)

    assert room.asked == []


# --- those who sign up ----------------------------------------------------------------------------

ASKING = mailing_of(replace(REVISION.campaign, id=SERVICE), "confirm-2026-11-30")
SIGNUP = PublicId(b"sign-up!")
SERVING = replace(REVISION, campaign=replace(REVISION.campaign, id=SERVICE, targets=(), mailings=()))


def asked(**changes):
    """Return the mail that asks somebody to confirm."""
    return composed(ASKING, **{"revision": SERVING, "signup": SIGNUP, **changes})


def test_every_day_has_its_mailing_for_those_who_sign_up():
    """The campaign that is none has no list of them."""
    assert (ASKING.kind, ASKING.id) == (MailingKind.CONFIRM, "confirm-2026-11-30")


def test_a_mail_to_confirm_says_that_a_machine_wrote_it_and_belongs_to_no_list():
    """RFC 3834; nothing to leave yet, no name of whoever was typed in, and a person reads the answers."""
    mail = parsed(asked())

    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["To"]) == "anna@reader.example"
    assert str(mail["Reply-To"]) == "Example Network <office@solidarity.example>"
    assert {"Date", "From", "Message-ID", "Subject"} <= set(mail.keys())
    assert not [name for name in mail if name.startswith("List-") or name in ("In-Reply-To", "References")]
    assert parsed(composed())["Auto-Submitted"] is None


def test_a_mail_to_confirm_has_the_same_bytes_again_and_another_id_on_another_day():
    """By the moment and the sign-up; nothing that the supporter's row holds beside address and language counts."""
    first = asked()
    named = replace(ANNA, person=replace(ANNA.person, name="=?utf-8?q?x?= \r\nBcc: a@b.example", city="Spam"))

    assert asked().envelope == asked(supporter=named).envelope == first.envelope
    another_day = mailing_of(SERVING.campaign, "confirm-2026-12-01")
    assert composed(another_day, revision=SERVING, signup=SIGNUP).message.message_id != first.message.message_id


def test_its_link_is_the_sign_ups_own():
    """And what comes back tells whose it was, without the campaign of any case."""
    links = asked().context.links
    token = links.confirm_url.partition("/confirm/")[2]
    returned = links.bounce_address.partition("+")[2].partition("@")[0]

    assert verify(token, Purpose.CONFIRM, "", {3: KEY.secret}) == SIGNUP
    assert verify_address(returned, Purpose.BOUNCE, SERVICE, {3: KEY.secret}) == ANNA.public_id
    assert asked().envelope.sender == links.bounce_address
    assert asked(places=Places(PLACES.public_url)).envelope.sender == "campaigns@solidarity.example"


@pytest.mark.parametrize("consent", Consent)
def test_whoever_signed_up_is_asked(consent):
    """A stranger, somebody who left and a member get the same mail."""
    assert asked(supporter=replace(ANNA, consent=consent)).envelope == asked().envelope


def test_without_the_sign_up_there_is_no_mail_and_without_pages_a_fault():
    """The one is confirmed already; the other is told with the setting that is missing, and holds the mailing."""
    assert asked(signup=None) is None
    with pytest.raises(RenderingError, match="MAILER_PUBLIC_URL"):
        asked(places=Places())


def test_a_desk_composes_for_the_sign_up_that_a_delivery_asks_to_confirm():
    """It is looked up for each delivery; a letter of a campaign has none."""
    room = Room(SERVING)
    mine = room.delivery(ASKING, campaign_id=SERVICE, key_id=3)
    room.signups = {mine.id: SIGNUP}

    assert room.desk.envelope(mine, room.people[1], NOW) == asked(supporter=room.people[1]).envelope
    assert room.desk.envelope(structs.replace(mine, id=DeliveryId(2)), room.people[1], NOW) is None


# --- previews and test mails ----------------------------------------------------------------------


def trial(now=NOW, wire=None, **changes):
    """Send a test mail; return the verdict and what the relay saw."""
    wire = wire or Wire()
    order = trial_order(changes.pop("revision", REVISION), "me@solidarity.example", country="GB", language="", now=now)
    sending = send_trial(order, Tools(FakeRenderer(), PLACES, KEY), FakeRelay(wire))
    return asyncio.run(sending), wire


def test_a_test_mail_is_the_alert_in_the_fallback_language():
    """It goes to the address that was named, and its links are nobody's."""
    verdict, wire = trial()
    (envelope,) = wire.contents
    mail = message_from_bytes(envelope.content, policy=policy.default)
    order = trial_order(REVISION, "me@solidarity.example", country="GB", language="", now=NOW)

    assert verdict == ACCEPTED
    assert envelope.recipient == "me@solidarity.example"
    assert (order.mailing, order.test, order.supporter.language) == (ALERT, True, organisation().fallback_language)
    leave = mail["List-Unsubscribe"].partition("/u/")[2].partition(">")[0]
    assert verify(leave, Purpose.UNSUBSCRIBE, "", {3: KEY.secret}) == TEST_PUBLIC_ID
    assert (wire.openings, wire.closings) == (1, 1)


def test_two_test_mails_are_two_mails():
    """Mail programs hide a second one with the same Message-ID."""
    _, wire = trial()
    trial(NOW + timedelta(seconds=1), wire)

    assert len(set(wire.written)) == 2


def test_a_test_mail_without_anything_to_do_is_not_sent():
    """The relay is not even opened."""
    wire = Wire()
    with pytest.raises(UsageError, match="nothing to test"):
        trial(END, wire)

    assert wire.openings == 0


def test_a_connection_is_closed_after_a_test_mail_that_failed():
    """Whatever went wrong."""
    wire = Wire()

    def hang_up(envelope):
        raise RelayUnavailableError("gone")

    wire.answer = hang_up
    with pytest.raises(RelayUnavailableError):
        trial(wire=wire)

    assert wire.closings == 1


def test_a_preview_shows_closed_channels_too():
    """Programs see every letter with all its ways, and which of them still arrive."""
    office = target("court", post=("Court Street 1",), post_days=20)
    shown = preview_values(composed(revision=revision(office, mailings=MAILINGS)))
    (letter,) = shown["letters"]

    assert (letter["target"], letter["tone"], letter["language"]) == ("court", "protest", "en")
    assert [(channel["kind"], channel["open"]) for channel in letter["channels"]] == [("email", True), ("post", False)]
    assert letter["channels"][0]["mailto"].startswith("mailto:court@office.example?")
    assert "mailto" not in letter["channels"][1]
    assert not any("mailto_without_copy" in channel for channel in letter["channels"])
    assert shown["headers"]["Subject"]
    assert (shown["text"], shown["html"]) == ("text of alert", "<p>alert</p>")


# --- what is used no more -------------------------------------------------------------------------

COURT = target("court", fax="+442079460102")
MINISTRY = target("ministry", fallback_for="court")


def test_a_channel_is_in_no_letter_from_the_moment_that_it_is_dead():
    """And a repeat of what was composed before has the same bytes."""
    room = Room(revision(COURT, MINISTRY, mailings=MAILINGS))
    before = room.desk.envelope(room.delivery(), room.people[1], NOW)
    room.dead = {"court@office.example": NOW + DAY}
    room.desk.load([1])

    assert as_composed(room.desk.envelope(room.delivery(), room.people[1], NOW)) == before
    assert room.channels(NOW + DAY - timedelta(microseconds=1)) == ["court@office.example", "+442079460102"]
    assert room.channels(NOW + DAY) == ["+442079460102"]


def test_a_fallback_appears_once_the_first_choice_is_dead():
    """Only when nothing of it is left: a fax that works is a way to reach it."""
    room = Room(revision(COURT, MINISTRY, mailings=MAILINGS))
    room.dead = {"court@office.example": NOW, "+442079460102": NOW + DAY}

    assert room.channels() == ["+442079460102"]
    assert room.channels(NOW + DAY) == ["ministry@office.example"]


def test_what_was_retired_is_in_no_letter_also_not_in_one_that_repeats():
    """The one exception to the same bytes; from the next batch on, also in copies."""
    case = revision(COURT, MINISTRY, mailings=MAILINGS, copies_to=("desk@office.example",))
    room = Room(case)
    tried = room.delivery(composed_at=NOW, key_id=3)
    before = room.desk.envelope(tried, room.people[1], NOW)
    room.retired = {"Court@office.example", "+44 20 7946 0102", "desk@office.example"}
    assert as_composed(room.desk.envelope(tried, room.people[1], NOW)) == before

    room.desk.load([1])

    after = room.desk.envelope(tried, room.people[1], NOW)
    (way,) = room.desk.compose(tried, room.people[1], NOW).pack.items[0].channels
    assert (way.value, way.cc) == ("ministry@office.example", ())
    assert (before.retirements, after.retirements) == (0, 3)
    assert before.name == after.name
