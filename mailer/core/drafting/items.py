"""Which lines are the items of a list of demands? What follows "we demand:", "points to make:", bulleted or not.

Law: an item that is a name, a step for the reader, or a point that nobody is asked for is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from mailer.core.drafting.asked_of import FOR, OPEN, WHOM, is_of_whom, parts_of_item
from mailer.core.drafting.clauses import clauses_after, is_message
from mailer.core.drafting.cries import is_order
from mailer.core.drafting.duties import MUST
from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import is_doing
from mailer.core.drafting.listings import (
    LONGEST,
    LONGEST_ITEM,
    MOST_ITEMS,
    bullet_of,
    items_of,
    lines_of,
    paragraphs_of,
)
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.prompts import is_label
from mailer.core.drafting.voices import is_to_writer

Is = Callable[[Sentence], bool]

MOST_ASKING = 3  # "calling on", of which "calling" and "on" may be two
MOST_ABOVE = 8  # sentences between a call to write and what is to be in the letters

# After these a list follows, be it of paragraphs.
_FOLLOWING = re.compile(
    r"\b(?:following|folgende\w*|suivant\w*|siguiente\w*|seguent[ei]|seguintes?|volgende|następując\w+|následující\w*|"
    r"følgende|следующ\w+|aşağıdaki)\b[^:]{0,30}:$",
    re.IGNORECASE,
)
# "They will go back to work only if", and the list below.
_ON_CONDITION = re.compile(
    r"\b(?:end|call off|stop|suspend|go back|return|back to work|not (?:move|leave|eat|return|"
    r"go back))\b[^.;:]{0,60}?\s"
    r"(?:only (?:if|when|once)|unless|until|on (?:\w+ )?conditions?(?: that)?)\s*:?$",
    re.IGNORECASE,
)
_OPENERS = ("demand", "calling")
# What a letter says without asking for it: "expressing concern at ..".
_POINT = re.compile(
    r"(?:express|remind|explain|point\w* out|not(?:e|ing)\b|thank|welcom|acknowledg|introduc|mention|exprim|"
    r"expres|esprim|"
    r"ausdr[üu]ck|zum ausdruck|wyra[zż]|vyjádř|uttrykk|выраз|ifade|describ|say who|uw bezorgdheid)",
    re.IGNORECASE,
)
# A paragraph of a letter, and no item.
_OWN = re.compile(
    r"(?:I|We|As (?:an?|we|I)|Ich|Wir|Als|Je|Nous|En tant|Como|Yo|Nosotros|Come|Noi|In quanto|Eu|Nós|Ik|Wij|"
    r"Jako|Jeg|Vi|Som|Я|Мы|Как|Ben|Biz)\s"
)
# The verb that says once more, at the end of an item, that it is demanded.
_OF_ASKING = re.compile(r"\s(?:(?:zu |ein)?forder[nt]|gefordert|(?:zu )?verlang(?:en|t)|(?:te )?eis(?:en|t))[ .;,!]*$")
_TO_WHOM = re.compile(
    r"\b(?:to|at|an|unter|à|a|al|alla|ai|ao|do|na|k|til|aan|op|на|в|по|addresses|adressen|adresses|"
    r"direcciones|indirizzi|endereços|adresy|adresser|адресам)\s*:?$",
    re.IGNORECASE,
)
# Where to write, and not what is asked: "at the following address, before 3 May:".
_ADDRESS_BELOW = re.compile(
    r"\b(?:address(?:es)?|adresse[ns]?|anschrift(?:en)?|direcci(?:ón|ones)|indirizz[oi]|endereços?|adres(?:sen)?|"
    r"adresy?|adresu|adresą|adresser?|адрес\w{0,3}|adres\w{0,3})\b[^:]{0,60}:$",
    re.IGNORECASE,
)


def _is_step(page: Page, sentence: Sentence) -> bool:
    """Tell whether an item of a list tells the reader what to do: "Write to the mayor", but not "Send observers"."""
    first = sentence.words[0]
    if not sentence.is_item or not page.marks_between(first, first + 1, "send"):
        return False
    kinds = ("message",) if page.words[first].text == "send" else ("message", "office", "embassy", "audience")
    return page.has(sentence, *kinds)


def list_after(page: Page, sentences: Sequence[Sentence], index: int, has_address: Is) -> list[tuple[int, int, str]]:
    """Return the items of the list that a sentence opens, with their bounds."""
    sentence = sentences[index]
    if _is_sibling(page, sentences, index):
        is_wish = _begins_with_wish(page, sentence.start) or bool(_POINT.match(page.told(sentence)))
        is_wish = is_wish and not is_point(page, sentence) and not has_address(sentence)
        return list(_wishes_of(page, [sentence])) if is_wish else []
    kind = _opens_list(page, sentence) or _opens_below(page, sentences, index)
    if not kind:
        return _deeds_below(page, sentences, index, has_address)
    items = _lines_below(page, sentence, sentences[index + 1 : index + 1 + 4 * MOST_ITEMS])
    asked = [line for line in _asked(page, sentence, items) if not any(map(has_address, line))]
    if kind == "steps":
        asked = [line for line in asked if _begins_with_wish(page, line[0].start) or _ends_with_wish(page, line)]
        return [one for line in asked for one in _wishes_of(page, line)]
    is_loose = bool(items) and not items[0][0].is_item and page.text[sentence.end - 1] != ":"
    if is_loose and not _is_bare(page, sentence):
        return []
    if len(asked) < len(items) / 2:
        return []
    told = ((line, part) for line in asked for part in parts_of_item(_told(page, line)))
    return [(line[0].start, line[-1].end, _OF_ASKING.sub("", part).strip()) for line, part in told]


def _deeds_below(page: Page, sentences: Sequence[Sentence], index: int, has_address: Is) -> list[tuple[int, int, str]]:
    """Return the items below a short line with a colon, where most name a deed and a call to write came before."""
    opener = sentences[index]
    is_short = opener.is_first and opener.is_last and opener.end - opener.start <= LONGEST_HEADING // 2
    if opener.is_item or not is_short or page.text[opener.end - 1] != ":" or page.has(opener, "office", "donate"):
        return []
    if not any(page.has(each, "send", "protest") for each in sentences[max(0, index - MOST_ABOVE) : index]):
        return []
    lines = items_of(page, list(lines_of(sentences[index + 1 : index + 1 + MOST_ITEMS])), is_asked=False)
    items = [line for line in lines if line[0].is_item and not has_address(line[0])]
    deeds = [line for line in items if is_doing(page.told(line[0])) or names_deed(page.told(line[0]))]
    is_plain = not any(_begins_with_wish(page, line[0].start) for line in items)
    is_asked = is_plain and len(items) == len(lines) and len(deeds) > 1 and 2 * len(deeds) > len(items)
    return [(line[0].start, line[-1].end, _told(page, line)) for line in items] if is_asked else []


def is_point(page: Page, sentence: Sentence) -> bool:
    """Tell whether an item only says what a letter is to express: nobody is asked for it."""
    return sentence.is_item and bool(_POINT.match(page.told(sentence))) and not _asks_too(page, sentence)


def _asks_too(page: Page, sentence: Sentence) -> bool:
    """Tell whether a point asks as well: "expressing concern .., and asking the mayor to .."."""
    return bool(page.marks_between(sentence.words[0] + 2, sentence.words[1], *_OPENERS))


def _is_sibling(page: Page, sentences: Sequence[Sentence], index: int) -> bool:
    """Tell whether an item of one sentence stands beside another of the same list, and so opens none."""
    item = sentences[index]
    beside = [each for each in sentences[max(0, index - 1) : index + 2] if each.is_item and each.start != item.start]
    is_one = item.is_item and item.is_last and page.text[item.end - 1] != ":"
    return is_one and any(bullet_of(page, each) == bullet_of(page, item) for each in beside)


def _lines_below(page: Page, sentence: Sentence, below: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the lines that may be items: paragraphs where points are announced, else a list."""
    paragraphs = paragraphs_of(page, below) if _FOLLOWING.search(page.told(sentence)) else []
    items = paragraphs or items_of(page, list(lines_of(below)), is_asked=_is_called_upon(page, sentence))
    return items or (_spaced(page, list(lines_of(below))) if _is_bare(page, sentence) else [])


def _spaced(page: Page, lines: Sequence[list[Sentence]]) -> list[list[Sentence]]:
    """Return the short lines below a bare heading, each between empty lines, that begin with what is to be done."""
    found: list[list[Sentence]] = []
    for line in lines[:MOST_ITEMS]:
        first, *others = line
        told = page.told(first)
        is_apart = not found or first.block == found[-1][0].block + 1
        begins = is_doing(told) or page.marks_between(first.words[0], first.words[0] + 1, "imperative", "deed")
        if others or not is_apart or len(told) > LONGEST_ITEM or not begins or told.endswith(":"):
            break
        found.append(line)
    return found if len(found) > 1 else []


def _asked(page: Page, sentence: Sentence, items: Sequence[list[Sentence]]) -> list[list[Sentence]]:
    """Return the items that are no names, no steps and no points without a wish."""
    is_called = _is_called_upon(page, sentence)
    is_sure = is_called or _is_bare(page, sentence) or _are_wishes(page, sentence, items)
    asked = [line for line in items if is_called or not _is_step(page, line[0])]
    asked = [line for line in asked if (is_sure or not _is_name(page, line)) and not _is_embassy(page, line[0])]
    asked = [line for line in asked if not _POINT.match(page.told(line[0]))]
    asked = [line for line in asked if line[0].is_item or not _OWN.match(page.told(line[0]))]
    if _TO_WHOM.search(page.told(sentence)) and not is_called:
        asked = [line for line in asked if line[0].is_item and not page.has(line[0], "office", "embassy")]
    return asked


def _are_wishes(page: Page, sentence: Sentence, items: Sequence[list[Sentence]]) -> bool:
    """Tell whether most items below a demanding line with a colon are no names: then the others are none either."""
    wishes = [line for line in items if not _is_name(page, line)]
    return page.text[sentence.end - 1] == ":" and page.has(sentence, "demand") and 2 * len(wishes) > len(items)


def _is_bare(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence ends with its demanding word: "we demand:"."""
    return bool(page.marks_between(sentence.words[1] - 2, sentence.words[1], "demand"))


def _is_called_upon(page: Page, sentence: Sentence) -> bool:
    """Tell whether an office is called upon last, and a colon follows: "we call on the government to:"."""
    marks = page.marks_of(sentence, *_OPENERS)
    is_calling = bool(marks) and marks[-1].kind == "calling" and _announces(page, sentence)
    return is_calling and bool(page.marks_between(marks[-1].last + 1, sentence.words[1], "office"))


def _announces(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence ends with a colon, or before a list's items with a comma or with whom it is asked of."""
    told = page.told(sentence)
    after = bisect_right(page.sentences, sentence.start, key=lambda one: one.start)
    is_above = any(each.is_item for each in page.sentences[after : after + 1])
    is_open = told.endswith(",") or _ON_CONDITION.search(told) or is_of_whom(page, sentence) or OPEN.search(told)
    return told.endswith(":") or (is_above and bool(is_open))


def _wishes_of(page: Page, line: Sequence[Sentence]) -> Iterator[tuple[int, int, str]]:
    """Yield what an item asks that begins with the asking: "calling on the mayor to reopen the bakery"."""
    whole = page.told(line[0])
    if _POINT.match(whole):
        yield line[0].start, line[-1].end, whole
        return
    is_last = _ends_with_wish(page, line)
    told = (_OF_ASKING.sub("", whole),) if is_last else tuple(clauses_after(page, line[0], is_letter=True))
    is_doing_so = page.words[line[0].words[0]].text.endswith("ing")  # "- calling on the mayor to .. and to .."
    if len(told) > 1 and is_doing_so and len(page.marks_of(line[0], *_OPENERS)) < MOST_ASKING:
        begin, last = whole.find(told[0]), whole.rfind(told[-1])
        told = (whole[begin : last + len(told[-1])],)  # one item, one demand
    yield from ((line[0].start, line[-1].end, each) for each in told)


def _opens_list(page: Page, sentence: Sentence) -> str:
    """Return what list a sentence opens: `demands`, `steps` that may be demands, or none."""
    marks = [mark for mark in page.marks_of(sentence, *_OPENERS) if not is_to_writer(page, mark)]
    told = page.told(sentence)
    is_passed_on = bool(marks) and is_message(page.text[page.span(marks[-1])[1] : sentence.end].strip())
    if (is_label(told) or _ON_CONDITION.search(told)) and _announces(page, sentence):
        return "demands"
    if not sentence.is_last or not sentence.opens or is_passed_on or _ADDRESS_BELOW.search(told):
        return ""
    if marks and FOR.search(told) and sentence.end - sentence.start < LONGEST:
        return "demands"
    if marks and (_announces(page, sentence) or sentence.words[1] - marks[-1].last <= 3 or _TO_WHOM.search(told)):
        return "demands" if _announces(page, sentence) or len(told) < 90 or marks[-1].kind == "demand" else ""
    return "steps" if page.has(sentence, "send", "message", "protest") else ""


def _opens_below(page: Page, sentences: Sequence[Sentence], index: int) -> str:
    """Tell whether a sentence says of whom a heading above demands its list: "WE DEMAND", "Of the government:"."""
    sentence = sentences[index]
    told = page.told(sentence)
    is_whom = told.endswith(":") and len(told) <= LONGEST_HEADING and sentence.is_first and not sentence.is_item
    if not is_whom or not (WHOM.match(told) or page.has(sentence, "office")) or page.has(sentence, "send", "copy"):
        return ""
    for above in reversed(sentences[max(0, index - MOST_ITEMS) : index]):
        if above.is_item or (page.text[above.end - 1] == ":" and WHOM.match(page.told(above))):
            continue
        return "demands" if above.is_last and _is_bare(page, above) else ""
    return ""


def _told(page: Page, line: Sequence[Sentence]) -> str:
    """Return the demand that an item is; of a long one its first sentence: the others give reasons."""
    first, *others = [sentence for sentence in line if sentence.words[0] != sentence.words[1]] or line
    last = first
    for sentence in others:
        if not _goes_on(page, sentence):
            break
        last = sentence
    whole = page.text[line[0].start : last.end]
    return whole if len(whole) <= LONGEST_ITEM else page.told(first)


def _goes_on(page: Page, sentence: Sentence) -> bool:
    """Tell whether a further sentence of an item asks too, and gives no reason: "Pay the wages. Reopen the bakery."."""
    word = sentence.words[0]
    if is_order(page.told(sentence)):
        return True
    is_wish = bool(page.marks_between(word, word + 2, "deed", "imperative", "release", *_OPENERS))
    return is_wish or bool(MUST.search(page.told(sentence)))


def _is_embassy(page: Page, item: Sentence) -> bool:
    """Tell whether an item is everybody's own embassy."""
    return page.has(item, "embassy") and page.has(item, "own")


def _begins_with_wish(page: Page, start: int) -> bool:
    """Tell whether an item begins with "calling on", "demanding", "urge"."""
    word = page.word_at(start)
    return bool(page.marks_between(word, word + 2, *_OPENERS))


def _ends_with_wish(page: Page, line: Sequence[Sentence]) -> bool:
    """Tell whether an item is one sentence that ends with the asking, as in German: "die Freilassung .. fordern"."""
    return len(line) == 1 and line[0].is_item and bool(_OF_ASKING.search(page.told(line[0])))


def _is_name(page: Page, line: Sequence[Sentence]) -> bool:
    """Tell whether an item is only a name: capitals, and nothing that could be a verb or a wish."""
    first, past = line[0].words[0], line[-1].words[1]
    words = [page.text[word.start : word.end] for word in page.words[first:past]]
    small = [word for word in words if word[0].islower() and len(word) > 3]
    if names_deed(page.told(line[0])) or is_doing(page.told(line[0])):
        return False
    return not words or (len(words) <= 6 and not small and not page.marks_between(first, past, "release", "imperative"))
