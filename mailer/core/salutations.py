"""How does a letter address its reader? By the campaign's words, else politely and guessing nothing.

Law: nobody's gender is guessed; an office is named only in the letter's own language.
"""

from __future__ import annotations

from typing import Final

from mailer.core.languages import reading_order
from mailer.core.targets import Target, Tone

_FALLBACK: Final = "en"
_NEUTRAL: Final = {
    Tone.PROTEST: {
        "en": "Dear Sir or Madam,",
        "ru": "Уважаемые дамы и господа!",
        "de": "Sehr geehrte Damen und Herren,",
        "fr": "Madame, Monsieur,",
        "es": "Estimada señora, estimado señor:",
        "it": "Gentile Signora, gentile Signore,",
        "pt": "Prezada Senhora, prezado Senhor,",
        "nl": "Geachte heer, mevrouw,",
        "pl": "Szanowni Państwo,",
        "tr": "Sayın Yetkili,",
        "ar": "تحية طيبة وبعد،",
        "kk": "Құрметті ханым, құрметті мырза!",
    },
    Tone.SOLIDARITY: {
        "en": "Dear friends,",
        "ru": "Дорогие друзья!",
        "de": "Liebe Freundinnen und Freunde,",
        "fr": "Chères amies, chers amis,",
        "es": "Queridas amigas, queridos amigos:",
        "it": "Care amiche, cari amici,",
        "pt": "Queridas amigas, queridos amigos,",
        "nl": "Beste vriendinnen en vrienden,",
        "pl": "Drogie Przyjaciółki, drodzy Przyjaciele,",
        "tr": "Değerli dostlar,",
        "ar": "الصديقات والأصدقاء الأعزاء،",
        "kk": "Қымбатты достар!",
    },
}
# The mark at the end of a greeting, where it is no comma.
_MARKS: Final = {"ru": "!", "kk": "!", "es": ":", "ar": "،"}
# English can name an office in the greeting without declining it; a person's name there would read oddly.
_OFFICES: Final = frozenset(
    """administration agency assembly authority bureau cabinet commission committee company consulate council
    court department directorate embassy government inspectorate ministry mission office parliament
    police presidency prison secretariat senate service services university""".split()  # noqa: SIM905 - a list of words reads better as words
)


def salutation(target: Target, language: str) -> str:
    """Return the greeting of a letter in `language`: the target's own in that language, else a neutral one."""
    own = target.salutation.by_language if target.salutation else {}
    for tag in reading_order(language):
        if tag in own:
            return _ended(own[tag], language)
    return _office(target, language) or neutral(target.tone, language)


def _ended(greeting: str, language: str) -> str:
    """Return `greeting` with the mark that its language ends one with, where it has none."""
    mark = _MARKS.get(language.partition("-")[0], ",")
    return greeting + mark if greeting[-1:].isalnum() else greeting


def neutral(tone: Tone, language: str) -> str:
    """Return the greeting that fits every reader, in English where `language` has none."""
    greetings = _NEUTRAL[tone]
    return next((greetings[tag] for tag in reading_order(language, _FALLBACK) if tag in greetings), "")


def _office(target: Target, language: str) -> str:
    """Return "To the District Court," for one office with an English name; "embassy or consulate" is not one."""
    name = target.name.by_language.get(_FALLBACK, "")
    words = {word.strip(".,").lower() for word in name.split()}
    is_one_office = bool(words & _OFFICES) and "or" not in words
    if target.tone is not Tone.PROTEST or language.partition("-")[0] != _FALLBACK or not is_one_office:
        return ""
    return f"To the {name.removeprefix('The ').removeprefix('the ')},"
