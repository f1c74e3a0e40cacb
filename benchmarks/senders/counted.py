"""How many instructions does a letter take? `python -m benchmarks.senders.counted [--short]`.

The processor counts them itself (Linux `perf`). Other programs may halve the letters per second, and change this by a
percent or two, as a sender that is slowed down looks at some intents twice: so two versions are compared by it. Law:
what a start takes is in both of two runs, and falls out of their difference.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.senders.compare import say
from benchmarks.senders.measuring import finish
from benchmarks.senders.office import Office, office
from benchmarks.senders.sinks import MISSING, find, smtp_sink

FEW, MANY = 4_000, 20_000
EVENT = "instructions:u"


def main(words: Sequence[str]) -> None:
    """Count, and print the figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.counted")
    parser.add_argument("--short", action="store_true", help="mails of about 4 KB, by templates of their own")
    given = parser.parse_args(words)
    if not find("smtp-sink"):
        sys.exit(MISSING)
    if shutil.which("perf") is None:
        sys.exit("there is no perf: install Debian's package linux-perf")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        base = office(folder / "base", short=given.short)
        base.begin(MANY)
        base.fill()
        few, many = (counted(base, letters, folder / str(letters)) for letters in (FEW, MANY))
    say(f"{(many - few) / (MANY - FEW) / 1000:,.0f} thousand instructions a letter, outside of the kernel")


def counted(base: Office, letters: int, folder: Path) -> int:
    """Send so many letters of an office that is copied to `folder`; return how many instructions that took."""
    told = folder.with_suffix(".perf")
    own = base.copy(folder)
    own.keep(letters)
    with smtp_sink(folder) as sink:
        task = own.sending(sink.port)
        (command,) = task.commands
        counting = ["perf", "stat", "-x", ";", "-e", EVENT, "-o", str(told), "--", *command]
        finish(replace(task, commands=[counting]))
    return read_count(told.read_text(encoding="utf-8"))


def read_count(told: str) -> int:
    """Return the count in what `perf stat -x ";"` wrote.

    Raises:
        ValueError: there is none: the processor does not count, or perf may not ask it.
    """
    for line in told.splitlines():
        count, _, event, *_ = [*line.split(";"), "", "", ""]
        if event == EVENT and count.isdigit():
            return int(count)
    raise ValueError("perf counted nothing: does this machine let it?")


if __name__ == "__main__":
    main(sys.argv[1:])
