"""What stands where in a YAML file? A tree of nodes with positions, made from the parser's events.

Nothing that a file holds can exhaust the machine: depth, size and expanded aliases are capped, and a
node that holds itself is refused. Positions count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, cast

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide it

from mailer.adapters.catalog.plain_scalars import read_plain, read_tagged

MOST_BYTES = 10_000_000
DEEPEST = 40
# An alias is expanded wherever it stands: 200,000 nodes are about 1,000 campaigns that share everything.
MOST_EXPANDED = 200_000


class Mark(NamedTuple):
    """A position in a file: line and column, both from 1."""

    line: int
    column: int


class YamlError(Exception):
    """The file is not YAML, or more than we take; told with its position."""

    def __init__(self, mark: Mark, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message
        self.hint = hint


@dataclass(slots=True, eq=False)
class Node:
    """One value of the file: a scalar's `value`, a list's `items`, or a map's `entries`.

    `keys` holds where each key stands, `doubled` the keys that came again; `size` counts the nodes
    below, with aliases expanded.
    """

    mark: Mark
    kind: str
    value: object = None
    source: str = ""
    is_block: bool = False
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Mark] = field(default_factory=dict)
    doubled: list[tuple[str, Mark]] = field(default_factory=list)
    size: int = 1

    def child(self, step: str | int) -> Node | None:
        """Return the node under a key or at an index, or None."""
        if isinstance(step, int):
            return self.items[step] if 0 <= step < len(self.items) else None
        return self.entries.get(step)


def read_nodes(text: str) -> Node | None:
    """Return the tree of the one document in `text`, or None if there is nothing but comments.

    Raises:
        YamlError: the text is not YAML, has several documents, or is more than we take.
    """
    try:
        return _NodeReader(text).document()
    except yaml.MarkedYAMLError as error:
        raise _translated(error) from error
    except yaml.reader.ReaderError as error:
        mark = _mark_of_index(text, error.position)
        raise YamlError(mark, f"a control character: {error.reason}", "delete it, or type the text anew") from error


def scalar_spans(text: str) -> Iterator[tuple[Mark, Mark]]:
    """Yield where each scalar of a readable `text` begins and ends: what looks like a comment there is none."""
    next_event = cast(Callable[[], yaml.Event], CParser(text).get_event)
    while not isinstance(event := next_event(), yaml.StreamEndEvent):
        if isinstance(event, yaml.ScalarEvent):
            yield _start(event), _mark(event.end_mark)


class _NodeReader:
    """Turns the events of one text into nodes; each alias is the node that it names."""

    def __init__(self, text: str) -> None:
        self._next_event = cast(Callable[[], yaml.Event], CParser(text).get_event)
        self._anchors: dict[str, Node | None] = {}
        self._expanded = 0

    def document(self) -> Node | None:
        """Return the tree of the first document, and refuse a second."""
        self._next_event()
        if isinstance(self._next_event(), yaml.StreamEndEvent):
            return None
        root = self._node(self._next_event(), 0)
        self._next_event()
        rest = self._next_event()
        if not isinstance(rest, yaml.StreamEndEvent):
            raise YamlError(_start(rest), "a second document begins here", "keep everything in one, without '---'")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        """Return the node that `event` begins, read to its end."""
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > DEEPEST:
            raise YamlError(_start(event), f"lists and maps are nested more than {DEEPEST} deep")
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._anchors[anchor] = None
        node = self._whole(event, depth)
        if anchor:
            self._anchors[anchor] = node
        return node

    def _whole(self, event: yaml.Event, depth: int) -> Node:
        """Return the scalar, list or map that `event` begins."""
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        node = Node(_start(event), "list" if isinstance(event, yaml.SequenceStartEvent) else "map")
        _refuse_tag(event)
        fill = self._fill_list if node.kind == "list" else self._fill_map
        fill(node, depth + 1)
        return node

    def _fill_list(self, node: Node, depth: int) -> None:
        """Read the items of `node` up to the event that ends it."""
        while not isinstance(event := self._next_event(), yaml.SequenceEndEvent):
            child = self._node(event, depth)
            node.items.append(child)
            node.size += child.size

    def _fill_map(self, node: Node, depth: int) -> None:
        """Read the entries of `node`, the first of each key, up to the event that ends it."""
        while not isinstance(event := self._next_event(), yaml.MappingEndEvent):
            key, mark = self._key(event), _start(event)
            child = self._node(self._next_event(), depth)
            if key in node.entries:
                node.doubled.append((key, mark))
                continue
            node.keys[key] = mark
            node.entries[key] = child
            node.size += child.size

    def _key(self, event: yaml.Event) -> str:
        """Return a key as the file spells it, whatever YAML takes it for: NO and on are words here."""
        if isinstance(event, yaml.ScalarEvent) and not event.anchor:
            return str(event.value)
        if isinstance(event, yaml.AliasEvent | yaml.ScalarEvent):
            raise YamlError(_start(event), "a key may not have an anchor or be an alias", "write the word itself")
        raise YamlError(_start(event), "a key must be a word, not a list or a map", "put it in quotes")

    def _alias(self, event: yaml.AliasEvent) -> Node:
        """Return the node that an alias names, and count what it expands to."""
        if event.anchor not in self._anchors:
            hint = f'put the text in quotes if you mean the characters: "*{event.anchor}"'
            raise YamlError(_start(event), f"*{event.anchor} refers to nothing", hint)
        node = self._anchors[event.anchor]
        if node is None:
            raise YamlError(_start(event), f"*{event.anchor} holds itself")
        self._expanded += node.size
        if self._expanded > MOST_EXPANDED:
            raise YamlError(_start(event), f"aliases expand to more than {MOST_EXPANDED:,} values")
        return node


def _scalar(event: yaml.ScalarEvent) -> Node:
    """Return the node of a scalar with its value by the YAML 1.2 core schema."""
    tag, text = getattr(event, "tag", None), event.value
    try:
        if tag in (None, "!"):
            value = read_plain(text) if event.implicit[0] and not event.style else text
        else:
            value = read_tagged(tag, text)
    except ValueError as error:
        raise YamlError(_start(event), str(error), "remove what begins with '!'") from error
    return Node(_start(event), "scalar", value, text, event.style in ("|", ">"))


def _refuse_tag(event: yaml.Event) -> None:
    """Refuse a list or map with a tag of its own."""
    tag = getattr(event, "tag", None)
    if tag not in (None, "!", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"):
        raise YamlError(_start(event), f"the tag {tag} has no meaning here", "remove what begins with '!'")


def _start(event: yaml.Event) -> Mark:
    """Return where `event` begins."""
    return _mark(event.start_mark)


class _ParserMark(Protocol):
    """A position as the parser tells it."""

    line: int
    column: int


def _mark(mark: _ParserMark | None) -> Mark:
    """Return a position of the parser, which counts from 0, as ours."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _mark_of_index(text: str, index: int) -> Mark:
    """Return the position of the character at `index`."""
    before = text[:index]
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _translated(error: yaml.MarkedYAMLError) -> YamlError:
    """Return the parser's complaint in an organiser's words."""
    mark = _mark(error.problem_mark or error.context_mark)
    problem = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    return YamlError(mark, f"this is not YAML ({problem})", _HINTS.get(str(error.problem), ""))


_HINTS = {
    "found a tab character that violates indentation": "indent with spaces, never with tabs",
    "mapping values are not allowed in this context": 'a text that holds ": " needs quotes; '
    "else look at how far the line is indented",
    "found character that cannot start any token": "indent with spaces, never with tabs; "
    "a text that begins with @, %, ` or a tab needs quotes",
    "did not find expected key": "the line is indented otherwise than its neighbours, "
    "or a quote or bracket above it is not closed",
    "did not find expected '-' indicator": "the line is indented otherwise than the list above it",
    "did not find expected node content": "a value is missing, or a bracket above it is not closed",
    "did not find expected ',' or ']'": "a list in brackets is not closed with ]",
    "did not find expected ',' or '}'": "a map in braces is not closed with }",
    "found unexpected end of stream": "a quote is opened and never closed",
    "could not find expected ':'": "a key needs a colon and a space after it",
    "found unknown escape character": "between double quotes write \\\\ for a backslash, or use single quotes",
    "found unexpected document indicator": "a quote is opened and never closed",
}
