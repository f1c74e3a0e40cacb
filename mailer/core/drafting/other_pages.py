"""Which lines are titles of other pages? What a site lists below "In this issue" or "Related articles".

Law: only below a heading that says so, and only up to the first line of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence

LEAST_PROSE = 16  # words of a line that is no title
MOST_LISTED = 40  # lines below a heading

_HEADING = re.compile(
    r"\W*(?:(?:also |more )?in this issue|(?:related|similar|recent|latest|other|older|newer|previous|more|"
    r"further|popular|"
    r"most read|top) (?:articles?|posts?|stories|news|campaigns?|appeals?|actions?|pages?|items?|links|entries|"
    r"reports?)|"
    r"(?:latest|more|other) from\b.{0,40}|see also|read also|you (?:may|might) also like|"
    r"what['’]s new|"
    r"(?:verwandte|ähnliche|weitere|neueste|andere|letzte) (?:artikel|beiträge|meldungen|aktionen|nachrichten)|"
    r"siehe auch|"
    r"in dieser ausgabe|"
    r"(?:articles?|actions?|campagnes?|actualités) (?:liés?|liées?|récente?s?|similaires)|autres (?:articles|actions|"
    r"campagnes)|voir aussi|lire aussi|dans ce numéro|à lire aussi|"
    r"(?:artículos|noticias|entradas|acciones|campañas) (?:relacionad[oa]s|recientes|anteriores)|"
    r"otras (?:noticias|acciones|"
    r"campañas)|ver también|vea también|en este número|"
    r"(?:articoli|notizie|campagne|post) (?:correlat[ie]|recenti|simili)|(?:altre|altri) (?:notizie|articoli|campagne)|"
    r"leggi anche|vedi anche|in questo numero|"
    r"(?:artigos|notícias|posts|campanhas) (?:relacionad[oa]s|recentes)|outras (?:notícias|campanhas)|veja também|"
    r"leia também|nesta edição|"
    r"(?:gerelateerde|recente|andere|meer) (?:artikelen|berichten|acties|nieuws)|zie ook|lees ook|in dit nummer|"
    r"(?:powiązane|podobne|inne|ostatnie|najnowsze) (?:artykuły|wpisy|akcje|wiadomości)|zobacz też|zobacz także|"
    r"czytaj też|"
    r"w tym numerze|(?:související|podobné|další|poslední) (?:články|zprávy|akce)|viz také|čtěte také|v tomto čísle|"
    r"(?:relaterte|siste|andre|flere) (?:artikler|saker|aksjoner|nyheter|innlegg)|se også|les også|i dette nummeret|"
    r"(?:похожие|другие|последние|свежие) (?:статьи|записи|новости|материалы|акции)|читайте также|см\.? также|"
    r"в этом номере|"
    r"(?:ilgili|benzer|diğer|son) (?:haberler|yazılar|kampanyalar)|ayrıca bak\w*|bu sayıda)\W*(?:\(\d+\))?\W*",
    re.IGNORECASE,
)


def titles_in(page: Page) -> Iterator[int]:
    """Yield where the lines begin that are titles of other pages."""
    left = 0
    for sentence in page.sentences:
        is_heading = sentence.is_first and sentence.end - sentence.start <= LONGEST_HEADING
        if is_heading and _HEADING.fullmatch(page.told(sentence)):
            left = MOST_LISTED
        elif _is_prose(page, sentence):
            left = 0
        elif left:
            left -= 1
            yield sentence.start


def _is_prose(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence is too long for a title, ends as prose does, or with a colon, or calls to write."""
    is_long = sentence.words[1] - sentence.words[0] >= LEAST_PROSE
    return is_long or page.text[sentence.end - 1] in ".:" or page.has(sentence, "send", "calling")
