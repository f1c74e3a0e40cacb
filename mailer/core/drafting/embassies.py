"""Does the appeal ask everybody to write to the embassy in their own country?

Law: "in your country", "your local", or embassies in the plural beside a call to write; a named embassy with an
address is a target like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mailer.core.drafting.country import named_countries
from mailer.core.drafting.drafts import Found, FoundTarget, Role
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token

LONGEST_OR = 24  # characters of "or the one in"
NEAR = 9  # words between an embassy and "in your country"

# What is told of others, not asked of the reader.
_TOLD = re.compile(
    r"\b(?:were held|was held|took place|has been held|have been held|were organi[sz]ed|"
    r"was organi[sz]ed|gathered|protested|fanden|statt|ont eu lieu|"
    r"tuvieron lugar|si sono svolt|прошли|прошёл|прошел|состоял|odbył|konaly|ble holdt|düzenlendi|"
    r"vonden|aconteceram)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:embassies|consulates|botschaften|konsulate|ambassades|consulats|embajadas|consulados|"
    r"ambasciate|consolati|embaixadas|consulaten|ambasad|ambasadom|ambasadami|"
    r"konsulaty|ambassader|ambassadene|ambassadane|büyükelçilikleri\w*|elçilikleri\w*|konsolosluk\w*|"
    r"посольствам|консульствам|посольствах)$"
)


_BEFORE = re.compile(
    r"\b(?:outside|in front of|vor|devant|frente a|ante|davanti|em frente|voor|przed|pod|před|foran|utenfor|utanför|"
    r"önünde|перед|у стен|возле)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
# Whose country it is, where the tables know no word: "wherever you live", "those abroad".
_WHEREVER = re.compile(
    r"\b(?:wherever you|your part of the world|где бы вы|за границей|кажд\w+ стран\w+|"
    r"wo auch immer|où que vous|donde ?quiera que|ovunque vi|onde quer que|resp[e]?c?tivos? pa[íi]s|waar u ook|"
    r"gdziekolwiek|kdekoli|hvor enn|nerede olursanız)\b",
    re.IGNORECASE,
)
# "Go to the embassies": to be asked for is enough, where it is everybody's own.
_VISIT = re.compile(
    r"\b(?:go to|come to|visit|geht zu|kommt zu|allez|rendez-vous|vayan|acudan|andate|venite|vão|compareçam|ga naar|"
    r"idźcie|přijďte|møt opp|gidin|приходите|идите|entregue\w*|посольства)\b",
    re.IGNORECASE,
)
_RELATIVES = frozenset(["where", "wo", "in", "où", "donde", "onde", "w", "gdzie", "kde", "где", "der"])  # "dort, wo .."
_ANY = re.compile(r"\b(?:an?|any) [^\W\d_a-zß-ÿ][\w-]{2,20} $")
# "The consulate in Exampletown, or the one in your town".
_OR_THAT = re.compile(
    r"\b(?:or|oder|ou|o|oppure|of|lub|albo|nebo|eller|или|veya) (?:the one|that|das|die|den|dem|celle|celui|la|el|al|"
    r"a la|quell[ao]|a|à|o|ao|die|dat|ten|tę|tej|do tej|tu|to|té|den|det|в то|в те|то)?\s?(?:of |de |del |di |van |z |"
    r"w |v |i |in |"
    r"à |en |em |a |do |da |в )?$",
    re.IGNORECASE,
)
_IN_TOWNS = re.compile(
    r" (?:in|à|a|en|em|w|v|i|te|в) (?!(?:Euro|Eura)p)[^\W\d_a-zß-ÿа-я][\w-]+(?:,| and| und| et| y| e| en| i| og| и)"
)
_INTO = re.compile(r"\b(?:в|во|по) (?:\w+ )?(?:посольства|консульства)\b", re.IGNORECASE)


def own_embassies(
    page: Page, lore: Lore, country: str, roles: Mapping[int, Role | None], tokens: Sequence[Token]
) -> Iterator[FoundTarget]:
    """Yield one target for each country whose embassies everybody is to write to; `roles` hold by sentence start."""
    seen: set[str] = set()
    for sentence in page.sentences:
        if not _asks(page, sentence, roles.get(sentence.start)):
            continue
        own = _own_words(page, sentence, tokens)
        code = (_country_near(page, sentence, lore) or country) if own else ""
        if own and code not in seen:
            seen.add(code)
            yield _target(page, sentence, own, code)


def _target(page: Page, sentence: Sentence, own: tuple[int, int], code: str) -> FoundTarget:
    """Return the target that stands for everybody's own embassy."""
    first = own[0]
    while first > max(sentence.words[0], own[0] - 3) and page.text[page.words[first - 1].start].isupper():
        first -= 1
    told = page.text[max(sentence.start, page.words[first].start) : min(sentence.end, page.words[own[1]].end)]
    doubt = "" if code else "which country's embassy?"
    return FoundTarget(name=Found(" ".join(told.split())[:110]), role=Role.TARGET, embassy_of=code or "ZZ", doubt=doubt)


def _asks(page: Page, sentence: Sentence, role: Role | None) -> bool:
    """Tell whether a sentence that names an embassy asks for something."""
    if not page.has(sentence, "embassy") or _TOLD.search(page.told(sentence)):
        return False
    is_held = role in (Role.TARGET, Role.COPY) and not page.has(sentence, "web")
    is_visit = bool(_VISIT.search(page.told(sentence)) and _WHEREVER.search(page.told(sentence)))
    return is_held or is_visit or page.has(sentence, "send", "message", "protest", "picket")


def _own_words(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last word of what says that it is everybody's own embassy."""
    for mark in page.marks_of(sentence, "embassy"):
        reach = max(sentence.words[0], mark.first - NEAR), min(sentence.words[1], mark.last + NEAR)
        own = [one for one in page.marks_between(*reach, "own") if _is_tied(page, mark, one)]
        own = own or [one for one in page.marks_of(sentence, "own") if _is_other(page, mark, one)]
        if own:
            near = min(own, key=lambda one: abs(one.first - mark.first))
            return min(mark.first, near.first), max(mark.last, near.last)
        if (
            _WHEREVER.search(page.told(sentence))
            or _is_any(page, sentence, mark)
            or _INTO.search(page.told(sentence))
            or (_PLURAL.match(page.words[mark.last].text) and not _is_no_own(page, sentence, mark, tokens))
        ):
            return mark.first, mark.last
    return None


def _is_tied(page: Page, embassy: Mark, own: Mark) -> bool:
    """Tell whether no comma parts an embassy from what says whose it is: "the embassy, the press, local councils"."""
    first, last = sorted((embassy, own))
    between = page.text[page.span(first)[1] : page.span(last)[0]]
    is_relative = last is own and page.words[own.first].text in _RELATIVES
    return "," not in (between.rstrip(", ") if is_relative else between)


def _is_other(page: Page, mark: Mark, own: Mark) -> bool:
    """Tell whether "or the one in your town" follows an embassy, with its address between the two."""
    start, end = page.span(mark)[1], page.span(own)[0]
    return own.first > mark.last and bool(_OR_THAT.search(page.text[max(start, end - LONGEST_OR) : end]))


def _is_any(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether any embassy of a country will do: "fax an Exampleland embassy"."""
    before = page.text[sentence.start : page.span(mark)[0]]
    return bool(_ANY.search(before)) and page.has(sentence, "send") and not _is_picket(page, sentence, mark)


def _is_no_own(page: Page, sentence: Sentence, mark: Mark, tokens: Sequence[Token]) -> bool:
    """Tell whether embassies have their towns or addresses, people gather there, or they are to write themselves."""
    end = page.span(mark)[1]
    if _IN_TOWNS.match(page.text, end) or any(end <= token.start < sentence.end for token in tokens):
        return True
    before = page.marks_between(sentence.words[0], mark.first, "calling", "demand", "send")
    sends = page.marks_between(mark.last + 1, sentence.words[1], "send")
    is_asked = bool(before and sends) and all(one.kind != "send" for one in before)
    return is_asked or _is_picket(page, sentence, mark)


def _is_picket(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether people are to gather at an embassy, and not to write there."""
    before = page.text[sentence.start : page.span(mark)[0]]
    return page.has(sentence, "picket") or bool(_BEFORE.search(before[-80:]))


def _country_near(page: Page, sentence: Sentence, lore: Lore) -> str:
    """Return the country that is named nearest to the embassy of a sentence."""
    at = page.marks_of(sentence, "embassy")[0].first
    named = list(named_countries(page, lore, *sentence.words))
    near = [(abs(index - at), code) for index, code in named if abs(index - at) <= NEAR]
    return min(near)[1] if near else ""
