"""What is a message sent for? "Write to the president, so that she ..": the demand of an appeal that has no other.

Law: what readers are to do is none; a sure purpose names a deed, or who is to be released.
"""

from __future__ import annotations

import re

from mailer.core.drafting.cries import LONGEST, OURS
from mailer.core.drafting.extent import is_of_readers
from mailer.core.drafting.page import Page, Sentence

_PURPOSE = re.compile(
    r"\b(?:(?:para|(?:a|con el) fin de|a fim de) que|pour qu(?:e\s|['’])|afin qu(?:e\s|['’])|affinché|damit|opdat|"
    r"slik at|so that|żeby|aby|чтобы)\s*",
    re.IGNORECASE,
)
_SE_DONE = re.compile(r"se \w+(?:[ae]n?|[ae]m)\b")  # "se pague", "se investiguem": a passive


def purpose_of(page: Page, sentence: Sentence, *, is_sure: bool = False) -> str:
    """Return what a message is sent for: "write to the president, so that she ..."; nothing where readers do that.

    `is_sure` asks for a deed, or for somebody to be released.
    """
    match = _PURPOSE.search(page.told(sentence))
    if not match or not page.has(sentence, "send", "message", "protest", "office"):
        return ""
    start = sentence.start + match.end()
    is_deed = bool(page.marks_between(page.word_at(start), sentence.words[1], "deed", "release"))
    if is_sure and not (is_deed or _SE_DONE.match(page.text, start)):
        return ""
    word = page.word_at(start)
    wish = page.text[start : sentence.end].strip(" .!:")
    is_ours = bool(OURS.match(wish) and not _SE_DONE.match(wish)) or bool(
        page.marks_between(word, word + 5, "send", "join", "message")
    )
    is_ours = is_ours or is_of_readers(page, start, sentence.end)
    return "" if is_ours or len(wish.split()) < 3 or len(wish) > LONGEST else wish
