"""What does the appeal want of an address: to be written to, a copy, solidarity, or nothing?

Law: the last cue before an address tells; a cue holds beyond its sentence only if that sentence opens what follows, and
what nobody calls for is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailer.core.drafting_lexicon import Mark
from mailer.core.drafting_page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting_tokens import Token
from mailer.core.drafts import Role

LONGEST_ASIDE = 250  # characters of a paragraph without any address that ends what an earlier one opened
LONGEST_BESIDE = 90  # the same for copies and solidarity
LONGEST_OWED = 120  # characters of a call that names nobody's address, and lets one follow
CLOSE = 5  # words between what is sent and what it says
AFTER = 60  # characters between an address and the cue that follows it

_COMPOUND = re.compile(
    r"(?:schreiben|briefe?n?|berichten?|betuiging(?:en)?|erklärung(?:en)?|grüße|adressen?|mails?|hilsener|hilsen|erklæring(?:er)?)$"
)

_CONTACTED = re.compile(
    r"(?:may|can|could) be (?:contacted|reached)|erreichbar|joignable|можно связаться", re.IGNORECASE
)

UNTOLD = "no word tells whom this is for"


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on the addresses have this role."""

    at: int
    role: Role
    is_weak: bool = False  # an office was named, nothing more
    gives_way: bool = False  # says nothing where another cue was before it


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each channel with a doubt, and the role that holds in each sentence, by its start."""

    of_token: dict[Token, tuple[Role, str]]
    of_sentence: dict[int, Role | None]


@dataclass(slots=True)
class _State:
    """What holds at the end of a sentence for the next one; `is_owed` after a call that no address has followed yet."""

    role: Role | None = None
    is_open: bool = False
    block: int = -1
    is_owed: bool = False


def roles_of(page: Page, tokens: Sequence[Token]) -> Roles:
    """Return the roles of all channels, in the order of the text."""
    state = _State()
    found: dict[Token, tuple[Role, str]] = {}
    held: dict[int, Role | None] = {}
    index = 0
    default = _default(page)
    for sentence in page.sentences:
        own: list[Token] = []
        while index < len(tokens) and tokens[index].start < sentence.end:
            own.append(tokens[index])
            index += 1
        turns = turns_in(page, sentence, own)
        _expire(state, page, sentence, bool(own or turns))
        for token in own:
            found[token] = _role(page, token, turns, state, default)
        held[sentence.start] = next((turn.role for turn in turns), state.role)
        _carry(state, page, sentence, turns, own)
    return Roles(found, held)


def _default(page: Page) -> Role:
    """Return the role of what no cue is near: whoever calls for protest wants it to be sent somewhere."""
    said = [turn.role for sentence in page.sentences for turn in turns_in(page, sentence, ()) if not turn.is_weak]
    for role in (Role.TARGET, Role.SOLIDARITY):
        if role in said:
            return role
    return Role.MENTIONED


def turns_in(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> list[Turn]:
    """Return the cues of a sentence that give a role, in their order, those left out that only go on with a copy."""
    turns: list[Turn] = []
    for turn in sorted(_turns(page, sentence), key=lambda turn: (turn.at, turn.is_weak)):
        if turns and not _overrides(turns[-1], turn, tokens):
            continue
        turns.append(turn)
    return turns


def _overrides(before: Turn, turn: Turn, tokens: Sequence[Token]) -> bool:
    """Tell whether a cue says something new: "copies of protests", "messages of support to the office" do not."""
    if before.role is turn.role:
        return not turn.is_weak or before.is_weak
    if any(before.at < token.start < turn.at for token in tokens):
        return True
    if turn.gives_way:
        return False
    if turn.role is Role.COPY:
        return True
    if turn.is_weak:
        return before.role is Role.MENTIONED and turn.at - before.at > 60
    return before.role is not Role.COPY and not (before.role is Role.MENTIONED and turn.at - before.at < 40)


def _turns(page: Page, sentence: Sentence) -> Iterator[Turn]:
    """Yield all cues of a sentence, in no order."""
    kinds = {mark.kind for mark in page.marks_of(sentence)}
    is_heading = sentence.end - sentence.start <= LONGEST_HEADING and sentence.is_first
    asks = "send" in kinds or "message" in kinds
    for mark in page.marks_of(sentence, "copy", "about", "donate", "footer", "signed", "contact"):
        role = Role.COPY if mark.kind == "copy" else Role.MENTIONED
        if mark.kind not in ("signed", "contact") or _heads(page, sentence, mark):
            yield Turn(page.span(mark)[0], role)
    for mark in page.marks_of(sentence, "solidarity"):
        is_title = sentence.line <= 2 and page.text[sentence.end - 1] != ":"
        is_label = is_heading and sentence.opens and len(kinds) < 4 and not is_title
        is_letter = asks or bool(_COMPOUND.search(page.words[mark.last].text))
        begins = mark.first == sentence.words[0] and is_letter
        if begins or is_label or _is_beside_message(page, sentence, mark.first, mark.last):
            yield Turn(page.span(mark)[0], Role.SOLIDARITY)
    for mark in page.marks_of(sentence, "protest"):
        if asks or (is_heading and sentence.opens):
            yield Turn(page.span(mark)[0], Role.TARGET)
    if asks or sentence.opens:
        yield from _whom(page, sentence)


def _heads(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a cue stands for itself: it begins a sentence or comes after one; "Contact" needs a colon."""
    start, end = page.span(mark)
    if mark.kind == "contact":
        is_alone = page.text[end : end + 2].strip()[:1] in (":", "") or page.text[end : end + 1] == "\n"
        return mark.first == sentence.words[0] and is_alone and not page.has(sentence, "office", "embassy")
    before = page.text[max(0, start - 3) : start].strip()
    return mark.first == sentence.words[0] or (
        before[-1:] in (".", "!", "?", "–", "—") and page.text[end : end + 1] in (",", ":", "\n", "")
    )


def _whom(page: Page, sentence: Sentence) -> Iterator[Turn]:
    """Yield what those tell who are named as the ones to write to."""
    sends = [mark.last for mark in page.marks_of(sentence, "send", "message")]
    for mark in page.marks_of(sentence, "office", "embassy"):
        yield Turn(page.span(mark)[0], Role.TARGET, is_weak=True)
    for mark in page.marks_of(sentence, "campaigners", "ally"):
        if mark.kind == "campaigners" and _CONTACTED.search(page.text, page.span(mark)[1], sentence.end):
            yield Turn(page.span(mark)[0], Role.MENTIONED)
        if any(0 < mark.first - last <= 3 for last in sends):
            role = Role.MENTIONED if mark.kind == "campaigners" else Role.SOLIDARITY
            yield Turn(page.span(mark)[0], role, gives_way=True)
    copies = page.marks_of(sentence, "copy")
    if sends and copies and sends[0] < copies[0].first - 3:  # "write to ..., with a copy to ..."
        yield Turn(page.words[sends[0]].start, Role.TARGET, is_weak=True)
    if (
        sends
        and page.text[sentence.end - 1] == ":"
        and not page.has(sentence, "office", "embassy", "campaigners", "ally")
    ):
        yield Turn(sentence.start, Role.TARGET, is_weak=True)


def _is_beside_message(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a word of solidarity says what is sent: "messages of support", not "in solidarity with"."""
    near = page.marks_between(max(sentence.words[0], first - CLOSE), min(sentence.words[1], last + 3), "message")
    return bool(near)


def _expire(state: _State, page: Page, sentence: Sentence, is_about_addresses: bool) -> None:
    """Forget what holds no longer: at a long paragraph, or at any where nothing was opened."""
    if is_about_addresses or state.role is None:
        return
    longest = LONGEST_ASIDE if state.role is Role.TARGET else LONGEST_BESIDE
    is_aside = sentence.end - sentence.start > longest
    if (is_aside and state.role is not Role.MENTIONED) or (
        not state.is_open and sentence.block != state.block and state.role is not Role.MENTIONED
    ):
        state.role = None


def _role(page: Page, token: Token, turns: Sequence[Turn], state: _State, default: Role) -> tuple[Role, str]:
    """Return the role of one channel by its own sentence, else by what holds, else by what the appeal is for."""
    before = [turn for turn in turns if turn.at <= token.start]
    if any(not turn.is_weak for turn in before):
        return before[-1].role, ""
    after = [turn for turn in turns if 0 <= turn.at - token.end <= AFTER and not turn.is_weak]
    if after and _is_tied(page.text[token.end : after[0].at]):
        return after[0].role, ""
    if state.role is not None and (state.is_open or not before):
        return state.role, ""
    if before:
        return Role.TARGET, ""
    return default, UNTOLD if default is Role.TARGET and not state.is_owed else ""


def _is_tied(between: str) -> bool:
    """Tell whether a cue after a channel is about it: "a@b.example (copy)", "a@b.example - for messages of support"."""
    return "@" not in between and "\n" not in between and between.strip()[:1] in ("(", "[", "-", "–", "—", "")


def _carry(state: _State, page: Page, sentence: Sentence, turns: Sequence[Turn], own: Sequence[Token]) -> None:
    """Note what a sentence says for the next one."""
    strong = [turn for turn in turns if not turn.is_weak]
    calls = bool(turns) and turns[-1].role is Role.TARGET and page.has(sentence, "send", "protest")
    state.is_owed = not own and (state.is_owed or calls)
    if strong:
        is_with_copy = strong[-1].role is Role.COPY and strong[0].role is Role.TARGET and not sentence.opens
        state.role = strong[0].role if is_with_copy else strong[-1].role
        ends = max((token.end for token in own if token.start > strong[-1].at), default=-1)
        is_list = page.text[sentence.end - 1] in ":," or ends < 0
        is_short = sentence.end - sentence.start <= LONGEST_OWED
        is_owed = ends < 0 and is_short and sentence.is_last and page.has(sentence, "send")
        state.is_open = (sentence.opens or is_owed) and is_list and (")" not in page.text[strong[-1].at : sentence.end])
        state.block = sentence.block
    elif (turns and state.role in (None, Role.MENTIONED)) or (turns and not state.is_open):
        state.role, state.is_open, state.block = Role.TARGET, sentence.opens, sentence.block
    elif own:
        state.block = sentence.block
