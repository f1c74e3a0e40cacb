"""What is left when reading the mailbox breaks off at any moment, or a mail breaks its reader?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.core.counting import Answers, ReportKind, Spread
from mailer.core.incoming import Matter, Place
from mailer.errors import MailboxUnavailableError, StoreUnavailableError, TryAgainError
from mailer.flows.intake import Intake
from tests.casework import AFTER, ALERT, Casework, case
from tests.databases import NOW
from tests.mailroom import COPIES, COURT, Inbox, Mailroom, complaint, forwarded, plain, report

OFFICE = "office@solidarity.example"


class KilledError(BaseException):
    """The process ends here."""


class Halting:
    """Lets the process end at each n-th of the steps that are counted; at none if that is 0."""

    def __init__(self, each: int = 0) -> None:
        self._each = each
        self._steps = 0
        self.kills = 0

    def step(self) -> None:
        """Pass one step, or end here."""
        self._steps += 1
        if self._each and self._steps % self._each == 0:
            self.kills += 1
            raise KilledError


class HaltingStore:
    """A store of events whose process may end before and after each commit."""

    def __init__(self, store: Any, halt: Halting) -> None:
        self._store, self._halt = store, halt

    def places(self, *given: Any) -> Any:
        """Look up what is known, unless the process ends first."""
        self._halt.step()
        return self._store.places(*given)

    def keep(self, *given: Any) -> Any:
        """Keep events, unless the process ends before; it may end behind the commit, too."""
        self._halt.step()
        new = self._store.keep(*given)
        self._halt.step()
        return new

    def forget_taken(self, *given: Any) -> int:
        """Forget what waits no more, unless the process ends first."""
        self._halt.step()
        return int(self._store.forget_taken(*given))


class HaltingInbox(Inbox):
    """An inbox whose reader may end before each mail is fetched, and in the middle of a move."""

    halt = Halting()

    def fetch(self, waiting: Any) -> Any:
        """Return a mail, unless the process ends first."""
        self.halt.step()
        return super().fetch(waiting)

    def move(self, identifiers: Any, place: Place) -> None:
        """Move mails one by one, unless the process ends before one of them."""
        for identifier in identifiers:
            self.halt.step()
            super().move([identifier], place)


def open_room(folder, names: tuple[str, ...] = ("anna", "boris", "clara")) -> Mailroom:
    """Return the mailroom of a case with an alert and an update, which went to everybody."""
    work = Casework(folder, page=100)
    work.join(*names)
    revision = case(ALERT, AFTER, count_copies=True)
    revision = replace(revision, organisation=replace(revision.organisation, copies_address=COPIES))
    work.launch(revision)
    work.run()
    return Mailroom(work, revision)


def all_sorts(room: Mailroom) -> list[bytes]:
    """Return mails of every sort, each of which changes something else."""
    return [
        report(room.return_address("anna"), "anna@union.example", "4.2.2"),
        report(room.return_address("boris"), "boris@union.example"),
        complaint("fbl@solidarity.example", room.mail_id("clara"), room.leaving_token("clara")),
        plain("anna@union.example", room.copy_address("anna")),
        plain("clara@union.example", room.copy_address("clara"), "Release A. Example"),
        plain("clerk@justice.example", OFFICE, "Re: your letter"),
        forwarded("anna@union.example", report("anna@union.example", COURT)),
        plain("anna@union.example", OFFICE, "Re: Free A. Example", "not this case", In_Reply_To=room.mail_id("anna")),
        plain("somebody@x.example", OFFICE, "A question"),
        b"\0",
    ]


# What these mails do, once or often, in whatever order.
OUTCOME = [
    ["", "bounced", "complaint"],
    {"alert": {"soft": 1, "hard": 1, "complaint": 1}},
    Spread({"court": 2}, {"GB": 2}, {NOW.date().isoformat(): 2}),
    {},
    Answers(frozenset({"court"}), declined=True, reported=frozenset({("court", ReportKind.RETURNED.value, COURT)})),
    [("court", COURT, ReportKind.RETURNED, 1)],
    [("court", "clerk@justice.example", "Re: your letter")],
]


def outcome(room: Mailroom) -> list[object]:
    """Return all that mails have done, but not how often the same came."""
    work, answers = room.work, room.work.answers
    return [
        [room.barred(name) for name in ("anna", "boris", "clara")],
        work.incoming.returned("case"),
        answers.copies("case"),
        answers.counts("case"),
        answers.answers_of("case", work.token_of("anna")),
        [(each.target, each.value, each.kind, each.supporters) for each in answers.reported("case")],
        [(each.target, each.sender, each.subject) for each in work.incoming.answers()],
    ]


def read_with_kills(room: Mailroom, halt: Halting) -> None:
    """Read the mailbox again and again, until one pass is not killed."""
    room.inbox.halt = halt
    while True:
        try:
            room.take(store=HaltingStore(room.work.incoming, halt))
        except KilledError:
            continue
        return


@pytest.mark.parametrize("each", [0, 7, 8, 9, 10, 11, 13])
def test_kills_at_any_moment_repeat_nothing_and_lose_nothing(tmp_path, each):
    """Before and after each commit, each fetch, and each single mail of a move: the same is done, once."""
    room = open_room(tmp_path)
    room.inbox = HaltingInbox(page=4)
    room.inbox.put(*all_sorts(room))
    halt = Halting(each)

    read_with_kills(room, halt)

    assert halt.kills >= (2 if each else 0)
    assert list(room.inbox.mails) == ["9"]
    assert sum(event.came for event in room.work.incoming.waiting()) == 10
    assert outcome(room) == OUTCOME


def test_who_was_killed_before_the_move_only_moves(tmp_path):
    """The mail was decided already: it is not fetched again."""
    room = open_room(tmp_path)
    room.inbox = HaltingInbox()
    room.inbox.put(plain("anna@union.example", room.copy_address("anna")))
    room.inbox.halt = Halting(2)
    with pytest.raises(KilledError):
        room.take()
    room.inbox.halt = Halting()
    taken = room.take()

    assert (taken.counts, taken.moved, room.inbox.fetched) == ({}, 1, ["1"])


@pytest.mark.parametrize("error", [StoreUnavailableError("away"), TryAgainError("no such key")])
def test_trouble_of_the_database_is_no_mails_fault(tmp_path, error):
    """The pass ends where it was; the next goes on, and nothing went to quarantine."""
    room = open_room(tmp_path)
    room.inbox = Inbox(page=1)
    room.inbox.put(*all_sorts(room)[:3])
    broken = iter([False, True])

    class Away:
        """A store that is away the second time that it is asked to keep something."""

        places, forget_taken = room.work.incoming.places, room.work.incoming.forget_taken

        @staticmethod
        def keep(*given: Any) -> Any:
            if next(broken):
                raise error
            return room.work.incoming.keep(*given)

    with pytest.raises(type(error)):
        room.take(store=Away())
    assert [each.came for each in room.work.incoming.waiting()] == [1]
    room.take()

    assert room.inbox.folders[Place.PROCESSED] == ["1", "2", "3"]
    assert room.inbox.folders[Place.QUARANTINE] == []


def test_trouble_of_the_mailbox_ends_the_pass(tmp_path):
    """It is not held against the mail that was being fetched."""
    room = open_room(tmp_path)

    class Away(Inbox):
        """A mailbox whose connection is lost."""

        def fetch(self, waiting: Any) -> Any:
            raise MailboxUnavailableError("hung up")

    (mail, *_) = all_sorts(room)
    room.inbox = Away()
    with pytest.raises(MailboxUnavailableError):
        room.take(mail)
    assert room.work.incoming.waiting() == ()


def test_a_mail_on_which_the_server_breaks_holds_up_no_others(tmp_path):
    """It is passed over at the fourth try, and tried again once the others are done."""
    room = open_room(tmp_path)

    class Breaking(Inbox):
        """A mailbox that hangs up whenever its first mail is asked for."""

        def fetch(self, waiting: Any) -> Any:
            if waiting.identifier == "1":
                raise MailboxUnavailableError("hung up")
            return super().fetch(waiting)

    room.inbox = Breaking()
    room.inbox.put(*all_sorts(room)[:2])
    intake = Intake(room.outside)
    for _ in range(2):
        for _ in range(3):
            with pytest.raises(MailboxUnavailableError):
                intake.take(room.inbox)
        assert intake.take(room.inbox).is_complete

    assert (list(room.inbox.mails), room.inbox.folders[Place.PROCESSED]) == (["1"], ["2"])
    assert [entry["mail"] for entry in room.told] == ["1", "1"]


@pytest.mark.parametrize("error", [RecursionError, IndexError, AttributeError, UnicodeError, MemoryError])
@pytest.mark.parametrize("where", ["read", "classify"])
def test_a_hostile_mail_stops_nothing(tmp_path, where, error):
    """Whatever breaks on it: it goes to quarantine, told without a word of it, and the next mail is read."""
    room = open_room(tmp_path)

    def break_on_hostile(working: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def break_or_work(given: Any) -> Any:
            if "hostile" in (given.decode() if isinstance(given, bytes) else given.subject):
                raise error("canary")
            return working(given)

        return break_or_work

    tools, read = room.outside.tools, room.outside.read
    changed = {"read": break_on_hostile(read)} if where == "read" else {}
    changed |= {"tools": replace(tools, classify=break_on_hostile(tools.classify))} if where == "classify" else {}
    taken = room.take(plain("x@x.example", OFFICE, "hostile"), plain("y@x.example", OFFICE), **changed)

    assert taken.counts == {Matter.UNREADABLE: 1, Matter.REPLY: 1}
    assert room.inbox.folders[Place.QUARANTINE] == ["1"]
    assert [entry["error"] for entry in room.told] == [error.__name__]
    assert "canary" not in str(room.told)


def test_what_cannot_be_kept_of_one_mail_is_kept_without_it(tmp_path):
    """An effect that breaks, every time, does not hold up the mailbox."""
    room = open_room(tmp_path)

    class Picky:
        """A store that refuses every copy."""

        places, forget_taken = room.work.incoming.places, room.work.incoming.forget_taken

        @staticmethod
        def keep(source: str, found: Any, now: Any) -> Any:
            if any(finding.matter is Matter.COPY for finding in found.values()):
                raise ValueError("no")
            return room.work.incoming.keep(source, found, now)

    copy = plain("anna@union.example", room.copy_address("anna"))
    taken = room.take(copy, plain("x@x.example", OFFICE), store=Picky())

    assert taken.counts == {Matter.UNREADABLE: 1, Matter.REPLY: 1}
    assert room.inbox.folders[Place.QUARANTINE] == ["1"]


def test_a_mail_that_is_too_large_is_not_read(tmp_path):
    """Only its beginning was fetched: what it says could be anything."""
    room = open_room(tmp_path)
    fetch = room.inbox.fetch
    room.inbox.fetch = lambda waiting: replace(fetch(waiting), size=26 * 1024 * 1024)

    assert room.matters(plain("anna@union.example", room.copy_address("anna"))) == [Matter.UNREADABLE]


def test_two_readers_at_once_count_once(tmp_path):
    """Who comes second finds the event, and leaves the mail to where that says it belongs."""
    room = open_room(tmp_path)
    room.inbox.put(plain("anna@union.example", room.copy_address("anna")))

    class Second:
        """A store in which somebody else keeps the mail between the look and the commit."""

        forget_taken = room.work.incoming.forget_taken
        looks = iter([{}])

        def places(self, *given: Any) -> Any:
            return next(self.looks, None) or room.work.incoming.places(*given)

        @staticmethod
        def keep(*given: Any) -> Any:
            assert room.work.incoming.keep(*given)
            return room.work.incoming.keep(*given)

    assert room.take(store=Second()).counts == {}
    assert room.inbox.folders[Place.GONE] == ["1"]
    assert room.work.answers.copies("case").by_target == {"court": 1}


def test_a_stop_is_heeded_between_two_mails(tmp_path):
    """What was decided is moved, and the rest waits for the next time."""
    room = open_room(tmp_path)
    stops: Iterator[bool] = iter([False, True])
    taken = room.take(*all_sorts(room)[:3], should_stop=lambda: next(stops, True))

    assert (taken.is_complete, taken.moved) == (False, 1)
    assert room.take().moved == 2


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.lists(st.sampled_from(range(10)), min_size=0, max_size=14), rest=st.permutations(range(10)))
def test_any_order_and_any_number_of_repeats_do_the_same(tmp_path_factory, order, rest):
    """A mailbox that is copied, read backwards, or gets everything twice."""
    room = open_room(tmp_path_factory.mktemp("order"))
    mails = all_sorts(room)

    room.take(*(mails[number] for number in (*order, *rest)))

    assert outcome(room) == OUTCOME
