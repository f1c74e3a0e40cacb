"""Which clauses say each what must be done? "That A be closed and B be opened", "que A soit fermé et B soit ouvert".

Law: each part has a subject and a verb of its own, else all of them stay one demand.
"""

from __future__ import annotations

import re

LEAST = 3  # words of a clause
MOST_CLAUSES = 8

# They open a clause that says what is to be.
THATS = frozenset(["that", "dass", "daß", "que", "qu'", "qu’", "che", "dat", "aby", "żeby", "by", "чтобы", "at"])
_AND = r"(?:and|und|et|y|e|en|og|i|a|ve|и)"
_JOINT = re.compile(
    rf"(?:,\s*(?:{_AND}\s+)?|\s+{_AND}\s+)(?=\w)",
    re.IGNORECASE,
)
# What must be done, and by whom nobody need say.
MUST_TEXT = (
    r"must|should|soll|sollen|sollten?|devrait|devraient|deberían?|dovrebb\w+|deveriam?|powin\w+|bør|gerek\w*|"
    r"следует|muss|müssen|doit|doivent|deben?|deve|devono|devem|moet|moeten|skal|musi|muszą|musí|må|должн[аоы]|"
    r"должен|meli|malı"
)
HAVE_TO_TEXT = r"(?:ha(?:ve|s)|needs?) to|(?:tienen?|têm|tem) que|har? å"
MUST = re.compile(rf"\b(?:{MUST_TEXT})\b", re.IGNORECASE)
_HAVE_TO = re.compile(rf"\b(?:{HAVE_TO_TEXT}|(?:nobody|no one|no \w+) (?:may|can)|may not)\b", re.IGNORECASE)
# The same behind its subject, or a passive of wishing.
_DUTY = re.compile(
    rf"\s(?:(?:not )?be (?!able)\w+|{MUST_TEXT}|{HAVE_TO_TEXT}|(?:is|are) to|soit|soient|sean?|sia(?:no)?|sejam?)\s",
    re.IGNORECASE,
)
_BE_GIVEN = re.compile(
    r"\b(?:he|she|it|they|we|him|her) (?:not )?be (?:given|granted|allowed|permitted|provided)\s", re.IGNORECASE
)
_WE = re.compile(
    r"(?:we|you|i|wir|ihr|ich|nous|vous|je|nosotros|noi|voi|nós|wij|ik|my|vi|jeg|мы|вы|я)\b", re.IGNORECASE
)
_FIRM = re.compile(
    r"(?:(?:außerdem|auch|now|also) )?(?:(?:the|die|das|der|la|le|les|el|los|las|il|lo|o|a|os|as|het|de)\s+|"
    r"l['’])?(?:[\w-]+ ){0,2}?"
    r"(?:compan(?:y|ies)|management|employers?|bosses|firma|firmy|firm|factory|owners?|bank|university|buyers?|"
    r"geschäftsleitung|geschäftsführung|leitung|unternehmen|konzern|betrieb|universität|directions?|entreprise|usine|"
    r"patron|patronat|employeur|groupe|université|empresas?|patronal|gerencia|dirección|fábrica|universidade?|"
    r"azienda|ditta|"
    r"direzione|impresa|fabbrica|università|administração|direção|direcção|bedrijf|directie|werkgever|fabriek|spółka|"
    r"zarząd|"
    r"pracodawca|dyrekcja|kierownictwo|vedení|zaměstnavatel|podnik|selskapet|bedriften|ledelsen|arbeidsgiveren|"
    r"компания|фирма|руководство|администрация|дирекция|работодатель|şirket|işveren|yönetim|patron)\b",
    re.IGNORECASE,
)
# These begin no subject: a relative, or a part that goes on.
_NO_SUBJECT = re.compile(
    r"(?:wh\w+|which|qui|dont|quien\w*|cui|to|of|for|in|on|at|by|with|de|du|des|da|do|di|del|della|or|not|then|also|"
    r"be)\b",
    re.IGNORECASE,
)


def is_duty(told: str) -> bool:
    """Tell whether a clause says what somebody else must do: "they have to reopen the bakery"."""
    return bool((MUST.search(told) or _HAVE_TO.search(told)) and not is_of_us(told))


def is_of_us(told: str) -> bool:
    """Tell whether a clause is about those who write, or those who are spoken to: "we must .."."""
    return bool(_WE.match(told))


def is_passive(told: str, opener: str) -> bool:
    """Tell whether one clause behind a "that" wishes by its passive: "that she be given access to A and B"."""
    return opener.strip().lower() in THATS and bool(_BE_GIVEN.search(told))


def is_of_firm(told: str) -> bool:
    """Tell whether words begin with a firm or those who run one: "the management ..", "l'usine ..", "firma .."."""
    return bool(_FIRM.match(told))


def clauses_each(told: str, opener: str) -> list[str]:
    """Return the clauses behind a "that" which each have a subject with its duty; nothing for one alone."""
    if opener not in THATS or not _DUTY.search(told):
        return []
    found: list[str] = []
    begin = 0
    for joint in _JOINT.finditer(told):
        if len(found) < MOST_CLAUSES and _is_clause(told[begin : joint.start()]) and _is_clause(told[joint.end() :]):
            found.append(told[begin : joint.start()])
            begin = joint.end()
    return [*found, told[begin:]] if found else []


def _is_clause(told: str) -> bool:
    """Tell whether a part has a subject, and before the next joint its verb."""
    own = _JOINT.split(told, maxsplit=1)[0] + " "
    return len(own.split()) >= LEAST and bool(_DUTY.search(own)) and not _NO_SUBJECT.match(own)
