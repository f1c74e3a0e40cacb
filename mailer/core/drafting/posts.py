"""Which lines are a postal address? Told by a label, or by streets, boxes, codes and countries in a short line.

Law: an address is taken as it stands, line by line, and ends at the first label of a number or a mail address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mailer.core.drafting.addressees import addressee_above, begins_with_office, names_office
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.passages import addresses_within, called_from
from mailer.core.drafting.places import ENOUGH, LONGEST, PROSE, SHORTEST, ends_in_country, points
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls

LONGEST_PLACE = 5  # words of a line that may stand apart from the rest: a country
LONGEST_LABEL = 2  # words of a line that only says "Address"
MOST_LINES = 9
LEAST_BLOCK = 3  # lines of an address that only a number after it tells
MOST = 100

_LABEL_END = re.compile(r"(?:[^\n:]{0,60}?\b(?:is|are|ist|est|es|è|é|to|lautet|jest|är|er)\b)?\s*:?\s*")
_NAME_PART = re.compile(r"[^:\n]{2,90}(?<!\bno)(?<!\bnr)(?<!\bbox)(?<!\bcep)(?<!\bkat):\s+(?=\S)", re.IGNORECASE)
_STOP = re.compile(
    r"\.\s+(?:or|and|please|also|you|your)\b|[.;]?\s*(?:\((?!.{0,20}\d|[^\W\d_]{2,10}\)$)|\[)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"(?i)[ ,;.]*(?:\n(?!tele[gx]|tlx|cable)[^\W\d_][\w ]{2,20}: ?|\n)?[ ,;.]*")
_CALLS = ("send", "signed", "closing")
_SUBJECT = re.compile(
    r"(?:subject|re|ref|betreff|betr|objet|asunto|oggetto|assunto|onderwerp|temat|dotyczy|předmět|věc|emne|konu|тема|"
    r"θέμα|(?:korrekte )?anrede|salutation|encabezado|tratamiento|saludo|formule d['’]appel|saudação|tratamento|aanhef|"
    r"appellativo|zwrot grzecznościowy|oslovení|tiltale|hitap|обращение)\s*:",
    re.IGNORECASE,
)
_BARE_CALL = re.compile(r"\w (?:to|an|à|a|al|alla|ao|do|na|til|aan|на)$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:to|an|à|a|al|para|aan|til|do|komu|кому|kime|προς)\s*:\s", re.IGNORECASE)


class _Line(NamedTuple):
    """The part of a line that may belong to an address; `ends` tells that something else follows it there.

    `begins` tells that words before it address somebody: "To:", "Copy to:".
    """

    start: int
    end: int
    points: int
    is_item: bool
    ends: bool
    begins: bool = False


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


def _runs(page: Page, tokens: Sequence[Token], lore: Lore) -> Iterator[list[_Line]]:
    """Yield the lines that hang together and may be an address."""
    run: list[_Line] = []
    for sentence in page.sentences:
        is_event = _is_event(page, sentence, lore)
        parts = [] if is_event else addresses_within(page, sentence, tokens, lore)
        line = None if parts or is_event else _line(page, sentence, tokens, lore)
        is_new = not line or line.is_item or line.begins
        if line and run and len(run) < MOST_LINES and not is_new and _goes_on(page, run, line, lore):
            run.append(line)
        else:
            yield run
            run = [line] if line else []
        if line and line.ends:
            yield run
            run = []
        yield from ([_Line(*part, is_item=False, ends=True)] for part in parts)
    yield run


def _is_event(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a sentence says where and when something takes place: nobody writes there."""
    if not page.has(sentence, "event", "picket") or calls(page, sentence):
        return False
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    has_day = any(word.isdigit() for word in words)
    return has_day and any(len(word) > 2 and word in lore.months for word in words)


def _line(page: Page, sentence: Sentence, tokens: Sequence[Token], lore: Lore) -> _Line | None:
    """Return the part of a sentence that may belong to an address."""
    is_none = _SUBJECT.match(page.text, sentence.start) or _is_call(page, sentence, lore)
    span = None if is_none else _address_part(page, sentence, tokens)
    score = points(page, span, lore, is_labelled=_is_labelled(page, sentence, span)) if span else PROSE
    if not span or score < -1 or _is_call_within(page, sentence, span):
        return None
    begins = span[0] > sentence.start and (
        bool(_BEGINS.match(page.text, sentence.start)) or _is_copy(page, sentence, span[0])
    )
    return _Line(*span, score, sentence.is_item, bool(page.text[span[1] : sentence.end].strip(" .,;)")), begins)


def _is_call_within(page: Page, sentence: Sentence, span: tuple[int, int]) -> bool:
    """Tell whether what follows a heading in its line calls to write: "What to do: Write to the Mayor of Example"."""
    first = page.word_at(span[0])
    is_call = span[0] > sentence.start and bool(page.marks_between(first, first + 1, "send"))
    return is_call and not re.search(r"\d", page.text[span[0] : span[1]])


def _is_copy(page: Page, sentence: Sentence, start: int) -> bool:
    """Tell whether words before a part ask for a copy: another addressee begins there."""
    return bool(page.marks_between(sentence.words[0], page.word_at(start), "copy"))


def _heads_address(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a street or a code stands in the line below: "Monsieur le Maire, Hôtel de Ville," heads both."""
    following = page.sentence_at(min(len(page.text) - 1, sentence.end + 1))
    is_next = following.start == sentence.end + 1
    return is_next and points(page, (following.start, following.end), lore, is_labelled=False) >= ENOUGH


def _is_call(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a short line only calls to write, greets or remarks: "Please write to", "[No fax]"."""
    labels = {mark.first for mark in page.marks_of(sentence, "fax", "phone", "mail", "post", "mobile")}
    calls = [mark for mark in page.marks_of(sentence, "dear", *_CALLS) if mark.first not in labels]
    is_greeting = bool(calls) and calls[0].kind in ("dear", "closing") and calls[0].first == sentence.words[0]
    told = page.told(sentence)
    is_greeting = is_greeting and (told[-1] in ",:!" or page.words[sentence.words[0]].text == "dear")
    is_greeting = is_greeting and not _heads_address(page, sentence, lore)
    is_bare = ":" not in told and not re.search(r"\d", told)
    if page.has(sentence, "telex") or (page.has(sentence, "picket") and not page.has(sentence, "send")):
        return True
    is_label = is_bare and sentence.words[1] - sentence.words[0] <= LONGEST_LABEL
    if is_label and (page.has(sentence, "post", "sample") or _BARE_CALL.search(told)):
        return True
    return is_greeting or told[:1] == "[" or (is_bare and any(mark.kind in _CALLS for mark in calls))


def _goes_on(page: Page, run: list[_Line], line: _Line, lore: Lore) -> bool:
    """Tell whether a line goes on with a run: it is the next one, or only an empty line parts it from a like one."""
    between = page.text[run[-1].end : line.start]
    gap = between.count("\n")
    if between.strip(" ,;.\n") and not _FIELD.fullmatch(between):
        return False
    if gap == 0:
        return line.end - run[-1].start < LONGEST // 2  # "Carrera 1a. No. 2"
    if gap == 1:
        if _has_enough(run) and _is_ended(page, run[-1], lore) and begins_with_office(page, line.start):
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


def _is_town(page: Page, line: _Line) -> bool:
    """Tell whether a line is a town with its province: names only, with a comma, and no office."""
    told = page.text[line.start : line.end]
    return "," in told and not any(word[:1].islower() for word in told.split()) and not _names_office(page, line)


def _is_spaced(page: Page, run: Sequence[_Line]) -> bool:
    """Tell whether empty lines stand between all lines of a run."""
    return all(page.text.count("\n", before.end, after.start) > 1 for before, after in pairwise(run))


def _closed(page: Page, run: Sequence[_Line], tokens: Sequence[Token], lore: Lore) -> Iterator[Token]:
    """Yield the address that a run of lines is, if there is enough to tell."""
    if len(run) > 1 and _is_spaced(page, run):
        heads = (index for index, line in enumerate(run) if line.points > 0 or _names_office(page, line))
        run = run[next(heads, 0) :]
    if not run or _is_list(page, run, lore):
        return
    if not (_has_enough(run) or _is_headed(page, run, lore) or _is_block(page, run, tokens)):
        return
    is_spaced = len(run) > 1 and _is_spaced(page, run)
    above = None if run[0].begins else addressee_above(page, run[0].start, run[0].end, is_spaced=is_spaced)
    start, end = (above or run[0]).start, run[-1].end
    spans = [(above.start, above.end)] if above else []
    for line in run:
        is_same = bool(spans) and "\n" not in page.text[spans[-1][1] : line.start]
        spans[-1:] = [(spans[-1][0], line.end)] if is_same else [*spans[-1:], (line.start, line.end)]
    lines = [page.text[left:right].strip(" ,;") for left, right in spans]
    value = "\n".join(line for line in lines if line).rstrip(".")
    if len(value) >= SHORTEST:
        yield Token("post", start, end, value, page.text[start:end])


def _is_list(page: Page, run: Sequence[_Line], lore: Lore) -> bool:
    """Tell whether lines are people with their countries, those who signed, and no address."""
    people = [line for line in run[:-1] if not _names_office(page, line) and "," in page.text[line.start : line.end]]
    return len(run) > 2 and sum(_is_ended(page, line, lore) for line in people) > 1


def _has_enough(run: Sequence[_Line]) -> bool:
    """Tell whether one line is enough to tell an address, and the others are not against it."""
    return max(line.points for line in run) >= ENOUGH and (len(run) == 1 or sum(line.points for line in run) >= ENOUGH)


def _is_headed(page: Page, run: Sequence[_Line], lore: Lore) -> bool:
    """Tell whether three lines or more begin with an office and end in a country: an address without a street."""
    return len(run) > 2 and _is_ended(page, run[-1], lore) and any(_names_office(page, line) for line in run[:-1])


def _is_block(page: Page, run: Sequence[_Line], tokens: Sequence[Token]) -> bool:
    """Tell whether an office, a place and then a number stand in lines below each other: an address without a code."""
    if len(run) < LEAST_BLOCK or not any(_names_office(page, line) for line in run[:-1]):
        return False
    after = next((token for token in tokens if token.start >= run[-1].end), None)
    if after is None or page.text.count("\n", run[-1].end, after.start) > 1:
        return False
    past_office = run[1 + max(index for index, line in enumerate(run[:-1]) if _names_office(page, line)) :]
    told = page.text[past_office[0].start : run[-1].end]
    is_street = bool(page.marks_between(page.word_at(past_office[0].start), page.word_at(run[-1].end), "street"))
    return min(line.points for line in run) >= 0 and (is_street or told.count(",") >= ENOUGH)


def _is_ended(page: Page, line: _Line, lore: Lore) -> bool:
    """Tell whether a line is a country, perhaps with its town."""
    words = re.findall(r"[^\W_]+", page.text[line.start : line.end])
    return len(words) <= LONGEST_PLACE and ends_in_country(words, lore)


def _names_office(page: Page, line: _Line) -> bool:
    """Tell whether a line names an office."""
    return names_office(page, line.start, line.end)


def _address_part(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where in a sentence an address could stand: after its label or name, before the first number or mail."""
    start, end = sentence.start, sentence.end
    for mark in page.marks_of(sentence, "post"):
        left, right = page.span(mark)
        label = _LABEL_END.match(page.text, right, end)
        if label and ":" in label[0] and left - start < 90:
            start = label.end()
    for mark in page.marks_of(sentence, "fax", "phone", "mobile", "mail", "web"):
        left, right = page.span(mark)
        if left >= start and _is_label(page, left, right):
            end = min(end, left)
    end = min((token.start for token in tokens if start <= token.start < end), default=end)
    stop = _STOP.search(page.text, start, end)
    end = stop.start() if stop and stop.start() > start + 10 else end
    name = _NAME_PART.match(page.text, start, end)
    start = name.end() if name and end - name.end() > 11 else start
    start = called_from(page, start, end)
    told = page.text[start:end]
    end -= len(told) - len(told.rstrip(" \t-–—,;:(/|•·"))
    return (start, end) if end - start >= 3 else None


def _is_label(page: Page, left: int, right: int) -> bool:
    """Tell whether a word labels what follows, and is not part of a street: "T:", "Tel. 1", but no "f" in a name."""
    after = page.text[right : right + 12]
    if after.startswith(" Aviv"):
        return False
    return right - left > 2 or after.lstrip(" .")[:1] in (":", "+", "(") or after.lstrip(" .")[:1].isdigit()


def _is_labelled(page: Page, sentence: Sentence, span: tuple[int, int] | None) -> bool:
    """Tell whether the word "address" and a colon stand before a part; "by post" needs a number or commas too."""
    marks = page.marks_of(sentence, "post")
    if not span or not marks or page.span(marks[0])[1] > span[0] or ":" not in page.text[sentence.start : span[0]]:
        return False
    told = page.text[span[0] : span[1]]
    is_plain = page.words[marks[0].first].text not in ("letters", "post", "by", "snail", "airmail")
    return is_plain or told.count(",") > 1 or any(map(str.isdigit, told))
