"""What stands before a demanding word that ends its sentence? As in Turkish, and in German and Dutch clauses.

Law: told by the word alone; how much of what stands before it is demanded, by the last clause.
"""

from __future__ import annotations

import re

from mailer.core.drafting.joins import is_doing
from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.verbs_last import ended_by_forms

LONGEST = 350
MOST_CALLED = 6  # words among which stands who is called upon, before what is asked

_THEREFORE = re.compile(r"^(?:(?:bu nedenle|bu yüzden|bunun için|dolayısıyla|sizden|sizlerden)\s+)+", re.IGNORECASE)
# German and Dutch, where the object stands before the verb: "um A zu fordern", "zu schreiben und A zu fordern".
_OBJECT_FIRST = tuple(
    re.compile(rf".*{opens}\s+(?P<told>[^,:;]+)$", re.IGNORECASE)
    for opens in (r"\b(?:um|om)", r"\b(?:zu|te)\s\w+\s+(?:und|en)", r"\b(?:in de(?:m|nen|r)|worin)", r"[,:;]")
)
# "letters in which you demand": "Briefe, in denen Sie A fordern".
_LAST_VERBS = frozenset(["fordern", "fordert", "verlangen", "verlangt", "eisen", "eist", "vragen", "vraagt"])
_WHEREIN = re.compile(
    r".*(?:,|\bund|\ben)\s(?:in de(?:m|nen|r)|mit de(?:m|nen|r)|worin|womit|waarin)\s"
    r"(?:(?:sie|ihr|wir|ich|u|jullie|we)\s)?(?P<told>[^,:;]+)$",
    re.IGNORECASE,
)
_AND_OBJECT = re.compile(r".*\b(?:und|en)\s(?P<told>[^,:;]+)$", re.IGNORECASE)
_TURKISH = re.compile(r"tale[pb]|iste|istiyor|rica|bekliy|çağır|çağr|davet|arz")
_TO_DO = re.compile(r"m[ae](?:y[ae]|lar[ıi]na|lerine)\W*$", re.IGNORECASE)  # ".. bırakmaya çağırıyoruz"
_CLAUSE_END = re.compile(
    r"(?<=[ea]r[ea]k),? |(?<=[ıiuü]p),? |[,:;] "
    r"|(?<=yazın) ve |(?<=arayın) ve |(?<=gönderin) ve |(?<=yollayın) ve |(?<=iletin) ve |(?<=çekin) ve "
)


def told_before(page: Page, sentence: Sentence, mark: Mark) -> list[str]:
    """Return what stands before a demanding word that ends its sentence, as in Turkish."""
    told = page.text[sentence.start : page.span(mark)[0]]
    first = page.words[mark.first].text
    if first in _LAST_VERBS:
        told = told[-LONGEST:].rstrip()
        match = _WHEREIN.match(told) or _AND_OBJECT.match(told)
        return [match["told"]] if match and (match.re is _WHEREIN or is_doing(match["told"])) else []
    if first in ("zu", "te", "gefordert", "verlangt"):
        matches = (pattern.match(told[-LONGEST:].rstrip()) for pattern in _OBJECT_FIRST)
        return next(([match["told"]] for match in matches if match), [])
    if mark.last - mark.first >= 3 or not _TURKISH.match(first):
        return []
    if first.startswith(("çağ", "davet")):
        if not _TO_DO.search(told):
            return []
        offices = page.marks_between(sentence.words[0], min(sentence.words[0] + MOST_CALLED, mark.first), "office")
        told = page.text[page.words[offices[-1].last].end : page.span(mark)[0]] if offices else told
    series = ended_by_forms(told)
    series[:1] = [_CLAUSE_END.split(each.strip())[-1] for each in series[:1]]
    return [_THEREFORE.sub("", each.strip()) for each in series] or [
        _THEREFORE.sub("", _CLAUSE_END.split(told)[-1].strip())
    ]
