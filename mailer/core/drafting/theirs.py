"""What is wished of those who were just named? "They should stop the felling", "qu'ils partent", ".., er soll gehen".

Law: only where the sentence, or one before it in its line, calls to write to them.
"""

from __future__ import annotations

import re

from mailer.core.drafting.duties import HAVE_TO_TEXT, MUST_TEXT
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.series import series_in

MOST_BEFORE = 3  # sentences

# "They should ..", of an office named before: ".., er soll die Genehmigung zurücknehmen".
_THEY = (
    r"(?:they|he|she|er|sie|ils?|elles?|on|ell[oa]s|él|ele|ela|eles|elas|egli|lui|lei|loro|zij|ze|hij|on|oni|han|hun|de|"
    r"он|она|они)"
)
_THEY_MUST = re.compile(
    rf"(?:^|(?<=[,:;–—] )|(?<=\bthat ))({_THEY})\s(?=(?:{MUST_TEXT}|{HAVE_TO_TEXT})\s)", re.IGNORECASE
)
# "That they say where he is, and let the lawyer in": what is wished of others, one "that" after the other.
_THAT_THEY = re.compile(
    r"(?:^|: )(?:(?=qu['’](?:ils?|elles?|on)\s)|(?=(?:que|che)\s(?:(?:n[oã]o|non|se|l[aeo]s?|[ao]s?|nos|les?|"
    r"lhes?|li|gli)\s)?"
    r"(?!bien\b|sin\b|con\b|un\b|en\b|tan\b|sem\b|com\b|um\b|quem\b|cuan|jan\b)\w+(?:en|an|em|am|ino|ano)\b))",
    re.IGNORECASE,
)
_AND_THAT = re.compile(r"(?:,\s*|\s)(?:(?:y|e|et|que)\s+)?(?=(?:que|che)\s|qu['’])", re.IGNORECASE)
_OPENING_THAT = re.compile(r"(?:qu['’](?:ils?|elles?|on)\s|que\s|che\s)", re.IGNORECASE)


def wishes_of_them(page: Page, sentence: Sentence) -> list[str]:
    """Return what a sentence wishes of those who are written to; nothing where it names nobody so."""
    if not _is_called_before(page, sentence):
        return []
    told = page.told(sentence)
    return _that_they(told) or _they_must(page, sentence, told)


def _is_called_before(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence, or one before it in its line, asks to write to somebody."""
    before = sentence
    for _ in range(MOST_BEFORE):
        if page.has(before, "send", "message"):
            return True
        before = page.sentence_at(max(0, before.start - 2))
        if before.line != sentence.line:
            return False
    return False


def _that_they(told: str) -> list[str]:
    """Return what is wished of those who are written to: "qu'ils remballent leurs foreuses et qu'ils partent"."""
    match = _THAT_THEY.search(told)
    if not match or told.endswith("?"):
        return []
    wishes = [_OPENING_THAT.sub("", wish, count=1).strip(" ,.!") for wish in _AND_THAT.split(told[match.end() :])]
    return [wish for wish in wishes if len(wish.split()) > 1]


def _they_must(page: Page, sentence: Sentence, told: str) -> list[str]:
    """Return what they should do who are written to: "They should stop the felling", ".., er soll sie freilassen"."""
    match = _THEY_MUST.search(told)
    start = sentence.start + match.start(1) if match else 0
    word = page.word_at(start)
    is_deed = match and page.marks_between(word + 2, word + 4 if match.start() == 0 else sentence.words[1], "deed")
    return series_in(page.text[start : sentence.end].rstrip(" .!")) if is_deed else []
