"""What is a supporter called on a page that others may come to see? By given name and initial.

Law: the surname is never there in full, in whichever order the name was written.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from mailer.core.signatures import TITLES, initials, one_line

# Where the family's name comes first.
_FAMILY_FIRST: Final = frozenset({"hu", "ja", "ko", "vi", "zh"})
# A patronymic at the end tells that the surname came first: "Петров Иван Иванович", "Ахметов Ерлан Болатұлы".
_PATRONYMICS: Final = ("ович", "евич", "ьич", "овна", "евна", "ична", "ұлы", "қызы", "улы", "кызы")


def short_name(name: str, language: str) -> str:
    """Return "Anna K" for "Anna Maria Kovács"; `language` is the supporter's, for the order of names.

    There is no full stop, because it ends up in the middle and at the end of sentences. A name of one word is taken for
    a given name; of one in ideographs only the last sign is shown.
    """
    flat = one_line(name)
    words = _words(flat)
    if len(words) < 2:
        return _alone(words[0]) if words else ""
    swapped = "," in flat or language.partition("-")[0] in _FAMILY_FIRST or _ends_in_patronymic(words)
    given, family = (words[1], words[0]) if swapped else (words[0], words[-1])
    mark = initials(family).replace(".", "")
    return given if mark == family else f"{given} {mark}"


def _words(flat: str) -> list[str]:
    """Return the words of a name, without titles and what is no word."""
    words = [word.strip(",") for word in flat.split(" ") if any(map(str.isalpha, word))]
    return [word for word in words if word.rstrip(".").lower() not in TITLES] or words


def _ends_in_patronymic(words: list[str]) -> bool:
    """Tell whether the last of three words is one, as in lists where the surname stands first."""
    return len(words) == 3 and words[-1].lower().endswith(_PATRONYMICS)


def _alone(word: str) -> str:
    """Return a name of one word; ideographs begin with the family's name, so that their last sign has to do."""
    is_ideograph = unicodedata.name(word[-1], "").startswith(("CJK", "HANGUL"))
    return word[-1] if is_ideograph else word
