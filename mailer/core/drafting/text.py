"""How is a pasted text made readable? Quoting, hidden and broken addresses, and lines that a mail program wrapped.

Law: nothing is added but the "@" and the dot that somebody spelled out, and a break that a page lost; time grows
with the size alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from mailer.core.drafting.page import begins_with_day, item_start

MOST_CHARACTERS = 60_000  # an appeal has 2,000 to 20,000
LEAST_WRAPPED = 48  # characters of the line that a wrapped paragraph begins with
WRAPPED_SLACK = 2  # characters that a wrapped line may be shorter than the page allows
LONGEST_HEAD = 3_000  # characters in which the head of a mail stands
MOST_ROWS = 20  # of a list within a line
MOST_LINES = 1_500  # that are not empty

_NOTHING = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]|[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_QUOTING = re.compile(r"^ ?(?:[>|] ?){1,20}", re.MULTILINE)
_AT = re.compile(
    r"(?<=[\w.-]) {0,2}[\[({<]{1,2} ?(?:at|ät|@|arroba|arobase|chiocciola|собака|małpa|zavináč|"
    r"krøllalfa|apenstaartje) ?[\])}>]{1,2} {0,2}(?=\w)",
    re.IGNORECASE,
)
_AT_BEFORE_DOMAIN = re.compile(
    r"(?<=[\w.-])(?: {0,2}(?:[\[({<*_-]{1,2} ?(?:at|a|ät|chez|bei) ?[\])}>*_-]{1,2})| (?-i:AT)|"
    r" ?\b(?:arroba|arobase|chiocciola|małpa|zavináč|krøllalfa|apenstaartje|klammeraffe|собака)"
    r") {0,2}(?=[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[a-z]{2,12}\b)",
    re.IGNORECASE,
)
_LABELLED_AT = re.compile(r"(mail ?:? [\w.-]{1,40}) at (?=[\w-]{1,60}\.[a-z])", re.IGNORECASE)
# An archive of a list that writes "name at domain" for every address has it in the head of the mail itself.
_ARCHIVED = re.compile(
    r"^[^\n]{0,60}\b[\w.+-]{1,40} at [\w.-]{0,60} *\n+\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d", re.MULTILINE
)
_ARCHIVED_AT = re.compile(r"(?<=\w) at (?=(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}\b)")
_HYPHENS = re.compile(r"[\u2010\u2011\u2212]")
_DOT = re.compile(
    r"(?<=\w) ?[\[({] ?(?:dot|punkt|punto|ponto|point|tečka|kropka|точка|nokta|\.) ?[\])}] ?(?=\w)", re.IGNORECASE
)
_WORDED = re.compile(r"\b([\w-]{1,40}) (?:AT|at) ([\w-]{1,40}) (?:DOT|dot) (\w{2,20})\b")
_LOOSE = re.compile(r"(?<=[\w]) @ ?(?=[\w-]{1,60}\.[\w-])|(?<=[\w])@ (?=[\w-]{1,60}\.[a-zA-Z])")
_BROKEN = re.compile(r"(?<=[\w.-]{2}@) *\n *(?=[\w-]{1,60}\.\w)|(?<=[\w.-]{3})\n *(?=@[\w-]{1,60}\.\w)")
_BROKEN_DOMAIN = re.compile(r"(@[\w-]{1,60}(?:\.|-))\n *(?=[a-z])|(@[\w-]{1,60})\n *(?=\.[a-z]{2})")
_BROKEN_PAGE = re.compile(r"(https?://[^\s]{12,300}[/=&?_-])\n *(?!https?:|[^\W\d_a-zß-ÿ][^\W\d_A-Z]* )(?=[\w?=&%/])")
_LABEL = re.compile(
    r"[^\w\n]{0,3}\w[\w .'/()-]{0,24}:|\S{0,60}@|[^\n]{0,12}https?:|\W{0,2}(?:tel|fax|www|ph|f|t)\b", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:by|from|von|par|por|di|da|od|av|van)\b(?:[^\n]{0,60}(?:\d|\|)|"
    r"(?-i:(?: [A-Z][\w.'’-]+){2,3}(?:, [A-Z][\w ]{2,30})?$))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:from|to|cc|bcc|date|sent|subject|reply-to|sender|message-id|newsgroups|return-path|in-reply-to|references|"
    r"organi[sz]ation|mime-version|content-[\w-]{2,30}|list-[\w-]{2,30}|x-[\w-]{2,30}|errors-to|precedence|von|an|gesendet|datum|betreff|de|para|enviado|"
    r"fecha|asunto|da|a|data|oggetto|от|кому|дата|тема|aan|onderwerp|fra|til|emne|od|do|"
    r"temat)\s?: ?\S",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:subject|sujet|betreff|asunto|oggetto|тема|onderwerp|emne|temat|objet|assunto|předmět|"
    r"konu)\s?: ?(?:(?:fwd?|re|aw|wg|tr|rv|i)\s?: ?){0,3}",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:from|date|sent|subject|sujet|envoyé|message-id|von|gesendet|datum|betreff|de|enviado|fecha|asunto|da|data|"
    r"oggetto|от|дата|"
    r"тема|van|verzonden|onderwerp|fra|sendt|dato|emne|od|wysłano|temat|datum|předmět|kimden|tarih|konu|objet|assunto)"
    r"\s?:",
    re.IGNORECASE,
)
_FIELD_TOO = re.compile(
    r"(?:sujet|objet|envoyé|expéditeur|verzonden|wysłano|předmět|odesláno|dato|sendt|kimden|konu|tarih)\s?: ?\S|"
    r"(?:pour|à|komu|kime)\s?: ?[^@\n]{0,80}@",
    re.IGNORECASE,
)
# "From: A To: b@c.example Subject: Help", all in one line.
_RUN_ON_HEAD = re.compile(
    r"\b(?:date|from|sent|von|gesendet|de|enviado|fecha|envoyé|da|data|от|дата|van|verzonden|od|wysłano|datum|fra|"
    r"sendt|dato|kimden|tarih): ?\S[^\n]{0,300}?\b(?:to|an|para|à|a|кому|aan|do|komu|til|kime|from|von|de|da|от|van|"
    r"od|fra|kimden): ?[^\n]{0,300}?\b(?:subject|betreff|asunto|objet|oggetto|assunto|тема|onderwerp|temat|předmět|"
    r"emne|konu): ?(?=\S)",
    re.IGNORECASE,
)
# "... IranFax: 1", "... 0123Dear Sir,": a page lost the break between two lines.
_GLUED_LABEL = re.compile(
    r"(?<=[a-zß-ÿ\d)])(?=E-?[Mm]ail\b|(?:Tel|Fax|Phone|Telephone|Telefax|Mobile|Ph|Address|Adresse|Téléphone|"
    r"Teléfono|Web)\b ?[.:+(\d])"
)
_GLUED_NAME = re.compile(r"(?<=\d{3})(?=[A-Z](?:r|rs|s|on|ear|rof|adam|ir)\b\.? [A-Z])")
# After a salutation a letter begins, if in lower case: "Sehr geehrte Damen und Herren,".
_SALUTATION = re.compile(
    r"(?:sehr geehrte|dear|your excellency|monsieur|madame|signor|egregi|gentil|onorevol|estimad|señor|excelent|exm|"
    r"prezad|senhor|geachte|szanown|pan(?:ie|i) |vážen|pane |kjære|ærede|уважаем|sayın|excellen|exzellen)"
    r"[^.:;\d@]{3,70}[,:!]$",
    re.IGNORECASE,
)
# What a site hides behind its links, for those who hear it: "a@b.exampleopens in a new tab".
_NEW_TAB = re.compile(
    r"(?<=\w) ?\(?(?:opens? in (?:a )?new (?:tab|window)|"
    r"(?:öffnet|wird) in (?:einem )?neue[nm] (?:Tab|Fenster)(?: geöffnet)?|"
    r"s['’]ouvre dans (?:un nouvel onglet|une nouvelle fenêtre)|se abre en una (?:pestaña|ventana) nueva|"
    r"si apre in una nuova (?:scheda|finestra)|abre (?:em|numa) (?:uma )?nova (?:aba|janela)|"
    r"opent in (?:een )?nieuw (?:tabblad|venster)|otwiera się w nowej karcie|otevře se v nové záložce|"
    r"åpnes i (?:ny fane|nytt vindu)|yeni sekmede açılır|откроется в новой вкладке)\)?",
    re.IGNORECASE,
)
_STARRED = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]{2,200}?)(?<!\s)\*(?![\w*])")  # "*Address:* 1 Example Road"
_HANGING = re.compile(r"\s(?:and|or|und|oder|et|ou|y|e|o|i|og|и|of|the|de|di|der|des|del|van)$")  # no line ends so
# ".. asking / the authorities to:", ".. and say / politely but firmly: ..": what stands before the colon is no label.
_SAID_HERE = re.compile(
    r"[a-zß-ÿ]\n.* to:$|\b(?:say|sagt|dites|digan|digam|dite|zegt?|powiedzcie|řekněte|скажите)\n", re.IGNORECASE
)
# A day at a line's end, and its month on the next.
_DAY_LAST = re.compile(
    r"[a-z] \d{1,2}(?:st|nd|rd|th)?\n(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)
_STRAY = re.compile(r"[lnoquvwØ§¨] (?=[^\W\d_a-zß-öø-ÿа-яё])")
_INNER_BULLET = re.compile(r"(?<=\s)[•●▪◦‣■](?=\s)|(?<=[:;.] )\*(?=\s+\w)")
_INNER_FIRST = re.compile(r":\s+(\(?1[.)])\s+(?=\S)")
_ENDS = (".", ":", ";", "!", "?", "…", "”", '"')


def clean(text: str) -> str:
    """Return a text without quoting, hidden characters, spelled-out addresses and wrapped lines."""
    text = _BREAKS.sub("\n", text[:MOST_CHARACTERS])
    text = _SPACES.sub(" ", _NOTHING.sub("", text))
    text = re.sub(r" {3,}", "  ", text)
    text = _NEW_TAB.sub("", text)
    text = _GLUED_NAME.sub("\n", _GLUED_LABEL.sub("\n", text))
    text = _QUOTING.sub("", text) if _is_quoted(text) else text
    text = _STARRED.sub(r"\1", _RUN_ON_HEAD.sub("", text[:LONGEST_HEAD], count=1) + text[LONGEST_HEAD:])
    text = _WORDED.sub(r"\1@\2.\3", _DOT.sub(".", _AT.sub("@", _HYPHENS.sub("-", text))))
    text = _ARCHIVED_AT.sub("@", _ARCHIVED.sub("", text, count=1)) if _ARCHIVED.search(text[:5000]) else text
    text = _LABELLED_AT.sub(r"\1@", _AT_BEFORE_DOMAIN.sub("@", text))
    text = _BROKEN.sub("", _LOOSE.sub("@", text))
    text = _BROKEN_PAGE.sub(r"\1", _BROKEN_DOMAIN.sub(lambda match: match[1] or match[2], text))
    lines = _without_fields([line.strip() for line in text.split("\n")])
    lines = _with_bullets([row for line in lines for row in _rows(line)])
    return "\n".join(_unwrapped(list(_first_lines(lines))))


def _with_bullets(lines: list[str]) -> list[str]:
    """Return the lines, with bullets where a lost symbol font left the same stray letter before several of them."""
    strays = Counter(line[0] for line in lines if _STRAY.match(line))
    lost = {letter for letter, count in strays.items() if count > 1}
    return [f"- {line[2:]}" if _STRAY.match(line) and line[0] in lost else line for line in lines]


def _rows(line: str) -> list[str]:
    """Return the lines that the items of a list within a line are: "demanding: 1. A 2. B", ": • A • B"."""
    bullets = [match.start() for match in _INNER_BULLET.finditer(line)]
    if len(bullets) > 1:
        return _cut(line, bullets)
    first = _INNER_FIRST.search(line)
    if not first:
        return [line]
    starts = [first.start(1)]
    for number in range(2, MOST_ROWS):
        match = re.compile(rf"(?<=\s)\(?{number}[.)]\s+(?=\S)").search(line, starts[-1])
        if not match:
            break
        starts.append(match.start())
    return _cut(line, starts) if len(starts) > 1 else [line]


def _cut(line: str, starts: list[int]) -> list[str]:
    """Return the pieces of a line."""
    return [line[start:end].strip() for start, end in pairwise([0, *starts, len(line)]) if line[start:end].strip()]


def _first_lines(lines: list[str]) -> Iterator[str]:
    """Yield the first lines, until so many of them say something; of several empty ones the first."""
    count = 0
    before = ""
    for line in lines:
        count += bool(line)
        if line or before:
            yield line
        if count >= MOST_LINES:
            return
        before = line


def _without_fields(lines: list[str]) -> list[str]:
    """Return the lines without the fields of a mail that was pasted whole; its subject stays.

    Fields below other words that tell no sender and no date are of a mail that the reader is to send.
    """
    top = [index for index, line in enumerate(lines[:15]) if _FIELD.match(line) or _FIELD_TOO.match(line)]
    heads = [lines[index] for index in top if _HEAD.match(lines[index])]
    is_to_be_sent = bool(top) and top[0] > 0 and any(lines[: top[0]]) and all(map(_SUBJECT.match, heads))
    if len(top) < 2 or not heads or is_to_be_sent:
        return lines
    subjects = [_SUBJECT.sub("", lines[index]) for index in top if _SUBJECT.match(lines[index])]
    return subjects[:1] + [line for index, line in enumerate(lines) if index not in top]


def is_cut(text: str) -> bool:
    """Tell whether a text has more than is looked at."""
    return len(text) > MOST_CHARACTERS or sum(1 for line in text.split("\n") if line.strip()) > MOST_LINES


def _is_quoted(text: str) -> bool:
    """Tell whether lines are quoted as mail programs do it."""
    return any(line.lstrip().startswith((">", "|")) for line in text[:20_000].split("\n"))


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Yield the lines, those of one sentence that a mail program broke joined again."""
    blocks = [list(group) for _, group in groupby(lines, key=lambda line: not line)]
    widths = [max(map(len, block)) for block in blocks if _is_wrapped(block)]
    width = max(widths) if len(widths) > 1 else 0
    for block in blocks:
        if not block[0]:
            yield from block[:2]
        else:
            yield from _joined(block, _is_wrapped(block) or _is_full(block, width))


def _is_wrapped(block: list[str]) -> bool:
    """Tell whether a mail program broke the lines of a paragraph: all but the last are about as long."""
    return len(block) > 2 and all(48 <= len(line) <= 90 for line in block[:-1]) and not _is_told_by_line(block)


def _is_told_by_line(block: list[str]) -> bool:
    """Tell whether each line has a capital, and the last no stop, or one ends where the next word would have fitted."""
    width = max(map(len, block))
    fits = any(len(line) + len(below.split()[0]) < width for line, below in pairwise(block))
    return (fits or not block[-1].endswith(_ENDS)) and all(line[0].isupper() for line in block)


def _is_full(block: list[str], width: int) -> bool:
    """Tell whether the first of two lines was broken because the next word did not fit into the page's width."""
    if len(block) != 2 or not width or ":" in block[1][:30]:
        return False
    return width - WRAPPED_SLACK <= len(block[0]) + 1 + len(block[1].split()[0]) and len(block[0]) <= width


def _joined(block: list[str], is_wrapped: bool) -> Iterator[str]:
    """Yield the lines of a paragraph, joined where one goes on with the next."""
    parts: list[str] = []
    for index, line in enumerate(block):
        parts.append(line)
        is_inside = len(parts) > 1 and len(parts[0]) >= LEAST_WRAPPED
        if index + 1 == len(block) or not _goes_on(line, block[index + 1], is_wrapped, is_inside=is_inside):
            yield " ".join(parts)
            parts = []


def _goes_on(line: str, following: str, is_wrapped: bool, *, is_inside: bool = False) -> bool:
    """Tell whether a line goes on with the one that follows."""
    if item_start(following) or (_LABEL.match(following) and not _is_rest(line, following)):
        return False
    if _SALUTATION.match(line):
        return False
    is_in_date = begins_with_day(following) and len(line) >= LEAST_WRAPPED and line[-1].islower()
    if is_in_date or (following[0].isupper() and _DAY_LAST.search(f"{line[-8:]}\n{following}")):
        return True
    if is_wrapped and len(line) >= 48:
        return not line.endswith((":", ";"))
    if line.endswith(_ENDS) or "@" in line[-40:] or _BYLINE.match(following):
        return False
    return following[0].islower() and (len(line) >= 30 or is_inside or bool(_HANGING.search(line)))


def _is_rest(line: str, following: str) -> bool:
    """Tell whether what stands before the colon of a line ends a sentence that began above, and is no label."""
    is_long = len(line) >= LEAST_WRAPPED and following[0].islower()
    return is_long and bool(_SAID_HERE.search(f"{line[-30:]}\n{following}"))
