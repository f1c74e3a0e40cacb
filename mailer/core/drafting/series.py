"""Which deeds does one demand name? "To release A, drop B and investigate C": what stands in a series, each by itself.

Law: a series is told by its joints and by the form of what begins each part, or ends it where the verb comes last;
parts of another form belong to the part before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.forms import MOST_SUBJECT, SLAVIC, Phrase, phrase
from mailer.core.drafting.standards import standard_of
from mailer.core.drafting.verbs_last import ended_by_verbs

MOST_JOINTS = 16
LEAST = 2  # words of a part
LEAST_CLOSING = 3  # words of a series' last part that no article begins

# "A" and "i" join in Czech and in Polish only, which their letters tell.
_CZECH = re.compile(r"[ěščřžůďťň]", re.IGNORECASE)
_POLISH = re.compile(r"[ąćęłńśźż]", re.IGNORECASE)
_AND = (
    r"(?:and(?: also| to)?|as well as|und|sowie|et|ainsi que|y|e|así como|bem como|nonché|così come|og|samt|ve|и|"
    r"а также|"
    r"oraz|jak również|a także|jakož i|en(?=\s+(?:de|het|een|te|alle|hun|om|dat)\b)|alsmede{more})"
)
_JOINT = r"(?:,\s*(?:{joiner}\s+)?|\s+{joiner}\s+)(?!(?:who|whose|whom|which|where)\b)(?=\w)"
_JOINTS = {
    more: re.compile(_JOINT.format(joiner=_AND.format(more=more)), re.IGNORECASE) for more in ("", "|a", "|i", "|a|i")
}
_DOING_OF = re.compile(r"\w{4,} of\s", re.IGNORECASE)
# After these an infinitive goes on with what is allowed, and no new deed begins.
_LETTING = re.compile(r"(?:allow|permit|enabl|order|instruct|oblig|forc|direct)\w*$")


def series_in(told: str) -> list[str]:
    """Return the parts of a demand that each name a deed; the demand itself where it names one."""
    last = ended_by_verbs(told)
    return last if len(last) > 1 else _begun_alike(told)


def _begun_alike(told: str) -> list[str]:
    """Return the parts that each begin with a deed of the same form."""
    bounds = list(_joints(told))
    named = phrase(told) if bounds else None
    if named is None or (_LETTING.match(named.head()) and " to " in told[: bounds[0][0]]):
        return [told]
    found: list[str] = []
    begin = 0
    first, bounds = _first_of(named, bounds)
    bounds = [bound for index, bound in enumerate(bounds) if index == 0 or not _pairs(told, bounds[index - 1], bound)]
    ends = [*(left for left, _ in bounds[1:]), len(told)]
    for (start, past), following in zip(bounds, ends, strict=True):
        is_next = _is_like(named, first, told, (past, following))
        if len(told[begin:start].split()) < LEAST:  # "investigar y sancionar a los autores"
            continue
        if is_next or (first == "noun" and found and _closes(named, told, (start, past, following))):
            found.append(told[begin:start])
            begin = past
    return [*found, told[begin:]]


def _first_of(named: Phrase, bounds: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the form of the first part, and the joints from its end on.

    None but a noun may have joints before it: "the immediate and unconditional release of ..".
    """
    for index, (left, _) in enumerate(bounds):
        form = named.form((0, named.word_at(left)), MOST_SUBJECT)
        if form == "noun" or (form and index == 0):
            return form, bounds[index:]
    return "", bounds


def _pairs(told: str, before: tuple[int, int], joint: tuple[int, int]) -> bool:
    """Tell whether an "and" joins two short words for what is done to the same: ".., unchaining and release of X"."""
    is_short = len(told[before[1] : joint[0]].split()) < LEAST_CLOSING
    return is_short and told[joint[0]] != "," and bool(_DOING_OF.match(told, joint[1]))


def _is_like(named: Phrase, first: str, told: str, part: tuple[int, int]) -> bool:
    """Tell whether a part names a deed in the form of the first one, a standard demand being a noun."""
    form = named.form((named.word_at(part[0]), named.word_at(part[1])))
    form = form or ("noun" if standard_of(told[part[0] : part[1]][:60]) else "")
    if form == "infinitive":
        is_other = first == "noun" and not named.is_infinitive_before(
            named.word_at(part[0])
        )  # nothing that it goes on with
        return first == form or is_other or named.asks_by_infinitive(named.word_at(_first_end(told)))
    is_bent = first == "noun" and form == "verb" and bool(SLAVIC.search(told))  # whose nouns end in many ways
    return form != "" and (form == first or is_bent or (first, form) == ("light", "verb"))


def _first_end(told: str) -> int:
    """Return where the first part ends."""
    return next((start for start, _ in _joints(told)), len(told))


def _closes(named: Phrase, told: str, bounds: tuple[int, int, int]) -> bool:
    """Tell whether the last part of a series of nouns begins without an article: ".. and better wages for all"."""
    start, past, following = bounds
    first, end = named.word_at(past), named.word_at(following)
    is_and = bool(told[start:past].strip(" ,"))
    return is_and and end - first >= LEAST_CLOSING and not named.is_object(first)


def _joints(told: str) -> Iterator[tuple[int, int]]:
    """Yield where a comma or an "and" stands, up to a bound."""
    more = ("|a" if _CZECH.search(told) else "") + ("|i" if _POLISH.search(told) else "")
    for count, match in enumerate(_JOINTS[more].finditer(told)):
        if count >= MOST_JOINTS:
            return
        yield match.span()
