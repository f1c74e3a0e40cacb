"""How is told what came of a campaign? Three numbers beside each other, and the channels that supporters reported.

Law: nothing that is under five is counted out of what supporters did, on the terminal as in JSON: it is "a few", and
only none is told as 0. How many supporters reported a channel is told: it is of an office's line, and three decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mailer.core.counting import DEAD_AFTER, ReportKind, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.core.counting import Numbers, Reported
    from mailer.flows.results import Result


_CAME_BACK: Final = {"hard": "for good", "soft": "for now", "complaint": "reported as spam"}


def result_values(result: Result) -> dict[str, object]:
    """Return a result for programs; `said_sent` and the counts by target are "a few" under five."""
    numbers = result.numbers
    return {
        "numbers": {
            "sent_out": numbers.sent_out,
            "said_sent": told(numbers.said_sent),
            "copies": told(numbers.copies),
        },
        "copies": {name: _told_of(getattr(numbers.spread, name)) for name in ("by_target", "by_country", "by_day")},
        "by_target": {target or "(no target)": told(count) for target, count in numbers.by_target.items()},
        "returned": {mailing: dict(kinds) for mailing, kinds in result.returned.items()},
        "held": dict(result.held),
        "reports": [report_values(report, result.dead_since.get(report.value)) for report in result.reports],
    }


def _told_of(counts: Mapping[str, int]) -> dict[str, int | str]:
    """Return counts for programs, each "a few" under five."""
    return {key or "(unknown)": told(count) for key, count in counts.items()}


def report_values(report: Reported, since: datetime | None) -> dict[str, object]:
    """Return for programs how many supporters reported a channel, and since when (UTC) it is in no letter."""
    names = ("target", "value", "kind", "supporters", "last_at")
    told = {name: getattr(report, name) for name in names}
    return {**told, "dead": report.is_dead, "dead_since": since if report.is_dead else None}


def result_lines(result: Result) -> list[str]:
    """Return a result for people: nothing of it is told before anything left, or came back."""
    numbers = result.numbers
    lines = [numbers_in_words(numbers)] if numbers.sent_out or numbers.said_sent or numbers.copies else []
    lines += [f"{mailing} came back: {returned_in_words(kinds)}" for mailing, kinds in result.returned.items()]
    lines += [_held_in_words(mailing, since) for mailing, since in result.held.items()]
    return [*lines, *(report_in_words(report, result.dead_since.get(report.value)) for report in result.reports)]


def numbers_in_words(numbers: Numbers) -> str:
    """Return the three numbers, and what supporters say they sent to each target."""
    said = _with_targets(numbers.said_sent, numbers.by_target)
    copies = _with_targets(numbers.copies, numbers.spread.by_target)
    return f'sent out: {numbers.sent_out:,}; "I have sent it": {said}; copies received: {copies}'


def returned_in_words(kinds: Mapping[str, int]) -> str:
    """Return from how many readers a mailing came back; these are our own mails, and told to the last one."""
    told_kinds = ((f"{kinds[kind]:,} {words}", kinds[kind]) for kind, words in _CAME_BACK.items() if kind in kinds)
    return ", ".join(words for words, count in told_kinds if count)


def _held_in_words(mailing: str, since: datetime) -> str:
    """Return that nobody is barred for a mailing, and what to do."""
    return (
        f"{mailing}: so many came back that nobody more is barred for it since {since:%Y-%m-%d %H:%M} UTC: "
        "is that a provider's fault, or are they dead? `mailer inbox held` says what to do"
    )


def _with_targets(count: int, by_target: Mapping[str, int]) -> str:
    """Return a number, and behind it that of each target."""
    targets = ", ".join(f"{target or 'office not named'} {_count(each)}" for target, each in by_target.items())
    return f"{_count(count)}{f' ({targets})' if targets else ''}"


def report_in_words(report: Reported, since: datetime | None) -> str:
    """Return what supporters say of one channel, and what follows; `since` (UTC) is when it went out of use."""
    who = f"{report.supporters} supporter{'s' if report.supporters > 1 else ''}"
    where = f"{report.target}, {' / '.join(report.value.splitlines())}"
    if report.kind is ReportKind.BUSY:
        return f"{where}: {who} could not get through"
    gone = f"it is in no letter since {since or report.last_at:%Y-%m-%d %H:%M} UTC"
    if report.kind is ReportKind.RETURNED:
        return f"{where}: does not work, says a mail system in what {who} forwarded: {gone}"
    if since or report.is_dead:
        return f"{where}: does not work, say {who}: {gone}"
    return f"{where}: does not work, say {who}; {DEAD_AFTER} take it out of the letters"


def _count(count: int) -> str:
    """Return a count of answers as people read it."""
    shown = told(count)
    return f"{shown:,}" if isinstance(shown, int) else shown
