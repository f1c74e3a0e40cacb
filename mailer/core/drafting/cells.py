"""Is a postal address one for letters to a prisoner? Told by a prison, or by whom the call right before it names.

Law: whoever commands in a prison, any office and any firm is written to, and never only greeted.
"""

from __future__ import annotations

import re

from mailer.core.drafting.addressees import FIRM, TITLE, names_office
from mailer.core.drafting.firms import FIRMS
from mailer.core.drafting.kindness import FRIENDS, is_to_friend
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls

MOST_ABOVE = 3  # sentences above an address that call to write there
LONGEST_ABOVE = 200  # characters of these
NEAR = 4  # words between a call and the one who is written to
LEAST_NAME = 3  # letters
FEWEST_NAMES, MOST_NAMES = 2, 4  # words of a person's name

_PRISON = re.compile(
    r"\b(?:jail|prison|hmp|penitentiary|correctional|remand cent(?:er|re)|detention (?:cent(?:er|re)|facility)|jva|"
    r"justizvollzugsanstalt|\w*gefängnis|abschiebehaft|maison d['’]arrêt|maison centrale|centre pénitentiaire|"
    r"établissement pénitentiaire|centre de détention|c[áa]rcel|penitenciar\w+|"
    r"(?:centro|complejo|establecimiento) (?:penal|penitenciario)|casa circondariale|casa di reclusione|carcere|"
    r"cadeia|presídio|"
    r"penitenciária|estabelecimento prisional|gevangenis|penitentiaire inrichting|huis van bewaring|zakład karny|"
    r"areszt śledczy|(?:vazební )?věznice|fengsel|cezaevi|ceza infaz|сизо|колони\w|следственный изолятор|тюрьм\w|"
    r"(?:ик|ik|лиу|сизо|sizo)-\d+|(?-i:[FS]?C\.?I\.(?!\w)|[FSU]CI|USP|MDC)|turma|sizo|otr[ji]ad|отряд|filakes|fylakes)\b",
    re.IGNORECASE,
)
_INMATE = re.compile(
    r"[^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ][\w'’.-]*){1,2},? (?:#|No\.? |Nr\.? )?[A-Z]{0,2}-?\d{5,8}"
)
_CARE_OF = re.compile(r"\bc/o\b", re.IGNORECASE)
LONGEST_CARE = 5  # characters of a "c/o" before an address
_COMMANDS = re.compile(
    r"(?:\b(?:governor|warden|controller|comptroller|command(?:er|ant)|officer[- ]in[- ]charge|administrator|"
    r"director|superintendent|chief|commissioner|minist|secretary|head of|direkt(?:or|ion)|"
    r"direct(?:eur|rice|ion|ie)|directora?|direcci[óo]n|direzione|direção|dyrekcj|"
    r"gobernador|alcaide|direttore|direttrice|diretora?|hoofd|directeur|dyrektor|"
    r"naczelnik|ředitel|direktør|müdür|начальник)|leit(?:er|ung)\b|\bleder\b)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"\b{TITLE.pattern}")
_MINISTRY = re.compile(r"chief|commissioner|minist|secretary", re.IGNORECASE)  # commands, but not in the prison
_ITSELF = re.compile(  # "an ihn selbst", "самому Никите", "a Marco stesso"
    r"\b(?:herself|himself|selbst|persönlich|lui-même|elle-même|mism[oa]|stess[oa]|própri[oa]|zelf|sam(?:emu|ej)|"
    r"sam(?:otn\w+|é)|selv|самому|самой|kendisine)\b",
    re.IGNORECASE,
)


def is_cell(page: Page, token: Token) -> bool:
    """Tell whether a postal address is for letters to a prisoner: it is a prison's, or of whom one is to write to."""
    if token.kind != "post" or _COMMANDS.search(token.value):
        return False
    if _PRISON.search(token.value) or _INMATE.fullmatch(token.value.partition("\n")[0]):
        return not _is_for_commander(page, token)
    if _CARE_OF.search(page.text[max(0, token.start - LONGEST_CARE) : token.start + LONGEST_CARE]):
        return not names_office(page, token.start, token.end)
    is_free = not names_office(page, token.start, token.end) and not any(map(FIRM.search, token.value.split("\n")))
    return is_free and any(_is_to_friend(page, each, token) for each in _above(page, token))


def _above(page: Page, token: Token) -> list[Sentence]:
    """Return the sentence of an address and those right above it that lead to it, up to one with an address."""
    found: list[Sentence] = []
    at = page.sentence_at(token.start)
    while len(found) <= MOST_ABOVE and token.start - at.end <= LONGEST_ABOVE:
        told = page.text[at.start : min(at.end, token.start)]
        if found and re.search(r"@|\d{3}", told):
            break
        found.append(at)
        before = page.sentence_above(at)
        if before.start >= at.start:
            break
        at = before
    return found


def _is_to_friend(page: Page, sentence: Sentence, token: Token) -> bool:
    """Tell whether a sentence calls to write to somebody of the case: "Write to her", or by the address's own name."""
    past = min(sentence.words[1], page.word_at(token.start))
    is_of_office = page.marks_between(sentence.words[0], past, "office", "embassy", "protest", "donate")
    if is_of_office or _TITLED.search(page.text, sentence.start, min(sentence.end, token.start)):
        return False
    sends = page.marks_between(sentence.words[0], past, "send", "keepsake", "message")
    return any(_is_friend_near(page, mark, past, token) for mark in sends)


def _is_friend_near(page: Page, mark: Mark, past: int, token: Token) -> bool:
    """Tell whether a pronoun, or the name of a person that stands in the address, is right beside a call."""
    first, last = max(0, mark.first - 2), min(past, mark.last + 1 + NEAR)
    told = page.text[page.words[first].start : page.words[last - 1].end] if last > first else ""
    is_meant = any(page.words[at].text in FRIENDS for at in range(first, last)) or bool(_ITSELF.search(told))
    if is_meant or is_to_friend(page.words[mark.last].text):
        return True
    names = [page.words[at] for at in range(mark.last + 1, last) if page.text[page.words[at].start].isupper()]
    return any(len(name.text) >= LEAST_NAME and _is_person(token.value, name.text) for name in names)


def _is_person(value: str, name: str) -> bool:
    """Tell whether a line of an address is a person's name, and has a given one in it."""
    for part in re.split(r"[\n,/#(]", value):
        words = re.findall(r"[^\W\d_][\w'’.-]*", part)
        is_name = FEWEST_NAMES <= len(words) <= MOST_NAMES and all(word[0].isupper() for word in words)
        lowered = [word.lower().rstrip(".") for word in words]
        if is_name and name in lowered and not FIRMS & set(lowered) and "&" not in part:
            return True
    return False


def _is_for_commander(page: Page, token: Token) -> bool:
    """Tell whether the call right before an address is to write to who commands there: "Write to the warden: ..."."""
    own = page.sentence_at(token.start)
    above = page.sentence_above(own)
    near = () if page.has(own, "solidarity", "ally") else (above, own)
    called = [page.text[each.start : token.start] for each in near if calls(page, each)]
    return any(not _MINISTRY.match(match[0]) for told in called for match in _COMMANDS.finditer(told))
