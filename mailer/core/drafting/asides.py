"""Is a cue of a role said of something else: a paper that is a true copy, a form, the case in which one writes?

Law: told by the words right beside the cue.
"""

from __future__ import annotations

import re

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence

CLOSE = 5  # words between what is sent and what it says

_NO_COPIES = frozenset({"true", "certified", "beglaubigte", "hard"})  # "a true copy"
_ACCOUNT = re.compile(r"[ :.]{0,3}(?:n[°º] ?)?\d")  # "CCP 00 000 00": of gifts
_COMMENT = re.compile(r"comment|kommentar|comentari|komentá?r|комментар|yorum")
_OF_REPLIES = re.compile(
    r" (?:of|der|von|des|de|delle|di|das|van|av)? ?"
    r"(?:(?:any|all|the|your|las|los|les|toute|vos|eventuali|eure[rn]?|ihrer) ){0,2}"
    r"(?:repl(?:y|ies)|responses?|answers?|antworten|réponses?|respuestas?|rispost[ae]|respostas?|antwoord(?:en)?|odpowiedzi|odpověd[ií]|svar|ответ\w*|yanıt\w*|cevap\w*)\b",
    re.IGNORECASE,
)
_IN_CASE = re.compile(
    r"\b(?:if|when|before|wenn|falls|bevor|si|avant|se|antes|prima|als|voordat|jeśli|zanim|pokud|než|hvis|før|если|"
    r"прежде|eğer)\b",
    re.IGNORECASE,
)
TO_WHOM = re.compile(r"\s(?:to|an|à|a|al|alla|ao|do|na|til|aan|na adres|на|по адресу)$", re.IGNORECASE)


def is_said_otherwise(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a cue is of something else: a text to be copied and pasted, a page where the model letter is."""
    if mark.kind == "copy" and _is_no_copy(page, mark):
        return True
    if mark.kind == "copy" and page.marks_between(mark.first, mark.first + 1, "paste"):
        after = page.marks_between(mark.first + 2, mark.first + 3, "campaigners", "ally", "office", "embassy")
        return not (after and "@" in page.told(sentence))
    if mark.kind == "footer" and _COMMENT.match(page.words[mark.last].text):
        start, end = page.span(mark)
        is_within = mark.first - sentence.words[0] > CLOSE or "(" in page.text[sentence.start : start]
        return is_within or "://" in page.text[end : sentence.end]
    if mark.kind in ("about", "contact") and _is_beside_address(page, sentence, mark):
        return True
    sends = page.marks_of(sentence, "send") if page.has(sentence, "sample") else ()
    return mark.kind == "about" and bool(sends) and mark.last < sends[-1].first


def _is_beside_address(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a cue is no more than "Contact form:", hours in brackets, or why one is to write to an address."""
    last = page.words[mark.last].text
    is_form = mark.kind == "contact" and any(one.last > mark.last for one in page.marks_between(*at_mark(mark), "web"))
    is_hours = last == "hours" and page.text[page.span(mark)[0] - 1 : page.span(mark)[0]] == "("
    return is_form or is_hours or (last == "help" and _leads_to_address(page, sentence, mark))


def at_mark(mark: Mark) -> tuple[int, int]:
    """Return the bounds of what begins where a mark does."""
    return mark.first, mark.first + 1


def _leads_to_address(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a sentence goes on with a call to those who stand below it: "To help, please write to:"."""
    sends = page.marks_between(mark.last + 1, sentence.words[1], "send")
    is_led = page.text[sentence.end - 1] == ":" or bool(TO_WHOM.search(page.told(sentence)))
    return bool(sends) and is_led and not page.marks_between(sends[-1].last, sentence.words[1], "campaigners")


def _is_no_copy(page: Page, mark: Mark) -> bool:
    """Tell whether a word is said of a paper that is certified: "a true copy"."""
    return mark.first > 0 and page.words[mark.first - 1].text in _NO_COPIES


def is_of_replies(page: Page, mark: Mark) -> bool:
    """Tell whether copies are asked for of what offices answer, and not of what is sent to them."""
    return mark.kind == "copy" and bool(_OF_REPLIES.match(page.text, page.span(mark)[1]))


def is_account(page: Page, mark: Mark) -> bool:
    """Tell whether a short word names an account, and no copy: "CCP 00 000"."""
    return page.words[mark.last].text == "ccp" and bool(_ACCOUNT.match(page.text, page.span(mark)[1]))


def is_in_case(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a protest is only the case in which one asks first: "Check with us if sending appeals later"."""
    about = page.marks_between(sentence.words[0], mark.first, "about")
    return bool(about) and bool(_IN_CASE.search(page.text[page.span(about[0])[1] : page.span(mark)[0]]))
