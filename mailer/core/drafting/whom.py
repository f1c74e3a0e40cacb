"""Of whom is something demanded, where no table knows the office? "De la empresa el pago", "von der Stadt, dass ..".

Law: told by a preposition before and by what follows: a clause, or an article and what is to be done.
"""

from __future__ import annotations

import re

from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import is_doing

_TO_WHOM = (
    r"(?:de (?:la|el|los|las)|del|de l['’]|du|des|da|do|dos|das|della|dello|dell['’]|dei|delle|dalla?|von (?:der|"
    r"dem|den)|"
    r"vom|au|aux|à la|à l['’]|al|a la|a los|a las|alla|allo|all['’]|ai|alle|ao|à|aos|às)"
)
# Behind these an article begins no demand: "des soins pour les mineurs".
_PREPOSITIONS = [
    "pour",
    "par",
    "dans",
    "sur",
    "de",
    "à",
    "en",
    "con",
    "por",
    "para",
    "per",
    "in",
    "mit",
    "für",
    "com",
    "em",
]
_BEFORE = "".join(rf"(?<!\s{word})" for word in [*_PREPOSITIONS, "su", "sin", "sans"])
_THEN = (
    r"(?:(?P<that>(?:que\s|qu['’]|che\s|dass\s))|"
    r"(?=(?:el|la|los|las|una?|le|les|une|o|a|os|as|uma?|il|lo|gli|die|das|eine?[nmr]?)\s|l['’]))"
)
_BY_WORDS = re.compile(rf"\s*{_TO_WHOM}\s*[\w.&’-]+(?:\s+[\w.&’-]+){{0,4}}?{_BEFORE},?\s+{_THEN}", re.IGNORECASE)
# "Al Estado garantías para ..", "a Ejemplo y a Muestra el pago": names, and perhaps no article behind them.
_TO_NAME = r"(?:al|au|à l['’]|à|ao|a|ad|alla|allo|all['’]|dal|del|do|da|du)\s*[^\W\d_a-zß-ÿ][\w.&-]+"
_BY_ONE = re.compile(rf"\s*{_TO_NAME}(?:(?:,|\s+(?:e|ed|y|et))\s+{_TO_NAME}){{0,3}},?\s+")


def named_whom(told: str) -> tuple[int, str] | None:
    """Return where the demand begins behind the one of whom it is asked, and the word that opens it there."""
    match = _BY_WORDS.match(told)
    if match and (match["that"] or is_doing(told[match.end() :]) or names_deed(told[match.end() :])):
        return match.end(), (match["that"] or "").strip()
    match = _BY_ONE.match(told)
    return (match.end(), "") if match and names_deed(told[match.end() :]) else None
