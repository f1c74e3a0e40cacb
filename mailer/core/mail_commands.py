"""What does a supporter ask for by a single word? Four commands, in the subject or alone in an answer's first line.

Law: only a word that stands alone is a command; whatever else somebody writes is for a person to read. Who may give
one is decided elsewhere: anybody can write any sender's address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from mailer.core.campaigns import Campaign
from mailer.core.first_line import first_line
from mailer.core.received import Received
from mailer.core.tokens import TOKEN_CHARACTERS


class Command(StrEnum):
    """What a word does: leave the list, tell of a letter, have a rest from mails, have no more of one case."""

    STOP = "stop"
    SENT = "sent"
    PAUSE = "pause"
    NOT_THIS_CASE = "not-this-case"


Words = Mapping[str, Command]  # by a word as `spelled` returns it

# The English texts of the catalogues: spellings of one command, the first of which mails tell.
SPELLINGS: Final[Mapping[Command, str]] = {
    Command.STOP: "stop | unsubscribe | unsubscribe me",
    Command.SENT: "sent | I have sent it | I have written | done",
    Command.PAUSE: "pause | take a break",
    Command.NOT_THIS_CASE: "not this case | not this one",
}
_BETWEEN = "|"
_LONGEST = 80  # characters of a line that may be a command
_LONGEST_SUBJECT = 400
# Letters that people type for each other, and that no normal form makes one.
_SAME = str.maketrans("łøđıىیکٱة", "lodiييكاه")
# What mail programs put before the subject of an answer; what they put before one that is passed on is not here.
_ANSWERED = "re|ref|aw|antw|antwort|sv|vs|res|resp|r|rif|rép|ré|odp|ynt|yanıt|отв|ответ|жауап|رد|الرد|回复|答复"
_BEFORE_SUBJECT = re.compile(
    rf"\s*(?:(?:{_ANSWERED})\s?(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s?:|\[[^\[\]]*\])", re.IGNORECASE
)
_LEAVING = re.compile(rf"unsubscribe\s+([A-Za-z0-9_-]{{{TOKEN_CHARACTERS}}})", re.IGNORECASE)


def make_words(spellings: Iterable[tuple[Command, str]]) -> Words:
    """Return the words of spellings in many languages; one that means two things means nothing."""
    found: dict[str, set[Command]] = {}
    for command, spelling in spellings:
        for word in spelling.split(_BETWEEN):
            found.setdefault(spelled(word), set()).add(command)
    return {word: next(iter(meant)) for word, meant in found.items() if word and len(meant) == 1}


def unmistakable(words: Words, titles: Iterable[str]) -> Words:
    """Return the words without those that a case, or an organisation, is called: subjects of answers hold these."""
    called = {spelled(title) for title in titles}
    return {word: command for word, command in words.items() if word not in called}


def command_in(received: Received, words: Words) -> Command | None:
    """Return the command of a mail: of its subject, else of its first line above what it quotes."""
    return command_of(received.subject, first_line(received), words)


def command_of(subject: str, line: str, words: Words) -> Command | None:
    """Return the command that a subject is, behind what mail programs put before it; else the one that a line is."""
    found = _alone(_bare(subject), words)
    quotes = unicodedata.normalize("NFKC", line[:1]) == ">"
    return found if found or quotes else _alone(line, words)


def leaving_token(subject: str) -> str:
    """Return the token in a subject that `List-Unsubscribe` wrote (core.links); empty if there is none."""
    found = _LEAVING.fullmatch(_bare(subject).strip())
    return found[1] if found else ""


def letter_of(campaign: Campaign) -> str:
    """Return to which target somebody wrote who tells of no target: the only one, else the campaign itself."""
    return campaign.targets[0].id if len(campaign.targets) == 1 else ""


def spelled(text: str) -> str:
    """Return `text` as words are compared: in small letters, without accents and vowel signs, without punctuation.

    Forms of one letter are one letter: those for wide print, those of Arabic keyboards, and the Turkish i with or
    without its dot.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (_kept(character) for character in apart.translate(_SAME))
    return " ".join("".join(kept).split())


def _kept(character: str) -> str:
    """Return what is compared of one character: letters and digits, a space for what parts them."""
    if character.isalnum() and character != "\N{ARABIC TATWEEL}":
        return character
    is_invisible = character == "\N{ARABIC TATWEEL}" or unicodedata.category(character) in ("Mn", "Cf")
    return "" if is_invisible or character in "'\N{RIGHT SINGLE QUOTATION MARK}" else " "


def _alone(line: str, words: Words) -> Command | None:
    """Return the command that a line is; one with a question mark asks a person something."""
    asks = any("QUESTION MARK" in unicodedata.name(character, "") for character in line[:_LONGEST])
    return None if asks or len(line) > _LONGEST else words.get(spelled(line))


def _bare(subject: str) -> str:
    """Return a subject without what programs, and we, put before it."""
    rest = unicodedata.normalize("NFKC", subject[:_LONGEST_SUBJECT])
    while found := _BEFORE_SUBJECT.match(rest):
        rest = rest[found.end() :]
    return rest
