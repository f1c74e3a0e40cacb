"""Who is called upon, and where does begin what they are to do? "Urge the minister to ..", "fordert ihn auf, ..".

Law: one pass over the beginning of what follows an asking word; without an office, or a word that opens a clause,
nobody is called upon.
"""

from __future__ import annotations

import re

from mailer.core.drafting.duties import THATS
from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page
from mailer.core.drafting.whom import named_whom

LONGEST = 120  # characters of the one who is called upon
MOST_WORDS = 6

_CLITICS = (
    "ne pas|non|no|não|bien|vous|nous|se|me|les?|la|lui|leur|y|en|lo|los|las|li|gli|immédiatement|tout|subito|"
    "urgentemente"
)
_VERB = (
    r"(?!minist|premier|leader|burgemeester|manager)"
    rf"(?=(?:(?:{_CLITICS}) |[sl]['’])*\w+(?:ar|er|ir|re)(?:[ml]?[ln][aeio]s?|si|se|los?|las?)?\b)"
)
_ACTION = r"(?=(?:(?!o\b)\w+\s+){0,2}\w+(?:nie|nia|niu|cie|cia|ciu|ní)\b)"
_DO = re.compile(r"\s+(?:do|ke?)\s+")  # "wzywamy do ..", behind which nobody is called upon
_TO = re.compile(
    r"(?:,\s+)?\b(?P<word>to|that|dass|daß|que|qu['’]|che|by(?= \w+li\b)|aby\w{0,4}|żeby\w{0,4}|om(?: at| å)?|"
    r"dat(?=\s+(?:zij|ze|hij|het|de|u|er|alle|geen|een)\b)|чтобы|å)\s+"
    r"|\b(?:(?:à ce qu|pour qu|afin qu|para qu|a qu)(?:e\s+|['’])|(?:affinch[eé]|perché|opdat|damit)\s+)"
    r"|\bauf\b,?\s+|\bop aan\b,?\s+(?:(?:om|dat)\s+)?"
    rf"|\b(?P<inf>d['’]|(?:de|di|à|a|ad|para|per)\s+){_VERB}"
    r"|,\s+(?:(?:please|kindly|politely|respectfully|firmly),\s+)+to\s+"
    rf"|\b(?:do|ke?|o)\s+{_ACTION}|,\s+(?:(?:by|om)\s+)?(?=\w)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\s*(?:u|hem|hen|вас)\s+(?!op\b)(?:om\s+|dat\s+|чтобы\s+)?", re.IGNORECASE)
_SLAVIC = re.compile(r",\s+(?P<word>(?:a?by|żeby|чтобы)\w{0,4}|ať)\s+(?P<inf>)", re.IGNORECASE)
# Somebody else is called upon: ", and on the council to ..".
_AGAIN = re.compile(
    r",?\s+(?:and|und|et|y|e|en|og|и|а)\s+(?:on|upon|an|al|a la|a los|à la|au|aux|alla|ao|à|aos|od|от|op)\s+"
    r"(?P<whom>[^,;:.]{3,80}?)\s+(?:to|de|di|a que|que|à|a)\s+(?=\w)",
    re.IGNORECASE,
)
_PRONOUN_TO = re.compile(r"\s*(?:it|him|her|them|you)\s+to\s+(?=\w)")
# "Les ruego suspender ..": an infinitive that nobody who is called upon stands before.
_AT_ONCE = re.compile(
    r"\s*(?!lugar|hogar|mujer|militar|popular)\w{3,}(?:ar|er|ir)(?:los|las|les?|l[ao]|se)?\s+(?:\w+mente\s+)?(?:a|al|"
    r"el|la|los|las|o|os|as|un|una|su|sus|que|de)\s"
)
_THEM = re.compile(r"\s*(?:them|him|her)\s+(?!(?:to|that)\s)", re.IGNORECASE)
_TE = re.compile(r"\s*te\s+\w+en\b")
# "Pleading for your town to ..".
_FOR_YOURS = re.compile(r"\s*(?:your|the|all)\s(?:[\w'’]+\s){1,5}?to\s(?!(?:be|the|your|our|an?)\b)", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"\b(?:(?:не|снова|\w+но)\s+){0,3}\w+(?:(?<!ос)(?<!лас)(?<!час)ть|вести|нести|йти|спасти|чь|ться|тись)\b",
    re.IGNORECASE,
)
_MADE = frozenset(["hacemos", "hago", "hace", "hacen", "lanzamos", "lançamos", "fazemos", "lançons", "lanciamo"])
_BARE_ARTICLES = frozenset(["the", "die", "den", "la", "le", "les", "il", "el", "al la"])
_HEADLINE = re.compile(r"[^:.!?]{2,60}:\s+(?=\w)")  # "Tell the company: .."
_UP = re.compile(
    r"^.{0,120}?\b(?:auf(?:[,:]\s*|\s+(?=(?:\S+\s+){0,20}?(?:zu\s|\w+zu\w+en\b)))"
    r"|op,?\s+(?:om\s+)?(?!aan\b)(?=(?:\S+\s+){1,20}?te\s\w+n\b))"
)
_AND_DASS = re.compile(r"(?:,|\b(?:und|en)) da(?:ss|ß|t)\s", re.IGNORECASE)
# "To see to it that .. and that ..": the demands are what follows.
_SEEN_TO = re.compile(
    r"(?:sich )?(?:dafür|darauf) (?:sorge )?(?:(?:zu sorgen|zu tragen|einzusetzen|hinzuwirken)|zu achten), (dass|"
    r"daß)\s+"
    r"|er ?(?:voor te zorgen|op toe te zien) (dat)\s+",
    re.IGNORECASE,
)
_OF = frozenset(["of", "from", "von", "de", "du", "da", "do", "di", "del", "od", "av", "van", "от"])
_WITH_UP = ("forder", "ruf", "roep", "aufforder")
# What stands between a demanding word and the office of which something is demanded.
_WHOM = re.compile(
    r"\s*(?:of|from|do|da|dos|das|del|della|dello|dei|delle|dal|au|aux|à l['’]|à la|à|al|a|a la|a los|a las|allo|alla|"
    r"all['’]|agli|ai|alle|ao|aos|às|od|av|от|von|vom|van|the|die|den|el|la|le|les|il)(?:\s|(?<=['’]))",
    re.IGNORECASE,
)
_BARE_WHOM = re.compile(rf"\s*(?:\w+\s+){{1,4}}?o\s+{_ACTION}", re.IGNORECASE)  # "žádáme ministra o zrušení"
# Without a preposition, as in Slavic languages: "žádáme ministra, aby ..".
_CLAUSE = re.compile(
    r"[^,.;:]{2,60},\s+(?:aby\w{0,4}|by|żeby\w{0,4}|чтобы|dass|daß)\s+|\s*(?:de|het|uw)\s[^,.;:]{2,60}?\s(?:om|dat)\s+",
    re.IGNORECASE,
)
_HONOR = re.compile(
    r"\b(?:(?:ihm|ihnen|him|them|lui|loro|ele|eles|hem|niego|nich|něj|ham|него|них)\b|v\.? ?ex[a-zª]{0,3}\b|vossa |"
    r"sua excel|su excel|vuestra|usted|ustedes|votre excel|your excel|vostra ecc|sua ecc|wasz|vaš|deres eks)",
    re.IGNORECASE,
)

_RELATIVE = re.compile(
    r"[^,.;:]{2,60},\s+(?:(?:de|a|en|por)\s+(?:la|el|los|las)\s+que|del que|al que|(?:a )?quien(?:es)?|"
    r"(?:of )?wh(?:o|om|ich)|qui|dont|(?:del|della) quale|(?:di )?cui|do qual|da qual|"
    r"któr\w{1,3}|který|která|které|котор\w{2,3})"
    r"\s(?:[^,.;:]|\b[A-Z]\.){2,80}(?=,)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?![^(]{0,60}?\b(?:to|om|auf|aby|żeby|чтобы) )[^,.;:()]{2,60}\([^()]{3,160}\)"
)  # "the firm (a@b.example) to .."
_HONORED = re.compile(
    r"\s*(?:a |à |ao )?(?:vossas? excelências?|v\.? ?ex\w*\.?|usted(?:es)?|sus? excelencias?)\s+(?=\w)", re.IGNORECASE
)


def opening_of(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return where it begins in `told` what the one who is called upon is to do, and the word that opens it.

    Of a demand only where an office is called upon first: "we demand of the minister that ..". `start` is where
    `told` stands in the page.
    """
    match = _UP.match(told) if _is_split(page, mark) else None
    if match:
        return match.end(), ""
    return _of_call(page, mark, start, told) if mark.kind == "calling" else _of_demand(page, mark, start, told)


def _is_split(page: Page, mark: Mark) -> bool:
    """Tell whether an asking word has its other half behind the one who is called upon: "fordert .. auf"."""
    return any(page.words[index].text.startswith(_WITH_UP) for index in (mark.first, mark.last))


def _of_demand(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return the opening behind the office of which something is demanded, or behind that office itself."""
    last_word = page.words[mark.last].text
    if pronoun := _PRONOUN_TO.match(told):
        return pronoun.end(), "to"
    if last_word in THATS or last_word == "for":
        match = _FOR_YOURS.match(told) if last_word == "for" else None
        return (match.end(), "to") if match else None
    return _of_whom(page, mark, start, told)


def _of_whom(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return the opening behind the one of whom something is demanded."""
    if by_name := named_whom(told):
        return by_name
    whom = _WHOM.match(told)
    if not whom:
        match = _CLAUSE.match(told) or _BARE_WHOM.match(told)
        return (match.end(), "") if match and _office_end(page, mark, start + match.end()) else None
    match = _TO.search(told, whom.end(), LONGEST) or _INFINITIVE.search(told, whom.end(), LONGEST)
    last = _office_end(page, mark, start + (match.start() if match else min(LONGEST, len(told))))
    if last or _HONOR.search(told[: min(40, match.start() if match else 40)]):
        return _of_office(told, whom[0], match, max(0, last - start))
    first = page.word_at(start + whom.end())
    is_deed = bool(match and page.marks_between(first, page.word_at(start + match.start()), "deed"))
    return _of_anybody(told, whom[0].strip().lower(), match, is_deed=is_deed) if match else None


def _of_office(told: str, whom: str, match: re.Match[str] | None, past: int) -> tuple[int, str] | None:
    """Return the opening behind an office that ends at `past`, or behind one who is spoken to with honour."""
    honored = _HONORED.match(told)
    if honored and not match:
        return honored.end(), ""
    if match and not (past and match[0] == ", "):
        return _behind(match, told)
    return (past, "") if past and whom.strip().lower() not in _BARE_ARTICLES else None


def _of_anybody(told: str, whom: str, match: re.Match[str], *, is_deed: bool) -> tuple[int, str] | None:
    """Return the opening behind somebody who is no office by name: "al Comune di riaprire ..", "of them that .."."""
    if whom in _BARE_ARTICLES:
        return None
    if match.re is _INFINITIVE or match["inf"]:
        return None if is_deed else _behind(match, told)
    return (match.end(), match["word"]) if (match["word"] or "").lower() in THATS and whom in _OF else None


def _of_call(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return the opening behind the one who is called upon."""
    if page.words[mark.first].text == "ruft":  # by telephone, without its "auf"
        return None
    if opened := _at_once(page, mark, told):
        return opened
    past = _past_relative(told)
    matches = (_TO.search(told, past, past + LONGEST), _INFINITIVE.search(told, 0, LONGEST))
    match = min(filter(None, matches), key=lambda one: one.start(), default=None) or _DO.match(told)
    if match and match[0].startswith(","):
        match = _SLAVIC.search(told, match.start(), LONGEST) or match
        last = _office_end(page, mark, start + match.start()) - start
        if match[0].startswith(",") and last > 0 and names_deed(told[last : match.start()]):
            return last, ""
    if match and not (
        match[0].strip() == "," and page.words[mark.first].text in _MADE
    ):  # "hacemos un llamado por .., .."
        return _behind(match, told)
    last = _office_end(page, mark, start + min(LONGEST, len(told)))
    return (last - start, "") if last else None


def _at_once(page: Page, mark: Mark, told: str) -> tuple[int, str] | None:
    """Return the opening where nobody, or only a pronoun, stands before it: "say that ..", "tell them get her out"."""
    is_telling = page.words[mark.first].text == "tell"
    if mark.last > mark.first and page.words[mark.last].text in THATS:
        return 0, page.words[mark.last].text
    if _TE.match(told):
        return 0, "te"
    if _AT_ONCE.match(told):
        return 0, ""
    them = _THEM.match(told) if is_telling else None
    if them and names_deed(told[them.end() :]):
        return them.end(), ""
    whom = _YOU.match(told) or (_HEADLINE.match(told) if is_telling else None)
    return (whom.end(), "to" if is_telling else "") if whom else None


def _past_relative(told: str) -> int:
    """Return where a relative clause or an aside about the one who is called upon ends; 0 where there is none."""
    if aside := _ASIDE.match(told):
        return aside.end()
    match = _RELATIVE.match(told)
    opened = _TO.search(told) if match else None
    return match.end() if match and not (opened and opened.start() < told.index(",")) else 0


def opened_again(page: Page, start: int, told: str) -> list[tuple[int, int]]:
    """Return the bounds of what each is to do, where several are called upon: ".. to release A, and on B to pay C"."""
    found, begin = [], 0
    for again in _AGAIN.finditer(told):
        first, past = page.word_at(start + again.start("whom")), page.word_at(start + again.end("whom"))
        is_named = any(page.text[word.start].isupper() for word in page.words[first:past])
        if is_named or page.marks_between(first, past, "office", "embassy"):
            found.append((begin, again.start()))
            begin = again.end()
    return [*found, (begin, len(told))]


def _behind(match: re.Match[str], told: str) -> tuple[int, str]:
    """Return where the demand begins that a word opens, a "not" before it and an infinitive itself included."""
    if told[: match.start()].endswith(" not "):
        return match.start() - len("not "), ""
    if match.re is _INFINITIVE:
        return match.start(), ""
    if (seen_to := _SEEN_TO.match(told, match.end())) and _AND_DASS.search(told, seen_to.end()):
        return seen_to.end(), (seen_to[1] or seen_to[2]).lower()
    return match.end(), "" if match.re is _DO else match["inf"] or match["word"] or ""


def _office_end(page: Page, mark: Mark, past: int) -> int:
    """Return where the office ends that stands near behind a mark and before an offset; 0 where there is none."""
    offices = page.marks_between(mark.last + 1, min(page.word_at(past), mark.last + MOST_WORDS), "office", "embassy")
    return page.words[offices[0].last].end if offices else 0
