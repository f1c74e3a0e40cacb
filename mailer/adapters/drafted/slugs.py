"""Which id does something get that has only words? A slug of them, unique among its like.

Law: every id is one that the catalogue takes, whatever the words are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection

LONGEST = 40
_SHORT_WORDS = """
    a an and the of for in on to at by de des du der die das et la le les el los y da do van het i w
"""
_SPELT = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфъыэёіґқғңөұүһәı", "abvgdeziyklmnoprstufʼyeoigkgnouuhai", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "yu", "я": "ya", "ї": "yi"}
    | {"є": "ye", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def slug(words: str, otherwise: str, *, most_words: int = 4) -> str:
    """Return an id of the first telling words, or `otherwise` where they have no letters that can be spelt."""
    spelt = unicodedata.normalize("NFKD", words.lower()[:400].translate(_SPELT))
    found = re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f'’ʼ]", "", spelt))
    telling = [word for word in found if word not in _SHORT_WORDS.split()] or found
    made = telling[0][:LONGEST] if telling else ""
    for word in telling[1:most_words]:
        if len(made) + 1 + len(word) > LONGEST:
            break
        made = f"{made}-{word}"
    return made if re.search("[a-z]", made) else otherwise


class Ids:
    """Gives out ids, each once."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = set(taken)
        self._last: Counter[str] = Counter()

    def give(self, words: str, otherwise: str, *, most_words: int = 4) -> str:
        """Return an id for `words` that nothing else has."""
        wanted = slug(words, otherwise, most_words=most_words)
        made = wanted
        while made in self._taken:
            self._last[wanted] += 1
            ending = f"-{self._last[wanted] + 1}"
            made = wanted[: LONGEST - len(ending)].rstrip("-") + ending
        self._taken.add(made)
        return made
