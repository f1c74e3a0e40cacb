"""What holds of a role beyond the sentence that tells it: in the lines below, in the next paragraph?

Law: a role holds on only where something opened it; prose, a new call and a new paragraph end what was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailer.core.drafting.drafts import Role
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import Turn, calls

LONGEST_ASIDE = 250  # characters of a paragraph without any address that ends what an earlier one opened
LONGEST_BESIDE = 90  # the same for copies and solidarity
LONGEST_OWED = 120  # characters of a call that names nobody's address, and lets one follow

LONGEST_CUE = 25  # characters of a "Copies to:"

_US = re.compile(
    r"\b(?:us|our|uns|unser\w*|nous|notre|nos|nosotr[ao]s|nuestr\w+|noi|nostr\w+|nós|noss[ao]s?|ons|onze|nas|nam|nám|nás|"
    r"nasz\w*|naš\w*|oss|vår\w*|våre|нам|нас|наш\w*|biz\w+)\b",
    re.IGNORECASE,
)
_QUOTES = '"”»“'
_NOT_TO_WRITE = (Role.COPY, Role.SOLIDARITY, Role.MENTIONED)


@dataclass(slots=True)
class Held:
    """What holds at the end of a sentence for the next one; `is_owed` after a call that no address has followed yet."""

    role: Role | None = None
    is_open: bool = False
    block: int = -1
    is_owed: bool = False
    is_single: bool = False  # a sentence named one addressee, and opened no list
    is_met: bool = False  # that one has a channel
    is_given: bool = False  # the sentence that told the role has an address
    is_firm: bool = True  # a heading or an address told the role, and no sentence of prose
    is_block: bool = False  # what was opened holds in its paragraph only
    is_letter: bool = False  # somebody was greeted, and no letter's close followed
    last: int = 0  # the paragraph of the last address or cue
    aside: int = 0  # characters of prose since the last address


def close_letter(state: Held, page: Page, sentence: Sentence) -> None:
    """Forget at the close of a sample letter that it was signed: by the reader, not by those who ask."""
    marks = page.marks_of(sentence, "dear") if sentence.is_first and not page.has(sentence, "audience") else ()
    if marks and marks[0].first == sentence.words[0]:
        state.is_letter = True
    elif (state.is_letter or page.text[sentence.end - 1] in _QUOTES) and _is_closing(page, state, sentence):
        state.role, state.is_letter = None, False


def _is_closing(page: Page, state: Held, sentence: Sentence) -> bool:
    """Tell whether a sentence closes a letter, and whoever signs it would be who asks."""
    return page.has(sentence, "closing", "signed") and state.role is Role.MENTIONED


def forget_copies(state: Held, sentence: Sentence, own: Sequence[Token]) -> None:
    """Forget at an address in a new paragraph that one before it was for copies, or support, if no list was opened."""
    is_past = sentence.block != state.block and (not state.is_open or state.is_block)
    if state.role in (Role.COPY, Role.SOLIDARITY) and is_past and (own or state.is_block):
        state.role = None


def forget_item(state: Held, page: Page, sentence: Sentence, turns: Sequence[Turn]) -> None:
    """Forget at an item that calls to write what an earlier item said of its own addresses."""
    is_next = sentence.is_item and sentence.block != state.block and all(turn.is_weak for turn in turns)
    is_new = sentence.is_item and state.is_given and not turns
    if (is_new or is_next) and state.role in _NOT_TO_WRITE and calls(page, sentence):
        state.role, state.is_owed = None, True


def expire(state: Held, page: Page, sentence: Sentence, is_about_addresses: bool) -> None:
    """Forget what holds no longer: at a long paragraph, or at any where nothing was opened."""
    told = sentence.end - sentence.start
    is_prose = not sentence.opens or told > LONGEST_HEADING
    state.aside = 0 if is_about_addresses else state.aside + told * is_prose
    if is_about_addresses or state.role is None:
        return
    longest = LONGEST_ASIDE if state.role is Role.TARGET else LONGEST_BESIDE
    is_aside = max(told, state.aside) > longest
    if (is_aside and state.role is not Role.MENTIONED) or (
        not state.is_open and sentence.block != state.block and state.role is not Role.MENTIONED
    ):
        state.role = None


def forget_mentioned(state: Held, sentence: Sentence, *, is_before: bool) -> None:
    """Forget a page's head, or a gift that prose speaks of, before the first who is written to: it ends there."""
    is_over = state.aside > LONGEST_ASIDE if state.is_firm else sentence.block != state.block
    if state.role is Role.MENTIONED and is_over and is_before:
        state.role = None


def carry(state: Held, page: Page, sentence: Sentence, turns: Sequence[Turn], own: Sequence[Token]) -> None:
    """Note what a sentence says for the next one."""
    turns = [turn for turn in turns if not turn.is_aside]
    strong = [turn for turn in turns if not turn.is_weak]
    is_call = bool(turns) and turns[-1].role is Role.TARGET and page.has(sentence, "send", "protest")
    state.is_owed = not own and (state.is_owed or is_call)
    if strong:
        is_first = strong[0].role is Role.TARGET and not sentence.opens
        is_with_copy = strong[-1].role is Role.COPY and (is_first or _is_copy_to_us(page, sentence, strong[-1].at))
        state.role = Role.TARGET if is_with_copy else strong[-1].role
        ends = max((token.end for token in own if token.start > strong[-1].at), default=-1)
        is_list = page.text[sentence.end - 1] in ":," or ends < 0
        is_short = sentence.end - sentence.start <= LONGEST_OWED
        is_owed = ends < 0 and is_short and sentence.is_last and page.has(sentence, "send")
        state.is_open = (sentence.opens or is_owed) and is_list and (")" not in page.text[strong[-1].at : sentence.end])
        state.block = sentence.block
        is_heading = page.text[sentence.end - 1] == ":" or sentence.end - sentence.start < LONGEST_HEADING // 2
        state.is_block = state.role is Role.COPY and bool(own) and _begins_block(page, sentence, strong[-1].at)
        state.is_open = state.is_open or state.is_block
        state.is_single = not is_heading and not state.is_block
        state.is_met = state.is_single and ends >= 0
        state.is_given = ends >= 0
        state.is_firm = bool(own) or sentence.opens
    elif turns and _begins_targets(page, sentence, state):
        state.role, state.is_open, state.block = Role.TARGET, sentence.opens, sentence.block
        state.is_single = state.is_met = False
    elif own:
        state.block = sentence.block
        state.is_met = state.is_single


def _is_copy_to_us(page: Page, sentence: Sentence, at: int) -> bool:
    """Tell whether a call tells who gets the copy, and then opens the list of the others: "with a copy to us, to:"."""
    cue = page.word_at(at)
    is_call = bool(page.marks_between(sentence.words[0], cue, "send", "message", "protest"))
    is_opened = sentence.opens and page.text[sentence.end - 1] == ":"
    return is_call and is_opened and bool(_US.search(page.text, at, sentence.end)) and "@" not in page.told(sentence)


def _begins_block(page: Page, sentence: Sentence, at: int) -> bool:
    """Tell whether a paragraph begins with a cue and a colon, and the first of a list behind it: "Copies: a@b.c"."""
    above = page.sentence_above(sentence)
    is_begin = at == sentence.start and (above is sentence or above.block < sentence.block)
    return is_begin and sentence.is_last and ":" in page.text[at : at + LONGEST_CUE]


def _begins_targets(page: Page, sentence: Sentence, state: Held) -> bool:
    """Tell whether a sentence that names an office, or calls to write, ends what held before it."""
    is_call, is_new = calls(page, sentence), sentence.block != state.block
    if state.role is Role.MENTIONED and not is_call and not is_new:
        return False  # a contact block of those who ask goes on
    is_past = state.role in (None, Role.MENTIONED) or state.is_met or not state.is_open or state.is_single
    return is_past or (is_call and is_new and state.role is not Role.TARGET)
