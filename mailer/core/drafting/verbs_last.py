"""Which parts of a demand end with their verbs? As in German and Dutch, and in Turkish: "A freizulassen, B zu zahlen".

Law: all parts have to end alike; what opens a clause beside the demand ends none.
"""

from __future__ import annotations

import re

# German and Dutch infinitives and passives, which end their parts.
_LAST_TEXT = r"(?:\bzu \w{2,20}n|\b\w{1,20}zu\w{2,20}en|\bte \w{2,20}n(?: \w{3,20}n)?|\b(?:werden|wird|worden|wordt))"
_LAST = re.compile(rf"{_LAST_TEXT}$", re.IGNORECASE)
# What may stand behind the verb: "schoon te maken volgens de afspraken".
_BEHIND = re.compile(
    rf"({_LAST_TEXT})\s+(?:volgens|conform|sinds|vanaf|voor|vóór|binnen|gemäß|laut|seit|ab|bis|vor|nach|binnen)\s[^,]+$",
    re.IGNORECASE,
)
_LAST_WITHIN = re.compile(rf"{_LAST_TEXT}(?=\W|$)", re.IGNORECASE)
_NESTS = re.compile(r"(?:anzuweisen|aufzufordern|zu bitten|zu veranlassen|zu verpflichten|te dwingen|te verplichten)$")
_NESTED = re.compile(r",\s*(?:dass|dat|om)\s+", re.IGNORECASE)  # "dafür zu sorgen, dass .."
_PASSIVE = re.compile(r"(?:werden|wird|worden|wordt)$", re.IGNORECASE)
_BESIDE = re.compile(r"(?:um|ohne|anstatt|statt|damit|om|zonder|die|der|das|den|wo|was|waar|zodat)\s", re.IGNORECASE)
_VERB_LAST = re.compile(
    r",\s*(?:(?:und|en|sowie)\s+)?(?:(?:dass|dat|om)\s+)?|\s+(?:und|en|sowie)\s+(?:(?:dass|dat|om)\s+)?", re.IGNORECASE
)
_OBJECT = re.compile(r"(?:die|der|das|den)\s", re.IGNORECASE)
_TO_DO = re.compile(r"(?:\bzu \w{2,20}n|\b\w{1,20}zu\w{2,20}en)$")
_AND_DASS = re.compile(r",?\s+(?:und|en)\s+(?:dass|daß|dat)\s+", re.IGNORECASE)
_DASS = frozenset(["dass", "daß", "dat"])
_TURKISH_END = re.compile(r"m[ae](?:s[ıi]n[ıi]|y[ae]|l[ae]r[ıi]n[ıi]|n[ıi]z[ıi]|s[ıi])$", re.IGNORECASE)


def ended_by_verbs(told: str) -> list[str]:
    """Return the parts that each end with an infinitive or a passive; what stands in one part as it is."""
    found: list[str] = []
    begin = 0
    for joint in _VERB_LAST.finditer(told):
        part, after = told[begin : joint.start()], told[joint.end() :]
        if _is_end(part) and not _is_beside(joint, part, after) and _LAST_WITHIN.search(after):
            found.append(part)
            begin = joint.end()
    return [*found, told[begin:]]


def _is_end(part: str) -> bool:
    """Tell whether a part ends with its verb, and that of no other: "die Firma anzuweisen, ..."."""
    part = _BEHIND.sub(r"\1", part)
    return bool(_LAST.search(part)) and not _NESTS.search(part) and len(part.split()) > 1


def _is_beside(joint: re.Match[str], part: str, after: str) -> bool:
    """Tell whether a clause follows that belongs to the part: "dafür zu sorgen, dass ..", ".., um .. zu"."""
    deed = _VERB_LAST.split(after, maxsplit=1)[0].rstrip(" .!")
    is_deed = bool(_OBJECT.match(after)) and bool(_TO_DO.search(deed))  # ".., die Bäcker freizulassen": no relative
    is_clause = joint[0].strip() == "," and _BESIDE.match(after) and not is_deed
    return bool(is_clause or (_NESTED.fullmatch(joint[0]) and not _PASSIVE.search(part)))


def ended_by_clauses(told: str, opener: str) -> list[str]:
    """Return the clauses behind a "dass" that each end with a verb of the same form, if there are some."""
    if opener not in _DASS:
        return []
    opened = _AND_DASS.split(told.strip(" ,.!"))
    found = [clause for each in opened for clause in _ended_alike(each) or [each]]
    return found if len(found) > len(opened) else []


def _ended_alike(told: str) -> list[str]:
    """Return the clauses that each end with a verb of the same form; nothing for one alone."""
    pieces = re.split(r",\s+(?:und\s+|en\s+)?|\s+(?:und|en)\s+", told)
    lasts = [piece.split()[-1] for piece in pieces if len(piece.split()) > 1]
    ends = {re.sub(r".*(t|en)$", r"\1", last) for last in lasts}
    is_alike = len(lasts) == len(pieces) > 1 and len(ends) == 1 and ends <= {"t", "en"}
    return pieces if is_alike and all(last.islower() for last in lasts) else []


def ended_by_forms(told: str) -> list[str]:
    """Return the parts of a Turkish series, which end with the same form: ".. bırakılmasını, .. düşürülmesini".

    Nothing is returned where there is one part only.
    """
    pieces = re.split(r",\s+(?:ve\s+)?|\s+ve\s+", told.strip())
    ends = [_TURKISH_END.search(piece) for piece in pieces]
    last = ends[-1]
    count = next((n for n, end in enumerate(reversed(ends)) if not (end and last and _is_like(end, last))), len(ends))
    return pieces[len(pieces) - count :] if count > 1 else []


def _is_like(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two ends are the same but for their vowels."""
    return re.sub(r"[aeıi]", "a", one[0].lower()) == re.sub(r"[aeıi]", "a", other[0].lower())
