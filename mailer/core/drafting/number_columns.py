"""What is a number in a table, whose head alone tells it: "Name  Phone  Fax"?

Law: told only where a line has as many numbers as the head has labels, and none of its own.
"""

from __future__ import annotations

import re

from mailer.core.drafting.number_labels import labels
from mailer.core.drafting.page import Page

MOST_ROWS = 30
LONGEST_LINE = 200

_CELL = re.compile(r"[+(\d][\d ().+/-]{4,30}\d")
_GAP = re.compile(r" {2,}|\t| ?\| ?")


def kind_of_column(page: Page, start: int) -> str:
    """Return what the head of a table calls a number in one of its lines."""
    begin, end = _line(page, start)
    cells = [cell for cell in _GAP.split(page.text[begin:end]) if _CELL.fullmatch(cell.strip())]
    if len(cells) < 2 or labels(page, begin, end):
        return ""
    heads = _heads(page, begin)
    before = [cell for cell in _GAP.split(page.text[begin:start]) if _CELL.fullmatch(cell.strip())]
    return heads[len(before)] if len(heads) == len(cells) and len(before) < len(heads) else ""


def _line(page: Page, at: int) -> tuple[int, int]:
    """Return where the line around an offset begins and ends, as far as it is looked at."""
    begin = page.text.rfind("\n", max(0, at - LONGEST_LINE), at) + 1 or max(0, at - LONGEST_LINE)
    end = page.text.find("\n", at, at + LONGEST_LINE)
    return begin, end if end >= 0 else min(len(page.text), at + LONGEST_LINE)


def _heads(page: Page, begin: int) -> list[str]:
    """Return the labels of the nearest line above that has no digits."""
    for _ in range(MOST_ROWS):
        if begin == 0:
            return []
        above, end = _line(page, begin - 1)
        told = page.text[above:end]
        if told.strip() and not re.search(r"\d", told):
            return [kind for kind, _ in labels(page, above, end)]
        begin = above
    return []
