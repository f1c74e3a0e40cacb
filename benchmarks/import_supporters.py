"""How long does an import of 100,000 supporters take, and how much memory? `python benchmarks/import_supporters.py`."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from mailer.adapters.store.engine import open_engine
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.supporters import SqlSupporters
from mailer.adapters.supporter_csv import open_csv
from mailer.adapters.vault import KeyRing, Vault
from mailer.core.enrolment import Terms
from mailer.core.supporters import Consent, ConsentStatement
from mailer.flows.enrol import import_lines

HEADER = "email,name,language,country,timezone,city,organisation,tags,best_way,safety\n"


def write_file(path: Path, count: int) -> None:
    """Write a file of supporters of 700 providers in four countries."""
    places = (("en", "GB"), ("ru", "KZ"), ("de", "DE"), ("fr", "FR"))
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(count):
            language, country = places[n % 4]
            file.write(
                f"s{n}@d{n % 700}.example,Supporter {n},{language},{country},,City {n % 100},Union,a;b,email,full\n"
            )


def main(count: int) -> None:
    """Import the file twice: everybody new, then everybody known."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "supporters.csv"
        write_file(path, count)
        engine = open_engine(f"sqlite:///{folder}/data/mailer.db")
        upgrade(engine)
        store = SqlSupporters(engine, Vault(KeyRing.generate(os.urandom), os.urandom))
        today = datetime.now(UTC).date()
        for _ in range(2):
            began = time.perf_counter()
            with open_csv(path) as source:
                statement = ConsentStatement("made up for this measurement", today, source.name, source.sha256)
                result = import_lines(source.lines, store, Terms(Consent.CONFIRMED, statement, today), os.urandom)
            took = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"added {result.added}, updated {result.updated}: {took:.1f} s, peak memory {peak} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
