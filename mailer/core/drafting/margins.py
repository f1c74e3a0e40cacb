"""Does an address stand at the margin of an appeal: in its masthead above, or in its foot below?

Law: whoever names an office, a firm or a call stands at no margin; what the margins hold is of those who ask.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from mailer.core.drafting.page import CHANNEL, Page, Sentence
from mailer.core.drafting.turns import calls

LEAST_PROSE = 3  # words of a sentence that is no line of an address
LEAST_STORY = 6  # words of one that begins the appeal, below its masthead
MASTHEAD_LINES = 8
MOST_ABOVE = 12  # sentences of a paragraph that are looked at above one with an address
LONGEST_ASIDE = 300  # characters that are looked at before brackets
MOST_BETWEEN = 400  # sentences between the last who is written to and the foot

_ENDS = (".", "!", "?", "…", "»", '"', "”", ")")
SHORT_NAME_LAST = re.compile(
    r"\([^\W\d_a-zß-ÿа-я]{1,2}[^\W_a-zß-ÿа-я-]{1,10}\)$"
)  # "Bakers' League (LXY)": no sentence
_PLAIN = re.compile(r"(?<!\w)[a-zß-ÿа-яё]{2,}")  # a word of prose: an address may have none
_TO = re.compile(r"(?:to|cc|bcc|an|à|a|para|aan|do|komu|til|кому|kime)\s*:", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:S\.A\.(?:S\.)?|SAS?|SARL|Sàrl|GmbH|AG|Ltd|Limited|Inc|plc|PLC|LLC|Corp|B\.?V|N\.?V|S\.?p\.?A|S\.?r\.?l|Ltda|"
    r"Sp\. z o\. ?o|s\. ?r\. ?o|a\. ?s|A\.Ş|ASA?|AB)(?!\w)"
)
_ASIDE = re.compile(r"\b[a-zß-ÿа-я]{2,}(?:,? [\w.'’-]+){2,}\s?\([^()]*$")  # in brackets, within prose
# "Others call the bakery": words before a number that ask to use it; a label alone does not.
_TO_CALL = re.compile(
    r"\b(?:call (?!us)|ring (?!us)|phone the|(?:to|lieber|prefer\w*) (?:phone|anru\w+|telefon\w+)|anruf|ruft\b|"
    r"appele[rz]|téléphone[rz]|llam[ae]|chiam[ai]|telefonat|ligu?[ae]|bellen|belt\b|dzwoni|zadzwo|zavol|volejte|"
    r"ringe\b|arayın|звон|позвон)",
    re.IGNORECASE,
)


def is_of_foot(page: Page, sentence: Sentence, past: int, *, is_after_copies: bool) -> bool:
    """Tell whether a line is in the foot: prose parts its paragraph from the last who is written to, at `past`.

    Where that one gets a copy, or messages of support, the foot may follow at once.
    """
    last = page.sentence_at(max(0, past - 1))
    is_aside = sentence.is_item or bool(_ASIDE.search(page.told(sentence).partition("@")[0][-LONGEST_ASIDE:]))
    if past <= 0 or sentence.block == last.block or is_aside or not _is_nobodys(page, sentence):
        return False
    first, until = (bisect_right(page.sentences, at, key=lambda each: each.start) for at in (past, sentence.start - 1))
    between = page.sentences[first:until][-MOST_BETWEEN:]
    if any(_opens_list(page, each) for each in between):
        return False
    rest = replace(last, start=past, words=(page.word_at(past), last.words[1]))
    return is_after_copies or any(_is_prose(page, each, LEAST_PROSE) for each in (rest, *between))


def is_of_masthead(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line stands above all prose and every call, and names nobody who is written to."""
    told = page.told(sentence)
    if sentence.line > MASTHEAD_LINES or _TO.match(told) or _FIRM.search(told):
        return False
    above = page.sentences[: bisect_right(page.sentences, sentence.start, key=lambda each: each.start)]
    if any(_names_office(page, each, above[0]) or _is_story(page, each) for each in above):
        return False
    return bool(CHANNEL.search(page.text, sentence.end))


def _names_office(page: Page, sentence: Sentence, head: Sentence) -> bool:
    """Tell whether a line calls to write, or names an office that is none of those at the page's head."""
    own = [mark for mark in page.marks_of(sentence, "campaigners") if mark.first < mark.last or sentence is not head]
    is_of_head = head.block == sentence.block and page.has(head, "campaigners") and sentence is not head
    offices = page.marks_of(sentence, "office", "embassy")
    others = [mark for mark in offices if not any(one.first <= mark.first <= one.last for one in own)]
    return page.has(sentence, "send") or (bool(others) and not is_of_head)


def is_listed(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is one of a list: it has a bullet, names a firm, or a heading stands right above it."""
    above = page.sentence_above(sentence)
    return sentence.is_item or bool(_FIRM.search(page.told(sentence))) or _opens_list(page, above)


def _is_nobodys(page: Page, sentence: Sentence) -> bool:
    """Tell whether no office or firm is named in a paragraph up to a sentence's end, and nobody called to write."""
    at = bisect_right(page.sentences, sentence.start, key=lambda each: each.start)
    above = [each for each in page.sentences[max(0, at - MOST_ABOVE) : at] if each.block == sentence.block]
    is_named = any(page.has(each, "office", "embassy") or calls(page, each) for each in above)
    return (
        not is_named
        and not any(_TO_CALL.search(page.told(each)) for each in above)
        and not _FIRM.search(page.told(sentence))
    )


def _opens_list(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence is a heading with a colon, and not one of contacts, gifts or thanks."""
    is_heading = page.text[sentence.end - 1] == ":" and sentence.is_last
    return is_heading and not page.has(sentence, "about", "contact", "donate", "footer", "signed", "thanks", "ally")


def _is_story(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence begins the appeal; an address with a point behind it has no word of prose."""
    return _is_prose(page, sentence, LEAST_STORY) and bool(_PLAIN.search(page.told(sentence)))


def _is_prose(page: Page, sentence: Sentence, least: int) -> bool:
    """Tell whether a sentence of at least so many words ends like one, and holds no address or number."""
    told = page.told(sentence)
    is_long = sentence.words[1] - sentence.words[0] >= least
    is_ended = told.endswith(_ENDS) and not SHORT_NAME_LAST.search(told)
    return is_long and is_ended and not CHANNEL.search(told)
