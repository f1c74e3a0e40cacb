"""What do the words right beside an address say it is for, where no other cue stands among them?

Law: an address's own words stand between the address before it and itself, in the sentence, or in the question or the
sentence right before brackets; where an office or a protest is named among them, they tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailer.core.drafting.page import CHANNEL, LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.tokens import Token

WIDEST = 14  # words between what is told and its address
LONGEST_BEHIND = 60  # characters behind an address in which a cue may be about it
_OTHERWISE = {
    "report": ("office", "embassy", "copy", "solidarity", "warm", "donate"),
    "errand": ("office", "embassy", "protest", "copy", "solidarity", "warm", "donate"),
}


def words_of(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the words that belong to each address of a sentence, last those behind all of them."""
    first = page.word_at(own_start(page, sentence))
    for token in tokens:
        past = page.word_at(token.start)
        if past > first and token.kind != "page":
            yield max(first, past - WIDEST), past
        first = page.word_at(token.end)
    if tokens and tokens[-1].kind != "page" and first < sentence.words[1]:
        yield first, min(sentence.words[1], page.word_at(tokens[-1].end + LONGEST_BEHIND))


def own_start(page: Page, sentence: Sentence) -> int:
    """Return where what belongs to a sentence begins: with a question that it answers, a line that it labels."""
    above = page.sentence_above(sentence)
    is_short = above.start < sentence.start and above.end - above.start <= LONGEST_HEADING
    is_led = page.text[above.end - 1] == "?" or page.text[sentence.start] == "("
    is_within = above.line == sentence.line and is_led
    is_label = bool(page.marks_between(sentence.words[0], sentence.words[0] + 1, "mail"))
    is_named = is_label and above.block == sentence.block and above.opens and sentence.is_first
    is_own = is_short and (is_within or is_named) and not CHANNEL.search(page.told(above))
    return above.start if is_own else sentence.start


def told_beside(page: Page, sentence: Sentence, tokens: Sequence[Token], kind: str) -> Iterator[int]:
    """Yield where a cue of a kind stands among the words of an address that name nothing else that it is for."""
    channels = [token for token in tokens if token.kind != "post"]
    for first, past in words_of(page, sentence, channels):
        marks = page.marks_between(first, past, kind)
        if marks and not page.marks_between(first, past, *_OTHERWISE[kind]):
            yield page.span(marks[0])[0]
