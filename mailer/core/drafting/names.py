"""What is the name of the one whom an address belongs to? The words right before it, or the line above.

Law: a name is cut out of the text as it stands; words that only send, label or join are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mailer.core.drafting.addressees import FIRM
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token

LONGEST_NAME = 110
LONGEST_COMMON = 7  # words of an office that no capital begins
MOST_PARTS = 3  # of an address, among which its addressee is
MOST_LINES_UP = 8
MOST_CALLS_UP = 25

_LABELS = ("fax", "phone", "mobile", "mail", "web", "post", "telex")
_JOINING_TEXT = """
    at on to the by number numbers no nr is are or and via under of for his her their its your a an also following
    this these it can be in al alla all allo ai agli al numero el los las la le les l à au aux par de del den der
    die das dem an auf unter und oder nummer in y o e ou et il lo i gli un una the een het aan naar op of do na pod
    nr i lub numer pro na a nebo til på og eller ve veya için по на и или в к номер адресу respectively so this
    please as well direct directly sa mga per oder
"""
_JOINING = frozenset(_JOINING_TEXT.split())
_NO_NAMES_TEXT = "sie ihr ihre ihren bitte wer please you we por favor oder und also je nous vous usted vi"
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
# What follows "and" where the sentence goes on, and not the name: "... and tell him", not "... and social affairs".
_TELLING = (
    r"(?:also|then|please|ask|tell|say|let|make|his|her|their|your|our|express|insist|protest|mention|copy|send|write|"
    r"call|fax|phone|ring|email|e-mail|bitte|fragt|sagt|fordert|schreib|schick|seine|ihre|ruft|demand|dites|écri|envoy|"
    r"appel|exige|exigi|faites|ses\b|sus\b|pid|diga|envi|escrib|exij|llam|chied|dite|scriv|invia|peç|diga|escrev|lig|"
    r"vraag|zeg|eis|stuur|schrijf|bel\b|popro|żąda|napisz|wyśl|powiedz|požád|pošl|napiš|řekn|be\b|krev|skriv|send|ring|"
    r"isteyin|yazın|arayın|söyleyin|треб|прос|скаж|напиш|пиш|звон|отправ|шлите|его\b|её\b|их\b)"
)
_CUT = re.compile(
    r"\s*(?:[;:(\[?!]|,\s+(?:demanding|calling|asking|urging|with|and|or|please)\b|\b(?:demanding|"
    r"urging|calling on|to let|to demand|with copies|can be|should be|asking|that)\b|\s(?:who|whose|qui)\s+|"
    rf"\s(?:and|und|et|y|e|i|a|og|ve|и|en)\s+(?=(?:{_TELLING}))).*",
    re.DOTALL,
)
_FIELD = re.compile(r"^(?:name|office|title|position|attn|to|an|nom|nombre|nome|naam|imię|имя)\s*:\s*", re.IGNORECASE)
_LABEL_WORD = re.compile(
    r"(?:salutation|anrede|copies|copy|cc|kopien?|kopię|kopie|kopi|copias?|con|cópias?|copie|copia|double|kenntnis|"
    r"k|wiadomości|копи[яию]|country|script|sample|sent|signed|firman|premiers|signataires|subject|contact|addresses|"
    r"adressen|adresses|direcciones|indirizzi|endereços|адреса|e?mails?|fax\w*|tele(?:fax|fon|"
    r"phone)\w*|tel\w{0,6}|phone|post|letters?|briefe?|brief|anruf\w*|"
    r"schreib\w*|schick\w*|send\w*|write|call|écri\w*|envo\w*|escrib\w*|envi\w*|scriv\w*|invi\w*|escrev\w*|stur\w*|"
    r"schrijv\w*|bel\w{0,3}|wyśl\w*|napi\w*|poslat|psát|skriv\w*|gönder\w*|yaz\w{0,4}|письм\w*|пис\w*|почта|факс\w*|"
    r"correos?|courriels?|lettres?|cartas?|lettere|an|to|a|à|die|by|per|via|und|and|y|et|e|or|oder)",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(
    r"(?:,|\band|\bund|\bet|\by|\be|\ben|\bi|\ba|\bog|\bи) (?:to|an|à|au|aux|al?|alla|ao|aan|do|til|к) "
)
TRIM = " \t\n,.;:-–—·•/|'\"“”«»(["
OPENING = re.compile(
    r"^(?:and |or |the following |the |und |oder |et |e |y |i |a |и |ve |to |an |die |der |das |den |"
    r"dem |al |alla |all['’]|all['’] ?|l['’]|à |au |aux |el |la |le |les |los |il |lo |gli |de |do |"
    r"ao |à |aan |het |til |к |в |на )+",
    re.IGNORECASE,
)


def name_within(page: Page, token: Token, floor: int) -> str:
    """Return the name that stands before a channel in its own sentence, or nothing."""
    sentence = page.sentence_at(token.start)
    start = max(sentence.start, floor)
    if token.kind == "post":
        return _of_post(page, token, start)
    if start >= token.start:
        return ""
    first, past = page.word_at(start), page.word_at(token.start)
    past = _without_labels(page, first, past)
    if token.kind == "page" and not page.marks_between(first, past, "office", "embassy"):
        return ""
    return _cut_out(page, first, past, is_line=sentence.is_first and start == sentence.start) if past > first else ""


def _of_post(page: Page, token: Token, start: int) -> str:
    """Return the name before an address on its line, or the office that the address itself begins with."""
    first = page.word_at(start)
    past = _without_labels(page, first, page.word_at(token.start)) if start < token.start else first
    before = page.text[start : page.words[past - 1].end].strip(TRIM) if past > first else ""
    if before and not page.marks_between(first, past, "send"):
        return OPENING.sub(
            "", _cut_out(page, first, past, is_line=True) if page.marks_between(first, past, "post") else before
        )[:LONGEST_NAME]
    line, _, rest = token.value.partition("\n")
    reach = (page.word_at(token.start), page.word_at(token.start + len(line)))
    if rest and page.marks_between(*reach, "office", "embassy") and not re.search(r"\d", line):
        return line.strip(TRIM)[:LONGEST_NAME]
    head = re.split(r"[,\n]", token.value, maxsplit=1)[0].strip()
    first, past = page.word_at(token.start), page.word_at(token.start + len(head))
    is_office = page.marks_between(first, past, "office", "embassy")
    is_line = "\n" in token.value and "," not in token.value.split("\n")[0]
    if (is_office or is_line) and not re.search(r"\d", head) and len(head) < len(token.value):
        return head
    return _addressee(page, token)


def _addressee(page: Page, token: Token) -> str:
    """Return the firm, or the person with the office, that the first line of an address begins with."""
    line = token.value.partition("\n")[0]
    for end in [match.start() for match in islice(re.finditer(",", line), MOST_PARTS)]:
        if re.search(r"\d", line[:end]):
            return ""
        part = (page.word_at(token.start), page.word_at(token.start + end))
        if FIRM.search(line[:end]) or page.marks_between(*part, "office", "embassy"):
            return line[:end].strip(TRIM)[:LONGEST_NAME]
    return ""


def _balanced(name: str) -> str:
    """Return a name without a bracket that nothing closes or opens."""
    if "(" in name and ")" not in name:
        return name.partition("(")[0].strip(TRIM)
    return name if "(" in name else name.replace(")", "").strip(TRIM)


def _without_labels(page: Page, first: int, past: int) -> int:
    """Return the end of some words when labels and joining words at their end are left out."""
    while past > first:
        word = page.words[past - 1].text
        is_label = any(mark.last == past - 1 for mark in page.marks_between(max(first, past - 3), past, *_LABELS))
        if not is_label and word not in _JOINING:
            break
        past -= 1
    return past


def _cut_out(page: Page, first: int, past: int, *, is_line: bool) -> str:
    """Return the name within some words: what follows the last word that sends, from its first capital on."""
    if past <= first:
        return ""
    sends = [
        mark.last
        for mark in page.marks_between(first, past, "send", "message", "protest", "copy", "solidarity", "post")
    ]
    labels = {mark.last for mark in page.marks_between(first, past, *_LABELS)}
    sends = [last for last in sends if last < past - 1 and last not in labels]
    named = page.marks_between(first, past, "office", "embassy")
    sends = [last for last in sends if last < named[-1].first] if named else sends
    begin = max(sends, default=first - 1) + 1
    offices = page.marks_between(begin, past, "office", "embassy", "ally", "campaigners")
    if not offices and not sends and not is_line:
        return ""
    start = _capital(page, begin, past)
    if offices and (start < 0 or offices[0].first < start):
        start = offices[0].first
    if start < 0:
        return ""
    told = page.text[page.words[start].start : page.words[past - 1].end + 1]
    name = OPENING.sub("", _CUT.sub("", told).strip(TRIM)).strip(TRIM)
    name = _balanced(name)
    return name[:LONGEST_NAME] if _is_name(name) else ""


def _capital(page: Page, first: int, past: int) -> int:
    """Return the index of the first word with a capital, or -1."""
    capitals = (index for index in range(first, past) if page.text[page.words[index].start].isupper())
    return next((index for index in capitals if page.words[index].text not in _NO_NAMES), -1)


def _is_name(name: str) -> bool:
    """Tell whether something could be a name: a few words, no sentence, and not only a channel's own label."""
    if not name or _is_only_label(name):
        return False
    if name[0].islower() and (len(name.split()) > LONGEST_COMMON or _TO_ANOTHER.search(name)):
        return False
    return len(name) > 2 and 0 < len(name.split()) <= 14 and not re.fullmatch(r"[\d\W]+", name)


def name_above(page: Page, token: Token, floor: int) -> str:
    """Return the name on the lines above a channel: the topmost short one, else the office that a call names."""
    sentence = page.sentence_at(token.start)
    best = ""
    for line in _lines_above(page, sentence, floor):
        is_call = page.has(line, "send", "message", "demand") or line.end - line.start > LONGEST_NAME
        if is_call or (best and line.block != sentence.block and sentence.block - line.block > 1):
            return best or _called(page, line)
        best = _line_name(page, line) or best
        if best and (line.is_item or line.block != sentence.block):
            return best
    return best or name_called(page, sentence)


def _called(page: Page, line: Sentence) -> str:
    """Return the office that a sentence calls to write to, as far as it is one name."""
    first, past = line.words
    copies = page.marks_of(line, "copy")
    past = copies[0].first if copies and copies[0].first - first > 3 else past
    return _cut_out(page, first, past, is_line=False) if page.has(line, "office", "embassy") else ""


def name_called(page: Page, sentence: Sentence) -> str:
    """Return the office that the nearest call before a sentence names, everybody's own embassy left out."""
    at = sentence
    for _ in range(MOST_CALLS_UP):
        above = page.sentence_above(at)
        if above.start >= at.start:
            return ""
        at = above
        if page.has(at, "send") and page.has(at, "office", "embassy") and not page.has(at, "own"):
            return _called(page, at)
    return ""


def _lines_above(page: Page, sentence: Sentence, floor: int) -> Iterator[Sentence]:
    """Yield the sentences above one, the nearest first, those of the paragraph before included."""
    at = sentence
    for _ in range(MOST_LINES_UP):
        above = page.sentence_above(at)
        if above.start >= at.start or above.start < floor or sentence.block - above.block > 1:
            return
        yield above
        at = above


def _line_name(page: Page, line: Sentence) -> str:
    """Return the name that a short line is, or nothing."""
    told = _FIELD.sub("", page.told(line).strip(TRIM))
    words = told.split()
    if (
        not words
        or not told[:1].isupper()
        or page.text[line.end - 1] in "!?)"
        or (page.text[line.end - 1] == "." and len(words) > 6)
    ):
        return ""
    if page.has(line, "about", "footer", "signed") and not page.has(line, "office", "embassy"):
        return ""
    labels = page.marks_of(line, *_LABELS) if not page.has(line, "office", "embassy") else ()
    is_label = bool(labels) and (len(words) <= 2 or (labels[0].first == line.words[0] and ":" in told))
    is_own = page.has(line, "embassy") and page.has(line, "own")
    is_label = is_label or _is_only_label(told)
    name = _balanced(_CUT.sub("", told).strip(TRIM))
    return "" if is_label or is_own or len(words) > 16 or _is_only_label(name) else name


def _is_only_label(told: str) -> bool:
    """Tell whether all words say how to write, and none to whom: "E-mail and fax"."""
    words = re.findall(r"[^\W_]+", told)
    return bool(words) and all(_LABEL_WORD.fullmatch(word) for word in words)
