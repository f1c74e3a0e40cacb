"""How is a text written so that YAML gives it back? Plain, quoted or as a block; what is doubtful with a comment.

Law: whatever a text holds, the file stays YAML, every text is one that the catalogue takes, and no comment
can be mistaken for a text or end before its line does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import wrap

from mailer.adapters.catalog.scalars import LONGEST_TEXT

WIDTH = 110
_NO_ONE_READS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()'/!?;+@’‘“”„«»–—…-]*[\w.)!?’”»…])?")
_WORDS_OF_YAML = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))

Lines = list[str]


def clean(text: str) -> str:
    """Return a text without what nobody can read, its lines stripped, and at most one empty line in a row."""
    readable = _NO_ONE_READS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    lines = (" ".join(line.split()) for line in readable.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text as one line that may go into a header, cut between words where it is longer than `longest`."""
    line = " ".join(clean(text).split()).replace("=?", "= ?")
    return line if len(line) <= longest else cut(line, longest)


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text, with dots that tell that there was more."""
    begun = text[: longest - 4]
    whole_words = begun.rpartition(" ")[0] or begun
    return f"{whole_words.rstrip()} ..."


def check(*reasons: str) -> str:
    """Return the comment that asks to look at a value, or nothing where there is no reason."""
    told = "; ".join(filter(None, (_in_comment(reason) for reason in reasons)))
    return f"# check: {told}" if told else ""


def note(text: str) -> str:
    """Return a comment that only explains."""
    told = _in_comment(text)
    return f"# {told.removeprefix('check').lstrip(' :,')}" if told.startswith("check") else f"# {told}"


def _in_comment(text: str) -> str:
    """Return a text as part of a comment: on one line, and holding no comment of its own."""
    return one_line(text, 400).replace("#", "")


def quoted(text: str) -> str:
    """Return a text on one line as a scalar that is read back as this text, with quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def entry(key: str, text: str, mark: str = "") -> Lines:
    """Return the lines of a key with its text; `mark` is a comment, behind the text or above a block."""
    if "\n" in text:
        return [*_above(mark), f"{key}: |-", *indent(text.split("\n"))]
    line = f"{key}: {quoted(text)}"
    if len(line) <= WIDTH:
        return [f"{line}  {mark}".rstrip()]
    folded = wrap(text, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    return [*_above(mark), f"{key}: >-", *indent(folded)]


def _above(mark: str) -> Lines:
    """Return a comment as a line of its own, if there is one."""
    return [mark] if mark else []


def listed(key: str, items: Iterable[Lines]) -> Lines:
    """Return the lines of a key with a list, or none where the list is empty."""
    lines = [line for one in items for line in item(one)]
    return [f"{key}:", *indent(lines)] if lines else []


def item(lines: Lines) -> Lines:
    """Return the lines of a map as an item of a list; comments that lead it stand above it."""
    leading = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    above, own = lines[:leading], lines[leading:]
    return [*above, *(("- " if n == 0 else "  ") + line if line else "" for n, line in enumerate(own))]


def indent(lines: Iterable[str], by: int = 2) -> Lines:
    """Return lines further in; empty ones stay empty."""
    return [" " * by + line if line else "" for line in lines]
