"""Which letters may be written? Jinja2's syntax cut down to values, lists and `if`, as core's segments.

Jinja2 only parses; nothing of it ever runs. Whatever is not on the allow-list is refused with its line,
so that a letter can neither run away nor leak.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from mailer.core.texts import Segment, Segments

LISTS = frozenset({"demands", "facts"})
LETTER_VALUES = frozenset(
    {
        "name",
        "initials",
        "city",
        "organisation",
        "sender_country",
        "person",
        "case",
        "title",
        "summary",
        "target",
        "salutation",
        "deadline",
    }
    | LISTS
)
LONGEST = 20_000
DEEPEST = 8
_WHAT_THERE_IS = "letters know {{ name }}, {{ demands }} and {% if city %}...{% else %}...{% endif %}, nothing else"


class LetterError(ValueError):
    """A letter's text holds more than letters may; `line` counts from 1 inside the text."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message
        self.hint = hint


def parse_letter(source: str, *, allowed: Collection[str] = LETTER_VALUES) -> Segments:
    """Return the segments of a letter's text; it may name only the values in `allowed`.

    Raises:
        LetterError: the text is too long, is not Jinja2, or uses what letters may not use.
    """
    return _parse(source, frozenset(allowed))


@lru_cache(maxsize=8192)
def _parse(source: str, allowed: frozenset[str]) -> Segments:
    """Return the segments of `source`; equal texts are parsed once."""
    if len(source) > LONGEST:
        raise LetterError(1, f"the text has {len(source):,} characters", f"at most {LONGEST:,}")
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        raise LetterError(error.lineno, f"not a letter: {error.message}", _WHAT_THERE_IS) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise LetterError(1, "the text is too deeply nested, or holds a number too large", _WHAT_THERE_IS) from error
    return _merged(_segments(tree.body, allowed, 0))


@cache
def _environment() -> Environment:
    """Return the parser's settings; lines that hold only {% if %} and the like leave no empty line."""
    return Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - it only parses


def _segments(tree: Sequence[nodes.Node], allowed: frozenset[str], depth: int) -> Iterator[Segment]:
    """Yield the segments of a part of the tree."""
    for node in tree:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield _piece(part, allowed)
        elif isinstance(node, nodes.If):
            yield _condition(node, allowed, depth + 1)
        else:
            raise LetterError(node.lineno, f"{{% {_word(node)} %}} is not allowed in letters", _WHAT_THERE_IS)


def _piece(node: nodes.Expr, allowed: frozenset[str]) -> Segment:
    """Return the segment of literal words or of one value."""
    if isinstance(node, nodes.TemplateData):
        return Segment("text", node.data)
    name = _name(node, allowed)
    return Segment("list" if name in LISTS else "value", name)


def _condition(node: nodes.If, allowed: frozenset[str], depth: int) -> Segment:
    """Return the segment of an `if` on one value, or on its absence."""
    if depth > DEEPEST:
        raise LetterError(node.lineno, f"more than {DEEPEST} ifs stand inside each other", "write it flatter")
    if node.elif_:
        raise LetterError(node.elif_[0].lineno, "elif is not allowed in letters", "write another if after else")
    then = _merged(_segments(node.body, allowed, depth))
    otherwise = _merged(_segments(node.else_, allowed, depth))
    if isinstance(node.test, nodes.Not):
        return Segment("if", _name(node.test.node, allowed), otherwise, then)
    return Segment("if", _name(node.test, allowed), then, otherwise)


def _name(node: nodes.Node, allowed: frozenset[str]) -> str:
    """Return the one known value that an expression names."""
    if not isinstance(node, nodes.Name):
        raise LetterError(node.lineno, f"{_word(node)} is not allowed in letters", _WHAT_THERE_IS)
    if node.name not in allowed:
        near = difflib.get_close_matches(node.name[:40], sorted(allowed), n=1, cutoff=0.6)
        hint = f"did you mean {{{{ {near[0]} }}}}?" if near else f"known: {', '.join(sorted(allowed))}"
        raise LetterError(node.lineno, f"letters have no value '{node.name[:40]}'", hint)
    return node.name


def _word(node: nodes.Node) -> str:
    """Return what a node is called by those who write letters."""
    return _WORDS.get(type(node).__name__, type(node).__name__.lower())


_WORDS = {
    "Call": "a call with ( )",
    "Getattr": "a dot after a name",
    "Getitem": "[ ] after a name",
    "Filter": "a filter after |",
    "Const": "a fixed value",
    "CondExpr": "an if within {{ }}",
    "Assign": "set",
    "AssignBlock": "set",
    "FilterBlock": "filter",
    "FromImport": "from",
    "CallBlock": "call",
}


def _merged(segments: Iterator[Segment]) -> Segments:
    """Return the segments with neighbouring texts joined."""
    merged: list[Segment] = []
    for segment in segments:
        if merged and segment.kind == merged[-1].kind == "text":
            merged[-1] = Segment("text", merged[-1].name + segment.name)
        else:
            merged.append(segment)
    return tuple(merged)
