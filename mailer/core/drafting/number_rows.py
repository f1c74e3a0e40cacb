"""Which further numbers does one stand for, of which only the last digits are told: "0123 / 24", "Fax: -24"?

Law: what is told takes the place of as many digits at the end, in a group that is at least as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.number_labels import label_of
from mailer.core.drafting.page import Page

FEWEST = 6  # digits of a number

_AND = r"(?:and|or|und|oder|et|ou|y|o|e|en|of|i|lub|a|nebo|og|eller|ve|veya|и|или)"
_EXTENSION = re.compile(
    r"(?: ?\([^()\n\d]{1,40}\))?[ ,;/(]{1,4}(?:[^\W\d]{1,3} )?([^\W\d]{2,9})[.:]{0,2} ?([-–]?)(\d{1,4})"
    r"(?![\d-]| ?[./]?\d)"
)
_SHORTENED = re.compile(  # "020 7946 0101 & 0102", "0101 or 0102"
    rf" ?(?:[&+]|,? {_AND}\b) ?-?(\d{{2,4}})"
    r"(?= ?(?:[,;.)|–—]|$|\n| [^\W\d]))"
    r"(?! ?(?:[ap]\.?m|h\b|uhr|hours?|lines?|min|o['’]clock|or\b|years?|people)|[.:]\d)",
    re.IGNORECASE,
)
_ROW = re.compile(r"(?: ?/ ?\d{1,4}){1,6}$")
_LAST_OF_ROW = re.compile(r"(?<!\d)(\d{6,8}) ?[/-] ?(\d{6,8})$")
_RANGE = re.compile(r"(?<!\d)(\d{5,8})[-–](\d)$")
_CUT = re.compile(r" {2,}| ?/ ?(?=[+(]{0,2}\d[\d ().-]{6})")
_GROUP = re.compile(r"\d+$")
_HOUSE = re.compile(r"(?<=\d[-–])\d{1,2}$")


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the numbers of a stretch stand that only a slash or wide spaces part, if each is a whole one."""
    cuts = [match.span() for match in _CUT.finditer(text, start, end)]
    begins, ends = [start, *(past for _, past in cuts)], [*(at for at, _ in cuts), end]
    parts = [
        (begin + len(part) - len(part.lstrip()), past)
        for begin, past in zip(begins, ends, strict=True)
        for part in [text[begin:past]]
    ]
    are_whole = all(sum(map(str.isdigit, text[slice(*part)])) > FEWEST for part in parts)
    return parts if are_whole else [(start + len(text[start:end]) - len(text[start:end].lstrip()), end)]


def in_row(told: str) -> tuple[str, ...]:
    """Return the numbers of a row, each as a whole: "4444 0101 / 0102 / 0103", "44440101-2", "355590/355591"."""
    if (last := _LAST_OF_ROW.search(told)) and len(last[1]) == len(last[2]):
        return told[: last.end(1)], told[: last.start(1)] + last[2]
    if (last := _RANGE.search(told)) and int(last[2]) == int(last[1][-1]) + 1:
        return (told[: last.end(1)],)
    row = _ROW.search(told)
    first = told[: row.start()] if row else told
    if not row or sum(map(str.isdigit, first)) < FEWEST:
        return (told,)
    return first, *(_replaced(first, group) for group in re.findall(r"\d+", row[0]) if _is_last(first, group))


def _is_last(told: str, group: str) -> bool:
    """Tell whether digits are as many as the last group of a number has."""
    last = _GROUP.search(told)
    return last is not None and len(last[0]) == len(group) > 1


def _replaced(told: str, digits: str) -> str:
    """Return a number with other digits at its end: behind the hyphen of a switchboard's, else as many."""
    house = _HOUSE.search(told)
    return told[: house.start() if house else len(told) - len(digits)] + digits


def with_extension(page: Page, told: str, end: int) -> Iterator[tuple[str, int, int, str]]:
    """Yield what behind a number is the end of another: with its kind, if it is told, its place and whole."""
    match = _EXTENSION.match(page.text, end)
    label = label_of(page, page.word_at(match.start(1))) if match else ""
    if match and label and (match[2] or _is_last(told, match[3])):
        yield label, match.start(3), match.end(), _replaced(told, match[3])
    match = _SHORTENED.match(page.text, end)
    if match and _is_last(told, match[1]):
        yield "", match.start(1), match.end(1), told[: len(told) - len(match[1])] + match[1]
