"""Is a sender called dead when it is, and only then? Locks of real files and real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mailer.adapters.workers import WorkerLock, is_dead, machine_name
from mailer.errors import OutputError

_HOLD = """
import sys, time
from pathlib import Path
from mailer.adapters.workers import WorkerLock
with WorkerLock(Path(sys.argv[1]), "held") as lock:
    print(lock.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """A process of its own that holds a lock until its input ends, and the lock's name."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


def test_a_worker_is_alive_while_it_holds_its_lock(tmp_path):
    """Asking again and again does not take the lock from it; when it ends, its file is gone."""
    with WorkerLock(tmp_path, "one") as lock:
        assert [is_dead(tmp_path, lock.name) for _ in range(3)] == [False] * 3
        assert lock.name == f"{machine_name()}_{os.getpid()}_one"
    assert is_dead(tmp_path, lock.name)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_of_another_process_is_alive_until_it_ends(tmp_path, holder):
    """A clean end lets the lock go."""
    process, name = holder
    assert not is_dead(tmp_path, name)
    process.communicate()

    assert process.returncode == 0
    assert is_dead(tmp_path, name)


def test_a_worker_that_was_killed_is_dead_at_once(tmp_path, holder):
    """The system lets the lock go, whatever the worker was doing; its file stays and says nothing."""
    process, name = holder
    process.kill()
    process.wait()

    assert (tmp_path / f"{name}.lock").exists()
    assert [is_dead(tmp_path, name) for _ in range(2)] == [True, True]


def test_a_worker_that_sleeps_is_not_dead(tmp_path, holder):
    """A stopped process may wake: its letters are not given away by its lock."""
    process, name = holder
    process.send_signal(signal.SIGSTOP)
    assert not is_dead(tmp_path, name)

    process.send_signal(signal.SIGCONT)


def test_two_workers_of_one_process_have_locks_of_their_own(tmp_path):
    """One that ends says nothing about the other."""
    with WorkerLock(tmp_path, "one") as one:
        with WorkerLock(tmp_path, "two") as two:
            pass
        assert (is_dead(tmp_path, one.name), is_dead(tmp_path, two.name)) == (False, True)


@pytest.mark.parametrize("name", ["elsewhere_12_ab", f"{machine_name()}x_12_ab", f"{machine_name()}", ""])
def test_a_worker_of_another_machine_is_never_called_dead(tmp_path, name):
    """Its lock cannot be seen from here."""
    assert not is_dead(tmp_path, name)


def test_a_lock_that_may_not_be_opened_tells_nothing(tmp_path, monkeypatch):
    """Another user's worker is not called dead because its file is private."""

    def refuse(path, flags):
        raise PermissionError(13, "Permission denied")

    name = f"{machine_name()}_1_other"
    monkeypatch.setattr(os, "open", refuse)
    assert not is_dead(tmp_path, name)


def test_the_folder_of_locks_is_private_and_made_when_needed(tmp_path):
    """Names of processes are nobody else's business."""
    folder = tmp_path / "var" / "workers"
    with WorkerLock(folder, "one") as lock:
        assert (folder.stat().st_mode & 0o777, (folder / f"{lock.name}.lock").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """The error names the lock and what the system said."""
    (tmp_path / "workers").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match=r"lock .* cannot be made"), WorkerLock(tmp_path / "workers", "one"):
        pass


def test_a_machine_has_a_name_that_fits_a_file(monkeypatch):
    """Whatever the system calls it: no separators, no underscore, never empty, never long."""
    for told in ("host.example", "a_b/c d", "", "x" * 200):
        monkeypatch.setattr("socket.gethostname", lambda told=told: told)
        name = machine_name()
        assert name
        assert len(name) <= 40
        assert not set("_/ ") & set(name)
