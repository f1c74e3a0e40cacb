"""How long does the directory of missions take to load? Whole, and as a campaign does: the rows of one country.

Prints milliseconds of CPU, the best and the median of some runs; the figure that must hold is under 50 ms for all rows.
"""

from __future__ import annotations

import sys
from statistics import median
from time import process_time

from mailer.adapters.missions import SHIPPED, load_rows

RUNS = 21


def main() -> None:
    """Load the directory again and again, and print the figures."""
    for told, countries in (("all countries", None), ("Kazakhstan", {"KZ"})):
        spent = []
        for _ in range(RUNS):
            began = process_time()
            rows = load_rows(SHIPPED, countries)
            spent.append((process_time() - began) * 1_000)
        sys.stdout.write(f"{told}: {len(rows):,} rows; CPU: best {min(spent):.0f} ms, median {median(spent):.0f} ms\n")


if __name__ == "__main__":
    main()
