"""Which telephone numbers stand in an appeal, and which of them are faxes?

Law: a number is one only if a label, a verb, its own prefix or its country's plan says so; how much is looked at is
bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from mailer.core.drafting.lore import Lore, Number
from mailer.core.drafting.no_numbers import is_no_number
from mailer.core.drafting.number_labels import (
    LONGEST_LABEL,
    OWN_LABEL,
    SERVICE,
    is_before_fax,
    label_after,
    label_of,
    labels,
    together,
)
from mailer.core.drafting.page import Page, Sentence

MOST_NUMBERS = 300  # an appeal has twenty
MOST_CODE = 3  # digits and the plus of a country code that a number with its area has at least
FEWEST = 6  # digits of a number without a label right before it
FEWEST_OF_ROW = 6  # digits of a number in a row: "35-55-90, 35-55-91"

_NUMBER = re.compile(r"(?<![\w@./:#-])[+(]{0,3}[ -]?\d(?:[ ().\-–/]{0,4}\d){4,44}(?![\w@])")
_GROUPED = re.compile(
    r"\(?0?\d{1,5}\)?(?:[ .\-–/]{1,2}\(?\d{2,5}\)?){2,4}|\(\d{2,5}\) ?\d{3,4}[ .-]?\d{2,4}|"
    r"8[ (-]{1,2}\d{3}[) -]{1,2}[\d-]{7,9}"
)
_AMERICAN = re.compile(r"(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_AMOUNT = re.compile(r"\d{1,3}(?:[., ]\d{3})+(?:[.,]\d{1,2})?")
_BETWEEN = (
    re.compile(
        r"(?: ?\([^()\n]{1,60}\))?[\s,;/()&+.:-]{0,8}(?:(?:and|or|und|oder|y|o|e|ed|et|ou|en|of|i|lub|a|nebo|og|eller|"
        r"ve|veya|и|или)\b)?[\s,;/(:]{0,4}"
    ),
    re.compile(r" ?\((?:from|if|aus|de|desde|dall|da|vanuit|z|ze|fra|из|when)\b[^()\d\n:]{3,40}"),
)
_EXTENSION = re.compile(
    r"(?: ?\([^()\n\d]{1,40}\))?[ ,;/(]{1,4}(?:[^\W\d]{1,3} )?([^\W\d]{2,9})[.:]{0,2} ?[-–](\d{1,4})(?!\d)"
)
_SHORTENED = re.compile(  # "020 7946 0101 & 0102", "0101 or 0102"
    r" ?(?:[&/+]|,? (?:and|or|und|oder|et|ou|y|o|e|en|of|i|lub|a|nebo|og|eller|ve|veya|и|или)\b) ?-?(\d{2,4})"
    r"(?= ?(?:[,;.)|–—]|$|\n| [^\W\d]))"
    r"(?! ?(?:[ap]\.?m|h\b|uhr|hours?|lines?|min|o['’]clock|or\b|years?|people)|[.:]\d)",
    re.IGNORECASE,
)
_LAST_OF_ROW = re.compile(r"(?:(?<![\d/])(?=\d{2,4} ?/)|(?<!\d)(?=\d{6,8} ?[/-]))(\d+) ?[/-] ?(\d+)$")
_LAST_GROUP = re.compile(r"\d+$")
_MAIL_BEFORE = re.compile(r"@[\w.-]+\.[a-z]{2,12}(?: ?[,;|/–—-] ?| )$")  # "a@b.example, (03) 000 0101"
_CODED = re.compile(r"\(\d{2,3}\)[ .-]?\d{1,4}(?:[ .-]\d{2,4}){2,4}")  # "(33) 1 99 00 01 01"
_INSIDE = re.compile(  # the house: "(0123) 456789 ext. 12"
    r" ?,? ?(?:x|ext|extn|extension|durchwahl|dw|poste|int|interno|anexo|ramal|toestel|tst|wew|linka|доб|dahili) ?"
    r"[.:]? ?\d{1,5}(?!\d)",
    re.IGNORECASE,
)
_LINES = re.compile(r"\s*\(\d{0,2}(?: ?[-–] ?\d{0,2})?$")  # "... 0123 (3 lines)", "(10 - 4, Mondays)"
_FAX_BELOW = re.compile(
    r"(?:[\s\d()+./-]|or|and){0,60}\n(?:fax|faks|факс)", re.IGNORECASE
)  # "ring or fax them", and then
_NAMED = re.compile(r"[^\W\d_]{4,}")
_PREFIXED = re.compile(r"[( ]{0,3}(?:\+|(?:00|011)(?=[ \d()-]{9,}))")
_LOCAL = re.compile(r"\(?\d{2,5}\)?[-–/. ]{1,3}\d{4,8}|\(?\d{2,5}\)?[-/. ]{1,2}\d{2,4}[-. ]\d{2,4}(?:[-. ]\d{2,4})?")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What looks like a number; `is_next` tells that only a comma or an "and" parts it from the one before."""

    start: int
    end: int
    told: str
    kinds: tuple[str, ...]
    is_next: bool = False
    named: str = ""  # the label in brackets that follows: "0123 (fax)"


def numbers_in(page: Page, lore: Lore, regions: Sequence[str]) -> Iterator[tuple[str, int, int, Number]]:
    """Yield the numbers with kind and place: `fax`, `phone`, or `any` without a label; with two labels it is both."""
    before = Number("", "")
    for spelling in _dealt(list(_spellings(page, lore, regions))):
        inside = _INSIDE.match(page.text, spelling.end)
        found = lore.numbers(_closed(spelling.told), _regions(spelling.told, regions))
        for index, told in enumerate(found):
            before = reading = _completed(told, before, lore) if spelling.is_next else told
            for kind in _kinds_of(spelling, len(found) - index, len(found)):
                yield kind, spelling.start, spelling.end, _with_inside(reading, inside)


def _kinds_of(spelling: _Spelling, left: int, count: int) -> tuple[str, ...]:
    """Return what one of `count` numbers in a spelling is: a label behind is of the last, "0123 / 0124 (fax)"."""
    if count == 1 or spelling.named != "fax":
        return spelling.kinds
    return ("fax",) if left == 1 else ("phone",)


def _completed(reading: Number, before: Number, lore: Lore) -> Number:
    """Return a number with the area of the one before it in its row: "+44 20 7946 0123, 7946 0124"."""
    digits = "".join(filter(str.isdigit, reading.told))
    is_part = bool(reading.doubt) and not reading.value.startswith("+") and before.value.startswith("+")
    if not is_part or before.doubt or not FEWEST <= len(digits) < len(before.value) - MOST_CODE:
        return reading
    (whole, *_) = lore.numbers(before.value[: -len(digits)] + digits, ())
    return reading if whole.doubt else replace(whole, told=reading.told)


def _regions(told: str, regions: Sequence[str]) -> Sequence[str]:
    """Return the regions to try: the last is that of numbers which look North American, where none is sure."""
    return (*regions, *(("US",) if _AMERICAN.fullmatch(told) and "US" not in regions else ()))


def _with_inside(reading: Number, inside: re.Match[str] | None) -> Number:
    """Return a number with the extension that follows it as a doubt: no number of a plan has one."""
    if not inside:
        return reading
    return replace(reading, doubt=reading.doubt or f"then ask for: {inside[0].strip(' ,')}")


def _spellings(page: Page, lore: Lore, regions: Sequence[str]) -> Iterator[_Spelling]:
    """Yield what looks like a number and is called one."""
    before = _Spelling(-1, -1, "", ())
    for match in islice(_NUMBER.finditer(page.text), MOST_NUMBERS):
        told = _LINES.sub("", match[0]).strip()
        start = match.end() - len(match[0].lstrip())
        end = match.end()
        last = _LAST_OF_ROW.search(told)
        row = last if last and len(last[1]) == len(last[2]) else None  # "4444 0101 / 0102"
        if row:
            told, end = told[: row.end(1)], start + row.end(1)
        if is_no_number(page, start, end, told):
            continue
        is_next = bool(before.kinds and any(each.fullmatch(page.text, before.end, start) for each in _BETWEEN))
        kinds = _kinds(page, start, end, before, is_next=is_next)
        if kinds == ("any",) and _is_in_column(page, before, start):
            kinds = before.kinds
        if kinds and (kinds != ("any",) or is_next or _stands_alone(page, start, told, lore, regions)):
            before = _Spelling(start, end, told, kinds, is_next, label_after(page, end))
            yield before
            yield from _extension(page, before)
            yield from _shortened(page, before)
            if row and len(row[2]) >= FEWEST_OF_ROW:
                yield replace(before, told=told[: row.start(1)] + row[2])


def _is_in_column(page: Page, before: _Spelling, start: int) -> bool:
    """Tell whether a number stands in the line below one without a label of its own, whose kind a heading tells."""
    is_below = bool(before.kinds) and page.text.count("\n", before.end, start) == 1
    return is_below and not labels(page, page.text.rfind("\n", 0, before.start) + 1, before.start)


def _stands_alone(page: Page, start: int, told: str, lore: Lore, regions: Sequence[str]) -> bool:
    """Tell whether a number needs no label: by its prefix, by the country's plan, or after a name and a colon."""
    is_led = page.text[max(0, start - 3) : start].rstrip().endswith(":") and bool(_LOCAL.fullmatch(told))
    is_number = bool(_GROUPED.fullmatch(told) or _LOCAL.fullmatch(told))
    before = page.text[max(0, start - 80) : start]
    is_led = is_led or (is_number and bool(_MAIL_BEFORE.search(before) or SERVICE.search(before)))
    return bool(_PREFIXED.match(told)) or is_led or _is_national(told, lore, regions) or _is_coded(page, told, lore)


def _is_coded(page: Page, told: str, lore: Lore) -> bool:
    """Tell whether a number has the code of its country in brackets, in a text that speaks of numbers."""
    if not _CODED.fullmatch(told) or not any(mark.kind in ("phone", "fax") for mark in page.marks):
        return False
    return all(one.value.startswith("+") for one in lore.numbers(told, ()))


def _is_national(told: str, lore: Lore, regions: Sequence[str]) -> bool:
    """Tell whether a number that nothing calls one is in groups, and one of a country that the text names."""
    at = list(regions).index("") if "" in regions else len(regions)
    likely = (*regions[:at], "US") if _AMERICAN.fullmatch(told) else regions[:at] or regions[at + 1 :]
    is_number = bool(_GROUPED.fullmatch(told)) and not _AMOUNT.fullmatch(told)
    return is_number and any(not any(one.doubt for one in lore.numbers(told, (region,))) for region in likely)


def _extension(page: Page, number: _Spelling) -> Iterator[_Spelling]:
    """Yield the number that only its last digits tell: "Tel. 030 123 181, Fax: -182"."""
    match = _EXTENSION.match(page.text, number.end)
    label = label_of(page, page.word_at(match.start(1))) if match else ""
    if match and label:
        told = number.told[: len(number.told) - len(match[2])] + match[2]
        yield _Spelling(match.start(2), match.end(), told, (label,))


def _shortened(page: Page, number: _Spelling) -> Iterator[_Spelling]:
    """Yield the number of which only the last group is told, as long as that of the number before it."""
    match = _SHORTENED.match(page.text, number.end)
    group = _LAST_GROUP.search(number.told)
    if match and group and len(group[0]) == len(match[1]):
        told = number.told[: group.start()] + match[1]
        yield _Spelling(match.start(1), match.end(1), told, number.kinds)


def _dealt(spellings: list[_Spelling]) -> Iterator[_Spelling]:
    """Yield numbers in a row with one of their labels each: "telephone and fax numbers are A and B"."""
    for index, spelling in enumerate(spellings):
        following = spellings[index + 1] if index + 1 < len(spellings) else None
        if len(spelling.kinds) == 2 and spelling.is_next:
            yield replace(spelling, kinds=spelling.kinds[1:])
        elif len(spelling.kinds) == 2 and following and following.is_next and following.kinds == spelling.kinds:
            yield replace(spelling, kinds=spelling.kinds[:1])
        elif following and _is_beside_fax(spelling, following):
            yield replace(spelling, kinds=("phone",))
        else:
            yield spelling


def _is_beside_fax(spelling: _Spelling, following: _Spelling) -> bool:
    """Tell whether only the second of two numbers in a row is said to be a fax: "call or fax: 0123 / 0124 (fax)"."""
    is_fax = spelling.kinds == following.kinds == ("fax",)
    return is_fax and following.is_next and following.named == "fax" and not spelling.named


def _closed(told: str) -> str:
    """Return a number's spelling without a bracket that lost its other half."""
    return told.lstrip("( ") if told.count("(") > told.count(")") else told


def _kinds(page: Page, start: int, end: int, before: _Spelling, *, is_next: bool) -> tuple[str, ...]:
    """Return what a number is by the labels around it; `any` where nothing tells, and none for what is no number."""
    label = label_after(page, end)
    if is_next and not is_before_fax(page, end):
        return (label,) if label else before.kinds
    if SERVICE.search(page.text[max(0, start - 80) : start]):
        return (label or "phone",)
    sentence = page.sentence_at(start)
    is_other = ":" in page.text[max(0, before.end) : start] and start - before.end < LONGEST_LABEL
    near = labels(page, max(sentence.start, start - 200, before.end if is_other else 0), start)
    digits = sum(map(str.isdigit, page.text[start:end]))
    is_short = digits < FEWEST
    if near and not is_short and _is_used(page, near[-1][1], before, start):
        return (label or "phone",)
    if near and (start - near[-1][1] <= LONGEST_LABEL or _PREFIXED.match(page.text, start)):
        return () if near[-1][0] == "telex" or (is_short and start - near[-1][1] > 8) else together(page, near)
    if label or is_short:
        return (label,) if label else ()
    return (
        () if page.has(sentence, "donate") else _from_afar(page, sentence, end, start, near if digits > FEWEST else [])
    )


def _is_used(page: Page, label: int, before: _Spelling, start: int) -> bool:
    """Tell whether a label, by its end, belongs to the number right behind it, and another name follows that one."""
    is_own = 0 <= before.start - label <= OWN_LABEL or (label <= before.start and "@" in page.text[before.end : start])
    return is_own and bool(_NAMED.search(page.text, before.end, start))


def _from_afar(page: Page, sentence: Sentence, end: int, start: int, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kind that the label after it, the sentence or the line above tells: "fax the court on the number"."""
    if is_before_fax(page, end):
        return ("phone",)
    if near:
        return (near[-1][0],)
    above = page.sentence_above(sentence)
    is_heading = above.line < sentence.line and above.end - above.start < 200 and above.opens
    if is_heading and start - sentence.start < 60 and not _NUMBER.search(page.text, above.start, above.end):
        told = labels(page, above.start, above.end + 1)
        if len({kind for kind, _ in told}) > 1 and _FAX_BELOW.match(page.text, end):
            return ("phone",)
        if told:
            return (told[-1][0],)
    return ("any",)
