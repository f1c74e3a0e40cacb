"""Of whom is a list demanded, or an item? "WE DEMAND of the State", "To the Ministry of Labour, the payment of ..".

Law: told by the words behind the demanding one, or before the item's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailer.core.drafting.joins import numbered_in, parts_of
from mailer.core.drafting.page import Page, Sentence

MOST_WHOM = 8  # words of whom it is demanded

# "We ask the mayor and the council for", and items below.
FOR = re.compile(r"\s(?:for|um|pour|por|per|om|o|за)\s*:?$")
# Of whom it is demanded.
WHOM = re.compile(
    r"(?:to|of|from|an|von|vom|a|al|à|au|aux|ai|agli|alla|alle|ao|aos|às|do|da|od|к|от|aan|van|til|av)\s",
    re.IGNORECASE,
)


# "We ask the government that", and items below.
OPEN = re.compile(r"\s(?:that|dass|daß|que|che|dat|aby|żeby|чтобы|at)$", re.IGNORECASE)
_AND_WE = re.compile(  # ".. and we ask of the firm that": the next list begins
    r",?\s+(?:and|und|et|y|e|en)\s+(?:we|wir|nous|wij)\s(?:\S+\s){0,8}(?:that|to|dass|que|che|dat|de)$", re.IGNORECASE
)
_IN_TOLD = re.compile(r"[.,;:!?]")
# "To the Ministry of Labour, the payment of ..": the item tells of whom it is asked.
_PART = r"(?:[^\W\d_a-zß-ÿ][\w'’.-]*|\d\w*|d[aeio]s?|del|della|d[eo]r|des|du|of|for|the|für|la|y|e|et|and|und)"
_OF_WHOM = re.compile(
    r"^(?:[Aa] l[ao]s (?:autoridades|empresas)|[Aa]lle autorità|[Aa]ux autorités|[Àà]s autoridades|"
    r"[Tt]o the authorities|"
    r"[Aa]n die Behörden)[,:]\s+(?=\w)|"
    r"^(?:[Tt]o the|[Aa]n (?:die|den|das)|[Aa]l|[Aa] la|[Aa] l[ao]s|[Aa]lla|[Aa]i|[Aa]u|[Aa]ux|[ÀàÁá]s?(?: la)?|"
    r"[Aa]os?|"
    rf"[Aa]an (?:de|het))\s{_PART}(?:\s{_PART}){{0,9}}[,:]\s+(?=\w)"
)


def is_of_whom(page: Page, sentence: Sentence) -> bool:
    """Tell whether only of whom it is demanded stands behind a demanding word: "WE DEMAND of the State"."""
    demands = page.marks_of(sentence, "demand")
    told = page.text[page.span(demands[-1])[1] : sentence.end].strip() if demands else ""
    return sentence.opens and bool(WHOM.match(told)) and len(told.split()) <= MOST_WHOM and not _IN_TOLD.search(told)


def parts_of_item(told: str) -> Iterable[str]:
    """Return the demands of an item: those that are numbered, or all that are asked of whom it names."""
    whom, told = _OF_WHOM.match(told), _AND_WE.sub("", told)
    return parts_of(told[whom.end() :]) if whom else numbered_in(told)
