"""Do this key ring and this database belong together? Asked before anything is read or sent.

Law: the first ring that meets a database is its own for good; with another one nobody could be found,
and a suppressed address would be written to again.
"""

from __future__ import annotations

from sqlalchemy import Engine, insert, select

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import meta
from mailer.adapters.vault import KeyRing
from mailer.errors import ConfigurationError

_NAME = "address-key"


def verify_ring(engine: Engine, ring: KeyRing) -> None:
    """Let the database remember its ring at first use, and refuse any other afterwards.

    Raises:
        ConfigurationError: the database was written with another ring.
    """
    known = select(meta.c.value).where(meta.c.name == _NAME)
    with reading(engine) as connection:
        remembered = connection.scalar(known)
    if remembered is None:
        with writing(engine) as connection:
            remembered = connection.scalar(known)
            if remembered is None:
                connection.execute(insert(meta).values(name=_NAME, value=ring.fingerprint))
                remembered = ring.fingerprint
    if remembered != ring.fingerprint:
        raise ConfigurationError(
            "this key file does not belong to this database: nothing was read or sent. "
            "Set MAILER_KEY_FILE to the file that the database was made with, or restore it"
        )
