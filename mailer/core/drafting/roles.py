"""What does the appeal want of an address: to be written to, a copy, solidarity, or nothing?

Law: the last cue before an address tells; a cue holds beyond its sentence only if that sentence opens what follows, and
what nobody calls for is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailer.core.drafting.behind import is_of_token
from mailer.core.drafting.drafts import Role
from mailer.core.drafting.heads import LONGEST_SALUTATION, is_greeted, letter_heads
from mailer.core.drafting.held import Held, carry, close_letter, expire, forget_copies, forget_item, forget_mentioned
from mailer.core.drafting.margins import is_listed, is_of_foot, is_of_masthead
from mailer.core.drafting.office_contacts import is_office_contact
from mailer.core.drafting.own_channels import (
    MACHINE,
    is_bare_contact,
    is_before_foot,
    is_in_own_block,
    is_nobodys,
    is_of_head,
    is_of_those_who_ask,
    lists_of,
)
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.refusals import is_refused
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import Turn, calls, turns_in

AFTER = 60  # characters between an address and the cue that follows it

_ASKING = ("message", "protest", "calling", "demand")
_SAME_BLOCK = re.compile(r"[ ,;.|/–-]{0,3}\n?[\w ./-]{0,20}[:.]? ?\n?")  # "Tel:", between two channels of one office
_CHANNEL = re.compile(r"@|https?:|www\.|\d{3}[ -]\d{2}")

UNTOLD = "no word tells whom this is for"


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each channel with a doubt, and the role that holds in each sentence, by its start."""

    of_token: dict[Token, tuple[Role, str]]
    of_sentence: dict[int, Role | None]


def roles_of(page: Page, tokens: Sequence[Token]) -> Roles:
    """Return the roles of all channels, in the order of the text."""
    state = Held()
    found: dict[Token, tuple[Role, str]] = {}
    held: dict[int, Role | None] = {}
    index, has_channel, is_met = 0, False, False
    lists = lists_of(tokens)
    ahead, default, heads = _last_called(page, tokens), _default(page), letter_heads(page)
    for sentence in page.sentences:
        own: list[Token] = []
        while index < len(tokens) and tokens[index].start < sentence.end:
            own.append(tokens[index])
            index += 1
        turns = turns_in(page, sentence, own)
        if state.is_owed and turns and page.has(sentence, "contact") and is_office_contact(page, sentence):
            turns = [Turn(sentence.start, Role.TARGET)]
        is_parting = has_channel and tokens[-1:] == own[-1:] and _is_parting(page, state, sentence, turns)
        forget_copies(state, sentence, own)
        forget_item(state, page, sentence, turns)
        is_mentioned = all(turn.role is Role.MENTIONED for turn in turns)
        is_parting = is_parting or (bool(own) and is_mentioned and _is_foot(page, sentence, state, found, ahead))
        state.last = sentence.block if own or turns else state.last
        expire(state, page, sentence, bool(own or turns))
        forget_mentioned(state, sentence, is_before=not is_met and sentence.start <= ahead and not (own or turns))
        has_channel = has_channel or any(token.kind != "page" for token in own)
        if has_channel and not own and not turns and _thanks(page, sentence):
            state.role, state.is_open, state.block, state.is_owed = Role.MENTIONED, False, sentence.block, False
        for token in own:
            is_free = state.role in (None, Role.MENTIONED) or not state.is_open or state.is_single
            is_head = (sentence.start in heads or is_greeted(page, token)) and is_free and _is_plain(turns)
            found[token] = (Role.TARGET, "") if is_head else _role(page, token, turns, state, default)
            if found[token][1] == UNTOLD and _is_office(page, token, tuple(found)[-2:-1], found):
                found[token] = Role.TARGET, ""
            if is_parting or is_nobodys(page, sentence, token, lists) or (not turns and is_refused(page, sentence)):
                found[token] = Role.MENTIONED, ""
            is_met |= found[token][0] is not Role.MENTIONED and found[token][1] != UNTOLD
        held[sentence.start] = next((turn.role for turn in turns), state.role)
        carry(state, page, sentence, turns, own)
        close_letter(state, page, sentence)
    return Roles(found, held)


def _is_office(page: Page, token: Token, before: Sequence[Token], found: Mapping[Token, tuple[Role, str]]) -> bool:
    """Tell whether an address names its office, or a channel goes on with a block of somebody written to for sure."""
    if token.kind == "post":
        return bool(page.marks_between(page.word_at(token.start), page.word_at(token.end), "office", "embassy"))
    is_next = bool(before) and found[before[0]] == (Role.TARGET, "")
    return is_next and bool(_SAME_BLOCK.fullmatch(page.text, before[0].end, token.start))


def _is_parting(page: Page, state: Held, sentence: Sentence, turns: Sequence[Turn]) -> bool:
    """Tell whether the last address of all is a signature, or where those meet who ask."""
    if is_bare_contact(page, sentence):
        return state.role is Role.MENTIONED or _is_apart(page, state, sentence, 1)
    return not turns and not is_listed(page, sentence) and _is_apart(page, state, sentence, 2)


def _is_foot(page: Page, sentence: Sentence, state: Held, found: Mapping[Token, tuple[Role, str]], ahead: int) -> bool:
    """Tell whether a sentence is of the page's foot: nobody is written to in it, or further down."""
    if sentence.start <= ahead:
        return False
    counted = [(token.end, role) for token, (role, _) in found.items() if role is not Role.MENTIONED]
    past, role = max(counted, key=lambda each: each[0], default=(0, Role.TARGET))
    return is_of_foot(page, sentence, past, is_after_copies=role is not Role.TARGET and state.role is None)


def _is_apart(page: Page, state: Held, sentence: Sentence, least: int) -> bool:
    """Tell whether a signature stands in a sentence, `least` paragraphs and some prose below the addresses."""
    above = page.sentence_above(sentence)
    is_named = above.block == sentence.block and above.start < sentence.start
    is_past = state.role is Role.TARGET or (state.role is None and is_named)
    return is_past and sentence.block - state.last >= least and state.aside > 0


def _is_plain(turns: Sequence[Turn]) -> bool:
    """Tell whether a sentence says nothing of its own but that somebody is written to."""
    return all(turn.is_weak or turn.role is Role.TARGET for turn in turns)


def _default(page: Page) -> Role:
    """Return the role of what no cue is near: whoever calls for protest wants it to be sent somewhere."""
    said = {turn.role for each in page.sentences for turn in turns_in(page, each, ()) if _is_said(page, each, turn)}
    asks = any(page.has(each, *_ASKING) or calls(page, each) for each in page.sentences)
    is_called = any(page.has(each, "protest") and _CHANNEL.search(page.told(each)) for each in page.sentences)
    if is_called or Role.TARGET in said or (asks and Role.SOLIDARITY not in said):
        return Role.TARGET
    return Role.SOLIDARITY if Role.SOLIDARITY in said else Role.MENTIONED


def _is_said(page: Page, sentence: Sentence, turn: Turn) -> bool:
    """Tell whether a cue is plain enough to hold for the whole: an office is one if it is to be written to."""
    return calls(page, sentence) and turn.role is Role.TARGET if turn.is_weak else not turn.gives_way


def _last_called(page: Page, tokens: Sequence[Token]) -> int:
    """Return where the last sentence with a channel begins that names an office, or calls to write; -1 without one."""
    read = [page.sentence_at(token.start) for token in tokens if not MACHINE.match(token.value)]
    starts = {each.start: each for each in read}
    about = ("about", "footer", "donate")
    asked = (each for each in starts.values() if not page.has(each, *about))
    called = (each for each in asked if each.is_item or page.has(each, "office", "embassy") or calls(page, each))
    return max((each.start for each in called), default=-1)


def _thanks(page: Page, sentence: Sentence) -> bool:
    """Tell whether a short line thanks the reader: what comes below is of those who ask."""
    marks = page.marks_of(sentence, "thanks")
    is_short = sentence.end - sentence.start <= LONGEST_SALUTATION and sentence.is_last
    return bool(marks) and is_short and marks[0].first == sentence.words[0] and page.text[sentence.end - 1] != ":"


def _role(page: Page, token: Token, turns: Sequence[Turn], state: Held, default: Role) -> tuple[Role, str]:
    """Return the role of one channel by its own sentence, else by what holds, else by what the appeal is for."""
    begins = token.end if token.kind == "post" else token.start
    before = [turn for turn in turns if turn.at <= (begins if turn.is_weak else token.start)]
    if any(not turn.is_weak for turn in before):
        return before[-1].role, ""
    after = [turn for turn in turns if 0 <= turn.at - token.end <= AFTER and not turn.is_weak]
    if after and is_of_token(page, token, after[0]):
        return after[0].role, ""
    sentence = page.sentence_at(token.start)
    is_about = _is_about(page, sentence, turns)
    is_ended = state.role is Role.MENTIONED and bool(before) and calls(page, page.sentence_at(token.start))
    is_past = is_about and state.role is Role.TARGET and sentence.block != state.block and not sentence.is_item
    if not before and (is_past or _is_signature(page, token, state)):
        return Role.MENTIONED, ""
    if state.role is not None and (state.is_open or not before) and not is_ended:
        return state.role, ""
    if before and not (state.role is None and is_of_masthead(page, sentence)):
        return Role.TARGET, ""
    is_own = is_about or is_of_masthead(page, sentence)
    is_own = is_own or is_of_those_who_ask(page, token) or is_before_foot(page, token) or is_of_head(page, token)
    is_own = is_own or (state.role is None and is_in_own_block(page, token))
    default = Role.MENTIONED if state.role is None and is_own else default
    return default, UNTOLD if default is Role.TARGET and not state.is_owed else ""


def _is_about(page: Page, sentence: Sentence, turns: Sequence[Turn]) -> bool:
    """Tell whether all that a sentence says of its addresses, before or behind them, is that nobody writes there."""
    is_said = bool(turns) and all(turn.role is Role.MENTIONED for turn in turns)
    return is_said and not page.has(sentence, "office", "embassy")


def _is_signature(page: Page, token: Token, state: Held) -> bool:
    """Tell whether a new paragraph names those who ask: below the address for support, or by their short name."""
    if page.sentence_at(token.start).block == state.block:
        return False
    is_below_support = state.role is Role.SOLIDARITY and state.is_given
    return is_of_head(page, token) or (is_below_support and is_of_those_who_ask(page, token))
