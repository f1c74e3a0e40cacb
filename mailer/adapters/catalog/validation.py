"""How is one part of the file read although some of it is wrong? What is wrong is told, taken out, and the rest read.

So one bad number does not hide the date that is wrong as well. What was taken out is remembered in the
section, so that nothing is reported as missing because we removed it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mailer.adapters.catalog.document import Path, Section
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.schema.entry import Entry
from mailer.adapters.catalog.wrong_values import KEY, complain

E = TypeVar("E", bound=Entry)

# Taking a value out can make its map incomplete, and so on upwards: the file is about five maps deep.
_MOST_ROUNDS = 8
_TAKEN_OUT = object()
_NOTHING = object()


def read_entry(kind: type[E], section: Section, ledger: Ledger, stand_ins: Mapping[str, object]) -> E | None:
    """Return `section` as a `kind`, all its errors reported; None if nothing readable is left.

    A required key that is wrong or missing at the top is replaced by its stand-in.
    """
    context = {"country": section.get("country")}
    for _ in range(_MOST_ROUNDS):
        try:
            return kind.model_validate(section, context=context)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        for one in errors:
            _report(one, kind, section, ledger)
        for one in errors:
            _take_out(one["loc"], section, stand_ins)
        _sweep(section)
    return None


def _report(error: ErrorDetails, kind: type[Entry], section: Section, ledger: Ledger) -> None:
    """Report one error, unless it only follows from what was taken out."""
    holder, steps = _reach(error["loc"], section)
    if error["type"] == "missing":
        if not (isinstance(holder, Section) and _explained(str(error["loc"][-1]), holder)):
            ledger.error((*section.path, *steps), *complain(error, kind))
        return
    at_key = error["type"] == "extra_forbidden" or error["loc"][-1] == KEY
    ledger.error((*section.path, *steps), *complain(error, kind), at_key=at_key)


def _explained(key: str, section: Section) -> bool:
    """Tell whether a missing key was taken out as wrong, or stands there misspelt: both are told already."""
    return key in section.pruned or bool(difflib.get_close_matches(key, section, n=1, cutoff=0.8))


def _reach(loc: Sequence[str | int], section: Section) -> tuple[object, Path]:
    """Return the deepest value along `loc` that the file has, and the steps to it."""
    value: object = section
    steps: list[str | int] = []
    for step in loc:
        below = _below(value, step)
        if below is _NOTHING:
            break
        value = below
        steps.append(step)
    return value, tuple(steps)


def _below(value: object, step: str | int) -> object:
    """Return what is under a key or at an index, or _NOTHING."""
    if isinstance(value, dict):
        return value.get(step, _NOTHING)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _NOTHING


def _take_out(loc: Sequence[str | int], section: Section, stand_ins: Mapping[str, object]) -> None:
    """Remove the value that an error is about; at the top put a stand-in for what is missing."""
    _, steps = _reach(loc, section)
    if not steps:
        key = str(loc[0]) if loc else ""
        if key in stand_ins:
            section.pruned.add(key)
            section[key] = stand_ins[key]
        return
    holder, _ = _reach(steps[:-1], section)
    last = steps[-1]
    if isinstance(holder, Section):
        holder.pruned.add(str(last))
        del holder[str(last)]
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = _TAKEN_OUT
        _remember(steps, section)


def _remember(steps: Path, section: Section) -> None:
    """Note in the map above a list that an item of the list was taken out."""
    above, _ = _reach(steps[:-2], section)
    if isinstance(above, Section):
        above.pruned.add(str(steps[-2]))


def _sweep(value: object) -> None:
    """Drop the places of items that were taken out, all the way down."""
    if isinstance(value, list):
        value[:] = [item for item in value if item is not _TAKEN_OUT]
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _sweep(child)
