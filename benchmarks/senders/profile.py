"""Where does a sender's time go? `python -m benchmarks.senders.profile [--letters N] [--out FILE.json]`.

py-spy (in benchmarks/.venv, where `make bench` installs it) looks at a shipped `mailer send` some hundred times a
second while it sends to smtp-sink, from its sources: of a compiled module py-spy sees nothing. FILE is for speedscope.
The functions that take most are printed: `own` is the share of looks that found the sender in the function itself,
`all` in it or in what it called. Law: imports are left out, as they are over before the first letter, and so are
threads that wait for work.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.senders.compare import say
from benchmarks.senders.contenders import VENV
from benchmarks.senders.measuring import measure
from benchmarks.senders.office import ROOT, office
from benchmarks.senders.ours import Ours
from benchmarks.senders.sinks import MISSING, find, smtp_sink

LETTERS = 30_000
LOOKS_PER_SECOND = 250
TOP = 30
OUT = ROOT / "var" / "profile.speedscope.json"
IMPORTING = "_find_and_load"
WAITING = "_worker (thread.py)"


@dataclass(frozen=True, slots=True)
class Share:
    """A function, and how many seconds were its own, and with what it called."""

    name: str
    own: float
    whole: float


def main(words: Sequence[str]) -> None:
    """Record a profile, and print the functions that take most."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.profile")
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--out", type=Path, default=OUT, help="where the profile is written, for speedscope")
    given = parser.parse_args(words)
    if not find("smtp-sink"):
        sys.exit(MISSING)
    if not (VENV / "py-spy").exists():
        sys.exit("there is no py-spy in benchmarks/.venv: `make bench` installs it")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    recorded(given.letters, given.out.resolve())
    for line in told(shares(json.loads(given.out.read_text(encoding="utf-8"))), TOP):
        print(line)
    say(f"the whole profile is in {given.out}")


def recorded(letters: int, out: Path) -> None:
    """Send so many letters under py-spy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        base = office(folder / "base")
        base.begin(letters)
        base.fill()
        ours = Ours("mailer send", base, letters)
        spy = [str(VENV / "py-spy"), "record", "-f", "speedscope", "-r", str(LOOKS_PER_SECOND), "-o", str(out), "--"]
        with smtp_sink(folder) as sink, ours.begin(letters, sink.port, folder / "own") as task:
            (command,) = task.commands
            sources = {**task.environment, "MAILER_COMPILED": "no"}
            found = measure(replace(task, commands=[[*spy, *command]], environment=sources), sink.count, letters)
        say(f"{found.rate:,.0f} letters/s while py-spy looked")


def shares(profile: dict[str, Any]) -> list[Share]:
    """Return every function of a profile, those that take most first."""
    names = [f"{frame['name']} ({Path(frame.get('file') or '').name})" for frame in profile["shared"]["frames"]]
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for stack, seconds in _looks(profile):
        functions = [names[place] for place in stack]
        if _works(functions):
            own[functions[-1]] += seconds  # type: ignore[assignment] # seconds count as well as looks do
            for function in set(functions):
                whole[function] += seconds  # type: ignore[assignment]
    return sorted((Share(name, own[name], whole[name]) for name in whole), key=lambda share: -share.own)


def _works(functions: Sequence[str]) -> bool:
    """Tell whether a look found the sender at work."""
    is_idle = not functions or functions[-1] == WAITING
    return not is_idle and not any(function.startswith(IMPORTING) for function in functions)


def _looks(profile: dict[str, Any]) -> Iterator[tuple[list[int], float]]:
    """Yield each look: places of the functions that were running, outermost first, and the seconds it stands for."""
    for thread in profile["profiles"]:
        yield from zip(thread["samples"], thread["weights"], strict=True)


def told(found: Sequence[Share], top: int) -> Iterator[str]:
    """Yield a table of the functions that take most."""
    total = sum(share.own for share in found) or 1.0
    yield "   own    all  function"
    for share in found[:top]:
        yield f"{share.own / total:6.1%} {share.whole / total:6.1%}  {share.name}"


if __name__ == "__main__":
    main(sys.argv[1:])
