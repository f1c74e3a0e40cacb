"""How does a template render with marks in the place of values? In a sandbox where they can be shown, and nothing else.

Law: what would decide a mail by a mark fails, also where Python does not ask the mark itself, and where a template has
put it into a text of its own. What may be done is listed; all else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import wraps
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.runtime import Context, Macro

from mailer.adapters.operands import ASKED, COMPARED
from mailer.adapters.sandbox import Sandbox, make_environment
from mailer.core.revisions import Wording
from mailer.core.shown import refuse_inside, refuse_marks

Check = Callable[..., None]

# They put down what they get.
_SHOWING = frozenset({"d", "default", "string"})
# They walk through lists, whatever is in them, but not through a text.
_WALKING = frozenset(
    {"batch", "first", "items", "join", "last", "length", "list", "map", "reject", "rejectattr", "reverse"}
    | {"select", "selectattr", "slice", "sum"}
)
_ESCAPING = frozenset({"e", "escape"})
# They ask what sort of value it is, which is the same for all.
_SORTING = frozenset(
    {"boolean", "callable", "defined", "false", "float", "integer", "mapping", "none", "number", "string", "true"}
    | {"undefined"}
)


class MarkedEnvironment(Sandbox):
    """A sandbox in which no filter, test or method is told more of a mark than that it is there."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.filters = {name: _guarded(name, use, _check_of(name)) for name, use in self.filters.items()}
        self.filters[ASKED] = self.asked
        self.tests = {
            name: use if name in _SORTING else _guarded(name, use, refuse_inside) for name, use in self.tests.items()
        }

    @staticmethod
    def asked(value: Any, what: str) -> Any:
        """Return `value` if it is no text with a mark; what is compared holds none in its entries either."""
        if what not in COMPARED:
            refuse_marks(what, value)
            return value
        settled = _settled(value)
        refuse_inside(what, settled)
        return settled

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an entry; a mark has no parts, and is the name of none."""
        refuse_marks("a part of it", obj if isinstance(argument, int) else "", argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """Call what a template calls; only its own macros, and words that are put together, take marks."""
        if not isinstance(obj, Macro):
            owner = getattr(obj, "__self__", None)
            told = () if owner is None else (owner, *named.values())
            refuse_marks(getattr(obj, "__name__", "a call"), *told, *given)
        return super().call(context, obj, *given, **named)


def _check_of(name: str) -> Check:
    """Return what refuses the marks with which a filter does more than to show them."""
    if name in _SHOWING:
        return lambda *_: None
    if name in _ESCAPING:
        return _refuse_mixed
    if name in _WALKING:
        return refuse_marks
    return _refuse_other_trimming if name == "trim" else refuse_inside


def _guarded(name: str, use: Any, check: Check) -> Callable[..., Any]:
    """Return a filter or test behind a check of what it gets."""
    first = 1 if hasattr(use, "jinja_pass_arg") else 0

    @wraps(use)
    def guarded(*given: Any, **named: Any) -> Any:
        settled = (*given[:first], *map(_settled, given[first:]))
        check(name, *settled[first:], *named.values())
        return use(*settled, **named)

    return guarded


def _settled(value: Any) -> Any:
    """Return a value that can be looked into and used afterwards: what is walked through once becomes a list."""
    return list(value) if isinstance(value, Iterator | KeysView | ValuesView | ItemsView) else value


def _refuse_mixed(what: str, value: Any, *_: Any) -> None:
    """Refuse a text that was made of marks in a text: they do not know that they will stand in HTML."""
    if not hasattr(value, "__html__"):
        refuse_marks(what, value)


def _refuse_other_trimming(what: str, value: Any, *characters: Any) -> None:
    """Refuse to take other characters than blanks from a mark: no value begins or ends with those."""
    if characters:
        refuse_marks(what, value, *characters)


def make_marked_environment(
    sources: Mapping[str, str], wording: Wording, compiled: BytecodeCache | None = None
) -> Environment:
    """Return a sandbox over `sources` that speaks one language and can only show marks."""
    return make_environment(sources, wording, compiled, MarkedEnvironment)
