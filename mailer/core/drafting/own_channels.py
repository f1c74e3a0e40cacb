"""Is a channel that of those who ask, where no cue says so: by their name before it, or by where it stands?

Law: an office beside it is written to, whoever else is named there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from mailer.core.drafting.asides import CLOSE
from mailer.core.drafting.heads import MOST_HEAD
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls
from mailer.core.freemail import is_freemail

MACHINE = re.compile(
    r"(?:owner-|majordomo|listserv|[\w.-]+[-+](?:request|owner|join|leave|subscribe|unsubscribe|bounces|baja|alta)@|"
    r"no-?reply|(?:un)?subscrib\w*@|bounces?@|bajas?@|abmeld\w+@|abbestell\w+@|afmelden@|d[eé]sabo\w*@|wypisz@|"
    r"donat(?:e|ions?)@|spenden?@|dons@|donaciones@|donazioni@|jobs@|orders@|shop@|membership@|volunteers?@|tickets@)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"^owner-|[-+](?:request|owner|join|leave|subscribe|unsubscribe|bounces|baja|alta)(?=@)")
LONGEST_MASTHEAD = 400  # characters in which those who ask name themselves
_CONTACT = re.compile(r"(?:contact|kontakt|contacto|contatto|contato|контакт|iletişim)e?r?:? \S+@\S+", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\(([^\W\d_a-zß-ÿа-я](?:[^\W\d_a-zß-ÿа-я]|-(?!\))){2,10})\)")
_IF = re.compile(
    r"(?:if|in case|should you|caso|si|se|wenn|falls|sollten|als|mocht|jeśli|jeżeli|pokud|jestli|hvis|dersom|eğer|"
    r"если)\b",
    re.IGNORECASE,
)
LONGEST_LEAD = 60  # characters between a verb and the number of a person
_CAP = r"[^\W\d_a-zß-ÿа-я][^\W\d_A-Z]+"
_PERSON = re.compile(  # "text Anna: 07..", "ring Comrade Anna on ..": companies are rung, too
    r"\b(?:(?:[Tt]ext|[Ss]ms) |(?:[Tt]ext|[Rr]ing|[Cc]all|[Pp]hone|[Cc]ontact|[Tt]o|[Ff]rom|[Ww]ith) "
    r"(?:[Cc]omrade|[Ss]ister|[Bb]rother|Big|[Cc]omp[ae]|[Cc]ompañer[oa]|[Cc]amarade) )"
    rf"(?P<name>{_CAP})(?:,| on| at| under)?:? ?[+(]?$"
)
_HELPER = re.compile(  # whoever helps those whom it is about
    r"\b(?:(?:his|her|their|the family['’]s|defen[cs]e) (?:attorney|lawyer|solicitor|counsel|barrister|legal team)s?|"
    r"legal (?:questions|#|number|line|hotline|collective|aid|observers?)|(?:sein|ihr)e?n? (?:Anw[aä]lt\w*|"
    r"Rechtsanw[aä]lt\w*)|(?:son|leur|ses|leurs) avocate?s?|su abogad[oa]|(?:suo|sua|loro) avvocat[oa]|"
    r"(?:seu|sua) advogad[oa]|(?:zijn|haar|hun) advocaat|(?:jego|jej|ich) adwokat\w*|(?:его|её|ее|их) адвокат\w*)"
    r"\b[^\d@;]{0,40}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{2,4}[ .-]\d{2,4}|@")
_NAME_FIRST = re.compile(
    r"[^\W\d_a-zß-ÿа-я][^:\d]{2,80}?,? (?:\(?\+?\d|[^\W\d_]{2,9}[.:]? \(?\+?\d|[^\W\d_]{2,5}/[^\W\d_]{2,5})"
)


def lists_of(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the addresses of lists, told by the machines beside them: "news@b.c" by "news-unsubscribe@b.c"."""
    mails = [token.value.lower() for token in tokens if token.kind == "email"]
    machines = {_ENDING.sub("", mail) for mail in mails if MACHINE.match(mail)}
    return frozenset(mail for mail in mails if mail in machines)


def is_number_of_those_who_ask(page: Page, sentence: Sentence, token: Token) -> bool:
    """Tell whether a number is that of a person who is called by one name only, of a lawyer, or of the last line."""
    if token.kind not in ("phone", "fax"):
        return False
    told = page.text[max(sentence.start, token.start - LONGEST_LEAD) : token.start]
    is_plain = not page.has(sentence, "office", "embassy")
    person = _PERSON.search(told)
    if person and is_plain and page.text.count(person["name"]) == 1:
        return True
    return is_plain and (bool(_HELPER.search(told)) or _is_signed(page, sentence))


def _is_signed(page: Page, sentence: Sentence) -> bool:
    """Tell whether the last paragraph, below prose that calls for nothing, only names somebody and a number."""
    above = page.sentence_above(sentence)
    is_first = sentence.is_first and above.block < sentence.block and sentence.block == page.sentences[-1].block
    told, before = page.told(sentence), page.told(above)
    is_below_prose = before[-1:] in (".", "!", "?") and not _NUMBER.search(before[-LONGEST_LEAD:])
    first = page.word_at(sentence.start)
    is_call = bool(page.marks_between(first, first + 1, "phone")) or calls(page, sentence) or page.has(sentence, "copy")
    is_name = bool(_NAME_FIRST.match(told)) and not is_call
    is_called_for = calls(page, above) or page.has(above, "send")
    return is_first and is_below_prose and is_name and not is_called_for


def is_nobodys(page: Page, sentence: Sentence, token: Token, lists: frozenset[str]) -> bool:
    """Tell whether an address is that of a machine, of a list, or for what readers have to tell."""
    value = token.value.lower()
    is_machine = bool(MACHINE.match(token.value)) or value in lists
    if token.kind == "email":
        return is_machine or is_invited(page, sentence, token)
    return is_number_of_those_who_ask(page, sentence, token)


def is_of_those_who_ask(page: Page, token: Token) -> bool:
    """Tell whether the words right before a channel name those who made the appeal."""
    sentence = page.sentence_at(token.start)
    at = page.word_at(token.start)
    near = page.marks_between(max(sentence.words[0], at - CLOSE), at, "campaigners")
    return bool(near) and not page.has(sentence, "office", "embassy")


def is_before_foot(page: Page, token: Token) -> bool:
    """Tell whether the page's own foot follows the paragraph of a channel: it is the signature above it."""
    block = page.sentence_at(token.start).block
    at = page.sentence_at(token.end)
    for _ in range(MOST_HEAD):
        following = page.sentence_at(min(len(page.text) - 1, at.end + 3))
        if following.start <= at.start or following.block > block + 1:
            return False
        if following.block > block and page.has(following, "footer"):
            return True
        at = following
    return False


def is_in_own_block(page: Page, token: Token) -> bool:
    """Tell whether the paragraph of a channel is a contact block of those who ask: for the press, gifts, enquiries."""
    at = bisect_right(page.sentences, token.start, key=lambda each: each.start) - 1
    block = page.sentences[at].block
    near = [each for each in page.sentences[max(0, at - MOST_HEAD) : at + MOST_HEAD] if each.block == block]
    is_told = any(page.has(each, "about", "footer") or is_headed_by_contact(page, each) for each in near)
    return is_told and not any(page.has(each, "office", "embassy", "protest") or calls(page, each) for each in near)


def is_headed_by_contact(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence begins with "Contact" or the like."""
    return any(mark.first == sentence.words[0] for mark in page.marks_of(sentence, "contact"))


def is_of_head(page: Page, token: Token) -> bool:
    """Tell whether the line of a channel is about those whose short name stands at the page's head: "League (LXY)"."""
    names = set(_SHORT_NAME.findall(page.text, 0, LONGEST_MASTHEAD))
    sentence = page.sentence_at(token.start)
    told = page.text[page.text.rfind("\n", 0, token.start) + 1 : token.start]
    above = page.sentence_above(sentence)
    told = told if above.block < sentence.block else f"{page.told(above)} {told}"
    return bool(names & set(re.findall(r"\w+(?:-\w+)?", told))) and not page.has(sentence, "office", "embassy")


def is_invited(page: Page, sentence: Sentence, token: Token) -> bool:
    """Tell whether those write there who have something for those who ask: "If you know of ..., mail x@y"."""
    is_if = bool(_IF.match(page.told(sentence))) and is_freemail(token.value.lower())
    return is_if and not page.has(sentence, "office", "embassy", "protest")


def is_bare_contact(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence after another has nothing but "Contact" and an address: "We meet weekly. Contact .."."""
    return not sentence.is_first and bool(_CONTACT.fullmatch(page.told(sentence)))
