"""How does a command speak? Data on stdout, talk on stderr, nothing that a terminal would obey.

Law: what came from outside is printed without its control characters; colours only on a terminal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 400  # columns of a table that no terminal folds: names stay whole for `grep`


def escape(text: str) -> str:
    """Return `text` with control characters taken out, line feeds and tabs kept."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def emit(text: str = "") -> None:
    """Print a line of data."""
    sys.stdout.write(escape(text) + "\n")


def say(text: str = "") -> None:
    """Tell the person at the terminal something that is no data."""
    sys.stderr.write(escape(text) + "\n")


def emit_json(value: object) -> None:
    """Print data for programs; moments are in UTC."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


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


def print_table(columns: Iterable[str], rows: Iterable[Iterable[object]], *, numbers: Iterable[str] = ()) -> None:
    """Print rows in aligned columns; those named in `numbers` are right-aligned."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in tuple(numbers) else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(escape(str(cell))) for cell in row))
    console().print(table)


def local(moment: datetime | None, zone: str) -> str:
    """Return a moment as somebody in `zone` would say it, with the zone's name; empty for None."""
    if moment is None:
        return ""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{there:%a %d %b %Y, %H:%M} {there.tzname()}"


def ask(question: str, read: Callable[[], str] = sys.stdin.readline) -> str:
    """Ask on stderr and return the answer, without its end of line."""
    sys.stderr.write(escape(question))
    sys.stderr.flush()
    return read().strip()


def is_interactive() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()
