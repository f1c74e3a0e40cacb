"""Does a demanding word speak for the appeal, and to an office? Reports, and calls to the reader, do not.

Law: told by the words right before and after; what stays unsure asks.
"""

from __future__ import annotations

import re

from mailer.core.drafting.asked_for import NO_ASKS, is_no_ask
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.moods import ASKERS, BARE, BETWEEN, COMING, DOING, DONE, THIRD
from mailer.core.drafting.others import is_of_others
from mailer.core.drafting.page import Page, Sentence

MOST_COMING = 5  # words between "we want" and what is asked
MOST_BEFORE = 24  # words of who asks, in the third person

_WHOSE = frozenset(["s", "a", "the", "his", "her", "their", "its", "this", "no"])
_TELLERS = frozenset(
    ["was", "were", "had", "been", "who", "which", "not", "never", "nicht", "não", "niet", "не", "ikke", "personne"]
)
_NOT = frozenset(["non", "no", "ne", "n", "nie", "не", "ikke"])  # right before the verb
_PUSHES = frozenset(["press", "push", "lobby", "petition"])  # "a campaign to press the council to .." only tells
_ONLY_LISTS_TEXT = """
    demands forderungen revendications demandas exigencias richieste rivendicazioni reivindicações exigências eisen
    żądania postulaty požadavky krav kravene talepler taleplerimiz требования our
"""
_ONLY_LISTS = frozenset(_ONLY_LISTS_TEXT.split())
_POSSESSIVE_TEXT = "our nos unsere nuestras le nossas onze nasze naše våre наши demands"
_POSSESSIVE = frozenset(_POSSESSIVE_TEXT.split())
_PURPOSE_TEXT = """
    in pour afin para per por um om to å чтобы żeby aby abychom at ve with and e y et i и og en we please zu
"""
_PURPOSE = frozenset(_PURPOSE_TEXT.split())
_THAT = re.compile(r"[^.;:]{0,60}?\bthat\b")
# "They are on strike to demand ..".
_STRIKE = re.compile(
    r"\b(?:strikes?|hunger strike|huelga|grève|\w*streik|sciopero|greve|strajk\w*|stávk\w*|\w*streike?n?|staking|"
    r"забастовк\w*|голодовк\w*|grev\w*)\b[^.]{0,80}$",
    re.IGNORECASE,
)
# "La presse", "cette demande", "die Bitte".
_NOUN_FORMS = frozenset(["presse", "demande", "bitte", "request", "demand", "appeal", "call", "appel", "presse que"])
_DETERMINERS_TEXT = "la cette une votre leur sa ma die eine diese ihre this that a an her his their your its any no"
_DETERMINERS = frozenset(_DETERMINERS_TEXT.split())
_FRENCH = frozenset(["demander", "exiger", "demandant", "exigeant", "réclamer", "réclamant", "exhorter", "exhortant"])
_WRITERS = frozenset(["i", "we", "you", "your", "my", "our", "us", "me", "je", "j", "nous", "vous", "votre", "notre"])
# "A movement that demands ..": a story.
_RELATIVES_TEXT = (
    "that which who qui que che dat som który która które který která které который которая которое которые"
)
_RELATIVES = frozenset(_RELATIVES_TEXT.split())
_SUBJECTS = frozenset(["wir", "ich", "wij", "ik", "vi", "jeg"])  # "vom Amt erwarten wir"
_BARE_TO = frozenset(["to", "zu", "å", "om", "de", "di", "d"])
_HIM = frozenset(["him", "her", "them", "hem", "haar", "hen", "ihn", "sie", "lui", "leur", "le", "les", "ham", "dem"])
_IT = frozenset(["lo", "los", "l"])  # not "la", which is an article too
# Bodies of people who stand together, whose name is that of an office too: "the Example Trades Council demands".
_BODIES = frozenset(["council", "assembly", "conseil", "consejo", "conselho", "consiglio", "raad", "rada", "rat"])
_WANTS = frozenset(["vogliamo", "queremos", "voulons", "wollen", "willen", "chcemy", "chceme", "хотим"])  # above a list
_BEING = frozenset(["are", "re", "am", "m", "have", "ve", "been", "also", "therefore", "now", "still"])
# "Their demands are met": no demand follows.
# Behind the verb, and not behind the noun: "demands its annulment".
_DEMANDED = frozenset(
    ["its", "their", "his", "her", "that", "the", "an", "a", "immediate", "full", "justice", "urgent"]
)
_NAMED = re.compile(r"\w{4,}(?:ment|tion|sion|ance|rawal)$|release|return|payment|justice|freedom")  # "demands payment"
_MET = re.compile(r"\w+ed|met|heard|being|not|known|just|fair|legitimate|simple|reasonable")
# "In your letters demand ..".
_IN_LETTER = re.compile(r"(?:in|dans|en) (?:\w+ ){1,3}", re.IGNORECASE)
# "Letters in which you ask the minister ..": the verb comes last.
_WHEREIN = re.compile(
    r"\b(?:in de(?:m|nen|r)|worin|waarin|womit|waarmee)\s(?:sie|ihr|wir|ich|u|jullie|we)\s[^,;:.]{3,80}$", re.IGNORECASE
)
# "The appeal made by the union": a report of what others asked.
_MADE_BY = re.compile(
    r"\s+(?:made|issued|launched|voiced|hech[oa]s?|formulad[oa]s?|lanzad[oa]s?|realizad[oa]s?|faite?s?|lancée?s?|"
    r"formulée?s?|lanciat[aoei]|rivolt[aoei]|fatt[aoei]|feit[oa]s?|lançad[oa]s?|gedaan|erhoben|gestellt)\s+"
    r"(?:by|por|par|d[ae]l?\w*|pel[oa]s?|door|von|vom)\b",
    re.IGNORECASE,
)
# "The works council has been asking for years ..": the third person tells what goes on.
_FOR_LONG = re.compile(
    r"\s+(?:seit|depuis|desde|since|ormai da|da (?:anni|mesi|tempo)|há|hace|al (?:jaren|maanden)|sinds|"
    r"od (?:lat|let|roku|wielu|miesięcy)|i (?:årevis|flere)|уже|много лет)\b",
    re.IGNORECASE,
)
# "Al ministro pide la libertad ..": of whom it is asked stands first.
_OF_OFFICE = re.compile(
    r"(?:al|alla|allo|ai|agli|alle|au|aux|à la|a la|a los|a las|ao|à|aos|às|von der|von dem|vom|from the|of the|od|"
    r"van de|van het|от)\s(?:\w+\s){1,4}?(?=\w+\s(?:el|la|los|las|il|lo|le|les|the|die|den|das|dass|que|che|o|a)\s)",
    re.IGNORECASE,
)
_BY_INFINITIVE = re.compile(r"\w+(?:[aei]r|re)\b.*|(?:żąda|doma)\w+ć(?: się)?|\w+(?:ть|at)")
# "Would you ask the minister to ..": the verb may come last.
_WOULD_YOU = re.compile(
    r"(?:(?:could|would|will|can) (?:you|we)|(?:may|might) (?:i|we)|zou(?:dt)? (?:u|je|jij|jullie)|(?:kunt|wilt) u|"
    r"(?:könnten|würden|wollen|"
    r"können) sie|(?:pourriez|voulez|voudriez|pouvez)[- ]vous)\b",
    re.IGNORECASE,
)
_NOUNS = frozenset(["request", "call", "appeal", "press", "ask", "demand"])  # "at the request of", "the call to"


def asks(page: Page, sentence: Sentence, mark: Mark, *, is_letter: bool = False) -> bool:
    """Tell whether a mark asks in the appeal's own voice, or in its letter's."""
    told = _told(page, mark)
    if not is_letter and (_is_report(page, sentence, mark) or is_of_others(page, sentence, mark)):
        return False
    is_inner = is_letter and told == "tell"  # "I urge you to tell her family .."
    if is_inner or _is_noun(page, sentence, mark) or _is_own_wish(page, mark) or _is_let(page, sentence, mark):
        return False
    if told in DOING or told.split()[0] in DOING:
        return not _is_aside(page, sentence, mark) if is_letter else _is_meant(page, sentence, mark)
    if told in THIRD and _is_own(page, sentence, mark):
        return True
    return _is_asked(page, sentence, mark) if told.split()[0] in BARE else told not in THIRD


def _is_foreign_noun(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a verb of one language is written large amid small words, as German nouns are: "keine Appelle"."""
    start = page.words[mark.first].start
    told = page.text[start : page.words[mark.first].end]
    before = page.words[mark.first - 1] if mark.first > sentence.words[0] else None
    is_noun = mark.kind == "calling" and mark.first == mark.last and told.istitle()
    return is_noun and before is not None and page.text[before.start : start].strip().islower()


def _is_aside(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a letter only tells that somebody asked: nobody is spoken of who writes it, or gets it."""
    told = _told(page, mark)
    if mark.first > sentence.words[0] and page.words[mark.first - 1].text == "by":
        return True
    if not (told.split()[0].endswith("ing") or told in _FRENCH) or mark.first == sentence.words[0]:
        return _is_report(page, sentence, mark)
    before = {word.text for word in page.words[sentence.words[0] : mark.first]}
    return not before & _WRITERS or _is_report(page, sentence, mark)


def _is_meant(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "demanding", "to demand" says what the appeal's own call is for."""
    before = [word.text for word in page.words[max(sentence.words[0], mark.first - 2) : mark.first]]
    last = before[-2:-1] if before and before[-1] in _HIM else before[-1:]
    if page.marks_between(sentence.words[0], mark.first, "resolve"):
        return True
    lead = sentence.words[0]
    if mark.first == lead and _BY_INFINITIVE.fullmatch(_told(page, mark)):  # a resolution's point: "Exigir al .."
        return True
    if sentence.is_item and mark.first in (lead, lead + (page.words[lead].text in _BARE_TO)):
        return True
    return bool(_PURPOSE & {*last}) or _is_ours(page, sentence, mark) or _is_called_for(page, sentence, mark)


def _is_report(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a sentence reports what was done, or who went on strike, in order to demand something."""
    words = {_told(page, mark), *(word.text for word in page.words[max(0, mark.first - 1) : mark.last + 1])}
    if not words & {*DOING, "to"}:
        return False
    is_strike = _STRIKE.search(page.text[sentence.start : page.span(mark)[0]])
    is_call = page.has(sentence, "send", "message")
    is_done = any(word.text in DONE for word in page.words[sentence.words[0] : mark.first])
    return is_done or bool(is_strike and not is_call)


def _is_said_before(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a pronoun right before the verb is what was asked: "lo exigimos juntos", "nous l'exigeons"."""
    before = page.words[mark.first - 1].text if mark.first > sentence.words[0] else ""
    return mark.kind == "demand" and mark.first == mark.last and before in _IT


def _is_noun(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a mark names a demand, or tells that one was made: "our demands", "its call", "who urged"."""
    told = _told(page, mark)
    before = page.words[mark.first - 1].text if mark.first > sentence.words[0] else ""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    near = max(sentence.words[0], mark.first - 2)
    is_closed = ")" in page.text[page.words[near].end : page.span(mark)[0]]
    earlier = {word.text for word in page.words[near : mark.first] if not is_closed}
    return bool(
        is_no_ask(page, sentence, mark)
        or (before in _DETERMINERS and told in _NOUN_FORMS)
        or after == "pas"
        or _is_said_before(page, sentence, mark)
        or (told.startswith("call") and before in _WHOSE)
        or _is_foreign_noun(page, sentence, mark)
        or (_is_heading(told) and not (told == "demands" and (after in _DEMANDED or _NAMED.match(after))))
        or _MADE_BY.match(page.text, page.words[mark.last].end)
        or (told == "demands" and before in _DETERMINERS)
        or (told in THIRD and told not in BARE and before in _RELATIVES)
        or (told.endswith(" are") and _MET.fullmatch(after))
        or (before == "to" and page.words[mark.first].text in _PUSHES)
        or (before in _NOT and not page.text[page.words[mark.first - 1].end : page.span(mark)[0]].strip("' ’"))
        or (earlier | {page.words[mark.first].text}) & _TELLERS
    )


def is_to_writer(page: Page, mark: Mark) -> bool:
    """Tell whether who writes the appeal is to be told something: "tell us more"."""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    return (page.words[mark.last].text, after) in NO_ASKS


def _is_own_wish(page: Page, mark: Mark) -> bool:
    """Tell whether "we want to ..", "we expect to .." says what the writers will do; "we want to see .." does not."""
    after = [word.text for word in page.words[mark.last + 1 : mark.last + 3]]
    if page.words[mark.last].text in _WANTS and mark.first == mark.last - (mark.last > mark.first):
        return page.text[page.words[mark.last].end : page.words[mark.last].end + 2].strip(" :\n") != ""
    return page.words[mark.last].text in ("want", "expect", "like") and after[:1] == ["to"] and after[1:] != ["see"]


def _is_let(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "let the bakers go" is said, and not "let the company know that .."."""
    after = page.text[page.words[mark.last].end : sentence.end]
    return page.words[mark.first].text in ("let", "show", "inform") and not _THAT.match(after)


def _is_heading(told: str) -> bool:
    """Tell whether a mark is a noun above a list, and no verb: "our demands"."""
    first, *rest = told.split()
    return (rest or [first])[-1] in _ONLY_LISTS and (not rest or first in _POSSESSIVE)


def _told(page: Page, mark: Mark) -> str:
    """Return the words of a mark."""
    return " ".join(word.text for word in page.words[mark.first : mark.last + 1])


def _is_asked(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a bare form begins its sentence or clause, or follows who asks, or "in your letter"."""
    index = mark.first
    told = page.text[sentence.start : page.span(mark)[0]]
    is_ours = mark.last > mark.first and page.words[mark.last].text in _SUBJECTS
    if is_ours or (_WOULD_YOU.match(told) and not told.rstrip().endswith((",", ";", ":"))):
        return True
    if (_IN_LETTER.fullmatch(told) or _WHEREIN.search(told)) and page.has(sentence, "message"):
        return True
    while index > sentence.words[0]:
        index -= 1
        word = page.words[index].text
        gap = page.text[page.words[index].end : page.words[index + 1].start]
        if word == "the" and page.words[mark.first].text in _NOUNS:
            return False
        if word in ASKERS or (index + 1 == mark.first and gap.strip(" \"“«'’")):
            return True
        if word not in BETWEEN and not word.endswith(("ly", "ment", "lich")):
            return False
    return True


def _is_ours(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "we are demanding", "I am asking", "vimos solicitar" is said."""
    near = page.words[max(sentence.words[0], mark.first - MOST_COMING) : mark.first]
    if any(word.text in COMING for word in near):
        return True
    index = mark.first - 1
    while index > sentence.words[0] and page.words[index].text in _BEING:
        index -= 1
    return index >= sentence.words[0] and page.words[index].text in ("we", "i")


def _is_own(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether who writes the appeal asks in the third person: "the committee calls on .."."""
    first = sentence.words[0]
    if _FOR_LONG.match(page.text, page.words[mark.last].end):
        return False
    if _OF_OFFICE.match(page.told(sentence)) and page.has(sentence, "office"):
        return True
    if mark.first == first or page.has(sentence, "send"):
        return True
    if mark.last + 1 == sentence.words[1]:
        return True  # as in Turkish, whose verb comes last
    others = page.marks_between(first, mark.first, "office", "embassy", "outcome", "campaigners")
    kinds = {one.kind for one in others if page.words[one.last].text not in _BODIES}
    is_other = kinds & {"embassy", "outcome"} or ("office" in kinds and "campaigners" not in kinds)
    if mark.first - first > MOST_BEFORE or is_other:
        return False
    start = page.words[first].start
    return page.text[start].isupper()


def _is_called_for(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether "demanding" or "to demand" follows a call: it is no report."""
    if page.has(sentence, "send", "message"):
        return True
    word = page.words[mark.first].text
    return any(page.words[one.first].text != word for one in page.marks_of(sentence, "protest"))
