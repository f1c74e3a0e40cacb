"""Which words of a sentence turn what its addresses are for: to be written to, a copy, solidarity, nothing?

Law: told by the sentence alone; what its words do not say is left to the sentences around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailer.core.drafting.asides import (
    CLOSE,
    TO_WHOM,
    at_mark,
    is_account,
    is_in_case,
    is_of_replies,
    is_said_otherwise,
)
from mailer.core.drafting.drafts import Role
from mailer.core.drafting.kindness import kind_words, leads
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.refusals import is_refused
from mailer.core.drafting.segments import told_beside
from mailer.core.drafting.tokens import Token

LONGEST_OFFICE = 8  # words of its name
_COMPOUND = re.compile(
    r"(?:schreiben|briefe?n?|berichten?|betuiging(?:en)?|erklärung(?:en)?|grüße|adressen?|mails?|hilsener|hilsen|"
    r"erklæring(?:er)?)$"
)
_CONTACTED = re.compile(
    r"(?:may|can|could) be (?:contacted|reached)|erreichbar|joignable|можно связаться", re.IGNORECASE
)
_SUPPORT = re.compile(  # "Support: a@b.example", "Encourage a@b.example"
    r"(?:support|encourage(?:ment)?|greet(?:ings)?|cheer|solidarity|unterstützt|ermutigt|grüßt|soutenez|encouragez|"
    r"apoyad|apoyen|saluden|sostenete|incoraggiate|salutate|apoiem|saúdem|steun|groet|wesprzyjcie|pozdrówcie|podpořte|"
    r"pozdravte|støtt|hils|поддержите|destekleyin)(?:\s?[:>=–—-]{1,2}|\s)\s?(?:e-?mails?:? )?\S{1,64}@",
    re.IGNORECASE,
)
# "Let us know what you sent": whoever writes is to tell what went out, as a copy does.
_REPORTED = re.compile(
    r"\b(?:sent|envoyée?s?|enviaron|enviado|inviato|verschickt|geschickt habt|gesendet|verstuurd|wysłali\w*|poslali|"
    r"отправили|gönderdi\w*)\b[^.!?\n]{0,20}:",
    re.IGNORECASE,
)
_ALONE = re.compile(  # "Contact:", "Contact person:", "Kontakt z piekarnią:"
    r"(?:(?: ?[^\W\d_]{2,12}){0,2}|"
    r" (?:z|s|mit|d[aeo]|del|di|avec|con|med|of)(?: [^\W\d_]{2,12}){1,3}) ?[:?]| ?\n| {0,2}$"
)
_PLACE = re.compile(r" (?:d['’]|de |du |of |in )\s?[^\W\d_a-zß-ÿ]")  # "Site de Lyon": a factory, and no page
_VERBS_TEXT = """
    call ring dial phone fax anrufen ruft appelez appeler llame llamen llamar chiamate ligue liguem ligar bellen bel
    belt dzwońcie zadzwońcie zadzwoń volejte zavolejte ringe arayın звоните позвоните faxez faxen faxt mandate
"""
_VERBS = frozenset(_VERBS_TEXT.split())
_OBJECT = re.compile(  # but "ring Anna on 020": of who asks
    r" (?!(?:no|nr|number|us|me)\b|[^\W\d_a-zß-ÿа-я][\w'’-]+,? (?:\w{2,5} )?[+(\d])[^\W\d_]"
)
_PLEASE = frozenset(
    ["please", "bitte", "veuillez", "favor", "prego", "graag", "proszę", "prosím", "vennligst", "lütfen", "пожалуйста"]
)
_WITHIN = frozenset({"in", "en", "em", "w", "v", "i", "aus"})  # "write in solidarity": no message
_BARS = ("|", "•", "·")
_CHANNEL = re.compile(r"@|\d{3}")
_PURPOSE = frozenset({"to", "for", "pour", "para", "per", "für", "om", "aby", "pro", "для"})


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on the addresses have this role."""

    at: int
    role: Role
    is_weak: bool = False  # an office was named, nothing more
    is_gift: bool = False  # money is asked for: no office that is named later is written to
    gives_way: bool = False  # says nothing where another cue was before it
    is_aside: bool = False  # holds for its own addresses, and for none below


def turns_in(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> list[Turn]:
    """Return the cues of a sentence that give a role, in their order, those left out that only go on with a copy."""
    turns: list[Turn] = []
    for turn in sorted(_turns(page, sentence, tokens), key=lambda turn: (turn.at, turn.is_weak)):
        if turns and (_is_copied_too(page, turns[-1], turn) or not _overrides(turns[-1], turn, tokens)):
            continue
        turns.append(turn)
    return turns


def _is_copied_too(page: Page, before: Turn, turn: Turn) -> bool:
    """Tell whether an office only goes on with those who get a copy: "Copies to a@b.example, and to the Mayor"."""
    words = page.word_at(before.at) + 1, page.word_at(turn.at)
    is_list = before.role is Role.COPY and turn.is_weak
    return is_list and all(_is_label(page, mark) for mark in page.marks_between(*words, "send", "protest"))


def _is_label(page: Page, mark: Mark) -> bool:
    """Tell whether a word labels a channel, and asks for nothing."""
    return any(one.last >= mark.last for one in page.marks_between(*at_mark(mark), "fax", "phone", "mail", "post"))


def _overrides(before: Turn, turn: Turn, tokens: Sequence[Token]) -> bool:
    """Tell whether a cue says something new: "copies of protests", "messages of support to the office" do not."""
    if before.role is turn.role:
        return not turn.is_weak or before.is_weak
    is_spent = turn.is_weak and turn.gives_way and before.role is Role.MENTIONED  # "journalists may ring, or write to"
    if not is_spent and any(before.at < token.start and token.end <= turn.at for token in tokens):
        return True
    if turn.is_aside or turn.gives_way:
        return turn.is_aside and before.is_weak
    if turn.role is Role.COPY:
        return True
    if turn.is_weak:
        return before.role is Role.MENTIONED and not before.is_gift and turn.at - before.at > 60
    return before.role is not Role.COPY and not (before.role is Role.MENTIONED and turn.at - before.at < 40)


def _turns(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Turn]:
    """Yield all cues of a sentence, in no order."""
    kinds = {mark.kind for mark in page.marks_of(sentence)}
    asks = "send" in kinds or "message" in kinds
    support = list(_of_support(page, sentence, kinds, has_address=any(token.kind == "post" for token in tokens)))
    for mark in page.marks_of(sentence, "copy", "about", "donate", "footer", "signed", "contact"):
        if mark.kind == "copy" and is_account(page, mark):
            yield Turn(page.span(mark)[0], Role.MENTIONED, is_gift=True)
            continue
        is_report = mark.kind == "about" and bool(_REPORTED.search(page.text, page.span(mark)[1], sentence.end))
        is_copy = mark.kind == "copy" and not is_of_replies(page, mark)
        role = Role.COPY if is_copy or is_report else Role.MENTIONED
        if is_said_otherwise(page, sentence, mark) or (
            mark.kind == "signed" and support and leads(page.told(sentence))
        ):
            continue
        if mark.kind not in ("signed", "contact") or _heads(page, sentence, mark):
            yield Turn(page.span(mark)[0], role, is_gift=mark.kind == "donate")
    yield from support
    yield from (Turn(at, Role.COPY) for at in told_beside(page, sentence, tokens, "report"))
    errands = told_beside(page, sentence, tokens, "errand")
    yield from (Turn(at, Role.MENTIONED, is_gift=True, is_aside=True) for at in errands)
    is_heading = _is_heading(sentence) and sentence.opens
    is_name = _is_name(page, sentence, kinds) and "send" not in kinds
    if (asks or is_heading) and not is_name and not is_refused(page, sentence):
        told = [mark for mark in page.marks_of(sentence, "protest") if not is_in_case(page, sentence, mark)]
        yield from (Turn(page.span(mark)[0], Role.TARGET) for mark in told)
    if asks or sentence.opens:
        yield from _whom(page, sentence)


def _of_support(page: Page, sentence: Sentence, kinds: set[str], *, has_address: bool) -> Iterator[Turn]:
    """Yield the cues for messages of support, where they are asked for and nobody is thanked."""
    has_channel = bool(_CHANNEL.search(page.told(sentence)))
    is_title = sentence.line <= 2 and page.text[sentence.end - 1] != ":" and not has_channel
    if is_title and not calls(page, sentence):
        return
    is_label = _is_heading(sentence) and sentence.opens and sentence.is_last and len(kinds) < 4 and not is_title
    is_label = is_label and not _is_name(page, sentence, kinds)
    yield from (Turn(at, Role.SOLIDARITY) for at in kind_words(page, sentence, has_address=has_address))
    if _SUPPORT.match(page.text, sentence.start, sentence.end):
        yield Turn(sentence.start, Role.SOLIDARITY)
    marks = page.marks_of(sentence, "solidarity") if "thanks" not in kinds else ()
    for mark in (each for each in marks if not _is_of_office(page, sentence, each)):
        if _is_shown_elsewhere(page, sentence, mark):
            continue
        is_letter = kinds & {"send", "message"} or _COMPOUND.search(page.words[mark.last].text)
        begins = mark.first == sentence.words[0] and is_letter
        is_compound = has_channel and bool(_COMPOUND.search(page.words[mark.last].text))
        if begins or is_label or is_compound or _is_beside_message(page, sentence, mark.first, mark.last):
            yield Turn(page.span(mark)[0], Role.SOLIDARITY)


def _is_shown_elsewhere(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether solidarity is shown by writing to an office: "Show your solidarity by writing to the director"."""
    sends = page.marks_between(mark.last + 1, sentence.words[1], "send")
    is_sent = (
        bool(page.marks_between(sentence.words[0], mark.first, "message")) and page.words[mark.first - 1].text == "of"
    )
    return bool(sends) and not is_sent and bool(page.marks_between(sends[-1].last, sentence.words[1], "office"))


def _is_of_office(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a word is part of an office's name: "Minister of Work and of National Solidarity"."""
    offices = page.marks_between(max(sentence.words[0], mark.first - LONGEST_OFFICE), mark.first, "office")
    told = page.text[page.span(offices[0])[1] : page.span(mark)[1]] if offices else ""
    is_named = all(len(word) <= 3 or word[0].isupper() for word in re.findall(r"[^\W\d]+", told))
    return bool(told) and is_named and not re.search(r"[.,;:!?(\n]", told)


def _is_heading(sentence: Sentence) -> bool:
    """Tell whether a sentence is short and begins its line."""
    return sentence.end - sentence.start <= LONGEST_HEADING and sentence.is_first


def _is_name(page: Page, sentence: Sentence, kinds: set[str]) -> bool:
    """Tell whether a heading is the name of those who ask: "Solidarity Committee of ..", "Urgent Appeals Desk"."""
    return "campaigners" in kinds and page.text[sentence.end - 1] != ":"


def _heads(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a cue stands for itself: it begins a sentence or comes after one; "Contact" needs a colon."""
    start, end = page.span(mark)
    if mark.kind == "contact" and _is_of_contact(page, sentence, mark):
        return True
    if mark.kind == "contact":
        if page.words[mark.last].text == "site" and _PLACE.match(page.text, end):
            return False
        is_alone = bool(_ALONE.match(page.text[end : sentence.end + 1]))
        is_first = mark.first == sentence.words[0] or page.text[max(0, start - 3) : start].strip().endswith(_BARS)
        return is_first and is_alone and not page.has(sentence, "office", "embassy")
    before = page.text[max(0, start - 3) : start].strip()
    return mark.first == sentence.words[0] or (
        before[-1:] in (".", "!", "?", "–", "—") and page.text[end : end + 1] in (",", ":", "\n", "")
    )


def _is_of_contact(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a sentence begins with "To contact ..", and names no office."""
    is_second = mark.first == sentence.words[0] + 1 and page.words[sentence.words[0]].text in _PURPOSE
    return is_second and not page.has(sentence, "office", "embassy")


def _whom(page: Page, sentence: Sentence) -> Iterator[Turn]:
    """Yield what those tell who are named as the ones to write to."""
    if is_refused(page, sentence):
        return
    sends = [mark.last for mark in page.marks_of(sentence, "send", "message")]
    own = [mark for mark in page.marks_of(sentence, "campaigners") if mark.first < mark.last]  # "Trades Union Council"
    for mark in page.marks_of(sentence, "office", "embassy"):
        if not any(one.first <= mark.first and mark.last <= one.last for one in own):
            yield Turn(page.span(mark)[0], Role.TARGET, is_weak=True)
    yield from _of_friends(page, sentence, sends)
    copies = page.marks_of(sentence, "copy")
    if sends and copies and sends[0] < copies[0].first - 3:  # "write to ..., with a copy to ..."
        yield Turn(page.words[sends[0]].start, Role.TARGET, is_weak=True)
    named = [page.span(mark)[0] for mark in page.marks_of(sentence, "office", "embassy", "campaigners", "ally")]
    past = page.words[sends[-1]].end if sends else 0
    if (
        sends
        and not any(at > past for at in named)
        and (page.text[sentence.end - 1] == ":" or TO_WHOM.search(page.told(sentence)))
    ):
        yield Turn(sentence.start, Role.TARGET, is_weak=True)
    real = [page.span(mark)[1] for mark in _real_calls(page, sentence)]
    channel = _CHANNEL.search(page.text, real[0], sentence.end) if real else None
    if channel and not any(real[0] <= at < channel.start() for at in named):
        yield Turn(real[0], Role.TARGET, is_weak=True, gives_way=True)


def _of_friends(page: Page, sentence: Sentence, sends: Sequence[int]) -> Iterator[Turn]:
    """Yield the cues that messages go to those who ask, or to those whom the appeal is for; a title tells neither."""
    is_title = sentence.line <= 2 and page.text[sentence.end - 1] != ":" and not _CHANNEL.search(page.told(sentence))
    for mark in page.marks_of(sentence, "campaigners", "ally"):
        if mark.kind == "campaigners" and _CONTACTED.search(page.text, page.span(mark)[1], sentence.end):
            yield Turn(page.span(mark)[0], Role.MENTIONED)
        if any(0 < mark.first - last <= 3 for last in sends) and not is_title:
            role = Role.MENTIONED if mark.kind == "campaigners" else Role.SOLIDARITY
            yield Turn(page.span(mark)[0], role, gives_way=True)


def _is_beside_message(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a word of solidarity says what is sent: "messages of support", not "in solidarity with"."""
    near = page.marks_between(
        max(sentence.words[0], first - CLOSE), min(sentence.words[1], last + 3), "message", "mobile"
    )
    is_sent = page.words[first - 1].text not in _WITHIN and page.marks_between(max(0, first - 3), first, "send")
    return bool(near or is_sent)


def calls(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence asks to send something; "e-mail" before an address only labels it."""
    return bool(_real_calls(page, sentence))


def _real_calls(page: Page, sentence: Sentence) -> list[Mark]:
    """Return the words of a sentence that ask to send something, and are no labels; none where it asks not to."""
    if is_refused(page, sentence):
        return []
    marks = [mark for mark in page.marks_of(sentence, "fax", "phone", "mail", "post") if not _is_asked_for(page, mark)]
    labels = {mark.first: mark.last for mark in marks}
    menu = {index for mark in page.marks_of(sentence, "footer") for index in range(mark.first, mark.last + 1)}
    calls = [mark for mark in page.marks_of(sentence, "send", "protest") if mark.first not in menu]
    return [mark for mark in calls if mark.last > labels.get(mark.first, -1)]


def _is_asked_for(page: Page, label: Mark) -> bool:
    """Tell whether a label of numbers is a verb: "please fax +44 20", "or ring her office: 020"."""
    word, end = page.words[label.first].text, page.span(label)[1]
    is_verb = word in _VERBS and label.first == label.last and bool(_OBJECT.match(page.text, end))
    return is_verb or (label.first > 0 and page.words[label.first - 1].text in _PLEASE)
