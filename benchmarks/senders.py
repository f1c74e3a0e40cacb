"""How much faster are two senders than one, beside one PostgreSQL? At least 1.6 times is asked for.

Run `python -m benchmarks.senders [LETTERS]`. One and two `mailer send` take turns over the same letters, three
times each; the medians of letters a second are compared, counted by the relay between its 20th and its 90th
percent, so that nobody's start is in it. Two relays are measured, each an SMTP server in a process of its own: one
that answers each command after 20 ms, as over a network, and one that answers at once, where the machine's
cores are what there is too little of. PostgreSQL is a server of this measurement's own, with fsync.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, text

from tests.acceptance.cases import campaign_file
from tests.postgres import postgres_server

ROOT = Path(__file__).parent.parent
NETWORK_SECONDS = 0.02
ROUNDS = 3
CONSENT = ("--consent", "made up for this measurement")
_AGAIN = """
UPDATE deliveries SET state = 'queued', claim = '', worker = '', attempts = 0, composed_at = NULL, key_id = NULL,
  sent_at = NULL, lease_until = NULL, revision = 0, reply = '', replied_at = NULL, resent = false, recoveries = 0
"""


def main(letters: int) -> None:
    """Measure both relays."""
    print(f"{os.cpu_count()} cores, {letters:,} letters a run")
    with tempfile.TemporaryDirectory() as folder, postgres_server(fsync=True) as server, server.database() as url:
        office = Office(Path(folder), {"DATABASE_URL": url, "RELAY_URL": "smtp+insecure://127.0.0.1:1"})
        office.begin(letters)
        for name, seconds in (("20 ms for each reply", NETWORK_SECONDS), ("replies at once", 0.0)):
            print(compare(office, name, seconds), flush=True)


def compare(office: Office, name: str, seconds: float) -> str:
    """Let one and two senders take turns; return the line that compares them."""
    found: dict[int, list[float]] = {1: [], 2: []}
    with sink(seconds) as (port, arrivals):
        for _ in range(ROUNDS):
            for senders, speeds in found.items():
                office.queue_again()
                office.send(senders, f"smtp+insecure://127.0.0.1:{port}")
                arrivals.send("moments?")
                speeds.append(speed(arrivals.recv()))
    one, two = median(found[1]), median(found[2])
    each = "; ".join(f"{senders}: {', '.join(f'{each:.0f}' for each in speeds)}" for senders, speeds in found.items())
    return f"relay with {name}: one {one:.0f} letters/s, two {two:.0f}, {two / one:.2f} times ({each})"


def speed(moments: list[float]) -> float:
    """Return letters a second between the 20th and the 90th percent."""
    first, last = len(moments) // 5, len(moments) * 9 // 10
    return (last - first) / (moments[last] - moments[first])


@dataclass(frozen=True, slots=True)
class Office:
    """An installation over PostgreSQL, worked with by commands."""

    folder: Path
    settings: Mapping[str, str]

    def begin(self, letters: int) -> None:
        """Import supporters, launch, and fill the queue without sending."""
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        (self.folder / "campaigns.yaml").write_text(campaign_file(now), encoding="utf-8")
        rows = (
            f"s{n}@d{n % 500}.example,Supporter {n},{('en', 'ru')[n % 2]},{('GB', 'DE')[n % 2]}" for n in range(letters)
        )
        people = self.folder / "people.csv"
        people.write_text("\n".join(["email,name,language,country", *rows, ""]), encoding="utf-8")
        for words in (("init",), ("supporters", "import", "people.csv", *CONSENT), ("launch", "case", "--yes")):
            subprocess.run(self.command(*words), check=True, capture_output=True, **self.place())  # noqa: S603
        subprocess.run(self.command("run", "--until-idle"), check=False, capture_output=True, **self.place())  # noqa: S603

    def command(self, *words: str) -> list[str]:
        """Return a command line."""
        return [sys.executable, "-m", "mailer", *words]

    def place(self, **changed: str) -> dict[str, object]:
        """Return where a command runs, with which settings."""
        own = {f"MAILER_{name}": value for name, value in {**self.settings, **changed}.items()}
        home = {"HOME": str(self.folder / "home"), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        return {"cwd": self.folder, "env": {**home, **own}}

    def send(self, senders: int, relay: str) -> None:
        """Let so many senders send all there is."""
        command = self.command("send", "--until-idle")
        with tempfile.TemporaryFile() as said:
            running = [
                subprocess.Popen(command, stderr=said, **self.place(RELAY_URL=relay))  # type: ignore[call-overload] # noqa: S603
                for _ in range(senders)
            ]
            codes = [process.wait() for process in running]
            if any(codes):
                said.seek(0)
                raise RuntimeError(f"senders ended with {codes}: {said.read().decode()}")

    def queue_again(self) -> None:
        """Queue all letters once more."""
        engine = self.engine()
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(_AGAIN))
            connection.execute(text("VACUUM ANALYZE deliveries"))
        engine.dispose()

    def engine(self) -> Engine:
        """Return the database as nobody's sender uses it."""
        return create_engine(self.settings["DATABASE_URL"])


# --- the relay ------------------------------------------------------------------------------------


@contextmanager
def sink(seconds: float) -> Iterator[tuple[int, Connection]]:
    """Run a relay in a process of its own; return its port, and what tells when messages were accepted."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=run_sink, args=(its, seconds), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def run_sink(pipe: Connection, seconds: float) -> None:
    """Serve until killed; when asked, tell the moments and forget them."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(pipe, seconds))


async def _serve(pipe: Connection, seconds: float) -> None:
    """Listen on a free port."""
    moments: list[float] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await _converse(reader, writer, moments, seconds)
        writer.close()

    def tell() -> None:
        pipe.recv()
        pipe.send(list(moments))
        moments.clear()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**20)
    pipe.send(server.sockets[0].getsockname()[1])
    asyncio.get_running_loop().add_reader(pipe.fileno(), tell)
    await server.serve_forever()


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, moments: list[float], seconds: float
) -> None:
    """Accept everything, each reply after `seconds`."""
    replies = {b"EHLO": b"250-sink.example\r\n250 8BITMIME\r\n", b"DATA": b"354 go ahead\r\n", b"QUIT": b"221 bye\r\n"}
    writer.write(b"220 sink.example\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        await asyncio.sleep(seconds)
        writer.write(replies.get(verb, b"250 ok\r\n"))
        if verb == b"DATA":
            await reader.readuntil(b"\r\n.\r\n")
            await asyncio.sleep(seconds)
            moments.append(time.monotonic())
            writer.write(b"250 taken\r\n")
        if verb == b"QUIT":
            return


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
