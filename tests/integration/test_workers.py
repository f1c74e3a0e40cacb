"""Can be told which sender is gone? Locks of real files and real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from mailer.adapters.workers import LockFolder, machine_name
from mailer.core.liveness import Lock
from mailer.errors import OutputError

_HOLD = """
import sys
from pathlib import Path
from mailer.adapters.workers import LockFolder
with LockFolder(Path(sys.argv[1])).worker() as lock:
    print(lock.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of locks."""
    return LockFolder(tmp_path)


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


def test_a_worker_is_alive_while_it_holds_its_lock(tmp_path, folder):
    """Looking again and again does not take the lock from it; when it ended, its file proves it."""
    with folder.worker() as lock:
        assert [folder.see(lock.name) for _ in range(3)] == [Lock.HELD] * 3
        folder.remove(lock.name)
        assert folder.see(lock.name) is Lock.HELD
    assert folder.see(lock.name) is Lock.FREE

    folder.remove(lock.name)
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_worker_is_named_after_machine_place_and_process(tmp_path, folder):
    """Nobody else has its name; the place's word is in its file."""
    with folder.worker() as one, folder.worker() as two:
        place = (tmp_path / "place").read_text(encoding="ascii")
        begins = f"{machine_name()}-{place}_{os.getpid()}_"

        assert one.name.startswith(begins)
        assert two.name.startswith(begins)
        assert one.name != two.name
        assert len(place) == 8


def test_a_worker_of_another_process_is_alive_until_it_ends(folder, holder):
    """A clean end lets the lock go."""
    process, name = holder
    assert folder.see(name) is Lock.HELD
    process.communicate()

    assert process.returncode == 0
    assert folder.see(name) is Lock.FREE


def test_a_worker_that_was_killed_is_dead_at_once(folder, holder):
    """The system lets the lock go, whatever the worker was doing."""
    process, name = holder
    process.kill()
    process.wait()

    assert [folder.see(name) for _ in range(2)] == [Lock.FREE] * 2


def test_a_worker_that_sleeps_is_not_dead(folder, holder):
    """A stopped process may wake: its letters are not given away by its lock."""
    process, name = holder
    process.send_signal(signal.SIGSTOP)
    assert folder.see(name) is Lock.HELD

    process.send_signal(signal.SIGCONT)


def test_a_lock_that_is_missing_proves_nothing(tmp_path, folder):
    """Somebody may have tidied the folder while the worker lives: its silence has to be heard, too."""
    with folder.worker() as lock:
        (tmp_path / f"{lock.name}.lock").unlink()
        assert folder.see(lock.name) is Lock.ABSENT


def test_another_place_cannot_be_seen(tmp_path, folder):
    """Two machines may have one name: a worker of another folder is not dead because it has no file here."""
    with LockFolder(tmp_path / "elsewhere").worker() as lock:
        assert folder.see(lock.name) is Lock.UNSEEN  # this folder has no word yet
        with folder.worker():
            assert folder.see(lock.name) is Lock.UNSEEN


def test_another_machine_that_shares_the_folder_is_no_proof(monkeypatch, folder):
    """A container that was made anew has another name; a lock that looks free from there may be held here."""
    with folder.worker() as lock:
        monkeypatch.setattr("mailer.adapters.workers.machine_name", lambda: "another")
        assert folder.see(lock.name) is Lock.HELD
    assert folder.see(lock.name) is Lock.ABSENT


@pytest.mark.parametrize("name", ["elsewhere_12_ab", f"{machine_name()}_12_ab", machine_name(), "", "-_1_a"])
def test_a_name_of_no_known_place_cannot_be_seen(folder, name):
    """Whatever it is."""
    with folder.worker():
        assert folder.see(name) is Lock.UNSEEN


def test_a_lock_that_may_not_be_opened_tells_nothing(folder, monkeypatch):
    """Another user's worker is not called dead because its file is private."""

    def refuse(path, flags, *mode):
        raise PermissionError(13, "Permission denied")

    with folder.worker() as lock:
        monkeypatch.setattr("mailer.adapters.workers.os.open", refuse)
        assert folder.see(lock.name) is Lock.UNSEEN
        monkeypatch.undo()


def test_workers_that_start_at_once_agree_on_their_place(tmp_path):
    """Whoever comes first chooses the word, and nobody ever reads half of one."""
    words = iter(f"{number:08x}" for number in range(100))
    ready, names = Barrier(8), []

    def start() -> None:
        folder = LockFolder(tmp_path, lambda length: next(words))
        ready.wait()
        names.append(folder.worker().name)

    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({name.partition("_")[0] for name in names}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_the_folder_of_locks_is_private_and_made_when_needed(tmp_path):
    """Names of processes are nobody else's business."""
    folder = tmp_path / "var" / "workers"
    with LockFolder(folder).worker() as lock:
        assert (folder.stat().st_mode & 0o777, (folder / f"{lock.name}.lock").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """The error names the folder and what the system said."""
    (tmp_path / "workers").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match=r"lock folder .* cannot be made"):
        LockFolder(tmp_path / "workers").worker()


def test_a_lock_that_cannot_be_made_is_told(tmp_path, folder):
    """The error names the lock."""
    lock = folder.worker()
    (tmp_path / f"{lock.name}.lock").mkdir()

    with pytest.raises(OutputError, match=r"lock .* cannot be made"), lock:
        pass


def test_a_machine_has_a_name_that_fits_a_file(monkeypatch):
    """Whatever the system calls it: no separators, no underscore, never empty, never long."""
    for told in ("host.example", "a_b/c d", "", "x" * 200):
        monkeypatch.setattr("socket.gethostname", lambda told=told: told)
        name = machine_name()
        assert name
        assert len(name) <= 40
        assert not set("_/ ") & set(name)
