"""May letters leave from this database, or was a backup put back? Its epoch, raised as long as letters leave.

Law: no letter leaves later than a second after the epoch was raised, in the database first and then in the file
apart from it. So a backup is behind the file as soon as a letter has left after it was made.
BUGS: what left in the last second before a kill can be in a backup of that same second, which looks current.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, delete, select, update

from mailer.adapters.epochs import EpochFile
from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import meta
from mailer.core.epochs import RESTORED, Epochs
from mailer.errors import MailerError, TryAgainError

KEEPS_FOR_SECONDS = 1
_ID, _EPOCH, _HELD = "database-id", "epoch", "restored"


def identify(engine: Engine, random_bytes: Callable[[int], bytes]) -> None:
    """Give the database its id, once, before anything can be copied from it."""
    with reading(engine) as connection:
        is_known = connection.execute(select(meta).where(meta.c.name == _ID)).one_or_none() is not None
    if not is_known:
        with writing(engine) as connection:
            _begin(connection, random_bytes)


class SqlEpoch:
    """The epoch of one database; used by one thread."""

    def __init__(
        self,
        engine: Engine,
        file: EpochFile,
        random_bytes: Callable[[int], bytes],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._file = file
        self._random_bytes = random_bytes
        self._monotonic = monotonic
        self._raised_at: float | None = None
        self._letters_left = False

    def advance(self) -> None:
        """Raise the epoch, in the database first.

        Raises:
            TryAgainError: the database was restored; it stays held, for every machine, until a person lifts that.
            ConfigurationError: the file cannot be used.
        """
        known = self._file.read()  # before the database: another sender may raise both meanwhile
        with writing(self._engine) as connection:
            name, epochs = self._read(connection, known)
            if epochs.is_restored:
                insert_new(connection, meta, [{"name": _HELD, "value": str(epochs.file)}])
            else:
                _put(connection, epochs.next)
        if epochs.is_restored:
            raise TryAgainError(RESTORED)
        self._file.raise_to(name, epochs.next)
        self._raised_at = self._monotonic()
        self._letters_left = False

    def before_letters(self) -> None:
        """Raise the epoch unless it was raised in the last second: letters are about to leave."""
        if self._raised_at is None or self._monotonic() - self._raised_at >= KEEPS_FOR_SECONDS:
            self.advance()
        self._letters_left = True

    @contextmanager
    def raised(self) -> Generator[None]:
        """Raise the epoch before a sender works, and after it if letters left."""
        self.advance()
        try:
            yield
        finally:
            if self._letters_left:
                with suppress(MailerError):
                    self.advance()

    def notice(self) -> str:
        """Return why nothing is sent, in words; empty if the database is as new as the file."""
        known = self._file.read()
        with reading(self._engine) as connection:
            rows = {row.name: row.value for row in connection.execute(select(meta))}
        return RESTORED if _epochs(rows, known).is_restored else ""

    def lift(self) -> None:
        """Let letters leave again, because a person has looked at the queue."""
        known = self._file.read()
        with writing(self._engine) as connection:
            name, epochs = self._read(connection, known)
            _put(connection, epochs.lifted)
            connection.execute(delete(meta).where(meta.c.name == _HELD))
        self._file.raise_to(name, epochs.lifted)

    def _read(self, connection: Connection, known: Mapping[str, int]) -> tuple[str, Epochs]:
        """Return the database's id, made at the first time, and its epochs; nobody else changes them meanwhile."""
        _begin(connection, self._random_bytes)
        query = select(meta).where(meta.c.name.in_((_ID, _EPOCH, _HELD))).order_by(meta.c.name).with_for_update()
        rows = {row.name: row.value for row in connection.execute(query)}
        return rows[_ID], _epochs(rows, known)


def _begin(connection: Connection, random_bytes: Callable[[int], bytes]) -> None:
    """Make id and epoch where they are missing."""
    insert_new(connection, meta, [{"name": _ID, "value": random_bytes(16).hex()}, {"name": _EPOCH, "value": "0"}])


def _epochs(rows: dict[str, str], known: Mapping[str, int]) -> Epochs:
    """Return the epochs of rows of `meta` and a file's content."""
    return Epochs(int(rows.get(_EPOCH, "0")), known.get(rows.get(_ID, ""), 0), _HELD in rows)


def _put(connection: Connection, epoch: int) -> None:
    """Write the epoch."""
    connection.execute(update(meta).where(meta.c.name == _EPOCH).values(value=str(epoch)))
