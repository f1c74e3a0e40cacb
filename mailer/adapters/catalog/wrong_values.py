"""How is a wrong value told to an organiser? pydantic's errors in plain words, with what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic_core import ErrorDetails

from mailer.adapters.catalog.scalars import shown
from mailer.adapters.catalog.schema.entry import Entry

KEY = "[key]"


class Complaint(NamedTuple):
    """What is wrong, and what would be right."""

    message: str
    hint: str = ""


def complain(error: ErrorDetails, top: type[Entry]) -> Complaint:
    """Return the words for one error of validating a `top`."""
    kind = error["type"]
    if kind == "refused":
        return Complaint(error["ctx"]["what"], error["ctx"]["hint"])
    if kind == "missing":
        return _missing(error, top)
    if kind == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), _keys(_entry_at(error["loc"][:-1], top)))
    if kind == "literal_error":
        return _not_one_of(error["input"], error["ctx"]["expected"], is_key=error["loc"][-1] == KEY)
    return _wrong_shape(error, top)


def _missing(error: ErrorDetails, top: type[Entry]) -> Complaint:
    """Tell that a key must be given, and what it is for."""
    key = str(error["loc"][-1])
    described = _descriptions(_entry_at(error["loc"][:-1], top)).get(key, "")
    return Complaint(f"the key '{key}' is missing", described)


def _unknown_key(key: str, known: Collection[str]) -> Complaint:
    """Tell that nobody knows a key, and which one may be meant."""
    return Complaint(f"unknown key {shown(key)}", did_you_mean(key, known))


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a guess at what was meant, or everything that is known."""
    near = difflib.get_close_matches(word[:60].lower(), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known) or 'none'}"


def _not_one_of(value: object, expected: str, *, is_key: bool) -> Complaint:
    """Tell that a value or key is not among those that there are."""
    choices = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    if is_key:
        return _unknown_key(str(value), choices)
    near = difflib.get_close_matches(str(value)[:60].lower(), choices, n=1, cutoff=0.6)
    guess = f"did you mean {near[0]}? " if near else ""
    return Complaint(f"{shown(value)} is not known here", f"{guess}One of: {', '.join(choices)}")


def _wrong_shape(error: ErrorDetails, top: type[Entry]) -> Complaint:
    """Tell that a list, map, number or truth value is needed."""
    kind, value = error["type"], error["input"]
    if kind == "list_type":
        example = f", e.g. [{value}]" if isinstance(value, str | int | float) else ""
        return Complaint("this should be a list", f"in brackets, or one item a line after '- '{example}")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = ", ".join(_keys(_entry_at(error["loc"], top))) if kind != "dict_type" else ""
        return Complaint("this should be a map of keys and values", f"known keys: {keys}" if keys else "")
    if kind.startswith("bool"):
        return Complaint(f"{shown(value)} is neither true nor false", "write true or false")
    if kind.startswith("int"):
        return Complaint(f"{shown(value)} is not a whole number", "digits only, without quotes")
    if kind == "too_short":
        return Complaint("the list is empty", "give one item at least")
    return Complaint(error["msg"])


def _entry_at(loc: Sequence[str | int], top: type[Entry]) -> type[Entry]:
    """Return the class of the deepest entry on the way along `loc`."""
    current = top
    for step in loc:
        current = _nested(current).get(str(step), current)
    return current


@cache
def _nested(kind: type[Entry]) -> dict[str, type[Entry]]:
    """Return the keys of `kind` that hold entries, with their classes."""
    found = ((field.alias or name, _entry_in(field.annotation)) for name, field in kind.model_fields.items())
    return {key: entry for key, entry in found if entry is not None}


def _entry_in(annotation: Any) -> type[Entry] | None:
    """Return the entry class within an annotation such as list[TargetEntry] | None."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next((found for part in get_args(annotation) if (found := _entry_in(part))), None)


@cache
def _keys(kind: type[Entry]) -> tuple[str, ...]:
    """Return the keys that `kind` may have, as the file spells them."""
    return tuple(field.alias or name for name, field in kind.model_fields.items())


@cache
def _descriptions(kind: type[Entry]) -> dict[str, str]:
    """Return what each key of `kind` is for."""
    return {field.alias or name: field.description or "" for name, field in kind.model_fields.items()}
