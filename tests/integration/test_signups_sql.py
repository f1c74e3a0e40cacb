"""Do sign-ups hold against crashes, against each other, and against machines? With real databases of both kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select

from mailer.adapters.store import leaving
from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.filling import in_audience
from mailer.adapters.store.signups import SqlSignUps
from mailer.adapters.store.tables import supporters
from mailer.core.audience import Selection
from mailer.core.signups import CONFIRM_WITHIN, NETWORK_BURST, NEVER_LIFTED, Confirmation, SignUp
from mailer.core.supporters import Consent, SuppressionReason
from mailer.errors import ConsentError, LinkError
from mailer.flows.signup import SignUps
from tests.databases import CONFIRMED, NOW, enter_all
from tests.signing import KEY, SignUpDesk, applicant, arrival, link, sign_up

DAY = timedelta(days=1)


class CrashError(Exception):
    """The process dies here."""


@contextmanager
def crashing(engine: Engine, at: int) -> Iterator[list[int]]:
    """Let the process die at its statement number `at`; yields how many there were."""
    seen = [0]

    def die(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == at:
            raise CrashError

    event.listen(engine, "before_cursor_execute", die)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", die)


def survives(engine: Engine, work: Callable[[], object]) -> int:
    """Let the process die at every statement of `work` in turn, until it gets through; return how often it died."""
    for at in count(1):
        try:
            with crashing(engine, at):
                work()
        except CrashError:
            continue
        return at - 1
    raise AssertionError("unreachable")


def second(desk: SignUpDesk) -> tuple[SignUps, Engine]:
    """Return another process's flow over the same database."""
    engine = open_engine(desk.url)
    store = SqlSignUps(engine, desk.vault, os.urandom)
    return SignUps(store, desk.campaigns, {KEY.id: KEY.secret}), engine


def at_once(*works: Callable[[], object]) -> list[object]:
    """Let all `works` begin together, each in a thread; return what came of them."""
    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(place: int) -> None:
        barrier.wait(10)
        try:
            results[place] = works[place]()
        except Exception as error:  # told to the test as its result
            results[place] = error

    threads = [Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_admitting_may_die_anywhere(tmp_path: Path, store_url: str) -> None:
    """Whichever statement is its last, all are asked once, and nobody is there twice."""
    desk = SignUpDesk(tmp_path, url=store_url)
    desk.join("member")
    desk.take(*(sign_up(name) for name in ("anna", "boris", "anna", "member")))

    assert survives(desk.engine, desk.admit) >= 10

    assert len({row.supporter_id for row in desk.confirmations()}) == len(desk.confirmations()) == 3
    assert desk.waiting() == 3


def test_confirming_may_die_anywhere(tmp_path: Path, store_url: str) -> None:
    """Until the answer is committed the link stays good; then everything is there, and it is used up."""
    desk = SignUpDesk(tmp_path, url=store_url)
    desk.people.erase("anna@union.example", now=NOW)
    anna = desk.asked("anna", tags=("nurses",))

    assert survives(desk.engine, lambda: desk.answer(anna)) >= 8

    standing = desk.people.standing("anna@union.example")
    assert (standing.supporter.consent, standing.suppression) == (Consent.CONFIRMED, None)
    assert standing.supporter.person.tags == ("nurses",)
    assert desk.answer(anna) is Confirmation.NOT_VALID


def test_taking_may_die_anywhere(tmp_path: Path, store_url: str) -> None:
    """A batch is there as a whole or not at all, and what its network was charged with it."""
    desk = SignUpDesk(tmp_path, url=store_url)
    batch = [arrival(sign_up(f"p{n}"), network="192.0.2.0/24") for n in range(NETWORK_BURST)]

    survives(desk.engine, lambda: desk.flow.take_all(batch))

    assert desk.waiting() == NETWORK_BURST


def test_two_daemons_ask_everybody_once(tmp_path: Path, store_url: str) -> None:
    """Both admit while sign-ups of the same addresses come in."""
    desk = SignUpDesk(tmp_path, url=store_url)
    other, engine = second(desk)
    names = [f"p{n}" for n in range(60)]
    desk.take(*(sign_up(name) for name in names * 5))

    results = at_once(
        desk.admit,
        lambda: other.admit(rehearsal=False, now=NOW),
        lambda: desk.take(*(sign_up(name) for name in names)),
    )
    desk.admit()
    engine.dispose()

    assert not [each for each in results if isinstance(each, Exception)]
    assert len({row.supporter_id for row in desk.confirmations()}) == len(desk.confirmations()) == 60
    with reading(desk.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(supporters)) == 60


def test_two_daemons_do_not_get_past_the_breaker(tmp_path: Path, store_url: str) -> None:
    """However many admit, the hour holds what it holds."""
    desk = SignUpDesk(tmp_path, url=store_url, per_hour=25)
    other, engine = second(desk)
    desk.take(*(sign_up(f"p{n}") for n in range(100)))

    at_once(desk.admit, lambda: other.admit(rehearsal=False, now=NOW))
    engine.dispose()

    assert len(desk.confirmations()) == 25


def test_two_workers_share_what_a_network_may(tmp_path: Path, store_url: str) -> None:
    """Both take from the same networks, named in opposite orders: neither waits for ever, nothing is given twice."""
    desk = SignUpDesk(tmp_path, url=store_url)
    other, engine = second(desk)
    networks = ["192.0.2.0/24", "198.51.100.0/24"]

    def crowd(flow: SignUps, order: list[str]) -> int:
        taken = 0
        for turn in range(20):
            batch = [arrival(sign_up(f"{turn}-{n}"), NOW, network) for n in range(2) for network in order]
            taken += sum(flow.take_all(batch))
        return taken

    results = at_once(lambda: crowd(desk.flow, networks), lambda: crowd(other, networks[::-1]))
    engine.dispose()

    assert not [each for each in results if isinstance(each, Exception)]
    assert sum(results) == 2 * NETWORK_BURST == desk.waiting()


def test_a_link_that_is_pressed_twice_at_once_works_once(tmp_path: Path, store_url: str) -> None:
    """A double click in two workers enters one supporter."""
    desk = SignUpDesk(tmp_path, url=store_url)
    other, engine = second(desk)
    anna = desk.asked("anna")

    outcomes = at_once(*(lambda flow=flow: flow.confirm(link(anna), now=NOW) for flow in (desk.flow, other) * 2))
    engine.dispose()

    assert sorted(outcomes) == [Confirmation.CONFIRMED, *[Confirmation.NOT_VALID] * 3]


def test_who_is_erased_while_they_confirm_is_erased(tmp_path: Path, store_url: str) -> None:
    """Whichever comes first: an erasure after the answer takes it along, one before it takes the link."""
    desk = SignUpDesk(tmp_path, url=store_url)
    other, engine = second(desk)
    for turn in range(8):
        signup = desk.asked(f"p{turn}")
        at_once(
            lambda signup=signup: other.confirm(link(signup), now=NOW),
            lambda turn=turn: desk.people.erase(f"p{turn}@union.example", now=NOW),
        )

        standing = desk.people.standing(f"p{turn}@union.example")
        assert (standing.supporter, standing.signed_up_at) == (None, None)
        assert standing.suppression.reason is SuppressionReason.ERASED
    engine.dispose()


def test_a_mail_asks_until_it_was_answered(tmp_path: Path, store_url: str) -> None:
    """Who confirmed by one mail gets no second one that asks; who is barred meanwhile gets none; others do."""
    desk = SignUpDesk(tmp_path, url=store_url)
    first = desk.asked("anna")
    assert desk.send() == [""]
    desk.take(sign_up("anna"), sign_up("boris"), sign_up("vera"), now=NOW + DAY)
    assert desk.admit(NOW + DAY).asked == 3

    desk.answer(first, NOW + DAY)
    bar(desk, "boris", SuppressionReason.BOUNCED)

    assert len(desk.send(NOW + DAY)) == 1
    assert sorted(row.state for row in desk.confirmations()) == ["cancelled", "sent", "sent", "suppressed"]


def test_who_left_or_was_erased_is_asked_as_a_stranger_is(tmp_path: Path, store_url: str) -> None:
    """The mail leaves in spite of what they were, and asks nothing of their old consent."""
    desk = SignUpDesk(tmp_path, url=store_url)
    desk.join("left", "gone", "member")
    desk.people.unsubscribe("left@union.example")
    desk.people.erase("gone@union.example", now=NOW)
    for name in ("left", "gone", "member", "stranger"):
        desk.asked(name)

    desk.send()

    assert [row.state for row in desk.confirmations()] == ["sent"] * 4
    assert [desk.consent(name) for name in ("left", "gone")] == [Consent.UNSUBSCRIBED, Consent.UNCONFIRMED]


def bar(desk: SignUpDesk, name: str, reason: SuppressionReason) -> None:
    """Bar an address as a complaint or a bounce would."""
    with writing(desk.engine) as connection:
        leaving.suppress(connection, desk.vault.hash_address(f"{name}@union.example"), reason, NOW)


# --- every order of events ------------------------------------------------------------------------


class World:
    """A database, and what a person with a pencil would know of it; each event checks what may come of it."""

    def __init__(self, desk: SignUpDesk) -> None:
        self.desk = desk
        self.now = NOW
        self.consents: dict[str, Consent] = {}
        self.barred: dict[str, SuppressionReason] = {}
        self.typed: dict[str, list[SignUp]] = {}
        self.asked_at: dict[bytes, datetime] = {}

    def sign_up(self, name: str) -> None:
        """Somebody types an address in."""
        signup = sign_up(name)
        self.desk.take(signup, now=self.now)
        self.typed.setdefault(name, []).append(signup)

    def tick(self, name: str) -> None:
        """The daemon admits, cleans up and sends; no guard of the database may object."""
        self.desk.flow.tick(rehearsal=False, now=self.now)
        self.desk.run(self.now)
        for signup in self.typed.get(name, ()):
            if self.desk.store.find(signup.public_id, now=self.now):
                self.asked_at.setdefault(signup.public_id, self.now)
        for each in ("anna", "boris"):
            if self.consents.get(each) in (None, Consent.UNCONFIRMED):
                self.consents[each] = Consent.UNCONFIRMED if self.desk.consent(each) else None

    def answer(self, name: str) -> None:
        """Somebody presses the buttons of all mails that they ever got, the oldest first."""
        for signup in self.typed.get(name, ()):
            if self.desk.answer(signup, self.now) is Confirmation.CONFIRMED:
                assert self.barred.get(name) not in NEVER_LIFTED
                assert self.now - self.asked_at.get(signup.public_id, self.now) < CONFIRM_WITHIN
                self.consents[name] = Consent.CONFIRMED
                self.barred.pop(name, None)

    def enter(self, name: str) -> None:
        """An organiser enters an address, with a statement."""
        try:
            enter_all(self.desk.people, applicant(name), terms=CONFIRMED)
        except ConsentError:
            assert name in self.barred or self.consents.get(name) is Consent.UNSUBSCRIBED
        else:
            self.consents[name] = Consent.CONFIRMED

    def leave(self, name: str) -> None:
        """Somebody unsubscribes."""
        if self.desk.people.unsubscribe(f"{name}@union.example"):
            self.consents[name] = Consent.UNSUBSCRIBED

    def erase(self, name: str) -> None:
        """Somebody is erased."""
        self.desk.people.erase(f"{name}@union.example", now=self.now)
        self.consents.pop(name, None)
        self.barred.setdefault(name, SuppressionReason.ERASED)

    def complain(self, name: str) -> None:
        """Somebody complains."""
        self._bar(name, SuppressionReason.COMPLAINT)

    def bounce(self, name: str) -> None:
        """Somebody's mailbox is dead."""
        self._bar(name, SuppressionReason.BOUNCED)

    def wait(self, name: str) -> None:
        """Some days pass: more for one name than for the other."""
        self.now += DAY if name == "anna" else 8 * DAY

    def _bar(self, name: str, reason: SuppressionReason) -> None:
        """Bar an address; the first grave reason stays."""
        bar(self.desk, name, reason)
        if self.barred.get(name) not in NEVER_LIFTED:
            self.barred[name] = reason

    def check(self) -> None:
        """Nobody is in an audience but who agreed, last of all; no grave reason is ever gone."""
        wanted = {name for name, consent in self.consents.items() if consent is Consent.CONFIRMED} - set(self.barred)
        with reading(self.desk.engine) as connection:
            audience = select(supporters.c.address_hash).where(*in_audience(Selection()))
            found = set(connection.scalars(audience))
        assert found == {self.desk.vault.hash_address(f"{name}@union.example") for name in wanted}
        for name in ("anna", "boris"):
            told = self.desk.people.standing(f"{name}@union.example").suppression
            assert (told.reason if told else None) == self.barred.get(name)


EVENTS = ("sign_up", "tick", "answer", "enter", "leave", "erase", "complain", "bounce", "wait")
LIKELY = ("sign_up", "tick", "answer")  # what has to follow each other before anything can go wrong
histories = st.lists(
    st.tuples(st.sampled_from((*LIKELY, *LIKELY, *EVENTS)), st.sampled_from(("anna", "anna", "anna", "boris"))),
    max_size=30,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_nobody_is_written_to_who_did_not_agree_last(tmp_path: Path, history: Any) -> None:
    """In whatever order people sign up, answer, are entered, leave, are erased, complain and bounce."""
    world = World(SignUpDesk(Path(mkdtemp(dir=tmp_path))))
    world.desk.launch()
    for step, name in history:
        getattr(world, step)(name)
        world.check()
    world.desk.engine.dispose()


# --- secrets --------------------------------------------------------------------------------------


def test_a_stolen_database_tells_nothing_of_who_signed_up(tmp_path: Path) -> None:
    """Name, address, town and network are in no file of it, from the form to the answer; nor is the link."""
    desk = SignUpDesk(tmp_path)
    signup = sign_up("canary", city="Canaryville", organisation="Canary Union", tags=("canarytag",))
    secrets = [b"canary", b"Canary", b"192.0.2", signup.public_id, link(signup).encode()]

    desk.flow.take_all([arrival(signup, network="192.0.2.0/24")])
    assert found_in(tmp_path, secrets) == []
    desk.admit()
    assert found_in(tmp_path, secrets) == []
    assert desk.answer(signup) is Confirmation.CONFIRMED
    assert found_in(tmp_path, secrets) == []


def found_in(folder: Path, secrets: list[bytes]) -> list[bytes]:
    """Return what is in clear in any file below a folder."""
    contents = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert sum(map(len, contents)) > 10_000
    return [secret for secret in secrets if any(secret in content for content in contents)]


def test_a_hundred_thousand_guesses_find_nothing(tmp_path: Path) -> None:
    """A link is 128 bits of a keyed hash: changed at random it is refused before the database is asked."""
    desk = SignUpDesk(tmp_path)
    anna = desk.asked("anna")
    token, dice = link(anna), Random(7)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    statements = []
    event.listen(desk.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))

    for _ in range(100_000):
        place = dice.randrange(12, len(token))
        guess = token[:place] + "".join(dice.choices(letters, k=len(token) - place))
        if guess != token:
            with pytest.raises(LinkError):
                desk.flow.confirm(guess, now=NOW)

    assert statements == []
    assert desk.answer(anna) is Confirmation.CONFIRMED


def test_taking_a_sign_up_is_the_same_work_for_everybody(tmp_path: Path, store_url: str) -> None:
    """A member, a stranger, who left, who was erased and who complained: the same statements, in the same order."""
    desk = SignUpDesk(tmp_path, url=store_url)
    desk.join("member", "left", "gone", "complained")
    desk.people.unsubscribe("left@union.example")
    desk.people.erase("gone@union.example", now=NOW)
    bar(desk, "complained", SuppressionReason.COMPLAINT)
    work: dict[str, list[str]] = {}
    statements: list[str] = []
    event.listen(desk.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))

    for name in ("member", "left", "gone", "complained", "stranger"):
        desk.take(sign_up(name))
        work[name] = [*statements]
        statements.clear()

    assert all(each == work["stranger"] for each in work.values())
    assert not [each for each in work["stranger"] if "supporters" in each or "suppressions" in each]
