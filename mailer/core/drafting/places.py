"""How much does a part of a line look like a piece of a postal address? Points for streets, codes, boxes and countries.

Law: two points are enough for an address; what has more common words than names is prose, and none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailer.core.drafting.addressees import FIRM
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page

ENOUGH = 2  # points
LONGEST = 200  # characters of one line of an address
SHORTEST = 12
PROSE = -9  # points of what cannot be a piece of an address
MOST_LOWER = 0.34  # of its words
SHORT = 5  # words of a line that an office may fill
LONG = 12  # words of one in which many plain words are prose
MOST_WORDS = 30
MOST_BEFORE = 28  # words of a line whose last may be its country

_CODE = re.compile(
    r"\b(?:\d{5}-\d{3,4}|(?<!\d[-/])\d{5,6}(?![-/]\d| (?:de|of|vom|du|del|z|от) (?:19|20)\d\d)|\d{2}-\d{3}|"
    r"(?<!\d )\d{3} \d{2,3}(?! \d)|"
    r"(?!19|20)\d{4} ?[A-Z]{2}|"
    r"\d{4} ?[A-Z]{2}(?= {1,2}[A-Z]['a-z])|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3},? \d{5}(?! ?\d)|"
    r"[A-Z]{2,3} (?!19|20)\d{4}|[A-Z]-?\d{4,5}|[A-Z]\d[A-Z] ?\d[A-Z]\d|(?<![\d)][ .-])\d{3}-\d{4}|\d{4}-\d{3}|"
    r"(?<=[a-z])(?: ?[-–] ?)\d{4,6}(?![\d-])|"
    r"(?<=, )[^\W\d_a-zß-ÿ][\w'’-]+ (?!19|20)\d{4}(?=[,;.]?$)|"
    r"(?:NSW|ACT|VIC|QLD|WA|SA|TAS|NT),? \d{4}|(?!19|20)\d{4}(?= [^\W\d_a-zß-ÿ]))\b"
)
_COUNTRY_CODE = re.compile(r"[A-Z]-\d{4}")  # "F-59650"
# "020 7946 0100", "(98) 95555-0100": a number to call, and no code of a town.
NUMBER = re.compile(
    r"(?:\(\+?\d{1,4}\) ?|(?<![\w.])(?:\+\d{1,3}|0\d{1,4}|\d{3})[ .-])\d{2,5}(?:[ .-]\d{2,5}){1,4}(?![\w-])|"
    r"(?<![\w.])0\d{2,4}[ /-]\d{6,8}(?![\w-])"
)
OCLOCK = re.compile(r"\d{1,2}(?:[.:h]\d\d)? ?(?:uhr|pm|p\.m\.|am|a\.m\.|hrs?|h)\b", re.IGNORECASE)  # of an event
# "Press release no. 12-2015", "page 3", "3 comments": a number, and no house.
_PAPER = re.compile(
    r"\b(?:nota de prensa|nota à imprensa|comunicado|communiqu[ée]|press release|statement|resolution|resolución|"
    r"resolução|"
    r"motion|bulletin|boletín|boletim|newsletter|infobrief|rundbrief|nieuwsbrief|pressemitteilung|page|seite|página|"
    r"pagina|strona|strana|report|bericht|informe|relatório|rapport|rapporto|raport|expediente|decreto|decree|ley|lei|"
    r"legge|gesetz|law)\b[^\d,]{0,12}\d"
    r"|^\d+ (?:comments?|repl(?:y|ies)|responses?|kommentare?|commentaires?|comentarios?|comentários?|commenti|"
    r"reacties)\b"
    r"|\d ?[€$£¥₽₺%]|[€$£¥₽₺] ?\d|\b[A-Z]{2} ?\d{2}(?: ?\d{4}){3}|__|\d{5}[.-]\d{5,7}/\d{4}",
    re.IGNORECASE,
)
_COUNTED = re.compile(  # "about 1500 People": no code
    r"\b(?:about|over|some|around|nearly|than|approximately|etwa|rund|circa|zirka|ca\.?|über|als|fast|knapp|environ|"
    r"plus de|près de|quelque|unos|unas|más de|cerca de|casi|oltre|più di|quasi|mais de|uns|umas|quase|ongeveer|bijna|"
    r"około|ponad|prawie|asi|přes|než|skoro|rundt|enn|nesten|около|более|почти|свыше|yaklaşık|aşkın) \d+",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\b\d{1,5}(?:[/-]\d{1,4})?[a-zA-Zа-яА-Я]?\b")
_NUMBERED = re.compile(r"(?:^|[ ,])(?:No|Nr|N[º°]|nº|n°|№|Number|#)\.? ?\d{1,5}\b(?! ?[-–] ?[^\W\d])", re.IGNORECASE)
_CORNER = re.compile(r"\b(?i:esq\.|esquina|cor\.|cnr\.?|corner of|róg) ?(?:con |de |z )?[^\W\d_a-zß-ÿ]")
_IN_YEAR = re.compile(
    r"\b(?:en el|en|in|im|em|nel|w|v|since|desde|seit|depuis|dal|od|sinds) (?:19|20)\d\d\b", re.IGNORECASE
)
_VOLUME = re.compile(
    r"(?:vol|volume|issn|isbn|issue|ua|index|no|nr|case|article|page|tel|fax)\b[.:]? ?\d", re.IGNORECASE
)
_STREET_FIRST = (
    r"[^\W\d_a-zß-ÿ][\w.'’-]+(?: (?:(?:de|du|des|la|le|of)\.? )?[^\W\d_a-zß-ÿ][\w.'’-]*){0,3},? "
    r"(?!(?:19|20)\d\d$)\d{1,4}[a-zA-Z]?(?:/\d{1,3})?"
)
_BARE_STREET = re.compile(
    r"\d{1,5}(?:[-/]\d{1,4}){0,2}[a-zA-Z]?,? (?:(?:de|du|des|la|le|of|the|St)\.? )?[^\W\d_a-zß-ÿ][\w.'’-]*"
    r"(?: (?:(?:de|du|des|la|le|of)\.? )?[^\W\d_a-zß-ÿ][\w.'’-]*){0,3}"
    rf"|{_STREET_FIRST}"
)
STREET_END = re.compile(
    r"(?:stra(?:ß|ss)e|str|allee|weg|platz|gasse|ring|damm|ufer|chaussee|promenade|steig|laan|straat|gracht|plein|"
    r"singel|dreef|kade|gata|gatan|gaten?|veien?|vägen|torget?|vej|gade|plads|utca|tie|katu)$",
    re.IGNORECASE,
)
_PROSE = re.compile(r"(?<![\w'’])[a-zа-яё]{5,}(?![\w'’])")
_SENTENCES = re.compile(r"[.!?] [A-Z]\w+ [a-z]+ [a-z]+")
_BREAK = re.compile(r"[:;()\[\]!?\n“”\"|]| [–—-] ")
# "Example Road (PO Box 305), Town", "Valserena (BS)": brackets that part no address.
_ASIDE = re.compile(r"\(([^()\n\d]{0,20}\d[^()\n]{0,12}(?=\),)|\d{4,6}|[^\W\d_a-zß-ÿ]{2,4})\)")
_DAY = re.compile(r"\b[0-3]?\d [^\W\d]{3,} (?:19|20)\d\d\b")  # "7 January 2025"
# "Rua 17 de Setembro", "23 July Street": named after a day.
_DAY_STREET = re.compile(
    r"\b(?:(?:rua|calle|c/|avenida|avda?\.?|plaza|praça|largo|via|viale|piazza|rue du|avenue du|place du|bulevar|ul\.|"
    r"ulica|plac|pl\.|náměstí|улица|ул\.|площадь|пл\.) \d{1,2}\.? (?:de )?[^\W\d_]+|"
    r"\d{1,2}(?:st|nd|rd|th)? [^\W\d_]+ (?:street|st|road|rd|avenue|ave|square|sq)\b)",
    re.IGNORECASE,
)
_SMALL_TEXT = """
    a al an and c can care co d da dal das de del della delle dem den der des di do dos du e el et for für gli i in its
    dell all nell sull es ad ob unter im am bei auf ter ten l la las le les lo los na nad o of och og on or para per po
    pod pour pri pro s the to und van ve voor vom von w y z ze zu zum zur и по на при для dela delos delas bin ibn ben
    ould bint af av från vd st º ª s n обл пос г р д н ул пр кв корп стр мкр пер пл бул
    здание корпус строение офис кабинет квартал район край округ оф каб этаж ком дом подъезд помещение литера
    km moo soi floor level room suite block flat unit apt piso planta andar nivel bloque bloco apto dpto depto esq local
    lote mz sala loja cj conj étage bât bte bus esc piano scala int piętro lok pokój patro kat daire etasje
"""
_ALSO_COUNTRIES_TEXT = """
    viet nam|syrian arab republic|england|scotland|wales|northern ireland|great britain|burma|u s a|u k|palestine|
    russian federation|republic of korea|korea|lao pdr|laos|hong kong|ivory coast|dr congo|uae|u a e|holland|c a|
    timor leste|east timor|swaziland|macedonia|west bank|brunei|cape verde|czech republic|congo|gaza
"""
_WAYS_TEXT = """
    rue avenue boulevard allée quartier calle avenida carrera plaza paseo via viale piazza corso largo rua praça
    travessa ulica ulice улица площадь проспект переулок шоссе бульвар область город дом cedex zona colonia barrio
    edificio immeuble casella bairro centro gata vei strada stradone vicolo contrada località frazione salita lungomare
    chemin impasse place quai route cours square lieu-dit passage sentier camino carretera callejón pasaje glorieta
    ronda polígono urbanización estrada alameda beco rodovia alto lugar aleja plac osiedle náměstí třída nábřeží
    sídliště набережная тупик проезд микрорайон улице проспекте mahallesi caddesi sokak
"""
_TO = frozenset(["to", "an", "à", "au", "aux", "a", "al", "alla", "ao", "do", "aan", "til", "k"])
_AND = frozenset(["and", "und", "et", "y", "e", "en", "i", "og"])
_ARTICLES = frozenset(["the", "le", "la", "el", "il", "der", "die", "den", "dem", "de", "het", "o"])
_WAYS = frozenset(_WAYS_TEXT.split())
_SMALL = frozenset(_SMALL_TEXT.split())
_ALSO_COUNTRIES = frozenset(name.strip() for name in _ALSO_COUNTRIES_TEXT.split("|"))


def points(page: Page, span: tuple[int, int], lore: Lore, *, is_labelled: bool) -> int:
    """Return how much a part looks like (a line of) an address: 2 is enough, below -1 it is none."""
    told = page.text[span[0] : span[1]]
    first, past = page.word_at(span[0]), page.word_at(span[1])
    words = [page.text[word.start : word.end] for word in page.words[first:past]]
    marks = {mark.kind for mark in page.marks_between(first, past) if not _is_each(page, mark)}
    named = [word for word in words if len(word) > 1 and word[0].isalpha()]
    if (
        (not named and not ("box" in marks and told[-1].isdigit()))
        or _PAPER.search(told)
        or "@" in told
        or told[-1] in "!?"
        or _is_prose(page, told, (first, past))
        or _is_dated(re.findall(r"[^\W_]+", _DAY_STREET.sub("", told)), lore)
    ):
        return PROSE
    is_in_country = ends_in_country(words, lore) and len(words) < MOST_BEFORE
    has_street = _has_street(told, words, marks)
    score = 2 * has_street + 2 * ("box" in marks and bool(re.search(r"\d", told)))
    score += 2 * bool(_CODE.search(_COUNTED.sub("", NUMBER.sub("", told)))) + (told.count(",") >= 2) + 2 * is_labelled
    score += is_in_country * (1 + ("street" in marks and not has_street))
    lower = sum(1 for word in words if word.islower() and len(word) > 3)
    score -= 3 * bool(marks & {"send", "demand", "calling", "about", "copy", "dear"} and lower > 1)
    return score - 2 * told.endswith(":") - 3 * bool(_SENTENCES.search(told))


def _has_street(told: str, words: Sequence[str], marks: set[str]) -> bool:
    """Tell whether a part has a street with a house number."""
    if not _HOUSE.search(_IN_YEAR.sub("", told)) or _VOLUME.match(told):
        return False
    if _CORNER.search(told):
        return True
    is_named = "street" in marks or any(map(STREET_END.search, words)) or bool(_NUMBERED.search(told))
    parts = re.split(r",\s+| [-–—] ", told.strip(" ,.;"))
    if not is_named and (marks & {"office", "embassy"} or any(map(FIRM.search, parts))):
        is_named = any(map(_BARE_STREET.fullmatch, parts[1:]))
    return is_named or (len(words) <= 6 and bool(_BARE_STREET.fullmatch(told.strip(" ,.;"))))


def _is_each(page: Page, mark: Mark) -> bool:
    """Tell whether "per" is said, and no lane is meant, which is cut short: "Example per. 2"."""
    return page.words[mark.first].text == "per" and page.text[page.span(mark)[1] : page.span(mark)[1] + 1] != "."


def is_bare_street(page: Page, span: tuple[int, int]) -> bool:
    """Tell whether a part has a number, and no word for a street or a box, no code and no comma beyond that."""
    told = page.text[span[0] : span[1]]
    first, past = page.word_at(span[0]), page.word_at(span[1])
    words = [page.text[word.start : word.end] for word in page.words[first:past]]
    kinds = [mark for mark in page.marks_between(first, past, "street", "box") if not _is_each(page, mark)]
    is_named = kinds or any(map(STREET_END.search, words)) or _CORNER.search(told)
    return not is_named and not _CODE.search(told) and told.count(",") < ENOUGH


def _is_prose(page: Page, told: str, span: tuple[int, int]) -> bool:
    """Tell whether a part has too many words, or too many that are no names."""
    kinds = page.marks_between(*span, "office", "embassy", "box") if span[1] - span[0] <= SHORT else ()
    known = {index for mark in kinds for index in range(mark.first, mark.last + 1)}
    words = [page.text[page.words[index].start : page.words[index].end] for index in range(*span)]
    lower = [word for index, word in enumerate(words, span[0]) if word.islower() and index not in known]
    count = sum(1 for word in lower if word not in _SMALL | _WAYS and word[0].isalpha() and len(word) > 2)
    plain = [word for word in _PROSE.findall(told) if word not in _WAYS]
    is_worded = len(plain) > (2 if len(words) > LONG else 5)
    return count / len(words) > MOST_LOWER or is_worded or len(words) > MOST_WORDS


def _is_dated(words: Sequence[str], lore: Lore) -> bool:
    """Tell whether a part is a date, perhaps with the place where it was written."""
    lowered = [word.lower() for word in words]
    is_month = any(word in lore.months and len(word) > 2 and word not in _SMALL for word in lowered)  # "des" is small
    is_day = is_month and bool(_DAY.search(" ".join(words)))
    return is_day or (is_month and len(words) <= 5 and any(word.isdigit() for word in words))


def ends_in_country(words: Sequence[str], lore: Lore) -> bool:
    """Tell whether the last words are the name of a country."""
    lowered = [word.lower() for word in words[-4:]]
    names = [" ".join(lowered[index:]) for index in range(len(lowered))]
    return any(name in lore.country_names or name in _ALSO_COUNTRIES for name in names)


def _is_to_another(page: Page, index: int, between: str) -> bool:
    """Tell whether another addressee begins at a word: ".. Exampletown, to the Mayor" and ".. and to the Mayor"."""
    word, before = page.words[index].text, page.words[index - 1].text if index else ""
    is_next = (word in _TO and ("," in between or before in _AND)) or (word in _ARTICLES and before in _AND)
    return is_next and bool(page.marks_between(index + 1, index + 4, "office", "embassy"))


def stretches(page: Page, words: tuple[int, int], hidden: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of prose that are names and numbers only, but none that is `hidden`."""
    marks = page.marks_between(*words, "fax", "phone", "mobile", "mail", "web", "dear")
    labels = {mark.first for mark in marks if not _COUNTRY_CODE.match(page.text, page.words[mark.first].start)}
    labels |= {index for start, end in hidden for index in range(page.word_at(start), page.word_at(end))}
    named = {mark.first for mark in page.marks_between(*words, "office", "street", "box")} - labels
    asides = _asides(page, words)
    begin = last = -1
    for index in range(*words):
        word = page.words[index]
        between = page.text[page.words[index - 1].end : word.start] if index else ""
        is_small = word.text in _SMALL or (between == "-" and last == index - 1)  # "Port-au-Prince"
        is_capital = index not in labels and not page.text[word.start].islower()
        is_named = not is_small and (is_capital or (begin >= 0 and index in named))
        is_apart = _is_to_another(page, index, between) or (
            bool(_BREAK.search(between)) and index not in asides and not (between == " - " and word.text[0].isdigit())
        )
        if begin >= 0 and (is_apart or not (is_small or is_named)):
            yield page.words[begin].start, page.words[last].end
            begin = -1
        if is_named or (is_small and between == "-" and begin >= 0):
            begin, last = (index if begin < 0 else begin), index
    if begin >= 0:
        yield page.words[begin].start, page.words[last].end


def _asides(page: Page, words: tuple[int, int]) -> set[int]:
    """Return the words before which a bracket parts no address: its first one, and the next behind it."""
    told = page.words[slice(*words)]
    start, end = (told[0].start, told[-1].end) if told else (0, 0)
    spans = [match.span(1) for match in _ASIDE.finditer(page.text, start, end) if not NUMBER.search(match[1])]
    return {page.word_at(at) for span in spans for at in span}
