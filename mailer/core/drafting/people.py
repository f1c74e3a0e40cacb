"""Who are the people of the case? Names in prose, beside what was done to them.

Law: no office, company or place is a person, nor whoever is written to; a name is doubtful unless the title has it too,
or the text tells of it often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mailer.core.drafting.country import named_countries
from mailer.core.drafting.dates import is_byline
from mailer.core.drafting.drafts import Found, FoundTarget, Role
from mailer.core.drafting.firms import FIRMS
from mailer.core.drafting.lexicon import Word
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence

MOST_PEOPLE = 6
MOST_NAMES = 60  # that are looked at
LEAST_SURNAME = 4  # letters
OFTEN = 3  # times that a name stands in the text
TWICE = 2  # and once beside what was done
LONGEST_POST = 60  # in which it is told of what somebody is the secretary
BESIDE = 9  # words between a name and what was done to that person
DOUBT = "a person of the case?"
BENT = "as the text bends it: what is the name itself?"

_PART = r"[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_NAME = re.compile(
    rf"\b(?:(?:[^\W\d_a-zß-öø-ÿа-яё]\. ?){{1,2}}(?={_PART})|)(?:{_PART})"
    r"(?: (?:[^\W\d_a-zß-öø-ÿа-яё]\. )?(?:(?:al|el|bin|bint|ibn|de|da|dos|del|van|von|der|la|al-|el-)[ -])?"
    rf"(?:{_PART})){{1,3}}\b|\b(?:[^\W\d_a-zß-öø-ÿа-яё]\. ?){{1,2}}(?:{_PART})\b"
    rf"|\b{_PART} [^\W\d_a-zß-öø-ÿа-яё]\.(?! ?[^\W\d_a-zß-öø-ÿа-яё])"
)
_NO_PEOPLE = (
    *("office", "embassy", "campaigners", "event", "street", "post", "mail", "fax", "phone", "web"),
    *("about", "ally", "imperative", "protest", "solidarity", "dear", "closing", "picket", "contact", "footer"),
)
_BODIES_TEXT = """
    socialist party union center centre studies movement group workers international human rights university street
    solidarity youth people news national press radio club society alliance association front party resistance
    amnesty network action european today social the this our your federation act decree ordinance
    constitution convention covenant declaration unit weekly daily times gazette tribune case index report
    statement
    barracks prison ministry province district region valley islands republic kingdom emergency programme
    program project foundation institute college school hospital church parish committee council commission assembly
    congress court board agency department division brigade battalion army force forces corps company bank market
    gesetz amt gericht verein verband bund zeitung décret syndicat ligue fédération ley decreto sindicato federación
    comité corporación comunidad legge sindacato comitato sindicato federação comissão vakbond ustawa
    związek
    zákon svaz lov forbund yasası sendikası derneği federasyonu закон союз профсоюз суд комитет партия
    correctional facility lawyers employees hotels programme fiscalía
    instituto institut empresa compañía fábrica planta kolonie mills factory plant mine airport
    kollege kolleginnen schreibt liebe kanzlei arbeitsgericht
"""
_BODIES = frozenset(_BODIES_TEXT.split())
_LAST_OF_BODIES = frozenset(
    ["law", "code", "bill", "hall", "hills", "port", "wet", "bond", "lei", "loi"]
)  # elsewhere a name
_BEFORE_PLACE_TEXT = """
    the in at near across throughout within der die das den dem im in aus bei nach la le les el los il lo gli nel nella
    nello dans chez à en w we v ve på i в во на het de te uit no na nos nas del della dello dei delle du des
"""
_OF = frozenset(
    ["de", "del", "di", "da", "do", "du", "dos", "das", "des", "della", "dello", "dei", "delle"]
)  # of a town, or of a person
_BEFORE_PLACE = frozenset(_BEFORE_PLACE_TEXT.split())
_PARTICLES_TEXT = "al el bin bint ibn de da dos del van von der la"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_BENDING = ("ru", "pl", "cs")
_OF_UNION = re.compile(
    r"union|syndica|sindica|sindaca|gewerkschaft|betriebsrat|vakbond|związk|odbor|fagforening|sendika|профсоюз|"
    r"workers|strike|movement|party|students|peasant|farmers|community",
    re.IGNORECASE,
)
_OWN = ("campaigners", "ally")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLES_TEXT = """
    mr mrs ms miss dr prof sir comrade brother sister father rev herr frau genosse genossin kollege kollegin tochter
    sohn monsieur madame camarade señor señora don doña camarada compañero compañera signor signora compagno compagna
    senhor senhora companheiro companheira meneer mevrouw pan pani towarzysz soudruh hr fru kamerat bay bayan yoldaş
    maître me mme mlle ato woizero daw pastor fr father bishop archbishop chief commodore captain colonel major
    lieutenant sergeant judge justice lawyer frère soeur père padre hermana hermano irmã irmão sor herrn
    kollegen genossen anarchist activist journalist editor adv atty engr hon lic ing dott avv
    анархиста анархист активист активиста журналист журналиста господин госпожа адвокат
    товарищ künstler künstlers künstlerin
"""
_OPENING_TEXT = """
    on after when while since before as for with if but and so also then today yesterday now am seit nach vor als wenn
    und aber auch heute gestern jetzt después cuando mientras desde y pero hoy ayer après quand pendant depuis et mais
    dopo quando mentre da e ma oggi ieri depois enquanto mas hoje ontem sinds toen terwijl en maar vandaag po gdy kiedy
    od ale dziś wczoraj když od ale dnes včera etter da mens siden og men dag ve ama bugün dün после когда и но сегодня
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
"""
# With these the name of a place begins; one of a person has more than two words then.
_PLACES_TEXT = """
    san santa santo são saint sainte st new nova novo nueva nuevo nuova upper lower north south east west northern
    southern
    eastern western mount lake port fort puerto ciudad villa serra sierra rio río camp el los las unser unsere diese
"""
_PLACES = frozenset(_PLACES_TEXT.split())
_SHORT_NAME = re.compile(r"(?<![\w.-])[^\W\d_a-zß-öø-ÿа-яё]{2,3}(?![\w.'’-])")  # "Example ASA", "Example TX"
# "said Ann Example": who speaks of the case.
_SAID_BEFORE = re.compile(
    r"\b(?:said|says|according to|told (?:us )?by|sagte?|erklärte?|laut|selon|(?:a )?déclaré|dijo|según|declaró|"
    r"ha detto|"
    r"secondo|disse|segundo|zei|volgens|powiedziała?|řekla?|ifølge|sa|сказала?|по словам)\W+$|"
    r"\b(?:his|her|their|[’']s|ihre?|sein|son|sa|leur|su|il suo|la sua|seu|sua|zijn|haar|jego|jej|jeho|její|его|её)"
    r"\W+(?:lawyer|solicitor|barrister|attorney|advocate|anwalt|anwältin|avocate?|abogad[oa]|avvocat[oa]|advogad[oa]|"
    r"advocaat|adwokat\w*|advokát\w*|avukat\w*|адвокат\w*),?\W+$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"\W{1,3}(?:said|says|told|adds|added|explains|explained|writes|wrote|sagt|sagte|erklärt|dijo|dice|déclare|explique|"
    r"ha detto|disse|diz|zei|zegt|powiedział\w?|řekl\w?|sier|dedi|сказал\w?|говорит|сообщил\w?)\b",
    re.IGNORECASE,
)
# "Ann Example, 34, ..", "(f), aged 27", "(19)": who is told of like that is of the case.
_AGED = re.compile(
    r"\W{1,3}(?:\((?:m|f|w|h|d|к|ж|м)\)|#?(?-i:[A-Z]{0,2})-?(?!(?:19|20)\d\d\b)\d{4,9}\b|aged \d\d|"
    r"(?:\((?:[mfwh], ?)?)?(?:aged |de |di |âgée? de |wiek |lat )?[1-9]\d"
    r"(?:\)|,| ?(?:years?|ans|años|anni|anos|jaar|jahre|lat|let|år|лет|года?|yaş\w*)\b))",
    re.IGNORECASE,
)
_JOINTS = ("@", ".", "/", "-", "_", "=")
_JOINED = re.compile(r"[@/_=-]|\.\w")
_NO_FIRST = frozenset((*_TITLES_TEXT.split(), *_OPENING_TEXT.split(), *_BEFORE_PLACE))
_QUOTES = ("“", '"', "‘", "'", "«", "„")


@dataclass(frozen=True, slots=True)
class Around:
    """What tells who is no person of the case: whose letter it will be, where the page ends, what it is about."""

    title: str
    language: str
    targets: tuple[FoundTarget, ...]
    is_case: Callable[[Sentence], bool]
    has_address: Callable[[Sentence], bool]


def people_of(page: Page, lore: Lore, around: Around) -> tuple[Found, ...]:
    """Return the people of the case: those of the title and those told of often, else who stands beside the deeds."""
    counts, hurt = _counted(page, lore, around)
    known = " ".join(_told(around.targets)).lower()
    title = around.title.lower()
    likely = [name for name, _ in counts.most_common(MOST_NAMES) if name in hurt or name.lower() in title]
    whole = [name for name in _whole(likely, counts) if name.lower() not in known]
    whole.sort(key=lambda name: (name.lower() not in title, -counts[name]))
    text = page.text.lower()
    in_title = {name for name in whole if name.lower() in title and text.count(name.lower()) > 1}
    sure = [name for name in whole if name in in_title or counts[name] >= (OFTEN if name not in hurt else TWICE)]
    known_well = sure or [name for name in whole if counts[name] > 1]
    mates = [name for name in whole if name not in known_well]
    mates = [name for name in mates if counts[name] > 1 or _is_listed(page, name, known_well)]
    chosen = (known_well + mates) or whole
    again = {name for name in chosen[:MOST_PEOPLE] if name in hurt and _is_told_again(page, name)}
    return tuple(Found(name, _doubt(name, around, is_sure=name in {*sure, *again})) for name in chosen[:MOST_PEOPLE])


def _is_told_again(page: Page, name: str) -> bool:
    """Tell whether the text goes on to call somebody by the surname alone: no firm and no town is called so."""
    surname = re.findall(r"[^\W_]+", name)[-1].lower()
    for index, word in enumerate(page.words[1:], 1):
        before = page.words[index - 1]
        is_alone = not page.text[before.start].isupper() or page.text[before.end : word.start] != " "
        if word.text == surname and is_alone and page.text[word.start].isupper() and before.end + 1 == word.start:
            return len(surname) >= LEAST_SURNAME
    return False


def _whole(names: Sequence[str], counts: Counter[str]) -> Iterator[str]:
    """Yield the names, of those that hold one another the one that stands there more often: "Artist Ann Example"."""
    for name in names:
        longer = [other for other in names if name in other and other != name]
        shorter = [other for other in names if other in name and other != name and counts[other] >= counts[name]]
        if not shorter and not any(counts[name] < counts[other] for other in longer):
            yield name


def _doubt(name: str, around: Around, *, is_sure: bool) -> str:
    """Return what is to be checked about a name."""
    if not is_sure or re.search(r" (?:von|van|del?|d[aeo]s?|della) ", name):
        return DOUBT
    return BENT if around.language in _BENDING else ""


def _counted(page: Page, lore: Lore, around: Around) -> tuple[Counter[str], set[str]]:
    """Return how often each name stands in prose, and those beside what was done to somebody."""
    counts: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    hurt: set[str] = set()
    common = {word.text for word in page.words if page.text[word.start].islower() and not _is_of_address(page, word)}
    for sentence in filter(around.is_case, page.sentences):
        if around.has_address(sentence) or is_byline(page, sentence) or not _is_prose(page, sentence):
            continue
        for name, first, past in _names(page, lore, sentence):
            if common & {word.text for word in page.words[first:past]} - _PARTICLES:
                continue
            counts[name] += 1
            is_hurt = _is_hurt(page, sentence, first, past)
            before = page.words[first - 1].text if first else ""
            placed[name] += before in _BEFORE_PLACE and not (is_hurt and before in _OF)
            hurt.update({name} if is_hurt else ())
    return Counter({name: count for name, count in counts.items() if 2 * placed[name] < count}), hurt


def _is_of_address(page: Page, word: Word) -> bool:
    """Tell whether a word is a piece of a mail or web address."""
    return page.text[word.start - 1 : word.start] in _JOINTS or _JOINED.match(page.text, word.end) is not None


def _is_hurt(page: Page, sentence: Sentence, first: int, past: int) -> bool:
    """Tell whether a word for what was done to people, or for what they are, stands near a name."""
    start, stop = page.words[first].start, page.words[past - 1].end
    if _AGED.match(page.text, stop):
        return True
    if _SAID_BEFORE.search(page.text, max(sentence.start, start - 40), start) or _SAID_AFTER.match(page.text, stop):
        return False
    begin, end = max(sentence.words[0], first - BESIDE), min(sentence.words[1], past + BESIDE)
    return any(page.marks_between(*reach, "case", "release", "outcome") for reach in ((begin, first), (past, end)))


def _is_prose(page: Page, sentence: Sentence) -> bool:
    """Tell whether most words of a sentence are no names: a heading with capitals tells nothing."""
    words = [page.text[word.start] for word in page.words[sentence.words[0] : sentence.words[1]]]
    return bool(words) and 2 * sum(map(str.isupper, words)) <= max(len(words), 6)


def _names(page: Page, lore: Lore, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """Yield what looks like the name of a person, with its first word and past its last."""
    at = sentence.start
    while match := _NAME.search(page.text, at, sentence.end):
        first, past = page.word_at(match.start()), page.word_at(match.end())
        if page.words[first].text in _NO_FIRST or page.marks_between(first, first + 1, "case"):
            at = page.words[first].end
            continue
        at = match.end()
        told = _POSSESSIVE.sub("", match[0])
        past = page.word_at(match.start() + len(told))
        is_word = page.words[first].text in _PARTICLES or page.words[past - 1].text in _PARTICLES
        if not is_word and " " in told and not told.isupper() and not _is_no_person(page, lore, first, past):
            yield told, first, past


def _is_no_person(page: Page, lore: Lore, first: int, past: int) -> bool:
    """Tell whether words with capitals are an office, a body, a month, a place, or begin something quoted."""
    words = {word.text for word in page.words[first:past]}
    start = page.words[first].start
    return bool(
        page.marks_between(first, past, *_NO_PEOPLE)
        or page.marks_between(max(page.sentence_at(start).words[0], first - 2), first, "office", "embassy")
        or words & (_BODIES | FIRMS)
        or page.words[past - 1].text in _LAST_OF_BODIES
        or (page.words[first].text in _PLACES and past - first == 2)
        or _SHORT_NAME.search(page.text[start : page.words[past - 1].end])
        or " ".join(word.text for word in page.words[first:past]) in lore.towns
        or any(word in lore.months for word in words)
        or page.text[start - 1 : start] in _QUOTES
        or _is_official(page, past)
        or any(True for _ in named_countries(page, lore, first, past))
    )


def _is_official(page: Page, past: int) -> bool:
    """Tell whether an office follows a name behind a comma: of the state, not of a union."""
    is_next = past < len(page.words) and page.text[page.words[past - 1].end : page.words[past].start] == ", "
    if not is_next:
        return False
    end = page.words[past - 1].end
    is_own = page.marks_between(past, past + 8, *_OWN) or _OF_UNION.search(page.text, end, end + LONGEST_POST)
    return bool(page.marks_between(past, past + 2, "office")) and not is_own


def _is_listed(page: Page, name: str, sure: Sequence[str]) -> bool:
    """Tell whether a name stands in one list with somebody who is of the case: "A, B and C"."""
    for other in sure:
        for left, right in ((name, other), (other, name)):
            if re.search(rf"{re.escape(left)}(?:,| \S{{1,4}})? [^.;]{{0,60}}?{re.escape(right)}", page.text):
                return True
    return False


def _told(targets: Iterable[FoundTarget]) -> Iterator[str]:
    """Yield what the text tells of those who are written to."""
    for target in targets:
        if target.role is Role.SOLIDARITY:
            continue
        yield target.name.text
        yield from (one.text for one in target.post)
