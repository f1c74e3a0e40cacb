"""What was measured, when, with what, and where? Rows of docs/reliability.md, each written by the run itself.

Law: no figure is typed by hand. A row replaces the older one of the same ordeal; what is around the tables stays.
Only `make soak` writes (MAILER_TESTS_RECORD=1): other runs leave the page alone.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

from sqlalchemy import create_engine, text

from mailer import __version__
from tests.acceptance.workplace import ROOT

PAGE = ROOT / "docs" / "reliability.md"
KEY_CELLS = 3  # the first cells of a row name what was done


def record(table: str, *cells: object, page: Path = PAGE) -> None:
    """Put a row into a table of the page, beside where and when; nothing without MAILER_TESTS_RECORD."""
    if os.environ.get("MAILER_TESTS_RECORD") != "1":
        return
    row = [*map(str, cells), f"{datetime.now(UTC):%Y-%m-%d %H:%M}", machine()]
    with page.open("r+", encoding="utf-8") as file:
        flock(file, LOCK_EX)
        written = with_row(file.read(), table, row)
        file.seek(0)
        file.truncate()
        file.write(written)


def with_row(page: str, table: str, cells: Sequence[str]) -> str:
    """Return the page with a row in the table that follows the mark `<!-- table -->`; the rows are sorted."""
    lines = page.splitlines()
    begin = lines.index(f"<!-- {table} -->") + 3  # the mark, the heads, the rule
    end = next((n for n in range(begin, len(lines)) if not lines[n].startswith("|")), len(lines))
    key = "| " + " | ".join(cells[:KEY_CELLS]) + " |"
    others = [line for line in lines[begin:end] if not line.startswith(key)]
    rows = sorted([*others, "| " + " | ".join(cells) + " |"])
    return "\n".join([*lines[:begin], *rows, *lines[end:], ""])


def machine() -> str:
    """Return what it ran on: cores, memory, system, and the versions that matter."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = (f"{os.cpu_count()} cores", f"{memory:.0f} GB", f"{platform.system()} {platform.machine()}")
    return ", ".join((*parts, f"Python {platform.python_version()}", f"mailer {__version__}"))


def version_of(url: str) -> str:
    """Return the database and its version."""
    if url.startswith("sqlite"):
        return f"SQLite {sqlite3.sqlite_version}"
    engine = create_engine(url)
    with engine.connect() as connection:
        (version,) = connection.execute(text("SHOW server_version")).one()
    engine.dispose()
    return f"PostgreSQL {version.split()[0]}"
