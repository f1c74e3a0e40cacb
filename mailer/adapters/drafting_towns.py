"""Which towns does `mailer draft` know the countries of? Those of towns.txt, and the states of large countries.

Law: names are as core's words are: in lower case, without signs between them.
"""

from __future__ import annotations

import re
from pathlib import Path

_TOWNS = Path(__file__).with_name("towns.txt")
_WORDS = re.compile(r"[^\W_]+")
_VOWEL_AT_END = re.compile(r"[аеиоуыэюяьйaeiouyóě]$")
_STATES_TEXT = """
    US: alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho,
    illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota,
    mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, north carolina,
    north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas,
    utah, vermont, virginia, west virginia, wisconsin, wyoming, manhattan, brooklyn;
    CA: alberta, british columbia, manitoba, new brunswick, nova scotia, ontario, québec, quebec, saskatchewan, yukon;
    AU: new south wales, queensland, tasmania, south australia, western australia
"""
_STATES = {
    " ".join(name.split()): code.strip()
    for code, names in (entry.split(":") for entry in _STATES_TEXT.split(";"))
    for name in names.split(",")
}


def towns_with_countries() -> tuple[dict[str, str], dict[str, str]]:
    """Return the towns with their countries, and the stems of those whose names are bent."""
    towns: dict[str, str] = {}
    for line in _TOWNS.read_text(encoding="utf-8").splitlines():
        code, _, names = line.partition(": ")
        spelled = {" ".join(_WORDS.findall(name)) for name in names.split(", ")} if not line.startswith("#") else ()
        for name in spelled:
            towns[name] = f"{towns[name]} {code}" if name in towns else code
    bent = {_root(name): codes for name, codes in towns.items() if _is_bent(name, codes)}
    return towns | _STATES, bent


def _is_bent(name: str, codes: str) -> bool:
    """Tell whether a town's name is bent where it stands in a text: in Slavic languages."""
    return len(name) > 4 and " " not in name and (_is_cyrillic(name) or codes in ("PL", "CZ", "SK"))


def _root(name: str) -> str:
    """Return what stays of a town's name when it is bent."""
    return _VOWEL_AT_END.sub("", name)


def _is_cyrillic(name: str) -> bool:
    """Tell whether a name is written in Cyrillic letters."""
    return "а" <= name[0] <= "ґ"
