"""Which lines are a postal address? Told by a label, or by streets, boxes, codes and countries in a short line.

Law: an address is taken as it stands, line by line, and ends at the first label of a number or a mail address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailer.core.drafting.addressees import (
    FIRM,
    MOST_BEFORE,
    addressee_above,
    begins_with_office,
    has_building,
    names_house,
    names_office,
    office_above,
    office_before,
)
from mailer.core.drafting.heads import LONGEST_SALUTATION, is_salutation
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.passages import addresses_within
from mailer.core.drafting.places import ENOUGH, LONGEST, SHORTEST, ends_in_country, is_bare_street
from mailer.core.drafting.post_lines import Line, is_event, is_ours, is_signed, line_in
from mailer.core.drafting.tokens import Token

LONGEST_PLACE = 5  # words of a line that may stand apart from the rest: a country
MOST_LINES = 9
MOST_WORDS = 6  # of an address's piece that is an item of a list
LEAST_BLOCK = 2  # lines of an address that only a number after it tells
LEAST_PARTS = 2  # addresses of an item that are not one
LEAST_PLAIN = 3  # plain words of prose
MOST = 100

_FIELD = re.compile(r"(?i)[ ,;.]*(?:\n(?!tele[gx]|tlx|cable)[^\W\d_][\w ]{2,20}: ?|\n)?[ ,;.]*")
_LABEL_BELOW = re.compile(r"[ ,;.]*\n{0,2}(?:tele)?(?:fax|phone|tel|fono|faks|факс|тел|e-?mail)", re.IGNORECASE)
_BULLETS = "-–—*•·●▪"


def posts_in(page: Page, tokens: Sequence[Token], lore: Lore) -> tuple[Token, ...]:
    """Return the postal addresses in their order."""
    found: list[Token] = []
    for run in _runs(page, tokens, lore):
        found.extend(_closed(page, run, tokens, lore))
        if len(found) > MOST:
            break
    return tuple(_once(found))


def _once(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the addresses without those that only say again a part of an earlier one."""
    seen: list[set[str]] = []
    for token in found[:MOST]:
        words = set(re.findall(r"[^\W_]+", token.value.lower()))
        if not any(words <= before for before in seen):
            seen.append(words)
            yield token


def _runs(page: Page, tokens: Sequence[Token], lore: Lore) -> Iterator[list[Line]]:
    """Yield the lines that hang together and may be an address."""
    run: list[Line] = []
    for sentence in page.sentences:
        line, parts = _read(page, sentence, tokens, lore)
        is_new = not line or line.begins or (line.is_item and not _is_next_item(page, run, line))
        if line and run and len(run) < MOST_LINES and not is_new and _goes_on(page, run, line, lore):
            run.append(line)
        else:
            yield run
            run = [line] if line else []
        if line and line.ends:
            yield run
            run = []
        yield from ([part] for part in parts)
    yield run


def _read(page: Page, sentence: Sentence, tokens: Sequence[Token], lore: Lore) -> tuple[Line | None, list[Line]]:
    """Return the part of a sentence that may belong to an address, or the whole addresses in its prose."""
    if is_event(page, sentence, lore) or is_signed(page, sentence) or is_ours(page, sentence):
        return None, []
    line = line_in(page, sentence, tokens, lore)
    if line and line.points >= ENOUGH and " | " in page.text[line.start : line.end]:
        return line._replace(begins=True, ends=True), []  # a row of a table
    parts = addresses_within(page, sentence, tokens, lore)
    if line and sentence.is_item and len(parts) < LEAST_PARTS and _is_of_office(page, line):
        return line, []
    if line and len(parts) == 1 and _is_whole(page, line, parts[0][0]):
        return line, []
    return None if parts else line, [Line(*part, is_item=False, ends=True) for part in parts]


def _is_whole(page: Page, line: Line, start: int) -> bool:
    """Tell whether a line is an address as a whole: it begins with whose it is, and commas or dashes part the rest."""
    before = page.text[line.start : start]
    past = page.word_at(start)
    is_called = page.marks_between(page.word_at(line.start), past, "send", "copy", "demand", "calling", "deed")
    is_office = names_office(page, line.start, start)
    least = 0 if FIRM.search(before.partition(",")[0]) or is_office else 1
    is_begun = before[:1].isupper() or before[:1].isdigit()
    is_listed = is_begun and len(re.findall(r"[,;]\s| [-–—|/] | // ", before)) > least
    is_named = is_office or len(re.findall(r"\b[^\W\dA-Z]{4,}", before)) < LEAST_PLAIN
    return line.points >= ENOUGH and is_listed and not is_called and is_named


def _is_of_office(page: Page, line: Line) -> bool:
    """Tell whether an item is enough for an address, and begins with whose it is."""
    is_whole = line.ends and page.text[line.start].isupper()  # a number or a mail address follows it in its item
    return line.points >= ENOUGH and (is_whole or begins_with_office(page, line.start))


def _is_next_item(page: Page, run: Sequence[Line], line: Line) -> bool:
    """Tell whether the pieces of one address stand as the items of a list: an office, its street, its town."""
    if not run or not run[-1].is_item or not run[0].is_item or run[0].points >= ENOUGH:
        return False
    is_next = page.text.count("\n", run[-1].end, line.start) == 1
    words = page.word_at(line.end) - page.word_at(line.start)
    return is_next and _names_office(page, run[0]) and not _names_office(page, line) and words <= MOST_WORDS


def _goes_on(page: Page, run: list[Line], line: Line, lore: Lore) -> bool:
    """Tell whether a line goes on with a run: it is the next one, or only an empty line parts it from a like one."""
    between = page.text[run[-1].end : line.start]
    gap = between.count("\n")
    if between.strip(f" ,;.\n{_BULLETS if line.is_item else ''}") and not _FIELD.fullmatch(between):
        return False
    if names_office(page, run[-1].end, line.start):
        return False  # "Minister: Example Street 1", and in the line below "Mayor: Sample Street 2"
    if gap == 0:
        return line.end - run[-1].start < LONGEST // 2  # "Carrera 1a. No. 2"
    if gap == 1:
        is_whole = _has_enough(run) and (line.points >= ENOUGH or _is_ended(page, run[-1], lore))
        is_row = len(run) == 1 and line.points >= ENOUGH and begins_with_office(page, run[0].start)
        if is_whole and begins_with_office(page, line.start, LEAST_BLOCK if is_row else 1):
            return False  # "Exampletown, Kenya", and in the line below "Embassy of"
        if len(run) > 1 and _is_spaced(page, run):
            del run[:-1]  # what stood apart above was no part of it
        return True
    words = re.findall(r"[^\W_]+", page.text[line.start : line.end])
    is_place = len(words) <= LONGEST_PLACE and (ends_in_country(words, lore) or line.points >= ENOUGH)
    is_place = is_place and not _names_office(page, line) and not _is_ended(page, run[-1], lore)
    is_short = line.end - line.start < LONGEST // 3
    is_next = is_short and (run[-1].points < ENOUGH or _is_town(page, line))
    return gap == 2 and (is_place or (_is_spaced(page, run) and is_next))


def _is_town(page: Page, line: Line) -> bool:
    """Tell whether a line is a town with its province: names only, with a comma, and no office."""
    told = page.text[line.start : line.end]
    return "," in told and not any(word[:1].islower() for word in told.split()) and not _names_office(page, line)


def _is_spaced(page: Page, run: Sequence[Line]) -> bool:
    """Tell whether empty lines stand between all lines of a run."""
    return all(page.text.count("\n", before.end, after.start) > 1 for before, after in pairwise(run))


def _closed(page: Page, run: Sequence[Line], tokens: Sequence[Token], lore: Lore) -> Iterator[Token]:
    """Yield the address that a run of lines is, if there is enough to tell."""
    if len(run) > 1 and _is_spaced(page, run):
        heads = (index for index, line in enumerate(run) if line.points > 0 or _names_office(page, line))
        run = run[next(heads, 0) :]
    if not run or _is_list(page, run, lore):
        return
    is_sure = len(run) > 2 or any(not _is_weak(page, line) or _names_office(page, line) for line in run)
    is_enough = (_has_enough(run) and is_sure) or _is_told_by_parts(page, run, lore)
    if not (is_enough or _is_headed(page, run, lore) or _is_block(page, run, tokens) or _is_greeted(page, run)):
        return
    is_spaced = len(run) > 1 and _is_spaced(page, run)
    above = None if run[0].begins else addressee_above(page, run[0].start, run[0].end, is_spaced=is_spaced)
    start, end = (above or run[0]).start, run[-1].end
    named = None if above or run[0].begins else office_before(page, run[0].start) or office_above(page, run[0].start)
    spans = [(above.start, above.end)] if above else [named] if named else []
    for line in run:
        is_same = bool(spans) and spans[-1] != named and "\n" not in page.text[spans[-1][1] : line.start]
        spans[-1:] = [(spans[-1][0], line.end)] if is_same else [*spans[-1:], (line.start, line.end)]
    lines = [page.text[left:right].strip(" ,;") for left, right in spans]
    value = "\n".join(line for line in lines if line).rstrip(".")
    if len(value) >= SHORTEST:
        yield Token("post", start, end, value, page.text[start:end])


def _is_list(page: Page, run: Sequence[Line], lore: Lore) -> bool:
    """Tell whether lines are people with their countries, those who signed, and no address."""
    people = [line for line in run[:-1] if not _names_office(page, line) and "," in page.text[line.start : line.end]]
    return len(run) > 2 and sum(_is_ended(page, line, lore) for line in people) > 1


def _has_enough(run: Sequence[Line]) -> bool:
    """Tell whether one line is enough to tell an address, and the others are not against it."""
    return max(line.points for line in run) >= ENOUGH and (len(run) == 1 or sum(line.points for line in run) >= ENOUGH)


def _is_told_by_parts(page: Page, run: Sequence[Line], lore: Lore) -> bool:
    """Tell whether one line names an office, then its building or quarter and its town, before a number."""
    if len(run) != 1 or not (run[0].ends or _LABEL_BELOW.match(page.text, run[0].end)):
        return False
    return names_house(page, run[0].start, run[0].end) or _is_in_town(page, run[0], lore)


def _is_in_town(page: Page, line: Line, lore: Lore) -> bool:
    """Tell whether an office, a quarter and a town are parted by commas: "Minister of Bread, Old Port, Exampletown"."""
    parts = [part.strip() for part in page.text[line.start : line.end].split(",")]
    last = parts[-1].lower()
    is_town = last in lore.towns or ends_in_country(re.findall(r"[^\W_]+", last), lore)
    others = page.text.find(",", line.start, line.end)
    is_named = all(part[:1].isupper() for part in parts) and begins_with_office(page, line.start, MOST_BEFORE)
    return len(parts) > 2 and is_town and is_named and not names_office(page, others, line.end)


def _is_weak(page: Page, line: Line) -> bool:
    """Tell whether only a number beside a name makes a line one of an address: "Ann Example, 26", "Appeal no. 9"."""
    return line.points < ENOUGH or is_bare_street(page, line[:2])


def _is_headed(page: Page, run: Sequence[Line], lore: Lore) -> bool:
    """Tell whether three lines or more begin with an office and end in a country: an address without a street."""
    return len(run) > 2 and _is_ended(page, run[-1], lore) and any(_names_office(page, line) for line in run[:-1])


def _is_block(page: Page, run: Sequence[Line], tokens: Sequence[Token]) -> bool:
    """Tell whether an office, a place and then a number stand in lines below each other: an address without a code."""
    if len(run) < LEAST_BLOCK or not any(_names_office(page, line) for line in run[:-1]):
        return False
    after = next((token for token in tokens if token.start >= run[-1].end), None)
    if after is None or page.text.count("\n", run[-1].end, after.start) > 1:
        return False
    past_office = run[1 + max(index for index, line in enumerate(run[:-1]) if _names_office(page, line)) :]
    told = page.text[past_office[0].start : run[-1].end]
    is_street = has_building(page, past_office[0].start, run[-1].end)
    if len(run) == LEAST_BLOCK:
        return is_street and "," in told and min(line.points for line in run) >= 0
    return min(line.points for line in run) >= 0 and (is_street or told.count(",") >= ENOUGH)


def _is_greeted(page: Page, run: Sequence[Line]) -> bool:
    """Tell whether an office begins some short lines, and is greeted right below them: the head of a letter."""
    below = page.sentence_at(min(run[-1].end + 2, len(page.text) - 1))
    is_next = below.start > run[-1].end and page.text.count("\n", run[-1].end, below.start) <= LEAST_BLOCK
    is_short = all(line.points >= 0 and line.end - line.start <= LONGEST_SALUTATION for line in run)
    is_office = begins_with_office(page, run[0].start, MOST_BEFORE)
    return len(run) > LEAST_BLOCK and is_short and is_office and is_next and is_salutation(page, below)


def _is_ended(page: Page, line: Line, lore: Lore) -> bool:
    """Tell whether a line is a country, perhaps with its town."""
    words = re.findall(r"[^\W_]+", page.text[line.start : line.end])
    return len(words) <= LONGEST_PLACE and ends_in_country(words, lore)


def _names_office(page: Page, line: Line) -> bool:
    """Tell whether a line names an office."""
    return names_office(page, line.start, line.end)
