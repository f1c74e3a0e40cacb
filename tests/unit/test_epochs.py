"""Is a database that is older than what left from it told by its epoch, and by nothing else?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.epochs import LEAP, Epochs

numbers = st.integers(0, 10**9)


@given(numbers, numbers)
def test_only_a_database_behind_its_file_is_restored(database, file):
    """A kill between database and file leaves the database ahead, which holds nobody up."""
    assert Epochs(database, file).is_restored is (database < file)


@given(numbers, numbers)
def test_what_was_found_once_stays_until_it_is_lifted(database, file):
    """The mark of another machine holds here too."""
    assert Epochs(database, file, held=True).is_restored


@given(numbers, st.integers(0, 100), st.integers(1, 100))
def test_every_backup_before_a_raise_is_behind(start, before, after):
    """However often it was raised before and after the backup."""
    backup = start + before
    epochs = Epochs(backup, backup)
    for _ in range(after):
        epochs = Epochs(epochs.next, epochs.next)

    assert Epochs(backup, epochs.file).is_restored


@given(numbers, numbers, st.integers(0, LEAP))
def test_lifting_is_above_every_file(database, file, ahead):
    """Another machine's file may be ahead of the one where a person lifted it, by what it raised meanwhile."""
    lifted = Epochs(database, file, held=True).lifted

    assert not Epochs(lifted, file + ahead).is_restored
    assert Epochs(database, lifted).is_restored
