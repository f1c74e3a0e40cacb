"""What do the figures say side by side? Runs of several rounds as lines of a Markdown table.

Law: the middle of all rounds is told with the lowest and the highest; no round is left out. A ratio is the middle of
the ratios of each round, whose runs stand side by side: a machine that grows slower on the way slows both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.senders.measuring import Measured

HEADS = (
    "sender",
    "letters/s",
    "lowest to highest",
    "of smtp-source",
    "of nodemailer",
    "CPU s per 1,000",
    "peak memory",
    "a letter",
    "first letter after",
)


@dataclass(frozen=True, slots=True)
class Runs:
    """All rounds of one contender, and the mean bytes of its letters."""

    rounds: Sequence[Measured]
    size: float

    @property
    def rate(self) -> float:
        """Return letters a second."""
        return self.middle("rate")

    def middle(self, what: str) -> float:
        """Return the median of a figure over all rounds."""
        return float(median(getattr(each, what) for each in self.rounds))

    def times(self, other: Runs) -> float:
        """Return how many times the rate of another contender this is, as the median of all rounds."""
        return float(median(mine.rate / theirs.rate for mine, theirs in zip(self.rounds, other.rounds, strict=True)))

    @property
    def spread(self) -> str:
        """Return the lowest and the highest rate."""
        rates = [each.rate for each in self.rounds]
        return f"{min(rates):,.0f} to {max(rates):,.0f}"


def comparison(runs: Mapping[str, Runs]) -> str:
    """Return the table, and below it what a database server of its own used beside its sender."""
    source = next((each for name, each in runs.items() if name.startswith("smtp-source")), None)
    node = next((each for name, each in runs.items() if name.startswith("nodemailer")), None)
    lines = [_row(HEADS), _row(["---", *["---:"] * (len(HEADS) - 1)])]
    lines += [_row(_cells(name, each, source, node)) for name, each in runs.items()]
    beside = {name: spent for name, each in runs.items() if (spent := each.middle("beside_per_thousand")) > 0}
    told = "\nThe database server of {} used {:.3f} s more per 1,000."
    lines += [told.format(titled(name), spent) for name, spent in beside.items()]
    return "\n".join(lines)


def titled(name: str) -> str:
    """Return the name of a contender, with a command as code; what stands behind a comma is not of the command."""
    command, comma, rest = name.partition(",")
    return f"`{command}`{comma}{rest}" if name.startswith(("smtp-source", "mailer ")) else name


def _cells(name: str, runs: Runs, source: Runs | None, node: Runs | None) -> list[str]:
    """Return the cells of one contender."""
    return [
        titled(name),
        f"{runs.rate:,.0f}",
        runs.spread,
        f"{runs.times(source):.2f}" if source else "-",
        f"{runs.times(node):.1f}" if node else "-",
        f"{runs.middle('cpu_per_thousand'):.3f}",
        f"{runs.middle('peak'):,.0f} MB",
        f"{runs.size:,.0f} bytes",
        f"{runs.middle('start'):.1f} s",
    ]


def _row(cells: Sequence[str]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"
