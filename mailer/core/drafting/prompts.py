"""Which words announce what is to be said, and where does that stand? "Demand: ..", "Two lines are enough: ..".

Law: what stands behind such words is said to an office; in which tone it is to be said is no demand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import parts_of
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.series import series_in

LEAST_LABELLED = 12  # characters
MOST_WORDS = 12  # of an item between commas
MOST_FOLLOWING = 20  # sentences of a line, behind one that announces them

_DEMAND = (
    r"(?:demands?|requests?|demandes?|bitten?|peticion(?:es)?|petición|pedidos?|verzoek(?:en)?|prośb[aęy]|žádosti?|"
    r"просьб[аы]|message|forderung(?:en)?|revendications?|demandas?|exigencias?|richiest[ae]|rivendicazion[ei]|"
    r"reivindicaç(?:ão|ões)|eis(?:en)?|żądani[ae]|postulaty?|požadav(?:ek|ky)|krav(?:ene)?|"
    r"tale[pb](?:imiz|ler(?:imiz)?)?|требовани[ея])"
)
_OUR = (
    r"(?:our|your|their|the(?: \w+['’]s?)?|eure|ihre|vos|sus|vuestras|las|le vostre|le|suas|as|jullie|wasze|vaše|deres|"
    r"ваши|unsere|notre|nos|nuestras?|la nostra|le nostre|nossas?|onze|nasze|naše|vårt?|våre|наш[еи]|bizim)\s+"
)
# "Demands: ..", and "our demand stays as it was: ..".
_LABEL = re.compile(
    rf"(?:{_OUR}(?:\w+\s+)?{_DEMAND}(?:\s[\w'’]+){{0,4}}|(?:{_OUR})?{_DEMAND}|"
    r"(?:the )?(?:ask|(?:main |key )points|slogan|motto|in (?:all|each|your) (?:letters?|mails?|"
    r"messages?|calls?))|"
    r"what (?:we|they|you|(?:the|our) \w+) (?:want|demand|need|seek|ask(?: for)?|call for|(?:is|are) (?:after|"
    r"asking for|"
    r"calling for|demanding))|points for (?:your|the) (?:letter|message|"
    r"e-?mail)s?|what to (?:say|ask(?: for)?|write|demand|call for|tell (?:them|him|her))|"
    r"(?:write|schreib\w*(?: sie)?|écri\w+|escrib\w+|scriv\w+|escrev\w+|schrijf|piszcie|пишите)(?=\s?:\s[\"“„«])|"
    r"points (?:(?:that |which )?(?:you|we) (?:may|might|could|can|should)|to) (?:raise|make|mention|include|cover)|"
    r"points à (?:soulever|aborder|rappeler)|puntos (?:a|que puede[ns]?) (?:plantear|mencionar)|"
    r"mögliche (?:punkte|forderungen)|"
    r"punti da (?:sollevare|toccare)|pontos a (?:levantar|mencionar)|mogelijke punten|tell (?:them|him|her|it)|"
    r"say|sagt|sagen sie|dites|dites[- ]leur|diga[mn]?|dite|zeg|powiedzcie|řekněte|скажите|"
    r"(?:[^.:;!?\n]{1,40}\s)?(?:lines?|words?|sentences?|zeilen|sätze|worte?|lignes?|mots?|phrases?|líneas?|"
    r"palabras?|satz|zin|zdanie|větu?|setning|"
    r"frases?|righe|parole|frasi|linhas?|palavras?|regels?|woorden|zinnen|zda(?:ń|nia)|słów|słowa|vět\w*|slov\w*|"
    r"linjer|ord|setninger|строк\w*|слов\w*|satır|cümle)\s(?:[^.:;!?\n]{0,20}\s)?(?:enough|do|suffi\w*|reich(?:en|t)|"
    r"genüg(?:en|t)|basta(?:n|no|m)?|chegam?|volsta(?:an|at)|genoeg|wystarcz[ąy]|stačí|holder|nok|достаточно|хватит|yeterli?)|"
    r"(?:il suffit de|es reichen|es genügen|bastan|bastano|bastam|wystarczy|stačí|хватит|достаточно)\s"
    r"[^.:;!?\n]{3,40})\s*(?::|\s[–—-])\s+",
    re.IGNORECASE,
)
# "What to say?": what follows in its line is said.
_WHAT_TO_SAY = re.compile(
    r"(?:what|what (?:to|should (?:i|you|we)|do we|can you) (?:say|ask|write|want|demand)(?: for)?|what (?:we|"
    r"do they) (?:want|demand)|"
    r"was (?:sagen|schreiben|fordern|wollen)(?: wir| sie)?|que (?:dire|demander|écrire|voulons[- ]nous|"
    r"demandons[- ]nous)|qué (?:decir|pedir|"
    r"escribir|pedimos|exigimos|queremos)|(?:che )?cosa (?:dire|chiedere|scrivere|chiediamo|vogliamo)|o que (?:dizer|"
    r"pedir|escrever|pedimos|exigimos|queremos)|"
    r"wat (?:te )?(?:zeggen|schrijven|vragen|eisen we|willen we)|co (?:powiedzieć|napisać|říct|říci|napsat|chceme|"
    r"požadujeme|żądamy)|"
    r"hva (?:kan du|skal du) (?:si|skrive)|что (?:сказать|написать|требовать)|чего мы (?:хотим|требуем)|ne (?:demeli|"
    r"yazmalı|istiyoruz))\W*\?$"
    rf"|(?:{_OUR})?{_DEMAND}\.$",
    re.IGNORECASE,
)
_OUR_LABEL = re.compile(rf"\b{_OUR}(?:\w+\s+)?{_DEMAND}\s*:\s+", re.IGNORECASE)
# "Ring the office and say, politely but firmly: .."
_SAYING = re.compile(
    r"\b(?:say|sagt|sagen sie|dites|dites[- ]leur|digan|diga|díganles?|dígales?|digam|dite|ditegli|zeg|zegt|"
    r"powiedzcie|powiedz|"
    r"řekněte|si|скажите|söyleyin)(?:,?\s(?:to )?(?:only|just|simply|them|him|her|this|that|\w+(?:ly|mente|ment)|"
    r"freundlich|"
    r"höflich|deutlich|bestimmt|aber|und|but|and|nur|ihnen|ihm|einfach|leur|simplement|solo|só|vriendelijk|duidelijk|grzecznie|"
    r"slušně|вежливо)){0,5}:\s+",
    re.IGNORECASE,
)
# "What to say: be polite": how, and not what.
_MANNER = re.compile(
    r"[\"“„«]?(?:please )?(?:be|stay|remain|keep|don['’]t|bleib\w*|seid|soyez|restez|sed|sean|siate|sejam|wees|"
    r"blijf) \w",
    re.IGNORECASE,
)
# "Please quote case no. 5": no demand more.
_ASIDE = re.compile(
    r"(?:please|bitte|merci de|por favor|per favore|proszę|prosím|пожалуйста|they|sie|ils|ellos|loro)\s", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“„«”][^\"”“»]*[\"”“»]$")
_CHANNEL = re.compile(r"@|\d{3}")
_WORD = re.compile(r"\w")
_SLASHES = re.compile(r"\s+(?://|/|\|)\s+")
_COMMAS = re.compile(r",\s+(?:(?:and|und|et|y|e|en|i|og|и)\s+)?(?:above all,?\s+)?(?=\w)")
_GOES_ON = re.compile(
    r"(?:wh\w+|onde|donde|où|wo|dove|waar|gdzie|kde|где|como|come|comme|that|as|if|until|in|on|at|of|for|with|without|including|such|be|is|are|was|he|she|it|they|we|i|\w+ed|"
    r"held|[A-ZÀ-Ý]\w+ (?:and|und|et|y|e|en|i|og|и) [A-ZÀ-Ý]\w+|qui|que|dont|die|der|das|dass|wie|che|cui|quien\w*|"
    r"żeby|aby|któr\w*|kter\w*|котор\w*)\b",
    re.IGNORECASE,
)
_OF_CALLER = re.compile(r"[\"“]?(?:hello|hi|good \w+|my name|i['’ ]|we['’ ])", re.IGNORECASE)
# What the writers tell of themselves.
_OURS = re.compile(r"(?:we|i|it|wir|ich|nous|je|noi|io|nós|eu|wij|ik|my|vi|jeg|мы|я|ben|biz)\b", re.IGNORECASE)


def is_label(told: str) -> bool:
    """Tell whether a line only announces what is to be said, without asking: "A few words are enough:"."""
    return bool(_LABEL.fullmatch(f"{told} ") or _WHAT_TO_SAY.match(told.strip("¿")))


def labelled(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield what stands behind a label, to the end of its line: "Demand: reopen the bakery. Pay the wages."."""
    if _WHAT_TO_SAY.match(page.told(sentence).strip("¿")):
        yield from _said_after(page, sentence)
    start = _label_end(page, sentence)
    if not start or sentence.end - start < LEAST_LABELLED or _MANNER.match(page.text, start):
        return
    first = page.word_at(start)
    if page.marks_between(first, first + 1, "send") and page.marks_between(first, sentence.words[1], "message"):
        return
    yield from _parts(page.text[start : sentence.end].rstrip(" .!"))
    if _QUOTED.match(page.text, start, sentence.end):
        return
    is_label = _LABEL.match(page.told(sentence)) or _OUR_LABEL.search(page.told(sentence))
    for following in _rest_of_line(page, sentence):
        word = following.words[0]
        is_other = _ASIDE.match(page.told(following)) or page.has(following, "send", "message")
        if (
            is_other
            or _label_end(page, following)
            or (not is_label and not page.marks_between(word, word + 1, "imperative"))
        ):
            return
        if not _OF_CALLER.match(page.told(following)):
            yield page.told(following).rstrip(" .!")


def _parts(told: str) -> Iterator[str]:
    """Yield the parts of what stands behind a label, which commas alone may part; nothing of the caller."""
    for part in (piece for each in _SLASHES.split(told) for piece in parts_of(each)):
        pieces = _COMMAS.split(part)
        is_list = len(pieces) > 1 and all(_is_item(piece) for piece in pieces)
        yield from (
            each for each in (pieces if is_list else [part]) if not _OF_CALLER.match(each) and not _CHANNEL.search(each)
        )


def _is_item(told: str) -> bool:
    """Tell whether a part between commas may be a demand: of two words, and no more told of the part before."""
    return 1 < len(told.split()) <= MOST_WORDS and not _GOES_ON.match(told)


def _rest_of_line(page: Page, sentence: Sentence) -> Iterator[Sentence]:
    """Yield the sentences that follow one in its line, but no endless ones."""
    following = _next(page, sentence)
    for _ in range(MOST_FOLLOWING):
        if following.line != sentence.line or following.start <= sentence.start:
            return
        yield following
        sentence, following = following, _next(page, following)


def _next(page: Page, sentence: Sentence) -> Sentence:
    """Return the sentence behind one, or the last itself."""
    after = _WORD.search(page.text, sentence.end)
    return page.sentence_at(after.start() if after else sentence.start)


def _said_after(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield the sentences that follow in a line, up to the first that asks something itself."""
    for following in _rest_of_line(page, sentence):
        told = page.told(following)
        if (
            told.endswith("?")
            or page.has(following, "send", "demand", "calling")
            or _MANNER.match(told)
            or _OURS.match(told)
        ):
            return
        yield from _parts(told)


def _label_end(page: Page, sentence: Sentence) -> int:
    """Return where a label ends: "Demand:", or a call to send messages and its colon, before an imperative."""
    told = page.told(sentence)
    label = _LABEL.match(told) or _OUR_LABEL.search(told)
    if label:
        return sentence.start + label.end()
    colon = page.text.find(": ", sentence.start, sentence.end) + 2
    if colon > 2 and (said := _SAYING.search(told)):
        return sentence.start + said.end()
    word = page.word_at(colon)
    is_cry = colon > 2 and page.has(sentence, "send") and page.has(sentence, "message")
    told = page.text[colon : sentence.end]
    is_series = is_cry and not _CHANNEL.search(told) and names_deed(told) and len(series_in(told)) > 1
    return page.words[word].start if is_cry and (is_series or page.marks_between(word, word + 1, "imperative")) else 0
