"""How much faster are two senders than one, beside one PostgreSQL? At least 1.6 times is asked for.

Run `python -m benchmarks.senders.several [--letters N]`. One and two `mailer send` take turns over the same letters,
three times each; the medians of letters a second are compared, counted by the relay between its 20th and its 90th
percent, so that nobody's start is in it. Two relays are measured: one that answers each command after 20 ms, as over
a network, and one that answers at once, where the machine's cores are what there is too little of.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.senders.delayed import delayed_sink
from benchmarks.senders.machine import bound_to, sender_cores
from benchmarks.senders.network import DELAY_SECONDS, send
from benchmarks.senders.office import office
from benchmarks.senders.ours import Ours
from tests.postgres import postgres_server

ROUNDS = 3
LETTERS = 6_000


def main(words: Sequence[str]) -> None:
    """Measure both relays."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.several")
    parser.add_argument("--letters", type=int, default=LETTERS)
    letters = parser.parse_args(words).letters
    print(f"{os.cpu_count()} cores, {letters:,} letters a run")
    with (
        tempfile.TemporaryDirectory() as folder,
        bound_to(sender_cores()),
        postgres_server(fsync=True) as server,
        server.database() as url,
    ):
        base = office(Path(folder) / "base", url)
        base.begin(letters)
        base.fill()
        both = [Ours("", base, letters, senders=senders, server=server) for senders in (1, 2)]
        for name, seconds in (("20 ms for each reply", DELAY_SECONDS), ("replies at once", 0.0)):
            print(f"relay with {name}: {compare(both, letters, seconds, Path(folder) / name)}", flush=True)


def compare(both: Sequence[Ours], letters: int, seconds: float, folder: Path) -> str:
    """Let one and two senders take turns; return the line that compares them."""
    folder.mkdir()
    found: dict[int, list[float]] = {ours.senders: [] for ours in both}
    with delayed_sink(seconds) as sink:
        for number in range(ROUNDS):
            for ours in both:
                place = folder / f"{ours.senders}-{number}"
                found[ours.senders].append(send(ours, letters, sink, place).rate)
    one, two = median(found[1]), median(found[2])
    each = "; ".join(f"{senders}: {', '.join(f'{each:.0f}' for each in speeds)}" for senders, speeds in found.items())
    return f"one {one:.0f} letters/s, two {two:.0f}, {two / one:.2f} times ({each})"


if __name__ == "__main__":
    main(sys.argv[1:])
