"""What did those demand who write, where their page only reports it? "The Guild called on the mayor to ..".

Law: only for an appeal that demands nothing else, and only of a union, a committee or their like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import is_doing, parts_of
from mailer.core.drafting.page import Page, Sentence

LONGEST = 350

_DEMANDED = re.compile(
    r"\b(?:demanded|called for|insisted on|requested|forderte|verlangte|a (?:exigé|demandé|réclamé)|"
    r"exigió|pidió|demandó|reclamó|ha (?:chiesto|preteso|exigido|pedido)|exigiu|pediu|reivindicou|eiste|"
    r"zażądał[ao]?|požadoval[ao]?|krevde|потребовал[аи]?)\s+(?P<what>[^;:.]{12,})",
    re.IGNORECASE,
)
_CALLED_ON = re.compile(
    r"\b(?:called (?:on|upon)|urged|appealed to)\s+(?P<whom>[^,;:.]{3,90}?)\s+to\s+(?P<what>[^;:.]{8,})", re.IGNORECASE
)
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")
_ADDING = re.compile(
    r",?\s+(?:adding|saying|noting|stating|und (?:erklärte|sagte)|ajoutant|añadiendo|y (?:dijo|añadió)|aggiungendo|"
    r"acrescentando|in (?:a|an) (?:letter|statement|press release)|after|following|when|during)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def reported_wishes(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield what a sentence tells that a union or its like demanded of others."""
    told = page.told(sentence)[:LONGEST]
    match = _CALLED_ON.search(told) or _DEMANDED.search(told)
    if not match or not _is_own(page, sentence, sentence.start + match.start()):
        return
    what = _ADDING.sub("", match["what"]).strip(" ,")
    if match.re is _CALLED_ON or is_doing(what) or names_deed(what):
        yield from parts_of(what, "to" if match.re is _CALLED_ON else "")


def _is_own(page: Page, sentence: Sentence, at: int) -> bool:
    """Tell whether those stand before an offset who write appeals, and no office."""
    past = page.word_at(at)
    is_office = page.marks_between(sentence.words[0], past, "office", "embassy")
    is_body = page.marks_between(sentence.words[0], past, "campaigners", "ally")
    return bool(is_body or _ACRONYM.search(page.text, sentence.start, at)) and not is_office
