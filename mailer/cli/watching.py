"""What does `status --watch` show? Progress bars while letters leave; without a terminal, a line for each change.

Law: looking takes at most a tenth of the time, however long a look takes: nobody's letters wait for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.cli.status import SENT_FIRST, Picture, gate_in_words, name_of, picture_values
from mailer.cli.terminal import console, emit, emit_json, escape, say
from mailer.core.deliveries import FINAL
from mailer.core.speed import time_left_in_words
from mailer.errors import StoreUnavailableError

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

    from mailer.flows.report import CampaignStatus, MailingStatus

REFRESH_SECONDS = 1.0
WIDEST_BAR = 100
Look = Callable[[], Picture]
Watched = list[tuple["CampaignStatus", "MailingStatus"]]


def follow(look: Look, *, as_json: bool) -> None:
    """Show pictures until nothing is under way, or somebody presses Ctrl-C."""
    try:
        if as_json:
            _print_json(pictures(look))
        elif console().is_terminal and not console().is_dumb_terminal:
            _show_live(pictures(look))
        else:
            _print_lines(pictures(look))
    except KeyboardInterrupt:
        return
    except BrokenPipeError:  # whoever read the lines has enough; the interpreter would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    say("nothing is under way; letters leave as long as `mailer run` works")


def pictures(
    look: Look, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.perf_counter
) -> Iterator[Picture]:
    """Return picture after picture, the last one when nothing is under way; a database that is away is waited for."""
    picture = None
    while True:
        began = clock()
        try:
            picture = look()
        except StoreUnavailableError as error:
            if picture is None:
                raise
            picture = replace(picture, trouble=str(error))
        took = clock() - began
        yield picture
        if not picture.under_way:
            return
        sleep(max(REFRESH_SECONDS, took * 9))


def _print_json(seen: Iterable[Picture]) -> None:
    """Print each picture that differs in a count from the one before, on one line."""
    before: object = None
    for picture in seen:
        counts = [(one.id, one.status, [mailing.counts for mailing in one.mailings]) for one in picture.campaigns]
        if counts != before:
            emit_json(picture_values(picture), on_one_line=True)
            sys.stdout.flush()
        before = counts


def _print_lines(seen: Iterable[Picture]) -> None:
    """Print a line for each mailing whose counts changed since its last one."""
    watchlist = Watchlist()
    told: dict[object, object] = {}
    for picture in seen:
        for campaign, mailing in watchlist.of(picture):
            key = (campaign.id, mailing.id, mailing.due)
            if told.get(key) != mailing.counts:
                told[key] = mailing.counts
                parts = (progress_in_words(mailing), speed_in_words(mailing), counts_in_words(mailing))
                name = f"{campaign.id} {name_of(mailing)}"
                emit(f"{picture.now:%Y-%m-%dT%H:%M:%SZ} {name}: {'; '.join(filter(None, parts))}")
        sys.stdout.flush()


def _show_live(seen: Iterable[Picture]) -> None:
    """Redraw the bars with each picture; the last one stays."""
    from rich.live import Live

    watchlist = Watchlist()
    with Live(console=console(), auto_refresh=False) as live:
        for picture in seen:
            live.update(frame(picture, watchlist.of(picture)), refresh=True)


class Watchlist:
    """Which mailings are worth showing: those under way, and those that moved since the watch began."""

    def __init__(self) -> None:
        self._first: dict[object, object] | None = None
        self._known: set[object] = set()

    def of(self, picture: Picture) -> Watched:
        """Return the mailings to show; one that was shown once stays. Rehearsals have one name and several dates."""
        everything = {
            (campaign.id, mailing.id, mailing.due): (campaign, mailing)
            for campaign in picture.campaigns
            for mailing in campaign.mailings
        }
        if self._first is None:
            self._first = {key: mailing.counts for key, (_, mailing) in everything.items()}
        for key, (_, mailing) in everything.items():
            moved = mailing.total > 0 and mailing.counts != self._first.get(key)
            if mailing.under_way or moved:
                self._known.add(key)
        return [both for key, both in everything.items() if key in self._known]


def frame(picture: Picture, watched: Watched) -> Group:
    """Return what is drawn at one moment."""
    from rich.console import Group
    from rich.text import Text

    lines: list[RenderableType] = [Text(escape(told), "bold") for told in (picture.notice, picture.trouble) if told]
    lines += [Text(escape(gate_in_words(gate, picture)), "yellow") for gate in picture.gates]
    if not watched and picture.under_way:
        held = [one.hold_until for one in picture.campaigns if one.hold_until and one.hold_until > picture.now]
        lines.append(Text(f"held until {picture.tell(min(held))}" if held else "about to begin"))
    for campaign, mailing in watched:
        lines += _bar(campaign, mailing)
    return Group(*lines)


def _bar(campaign: CampaignStatus, mailing: MailingStatus) -> list[RenderableType]:
    """Return one mailing's lines; none needs more than 40 columns to be understood."""
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    width = min(console().width, WIDEST_BAR)
    top = Table.grid(expand=True)
    top.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    top.add_column(justify="right", no_wrap=True)
    top.add_row(Text(f"{campaign.id} {name_of(mailing)}", "bold"), progress_in_words(mailing))
    top.width = width
    bar = ProgressBar(max(mailing.total, 1), done(mailing), width=width, complete_style="green", finished_style="green")
    below = Table.grid()  # a bar alone does not end its line
    below.add_row(bar)
    lines: list[RenderableType] = [top, below]
    for words, style in (
        (speed_in_words(mailing), ""),
        (counts_in_words(mailing), "dim"),
        (f"last error: {mailing.last_error}" if mailing.last_error else "", "yellow"),
        (f"{len(mailing.doubts)} in doubt: `mailer status {campaign.id}`" if mailing.doubts else "", "yellow"),
    ):
        if words:
            lines.append(Text(escape(words), style, no_wrap=True, overflow="ellipsis"))
    return [*lines, Text()]


def done(mailing: MailingStatus) -> int:
    """Return how many letters have come to their end, whichever it was."""
    return sum(mailing.counts[state] for state in FINAL)


def progress_in_words(mailing: MailingStatus) -> str:
    """Return how far a mailing is; 100 % is said when nothing is left, not before."""
    total = mailing.total
    percent = done(mailing) * 100 // total if total else 0
    return f"{done(mailing):,} of {total:,}, {percent} %"


def speed_in_words(mailing: MailingStatus) -> str:
    """Return how fast a mailing is and how long it takes, or that it does not move."""
    if not mailing.remaining:
        return ""
    speed = f"{mailing.per_second:,.1f} a second" if mailing.per_second else "none in the last minute"
    return ", ".join(filter(None, (speed, time_left_in_words(mailing.left))))


def counts_in_words(mailing: MailingStatus) -> str:
    """Return the states that have letters."""
    return ", ".join(f"{mailing.counts[state]:,} {state}" for state in SENT_FIRST if mailing.counts[state])
