"""Who is called upon, and where does begin what they are to do? "Urge the minister to ..", "fordert ihn auf, ..".

Law: one pass over the beginning of what follows an asking word; without an office, or a word that opens a clause,
nobody is called upon.
"""

from __future__ import annotations

import re

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page

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
_ACTION = r"(?=(?:\w+\s+){0,2}\w+(?:nie|nia|cie|cia|ní)\b)"
_TO = re.compile(
    r"\b(?P<word>to|that|dass|daß|que|qu['’]|che|by(?= \w+li\b)|aby\w{0,4}|żeby\w{0,4}|om|чтобы|å)\s+"
    r"|\b(?:(?:à ce qu|pour qu|afin qu|para qu|a qu)(?:e\s+|['’])|(?:affinch[eé]|perché|opdat|damit)\s+)"
    r"|\bauf\b,?\s+|\bop aan\b,?\s+(?:(?:om|dat)\s+)?"
    rf"|\b(?P<inf>d['’]|(?:de|di|à|a|ad|para|per)\s+){_VERB}"
    rf"|\b(?:do|k|ke)\s+|\bo\s+{_ACTION}|,\s+(?:(?:by|om)\s+)?(?=\w)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\s*(?:u|hem|hen|вас)\s+(?!op\b)(?:om\s+|dat\s+|чтобы\s+)?", re.IGNORECASE)
_TE = re.compile(r"\s*te\s+\w+en\b")
# "Pleading for your town to ..".
_FOR_YOURS = re.compile(r"\s*(?:your|the|all)\s(?:[\w'’]+\s){1,5}?to\s(?!(?:be|the|your|our|an?)\b)", re.IGNORECASE)
_INFINITIVE = re.compile(r"\b(?:(?:не|снова|\w+но)\s+){0,3}\w+(?:ть|ти|чь|ться|тись)\b", re.IGNORECASE)
_HEADLINE = re.compile(r"[^:.!?]{2,60}:\s+(?=\w)")  # "Tell the company: .."
_UP = re.compile(r"^.{0,120}?\bauf(?:[,:]\s*|\s+(?=(?:\S+\s+){0,20}?(?:zu\s|\w+zu\w+en\b)))")
_OF = frozenset(["of", "from", "von", "de", "du", "da", "do", "di", "del", "od", "av", "van", "от"])
# After these nobody is called upon any more.
_THATS = frozenset(["that", "dass", "daß", "que", "qu'", "qu’", "che", "dat", "żeby", "aby", "чтобы", "at"])
_WITH_UP = ("forder", "ruf", "roep", "aufforder")
# What stands between a demanding word and the office of which something is demanded.
_WHOM = re.compile(
    r"\s*(?:of|from|do|da|dos|das|del|della|dello|dei|delle|dal|au|aux|à l['’]|à la|à|al|a|a la|a los|a las|allo|alla|"
    r"all['’]|agli|ai|alle|ao|aos|às|od|av|от|von|vom|van|the|die|den|el|la|le|les|il)(?:\s|(?<=['’]))",
    re.IGNORECASE,
)
# Without a preposition, as in Slavic languages: "žádáme ministra, aby ..".
_CLAUSE = re.compile(r"[^,.;:]{2,60},\s+(?:aby\w{0,4}|by|żeby\w{0,4}|чтобы|dass|daß)\s+", re.IGNORECASE)
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
    if last_word in _THATS or last_word == "for":
        match = _FOR_YOURS.match(told) if last_word == "for" else None
        return (match.end(), "to") if match else None
    return _of_whom(page, mark, start, told)


def _of_whom(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return the opening behind the one of whom something is demanded."""
    whom = _WHOM.match(told)
    if not whom:
        match = _CLAUSE.match(told)
        return (match.end(), "") if match and _office_end(page, mark, start + match.end()) else None
    match = _TO.search(told, whom.end(), LONGEST)
    past = start + (match.start() if match else min(LONGEST, len(told)))
    last = _office_end(page, mark, past)
    if last or _HONOR.search(told[:40]):
        honored = _HONORED.match(told)
        if honored and not match:
            return honored.end(), ""
        is_clause = match and not (last and match[0].startswith(","))
        if match and is_clause:
            return match.end(), match["inf"] or match["word"] or ""
        return (last - start, "") if last and whom[0].strip() not in ("the", "die", "la", "le", "il", "el") else None
    if match and (match["word"] or "").lower() in _THATS and whom[0].strip().lower() in _OF:
        return match.end(), match["word"]
    return None


def _of_call(page: Page, mark: Mark, start: int, told: str) -> tuple[int, str] | None:
    """Return the opening behind the one who is called upon."""
    first = page.words[mark.first].text
    if first == "ruft":  # by telephone, without its "auf"
        return None
    if _TE.match(told):
        return 0, "te"
    whom = _YOU.match(told) or (_HEADLINE.match(told) if first == "tell" else None)
    if whom:
        return whom.end(), "to" if first == "tell" else ""
    match = _TO.search(told, _past_relative(told), LONGEST) or _INFINITIVE.search(told, 0, LONGEST)
    if match:
        return _behind(match, told)
    last = _office_end(page, mark, start + min(LONGEST, len(told)))
    return (last - start, "") if last else None


def _past_relative(told: str) -> int:
    """Return where a relative clause about the one who is called upon ends; 0 where there is none."""
    match = _RELATIVE.match(told)
    return match.end() if match else 0


def _behind(match: re.Match[str], told: str) -> tuple[int, str]:
    """Return where the demand begins that a word opens, a "not" before it and an infinitive itself included."""
    if told[: match.start()].endswith(" not "):
        return match.start() - len("not "), ""
    if match.re is _INFINITIVE:
        return match.start(), ""
    return match.end(), match["inf"] or match["word"] or ""


def _office_end(page: Page, mark: Mark, past: int) -> int:
    """Return where the office ends that stands near behind a mark and before an offset; 0 where there is none."""
    offices = page.marks_between(mark.last + 1, min(page.word_at(past), mark.last + MOST_WORDS), "office", "embassy")
    return page.words[offices[0].last].end if offices else 0
