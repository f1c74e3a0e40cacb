"""What do the README and the documents say? Their blocks, commands, links and settings, taken from the text."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", *DOCS)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
_OPERATOR = re.compile(r"^sudo -u mailer (?:env (?:\w+=\S+ )*)?")
_PLACEHOLDERS = {"CAMPAIGN": "case", "EMAIL": "anna@people.example"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page and its text."""

    name: str

    @property
    def text(self) -> str:
        """Return the whole text."""
        return (ROOT / self.name).read_text(encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        """Return the fenced blocks in this language."""
        return [body for found, body in _BLOCK.findall(self.text) if found == language]

    def lines(self) -> list[list[str]]:
        """Return the words of every command line in the shell blocks, comments left out."""
        lines = (line for block in self.blocks("sh") for line in block.splitlines())
        return [words for line in lines if (words := shlex.split(_OPERATOR.sub("", line), comments=True))]

    def inline(self) -> list[str]:
        """Return what stands in backticks inside sentences."""
        return _INLINE.findall(_BLOCK.sub("", self.text))

    def commands(self) -> list[list[str]]:
        """Return the arguments of every `mailer` line in the shell blocks, up to a `>`."""
        lines = (words[: words.index(">")] if ">" in words else words for words in self.lines())
        return [[_PLACEHOLDERS.get(word, word) for word in words[1:]] for words in lines if words[0] == "mailer"]

    def mentions(self) -> list[list[str]]:
        """Return the arguments of every `mailer ...` in a sentence; some leave out what they need."""
        return [shlex.split(code)[1:] for code in self.inline() if code.startswith("mailer ")]

    def targets(self) -> set[str]:
        """Return the targets of make that are named, in blocks and in sentences."""
        spoken = [code.split() for code in self.inline() if code.startswith("make ")]
        return {target for words in (*self.lines(), *spoken) if words[0] == "make" for target in words[1:]}

    def links(self) -> set[str]:
        """Return the links and pictures that are not on the web."""
        found = {link or picture for link, picture in _LINK.findall(_BLOCK.sub("", self.text))}
        return {link for link in found if not link.startswith(("https:", "http:", "mailto:"))}

    def anchors(self) -> set[str]:
        """Return the anchors of the headings."""
        headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", self.text), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
