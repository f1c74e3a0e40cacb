"""Which addresses, pages and numbers stand in an appeal, and where?

Law: a number is one only if a label, a verb or its own international prefix says so; how much is looked at is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from mailer.core.drafting.lore import Lore, Number
from mailer.core.drafting.numbers import numbers_in
from mailer.core.drafting.page import CHANNEL, Page

MOST_TOKENS = 300  # of each kind: an appeal has twenty

_MAIL = re.compile(
    r"(?<![\w.+@-])(?:mailto:)?([\w][\w.+&'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}"
    r"(?:[a-z]{2,12}(?=[A-Z][a-z])|[^\W\d_]{2,24}(?![\w@])))"
)
# "a@c.exampleb@c.example": a page lost the space between two at one domain
_GLUED = re.compile(r"(?<![\w.+@-])(([\w.+-]{1,40})@((?:[\w-]{1,40}\.){1,3}[a-z]{2,12}?))([\w.+-]{1,40}@\3)(?![\w@-])")
_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_A-Z]+")
_PAGE = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”«»\[\]|^`{}]{3,500}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}(?:org|net|com|gov|info|int|"
    r"example)(?:\.[a-z]{2})?/[^\s<>\"“”,;]{2,300}",
    re.IGNORECASE,
)
_FAXES = re.compile(r"fax(?:es|e|en)?\b|faks|факс|télécopie", re.IGNORECASE)
_NUMBERED = re.compile(r"[^\d\n]{0,12}\d")


@dataclass(frozen=True, slots=True)
class Token:
    """A channel as it stands in the text: `email`, `page`, `fax`, `phone` or `post`; `told` is its spelling there."""

    kind: str
    start: int
    end: int
    value: str
    told: str
    doubt: str = ""


def tokens_in(page: Page, lore: Lore, regions: Sequence[str]) -> tuple[Token, ...]:
    """Return all addresses, pages and numbers in their order, none within another."""
    pages = list(islice(_pages(page.text), MOST_TOKENS))
    mails = _unglued(list(islice(_outside(mails_in(page.text), pages), MOST_TOKENS)))
    is_call = _is_only_called(page)
    bare = "fax" if _is_only_faxed(page) else "phone"
    found = (_token(*number, bare=bare, is_phone=is_call) for number in numbers_in(page, lore, regions))
    numbers = _outside(found, (*mails, *pages))
    return tuple(sorted((*mails, *pages, *islice(numbers, MOST_TOKENS)), key=lambda token: (token.start, token.kind)))


def mails_in(text: str) -> Iterator[Token]:
    """Yield the e-mail addresses."""
    past = 0
    for match in sorted((*_GLUED.finditer(text), *_MAIL.finditer(text)), key=lambda each: each.start()):
        if match.start() < past:
            continue
        past = match.end()
        for group in (1, 4) if match.re is _GLUED else (1,):
            value = match[group].strip(".'-")
            start = match.start(group) if match.re is _GLUED else match.start()
            yield Token("email", start, match.end(group), value.replace("’", "'"), match[group])


def _unglued(mails: list[Token]) -> list[Token]:
    """Return the addresses, without the end of a sentence that a page glued to one: "Country.office@a.example"."""
    known = {token.value.lower() for token in mails}
    return [
        replace(token, value=rest) if rest.lower() in known and _CAPITAL.fullmatch(head) else token
        for token in mails
        for head, _, rest in [token.value.partition(".")]
    ]


def _pages(text: str) -> Iterator[Token]:
    """Yield the addresses of pages, without what only ends the sentence."""
    past = 0
    for match in sorted((*_PAGE.finditer(text), *_BARE.finditer(text)), key=lambda each: each.start()):
        if match.start() < past:
            continue
        past = match.end()
        told = match[0].rstrip(".,;:!?'’\"”»*…")
        told = told.rstrip(")") if told.count("(") < told.count(")") else told
        value = told if "://" in told else f"http://{told}"
        yield Token("page", match.start(), match.start() + len(told), value, told)


def _outside(found: Iterator[Token], taken: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in none that is taken."""
    spans = {offset for token in taken for offset in range(token.start, token.end)}
    return (token for token in found if token.start not in spans)


def _is_only_called(page: Page) -> bool:
    """Tell whether a text asks for no fax but at a number that is called one: then one without a label is to call."""
    faxes = [page.span(mark) for mark in page.marks if mark.kind == "fax" and len(page.words[mark.first].text) > 1]
    return all(
        _NUMBERED.match(page.text, end) or page.text[max(0, start - 2) : start - 1].isdigit() for start, end in faxes
    )


def _is_only_faxed(page: Page) -> bool:
    """Tell whether a text asks for faxes, and nowhere to call: then a bare number is one of these."""
    bare = [each for each in page.sentences if not CHANNEL.search(page.text, each.start, each.end)]
    is_asked = any(_FAXES.search(page.told(each)) and page.has(each, "send", "message", "protest") for each in bare)
    return is_asked and not any(page.has(each, "phone", "mobile") for each in bare)


def _token(kind: str, start: int, end: int, reading: Number, *, bare: str, is_phone: bool) -> Token:
    """Return the token of a number; one without any label is a phone, or a fax where a text asks for nothing else."""
    is_unsure = kind == "any" and not is_phone
    doubt = reading.doubt or (f"no label: a {bare}?" if is_unsure else "")
    return Token(bare if kind == "any" else kind, start, end, reading.value, reading.told, doubt)
