"""How does a command speak? Data on stdout, talk on stderr, nothing that a terminal would obey.

Law: what came from outside is printed without its control characters; colours only on a terminal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 400  # columns of a table that no terminal folds: names stay whole for `grep`


def escape(text: str) -> str:
    """Return `text` with control characters taken out, line feeds and tabs kept."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def emit(text: str = "") -> None:
    """Print a line of data."""
    sys.stdout.write(escape(text) + "\n")


def emit_item(text: str) -> None:
    """Print one thing of several; on a terminal, lines break between words and go on a little further in."""
    if not console().is_terminal:
        return emit(text)
    indent = len(text) - len(text.lstrip())
    for line in wrap(escape(text), console().width, subsequent_indent=" " * (indent + 2)):
        emit(line)
    return None


def say(text: str = "") -> None:
    """Tell the person at the terminal something that is no data."""
    sys.stderr.write(escape(text) + "\n")


def emit_json(value: object, *, on_one_line: bool = False) -> None:
    """Print data for programs; moments are in UTC. What a terminal could obey is escaped, which programs undo."""
    indent = None if on_one_line else 2
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    lines = (line if line.isprintable() else "".join(map(_spelled, line)) for line in written.split("\n"))
    sys.stdout.write("\n".join(lines) + "\n")


def _spelled(character: str) -> str:
    """Return a character as JSON may have it: as it is, or by its number."""
    return character if character.isprintable() else json.dumps(character)[1:-1]


def _plain(value: object) -> Any:
    """Return what JSON can hold for a value of ours."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")


@lru_cache(1)
def console() -> Console:
    """Return the console for tables; it knows of NO_COLOR and of terminals."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def print_table(
    columns: Iterable[str], rows: Iterable[Iterable[object]], *, numbers: Iterable[str] = (), folds: bool = True
) -> None:
    """Print rows in aligned columns; those named in `numbers` are right-aligned.

    With `folds` off, a table that is wider than the terminal is told row by row instead of being squeezed.
    """
    from rich.measure import Measurement

    headings, right = tuple(columns), tuple(numbers)
    cells = [tuple(escape(str(cell)) for cell in row) for row in rows]
    table = _table(headings, cells, right)
    wanted = Measurement.get(console(), console().options.update_width(PIPE_WIDTH), table).maximum
    if folds or wanted <= console().width:
        console().print(table)
    else:
        _print_row_by_row(headings, cells, right)


def _table(headings: Sequence[str], cells: Sequence[Sequence[str]], numbers: Sequence[str]) -> Table:
    """Return the table of rows that are escaped already."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _print_row_by_row(headings: Sequence[str], cells: Sequence[Sequence[str]], numbers: Sequence[str]) -> None:
    """Print each row as lines of heading and cell, numbers aligned, without the empty cells."""
    wide = max(map(len, headings))
    digits = max(
        (len(cell) for row in cells for name, cell in zip(headings, row, strict=True) if name in numbers), default=0
    )
    for row in cells:
        emit()
        for name, cell in zip(headings, row, strict=True):
            if cell:
                emit(f"{name:<{wide}}  {cell.rjust(digits) if name in numbers else cell}")


def local(moment: datetime | None, zone: str) -> str:
    """Return a moment as somebody in `zone` would say it, with the zone's name; empty for None."""
    if moment is None:
        return ""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{there:%a %d %b %Y, %H:%M} {there.tzname()}"


def clock_time(moment: datetime, zone: str, now: datetime) -> str:
    """Return when a moment is, as short as somebody in `zone` can say it at `now`: day and year only if others."""
    there, here = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{there:%a %d %b, %H:%M}" if there.year == here.year else f"{there:%d %b %Y, %H:%M}"


def ask(question: str, read: Callable[[], str] = sys.stdin.readline) -> str:
    """Ask on stderr and return the answer, without its end of line."""
    sys.stderr.write(escape(question))
    sys.stderr.flush()
    return read().strip()


def is_interactive() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()
