"""How long does checking a thousand campaigns take? The campaign file of the tests, a thousand times, in one process.

Prints seconds of CPU and megabytes; the figure that must hold is under 10 s for 1,000 campaigns.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from mailer.adapters.catalog import load_catalog
from mailer.adapters.templates import Templates

EXAMPLE = Path(__file__).parent.parent / "tests" / "design_example.yaml"
CAMPAIGNS = 1_000


def main() -> None:
    """Make the file, load it, and print the figures."""
    head, one = EXAMPLE.read_text(encoding="utf-8").split("campaigns:\n", 1)
    names = [f"prisoner-{number}" for number in range(CAMPAIGNS)]
    following = zip(names, [*names[1:], names[0]], strict=True)
    copies = (one.replace("prisoner-2026", name).replace("another-id", after) for name, after in following)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "campaigns.yaml"
        path.write_text(f"{head}campaigns:\n{''.join(copies)}", encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_SELF)
        catalog = load_catalog(path, templates=Templates(), now=datetime(2026, 11, 21, 10, tzinfo=UTC))
        after = resource.getrusage(resource.RUSAGE_SELF)
    assert len(catalog.campaigns) == CAMPAIGNS, catalog.problems[:3]  # noqa: S101 - a figure of a wrong result is none
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stdout.write(f"{CAMPAIGNS} campaigns: {seconds:.1f} s of CPU, {after.ru_maxrss // 1024} MB\n")


if __name__ == "__main__":
    main()
