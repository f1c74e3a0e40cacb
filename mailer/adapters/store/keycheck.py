"""Do this key ring and this database belong together? Asked before anything is read or sent.

Law: a key that a database has met keeps its secret for good. With another one nobody could be found, every
row would look damaged, and a suppressed address would be written to again.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select

from mailer.adapters.store.dialect import take_turns
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import meta
from mailer.adapters.vault import KeyRing
from mailer.errors import ConfigurationError

_ADDRESS_KEY = "address-key"


def verify_ring(engine: Engine, ring: KeyRing) -> None:
    """Let the database remember the ring's keys at first use, and refuse others under the same ids afterwards.

    Raises:
        ConfigurationError: the database was written with another ring, or a key of it was changed.
    """
    with reading(engine) as connection:
        is_known = not _unknown(connection, ring)
    if not is_known:
        with writing(engine) as connection:
            take_turns(connection, "keys")
            for name, value in _unknown(connection, ring).items():
                connection.execute(insert(meta).values(name=name, value=value))


def _unknown(connection: Connection, ring: KeyRing) -> dict[str, str]:
    """Return the fingerprints of keys that the database does not know yet.

    Raises:
        ConfigurationError: one that it knows is of another key.
    """
    remembered = {row.name: row.value for row in connection.execute(select(meta))}
    fingerprints = {_ADDRESS_KEY: ring.fingerprint, **ring.key_fingerprints}
    wrong = sorted(name for name, value in fingerprints.items() if remembered.get(name, value) != value)
    if wrong:
        raise ConfigurationError(
            f"this key file does not belong to this database ({', '.join(wrong)}): nothing was read or sent. "
            "Set MAILER_KEY_FILE to the file that the database was made with, or restore it"
        )
    return {name: value for name, value in fingerprints.items() if name not in remembered}
