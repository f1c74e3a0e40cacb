"""What does the appeal demand? Lists that a demand opens, and what follows "we demand", "calling on .. to ..".

Law: a demand keeps the text's own grammar; names, steps and what is asked of the reader are no demands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

from mailer.core.drafting.clauses import clauses_after
from mailer.core.drafting.cries import fallback_wishes, heading_wish, labelled, purpose_of, whole_wish
from mailer.core.drafting.drafts import Found, FoundDemand
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.standards import is_slogan, standard_of
from mailer.core.drafting.voices import is_to_writer

Is = Callable[[Sentence], bool]

MOST = 40
LONGEST = 400
SHORTEST = 6
MOST_ITEMS = 30
LONGEST_ITEM = 250
ALIKE = 0.8  # of the words of two demands that say the same
TOP = 3  # lines among which a heading stands

_EDGES = " \t\n;,.:·•-–—*"
_OPENERS = ("demand", "calling")
# What a letter says without asking for it: "expressing concern at ..".
_POINT = re.compile(
    r"(?:express|explain|point\w* out|not(?:e|ing)\b|thank|welcom|acknowledg|introduc|mention|exprim|expres|esprim|"
    r"ausdr[üu]ck|zum ausdruck|wyra[zż]|vyjádř|uttrykk|выраз|ifade|describ|say who|uw bezorgdheid)",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    r"\b(?:to|at|an|unter|à|a|al|alla|ai|ao|do|na|k|til|aan|op|на|в|по|addresses|adressen|adresses|"
    r"direcciones|indirizzi|endereços|adresy|adresser|адресам)\s*:?$",
    re.IGNORECASE,
)


def demands_of(page: Page, is_case: Is, has_address: Is, is_letter: Is) -> tuple[FoundDemand, ...]:
    """Return the demands in their order.

    `is_case` tells what belongs to the case and not to the page around it; in a letter the office is asked.
    """
    sentences = [sentence for sentence in page.sentences if is_case(sentence)]
    listed: set[int] = set()
    found: list[tuple[int, str]] = []
    for index, sentence in enumerate(sentences):
        if sentence.start in listed:
            continue
        items = _list_after(page, sentences, index, has_address)
        if items:
            listed.update(start for start, _, _ in items)
            listed.update(each.start for each in sentences if any(start <= each.start < end for start, end, _ in items))
            found.extend((start, text) for start, _, text in items)
        elif not _is_step(page, sentence):
            found.extend((sentence.start, text) for text in _of_sentence(page, sentence, is_letter))
    found = [(start, text.strip(_EDGES)) for start, text in found]
    found = _without_headings(page, _without_echoes(page, found, listed, is_letter))
    return _kept(sorted((*found, *_from_headings(page, sentences, found)), key=lambda one: one[0]))


def _without_headings(page: Page, found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the demands without those of the page's heading, where the text below it has some."""
    below = [(start, text) for start, text in found if not _is_title(page, page.sentence_at(start))]
    return below or list(found)


def _is_title(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence is a heading at the top: a line of its own, without an end."""
    is_line = sentence.is_first and sentence.opens and page.text[sentence.end - 1] != ":"
    return is_line and not sentence.is_item and sentence.line - page.sentences[0].line < TOP


def _without_echoes(
    page: Page, found: Sequence[tuple[int, str]], listed: Set[int], is_letter: Is
) -> list[tuple[int, str]]:
    """Return the demands, none of a letter that only says once more what a list says."""
    said = {standard_of(text) for start, text in found if start in listed} - {""}
    return [
        (start, text)
        for start, text in found
        if start in listed or standard_of(text) not in said or not is_letter(page.sentence_at(start))
    ]


def _of_sentence(page: Page, sentence: Sentence, is_letter: Is) -> tuple[str, ...]:
    """Return what a sentence demands: after its demanding words, else as a whole where it tells what must be done."""
    clauses = tuple(labelled(page, sentence)) or tuple(clauses_after(page, sentence, is_letter=is_letter(sentence)))
    return clauses or tuple(whole_wish(page, sentence, is_letter=is_letter(sentence)))


def _from_headings(
    page: Page, sentences: Sequence[Sentence], found: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Return what a heading cries ("Free the ..."), and "for the release of" where nothing else asks for that."""
    more: list[tuple[int, str]] = []
    if not found:
        more = [(each.start, told) for each in sentences if (told := heading_wish(page, each))]
    if not any(standard_of(text) == "release" for _, text in (*found, *more)):
        wishes = ((each.start, tuple(fallback_wishes(page, each))) for each in sentences)
        start, texts = next((wish for wish in wishes if wish[1]), (0, ()))
        more += [(start, text) for text in texts]
    if not found and not more:
        purposes = ((each.start, purpose_of(page, each)) for each in sentences)
        more = [next((one for one in purposes if one[1]), (0, ""))]
    return more


def _is_step(page: Page, sentence: Sentence) -> bool:
    """Tell whether an item of a list tells the reader what to do: "Write to the mayor", but not "Send observers"."""
    first = sentence.words[0]
    if not sentence.is_item or not page.marks_between(first, first + 1, "send"):
        return False
    kinds = ("message",) if page.words[first].text == "send" else ("message", "office", "embassy", "audience")
    return page.has(sentence, *kinds)


def _list_after(page: Page, sentences: Sequence[Sentence], index: int, has_address: Is) -> list[tuple[int, int, str]]:
    """Return the items of the list that a sentence opens, with their bounds."""
    sentence = sentences[index]
    kind = _opens_list(page, sentence)
    if not kind:
        return []
    items = _items(page, list(_lines(sentences[index + 1 : index + 1 + 4 * MOST_ITEMS])))
    is_bare = bool(page.marks_between(sentence.words[1] - 2, sentence.words[1], "demand"))
    asked = [line for line in items if not any(map(has_address, line)) and not _is_step(page, line[0])]
    asked = [line for line in asked if (is_bare or not _is_name(page, line)) and not _is_embassy(page, line[0])]
    asked = [line for line in asked if not _POINT.match(page.told(line[0]))]
    if _TO_WHOM.search(page.told(sentence)) and not _is_called_upon(page, sentence):
        asked = [line for line in asked if line[0].is_item and not page.has(line[0], "office", "embassy")]
    if kind == "steps":
        asked = [line for line in asked if _begins_with_wish(page, line[0].start)]
        return [one for line in asked for one in _wishes_of(page, line)]
    wanted = [(line[0].start, line[-1].end, _told(page, line)) for line in asked]
    return wanted if len(wanted) >= len(items) / 2 else []


def _is_called_upon(page: Page, sentence: Sentence) -> bool:
    """Tell whether an office is called upon last: "we call on the government to:"."""
    marks = page.marks_of(sentence, *_OPENERS)
    is_calling = bool(marks) and marks[-1].kind == "calling"
    return is_calling and bool(page.marks_between(marks[-1].last + 1, sentence.words[1], "office"))


def _wishes_of(page: Page, line: Sequence[Sentence]) -> Iterator[tuple[int, int, str]]:
    """Yield what an item asks that begins with the asking: "calling on the mayor to reopen the bakery"."""
    told = tuple(clauses_after(page, line[0], is_letter=True))
    yield from ((line[0].start, line[-1].end, each) for each in told)


def _opens_list(page: Page, sentence: Sentence) -> str:
    """Return what list a sentence opens: `demands`, `steps` that may be demands, or none."""
    marks = [mark for mark in page.marks_of(sentence, *_OPENERS) if not is_to_writer(page, mark)]
    told = page.told(sentence)
    if not sentence.is_last or not sentence.opens:
        return ""
    if marks and (told.endswith(":") or sentence.words[1] - marks[-1].last <= 3 or _TO_WHOM.search(told)):
        return "demands" if told.endswith(":") or len(told) < 90 or marks[-1].kind == "demand" else ""
    return "steps" if page.has(sentence, "send", "message", "protest") else ""


def _told(page: Page, line: Sequence[Sentence]) -> str:
    """Return the demand that an item is; of a long one its first sentence: the others give reasons."""
    whole = page.text[line[0].start : line[-1].end]
    return whole if len(whole) <= LONGEST_ITEM else page.told(line[0])


def _is_embassy(page: Page, item: Sentence) -> bool:
    """Tell whether an item is everybody's own embassy."""
    return page.has(item, "embassy") and page.has(item, "own")


def _begins_with_wish(page: Page, start: int) -> bool:
    """Tell whether an item begins with "calling on", "demanding", "urge"."""
    word = page.word_at(start)
    return bool(page.marks_between(word, word + 2, *_OPENERS))


def _lines(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences line by line."""
    line: list[Sentence] = []
    for sentence in sentences:
        if line and line[-1].line != sentence.line:
            yield line
            line = []
        line.append(sentence)
    if line:
        yield line


def _items(page: Page, lines: Sequence[list[Sentence]]) -> list[list[Sentence]]:
    """Return the lines that are the items of a list: bulleted ones, or the short lines of one paragraph."""
    if not lines:
        return []
    is_bulleted = lines[0][0].is_item
    bullet = _bullet(page, lines[0][0])
    found: list[list[Sentence]] = []
    for line in lines[:MOST_ITEMS]:
        first = line[0]
        length = line[-1].end - first.start
        is_same = (
            first.is_item and _bullet(page, first) == bullet
            if is_bulleted
            else (first.block == lines[0][0].block and length <= 250)
        )
        if not is_same or (not is_bulleted and page.has(first, "send", "about", "signed", "message")):
            break
        found.append(line)
    return found if is_bulleted or len(found) > 1 else []


def _bullet(page: Page, item: Sentence) -> str:
    """Return what an item begins with; a number for all numbers."""
    told = page.text[page.text.rfind("\n", 0, item.start) + 1 : item.start].strip()
    return re.sub(r"\w+", "1", told)


def _is_name(page: Page, line: Sequence[Sentence]) -> bool:
    """Tell whether an item is only a name: capitals, and nothing that could be a verb or a wish."""
    first, past = line[0].words[0], line[-1].words[1]
    words = [page.text[word.start : word.end] for word in page.words[first:past]]
    small = [word for word in words if word[0].islower() and len(word) > 3]
    return not words or (len(words) <= 6 and not small and not page.marks_between(first, past, "release", "imperative"))


def _kept(found: Sequence[tuple[int, str]]) -> tuple[FoundDemand, ...]:
    """Return the demands; of two that say the same the fuller one, where the first of them stands."""
    kept: list[str] = []
    for _, told in found:
        text = " ".join(told.split())
        if not SHORTEST <= len(text) <= LONGEST:
            continue
        same = next((index for index, other in enumerate(kept) if _alike(text, other)), None)
        if same is not None:
            kept[same] = max(kept[same], text, key=len)
        elif len(kept) < MOST:
            kept.append(text)
    return tuple(FoundDemand(Found(text), is_slogan(text), standard_of(text)) for text in kept)


def _alike(one: str, other: str) -> bool:
    """Tell whether two demands are nearly the same words, or one holds the other."""
    one, other = one.lower(), other.lower()
    first, second = set(one.split()), set(other.split())
    return one in other or other in one or 2 * len(first & second) > ALIKE * (len(first) + len(second))
