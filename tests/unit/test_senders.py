"""Do sender processes that help a run join it late, end with it, and tell what they left?"""

from __future__ import annotations

import sys
import threading

import pytest
import uvloop

from mailer.senders import Helpers, loop_factory


class FakeProcess:
    """A process that ends with `code` when it is waited for, unless it is ended before."""

    def __init__(self, code: int) -> None:
        self.exitcode: int | None = None
        self._code = code

    def terminate(self) -> None:
        """End it."""
        self._code = -15

    def join(self) -> None:
        """Wait for its end."""
        self.exitcode = self._code


class Office:
    """Helpers, each of which ends with a code of its own."""

    def __init__(self, *codes: int) -> None:
        self.started: list[FakeProcess] = []
        self.codes = list(codes)
        self.all_started = threading.Event()

    def start(self) -> FakeProcess:
        """Start the next one."""
        self.started.append(FakeProcess(self.codes[len(self.started)]))
        if len(self.started) == len(self.codes):
            self.all_started.set()
        return self.started[-1]

    def help(self, *, after_seconds: float = 0.0) -> Helpers:
        """Return the helpers of one run."""
        return Helpers(self.start, len(self.codes), after_seconds)


def test_a_run_that_is_over_soon_starts_nobody():
    """Two letters need no second process."""
    office = Office(0, 0)
    with office.help(after_seconds=60) as helpers:
        helpers.is_stopped = False

    assert office.started == []
    assert not helpers.have_failed


@pytest.mark.parametrize(("codes", "failed"), [((0, 0), False), ((0, 75), True), ((-9, 0), True)])
def test_a_run_waits_for_its_helpers_and_looks_how_they_ended(codes, failed):
    """One that was killed, or has to say that letters wait, means that somebody has to look once more."""
    office = Office(*codes)
    with office.help() as helpers:
        assert office.all_started.wait(10)
        helpers.is_stopped = False

    assert tuple(process.exitcode for process in office.started) == codes
    assert helpers.have_failed is failed


def fail(office: Office) -> None:
    """Run, and fail in the middle."""
    with office.help():
        assert office.all_started.wait(10)
        raise ValueError("a fault of ours")


def stop(office: Office) -> None:
    """Run, and be told to stop."""
    with office.help() as helpers:
        assert office.all_started.wait(10)
        helpers.is_stopped = True
    raise ValueError("stopped")


@pytest.mark.parametrize("end", [fail, stop])
def test_what_ends_the_run_ends_its_helpers(end):
    """A stop and an error are for all of them: nobody goes on sending behind the back of who pressed Ctrl-C."""
    office = Office(0, 0)
    with pytest.raises(ValueError, match=r"fault|stopped"):
        end(office)

    assert [process.exitcode for process in office.started] == [-15, -15]


def test_the_loop_is_the_quick_one_where_it_is_installed(monkeypatch):
    """Where it cannot be imported the standard one does."""
    assert loop_factory() is uvloop.new_event_loop
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert loop_factory() is None
