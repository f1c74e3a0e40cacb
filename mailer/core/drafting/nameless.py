"""Who is to be written to although the text has no address for them? Offices that a call names, and nothing follows.

Law: such a target stands with its name and the doubt that no address is in the text; the text's own hint goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from mailer.core.drafting.drafts import Found, FoundTarget, Role
from mailer.core.drafting.names import LONGEST_NAME, OPENING, TRIM
from mailer.core.drafting.nominative import nominative
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.roles import Roles
from mailer.core.drafting.tokens import Token

NO_ADDRESS = "no address in the text"
AHEAD = 8  # sentences in which an address may follow
MOST = 12
LONGEST_HINT = 200

_PARTS = re.compile(
    r",?\s+(?:and|und|et|y|e|i|a|og|ve|и|as well as|sowie)\s+(?:also\s+)?(?:to|an|an den|an die|à|au|"
    r"aux|al|alla|a|ao|do|k|ke|til|aan|к|в)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|an|à|au|aux|al|alla|ai|alle|a|ao|à|do|k|ke|til|aan|к|в)\s", re.IGNORECASE)
_END = re.compile(
    r"\s*(?:[:;(\n]|\b(?:at the following|demanding|at|unter|calling|urging|under|aux adresses|a las|"
    r"agli indirizzi|op de|pod adres|på|по адрес)\b|,\s*(?:please|demanding|calling)).*",
    re.DOTALL | re.IGNORECASE,
)


def nameless_targets(
    page: Page, roles: Roles, tokens: Sequence[Token], is_case: Callable[[Sentence], bool]
) -> Iterator[FoundTarget]:
    """Yield the targets that have a name only."""
    seen = 0
    written = [token for token in tokens if roles.of_token.get(token, (Role.MENTIONED, ""))[0] is Role.TARGET]
    filled = {page.sentence_at(token.start).start for token in tokens}
    for index, sentence in enumerate(page.sentences):
        if seen >= MOST or not is_case(sentence) or sentence.start in filled:
            continue
        names = list(_names(page, index, written))
        hints = _hints(page, index) if names else []
        for number, name in enumerate(names):
            seen += 1
            hint = hints[number] if number < len(hints) else ""
            yield FoundTarget(name=Found(nominative(name)), role=Role.TARGET, web_hint=hint, doubt=NO_ADDRESS)


def _names(page: Page, index: int, written: Sequence[Token]) -> Iterator[str]:
    """Yield the offices that a sentence calls to write to, where no address follows them."""
    sentence = page.sentences[index]
    if not page.has(sentence, "send") or not page.has(sentence, "office"):
        return
    end = page.sentences[min(index + AHEAD, len(page.sentences) - 1)].end
    is_opening = sentence.opens and page.text[sentence.end - 1] == ":" and sentence.is_last
    if (is_opening or not written) and not any(sentence.end <= token.start < end for token in written):
        yield from _offices(page, sentence, page.marks_of(sentence, "send", "message", "protest")[0].last)


def _offices(page: Page, sentence: Sentence, last_send: int) -> Iterator[str]:
    """Yield the names of offices after the word that sends, parted by "and to"."""
    start = page.words[last_send].end
    for part in _PARTS.split(page.text[start : sentence.end]):
        tos = [match.end() for match in _TO.finditer(part)]
        told = part[tos[-1] :] if tos else part
        name = OPENING.sub("", _END.sub("", told).strip(TRIM)).strip(TRIM)
        at = page.text.find(name, start, sentence.end) if name else -1
        marks = page.marks_between(page.word_at(at), page.word_at(at + len(name)), "office") if at >= 0 else ()
        if marks and 3 < len(name) <= LONGEST_NAME and not _is_embassy(page, at, name):
            yield name


def _is_embassy(page: Page, at: int, name: str) -> bool:
    """Tell whether a name is an embassy: those are found elsewhere."""
    return bool(page.marks_between(page.word_at(at), page.word_at(at + len(name)), "embassy"))


def _hints(page: Page, index: int) -> list[str]:
    """Return the instructions in brackets that follow: "(Click on the blue tab ...)"."""
    hints = []
    for sentence in page.sentences[index + 1 : index + 1 + AHEAD]:
        told = page.told(sentence)
        if told.startswith("(") and page.has(sentence, "web"):
            hints.append(told.strip("() ")[:LONGEST_HINT])
    return hints
