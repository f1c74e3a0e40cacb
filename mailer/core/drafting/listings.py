"""Which lines below a sentence stand in a list? Bulleted ones, the short lines of a paragraph, or paragraphs of a line.

Law: a list ends at the first line that is not like the others; what its lines say is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailer.core.drafting.page import Page, Sentence

MOST_ITEMS = 30
LONGEST = 400
LONGEST_ITEM = 250


def lines_of(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences line by line."""
    line: list[Sentence] = []
    for sentence in sentences:
        if line and line[-1].line != sentence.line:
            yield line
            line = []
        line.append(sentence)
    if line:
        yield line


def paragraphs_of(page: Page, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the paragraphs of one line each that follow as the items of a list, up to one that tells to write."""
    found: list[list[Sentence]] = []
    for line in lines_of(sentences):
        first = line[0]
        is_end = first.is_item or page.text[line[-1].end - 1] == ":" or page.has(first, "message", "dear", "closing")
        if is_end or line[-1].end - first.start > LONGEST or (found and found[-1][0].block == first.block):
            break
        found.append(line)
    return found if len(found) > 1 else []


def items_of(page: Page, lines: Sequence[list[Sentence]], *, is_asked: bool) -> list[list[Sentence]]:
    """Return the lines that are the items of a list: bulleted ones, or the short lines of one paragraph.

    A line that tells to write ends one without bullets, but where `is_asked` of an office what the lines say.
    """
    if not lines:
        return []
    is_bulleted = lines[0][0].is_item
    bullet = bullet_of(page, lines[0][0])
    found: list[list[Sentence]] = []
    for line in lines[:MOST_ITEMS]:
        first = line[0]
        length = line[-1].end - first.start
        is_same = (
            first.is_item and bullet_of(page, first) == bullet
            if is_bulleted
            else (first.block == lines[0][0].block and length <= LONGEST_ITEM and not first.is_item)
        )
        is_bare = not is_bulleted and not is_asked
        if not is_same or (is_bare and page.has(first, "send", "about", "signed", "message")):
            break
        found.append(line)
    return found if is_bulleted or len(found) > 1 else []


def bullet_of(page: Page, item: Sentence) -> str:
    """Return what an item begins with; a number for all numbers."""
    told = page.text[page.text.rfind("\n", 0, item.start) + 1 : item.start].strip()
    return re.sub(r"\w+", "1", told)
