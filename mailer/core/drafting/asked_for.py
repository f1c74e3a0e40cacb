"""Is nothing demanded, though somebody is asked? Who is called to the telephone, what one wants to know, a pardon.

Law: told by the words right behind the asking one.
"""

from __future__ import annotations

import re

from mailer.core.drafting.joins import is_doing
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence

NO_ASKS = frozenset(
    [("telling the", "truth"), ("demand", "for"), ("demand", "in")]
    + [(verb, whom) for verb in ("tell", "ask") for whom in ("us", "me")]
    + [("prions", "seigneur"), ("prions", "dieu"), ("prions", "le")]
    + [(verb, "pour") for verb in ("prions", "priez", "prier", "priant")]
)
# "We ask for nothing", "pedimos desculpa", "we ask to know": nothing is demanded of an office.
_NOTHING = re.compile(
    r"\s+(?:for\s+|um\s+|om\s+|o\s+)?(?:nothing|nichts|rien|nada|niente|nulla|niets|nic|ingenting|ничего|"
    r"to (?:know|see|speak|talk)|à (?:voir|parler|être entendu)|(?:ver|hablar con|parlare con|"
    r"falar com) (?:a )?(?:una?|um|su|"
    r"el|la|il|o)|forgiveness|pardon|perdón|perdão|desculpas?|disculpas?|scusa|perdono|excuses|entschuldigung|"
    r"(?:calm|restraint|patience|silence|quiet|ruhe)(?=\s?(?:[.,;!)]|$))|"
    r"verzeihung|(?:urgente )?(?:ante|frente a)|"
    r"prominutí|unnskyldning|прощени\w|извинени\w)\b(?! (?:of|for|de|à|von|av|от|y|et|and|e|und)\b)",
    re.IGNORECASE,
)
# Whose name a caller asks for, and what was answered: a story.
_NAME = re.compile(
    r"\s+(?:for\s+|um\s+|om\s+)?(?:the|their|his|your|le|el|il|o|den|de|su|seu|votre|ihren|uw)\s(?:full\s)?"
    r"(?:name|nom|nombre|nome|namen|naam)\b(?! (?:to be|be)\b)|\s+назвать\s(?:фамилию|имя)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"[^.;:]{3,100}(?:\band (?:got|received|were told|they (?:said|told)|nobody)|\by (?:nos )?(?:respondi\w+|"
    r"contesta\w+|dijer\w+)|"
    r"\bet (?:on nous a|ils ont) (?:dit|répondu)|\bund (?:bekamen|erhielten)|\be (?:ci hanno risposto|responderam|"
    r"disseram))\b",
    re.IGNORECASE,
)
_QUESTIONS = frozenset(["what", "why", "how", "when", "whether", "if", "who", "where"])
_ASKED = frozenset(["what", "why", "how", "whether", "which"])
_ENDS = re.compile(
    r"(?:['’]s (?:office|assistant|secretary|deputy|desk|clerk)|(?: (?:of|for)(?: the)?(?: [A-Z]\w+){1,3}))?"
    r"\s*(?:$|[.,;(]|(?:and (?:say|tell)|or|at)\b)"
)
# "Ask for Anna Baker at the office": who is to come to the telephone.
_A_PERSON = re.compile(
    r"\s+(?:the )?(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][a-z]+(?: (?:and |of )?[A-Z][a-z.]+){0,4}(?=\s+(?:at|on|or|when)\b|"
    r"[,.;(]|$)"
)


def is_no_ask(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a mark asks for nothing, for a person, for an answer, or for what only the writers need."""
    told = " ".join(word.text for word in page.words[mark.first : mark.last + 1])
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    return bool(
        (told, after) in NO_ASKS
        or any(each.match(page.text, page.words[mark.last].end, sentence.end) for each in (_NOTHING, _NAME, _ANSWERED))
        or (told.startswith("ask") and _is_question(page, mark))
        or _is_called_up(page, sentence, mark)
    )


def _is_question(page: Page, mark: Mark) -> bool:
    """Tell whether somebody is to be asked something: "ask why ..", "ask the baker which .."."""
    first, *others = [word.text for word in page.words[mark.last + 1 : mark.last + 4]] or [""]
    is_behind_whom = first in ("the", "your", "his", "her", "their") and bool(_ASKED & {*others})
    return first in _QUESTIONS or is_behind_whom


def _is_called_up(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether somebody is asked for by telephone: "ask for Anna Baker", "ask for the warden"."""
    is_bare = page.words[mark.first].text == "ask" and mark.first == mark.last
    last = mark.last + is_bare
    if mark.first + 1 != last or [word.text for word in page.words[mark.first : last + 1]] != ["ask", "for"]:
        return False
    offices = page.marks_between(last + 1, last + 3, "office") or page.marks_between(last + 2, last + 4, "office")
    is_office = bool(offices) and _ENDS.match(page.text, page.words[offices[0].last].end, sentence.end)
    is_line = page.has(sentence, "phone") and not is_doing(page.text[page.words[last].end : sentence.end])
    return bool(is_line or is_office or _A_PERSON.match(page.text, page.words[last].end, sentence.end))
