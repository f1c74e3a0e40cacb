"""What is an appeal called? The line above its prose that tells most of the case, and least of those who ask.

Law: a title is taken as it stands but for what a mail or a form puts before it; it is doubtful where nothing in it is
what the text goes on to tell of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from mailer.core.drafting.country import named_countries
from mailer.core.drafting.dates import BYLINE
from mailer.core.drafting.drafts import Found
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.margins import SHORT_NAME_LAST
from mailer.core.drafting.page import Page, Sentence

TOP = 12  # sentences that tell how it ended
MOST_SENTENCES = 60  # among which the title stands
LONGEST_TITLE = 150
POSITION = 0.3  # what a line loses by each above it
LONGEST_LINE = 24  # characters of a heading that ends with a full stop
LONGEST_DATELINE = 14  # words
LEAST_PLAIN = 2  # words without a capital that make a line a sentence
BEGINNING = 2  # words with which the name of an organisation begins
LONGEST_DATE = 6  # words
LONGEST_GREETING = 6  # words
LEAST_WORDS = 3  # of a title that is sure by its topic
LEAST_LETTERS = 4  # of a name that is a topic
OFTEN = 2  # times that the text tells of a topic

_NOISE = re.compile(
    r"^(?:post(?:ed)? by|by|from|printable|home|share|facebook|print|email|tell a friend|text size|"
    r"versión para|imprimir|imprimer|version imprimable|druckversion|drucken|stampa|versione stampabile|"
    r"wersja do druku|"
    r"verze pro tisk|версия для печати|utskrift|yazdır|(?:prepared|written|compiled) by|enviar a|envoyer|invia|"
    r"twitter|link to|menu|login|search|"
    r"tags?|issn|vol|issue|join us|welcome|skip to|jump to|category|filed under|in partnership|taken from|"
    r"date|to|a blog|zum inhalt|aller au contenu|ir al contenido|saltar al|vai al contenuto|salta al|"
    r"(?:ir|pular) para o|meteen naar|naar de inhoud|ga naar|przejdź do|přejít|přeskočit|hopp til|gå til|içeriğe|"
    r"перейти к|you are here|ist hier|source|quelle|fuente|fonte|bron|źródło|zdroj|kilde|kaynak|источник|теги|"
    r"метки|рубрик\w*|categor\w+|posted in|keywords|"
    r"last edit\w*|last updated?|updated|stand|volver|inicio|accueil|startseite|accedi|commenti|commentaires|comments|"
    r"\d+ (?:comments?|views?)|issue no|nº|n°)\b|^\W*$|\||\s[>»›]\s|\S ?· ?\S.*·|"
    r"^[^\W\d]+,? (?:\d{1,2}\.? (?:de )?[^\W\d]+(?: de)? )?(?:19|20)\d\d$|^\S+$",
    re.IGNORECASE,
)
_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d\d\b.{0,12}$")
_SHORT_NAME = re.compile(r"\([A-ZÀ-ÝА-Я]{2,9}\)")
_TRADE = re.compile(
    r"journalis|giornalis|gazeteci|periodis|jornalis|dziennikarz|novinář|журналист|activis|aktivis|ativis|attivis|активист|"
    r"leader|líder|лидер|dirigent|unionist|syndicalis|sindicalis|sindacalis|gewerkschaft|vakbond|związkow|odborář|"
    r"fagforening|sendika|профсоюз|prisoner|militant|działacz"
)
# To whom all of it is said: "A los pueblos de ..", "Dear all".
_TO_ALL = re.compile(
    r"^(?:(?:a l[oa]s?|a tod[oa]s|a nuestr\w+|aux|à tou(?:s|tes)|an (?:alle|die)|agli|ai|alle|aos|às|ко?|til alle|"
    r"do wszystkich|aan (?:alle|de)|tüm) [^!:?]*$|(?:hi|hello|hallo|hola|ciao|bonjour|salut|ahoj|cześć|hei|merhaba|"
    r"compañer\w+|companheir\w+|compagn[ie]|camarades|comrades|genoss\w+|liebe|dear|cher\w*|car[ie]|queridas?|queridos?|"
    r"товарищи|друзья|drodzy|vážen\w+|kjære|beste|arkadaşlar)\b(?:\W+\w+){0,5}\W*$)|^-{4,}",
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
    solidariteit solidarność spoed statement stampa subject sur that the this to today tarafından dayanışma ve çağrısı
    bildirisi kamuoyuna basına tr tisková zpráva
    urgence urgency urgent urgente urgentemente urgently url verbreiten weiterleiten weitersagen welcome важно внимание
    всем заявление обращение открытое открытый перепост письмо пресс призыв релиз репост срочно pilne pilny otwarty
    naléhavé výzva oproep dringend duyuru çağrı mektup öffentlicher brev åpent opprop
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
_QUOTES = ("“", '"', "„", "«")
_WHEN = re.compile(BYLINE.pattern + r"|^.{0,22}\b(?:19|20)\d\d\b.{0,12}$", re.IGNORECASE)
_PREFACE = re.compile(  # what stands above any statement
    r"^(?:a |the )?(?:reports?|notes|statement|minutes|background|present|this (?:council|branch|union|meeting|"
    r"congress))\b|[;,]$|"
    r"opini[oó]n(?:e)? p[úu]blica|opinião pública|opinion publique|öffentlichkeit|opinii publicznej|общественност",
    re.IGNORECASE,
)
_SEX = re.compile(r"\((?:m|f|w|h|d|к|ж)\)")  # of somebody below the title
_SAYS = re.compile(r"[!:?]")
_MENU = re.compile(r" [|·•»>/] ")
_RULE = re.compile(r"\s*[-=_*~]{4,}.*")
_AROUND = " .:*=~_-–—#|+"
_BEFORE = re.compile(
    r"^(?:[\W_]*\[[^\]\n]{2,60}\]\s*|\W*(?<!\w)(?:(?:fwd?|fw|re|aw|wg|tr|rv|enc|i|antw|doorst|pd|odp|vs|sv|ynt)\s?:\s*)|"
    r"\W*(?<!\w)(?:subject|title|headline|betreff|titel|objet|titre|asunto|título|oggetto|titolo|assunto|onderwerp|temat|tytuł|"
    r"předmět|název|emne|tittel|konu|başlık|тема|заголовок)\s?:\s*)+",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?<!\w)[a-zß-ÿа-я]{4,}")  # a name has none
_CHANNEL = re.compile(r"@|\d{3}[ -]?\d{3}")
_TOLD_OF = ("protest", "imperative", "outcome", "demand", "release", "case", "solidarity", "event")
_NO_TOPIC = ("send", "message", "protest", "urgent", "calling", "imperative", "web", "phone", "mail", "post", "office")


def title_of(page: Page, lore: Lore) -> Found:
    """Return the title: of the lines above the prose the one that tells most, and of those the first."""
    lines = list(_lines_above_prose(page))
    candidates = [line for line in lines if not _is_noise(page, lore, line) and not page.has(line, "footer", "donate")]
    weighed = [(_weight(page, lore, line) - POSITION * index, line) for index, line in enumerate(candidates)]
    if not weighed:
        first = page.told(page.sentences[0])[:LONGEST_TITLE] if page.sentences else ""
        return Found(first, "no line looks like a title")
    _, title = max(weighed, key=lambda pair: pair[0])
    is_sure = (_is_of_case(page, lore, title) or _is_topic(page, lore, title)) and not _is_generic(page, title)
    return Found(_plain_title(page.told(title)), "" if is_sure else "the title?")


def _lines_above_prose(page: Page) -> Iterator[Sentence]:
    """Yield the whole lines above the first one that is prose, each as one sentence."""
    for _, group in groupby(page.sentences[:MOST_SENTENCES], key=lambda sentence: sentence.line):
        parts = list(group)
        line = replace(parts[0], end=parts[-1].end, words=(parts[0].words[0], parts[-1].words[1]), is_last=True)
        if line.end - line.start > LONGEST_TITLE:
            if line.line and _PLAIN.search(page.told(line)) and not _MENU.search(page.told(line)):
                return
            continue
        if line.line and line.end - line.start > LONGEST_LINE and page.text[line.end - 1] == ".":
            return
        if line.words[1] - line.words[0] >= 2:
            yield line


def _weight(page: Page, lore: Lore, line: Sentence) -> float:
    """Return how much a line looks like the title."""
    told = page.told(line)
    is_plain = len(_PLAIN.findall(told)) >= LEAST_PLAIN
    is_own = _is_name_of_askers(page, line)
    is_of_case = _tells(page, line) and not is_own
    weight = 3.0 * is_of_case + 2 * _names_country(page, lore, line) + 2 * _is_topic(page, lore, line)
    weight += is_plain + told.endswith("!") + 2 * _has_byline_below(page, line)
    is_caps = told.isupper() and not page.has(line, "campaigners", "ally", "office")
    weight -= 4 * is_own + 3 * _is_generic(page, line) + (not is_plain and not is_of_case) * (1 if is_caps else 2)
    weight -= 4 * told.endswith(".")
    weight -= (
        3 * (told[0].islower() or told[0] == "(" or line.is_item)
        + told.endswith((":", "?", ","))
        + 3 * (told[0] in _QUOTES and told[-1] in _QUOTES)
    )
    return weight - (3 if _SEX.search(told) else 2 * bool(_PREFACE.search(told)))


def _has_byline_below(page: Page, line: Sentence) -> bool:
    """Tell whether the line below tells who wrote it, or when; a quotation may stand between."""
    at = bisect_right(page.sentences, line.end, key=lambda each: each.start)
    below = [page.told(one) for one in page.sentences[at : at + 2]]
    below = below if below and below[0][0] in _QUOTES else below[:1]
    return any(len(told) <= LONGEST_TITLE and _WHEN.search(told) for told in below)


def _plain_title(told: str) -> str:
    """Return a title without what a mail or a form puts before it: "Subject: [list] Fwd:"."""
    plain = _RULE.sub("", _BEFORE.sub("", told)).strip(_AROUND)
    return plain or told.strip(" .:")


def _is_of_case(page: Page, lore: Lore, line: Sentence) -> bool:
    """Tell whether a line tells of a case, or names a country."""
    return _tells(page, line) or _names_country(page, lore, line)


def _tells(page: Page, line: Sentence) -> bool:
    """Tell whether a line tells what was done or is asked, and not only what somebody is: "Union of Journalists"."""
    marks = page.marks_of(line, *_TOLD_OF)
    return any(mark.kind != "case" or not _TRADE.match(page.words[mark.first].text) for mark in marks)


def _is_generic(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is what stands above any appeal: "Urgent action", "Press release"."""
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    return all(word in _GENERIC or word.isdigit() for word in words)


def _is_name_of_askers(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is the name of those who ask, or holds an address of theirs: another one is the title."""
    told = page.told(sentence)
    first = sentence.words[0]
    begins = bool(page.marks_between(first, first + BEGINNING, "campaigners", "ally")) and not _SAYS.search(told)
    is_name = page.has(sentence, "campaigners") and not _PLAIN.search(told) and not _tells(page, sentence)
    is_short = bool(SHORT_NAME_LAST.search(told) or _SHORT_NAME.search(told)) and not _SAYS.search(told)
    return is_name or begins or is_short or bool(_CHANNEL.search(told))


def _is_noise(page: Page, lore: Lore, sentence: Sentence) -> bool:
    """Tell whether a line is of the page and no heading: a menu, a date, a salutation."""
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    has_day = any(word in lore.months for word in words) and any(word.isdigit() for word in words)
    told = _BEFORE.sub("", page.told(sentence)) or page.told(sentence)
    is_date = has_day and (
        len(words) <= LONGEST_DATE or (len(words) <= LONGEST_DATELINE and bool(_ENDS_IN_YEAR.search(told)))
    )
    is_greeting = told.endswith(",") and len(words) <= LONGEST_GREETING
    return is_date or is_greeting or page.has(sentence, "dear") or bool(_NOISE.search(told) or _TO_ALL.search(told))


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
