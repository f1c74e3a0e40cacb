"""How is told what came of a campaign? Three numbers beside each other, and the channels that supporters reported.

Law: nothing that is under five is counted out of what supporters did, on the terminal as in JSON: it is "a few", and
only none is told as 0. How many supporters reported a channel is told: it is of an office's line, and three decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.core.counting import DEAD_AFTER, ReportKind, told

if TYPE_CHECKING:
    from mailer.core.counting import Numbers, Reported
    from mailer.flows.results import Result


def result_values(result: Result) -> dict[str, object]:
    """Return a result for programs; `said_sent` and the counts by target are "a few" under five."""
    numbers = result.numbers
    return {
        "numbers": {
            "sent_out": numbers.sent_out,
            "said_sent": told(numbers.said_sent),
            "copies": told(numbers.copies),
        },
        "by_target": {target or "(no target)": told(count) for target, count in numbers.by_target.items()},
        "reports": [report_values(report) for report in result.reports],
    }


def report_values(report: Reported) -> dict[str, object]:
    """Return for programs how many supporters reported a channel."""
    names = ("target", "value", "kind", "supporters", "last_at")
    return {**{name: getattr(report, name) for name in names}, "dead": report.is_dead}


def result_lines(result: Result) -> list[str]:
    """Return a result for people: nothing of it is told before anything left, or came back."""
    numbers = result.numbers
    lines = [numbers_in_words(numbers)] if numbers.sent_out or numbers.said_sent or numbers.copies else []
    return [*lines, *map(report_in_words, result.reports)]


def numbers_in_words(numbers: Numbers) -> str:
    """Return the three numbers, and what supporters say they sent to each target."""
    counts = numbers.by_target.items()
    targets = ", ".join(f"{target or 'office not named'} {_count(count)}" for target, count in counts)
    said = f"{_count(numbers.said_sent)}{f' ({targets})' if targets else ''}"
    return f'sent out: {numbers.sent_out:,}; "I have sent it": {said}; copies received: {_count(numbers.copies)}'


def report_in_words(report: Reported) -> str:
    """Return what supporters say of one channel, and what follows."""
    who = f"{report.supporters} supporter{'s' if report.supporters > 1 else ''}"
    where = f"{report.target}, {' / '.join(report.value.splitlines())}"
    if report.kind is ReportKind.BUSY:
        return f"{where}: {who} could not get through"
    if report.is_dead:
        return f"{where}: does not work, say {who}: it is in no letter any more"
    return f"{where}: does not work, say {who}; {DEAD_AFTER} take it out of the letters"


def _count(count: int) -> str:
    """Return a count of answers as people read it."""
    shown = told(count)
    return f"{shown:,}" if isinstance(shown, int) else shown
