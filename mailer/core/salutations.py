"""How does a letter address its reader? By the campaign's words, else politely and guessing nothing.

Law: nobody's gender is guessed; an office is named only in the letter's own language.
"""

from __future__ import annotations

import re
from typing import Final

from mailer.core.languages import reading_order
from mailer.core.targets import Target, Tone
from mailer.core.texts import LetterLibrary

_FALLBACK: Final = "en"
# English can name an office in the greeting without declining it; a person's name there would read oddly.
_OFFICES: Final = frozenset(
    """administration agency assembly authority bureau cabinet commission committee company consulate council
    court department directorate embassy government inspectorate ministry mission office parliament
    police presidency prison secretariat senate service services university""".split()  # noqa: SIM905 - a list of words reads better as words
)


def salutation(target: Target, language: str, letters: LetterLibrary) -> str:
    """Return the greeting of a letter in `language`: the target's own in that language, else that of `letters`."""
    own = target.salutation.by_language if target.salutation else {}
    neutral = greeting(target.tone, language, letters)
    for tag in reading_order(language):
        if tag in own:
            return _ended(own[tag], neutral)
    return _office(target, language) or neutral


def greeting(tone: Tone, language: str, letters: LetterLibrary) -> str:
    """Return the greeting of `letters` that fits every reader, in English where `language` has none."""
    templates = (letters.find(tone, tag) for tag in reading_order(language, _FALLBACK))
    return next((template.greeting for template in templates if template and template.greeting), "")


def _ended(own: str, neutral: str) -> str:
    """Return a greeting with the mark that its language ends one with, where it has none."""
    mark = neutral[-1:] if neutral and not neutral[-1].isalnum() else ","
    return own + mark if own[-1:].isalnum() else own


def _office(target: Target, language: str) -> str:
    """Return "To the District Court," for one office with an English name.

    "Embassy or consulate" is not one, and "the Prison No. 1" or "the Embassy (Kazakhstan)" is not English.
    """
    name = target.name.by_language.get(_FALLBACK, "")
    words = {word.strip(".,").lower() for word in name.split()}
    is_one_office = bool(words & _OFFICES) and "or" not in words and not re.search(r"[\d(]", name)
    if target.tone is not Tone.PROTEST or language.partition("-")[0] != _FALLBACK or not is_one_office:
        return ""
    return f"To the {name.removeprefix('The ').removeprefix('the ')},"
