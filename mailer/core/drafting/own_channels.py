"""Is a channel that of those who ask, where no cue says so: by their name before it, or by where it stands?

Law: an office beside it is written to, whoever else is named there.
"""

from __future__ import annotations

import re

from mailer.core.drafting.heads import MOST_HEAD
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import CLOSE
from mailer.core.freemail import is_freemail

MACHINE = re.compile(
    r"(?:owner-|majordomo|listserv|[\w.-]+[-+](?:request|owner|join|leave|subscribe|unsubscribe|bounces|baja|alta)@|"
    r"no-?reply)",
    re.IGNORECASE,
)
LONGEST_MASTHEAD = 400  # characters in which those who ask name themselves
_CONTACT = re.compile(r"(?:contact|kontakt|contacto|contatto|contato|контакт|iletişim)e?r?:? \S+@\S+", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\(([^\W\d_a-zß-ÿа-я](?:[^\W\d_a-zß-ÿа-я]|-(?!\))){2,10})\)")
_IF = re.compile(
    r"(?:if|in case|should you|caso|si|se|wenn|falls|sollten|als|mocht|jeśli|jeżeli|pokud|jestli|hvis|dersom|eğer|"
    r"если)\b",
    re.IGNORECASE,
)


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


def is_of_head(page: Page, token: Token) -> bool:
    """Tell whether the line of a channel is about those whose short name stands at the page's head: "League (LXY)"."""
    names = set(_SHORT_NAME.findall(page.text, 0, LONGEST_MASTHEAD))
    sentence = page.sentence_at(token.start)
    told = page.text[page.text.rfind("\n", 0, token.start) + 1 : token.start]
    above = page.sentence_at(max(0, sentence.start - 1))
    told = told if above.block < sentence.block else f"{page.told(above)} {told}"
    return bool(names & set(re.findall(r"\w+(?:-\w+)?", told))) and not page.has(sentence, "office", "embassy")


def is_invited(page: Page, sentence: Sentence, token: Token) -> bool:
    """Tell whether those write there who have something for those who ask: "If you know of ..., mail x@y"."""
    is_if = bool(_IF.match(page.told(sentence))) and is_freemail(token.value.lower())
    return is_if and not page.has(sentence, "office", "embassy", "protest")


def is_bare_contact(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence after another has nothing but "Contact" and an address: "We meet weekly. Contact .."."""
    return not sentence.is_first and bool(_CONTACT.fullmatch(page.told(sentence)))
