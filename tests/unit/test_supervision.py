"""Is what fails in the daemon started again, soon but not in a hot loop, and told once?"""

from __future__ import annotations

import pytest

from mailer.adapters.supervision import Supervised, Ticks


class FakeLog:
    """Remembers what was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, object]]] = []

    def _tell(self, event: str, **fields: object) -> None:
        self.told.append((event, fields))

    info = warning = error = _tell


class FakeProcess:
    """Runs until it is ended."""

    def __init__(self) -> None:
        self.exitcode: int | None = None

    def is_alive(self) -> bool:
        """Tell whether nobody ended it."""
        return self.exitcode is None


class Office:
    """A supervised process and the seconds that pass."""

    def __init__(self, **named: str) -> None:
        self.now = 0.0
        self.started: list[FakeProcess] = []
        self.log = FakeLog()
        self.supervised = Supervised(self.start, self.log, lambda: self.now, **named)

    def start(self) -> FakeProcess:
        """Start one more."""
        self.started.append(FakeProcess())
        return self.started[-1]

    def die(self, *, after: float = 0, code: int = -9) -> float:
        """Let the process live for `after` seconds; return how long it takes until there is another."""
        self.now += after
        died_at, count = self.now, len(self.started)
        self.started[-1].exitcode = code
        while len(self.started) == count:
            self.supervised.keep_alive()
            self.now += 0.5
        return self.now - 0.5 - died_at


def test_a_living_process_is_left_alone():
    """Looking often starts nothing."""
    office = Office()
    for _ in range(100):
        office.supervised.keep_alive()

    assert len(office.started) == 1


def test_pauses_double_up_to_a_minute():
    """A sender that dies at once, always, is no hot loop; each death is told once."""
    office = Office()

    assert [office.die() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert [event for event, _ in office.log.told] == ["sender died"] * 9


def test_what_died_is_called_by_its_name():
    """Senders and the reader of the mailbox are told apart."""
    office = Office(name="reader")
    office.die()

    assert [event for event, _ in office.log.told] == ["reader died"]


def test_one_that_held_for_a_minute_starts_afresh():
    """A death a day is not punished by the deaths of last month."""
    office = Office()
    for _ in range(6):
        office.die()

    assert office.die(after=61) == 1
    assert office.die(after=59) == 2


def test_a_database_that_is_back_is_noticed_soon():
    """A sender that cannot start because the database is away is tried at least every five seconds."""
    office = Office()

    assert [office.die(code=75) for _ in range(5)] == [1, 2, 4, 5, 5]


@pytest.mark.parametrize(("code", "wants"), [(75, True), (74, False), (-9, False), (0, False)])
def test_what_has_to_change_first_is_known_by_the_exit_code(code, wants):
    """75 may mean a restored backup; the daemon then looks."""
    office = Office()
    assert not office.supervised.wants_another_try
    office.started[-1].exitcode = code

    assert office.supervised.wants_another_try is wants


def test_a_trouble_of_the_tick_is_told_when_it_changes():
    """Ten ticks without a database are two lines in the log, not ten; another trouble is another line."""
    troubles: list[Exception | None] = [OSError("away")] * 9 + [ValueError("odd"), None, None, OSError("away")]
    log = FakeLog()

    def work() -> None:
        trouble = troubles.pop(0)
        if trouble is not None:
            raise trouble

    tick = Ticks(work, log)
    for _ in range(13):
        tick()

    assert [(event, fields.get("reason")) for event, fields in log.told] == [
        ("tick failed", "away"),
        ("tick failed", "odd"),
        ("tick works again", None),
        ("tick failed", "away"),
    ]
