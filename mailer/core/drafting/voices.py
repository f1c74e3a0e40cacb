"""Does a demanding word speak for the appeal, and to an office? Reports, and calls to the reader, do not.

Law: told by the words right before and after; what stays unsure asks.
"""

from __future__ import annotations

import re
from typing import Final

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.moods import ASKERS, BARE, BETWEEN, DOING, THIRD
from mailer.core.drafting.page import Page, Sentence

MOST_BEFORE = 9  # words of who asks, in the third person

_WHOSE = frozenset(["s", "a", "the", "his", "her", "their", "its", "this", "no"])
_TELLERS = frozenset(
    ["was", "were", "had", "been", "who", "which", "not", "never", "nicht", "não", "niet", "не", "ikke", "personne"]
)
_ONLY_LISTS_TEXT = """
    demands forderungen revendications demandas exigencias richieste rivendicazioni reivindicações exigências eisen
    żądania postulaty požadavky krav kravene talepler taleplerimiz требования our
"""
_ONLY_LISTS = frozenset(_ONLY_LISTS_TEXT.split())
_POSSESSIVE_TEXT = "our nos unsere nuestras le nossas onze nasze naše våre наши demands"
_POSSESSIVE = frozenset(_POSSESSIVE_TEXT.split())
_PURPOSE_TEXT = """
    in pour afin para per por um om to å чтобы żeby aby abychom at ve with and e y et i и og en we please zu
"""
_PURPOSE = frozenset(_PURPOSE_TEXT.split())
_NEAR: Final = ("audience", "donate", "picket", "solidarity")
_READERS_DO: Final = ("send", "protest", "message", "donate", "solidarity", "copy")
# These are the office as often as the reader.
_BOTH_TEXT = "you all alle u vous people workers tutti todos todas wszystkich всех tous toutes tüm sie"
_BOTH = frozenset(_BOTH_TEXT.split())
# Even in what looks like a letter these are the readers.
_READERS = ("reader", "lecteur", "lector", "lettor", "leitor", "leser", "lezer", "czyteln", "čtenář", "okur", "читател")
_THAT = re.compile(r"[^.;:]{0,60}?\bthat\b")
_DONE_TEXT = """
    went wrote held gathered marched protested rallied filed occupied blocked gingen schrieben demonstrierten
    versammelten protestierten siguen siguieron marcharon protestaron salieron manifestaron scesi riuniti sfilato
    foram saíram protestaram protesteerden gingen protestowali wyszli protestovali vyšli gikk demonstrerte вышли
    протестовали собрались
"""
_DONE = frozenset(_DONE_TEXT.split())
_PLAIN = frozenset(["ask", "asking", "please"])
_NO_ASKS = frozenset(
    [("demand", "for"), ("demand", "in"), ("tell", "us"), ("tell", "me"), ("ask", "us"), ("ask", "me")]
)
_QUESTIONS = frozenset(["what", "why", "how", "when", "whether", "if", "who", "where"])
_BEING = frozenset(["are", "re", "am", "m", "have", "ve", "been", "also", "therefore", "now", "still"])
_NOUNS = frozenset(["request", "call", "appeal", "press", "ask", "demand"])  # "at the request of", "the call to"
# Only the reader is spoken to like this, outside a letter.
_INFORMAL_TEXT = "ti te ci euch dich dir os vosotros cię ciebie tobie tebe jou jullie тебя тебе deg dere"
_INFORMAL = frozenset(_INFORMAL_TEXT.split())


def asks(page: Page, sentence: Sentence, mark: Mark, *, is_letter: bool = False) -> bool:
    """Tell whether a mark asks in the appeal's own voice, or in its letter's."""
    told = _told(page, mark)
    if not is_letter and _is_report(page, sentence, mark):
        return False
    is_inner = is_letter and told == "tell"  # "I urge you to tell her family .."
    if is_inner or _is_noun(page, sentence, mark) or _is_own_wish(page, mark) or _is_let(page, sentence, mark):
        return False
    if told in DOING or told.split()[0] in DOING:
        before = page.words[mark.first - 1].text if mark.first > sentence.words[0] else ""
        return is_letter or before in _PURPOSE or _is_ours(page, sentence, mark) or _is_called_for(page, sentence, mark)
    if told in THIRD and _is_own(page, sentence, mark):
        return True
    return _is_asked(page, sentence, mark) if told.split()[0] in BARE else told not in THIRD


def _is_report(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a sentence reports what was done in order to demand something."""
    words = {_told(page, mark), *(word.text for word in page.words[max(0, mark.first - 1) : mark.first + 1])}
    is_purpose = words & {*DOING, "to"}
    return bool(is_purpose) and any(word.text in _DONE for word in page.words[sentence.words[0] : mark.first])


def _is_noun(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a mark names a demand, or tells that one was made: "our demands", "its call", "who urged"."""
    told = _told(page, mark)
    before = page.words[mark.first - 1].text if mark.first > sentence.words[0] else ""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    earlier = {word.text for word in page.words[max(sentence.words[0], mark.first - 2) : mark.first]}
    return bool(
        (told, after) in _NO_ASKS
        or (told.startswith("ask") and after in _QUESTIONS)
        or after == "pas"
        or (told.startswith("call") and before in _WHOSE)
        or _is_heading(told)
        or (earlier | {page.words[mark.first].text}) & _TELLERS
    )


def is_to_writer(page: Page, mark: Mark) -> bool:
    """Tell whether who writes the appeal is to be told something: "tell us more"."""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    return (page.words[mark.last].text, after) in _NO_ASKS


def _is_own_wish(page: Page, mark: Mark) -> bool:
    """Tell whether "we want to ..", "we expect to .." says what the writers will do; "we want to see .." does not."""
    after = [word.text for word in page.words[mark.last + 1 : mark.last + 3]]
    return page.words[mark.last].text in ("want", "expect", "like") and after[:1] == ["to"] and after[1:] != ["see"]


def _is_let(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "let the bakers go" is said, and not "let the company know that .."."""
    after = page.text[page.words[mark.last].end : sentence.end]
    return page.words[mark.first].text in ("let", "show", "inform") and not _THAT.match(after)


def _is_heading(told: str) -> bool:
    """Tell whether a mark is a noun above a list, and no verb: "our demands"."""
    first, *rest = told.split()
    return (rest or [first])[-1] in _ONLY_LISTS and (not rest or first in _POSSESSIVE)


def is_for_readers(page: Page, mark: Mark, verb: int, past: int, *, is_letter: bool = False) -> bool:
    """Tell whether readers are called upon, or for what readers do; a letter hardly speaks to them.

    `verb` is the word that the demand begins with, and `past` the one after its last.
    """
    near = page.marks_between(mark.last + 1, min(past, mark.last + 4), *_NEAR)
    if is_letter:
        return any(page.words[one.first].text.startswith(_READERS) for one in near)
    if _is_whoever(page, mark, verb, past) or _is_to_reader(page, mark) or page.marks_between(verb, verb + 1, "join"):
        return True
    if mark.kind != "calling":
        return _is_passed_on(page, mark, past)
    if page.words[mark.first].text in _PLAIN:
        return bool(page.marks_between(verb, verb + 3, "about", *_READERS_DO))
    return bool(page.marks_between(verb, min(past, verb + 2), *_READERS_DO))


def _is_whoever(page: Page, mark: Mark, verb: int, past: int) -> bool:
    """Tell whether those who are called upon are readers, or anybody who is to do what no office does."""
    near = page.marks_between(mark.last + 1, min(past, mark.last + 4), *_NEAR)
    if not near or page.marks_between(mark.last + 1, mark.last + 3, "release"):
        return False
    if any(page.words[one.first].text not in _BOTH for one in near):
        return True
    is_office = bool(page.marks_between(mark.last + 1, verb, "office", "embassy"))
    return mark.kind == "calling" and not is_office and not page.marks_between(verb, past, "deed", "release")


def is_for_readers_before(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell the same of what stands before a mark that ends its sentence, as in Turkish."""
    first = sentence.words[0]
    if page.words[mark.first].text in ("talebiyle", "zu", "te", "gefordert", "verlangt"):
        return False
    whom = page.marks_between(first, min(first + 3, mark.first), "audience")
    return bool(whom or page.marks_between(max(first, mark.first - 2), mark.first, "join", *_READERS_DO))


def _is_to_reader(page: Page, mark: Mark) -> bool:
    """Tell whether the reader is spoken to, in words that no office is spoken to: "we ask you", "ti chiediamo"."""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    before = [word.text for word in page.words[max(0, mark.first - 3) : mark.first + 1]]
    if after == "you" and page.words[mark.first].text in _PLAIN and "we" in before:
        return True
    return after in _INFORMAL or (mark.first > 0 and page.words[mark.first - 1].text in _INFORMAL)


def _is_passed_on(page: Page, mark: Mark, past: int) -> bool:
    """Tell whether "that messages be sent" follows: what the reader is to do."""
    first = mark.last + 1
    verb = page.marks_between(first, first + 1, "send")
    if verb and page.words[first].text not in ("direct", "address"):
        return True
    sends = page.marks_between(first, min(past, first + 5), "send")
    return bool(sends and page.marks_between(first, min(past, first + 7), "message"))


def _told(page: Page, mark: Mark) -> str:
    """Return the words of a mark."""
    return " ".join(word.text for word in page.words[mark.first : mark.last + 1])


def _is_asked(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a bare form begins its sentence or clause, or follows who asks."""
    index = mark.first
    while index > sentence.words[0]:
        index -= 1
        word = page.words[index].text
        gap = page.text[page.words[index].end : page.words[index + 1].start]
        if word == "the" and _told(page, mark) in _NOUNS:
            return False
        if word in ASKERS or (index + 1 == mark.first and gap.strip(" \"“«'’")):
            return True
        if word not in BETWEEN and not word.endswith(("ly", "ment", "lich")):
            return False
    return True


def _is_ours(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "we are demanding", "I am asking" is said."""
    index = mark.first - 1
    while index > sentence.words[0] and page.words[index].text in _BEING:
        index -= 1
    return index >= sentence.words[0] and page.words[index].text in ("we", "i")


def _is_own(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether who writes the appeal asks in the third person: "the committee calls on .."."""
    first = sentence.words[0]
    if mark.first == first or page.has(sentence, "send"):
        return True
    if mark.last + 1 == sentence.words[1]:
        return True  # as in Turkish, whose verb comes last
    if mark.first - first > MOST_BEFORE or page.marks_between(first, mark.first, "office", "embassy", "outcome"):
        return False
    start = page.words[first].start
    return page.text[start].isupper()


def _is_called_for(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "demanding" or "to demand" follows a call: it is no report."""
    if page.has(sentence, "send", "message"):
        return True
    word = page.words[mark.first].text
    return any(page.words[one.first].text != word for one in page.marks_of(sentence, "protest"))
