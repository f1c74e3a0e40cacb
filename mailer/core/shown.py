"""What may a template do with a mark? Put it down, and ask whether it is there; everything else is refused.

Law: no mail is decided by a value that is not there: by its length, its capitals, or what it is equal to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from mailer.core.marks import has_marks, in_html, know_html
from mailer.errors import MarkError

_TOLD: Final = {
    "__eq__": "what it is equal to",
    "__ne__": "what it is not equal to",
    "__len__": "its length",
    "__getitem__": "a part of it",
    "__iter__": "each of its characters",
    "__contains__": "what is in it",
    "__hash__": "an entry of a table",
}
_ASKED: Final = "a value of the reader's own can only be shown, and {} is asked of it"


class Shown(str):
    """A text with marks: a template can put it down, and ask whether it is there, and nothing else."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text for HTML, with marks that know where they stand."""
        return know_html(in_html(str(self)))

    def __str__(self) -> str:
        """Return the text as it is."""
        return str.__str__(self)

    def __bool__(self) -> bool:
        """Tell that it is there: what is empty for one supporter of a cohort is so for all of them."""
        return True

    def __format__(self, spec: str) -> str:
        """Return the text as it is; a mark has no width."""
        if spec:
            raise MarkError(_ASKED.format("format"))
        return str(self)


def refuse_marks(what: str, *values: object) -> None:
    """Do nothing if no value is a text that holds a mark.

    Raises:
        MarkError: one is.
    """
    if any(isinstance(value, Shown) or (isinstance(value, str) and has_marks(value)) for value in values):
        raise MarkError(_ASKED.format(what))


def refuse_inside(what: str, *values: object) -> None:
    """Do nothing if there is no mark in any value, however deep.

    Raises:
        MarkError: there is one.
    """
    for value in values:
        refuse_marks(what, value)
        if isinstance(value, Mapping):
            refuse_inside(what, *value, *value.values())
        elif isinstance(value, list | tuple):
            refuse_inside(what, *value)


def _refusing(name: str) -> Callable[..., NoReturn]:
    """Return a method that refuses to tell anything of a mark."""

    def refuse(self: Shown, *_: object, **__: object) -> NoReturn:
        raise MarkError(_ASKED.format(_TOLD.get(name, name)))

    return refuse


_COMPARISONS: Final = frozenset({"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__"})
_KEPT: Final = frozenset({*dir(object), *vars(Shown), "__getnewargs__"}) - _COMPARISONS - {"__repr__"}
for _name in dir(str):
    if _name not in _KEPT:
        setattr(Shown, _name, _refusing(_name))
