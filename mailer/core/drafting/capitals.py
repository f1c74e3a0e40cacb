"""How does a letter write an office that the appeal writes in capitals, or as a common noun? As a name.

"SECRETARY OF STATE" becomes "Secretary of State", and "embassy" becomes "Embassy".
Abbreviations of up to three letters stay as they are.
"""

from __future__ import annotations

import re

_JOINING = """
    of the and for in on at to a an de la le les du des del della dei delle di da do dos das el los las y e et und der
    die den von van het een en i w z na og av
"""
_SMALL = frozenset(_JOINING.split())
_FORMS_OF_ADDRESS = frozenset({"his", "her", "mr", "mrs", "ms", "dr", "sr", "sra", "hon"})
_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’]{0,40}"  # of Western Europe: elsewhere capitals and small letters are no such pairs
_RUN = re.compile(rf"(?<![\w.@-]){_WORD}(?:[ -]{_WORD}){{1,20}}(?![\w.@-])")
LONGEST_ABBREVIATION = 3


def as_name(told: str) -> str:
    """Return an office or a person as a letter addresses it; an e-mail address stays as it is."""
    if "@" in told or not told:
        return told
    calm = _RUN.sub(lambda run: _calmed(run[0]), told)
    return calm[0].upper() + calm[1:]


def _calmed(run: str) -> str:
    """Return several words in capitals with small letters, if one of them is longer than an abbreviation."""
    words = re.split(r"([ -])", run)
    if all(len(word) <= LONGEST_ABBREVIATION for word in words):
        return run
    return "".join(_cased(word, is_first=index == 0) for index, word in enumerate(words))


def _cased(word: str, *, is_first: bool) -> str:
    """Return one word of a name."""
    small = word.lower()
    if small in _SMALL and not is_first:
        return small
    if len(word) <= LONGEST_ABBREVIATION and small not in _SMALL | _FORMS_OF_ADDRESS:
        return word
    return re.sub(r"^\w|(?<=['’])\w(?=\w)", lambda letter: letter[0].upper(), small)
