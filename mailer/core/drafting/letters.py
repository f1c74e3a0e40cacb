"""Which letters does the appeal bring along? What stands between "sample letter" or a salutation and its close.

Law: a letter is kept without salutation and signature, in the language that it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mailer.core.drafting.drafts import FoundLetter
from mailer.core.drafting.language import language_of
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.tokens import Token

SHORTEST = 80  # characters of a body
LONGEST = 6000
MOST_TRIES = 20
SHORT_LINE = 90
LONGEST_GREETING = 12  # words
MOST_HEAD = 12  # lines between "Sample letter" and the salutation
LEAST_OPENING = 20  # characters that follow a salutation in its sentence

_SUBJECT = re.compile(
    r"^(?:subject|re|betreff|betr|objet|asunto|oggetto|assunto|onderwerp|temat|dotyczy|předmět|věc|"
    r"emne|konu|тема)\s*:\s*(.{3,150})$",
    re.IGNORECASE,
)
_BLANKS = re.compile(
    r"^[\[(<]?(?:your )?(?:name|signature|signed|unterschrift|nom|nombre|nome|naam|imię|jméno|navn|"
    r"adınız|имя|подпись|organi[sz]ation|address|city|country|date)\b.{0,40}?[._…\])]*$",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"\b(?:to|at|an|à|a|al|alla|ao|do|na|til|aan|на|в|по)\s*:?$", re.IGNORECASE)
_HONORED = re.compile(
    r"(?:mr|mrs|ms|madam|sirs?|honou?rable|señora?|senhora?|signora?|signor|monsieur|madame|messieurs|mesdames|herr|"
    r"frau|panie|pani|pane|paní|szanowni|hr|fru|господин|госпожа|bay|buongiorno|bonjour|buenos días|bom dia|"
    r"(?:your )?excellency|(?:votre )?excellence|(?:eure )?exzellenz|(?:su )?excelencia|(?:vossa )?excelência|"
    r"(?:vostra )?eccellenza|excellentie|(?:wasza )?ekscelencjo|(?:vaše )?excelence|(?:deres )?eksellense|"
    r"guten tag|dzień dobry|dobrý den|goedendag|god dag|merhaba|здравствуйте|hello|hi)\b"
    r"(?:[^,:;!]{0,60}[,:;!] ?){1,2}$",
    re.IGNORECASE,
)
_GREETING = re.compile(r"[^,:!]{0,70}(?:[,:!]\s+(?=\S)|,(?=[A-ZÀ-ÝА-Я]))")
_BRACKETED = re.compile(r"^\(.{20,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and where it stands."""

    start: int
    end: int
    letter: FoundLetter
    translation: tuple[int, int] = (0, 0)  # the same once more in brackets


def letters_in(page: Page, tokens: Sequence[Token]) -> tuple[Letter, ...]:
    """Return the letters in their order."""
    found: list[Letter] = []
    tries = 0
    for index, sentence in enumerate(page.sentences):
        if found and sentence.start < found[-1].end:
            continue
        begins = _announces(page, sentence) or _salutes(page, sentence) or _is_greeting(page, sentence, tokens)
        if tries < MOST_TRIES and begins:
            tries += 1
            letter = _letter_from(page, index, tokens)
            found += [letter] if letter else []
    return tuple(found[:5])


def _is_greeting(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence greets and goes on, and is no office with its address."""
    is_greeting = _greeted(page, sentence) is not None
    return is_greeting and not any(sentence.start <= token.start < sentence.end for token in tokens)


def _announces(page: Page, sentence: Sentence) -> bool:
    """Tell whether a letter is announced: "Sample letter:"."""
    is_call = page.has(sentence, "send") and _TO_WHOM.search(
        page.told(sentence)
    )  # "write, with the sample letter, to:"
    is_short = sentence.opens and sentence.end - sentence.start <= 2 * SHORT_LINE
    return is_short and page.has(sentence, "sample") and not is_call


def _salutes(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is a salutation."""
    is_line = sentence.end - sentence.start <= SHORT_LINE and sentence.is_first and sentence.is_last
    if not is_line or page.has(sentence, "audience"):
        return False
    if _HONORED.match(page.told(sentence)):
        return True
    marks = page.marks_of(sentence, "dear")
    is_short = sentence.words[1] - sentence.words[0] <= LONGEST_GREETING  # no address in one line
    begins = bool(marks) and marks[0].first == sentence.words[0] and is_short
    return begins and (sentence.opens or page.text[sentence.end - 1] == "!") and not _is_label(page, sentence)


def _greeted(page: Page, sentence: Sentence) -> Sentence | None:
    """Return what follows a salutation in its own sentence: "Dear Minister, I am writing to you ..."."""
    told = page.told(sentence)
    match = _GREETING.match(told)
    if not match or len(told) - match.end() < LEAST_OPENING:
        return None
    past = page.word_at(sentence.start + match.end())
    marks = page.marks_between(sentence.words[0], past, "dear", "audience")
    is_greeting = [(mark.kind, mark.first) for mark in marks] == [("dear", sentence.words[0])]
    is_sample = match[0].rstrip().endswith(":") and bool(page.marks_between(sentence.words[0], past, "sample"))
    is_either = is_greeting or is_sample
    return replace(sentence, start=sentence.start + match.end(), is_item=False) if is_either else None


def _is_label(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line only labels what follows: "To the President:" is one, "Dear Minister:" is none."""
    return page.text[sentence.end - 1] == ":" and page.words[sentence.words[0]].text in ("to", "an")


def _letter_from(page: Page, index: int, tokens: Sequence[Token]) -> Letter | None:
    """Return the letter that begins after a sentence, if there is enough of one."""
    subject = ""
    greeted = _greeted(page, page.sentences[index])
    body = [greeted] if greeted else []
    translation = (0, 0)
    is_announced = _announces(page, page.sentences[index])
    end = start = page.sentences[index].end
    for sentence in page.sentences[index + 1 :]:
        told = page.told(sentence)
        match = _SUBJECT.match(told)
        if match and not body:
            subject = match[1].strip()
        elif is_announced and body and _salutes(page, sentence) and _is_head(body):
            body, start = [], sentence.end
        elif body and _BRACKETED.match(told):
            translation = (sentence.start, page.text.find("\n", sentence.start) % (len(page.text) + 1))
            break
        elif _ends(page, sentence, tokens, bool(body) or not is_announced) or sentence.end - start > LONGEST:
            break
        elif not _salutes(page, sentence) and not _announces(page, sentence):
            body.append(_greeted(page, sentence) or sentence)
        end = sentence.end
    text = "\n\n".join(_paragraphs(page, body)).strip()
    has_address = is_announced and any(token.kind == "post" and start <= token.start < end for token in tokens)
    if len(text) < SHORTEST or (has_address and _is_head(body)):
        return None
    return Letter(
        greeted.start if greeted else start,
        end,
        FoundLetter(language_of(re.findall(r"[^\W_]+", text.lower())), subject, text),
        translation,
    )


def _is_head(body: Sequence[Sentence]) -> bool:
    """Tell whether what stands above a salutation is no part of a letter's text: lines of an address, a date."""
    return len(body) <= MOST_HEAD and all(line.end - line.start <= SHORT_LINE for line in body)


def _ends(page: Page, sentence: Sentence, tokens: Sequence[Token], has_body: bool) -> bool:
    """Tell whether a sentence is no more of the letter: its close, a translation in brackets, an address."""
    told = page.told(sentence)
    is_short = sentence.end - sentence.start <= SHORT_LINE and sentence.is_first
    marks = page.marks_of(sentence, "closing", "signed")
    if is_short and has_body and marks and marks[0].first == sentence.words[0]:
        return True
    if _BLANKS.match(told) or page.has(sentence, "footer"):
        return True
    return has_body and any(sentence.start <= token.start < sentence.end for token in tokens)


def _paragraphs(page: Page, body: Sequence[Sentence]) -> Iterator[str]:
    """Yield the paragraphs of some sentences."""
    start = 0
    for index, sentence in enumerate(body):
        if index + 1 == len(body) or body[index + 1].line != sentence.line:
            yield page.text[
                body[start].start if not body[start].is_item else _line_start(page, body[start]) : sentence.end
            ]
            start = index + 1


def _line_start(page: Page, sentence: Sentence) -> int:
    """Return where the line of a sentence begins, its number or bullet included."""
    return page.text.rfind("\n", 0, sentence.start) + 1
