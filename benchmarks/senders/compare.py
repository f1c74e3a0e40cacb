"""How fast is the mailer beside other senders, over the same sink? `python -m benchmarks.senders.compare --help`.

Law: in one run, by turns, each contender sends to a fresh `smtp-sink` that is bound to the second of two cores. The
contender itself, with its children and its database, may use both, as two senders need them. Slow ones get fewer
letters: each as many as it sends in some seconds, which a trial finds out. The trial goes into a sink that keeps
letters, so that their size can be told, and that there is one for each supporter. In the end one more round of each of
ours goes into such a sink, and the oracle reads every letter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.senders.contenders import Contender, Mailmerge, Nodemailer, PostOffice, SmtpSource
from benchmarks.senders.letters import Kept, read_kept
from benchmarks.senders.machine import bound_to, sender_cores
from benchmarks.senders.measuring import FIRST, LAST, Measured, measure
from benchmarks.senders.office import office
from benchmarks.senders.oracle import wrongs
from benchmarks.senders.ours import Ours
from benchmarks.senders.page import record
from benchmarks.senders.sinks import MISSING, Sink, find, smtp_sink
from benchmarks.senders.table import Runs, comparison, titled
from benchmarks.senders.template import template_of
from tests.postgres import find_binaries, postgres_server

TRIAL_SECONDS = 1.0
SAMPLE = 20
SHORTER = "With a mail of about 4 KB, by templates of its own (`benchmarks/senders/short`), and all else as shipped:"
MOST_READ = 10_000  # letters that the oracle reads in its round


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: rounds, seconds that count in each, letters of ours in one at most, names of contenders.

    The mails are as the shipped templates make them, or `short`.
    """

    rounds: int = 3
    seconds: float = 6.0
    letters: int = 60_000
    only: tuple[str, ...] = ()
    short: bool = False


@dataclass(slots=True)
class Turn:
    """A contender, how many letters it sends in a round, how large they are, and its rounds so far."""

    contender: Contender
    letters: int
    size: float
    rounds: list[Measured]


def main(words: Sequence[str]) -> None:
    """Compare, print the table, and put it into docs/speed.md if told to."""
    usual = Plan()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.compare")
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="how long the counted part of a run takes")
    parser.add_argument("--letters", type=int, default=usual.letters, help="of ours, in one run, at most")
    parser.add_argument("--only", nargs="*", default=[], help="contenders whose names begin so")
    parser.add_argument("--record", action="store_true", help="write the table into docs/speed.md")
    parser.add_argument("--short", action="store_true", help="mails of about 4 KB, by templates of their own")
    given = parser.parse_args(words)
    if not find("smtp-sink"):
        sys.exit(MISSING)
    told = compare(Plan(given.rounds, given.seconds, given.letters, tuple(given.only), given.short))
    print(told)
    if given.record:
        if given.short:
            record("short", f"{SHORTER}\n\n{told}")
        else:
            record("comparison", told)


def compare(plan: Plan) -> str:
    """Measure; return the table and what the oracle says."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # the sink is another user
        everybody = stack.enter_context(contenders(folder, plan))
        invited = [each for each in everybody if not plan.only or each.name.startswith(plan.only)]
        told = [f"Not measured: {each.name}: {each.missing}." for each in invited if each.missing]
        turns = [trial(each, plan, folder) for each in invited if not each.missing]
        for number in range(plan.rounds):
            for turn in turns:
                turn.rounds.append(one_round(turn, folder, f"round {number + 1} of {plan.rounds}"))
        ours = [(turn.contender, min(turn.letters, MOST_READ)) for turn in turns if isinstance(turn.contender, Ours)]
        told += [f"The oracle: {check(each, letters, folder)}" for each, letters in ours]
    runs = {turn.contender.name: Runs(turn.rounds, turn.size) for turn in turns}
    return "\n\n".join([comparison(runs), *told])


@contextmanager
def contenders(folder: Path, plan: Plan) -> Iterator[list[Contender]]:
    """Return all contenders; our queues are full, and the others have our letter."""
    letters = plan.letters
    say(f"preparing {letters:,} letters")
    base = office(folder / "sqlite", short=plan.short)
    base.begin(letters)
    base.fill()
    ours = [Ours("mailer send, SQLite", base, letters), Ours("mailer send, twice, SQLite", base, letters, senders=2)]
    letter = sample(ours[0], folder)
    template = template_of(letter)
    others: list[Contender] = [SmtpSource(letter.content), Nodemailer(template), PostOffice(template)]
    with ExitStack() as stack:
        if find_binaries() is None:
            ours.append(Ours("mailer send, PostgreSQL", base, letters, missing="no PostgreSQL on this machine"))
        else:
            ours.append(stack.enter_context(_over_postgres(folder, plan)))
        yield [*others, Mailmerge(template), *ours]


@contextmanager
def _over_postgres(folder: Path, plan: Plan) -> Iterator[Ours]:
    """Return our contender over a PostgreSQL of this measurement's own, which waits for the disk (fsync)."""
    with bound_to(sender_cores()), postgres_server(fsync=True) as server, server.database() as url:
        base = office(folder / "postgres", url, short=plan.short)
        base.begin(plan.letters)
        base.fill()
        yield Ours("mailer send, PostgreSQL", base, plan.letters, server=server)


def sample(ours: Ours, folder: Path) -> Kept:
    """Return our letter to supporter 0."""
    place = folder / "sample"
    with smtp_sink(folder, keep=True) as sink, ours.begin(min(SAMPLE, ours.most), sink.port, place) as task:
        measure(task, sink.count, min(SAMPLE, ours.most))
        return min(read_kept(sink.kept), key=lambda kept: kept.recipient)


def trial(contender: Contender, plan: Plan, folder: Path) -> Turn:
    """Find out how many letters a contender sends in the seconds that count, and how large they are."""
    letters = min(contender.trial, contender.most)
    with smtp_sink(folder, keep=True) as sink:
        measured = run(contender, letters, sink, folder)
        kept = list(read_kept(sink.kept))
    while letters < contender.most and (LAST - FIRST) * letters / measured.rate < min(TRIAL_SECONDS, plan.seconds):
        letters = min(4 * letters, contender.most)
        with smtp_sink(folder) as sink:
            measured = run(contender, letters, sink, folder)
    wanted = round(measured.rate * plan.seconds / (LAST - FIRST))
    size = mean(each.size for each in kept)
    say(f"trial: {contender.name}: about {measured.rate:,.0f} letters/s of {size:,.0f} bytes")
    recipients = len({each.recipient for each in kept})
    if recipients != len(kept) and not isinstance(contender, SmtpSource):
        raise RuntimeError(f"{contender.name} sent {len(kept)} letters to {recipients} supporters")
    return Turn(contender, max(min(contender.trial, contender.most), min(wanted, contender.most)), size, [])


def one_round(turn: Turn, folder: Path, title: str) -> Measured:
    """Run a contender once."""
    with smtp_sink(folder) as sink:
        found = run(turn.contender, turn.letters, sink, folder)
    cost = f"{found.cpu_per_thousand:.2f} s of CPU per 1,000, {found.peak:.0f} MB"
    say(f"{title}: {turn.contender.name}: {found.rate:,.0f} letters/s of {turn.letters:,}, {cost}")
    return found


def run(contender: Contender, letters: int, sink: Sink, folder: Path) -> Measured:
    """Let a contender send so many letters to a sink, from a new folder."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        contender.begin(letters, sink.port, Path(place) / "own") as task,
    ):
        return measure(task, sink.count, letters)


def check(ours: Ours, letters: int, folder: Path) -> str:
    """Let ours send one more round into a sink that keeps letters; return what the oracle finds."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        smtp_sink(folder, keep=True) as sink,
        ours.copied(letters, Path(place) / "own") as copy,
    ):
        measure(ours.task(copy, sink.port), sink.count, letters)
        found = wrongs(read_kept(sink.kept), letters, copy.database)
    if found:
        raise RuntimeError(f"{ours.name}: {len(found)} things are wrong, such as {found[:5]}")
    return (
        f"of {letters:,} letters of {titled(ours.name)} nobody was missed and nobody got two; each has its own name, "
        "tokens and embassy, and every delivery that is `sent` was taken."
    )


def say(words: str) -> None:
    """Tell how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
