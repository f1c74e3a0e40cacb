"""How does a letter that came with an appeal become the campaign's own? In parts, and with nothing in it that runs.

Law: what stands in such a letter is words only; whatever looks like the syntax of letters is broken up.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from mailer.adapters.catalog.library import LONG_SUBJECT
from mailer.adapters.drafted.yaml_text import Lines, check, clean, entry, indent, note, one_line
from mailer.core.drafting.drafts import Drafted, FoundLetter

_OPENS = re.compile(r"\{(?=[{%#])")
_PLACEHOLDER = re.compile(r"\[[^\]\n]{2,60}\]|_{3,}|\.{5,}|…{2,}|<[^>\n]{2,40}>")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zа-я])")
_ENDS = re.compile(r"[.!?:;,…)\]\"'’”»]\s*$")
_LONGEST = 10_000


def literal(text: str) -> str:
    """Return a text that letters show as it is: two braces, or one and a sign, are parted by a blank."""
    return _OPENS.sub("{ ", text)


def letters_of(
    drafted: Drafted, languages: Collection[str], lettered: Collection[str]
) -> tuple[Lines, tuple[str, ...]]:
    """Return the lines of `letters:`, and the languages that it has; the first letter of each language counts."""
    by_language: dict[str, Lines] = {}
    left: Lines = []
    for letter in drafted.letters:
        language = letter.language if letter.language in languages else drafted.language
        lines = _letter(letter, one_line(drafted.title.text, LONG_SUBJECT), ships=language in lettered)
        if lines and language not in by_language and language in languages:
            by_language[language] = lines
        elif clean(letter.body):
            left.append(note(f"a letter that came along, and is not used: {letter.body}"))
    if not by_language:
        return left, ()
    tones = [line for language, lines in by_language.items() for line in (f"{language}:", *indent(lines))]
    return [*left, "letters:", "  protest:", *indent(tones, 4)], tuple(by_language)


def _letter(letter: FoundLetter, title: str, *, ships: bool) -> Lines:
    """Return the parts of a letter; none where it is too short for a language that no letter is shipped in."""
    body = clean(letter.body)
    opening, middle, closing = parts_of(body[:_LONGEST])
    subject = one_line(letter.subject, LONG_SUBJECT) or ("" if ships else title)
    if not middle or (not ships and not (subject and opening and closing)):
        return []
    placeholder = "a placeholder is left in the letter" if _PLACEHOLDER.search(body) else ""
    strange = "" if all(map(_ENDS.search, filter(None, (opening, middle, closing)))) else "is all of this the letter?"
    mark = check(placeholder, strange, "the letter was longer" if len(body) > _LONGEST else "")
    lines = [mark] if mark else []
    for key, text in (("subject", subject), ("opening", opening), ("body", middle), ("closing", closing)):
        lines += entry(key, literal(text)) if text else []
    return lines


def parts_of(body: str) -> tuple[str, str, str]:
    """Return (opening, body, closing) of a letter, by its paragraphs or else sentences; a short one is all body."""
    for pieces, glue in ((re.split(r"\n{2,}", body), "\n\n"), (_SENTENCE_ENDS.split(body), " ")):
        if len(pieces) >= 3:
            return pieces[0], glue.join(pieces[1:-1]), pieces[-1]
    return "", body, ""
