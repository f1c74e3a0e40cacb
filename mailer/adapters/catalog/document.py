"""What does a file say, and where? Plain values whose maps know their path, and the way back to lines.

A path is the keys and indexes from the top: ("campaigns", 0, "targets", 1, "phone"). Every value can be
told with line, column and its path in words ("campaign prisoner-2026, target court, phone").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest

from mailer.adapters.catalog.nodes import Mark, Node, scalar_spans

Path = tuple[str | int, ...]

# What `mailer draft` leaves behind where a person has to look.
_CHECK_MARK = re.compile(r"(?:^|(?<=\s))#\s*check\b[:,]?(?P<why>.*)")
_ONE_OF = {
    "campaigns": "campaign",
    "targets": "target",
    "demands": "demand",
    "events": "event",
    "people": "person",
    "facts": "fact",
    "missions": "mission",
    "mailings": "mailing",
    "pickets": "picket",
    "links": "link",
    "topics": "topic",
}


class Section(dict[str, object]):
    """A map of the file that knows its path; `pruned` names keys that were wrong and taken out."""

    __slots__ = ("path", "pruned")

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.pruned: set[str] = set()


class Document:
    """One parsed file: its plain value, and where every part of it stands."""

    def __init__(self, name: str, text: str, root: Node) -> None:
        self.name = name
        self._text = text
        self._root = root

    @cached_property
    def value(self) -> object:
        """The whole file as Sections, lists and scalars; aliases are expanded."""
        return _plain(self._root, ())

    def node(self, path: Path) -> Node:
        """Return the node at `path`, or the deepest on the way to it that there is."""
        node = self._root
        for step in path:
            child = node.child(step)
            if child is None:
                return node
            node = child
        return node

    def has(self, path: Path) -> bool:
        """Tell whether the file has a value at `path`."""
        node: Node | None = self._root
        for step in path:
            node = node.child(step) if node else None
        return node is not None

    def ids(self, path: Path) -> list[tuple[str, Path]]:
        """Return the ids in the list at `path`, right or wrong, each with its own path."""
        items = self.node(path).items if self.has(path) else []
        named = ((item.entries.get("id"), (*path, index, "id")) for index, item in enumerate(items))
        return [(node.source, place) for node, place in named if node is not None and node.kind == "scalar"]

    def mark(self, path: Path) -> Mark:
        """Return where the value at `path` begins."""
        return self.node(path).mark

    def key_mark(self, path: Path) -> Mark:
        """Return where the key that ends `path` stands; of a list's item, where it begins."""
        key = path[-1] if path else ""
        return self.node(path[:-1]).keys.get(str(key)) or self.mark(path)

    def words(self, path: Path) -> str:
        """Return `path` in words."""
        return ", ".join(self._steps(path))

    def _steps(self, path: Path) -> Iterator[str]:
        """Yield the parts of a path; the item of a list speaks for its list too."""
        for index, (step, following) in enumerate(zip_longest(path, path[1:])):
            if isinstance(step, int):
                yield self._item(path[: index + 1])
            elif not isinstance(following, int):
                yield str(step)

    def _item(self, path: Path) -> str:
        """Return a list's item in words: "target court", "person 2", "subject 1"."""
        above = path[-2] if len(path) > 1 else "item"
        name = self.node(path).entries.get("id")
        label = name.source.strip()[:60] if name is not None else ""
        return f"{_ONE_OF.get(str(above), above)} {label or int(path[-1]) + 1}"

    def doubled_keys(self) -> Iterator[tuple[Path, Mark, Mark]]:
        """Yield (path, where it stands again, where it stood first) of keys that came twice."""
        for path, node in _with_paths(self._root, ()):
            for key, mark in node.doubled:
                yield (*path, key), mark, node.keys[key]

    def check_marks(self) -> Iterator[tuple[Mark, str, Path]]:
        """Yield (position, why, path of the value it belongs to) of every comment that begins "# check".

        That is the value before it on its line; a comment on a line of its own belongs to what follows it.
        """
        lines = self._text.split("\n")
        found = [(n, match) for n, line in enumerate(lines, 1) for match in _CHECK_MARK.finditer(line)]
        if not found:
            return
        spans = list(scalar_spans(self._text))
        places = sorted(((node.mark, path) for path, node in _with_paths(self._root, ())), key=_by_start)
        for number, match in found:
            mark = Mark(number, match.start() + 1)
            if not any(start <= mark < end for start, end in spans):
                alone = lines[number - 1].lstrip().startswith("#")
                yield mark, match["why"].strip(), _commented(places, number, alone=alone)


def _commented(places: list[tuple[Mark, Path]], number: int, *, alone: bool) -> Path:
    """Return the path of the value that a comment belongs to; `alone` if nothing else stands in its line."""
    before = [path for start, path in places if start.line <= number]
    near = before[-1] if before else ()
    if not alone:
        return near
    after = next((path for start, path in places if start.line > number), ())
    return after if after[:2] == near[:2] else near


def _by_start(place: tuple[Mark, Path]) -> tuple[Mark, int]:
    """Order places by position, the outer before the inner."""
    return place[0], len(place[1])


def _plain(node: Node, path: Path) -> object:
    """Return the value of `node`, its maps as Sections that stand at their place in the file."""
    if node.kind == "scalar":
        return node.value
    if node.kind == "list":
        return [_plain(child, (*path, index)) for index, child in enumerate(node.items)]
    section = Section(path)
    for key, child in node.entries.items():
        section[key] = _plain(child, (*path, key))
    return section


def _with_paths(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield every node with its path."""
    yield path, node
    for index, item in enumerate(node.items):
        yield from _with_paths(item, (*path, index))
    for key, child in node.entries.items():
        yield from _with_paths(child, (*path, key))
