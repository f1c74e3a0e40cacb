"""Whose office is addressed, and in which regions may the numbers be? Countries counted where they stand.

Law: a country beside an office or an embassy, or in the title, counts for more than one that is merely told of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from mailer.core.drafting.drafts import Found
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page
from mailer.core.drafting.towns import MOST_WORDS, named_towns, names_read

NEAR = 4  # words between a country and the office that is its own
TITLE_LINES = 3
MOST_TITLE_LINES = 40
LONGEST_TOP = 200  # characters
OF_TITLE = 4  # what a name weighs in the title
OF_OFFICE = 3  # beside an office
OF_TOP = 3  # in another line above
OF_INSTITUTION = 2  # what one weighs that only this country has
MOST_BESIDE_OFFICE = 2  # what a town weighs that is named beside an office: others are named there as well
MOST_OF_TOWN = 4  # how often one town counts
LONGEST_WORD = 40
OF_LANGUAGE = 1  # what it weighs that the appeal is in its language, if it is named at all
OF_NUMBER = 2  # what it weighs that somebody who is to be written to is dialled there
OF_GUESS = 1  # what it weighs that numbers were understood there
MOST_NUMBERS = 2  # of one country that count
MOST_INSTITUTIONS = 2  # of one country that count
MOST_MENTIONED = 8  # times that institutions of one country are looked at

_INSTITUTIONS = {
    code: re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
    for code, names in {
        "GB": "home office|home secretary|crown court|downing street|scotland yard|old bailey|magistrates['’] court|"
        "county council|borough council|hmp|immigration removal centre|trades council|employment tribunal|westminster",
        "US": "district attorney|u\\.?s\\. attorney|departments? of corrections?|state senator|county jail|"
        "correctional (?:facility|institution|center)|commissary|sheriff['’]s office|nlrb|right-to-work",
        "IE": "garda|gardaí|taoiseach|tánaiste|oireachtas|dáil",
        "DE": "landratsamt|amtsgericht|arbeitsgericht|betriebsrat\\w*|jva|bundestag|regierungspräsidium",
        "IT": "prefettura|questura|procura della repubblica|asl|parlamento italiano",
        "ES": "guardia civil|audiencia nacional|subdelegación del gobierno|delegación del gobierno|comisiones obreras",
        "BR": "incra|ibama|funai|polícia militar|ministério público federal",
        "FR": "préfecture|centre de rétention|oqtf|prud['’]hommes|conseil général|inspection du travail",
        "RU": "фсин|уфсин|госдума|росгвардия",
    }.items()
}
_OF_LANGUAGE = {
    **{"en": "GB US IE AU NZ CA ZA", "ru": "RU KZ BY", "de": "DE AT CH", "fr": "FR BE CH", "es": "ES MX AR CL CO"},
    **{"it": "IT CH", "pt": "PT BR", "nl": "NL BE", "pl": "PL", "cs": "CZ SK", "no": "NO", "tr": "TR", "fil": "PH"},
}
_AT_HOME = {"de": "DE", "it": "IT", "pl": "PL", "cs": "CZ", "nl": "NL", "no": "NO", "tr": "TR", "fil": "PH"}
# Of America, in most languages; and "cheques", which are no Czechs.
_OTHERS = ("indiani", "indiane", "indián", "indiáni", "chequ")
_NO_ENDS = tuple("bfghlmpqvwxбвглмпрт")  # no name of a country or a people goes on with these
_DOMAINS = {"uk": "GB", "su": "RU", "eu": ""}


def named_countries(page: Page, lore: Lore, first: int = 0, past: int = MOST_WORDS) -> Iterator[tuple[int, str]]:
    """Yield the countries that are named, each with the index of its word; no name within a longer one."""
    for index, code, _ in names_read(page, lambda at: _country_at(page, lore, at), first, past):
        yield index, code


def _country_at(page: Page, lore: Lore, index: int) -> tuple[str, int]:
    """Return the country whose name begins at a word, whole or by its stem, and of how many words it is."""
    code, count = _phrase(page, lore, index)
    return code or _stemmed(page.words[index].text, lore), count


def _phrase(page: Page, lore: Lore, index: int) -> tuple[str, int]:
    """Return the country whose name begins at a word, and of how many words it is."""
    words = [word.text for word in page.words[index : index + 4]]
    for count in range(len(words), 0, -1):
        code = lore.country_names.get(" ".join(words[:count]))
        if code and not (count == 1 and len(words[0]) < 4 and not _is_capitals(page, index)):
            return code, count
    return "", 0


def _is_capitals(page: Page, index: int) -> bool:
    """Tell whether a word is written in capitals: "US", and not "us"."""
    word = page.words[index]
    return page.text[word.start : word.end].isupper()


def _stemmed(word: str, lore: Lore) -> str:
    """Return the country whose stem a word begins with, the longest stem first."""
    if not 4 <= len(word) <= LONGEST_WORD or word.startswith(_OTHERS):
        return ""
    for length in range(len(word), 3, -1):
        code = lore.country_stems.get(word[:length])
        if code and _may_end(word[length:], 6 if not word.isascii() else 4 if length > 5 else 3):
            return code if word not in lore.towns else ""
    return ""


def _may_end(end: str, longest: int) -> bool:
    """Tell whether a country's name, or its people's, may go on like that behind its stem: "Danila" is no Dane."""
    return len(end) <= longest and end[:1] not in _NO_ENDS and not end.startswith(("st", "ios"))


@dataclass(frozen=True, slots=True)
class Named:
    """The countries that a text names, in their order, and how much each of them counts, or a town of it."""

    codes: tuple[str, ...]
    weights: Mapping[str, int]


def country_of(
    named: Named, mails: Sequence[str], language: str = "", called: Sequence[str] = (), guessed: Sequence[str] = ()
) -> Found:
    """Return the country whose authority or company is addressed; doubtful where a second one is as likely.

    `called` are the countries that numbers of those who are to be written to are dialled in; `guessed` those in which
    numbers without a code were understood.
    """
    weights = Counter(named.weights)
    for mail in mails:
        code = _of_domain(mail)
        if code:
            weights[code] += 2
    for code, count in Counter(called).items():
        weights[code] += OF_NUMBER * min(count, MOST_NUMBERS)
    for code in set(guessed):
        weights[code] += OF_GUESS
    if not weights:
        return _of_language(language)
    for code in weights.keys() & set(_likely(language)):
        weights[code] += OF_LANGUAGE
    if weights["CD"]:  # "Congo" alone is its neighbour's name
        weights["CD"] += weights.pop("CG", 0)
    (first, most), *others = weights.most_common(2)
    doubt = f"or {others[0][0]}?" if others and others[0][1] * 10 >= most * 9 else ""
    return Found(first, doubt)


def read_named(page: Page, lore: Lore, title: str) -> Named:
    """Return the countries that are named, and how much each counts, a town or an office of it included."""
    weights: Counter[str] = Counter()
    offices = {mark.first for mark in page.marks if mark.kind in ("office", "embassy")}
    found = list(named_countries(page, lore))
    for index, code in found:
        weights[code] += _weight(page, index, offices, title)
    for code, institutions in _INSTITUTIONS.items():
        known = {match[0].lower() for match in islice(institutions.finditer(page.text), MOST_MENTIONED)}
        if known:
            weights[code] += OF_INSTITUTION * min(len(known), MOST_INSTITUTIONS)
    for town in sorted(named_towns(page, lore), key=lambda town: len(town.codes)):
        at = [index for index in town.at[:MOST_OF_TOWN] if not _is_of_embassy(page, index)]
        weight = sum(min(_weight(page, index, offices, title), MOST_BESIDE_OFFICE) for index in at)
        for code in (weights.keys() & set(town.codes) or town.codes) if weight else ():
            weights[code] += weight if len(town.codes) == 1 else 1
    return Named(tuple(dict.fromkeys(code for _, code in found)), weights)


def _is_of_embassy(page: Page, index: int) -> bool:
    """Tell whether a town stands in the sentence of an embassy, which is in another country than its own."""
    return page.has(page.sentence_at(page.words[index].start), "embassy")


def _weight(page: Page, index: int, offices: Container[int], title: str) -> int:
    """Return how much it says that a country, or a town of it, is named by a word."""
    word = page.words[index]
    sentence = page.sentence_at(word.start)
    is_top = sentence.line <= TITLE_LINES and sentence.end - sentence.start < LONGEST_TOP
    is_title = sentence.line <= MOST_TITLE_LINES and page.told(sentence)[:LONGEST_TOP].strip(" .:*") in title
    is_near = any(near in offices for near in range(index - NEAR, index + NEAR))
    return OF_TITLE if is_title or (is_top and not title) else OF_OFFICE if is_near else OF_TOP if is_top else 1


def _of_language(language: str) -> Found:
    """Return the only country where most speak the language of an appeal that names no place."""
    spoken = _AT_HOME.get(language, "")
    return Found(spoken, "assumed from the language") if spoken else Found("", "the text names no country")


def _of_domain(mail: str) -> str:
    """Return the country of an address's domain; an address under .gov is of the United States."""
    last = mail.rpartition(".")[2].lower()
    code = _DOMAINS.get(last, last.upper() if len(last) == 2 else "US" if last in ("gov", "mil") else "")
    return "" if code in ("TV", "ME", "IO", "CO", "CC") else code


def regions_of(country: str, language: str, mails: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """Return the regions whose numbers the text may spell without a country code.

    First those that it names, the likeliest at the front; after an empty one those where its language is spoken.
    """
    domains = [code for code in map(_of_domain, mails) if code]
    told = dict.fromkeys(code for code in (*_local(language, named), country, *domains, *named) if code)
    return (*told, "", *(code for code in _likely(language) if code not in told))


def _likely(language: str) -> list[str]:
    """Return the regions where a language is spoken by most."""
    return _OF_LANGUAGE.get(language, "").split()


def _local(language: str, named: Sequence[str]) -> list[str]:
    """Return those regions of a language that the text names: whose readers need no country code."""
    return [code for code in _likely(language) if code in named]
