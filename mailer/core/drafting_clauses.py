"""Which part of a sentence is the demand? What follows the words that demand, up to where the sentence turns.

Law: only what the appeal or its letter asks counts: what others asked, or what the reader is asked to do, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting_lexicon import Mark
from mailer.core.drafting_page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting_standards import standard_of

LONGEST_CALLED = 90  # characters of the one who is called upon
LONGEST = 350

# Bare verbs that only ask when "we", "please" or an imperative's place is before them.
_BARE = frozenset(["ask", "press", "appeal", "urge", "insist", "demand", "request"])
_ASKERS = frozenset(["we", "i", "and", "please", "to", "also", "must", "should", "now", "then", "or", "the"])
_WHOSE = frozenset(["s", "a", "the", "his", "her", "their", "its"])
_TELLERS = frozenset(["was", "were", "had", "been", "who", "which"])
_ONLY_LISTS_TEXT = """
    demands forderungen revendications demandas exigencias richieste rivendicazioni reivindicações exigências eisen
    żądania postulaty požadavky krav kravene talepler taleplerimiz требования требованием требованиями our
"""
_ONLY_LISTS = frozenset(_ONLY_LISTS_TEXT.split())
# Verbs that others do in the third person: they ask only in the imperative, at a sentence's start.
_THIRD = frozenset(["fordert", "eist", "krever", "fordern", "demandant", "protestiert", "exigir", "kreve"])
_TO = re.compile(
    r"\b(?:to|that|dass|daß|que|che|aby|żeby|om|чтобы|auf,?|na|å)\s+|\b(?:d['’]|(?:de|di|à|a|para|"
    r"per)\s+)(?=(?:ne pas |non |no |não )?\w+(?:ar|er|ir|re)\b)|\b(?:do|k|ke)\s+|,\s+(?=\w)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[\s:,–—-]*(?:that|dass|daß|que|qu['’]|che|aby|żeby|чтобы|at|om at|dat|on|upon|"
    r"for(?= the immediate| the release of)|o|ki)\s+(?!behalf)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,?\s+(?:by|and by)\s+(?:writing|sending|faxing|calling|phoning|contacting|e-?mailing)\b.*"
    r"|[,;–—-]?\s*(?:and\s+)?(?:please|bitte|por favor|s['’]il vous plaît|per favore|proszę|prosím|"
    r"lütfen|пожалуйста)\b.*"
    r"|\s+(?:to|at|an|à|a|al|alla|do|til|aan|na|по адресу|на адрес)\s*:?\s*|\s*[:(]\s*|"
    r"\s+(?:in front of|outside) the .{0,60})$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*;\s+(?:and\s+)?|,?\s+(?:and|und|et|y|e|en|i|a|og|ve|и)\s+(?=(?:that|dass|que|che|dat|żeby|"
    r"aby|at|à|de|чтобы|for|to (?:immediately |urgently )?(?:release|drop|stop|end|"
    r"investigate|ensure|grant|allow|give|let|put|bring|return|pay|recogni[sz]e))\b)|"
    r"\s+(?:as well as|oraz|sowie|ainsi que|así como|bem como|così come|а также|alsmede|jakož i)\s+",
    re.IGNORECASE,
)
_AND_THE = re.compile(
    r",?(\s+(?:and|und|et|y|e|en|i|a|og|ve|и)\s+)(?:the|an|a|die|der|das|eine?|la|le|l['’]|les|el|"
    r"los|las|una?|il|lo|o|as?|os|het|de)\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\W*(?:[\w'’]+\s+){0,3}?(?:[ld]['’])?(?:\w+(?:ção|ções|ción|ciones|zione|zioni|tion|sion|ssão|ment|ung|tura|"
    r"nia|ения|ение|ению|ации|ацию|отмены|ství|ání|ení|else|ing)|end|release|return|withdrawal|"
    r"payment|inquiry|enquiry|halt|fin|fine|fim|rilascio|ritiro|retrait|arrêt|abandon|Ende|intrekking)\b",
    re.IGNORECASE,
)
# German: two infinitives with "zu" that "und" joins.
_ZU = re.compile(
    r"(\bzu \w{2,20}|\b\w{1,20}zu\w{2,15}en),? und (?=.{3,120}?(?:\bzu \w|\b\w{1,20}zu\w{2,15}en))", re.IGNORECASE
)
_NEXT = re.compile(
    r"[\s,;–—-]*(?:and|und|et|y|e|en|i|a|og|ve|и)?(?:\s+(?:i|we|to|we also|also|wir|nous|ich|je))?\s*$", re.IGNORECASE
)
_PRESSING = re.compile(r"\bto\s+(?=(?:put pressure|force|press|pressur|demand|compel|make)\w*\b)", re.IGNORECASE)
_RELEASE = re.compile(
    r"\b(?:for|until|till|bis zur|für die|pour|jusqu['’]à|por|hasta|per|fino al|fino alla|pela|até|"
    r"até à|voor|tot|tot de|o|aż do|za|až do|för|til|за|до|for)\s+"
    r"((?:(?:the|la|le|l['’]|il|lo|a|de|die|der|el|о)\s*)?(?:\w+\s+){0,2}?(?:release|freedom|"
    r"freilassung|freiheit|libération|liberación|libertad|rilascio|liberazione|scarcerazione|"
    r"libertação|vrijlating|uwolnieni\w+|zwolnieni\w+|propuštění|løslatelse\w*|"
    r"освобождени\w+)\s+(?:of|for|von|der|des|d[eu]|di|del|dei|degli|della|van|av|"
    r"\w+)\b[^.!?;:\n]{3,160})",
    re.IGNORECASE,
)
_TURKISH = re.compile(r"talep|istiyor")
_CLAUSE_END = re.compile(r"(?<=[ea]r[ea]k),? |(?<=[ıiuü]p),? |[,:;] ")
# What must be done, and by whom nobody need say.
_MUST = re.compile(
    r"\b(?:must|muss|müssen|doit|doivent|deben?|deve|devono|devem|moet|moeten|musi|muszą|musí|må|должн[аоы]|должен|meli|malı)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"(?:we|you|our|your|this|that|it|wir|ihr|nous|vous|nosotros|noi|voi|nós|wij|my|vi|мы|вы)\b", re.IGNORECASE
)
_DONE = re.compile(
    r"\s+(?:be|être|ser|essere|worden|zostać|být|być|bli|быть|(?:\w+ ){1,6}(?:werden|worden|freigelassen))\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^[^:\n]{2,40}:\s+")


def clauses_after(page: Page, sentence: Sentence, *, is_letter: bool = False) -> Iterator[str]:
    """Yield what each demanding word of a sentence demands; in a letter nobody but the office is asked."""
    marks = [mark for mark in page.marks_of(sentence, "demand", "calling") if _asks(page, sentence, mark)]
    marks = [mark for mark in marks if not _is_within(mark, marks)]
    for index, mark in enumerate(marks):
        start = page.span(mark)[1]
        end = page.span(marks[index + 1])[0] if index + 1 < len(marks) else sentence.end
        told = page.text[start:end]
        told = told if told.strip(" :.!") else _before(page, sentence, mark)
        told = _NEXT.sub("", told) if index + 1 < len(marks) else told
        for clause in _demanded(page, mark, (start, end), told.rstrip(' .!?…”"'), is_letter=is_letter):
            yield clause[:LONGEST]


def _before(page: Page, sentence: Sentence, mark: Mark) -> str:
    """Return what stands before a demanding word that ends its sentence, as in Turkish."""
    told = page.text[sentence.start : page.span(mark)[0]]
    return (
        _CLAUSE_END.split(told)[-1].strip()
        if mark.last - mark.first < 3 and _TURKISH.match(page.words[mark.first].text)
        else ""
    )


def _is_within(mark: Mark, marks: list[Mark]) -> bool:
    """Tell whether a longer mark covers this one, or a demanding one of the same words is kept instead."""
    return any(
        other is not mark
        and other.first <= mark.last
        and mark.last <= other.last
        and ((other.last, other.kind == "demand", -other.first) > (mark.last, mark.kind == "demand", -mark.first))
        for other in marks
    )


def _asks(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a mark asks in the appeal's own voice."""
    word = page.words[mark.last].text
    first = page.words[mark.first].text
    before = page.words[mark.first - 1].text if mark.first > sentence.words[0] else ""
    earlier = {word.text for word in page.words[max(sentence.words[0], mark.first - 2) : mark.first]}
    if (first == "call" and before in _WHOSE) or word in _ONLY_LISTS or earlier & _TELLERS or first in _TELLERS:
        return False
    if first in _BARE:
        return not before or before in _ASKERS
    if word in _THIRD and mark.first == mark.last:
        return not before or page.has(sentence, "send")
    if word.endswith("ing") and mark.kind == "demand":
        return page.has(sentence, "send", "message") or (
            page.has(sentence, "protest") and _is_called_for(page, sentence, word)
        )
    return True


def _is_called_for(page: Page, sentence: Sentence, word: str) -> bool:
    """Tell whether a participle follows a call: a heading, or a sentence that is no report."""
    return word != "demanding" or any(
        mark.kind == "protest" and page.words[mark.first].text != word for mark in page.marks_of(sentence, "protest")
    )


def _demanded(page: Page, mark: Mark, span: tuple[int, int], told: str, *, is_letter: bool) -> Iterator[str]:
    """Yield the demands in what follows a mark."""
    if not is_letter and _is_for_readers(page, mark, span):
        pressing = _PRESSING.search(told) if mark.kind == "demand" else None
        told = told[pressing.end() :] if pressing else ""
    elif mark.kind == "calling":
        told = _after_called(told)
    if not told.strip():
        return
    for clause in _parts(told):
        bare = _LEAD.sub("", _TAIL.sub("", clause.strip()).strip()).strip(" ,;:")
        if len(bare.split()) > 1 and "@" not in bare:
            yield bare


def _parts(told: str) -> Iterator[str]:
    """Yield the demands that are joined: by "and that", or by "and the" where each asks for something of its own."""
    for part in _SPLIT.split(_ZU.sub(r"\1; ", told)):
        match = _AND_THE.search(part)
        first, second = (part[: match.start()], part[match.end(1) :]) if match else (part, "")
        if second and _is_apart(first, second):
            yield first
            yield second
        else:
            yield part


def _is_apart(first: str, second: str) -> bool:
    """Tell whether two joined parts ask for something each: two standard demands, or two nouns of doing."""
    standards = standard_of(first), standard_of(second)
    return (all(standards) and standards[0] != standards[1]) or bool(_DOING.match(first) and _DOING.match(second))


def _after_called(told: str) -> str:
    """Return what the one who is called upon is to do: what follows "the minister to"."""
    match = _TO.search(told[:LONGEST_CALLED])
    return told[match.end() :] if match else ""


def _is_for_readers(page: Page, mark: Mark, span: tuple[int, int]) -> bool:
    """Tell whether readers are called upon, or for what readers do: "protests", "support", "everybody to write"."""
    past = page.word_at(span[1])
    near = page.marks_between(mark.last + 1, min(past, mark.last + 4), "audience", "donate", "picket")
    near = tuple(
        one
        for one in near
        if page.words[one.first].text
        not in (
            "you",
            "all",
            "alle",
            "u",
            "vous",
            "people",
            "workers",
            "tutti",
            "todos",
            "todas",
            "wszystkich",
            "всех",
            "tous",
            "toutes",
            "tüm",
            "sie",
        )
    )
    if near:
        return True
    if mark.kind != "calling":
        return False
    match = _TO.search(page.text[span[0] : span[0] + LONGEST_CALLED])
    verb = page.word_at(span[0] + match.end()) if match else mark.last + 1
    if page.words[mark.first].text in ("ask", "asking", "please"):
        return bool(
            page.marks_between(verb, verb + 3, "send", "protest", "message", "donate", "about", "solidarity", "copy")
        )
    return bool(
        page.marks_between(verb, min(past, verb + 2), "send", "protest", "message", "donate", "solidarity", "copy")
    )


def musts(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield a sentence that tells what must be done: that people are released, or what an office must do."""
    told = page.told(sentence)
    match = _MUST.search(told)
    if not match or len(told) > LONGEST or page.has(sentence, "send", "donate") or _OURS.match(told):
        return
    after = told[match.end() :]
    subject = page.marks_between(sentence.words[0], page.word_at(sentence.start + match.start()), "office")
    is_done = bool(_DONE.match(after)) and bool(standard_of(re.split(r"[,;]", after[:120])[0]))
    if is_done or (subject and subject[0].first - sentence.words[0] <= 4 and len(after.split()) >= 6):
        yield told


def heading_wish(page: Page, sentence: Sentence) -> str:
    """Return what a heading cries: "Country: Free the ...", "Stop the ..."; nothing for other sentences."""
    if (
        not sentence.is_first
        or sentence.is_item
        or sentence.end - sentence.start > LONGEST_HEADING
        or sentence.line > 12
    ):
        return ""
    told = page.told(sentence)
    head = _HEAD.match(told)
    start = sentence.start + (head.end() if head else 0)
    word = page.word_at(start)
    if page.marks_between(word, word + 1, "imperative") and page.marks_between(word, word + 3, "release", "imperative"):
        wish = page.text[start : sentence.end].strip(" !.")
        return wish if 2 < len(wish.split()) < 16 and sentence.is_last else ""
    return ""


def fallback_wishes(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield "the release of ..." and what is joined to it, where a sentence has it after "for" or "until"."""
    match = _RELEASE.search(page.told(sentence)[:1000])
    word = page.word_at(sentence.start + match.start()) if match else 0
    if match and not page.marks_between(max(0, word - 1), word, "campaigners"):
        yield from (_LEAD.sub("", part).strip() for part in _parts(match[1].strip()))
