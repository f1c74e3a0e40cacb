"""How well is a draft found? Precision, recall and F1 for each kind of value, against what a person marked.

Law: a value counts once, and only for the kind and role that the person gave it.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mailer.adapters.appeal_reading import read_appeal
from mailer.adapters.drafted import to_json
from mailer.adapters.drafting import draft_of

FOLDER = Path(__file__).parent / "appeals"
TODAY = date(2026, 11, 22)
Same = Callable[[str, str], bool]


def appeals() -> tuple[Path, ...]:
    """Return the files of all invented appeals."""
    golds = sorted(FOLDER.rglob("*.gold.json"))
    return tuple(next(one for one in gold.parent.glob(f"{_name(gold)}.*") if one != gold) for gold in golds)


def _name(gold: Path) -> str:
    """Return the name of an appeal."""
    return gold.name.removesuffix(".gold.json")


def gold_of(appeal: Path) -> dict[str, Any]:
    """Return what a person found in an appeal."""
    gold: dict[str, Any] = json.loads(appeal.with_name(f"{appeal.stem}.gold.json").read_text(encoding="utf-8"))
    return gold


def found_in(appeal: Path) -> Mapping[str, Any]:
    """Return what the program finds in it."""
    return to_json(draft_of(read_appeal(appeal.read_bytes(), appeal.name), TODAY))


def _same_number(one: str, other: str) -> bool:
    """Tell whether two spellings end in the same digits; prefixes for calls abroad aside."""
    first, second = (re.sub(r"^(00|011)", "", re.sub(r"\D", "", each)) for each in (one, other))
    shorter = min(len(first), len(second))
    return bool(shorter) and (first == second or (shorter >= 7 and first[-shorter:] == second[-shorter:]))


def _same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same up to small differences."""
    first, second = (re.sub(r"[\W_]+", " ", each.lower()).strip() for each in (one, other))
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if short in long and len(short) / len(long) > 0.6:
        return True
    return difflib.SequenceMatcher(None, first, second).ratio() >= 0.8


def _same_text(one: str, other: str) -> bool:
    """Tell whether two addresses are the same, capitals and the scheme of a page aside."""
    first, second = (re.sub(r"^https?://(www\.)?", "", each.strip().lower()).rstrip("/") for each in (one, other))
    return first == second


def _of_targets(key: str) -> Callable[[Mapping[str, Any]], list[str]]:
    """Return how to get one channel of all targets."""
    return lambda draft: [each[key] for each in draft["targets"] if each[key]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value: where the draft and the gold have it, and when two are the same."""

    found: Callable[[Mapping[str, Any]], list[str]]
    marked: Callable[[Mapping[str, Any]], list[str]]
    same: Same


KINDS: Mapping[str, Kind] = {
    "target e-mails": Kind(_of_targets("email"), lambda gold: gold["emails_targets"], _same_text),
    "copies": Kind(lambda draft: draft["copies_to"], lambda gold: gold["emails_copies"], _same_text),
    "solidarity": Kind(lambda draft: draft["solidarity"], lambda gold: gold["emails_solidarity"], _same_text),
    "faxes": Kind(_of_targets("fax"), lambda gold: gold["faxes"], _same_number),
    "phones": Kind(_of_targets("phone"), lambda gold: gold["phones"], _same_number),
    "web pages": Kind(_of_targets("web"), lambda gold: gold["webpages_targets"], _same_text),
    "postal": Kind(_of_targets("post"), lambda gold: gold["postal"], _same_words),
    "demands": Kind(lambda draft: draft["demands"], lambda gold: gold["demands"], _same_words),
    "embassy": Kind(
        lambda draft: ["yes"] * any(each["embassy_of"] for each in draft["targets"]),
        lambda gold: ["yes"] * (gold["embassy_scope"] == "own-country"),
        _same_text,
    ),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values were found rightly, found at all, and marked by a person."""

    right: int = 0
    found: int = 0
    marked: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.right + other.right, self.found + other.found, self.marked + other.marked)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find, and nothing was."""
        total = self.found + self.marked
        return 2 * self.right / total if total else 1.0


def tally(found: Sequence[str], marked: Sequence[str], same: Same) -> Tally:
    """Return how many values match one to one."""
    left, right = list(marked), 0
    for value in dict.fromkeys(found):
        match = next((other for other in left if same(value, other)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Tally(right, len(dict.fromkeys(found)), len(marked))


def scored(appeal: Path) -> dict[str, Tally]:
    """Return the tally of each kind in one appeal."""
    draft, gold = found_in(appeal), gold_of(appeal)
    return {name: tally(kind.found(draft), kind.marked(gold), kind.same) for name, kind in KINDS.items()}


def totals(tallies: Iterator[dict[str, Tally]]) -> dict[str, Tally]:
    """Return the tally of each kind over many appeals."""
    summed = dict.fromkeys(KINDS, Tally())
    for each in tallies:
        summed = {name: summed[name] + each[name] for name in KINDS}
    return summed
