"""What is wrong with a file? All of it is gathered here, so that it can be told at once.

A problem is reported by its path; line, column and the path in words come from the document.
"""

from __future__ import annotations

import re

from mailer.adapters.catalog.document import Document, Path
from mailer.adapters.catalog.nodes import Mark
from mailer.errors import Problem

ERROR = "error"
WARNING = "warning"


_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return `text` without what could move a terminal's cursor: a file may hold anything."""
    return _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Ledger:
    """The problems of one document, each with the path that it belongs to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries: list[tuple[Path, Problem]] = []

    def error(self, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> None:
        """Report what must be mended; `at_key` points at the key instead of its value."""
        self._add(ERROR, path, self._mark(path, at_key), (message, hint))

    def warn(self, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> None:
        """Report what somebody should look at."""
        self._add(WARNING, path, self._mark(path, at_key), (message, hint))

    def error_at(self, path: Path, mark: Mark, message: str, hint: str = "") -> None:
        """Report an error at a position of its own."""
        self._add(ERROR, path, mark, (message, hint))

    def warn_at(self, path: Path, mark: Mark, message: str, hint: str = "") -> Problem:
        """Report a warning at a position of its own, and return it."""
        return self._add(WARNING, path, mark, (message, hint))

    def _mark(self, path: Path, at_key: bool) -> Mark:
        """Return where the value at `path`, or its key, stands."""
        return self.document.key_mark(path) if at_key else self.document.mark(path)

    def _add(self, severity: str, path: Path, mark: Mark, words: tuple[str, str]) -> Problem:
        """Keep one problem."""
        told = map(visible, (self.document.words(path), *words))
        problem = Problem(severity, self.document.name, mark.line, mark.column, *told)
        if (path, problem) not in self.entries[-20:]:
            self.entries.append((path, problem))
        return problem
