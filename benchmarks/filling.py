"""How long does it take to fill an alert, and a reminder, for 1,000,000 supporters, and how much memory?

Run `python -m benchmarks.filling [COUNT]`. The supporters are made by SQL; each mailing is filled by the real
dispatcher in a process of its own, whose peak memory is told. PostgreSQL is a server of this measurement's own,
with fsync; where there are no binaries of it, SQLite is measured alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.filling import SqlFilling
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.tallies import SqlTallies
from mailer.core.revisions import Revision
from mailer.flows.dispatch import Dispatcher
from tests.casework import ALERT as LAUNCHED
from tests.casework import BEFORE, TRIAL, case
from tests.postgres import find_binaries, postgres_server

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
REMINDED = TRIAL - timedelta(hours=24)
SEALED_BYTES = 220  # name, address, city and organisation as JSON, sealed
PLACES = "('GB','en','Europe/London'), ('KZ','ru','Asia/Almaty'), ('DE','de',''), ('US','en','America/New_York')"

_NUMBERS = {
    "sqlite": "numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)",
    "postgresql": "numbers(n) AS (SELECT generate_series(1, :count))",
}
_BYTES = {
    "sqlite": "randomblob(8), randomblob(32), randomblob(:sealed)",
    "postgresql": "substring(sha256(n::text::bytea), 1, 8), sha256(n::text::bytea), "
    "decode(repeat(md5(n::text), :sealed / 16 + 1), 'hex')",
}
_PEOPLE = """
INSERT INTO supporters (country, language, timezone, consent, provider_group, seed, joined_on, key_id,
  public_id, address_hash, sealed)
WITH RECURSIVE {numbers}, places(country, language, timezone) AS (VALUES {places}),
  numbered AS (SELECT places.*, row_number() OVER (ORDER BY country) AS place FROM places)
SELECT country, language, timezone, 'confirmed', 'other', n, '2026-11-20', 1, {bytes}
FROM numbers JOIN numbered ON place = n % 4 + 1
"""


def main(count: int) -> None:
    """Measure each database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = [f"sqlite:///{folder}/data/mailer.db"]
        if find_binaries() is not None:
            server = stack.enter_context(postgres_server(fsync=True))
            urls.append(stack.enter_context(server.database()))
        for url in urls:
            for line in measure(url, count):
                print(line, flush=True)


def measure(url: str, count: int) -> Iterator[str]:
    """Make the supporters, and fill an alert and a reminder; return a line for each."""
    engine = open_engine(url)
    upgrade(engine)
    name = engine.dialect.name
    began = time.perf_counter()
    with writing(engine) as connection:
        statement = _PEOPLE.format(numbers=_NUMBERS[name], bytes=_BYTES[name], places=PLACES)
        connection.execute(text(statement), {"count": count, "sealed": SEALED_BYTES})
    campaigns = SqlCampaigns(engine)
    campaigns.publish(_campaign(), now=NOW)
    campaigns.approve("case", rehearsal=False, now=NOW, hold_until=NOW)
    _analyse(engine)
    yield f"{name}: {count:,} supporters made in {time.perf_counter() - began:.1f} s"
    yield f"{name}: alert     {_fill_apart(url, NOW)}"
    yield f"{name}: status    {_look(engine)} while all wait"
    with writing(engine) as connection:
        connection.execute(text("UPDATE deliveries SET state = 'sent', sent_at = not_before"))
    _analyse(engine)
    yield f"{name}: status    {_look(engine)} once all are sent"
    yield f"{name}: reminder  {_fill_apart(url, REMINDED)}"
    engine.dispose()


def _campaign() -> Revision:
    """Return a campaign with an alert, and a reminder before an event in each zone's own window."""
    return case(LAUNCHED, BEFORE)


def _analyse(engine: Engine) -> None:
    """Let PostgreSQL count its rows, as its autovacuum does within a minute."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _look(engine: Engine) -> str:
    """Return how long `status` takes to count and to look for errors and doubts: the median of five."""
    tallies, took = SqlTallies(engine), []
    for _ in range(5):
        began = time.perf_counter()
        tallies.of("case", now=NOW)
        took.append(time.perf_counter() - began)
    return f"{median(took) * 1000:.0f} ms for a look"


def _fill_apart(url: str, now: datetime) -> str:
    """Fill what is due at `now` in a process of its own; return what it says."""
    command = [sys.executable, "-m", "benchmarks.filling", "--fill", url, now.isoformat()]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.strip()  # noqa: S603


class _NoBrake:
    """Holds nothing: an alert on launch is never late."""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Refuse to."""
        raise AssertionError(f"mailing {row} was paused: {reason}")


def fill(url: str, now: datetime) -> str:
    """Fill what is due; return rows, seconds and peak memory."""
    engine = open_engine(url)
    dispatcher = Dispatcher(SqlCampaigns(engine), SqlFilling(engine), _NoBrake(), lambda tag: tag.encode())
    before = _rows(engine)
    began = time.perf_counter()
    pages = dispatcher.tick(rehearsal=False, now=now)
    seconds = time.perf_counter() - began
    rows = _rows(engine) - before
    return f"{rows:,} rows in {pages} pages: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, peak memory {_peak()} MB"


def _peak() -> int:
    """Return this program's peak memory in MB.

    The kernel's own figure of the program: `ru_maxrss` begins with that of the process which started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def _rows(engine: Engine) -> int:
    """Return how many deliveries there are."""
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM deliveries")).scalar_one())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        print(fill(sys.argv[2], datetime.fromisoformat(sys.argv[3])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
