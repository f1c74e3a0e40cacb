"""Where do the figures go? Into docs/speed.md, between two marks, beside the day and the machine.

Law: no figure of that page is typed by hand; what is around the marks stays as it is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import mailer
from benchmarks.senders.office import ROOT
from tests.acceptance.faults.reliability import machine

PAGE = ROOT / "docs" / "speed.md"


def record(mark: str, text: str, page: Path = PAGE) -> None:
    """Put a text between the marks `<!-- mark -->` and `<!-- /mark -->` of the page."""
    whole = page.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- /{mark} -->\n")
    if not begin or not end:
        raise ValueError(f"{page} has no place for {mark}")
    page.write_text(f"{before}{begin}{text.strip()}\n\n{measured()}\n{end}{after}", encoding="utf-8")


def measured() -> str:
    """Return when and where it was measured."""
    modules = "compiled" if mailer.IS_COMPILED else "not compiled"
    return f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}, {modules}."
