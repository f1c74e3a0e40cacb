"""Is a restored backup told from the database that letters left from, on every machine, and lifted by a person only?"""

from __future__ import annotations

import json
import os
import shutil
import threading

import pytest
from sqlalchemy import select

from mailer.adapters.epochs import EpochFile
from mailer.adapters.store.engine import file_of, open_engine, reading
from mailer.adapters.store.epoch import SqlEpoch, identify
from mailer.adapters.store.tables import meta
from mailer.errors import ConfigurationError, MailerError, TryAgainError
from tests.databases import make_engine


class Seconds:
    """A monotonic clock that stands still unless it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


class Machine:
    """One database and one machine's file beside its key, and ways to put backups back."""

    def __init__(self, folder, engine=None) -> None:
        folder.mkdir(exist_ok=True)
        self.engine = engine or make_engine(folder)
        self.path = folder / "key" / "keys.epochs.json"
        self.seconds = Seconds()

    @property
    def epoch(self) -> SqlEpoch:
        """The epoch as a new process sees it."""
        return SqlEpoch(self.engine, EpochFile(self.path), os.urandom, self.seconds)

    @property
    def in_file(self) -> int:
        """What the file says of this database."""
        return max(json.loads(self.path.read_text()).values())

    @property
    def in_database(self) -> int:
        """What the database says of itself."""
        with reading(self.engine) as connection:
            return int(connection.scalar(select(meta.c.value).where(meta.c.name == "epoch")))

    def back_up(self) -> None:
        """Copy the database as `sqlite3 .backup` does, while it is in use."""
        with reading(self.engine) as connection:
            target = open_engine(f"sqlite:///{self.path.parent.parent / 'backup.db'}")
            with target.connect() as other:
                connection.connection.dbapi_connection.backup(other.connection.dbapi_connection)
            target.dispose()

    def restore(self) -> None:
        """Put the backup in the database's place."""
        file = file_of(self.engine)
        self.engine.dispose()
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.path.parent.parent / "backup.db", file)
        self.engine = open_engine(f"sqlite:///{file}")


@pytest.fixture
def machine(tmp_path):
    """A new database on a machine that never sent."""
    return Machine(tmp_path)


def test_a_new_database_may_send(machine):
    """The first start makes id, epoch and file; the file belongs to its user alone."""
    machine.epoch.advance()

    assert (machine.in_database, machine.in_file) == (1, 1)
    assert machine.path.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in machine.path.parent.iterdir()) == ["keys.epochs.json", "keys.epochs.lock"]


def test_each_start_raises_both(machine):
    """So a backup from before the last start is behind."""
    for _ in range(3):
        machine.epoch.advance()

    assert (machine.in_database, machine.in_file) == (3, 3)


def test_letters_raise_it_once_a_second(machine):
    """A thousand letters cost one raise a second, and the first after a pause is never ahead of it."""
    epoch = machine.epoch
    for second in (0.0, 0.4, 0.9, 1.0, 1.5, 60.0):
        machine.seconds.now = 100 + second
        epoch.before_letters()

    assert (machine.in_database, machine.in_file) == (3, 3)


def test_a_backup_made_while_letters_left_is_held(machine):
    """It was made after the last start; the letters that left since tell it."""
    epoch = machine.epoch
    with epoch.raised():
        epoch.before_letters()
        machine.back_up()
        machine.seconds.now += 1
        epoch.before_letters()
    machine.restore()

    with pytest.raises(TryAgainError, match="resume --after-restore"):
        machine.epoch.advance()
    assert machine.epoch.notice()


def test_a_backup_made_in_the_last_second_of_a_sender_is_held(machine):
    """A clean end raises once more if letters left."""
    epoch = machine.epoch
    with epoch.raised():
        epoch.before_letters()
        machine.back_up()
    machine.restore()

    assert machine.epoch.notice()


def test_a_backup_from_before_the_first_start_is_held(machine):
    """The database has its id from its first minute, so that what is copied from it is known as its copy."""
    identify(machine.engine, os.urandom)
    identify(machine.engine, os.urandom)
    machine.path.parent.mkdir()
    machine.back_up()
    machine.epoch.advance()
    machine.restore()

    assert machine.epoch.notice()


def test_a_backup_after_which_nothing_left_goes_on(machine):
    """Who restores at once, or without having sent, is not asked anything."""
    with machine.epoch.raised():
        pass
    machine.back_up()
    machine.restore()

    assert machine.epoch.notice() == ""
    machine.epoch.advance()


def test_a_sender_that_runs_while_a_backup_is_put_back_stops(machine):
    """Not at its next start only: before its next letters."""
    epoch = machine.epoch
    epoch.before_letters()
    machine.back_up()
    machine.seconds.now += 1
    epoch.before_letters()
    machine.restore()
    epoch = SqlEpoch(machine.engine, EpochFile(machine.path), os.urandom, machine.seconds)

    with pytest.raises(TryAgainError):
        epoch.before_letters()


def test_asking_changes_nothing(machine):
    """`status` may be asked at any time, also before the first start."""
    assert machine.epoch.notice() == ""
    assert not machine.path.exists()
    machine.epoch.advance()
    machine.epoch.notice()

    assert (machine.in_database, machine.in_file) == (1, 1)


def test_lifting_lets_letters_go_until_the_next_restore(machine):
    """After it the database is ahead of every file; the old backup is behind again."""
    machine.epoch.advance()
    machine.back_up()
    machine.epoch.advance()
    machine.restore()
    with pytest.raises(TryAgainError):
        machine.epoch.advance()

    machine.epoch.lift()

    assert machine.epoch.notice() == ""
    machine.epoch.advance()
    machine.restore()
    assert machine.epoch.notice()


def test_what_one_machine_finds_holds_all(tmp_path):
    """A machine that sent nothing since the backup cannot know; the database tells it."""
    one = Machine(tmp_path)
    other = Machine(tmp_path / "other", one.engine)
    other.epoch.advance()
    one.epoch.advance()
    one.back_up()
    one.epoch.advance()
    one.restore()
    other.engine = one.engine
    with pytest.raises(TryAgainError):
        one.epoch.advance()

    with pytest.raises(TryAgainError):
        other.epoch.advance()
    one.epoch.lift()
    other.epoch.advance()


def test_lifting_on_one_machine_is_enough(tmp_path):
    """Another machine's file may be ahead of the one where a person lifted it."""
    one = Machine(tmp_path)
    other = Machine(tmp_path / "other", one.engine)
    one.epoch.advance()
    one.back_up()
    for machine in (one, other, other, other):
        machine.epoch.advance()
    one.restore()
    other.engine = one.engine
    one.epoch.lift()

    other.epoch.advance()


def test_of_two_copies_only_one_goes_on(machine, tmp_path):
    """A copy that is started holds the one that it was made of, before that one's next letters."""
    machine.epoch.advance()
    machine.back_up()
    copy = Machine(tmp_path / "copy", open_engine(f"sqlite:///{tmp_path / 'backup.db'}"))
    copy.path = machine.path
    copy.epoch.advance()
    copy.epoch.advance()

    with pytest.raises(TryAgainError):
        machine.epoch.advance()


def test_another_database_with_an_old_file_is_fine(machine, tmp_path):
    """Whoever begins anew with the same key is not taken for a backup."""
    for _ in range(5):
        machine.epoch.advance()
    fresh = Machine(tmp_path / "fresh")
    fresh.path = machine.path

    fresh.epoch.advance()

    assert fresh.in_database == 1
    machine.epoch.advance()
    assert machine.in_file == 6


class KilledError(Exception):
    """Stands for the end of the process."""


class DyingFile(EpochFile):
    """A file whose writer is killed before it writes."""

    def raise_to(self, database_id: str, epoch: int) -> None:
        """Write nothing."""
        raise KilledError


def test_the_database_is_raised_first(machine):
    """A kill between the two leaves a database that is ahead, which is no backup."""
    machine.epoch.advance()
    with pytest.raises(KilledError):
        SqlEpoch(machine.engine, DyingFile(machine.path), os.urandom).advance()

    assert (machine.in_database, machine.in_file) == (2, 1)
    machine.epoch.advance()
    assert (machine.in_database, machine.in_file) == (3, 3)


def test_what_the_file_says_only_grows(tmp_path):
    """Two senders raise it in any order."""
    file = EpochFile(tmp_path / "keys.epochs.json")
    for epoch in (4, 2, 7, 6):
        file.raise_to("a", epoch)
    file.raise_to("b", 1)

    assert file.read() == {"a": 7, "b": 1}


def test_a_writer_that_was_stopped_holds_nobody_up(tmp_path):
    """Its lock is waited for as long as a living one would need it."""
    file = EpochFile(tmp_path / "keys.epochs.json", monotonic=iter(range(0, 100, 10)).__next__)
    with EpochFile(tmp_path / "keys.epochs.json")._locked():
        file.raise_to("a", 1)

    assert file.read() == {"a": 1}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": "1"}'])
def test_a_damaged_file_is_told(tmp_path, content):
    """Nothing is sent by guess."""
    (tmp_path / "keys.epochs.json").write_text(content)

    with pytest.raises(ConfigurationError, match=r"keys\.epochs\.json is damaged"):
        EpochFile(tmp_path / "keys.epochs.json").read()


def test_a_place_where_nothing_can_be_written_is_told(tmp_path):
    """The setting that names another place is in the message."""
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigurationError, match="MAILER_EPOCHS_FILE"):
        EpochFile(tmp_path / "file" / "keys.epochs.json").raise_to("a", 1)


def test_senders_that_start_at_once_count_each_other(store_url, tmp_path):
    """On a database that is new to all of them: one id, no raise lost, nobody held."""
    engine, errors = make_engine(tmp_path, url=store_url), []

    def start(machine: int) -> None:
        file = EpochFile(tmp_path / str(machine % 2) / "keys.epochs.json")
        try:
            for _ in range(5):
                SqlEpoch(engine, file, os.urandom).advance()
        except MailerError as error:
            errors.append(error)

    threads = [threading.Thread(target=start, args=(machine,)) for machine in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = [EpochFile(tmp_path / name / "keys.epochs.json").read() for name in "01"]

    assert errors == []
    assert len(files[0].keys() | files[1].keys()) == 1
    assert max(max(each.values()) for each in files) == 20
