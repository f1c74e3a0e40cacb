"""What is an appeal called? The first short line that is of the case, and not of the page around it.

Law: a title is taken as it stands; it is doubtful where nothing in it is what the text goes on to tell of.
"""

from __future__ import annotations

import re

from mailer.core.drafting.country import named_countries
from mailer.core.drafting.drafts import Found
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.margins import SHORT_NAME_LAST
from mailer.core.drafting.page import Page, Sentence

TOP = 12  # sentences among which the title stands
LONGEST_TITLE = 150
MOST_ABOVE = 5  # lines above a title
LONGEST_DATE = 6  # words
LONGEST_GREETING = 6  # words
LEAST_WORDS = 3  # of a title that is sure by its topic
LEAST_LETTERS = 4  # of a name that is a topic
OFTEN = 2  # times that the text tells of a topic

_NOISE = re.compile(
    r"^(?:post(?:ed)? by|by|from|printable|home|share|facebook|twitter|link to|menu|login|search|"
    r"tags?|issn|vol|issue|join|welcome|skip to|jump to|category|filed under|send|in partnership|taken from|subject|"
    r"date|to|a blog|zum inhalt|aller au contenu|ir al contenido|saltar al|vai al contenuto|salta al|"
    r"(?:ir|pular) para o|meteen naar|naar de inhoud|ga naar|przejdź do|přejít|přeskočit|hopp til|gå til|içeriğe|"
    r"перейти к|source|quelle|fuente|fonte|bron|źródło|zdroj|kilde|kaynak|источник|теги|метки)\b|^\W*$|\||"
    r"^[^\W\d]+,? (?:\d{1,2}\.? (?:de )?[^\W\d]+(?: de)? )?(?:19|20)\d\d$|^\S+$",
    re.IGNORECASE,
)
# What is written above any appeal, and tells nothing of this one.
_GENERIC_TEXT = """
    a action acción ação acil aktion akcja akce all an appeal appel apelo apel appello aufruf azione abierta aberta
    aperta aberto açık abierto basın açıklaması bitte brief break breaking bulletin carta campaign communication
    communiqué comunicado comunicato condividere de del della difundir diffondere difusión diffuser divulgar do eilt
    eilaktion eilmeldung email emergency escribir estampa far faire find for forward forwarded from fwd fw girare good
    haster help hilfe hilfsaktion il immediate immédiate important importante inmediata international internacional la
    le les letter lettera lettre list lista llamado medios mitteilung month monat moins monthly mois mes most news
    needed neuigkeiten notícias noticias nota nouvelles novas o of offener open original ouverte pedido per persbericht
    please pls point por prasowa prasowe prensa press presse pressemeddelelse pressemitteilung pressemelding priority
    prośba public publique publico público read red redistribute reenviar reenvíen release repost resend rilevante
    rapid repassem rt send share solicitud solidariedade solidaridad solidarität solidarité solidarietà solidarity
    solidariteit solidarność spoed statement stampa subject sur that the this to today tarafından tr tisková zpráva
    urgence urgency urgent urgente urgentemente urgently url verbreiten weiterleiten weitersagen welcome важно внимание
    всем заявление обращение открытое открытый перепост письмо пресс призыв релиз репост срочно pilne pilny otwarty
    naléhavé výzva oproep dringend duyuru çağrı mektup öffentlicher brev åpent opprop
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
_PLAIN = re.compile(r"(?<!\w)[a-zß-ÿа-я]{4,}")  # a name has none
_CHANNEL = re.compile(r"@|\d{3}[ -]?\d{3}")
_TOLD_OF = ("protest", "imperative", "outcome", "demand", "release", "case")
_NO_TOPIC = ("send", "message", "protest", "urgent", "calling", "imperative", "web", "phone", "mail", "post", "office")


def title_of(page: Page, lore: Lore) -> Found:
    """Return the title: the first short line that is of the case, and not of the page around it."""
    top = [one for one in page.sentences[:TOP] if one.is_first and not _is_noise(page, lore, one)]
    short = [one for one in top if one.words[1] - one.words[0] >= 2 and one.end - one.start <= LONGEST_TITLE]
    lines = [one for one in short if one.is_last and one.line - page.sentences[0].line <= MOST_ABOVE]
    short = lines or short
    of_case = [
        sentence
        for sentence in short
        if page.has(sentence, "case", "solidarity", "imperative", "protest", "outcome")
        or _names_country(page, lore, sentence)
    ]
    telling = [sentence for sentence in short if not _is_generic(page, sentence)]
    sure = [sentence for sentence in of_case if sentence in telling and not _is_name_of_askers(page, sentence)]
    for sentence in (*sure, *telling, *short):
        if not page.has(sentence, "footer", "donate"):
            doubt = "" if sentence in of_case or _is_topic(page, lore, sentence) else "the title?"
            return Found(page.told(sentence).strip(" .:"), doubt)
    first = page.told(page.sentences[0])[:LONGEST_TITLE] if page.sentences else ""
    return Found(first, "no line looks like a title")


def _is_generic(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is what stands above any appeal: "Urgent action", "Press release"."""
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    return all(word in _GENERIC or word.isdigit() for word in words)


def _is_name_of_askers(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is the name of those who ask, or holds an address of theirs: another one is the title."""
    told = page.told(sentence)
    is_name = page.has(sentence, "campaigners") or bool(SHORT_NAME_LAST.search(told))
    is_name = is_name and not _PLAIN.search(told) and not page.has(sentence, *_TOLD_OF)
    return is_name or bool(_CHANNEL.search(told))


def _is_noise(page: Page, lore: Lore, sentence: Sentence) -> bool:
    """Tell whether a line is of the page and no heading: a menu, a date, a salutation."""
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    has_day = any(word in lore.months for word in words) and any(word.isdigit() for word in words)
    is_date = len(words) <= LONGEST_DATE and has_day
    told = page.told(sentence)
    is_greeting = told.endswith(",") and len(words) <= LONGEST_GREETING
    return is_date or is_greeting or page.has(sentence, "dear") or bool(_NOISE.search(told))


def _names_country(page: Page, lore: Lore, sentence: Sentence) -> bool:
    """Tell whether a sentence names a country."""
    return any(True for _ in named_countries(page, lore, *sentence.words))


def _is_topic(page: Page, lore: Lore, sentence: Sentence) -> bool:
    """Tell whether a line has a name in it, of somebody or something, that the text tells of again and again."""
    first, past = sentence.words
    cues = {index for mark in page.marks_of(sentence, *_NO_TOPIC) for index in range(mark.first, mark.last + 1)}
    names = {page.words[index].text for index in range(first, past) if index not in cues and _is_name(page, index)}
    names -= set(lore.months)
    told = sum(word.text in names for word in page.words[past:] if page.text[word.start].isupper())
    return past - first >= LEAST_WORDS and told >= OFTEN


def _is_name(page: Page, index: int) -> bool:
    """Tell whether a word has a capital and is long enough to be a name."""
    word = page.words[index]
    return len(word.text) >= LEAST_LETTERS and page.text[word.start].isupper()
