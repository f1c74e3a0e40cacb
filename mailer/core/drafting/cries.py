"""Which sentences demand as a whole? What must be done, what a heading cries, what a letter politely asks.

Law: a sentence is kept as it stands, and only where an office, or the people of the case, are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.audience import BOTH
from mailer.core.drafting.duties import MUST, is_of_firm, is_of_us
from mailer.core.drafting.extent import is_of_readers
from mailer.core.drafting.joins import parts_of
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.passed_on import passed_on
from mailer.core.drafting.series import series_in
from mailer.core.drafting.spoken import called_end
from mailer.core.drafting.standards import standard_of
from mailer.core.drafting.theirs import wishes_of_them

LONGEST = 350
MOST_SUBJECT = 14  # words
LEAST_DUTY = 6  # words of what an office must do, where no table knows the deed
MOST_ARTICLES = 4  # words before the office that must do it
LEAST_ORDER = 4  # words
MOST_CRIED = 16  # words of a cry
MOST_CALLED = 3  # words among which the reader is called: "Comrades, .."
TOP = 12  # lines among which a heading cries

_RELEASE = re.compile(
    r"\b(?:for|until|till|bis zur|für die|pour|jusqu['’]à|por|hasta|per|fino al|fino alla|pel[ao]s?|até|"
    r"até à|voor|tot|tot de|o|aż do|za|až do|för|til|за|до|for)\s+"
    r"((?:(?:the|la|le|l['’]|il|lo|a|de|die|der|el|о)\s*)?(?:\w+\s+){0,2}?(?:release|freedom|"
    r"freilassung|freiheit|libération|liberación|libertad|rilascio|liberazione|scarcerazione|"
    r"libertação|vrijlating|løslatelse\w*)\s+(?:of|for|von|der|des|d[eu]|d[ao]s?|di|del|dei|degli|della|van|"
    r"av)\b[^.!?;:\n]{3,160}|"
    r"(?:\w+\s+){0,2}?(?:uwolnieni|zwolnieni|propuštění|освобождени)\w*\s[^.!?;:\n]{3,160})",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[\s:,–—-]*(?:for(?= the immediate| the release of)|o)\s+", re.IGNORECASE)
# What unions do.
STRIKES = re.compile(
    r"\b(?:call|declare|organi[sz]e|prepare|join|support|stage|convo\w+|déclar\w+|appel\w+|procla\w+|organi\w+|ausrufen|"
    r"indire|decretar|ogłosić|vyhlásit|объявить)\s(?:\S+\s){0,5}?(?:strikes?|grève|huelga|paro|sciopero|greve|\w*streik|"
    r"staking|strajk|stávk|забастовк)",
    re.IGNORECASE,
)
# What must be done, of somebody else, or of who is written to: "il faut qu'il rouvre", "es necesario que usted ..".
_NEEDED_OF = re.compile(
    r"\b(?:it is|it['’]s) (?:high |long past |past )?time(?:,? too)?,? (?:for|that) (?:the|your|his|her|their)\s"
    r"|\bil (?:me |nous )?(?:paraît|semble|est) (?:indispensable|essentiel|impératif|nécessaire|urgent|"
    r"temps) qu(?:e |['’])"
    r"|\b(?:il faut|il est (?:nécessaire|temps|urgent)|es (?:necesario|urgente|hora de)|hace falta|bisogna|occorre|"
    r"è (?:necessario|ora)|é (?:preciso|necessário|hora de)|it is (?:essential|vital|imperative|time|crucial)|"
    r"es ist (?:an der Zeit|notwendig|unerlässlich),?)\s+(?:que|qu['’]|che|that|dass)\s*"
    r"(?:usted(?:es)?|vous|lei|v\.? ?ex|o senhor|a senhora|you|sie|ils?|elles?|the|le|la|les|el|los|las|il|i|gli|o|os|"
    r"die|der|das)\b(?!\s+\w+(?:mos|iamo|ons)\b)"
    r"|\b(?:het is (?:tijd|nodig|noodzakelijk),? dat|(?:det )?er (?:det )?på tide at|det er nødvendig at|"
    r"(?:trzeba|konieczne jest|najwyższy czas),? (?:aby|żeby)|(?:je třeba|je nutné|je čas),? aby\w*|"
    r"(?:необходимо|нужно),? чтобы)\s(?!(?:we|wij|vi|мы)\b)",
    re.IGNORECASE,
)
_SUBJECT_OF = re.compile(
    r"(?:it is|it['’]s) (?:\w+ ){0,2}time(?:,? too)?,? (?:that )?(?!for\b)|il (?:me |nous )?(?:paraît|"
    r"semble) \w+ qu(?:e |['’])",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|so|therefore|und|et|y|e|en|i|og|и)\s+(?=\w)", re.IGNORECASE)
# What is needed, whoever is to do it.
_NEEDED = re.compile(
    r"^(?:il faut|hay que|bisogna|occorre|è necessario|é preciso|é necessário|es necesario|trzeba|należy|"
    r"je třeba|je nutné|необходимо|нужно|надо|it is (?:essential|necessary) (?:that|to)|es ist (?:nötig|notwendig)|"
    r"det er nødvendig)\b"
    r"|\w+m[ae]l[ıi](?:d[ıi]r)?(?:lar|ler)?$",
    re.IGNORECASE,
)
_NO = re.compile(r"\w+(?:[ae]|n[ae])\s+hay[ıi]r$", re.IGNORECASE)
OURS = re.compile(
    r"(?:we|you|our|your|this|that|it|i|there|what|man|one|on|uno|si|se|"
    r"wir|ihr|das|dies|ich|es|nous|vous|je|j|on|il faut|ce|cela|nosotros|"
    r"noi|voi|io|nós|wij|dit|dat|ik|my|to|ja|vi|jeg|det|мы|вы|это|я|ben|biz|bu)\b",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"(?:your? |ihre? |vo(?:tre|s) |su |vuestr\w+ |(?:la )?vostr\w+ |voss\w+ |uw |wasz\w* |vaš\w* |ваш\w* )"
    r"(?!letter|reply|answer|brief|lettre|carta|lettera)",
    re.IGNORECASE,
)
_LET_US = re.compile(r"\b\w{2,}(?:[aei]mos|iamo|ons)\b", re.IGNORECASE)
_FOR_US = re.compile(r"\s+(?:be|become|remain) (?:our|my|a|an|the)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\s+(?:be|être|ser|essere|worden|zostać|być|být|bli|быть|(?:\w+ ){1,14}(?:werden|worden|freigelassen))\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?<!\w)[\"“„«'‘]([^\"”“»„«\n]{6,200}!)[\"”“»'’]")
_FOR_WHOM = re.compile(
    r"¡?[^\W\d_]\w+(?: \w+){0,2} (?:for|pour|para|für|per|voor|dla|pro|для|til) "
    r"(?:[^\W\d_a-zß-ÿа-я]|tod[ao]s|tous|tutt[ie]|all\b|alle|everyone|wszystkich|všechny|всех)"
)
# What every page of the kind ends with.
_FREE_ALL = re.compile(
    r"\b(?:freedom|freiheit|liberté|libertad|libertà|liberdade|vrijheid|wolność|svoboda|frihet|свобод[ау])\s\w+\s(?:alle|all|"
    r"tod[ao]s|tous|toutes|tutt[ie]|iedereen|wszystkich|všechny|всем|всех)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^[^:\n]{2,40}:\s+")
_THAT_IT_BE = re.compile(
    r"(?:Que|Qu['’]|Che)\s?(?:[^.,:;!?]{0,80}?\s)?(?:sean?|sejam?|soi(?:t|ent)|siano?|se (?:les? |lhes? )?\w+(?:en?|"
    r"an?|em|am)|"
    r"(?:tem|têm|tienen?) que|doi(?:t|vent)|deben?|devem?|devono)\s"
)
_PLEASE = re.compile(
    r"^(?:(?:so|therefore|again|and|also|lastly|finally|furthermore|moreover|meanwhile)?,?\s*(?:we |i )?(?:please|"
    r"kindly)|bitte|s['’]il vous plaît|veuillez|por favor|"
    r"per favore|per piacere|proszę|prosím|vennligst|lütfen|пожалуйста),?\s+",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:[A-ZÄÖÜ]\w+e?[lr]?n Sie\b|(?!Veuillez|Sachez|Permettez|Recevez|Croyez|Acceptez)[A-ZÉÀ]\w+ez\b)"
)
_POLITE = re.compile(
    r"(?:accept|agréer|recevoir|croire|let (?:me|us)|inform|keep|reply|respond|write|send|contact|find|see|note|feel|"
    r"teilen|antworten|nehmen|reciba|acepte|aceite|accolga|me\b|us\b|nous\b|przyjąć|przyjmijcie|přijměte|ta imot|"
    r"kabul|примите|excuse|forgive|reveal|tell|explain|forward|convey|consider|understand|know|"
    r"be (?:aware|assured)|read|look|think|call|visit|sign|share|join|help us|donate|add|use|print|copy)",
    re.IGNORECASE,
)


def whole_wish(page: Page, sentence: Sentence, *, is_letter: bool) -> Iterator[str]:
    """Yield a sentence that demands as a whole: it tells what must be done, or asks it of an office in a letter."""
    told = page.told(sentence)
    if len(told) > LONGEST:
        return
    plea = _PLEASE.match(told) if is_letter else None
    if plea:
        asked = told[plea.end() :]
        if not _POLITE.match(asked) and len(asked.split()) > 2:
            yield from series_in(asked)
    elif needed := _NEEDED_OF.search(told):
        is_office = is_letter or page.has(sentence, "office", "deed") or needed.start() == 0
        wish = _SUBJECT_OF.sub("", told[needed.start() :])
        yield from [wish] if is_office and not page.has(sentence, "send", "join", "message") else []
    elif wishes := passed_on(page, sentence, is_letter=is_letter) or _let(page, sentence, told, is_letter=is_letter):
        yield from wishes
    elif is_letter and _is_order(page, sentence, told):
        yield _AND.sub("", told[called_end(told) :], count=1)
    elif _must_be(page, sentence, told, is_letter=is_letter):
        yield from _duties(told)


def _duties(told: str) -> list[str]:
    """Return what must be done: of a firm's series each deed by itself, else the sentence as it stands."""
    must = MUST.search(told)
    deeds = series_in(told[must.end() :]) if must and is_of_firm(told) else []
    return deeds if len(deeds) > 1 else [told]


def _let(page: Page, sentence: Sentence, told: str, *, is_letter: bool) -> list[str]:
    """Return what a sentence wishes by its "that", or of those just named: "Que se reabra ..", "They should .."."""
    is_wish = _THAT_IT_BE.match(told) and not told.endswith("?")
    if is_wish and not page.has(sentence, "send", "join", "message"):
        return [told]
    return [] if is_letter else wishes_of_them(page, sentence)


def is_order(told: str) -> bool:
    """Tell whether a sentence begins with a polite imperative: "Schützen Sie ..", "Libérez .."."""
    return bool(_IMPERATIVE.match(told))


def _is_order(page: Page, sentence: Sentence, told: str) -> bool:
    """Tell whether a letter's sentence orders: "Release ..", "Schützen Sie ..", "Libérez .."."""
    called = called_end(told)
    word = sentence.words[0] + bool(_AND.match(told))
    ordered = told[called : called + 1].upper() + told[called + 1 :] if called else told
    is_imperative = _IMPERATIVE.match(ordered) or page.marks_between(word, word + 1, "imperative")
    is_short = sentence.words[1] - word < LEAST_ORDER
    return bool(is_imperative) and not is_short and not page.has(sentence, "send", "dear", "closing", "message")


def _must_be(page: Page, sentence: Sentence, told: str, *, is_letter: bool) -> bool:
    """Tell whether a sentence says that people are to be released, or what an office must do."""
    match = MUST.search(told)
    after = told[match.end() :] if match else ""
    is_ours = OURS.match(told) and not (is_letter and _YOURS.match(told))
    is_other = STRIKES.search(told) or page.has(sentence, "send", "donate") or sentence.opens
    if not match or is_ours or is_other or _FOR_US.match(after):
        return False
    past = page.word_at(sentence.start + match.start())
    before = past - sentence.words[0]
    is_cry = told.endswith("!") and not page.has(sentence, "join", "event", "message", "campaigners")
    if is_cry and before <= LEAST_DUTY and len(after.split()) > 1 and page.has(sentence, "deed", "office"):
        return True
    is_near = is_letter and before <= MOST_SUBJECT
    if _DONE.match(after) and (is_near or standard_of(re.split(r"[,;]", after[:120])[0]) or _is_short_order(told)):
        return True
    return _is_duty_of(page, sentence, match, is_letter=is_letter)


def _is_duty_of(page: Page, sentence: Sentence, match: re.Match[str], *, is_letter: bool) -> bool:
    """Tell whether it is a firm or an office, or in a letter anybody, who must do something."""
    told, after = match.string, match.string[match.end() :]
    first, past = sentence.words[0], page.word_at(sentence.start + match.start())
    if any(OURS.fullmatch(word.text) for word in page.words[first + is_letter : past]):
        return False
    if is_of_firm(told):
        return len(after.split()) > 1 and page.has(sentence, "deed")
    if is_letter:
        is_short = past - first <= LEAST_DUTY and page.has(sentence, "deed", "office")
        return len(after.split()) > 1 and (bool(_YOURS.match(told)) or is_short)
    subject = page.marks_between(first, past, "office")
    is_office = bool(subject) and subject[0].first - first <= MOST_ARTICLES
    is_deed = len(after.split()) >= LEAST_DUTY or bool(page.marks_between(past, past + 4, "deed"))
    return is_office and is_deed


def _is_short_order(told: str) -> bool:
    """Tell whether a short sentence is a standard demand as a whole: "All charges should be dropped"."""
    return len(told) <= LONGEST_HEADING and bool(standard_of(told))


def heading_wish(page: Page, sentence: Sentence) -> str:
    """Return what a heading or a cry asks: "Country: Free the ...", "Stop the ...!"; nothing for other sentences."""
    is_heading = sentence.is_first and not sentence.is_item and sentence.end - sentence.start <= LONGEST_HEADING
    is_cry = page.text[max(sentence.start, sentence.end - 8) : sentence.end].rstrip("\"'”’» ").endswith("!")
    if not is_cry and (not is_heading or sentence.line > TOP):
        return ""
    head = _HEAD.match(page.told(sentence))
    start = sentence.start + (head.end() if head else 0)
    word = page.word_at(start)
    wish = page.text[start : sentence.end].strip(" !.\"'”’»")
    if is_cry and wish.isupper() and sentence.line <= TOP and page.marks_between(word, word + 1, "deed"):
        return wish if 2 <= len(wish.split()) < MOST_CRIED and not page.has(sentence, "send", "join", "donate") else ""
    if page.marks_between(word, word + 1, "imperative") and page.marks_between(word, word + 3, "release", "imperative"):
        is_whole = sentence.is_last or is_cry
        least = 2 if standard_of(wish) else 3
        return wish if least <= len(wish.split()) < MOST_CRIED and is_whole else ""
    return wish if len(wish.split()) < MOST_CRIED and _is_needed(page, sentence, wish) else ""


def _is_needed(page: Page, sentence: Sentence, wish: str) -> bool:
    """Tell whether a cry says what is needed, of others than the reader: "il faut lever ..", "X .. must be freed!"."""
    first = sentence.words[0]
    whom = (page.words[mark.first].text for mark in page.marks_between(first, first + MOST_CALLED, "audience"))
    if page.has(sentence, "send", "message", "join", "donate") or any(word not in BOTH for word in whom):
        return False
    if is_of_readers(page, sentence.start, sentence.end) or _LET_US.search(wish):
        return False
    is_deed = bool(standard_of(wish)) or page.has(sentence, "deed")
    is_needed = _NEEDED.search(wish) or (wish.isupper() and standard_of(wish))
    return bool(_NO.search(wish) or (is_deed and is_needed and not is_of_us(wish)))


def cried_for(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield what a short cry wants for somebody: "Bread for Anna!", "Du pain pour tous !"."""
    told = page.told(sentence)
    is_other = bool(_FREE_ALL.search(told)) or page.has(
        sentence, "send", "join", "donate", "thanks", "message", "event", "solidarity"
    )
    if told.endswith("!") and len(told.split()) < MOST_CRIED // 2 and _FOR_WHOM.match(told) and not is_other:
        yield told.strip("¡! ")


def quoted_cries(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield what a sentence quotes of a banner or a poster: "a poster that says 'Free the bakers! Pay them!'"."""
    past = page.text.find("\n", sentence.end) % (len(page.text) + 1)
    for quote in _QUOTE.finditer(page.text, sentence.start, min(past, sentence.start + LONGEST)):
        start = quote.start(1)
        if start >= sentence.end:
            return
        for cry in re.finditer(r"[^!]{6,90}!", quote[1]):
            word = page.word_at(start + cry.start())
            if page.marks_between(word, word + 1, "imperative"):
                yield cry[0].strip()


def fallback_wishes(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield "the release of ..." and what is joined to it, where a sentence has it after "for" or "until"."""
    match = _RELEASE.search(page.told(sentence)[:1000])
    word = page.word_at(sentence.start + match.start()) if match else 0
    if match and not page.marks_between(max(0, word - 1), word, "campaigners"):
        yield from (_LEAD.sub("", part).strip() for part in parts_of(match[1].strip()))
