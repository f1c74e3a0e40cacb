"""Which workers hold letters and will never send them? Their beats in a table, their locks outside of it.

Law: a look is one consistent picture of the database. Whose lock is free on this machine is dead at once;
of all others, `core.liveness` judges what this process has seen, look after look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Protocol

from sqlalchemy import Connection, Engine, delete, func, select, text, union, update
from sqlalchemy.exc import SQLAlchemyError

from mailer.adapters.store.dialect import insert_new, session_locks
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.statements import Ready
from mailer.adapters.store.states import in_hand
from mailer.adapters.store.tables import deliveries, workers
from mailer.core.liveness import Life, Lock, Watch, judge


class FileLocks(Protocol):
    """The locks that workers hold on files, as they can be seen from this process."""

    def see(self, worker: str) -> Lock:
        """Return what can be told of a worker's lock."""

    def remove(self, worker: str) -> None:
        """Remove the file of a worker that is dead."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The names of the workers that are dead, and of those that only sleep, as it seems."""

    dead: tuple[str, ...] = ()
    stalled: tuple[str, ...] = ()


class Liveness:
    """Beats of this process's workers, and one observer of everybody's; `monotonic` counts seconds."""

    def __init__(self, engine: Engine, files: FileLocks, monotonic: Callable[[], float]) -> None:
        self._engine = engine
        self._files = files
        self._monotonic = monotonic
        self._watch = Watch()
        self._sessions = SessionLocks(engine)

    def beat(self, worker: str, *, now: datetime) -> None:
        """Say that a worker lives, and see that its session lock is held."""
        with writing(self._engine) as connection:
            insert_new(connection, workers, [{"name": worker, "since": now}])
            mine = update(workers).where(workers.c.name == worker)
            connection.execute(mine.values(beats=workers.c.beats + 1))
        self._sessions.hold(worker)

    def look(self) -> Lost:
        """Return who is dead and who is silent, by what has been seen until now."""
        with reading(self._engine) as connection:
            beats = _beats(connection)
            held = session_locks(connection)
        self._watch = self._watch.look(beats, timedelta(seconds=self._monotonic()))
        lives = {
            name: judge(self._files.see(name), _session_lock(name, held), self._watch.silence(name)) for name in beats
        }
        return Lost(*(tuple(n for n, life in lives.items() if life is lost) for lost in (Life.DEAD, Life.STALLED)))

    def forget(self, names: Collection[str]) -> None:
        """Delete all that workers left who are dead and hold nothing any more."""
        with writing(self._engine) as connection:
            connection.execute(delete(workers).where(workers.c.name.in_(names)))
        for name in names:
            self._files.remove(name)


class SessionLocks:
    """PostgreSQL's advisory locks of this process's workers, on connections of their own: the server lets them go.

    Elsewhere there are none, and nothing is done.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[str, Connection] = {}

    def hold(self, worker: str) -> None:
        """Take a worker's lock if it is not held; while the database is away the next beat tries again."""
        if self._engine.dialect.name != "postgresql" or self._is_held(worker):
            return
        with suppress(SQLAlchemyError):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            if connection.scalar(select(func.pg_try_advisory_lock(lock_key(worker)))):
                self._held[worker] = connection
            else:
                connection.close()  # the session that had it has not ended yet

    def _is_held(self, worker: str) -> bool:
        """Tell whether the connection that holds a worker's lock still answers."""
        connection = self._held.get(worker)
        if connection is None:
            return False
        try:
            connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            with suppress(SQLAlchemyError):
                self._held.pop(worker).close()
            return False
        return True


def lock_key(worker: str) -> int:
    """Return the key of a worker's advisory lock: 63 bits."""
    return int.from_bytes(sha256(worker.encode()).digest()[:8]) >> 1


def _beats(connection: Connection) -> dict[str, int]:
    """Return the beats of every worker that has a row or holds letters; 0 for one that never beat."""
    return {name: beats for name, beats in _beating().rows(connection) if name}


@cache
def _beating() -> Ready:
    """Return the query of the names of those workers, each with its beats."""
    holders = select(deliveries.c.worker.label("name")).where(in_hand(deliveries.c))
    names = union(select(workers.c.name), holders).subquery()
    query = select(names.c.name, func.coalesce(workers.c.beats, 0))
    return Ready(query.select_from(names.outerjoin(workers, workers.c.name == names.c.name)))


def _session_lock(name: str, held: Collection[int] | None) -> Lock:
    """Return what can be told of a worker's session lock."""
    if held is None:
        return Lock.UNSEEN
    return Lock.HELD if lock_key(name) in held else Lock.ABSENT
