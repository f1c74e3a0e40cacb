"""Who queues the letters of a measurement? The dispatcher, as the daemon calls it, for the settings at hand.

Run by `Office.fill` as `python -m benchmarks.senders.queueing`, in the folder and environment of an installation.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import text

from mailer.settings import read_settings
from mailer.wiring import Installation, system_clock


def main() -> None:
    """Fill what is due; PostgreSQL then counts its rows, as its autovacuum does within a minute."""
    installation = Installation(read_settings(os.environ, Path.cwd()), clock=system_clock)
    installation.dispatcher().tick(rehearsal=False, now=installation.clock())
    engine = installation.engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


if __name__ == "__main__":
    main()
