"""Which telephone numbers stand in an appeal, and which of them are faxes?

Law: a number is one only if a label, a verb, its own prefix or its country's plan says so; how much is looked at is
bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from mailer.core.drafting.lore import Lore, Number
from mailer.core.drafting.no_numbers import is_no_number
from mailer.core.drafting.number_columns import kind_of_column
from mailer.core.drafting.number_kinds import FEWEST, NUMBER, PREFIXED, Spelling, kinds_of
from mailer.core.drafting.number_labels import LONGEST_LABEL, SERVICE, label_after, labels
from mailer.core.drafting.number_rows import in_row, parts_of, with_extension
from mailer.core.drafting.page import Page
from mailer.core.drafting.towns import countries_beside

MOST_NUMBERS = 300  # an appeal has twenty
MOST_CODE = 3  # digits and the plus of a country code that a number with its area has at least
LONGEST_GAP = 120  # characters between two numbers of one office
MOST_BESIDE = 25  # words between a town and its number

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
_LOCAL = re.compile(r"\(?\d{2,5}\)?[-–/. ]{1,3}\d{4,8}|\(?\d{2,5}\)?[-/. ]{1,2}\d{2,4}[-. ]\d{2,4}(?:[-. ]\d{2,4})?")


@dataclass(frozen=True, slots=True)
class _Look:
    """What looks like a number, and the `rest` of its row, each as a whole."""

    start: int
    end: int
    told: str
    rest: tuple[str, ...]


def numbers_in(page: Page, lore: Lore, regions: Sequence[str]) -> Iterator[tuple[str, int, int, Number]]:
    """Yield the numbers with kind and place: `fax`, `phone`, or `any` without a label; with two labels it is both."""
    before, past, sure = Number("", ""), 0, list[str]()
    for spelling in _dealt(list(_spellings(page, lore, regions))):
        inside = _INSIDE.match(page.text, spelling.end)
        likely = (*_beside(page, lore, spelling), *(sure[-1:] if spelling.start - past < LONGEST_GAP else ()), *sure)
        found = _read(lore, _closed(spelling.told), likely, regions)
        sure += [lore.called(one.value) for one in found if not one.doubt]
        past = spelling.end
        for index, told in enumerate(found):
            before = reading = _completed(told, before, lore) if spelling.is_next else told
            for kind in _kinds_of(spelling, len(found) - index, len(found)):
                yield kind, spelling.start, spelling.end, _with_inside(reading, inside)


def _beside(page: Page, lore: Lore, spelling: Spelling) -> tuple[str, ...]:
    """Return the country of the town right before a number, if there is but one: "London, 020 7946 0101"."""
    past = page.word_at(spelling.start)
    first = max(page.sentence_above(page.sentence_at(spelling.start)).words[0], past - MOST_BESIDE)
    codes = countries_beside(page, lore, first, past)
    return codes if len(codes) == 1 else ()


def _read(lore: Lore, told: str, likely: Sequence[str], regions: Sequence[str]) -> tuple[Number, ...]:
    """Return the numbers of a spelling: as the first country has them that is told nearby, or has numbers before it."""
    for region in dict.fromkeys(likely):
        found = lore.numbers(told, (region,)) if region else ()
        if found and not any(one.doubt for one in found):
            return found
    return lore.numbers(told, _regions(told, regions))


def _kinds_of(spelling: Spelling, left: int, count: int) -> tuple[str, ...]:
    """Return what one of `count` numbers in a spelling is: a label behind is of the last, "0123 / 0124 (fax)"."""
    if count == 1 or spelling.named != "fax":
        return spelling.kinds
    return ("fax",) if left == 1 else ("phone",)


def _completed(reading: Number, before: Number, lore: Lore) -> Number:
    """Return a number with the area of the one before it in its row: "+44 20 7946 0123, 7946 0124"."""
    digits = "".join(filter(str.isdigit, reading.told))
    is_part = bool(reading.doubt) and not reading.value.startswith("+") and before.value.startswith("+")
    parts = accumulate(len(group) for group in reversed(re.findall(r"\d+", before.told)))
    if not is_part or len(digits) not in parts or not FEWEST <= len(digits) < len(before.value) - MOST_CODE:
        return reading
    (whole, *_) = lore.numbers(before.value[: -len(digits)] + digits, ())
    return reading if whole.doubt != before.doubt else replace(whole, told=reading.told)


def _regions(told: str, regions: Sequence[str]) -> Sequence[str]:
    """Return the regions to try: the last is that of numbers which look North American, where none is sure."""
    return (*regions, *(("US",) if _AMERICAN.fullmatch(told) and "US" not in regions else ()))


def _with_inside(reading: Number, inside: re.Match[str] | None) -> Number:
    """Return a number with the extension that follows it as a doubt: no number of a plan has one."""
    if not inside:
        return reading
    return replace(reading, doubt=reading.doubt or f"then ask for: {inside[0].strip(' ,')}")


def _spellings(page: Page, lore: Lore, regions: Sequence[str]) -> Iterator[Spelling]:
    """Yield what looks like a number and is called one."""
    before = Spelling(-1, -1, "", ())
    looks = list(_looks(page))
    labelled = [each for each in looks if labels(page, max(0, each.start - LONGEST_LABEL), each.start)]
    shapes = {(page.sentence_at(each.start).block, re.sub(r"\d", "9", each.told)) for each in labelled}
    for look in looks:
        start, end, told = look.start, look.end, look.told
        is_next = bool(before.kinds and any(each.fullmatch(page.text, before.end, start) for each in _BETWEEN))
        column = kind_of_column(page, start)
        kinds = (column,) if column else kinds_of(page, start, end, before, is_next=is_next)
        if kinds == ("any",) and _is_in_column(page, before, start):
            kinds = before.kinds
        shape = page.sentence_at(start).block, re.sub(r"\d", "9", told)
        is_alike = shape in shapes and not told.isdigit()
        if kinds and (kinds != ("any",) or is_next or is_alike or _stands_alone(page, start, told, lore, regions)):
            before = Spelling(start, end, told, kinds, is_next, label_after(page, end))
            shapes.add(shape)
            yield before
            yield from _further(page, before, look.rest)


def _looks(page: Page) -> Iterator[_Look]:
    """Yield what looks like a number, without the last digits of others that follow: "0123 / 24"."""
    for match in islice(NUMBER.finditer(page.text), MOST_NUMBERS):
        for start, end in parts_of(page.text, *match.span()):
            told, *rest = in_row(_LINES.sub("", page.text[start:end]).strip())
            if not is_no_number(page, start, end, told):
                yield _Look(start, end, told, tuple(rest))


def _further(page: Page, number: Spelling, rest: Sequence[str]) -> Iterator[Spelling]:
    """Yield the numbers of which only the last digits are told behind a number."""
    for told in rest:
        yield replace(number, told=told)
    for kind, start, end, told in with_extension(page, number.told, number.end):
        yield Spelling(start, end, told, (kind,) if kind else number.kinds)


def _is_in_column(page: Page, before: Spelling, start: int) -> bool:
    """Tell whether a number stands in the line below one without a label of its own, whose kind a heading tells."""
    is_below = bool(before.kinds) and page.text.count("\n", before.end, start) == 1
    return is_below and not labels(page, page.text.rfind("\n", 0, before.start) + 1, before.start)


def _stands_alone(page: Page, start: int, told: str, lore: Lore, regions: Sequence[str]) -> bool:
    """Tell whether a number needs no label: by its prefix, by the country's plan, or after a name and a colon."""
    is_led = page.text[max(0, start - 3) : start].rstrip().endswith(":") and bool(_LOCAL.fullmatch(told))
    is_number = bool(_GROUPED.fullmatch(told) or _LOCAL.fullmatch(told))
    before = page.text[max(0, start - 80) : start]
    is_led = is_led or (is_number and bool(_MAIL_BEFORE.search(before) or SERVICE.search(before)))
    return bool(PREFIXED.match(told)) or is_led or _is_national(told, lore, regions) or _is_coded(page, told, lore)


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


def _dealt(spellings: list[Spelling]) -> Iterator[Spelling]:
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


def _is_beside_fax(spelling: Spelling, following: Spelling) -> bool:
    """Tell whether only the second of two numbers in a row is said to be a fax: "call or fax: 0123 / 0124 (fax)"."""
    is_fax = "fax" in spelling.kinds and following.kinds == ("fax",)
    return is_fax and following.is_next and following.named == "fax" and not spelling.named


def _closed(told: str) -> str:
    """Return a number's spelling without a bracket that lost its other half."""
    return told.lstrip("( ") if told.count("(") > told.count(")") else told
