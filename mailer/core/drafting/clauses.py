"""Which part of a sentence is the demand? What follows the words that demand, up to where the sentence turns.

Law: only what the appeal or its letter asks counts: what others asked, or what the reader is asked to do, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.audience import is_for_readers, is_for_readers_before
from mailer.core.drafting.before import LONGEST, told_before
from mailer.core.drafting.called import opened_again, opening_of
from mailer.core.drafting.duties import THATS, is_duty
from mailer.core.drafting.extent import bounded, is_of_readers, is_to_reader, toneless, unspliced
from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import is_doing, parts_of
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.voices import asks

MOST_MARKS = 24  # of one sentence

_ARTICLES = ("the", "a", "an")  # of "demands the ..", which no noun is
_SAID = re.compile(
    r"[\"”“»],? (?:said|says|sagte|a dit|dijo|ha detto|disse|zei|powiedzia|řekl|sa |сказал|dedi)", re.IGNORECASE
)
_CHANNEL = re.compile(r"@|\d[\d ()/-]{6,}")
_IN_BRACKETS = re.compile(r"\s\([^()\d@]{8,}\)")  # neither an address nor a number
_TO_CHANNEL = re.compile(
    r"[.!?]\s+(?=\S+@)|\s*[:(]\s*(?=\S)|\s(?:to|at|on|an|à|a|para|al|do|na|til|på|aan|на|по)\s+(?=\S*@|[\d(+])",
    re.IGNORECASE,
)
# "Tell them to" asks, and "tell them that" only where something must be done.
_TELLING_TEXT = """
    tell say write remind let show make inform rappel record ricord lembr erinner minne wijs teilt sag sagt sagen
    schreib machen dites dire écri
    faites informez díga diga dile hága hágan deci dite fate dì digam dizer zeg laat vertel powiedz przekaż řekn fortell
    decid digan escrib scriv escrev schrijf napi skriv напиш yazın
    si скаж söyle
"""
_TELLING = tuple(_TELLING_TEXT.split())
_WHOM_TOLD = re.compile(r"^(?:him|her|them|ihm|ihnen|hem|hen)\s+(?=\w+\s\w)", re.IGNORECASE)
# Romance languages, with the pronouns behind it.
_INFINITIVE = r"\w+(?:ar|er|ir|re|[aei]r(?:[mtcvls][aeio]|gli|ne|se|los|las|les|lhes?)(?:l[aeo]|ne)?)\b"
_OF_DOING = re.compile(
    r"\s*(?:(?:pertanto|quindi|dunque|donc|ainsi|também|también|anche|instamment|encarecidamente)\s+)?"
    rf"(de|di|d['’])\s*(?={_INFINITIVE})",
    re.IGNORECASE,
)
_FORS = frozenset(["por", "pour", "für", "per", "pela", "pelo", "pelas", "pelos"])  # of "luchamos por A y por B"
_THAT = re.compile(
    r"\s*,?\s*((?<=, )by|that|dass|daß|que|qu['’]|che|dat|aby|żeby|чтобы|at)(?:\s|(?<=['’]))", re.IGNORECASE
)
_LETTERS_BE = re.compile(r"(?:they|these|it) (?:be|are|is) ")  # "they be short", of letters
_BARE_TO = ("to", "de", "d'", "d’", "di", "a", "om", "å")
_POLITE = re.compile(
    r"(?:(?:de favor|por favor) )?(?:que )?nos (?:avis|inform|mand|envi|enví|cuent|cont|escrib|escrev|pas)[ea][nm]\b|"
    r"(?:(?:un|una|um|uma|een|en) )?(?:accusé de réception|conferma di (?:lettura|ricezione)|acuse de recibo|"
    r"aviso de rece[pç]|(?:lese|empfangs|eingangs)bestätigung|ontvangstbevestiging|potwierdzeni\w odbioru|"
    r"read receipt)|"
    r"(?:a tu|a tus|à votre|à vos|al tuo|al vostro|ao seu|ao teu) (?:sindicat|syndicat|sindacat|ami[gsc]|organi)|"
    r"(?:an?|eine|une|una|uma|um) (?:response|reply|answer|réponse|respuesta|risposta|resposta|antwort|svar)\b|"
    r"(?:d['’])?(?:agréer|recevoir(?= (?:mes|nos|l[’']))|croire|accepter|aceptar|recibir|accettare|aceitar|reply|"
    r"respond|answer|get (?:on to|in touch)|find (?:him|her|them)|"
    r"inform (?:me|us)|let (?:me|us) know|keep (?:me|us)|répondre|rispondere|responder|"
    r"(?:mir|uns) zu antworten|.{2,60} to know)\b",
    re.IGNORECASE,
)
# "We hold you responsible" stands beside demands, and is none.
_HOLDS = re.compile(
    r"(?:(?:we|i|vi|li|lo|la|le|les|los|vous|sie|u|on|мы)\s+)*(?:hold|ritengo\w*|ritien\w+|tien\w+|ten[oe]\w+|responsabiliz\w+|"
    r"machen|macht|stellen|stelt|houden|houdt|czyn\w+|возлага\w+)\s(?:[^.;]{0,80}\s)?"
    r"(?:responsib|responsab|verantwort|verantwoord|accountable|liable|odpowiedzial|ответственн)",
    re.IGNORECASE,
)
# What is to be passed on, and no demand itself.
_THIS_LETTER = re.compile(
    r"^.{0,40}\b(?:my|this|mio|mia|quest[oa]|meinen?|diesen?|mon|ma|cette|ce|mi|est[ea]|minha|meu|mijn|deze|mój|tento|"
    r"min|bu|моё|это) (?:message|letter|resolution|resolución|resolução|risoluzione|motion|moción|moção|mozione|appeal|"
    r"request|richiesta|petición|demande|bitte|pedido|verzoek|e-?mail|messaggio|lettera|nachricht|brief|lettre|"
    r"mensaje|carta|mensagem|"
    r"bericht|list|dopis|brev|mektub|письмо)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[\s:,–—-]*(?:(?:also|therefore|inoltre|quindi|pertanto|également|aussi|donc|instamment|además|también|por ello|"
    r"portanto|também|tevens|ook|daarom|również|także|také|proto|også|derfor|также|поэтому|außerdem|daher|auch|"
    r"encarecidamente|respetuosamente|urgently|strongly),?\s+)?"
    r"(?:(?:that|dass|daß|(?:a )?que|qu['’]|che|aby|by(?= (?:\w+ ){0,4}?\w+(?:ł[aoiy]?|li)\b)|żeby|чтобы|at|om at|"
    r"dat|on|upon|à ce que|"
    r"for(?= the immediate| the release of)|o(?= (?:\w+ ){0,2}\w+(?:nie|nia|cie|cia|ní|ję|čení)\b)|"
    r"um(?= (?:die|das|den|eine?n?)\s)|ki|d[ei](?= (?:(?:ne pas|les?|la|lui|leur|se|vous|nous|non|lo|li|gli) |"
    rf"[ls]['’])*{_INFINITIVE}))\s+(?!behalf)"
    r"|qu['’](?=\w)|d['’](?=\w+(?:er|ir|re)\b)"
    r"|pel[oa]s?\s+|(?:por|für|pour|per)\s+(?=(?:el|la|los|las|die|das|den|eine?|le|les|l['’]|il|lo|i|una?)\b)|"
    r"(?:bien vouloir|de bien vouloir|zum|both|to(?! be):?|(?:pour|afin) que(?: vous)?)\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*\([^()]{3,80}\)|,\s+(?:acá|aquí|ici|qui|hier|here|aqui|tu|zde|her|вот)\s.*|\s+(?:zu (?:ersuchen|bitten|"
    r"fordern|verlangen)|te (?:verzoeken|vragen|eisen))|\s+(?:(?:should|must|can|may|are to) be (?:sent|faxed|"
    r"addressed|directed|mailed|e-?mailed|posted)|"
    r"sind zu richten|(?:sollen|sollten|können) (?:an|per|bitte)|doivent être (?:envoy|adress)|"
    r"deben (?:enviarse|dirigirse|ser enviad)|"
    r"vanno inviat|devono essere inviat|devem ser enviad|kunnen worden|należy (?:wysyłać|kierować)|kan sendes)\b.*"
    r"|,?\s+(?:by|and by)\s+(?:writing|sending|faxing|calling|phoning|contacting|e-?mailing)\b.*"
    r"|[,;–—-]?\s*(?:and\s+)?(?:please|bitte|por favor|s['’]il vous plaît|per favore|proszę|prosím|"
    r"lütfen|пожалуйста)\b.*"
    r"|\s+(?:to|at|an|à|a|al|alla|do|til|aan|na|na adres\w{0,2}|по адресу|на адрес)\s*:?\s*|\s*[:(]\s*|"
    r"\s+(?:in front of|outside) the .{0,60}|,?\s+(?:and (?:we|i)|und (?:wir|ich)|et (?:nous|je))\s.*"
    r"|\s+(?:(?:on|at|by|via|unter|au|al|ao|pod|na|under|per|por|tel|op|på|по)\s+|tel\.?\s*:?\s*|[(+])"
    r"[(+]?\d[\d\s()/.+-]{5,}.*)$",
    re.IGNORECASE,
)
_TO_OFFICE = re.compile(r"\s(?:to|an|à|a|al|alla|ao|aan|do|til|au|aux)\s", re.IGNORECASE)
_AND_TO = re.compile(r",\s+(?:and\s+)?(?:to|an|à|a|al|alla|ao|aan|do|til|au|aux)\s+(?=\w)", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:[\s,;–—-]+(?:and|und|et|y|e|en|i|a|og|ve|и))?"
    r"(?:\s+(?:i|we|to|we also|also|further|we further|wir|nous|ich|je|that we|that i))?[\s,;–—-]*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+(?=\W|$)")
_COUNT = re.compile(r"\s*(?:\w+\s){0,2}\w+:\s+(?=\w)")
_THINGS = re.compile(
    r"[^:;.]{0,80}\b(?:two|three|four|five|six|the following|these)\s(?:\w+\s)?(?:things|demands|points|steps|measures)"
    r"(?:\s[^:;.]{1,60})?:\s+(?=\w)",
    re.IGNORECASE,
)
# "Ask two things of the mayor. The first is that ..": what is asked comes in the sentences behind.
_COUNTED = re.compile(
    r"[^:;.]{0,60}\b(?:two|three|four|five|these) (?:\w+ )?(?:things|demands|points)\b[^:;]*$", re.IGNORECASE
)
_PRESSING = re.compile(r"\bto\s+(?=(?:put pressure|force|press|pressur|demand|compel|make)\w*\b)", re.IGNORECASE)


def clauses_after(page: Page, sentence: Sentence, *, is_letter: bool = False) -> Iterator[str]:
    """Yield what each demanding word of a sentence demands; in a letter nobody but the office is asked."""
    kinds = ("demand", "calling", "hope") if is_letter else ("demand", "calling")
    asking = [mark for mark in page.marks_of(sentence, *kinds)[:MOST_MARKS] if not _takes_article(page, mark)]
    marks = [mark for mark in asking if asks(page, sentence, mark, is_letter=is_letter)]
    marks = [mark for mark in marks if not _is_within(mark, marks)]
    marks = [mark for mark in marks if mark is marks[0] or page.words[mark.first].text != "pressure"]
    for index, mark in enumerate(marks):
        start = page.words[mark.last].start if page.words[mark.last].text in _ARTICLES else page.span(mark)[1]
        end = page.span(marks[index + 1])[0] if index + 1 < len(marks) else _before_aside(page, start, sentence.end)
        told = page.text[start:end]
        told = _NEXT.sub("", told) if index + 1 < len(marks) else told.rstrip(' .!?…”"')
        before = [] if told.strip(" :.!") else told_before(page, sentence, mark)
        if is_letter or not is_for_readers_before(page, sentence, mark):
            yield from (each[:LONGEST] for each in before if _is_wish(each))
        for clause in _demanded(page, mark, (start, end), told, is_letter=is_letter):
            yield clause[:LONGEST]


def _before_aside(page: Page, start: int, end: int) -> int:
    """Return where brackets begin that tell the reader how to write: "his release (don't send it from work)"."""
    aside = _IN_BRACKETS.search(page.text, start, end)
    first, past = (page.word_at(at) for at in aside.span()) if aside else (0, 0)
    return aside.start() if aside and page.marks_between(first, past, "send", "reading") else end


def _takes_article(page: Page, mark: Mark) -> bool:
    """Tell whether an "a" that is read as "to" is the article of what is asked: "pedindo a suspensão da ordem"."""
    last = page.words[mark.last]
    told = page.text[last.start : last.start + LONGEST]
    return mark.kind == "calling" and mark.last > mark.first and last.text == "a" and names_deed(told)


def _is_within(mark: Mark, marks: list[Mark]) -> bool:
    """Tell whether a longer mark covers this one, or a demanding one of the same words is kept instead."""
    return any(
        other is not mark
        and other.first <= mark.last
        and mark.last <= other.last
        and ((other.last, other.kind == "demand", -other.first) > (mark.last, mark.kind == "demand", -mark.first))
        for other in marks
    )


def _demanded(page: Page, mark: Mark, span: tuple[int, int], told: str, *, is_letter: bool) -> Iterator[str]:
    """Yield the demands in what follows a mark."""
    if _COUNTED.match(told):
        return
    bare = _listed(toneless(told)) if mark.kind == "demand" or _THINGS.match(told) else told
    is_counted = bool(_THINGS.match(told)) and len(bare) < len(told)
    span, told = (span[0] + len(told) - len(bare), span[1]), bare
    opened = None if is_counted or is_message(told.strip()) else opening_of(page, mark, span[0], told)
    verb = page.word_at(span[0] + opened[0]) if opened else mark.last + 1
    opener = opened[1].lower() if opened else _that(page, mark, told)
    if page.words[mark.first].text == "pressure" and not _is_on_office(page, mark, verb, opened):
        return
    is_telling = page.words[mark.first].text.startswith(_TELLING) and opener not in _BARE_TO
    is_told = is_telling and ((opener in THATS and is_duty(told)) or _is_told_duty(told.strip()))
    if not is_told and is_for_readers(page, mark, verb, page.word_at(span[1]), is_letter=is_letter):
        pressing = _PRESSING.search(told) if mark.kind == "demand" else None
        told, opener = (told[pressing.end() :], "") if pressing else ("", "")
    elif opened:
        told = told[opened[0] :]
    elif (
        mark.kind == "calling"
        and not is_counted
        and not is_doing(told)
        and not (is_telling and _is_told_duty(told.strip()))
    ):
        told = ""
    told = _TO_CHANNEL.split(told.lstrip(" :"))[0] if _CHANNEL.search(told) else told
    told = told if is_letter else _before_step(page, span, told)
    at = max(span[0], page.text.find(told, *span))
    told = unspliced(told, is_clause=opener in THATS)
    pieces = [told[left:right] for left, right in opened_again(page, at, told)] if opened else [told]
    for clause in (one for each in pieces for one in parts_of(_without_office(page, mark, span[0], each), opener)):
        bare = _LEAD.sub("", _TAIL.sub("", clause.strip()).strip()).strip(" ,;:")
        at = max(span[0], page.text.find(bare, *span))
        is_other = is_of_readers(page, at, at + len(bare)) or (is_telling and not is_told and not is_duty(bare))
        wish = bounded(_WHOM_TOLD.sub("", bare) if is_telling else bare)
        is_other = is_other or bool(_LETTERS_BE.match(bare) and page.has(page.sentence_at(span[0]), "message"))
        if _is_wish(wish) and not is_other and (is_letter or not is_to_reader(wish)):
            yield wish


def _listed(told: str) -> str:
    """Return what stands behind a colon that only a count of demands parts from the asking: "two things: .."."""
    count = _THINGS.match(told) or _COUNT.match(told)
    return told if not count or is_doing(told[: count.end()]) else told[count.end() :]


def _that(page: Page, mark: Mark, told: str) -> str:
    """Return the word that opens a clause behind a demanding one, or as its end: "exigimos que .."."""
    match = _THAT.match(told) or _OF_DOING.match(told)
    last = page.words[mark.last].text
    return match[1].lower() if match else last if last in THATS or last in _FORS else ""


def _is_on_office(page: Page, mark: Mark, verb: int, opened: tuple[int, str] | None) -> bool:
    """Tell whether pressure is put on an office, to do something: "pressure on the council to .."."""
    return bool(opened) and bool(page.marks_between(mark.last + 1, verb, "office", "embassy"))


def _is_told_duty(told: str) -> bool:
    """Tell whether somebody is told what must be done: "her the bakers should be rehired", "them get her out"."""
    whom = _WHOM_TOLD.match(told)
    return whom is not None and (is_duty(told[whom.end() :]) or names_deed(told[whom.end() :]))


def _before_step(page: Page, span: tuple[int, int], told: str) -> str:
    """Return what is asked up to a comma after which the reader is told to write: "to demand his release, write to"."""
    at = page.text.find(told, *span) if told else -1
    for comma in re.finditer(r",\s+(?=\w)", told) if at >= 0 else ():
        word = page.word_at(at + comma.end())
        if page.marks_between(word, word + 1, "send") and len(told[: comma.start()].split()) > 1:
            return told[: comma.start()]
    return told


def is_message(told: str) -> bool:
    """Tell whether what is asked is of the message itself: "that this letter be passed on"."""
    return bool(_THIS_LETTER.match(told))


def _is_wish(bare: str) -> bool:
    """Tell whether a clause is long enough for a demand, and no address or polite close."""
    is_other = "@" in bare or _HOLDS.match(bare) or _POLITE.match(bare) or _SAID.search(bare) or is_message(bare)
    return len(_LETTERS.findall(bare)) > 1 and not is_other


def _without_office(page: Page, mark: Mark, start: int, told: str) -> str:
    """Return what a letter asks, without the office that it goes to: "a fax calling for .. to the ministry"."""
    sends = page.marks_between(page.sentence_at(start).words[0], mark.first, "send")
    for comma in _AND_TO.finditer(told) if sends else ():
        word = page.word_at(start + comma.end())
        if page.marks_between(word, word + 3, "office", "embassy"):  # "write to A, demanding C, to the embassy and .."
            return told[: comma.start()]
    is_clause = page.words[mark.last].text == "that"  # which may have a "to" of its own
    if is_clause or not page.marks_between(max(0, mark.first - 4), mark.first, "message", "protest"):
        return told
    for match in _TO_OFFICE.finditer(told):
        word = page.word_at(start + match.end())
        if page.marks_between(word, word + 4, "office", "embassy"):
            return told[: match.start()]
    return told
