"""Where does one demand end and the next begin? "that A and that B", "to release X, and to pay Y".

Law: two parts are two demands only where the text says so: by the word that opens each, or where each asks for
something of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mailer.core.drafting.duties import clauses_each, is_passive
from mailer.core.drafting.series import series_in
from mailer.core.drafting.standards import standard_of
from mailer.core.drafting.verbs_last import ended_by_clauses

LEAST_NUMBER = 2  # with which a count goes on, whose one stands before the whole
LEAST_HALF = 3  # words: "unchaining and release of Anna" is one
MOST_JOINED = 12  # places at which a demand may be two

_AND = r"(?:and|und|et|y|e|en|i|a|og|ve|и|sowie|oraz)"
_SPLIT = re.compile(
    rf"\s*;\s+(?:{_AND}\s+)?|,\s+(?:and\s+)?also\s+(?=that\b)|,?\s+(?:a|i|oraz)\s+o\s+(?=(?:\w+\s+)?\w+(?:nie|ní|"
    rf"cie)\b)|,?\s+{_AND}\s+(?=a que\b|"
    rf"à ce qu|pour qu|afin qu|para que\b|affinch|opdat\b|damit\b)|,?\s+en\s+(?=te \w+en\b)|"
    rf",?\s+{_AND}\s+(?=(?:that|dass|daß|que|qu(?=['’])|che|dat|żeby|by(?= (?:\w+ ){{0,4}}?\w+(?:ł[aoiy]?|li)\b)|aby|"
    rf"abyste|чтобы|for(?! (?:him|her|them|us|everyone|everybody|all)\b)|at(?= (?:de[tn]?|alle|"
    rf"\w+(?:ene|en|et))\b)|"
    r"to (?:immediately |urgently )?(?:release|drop|stop|end|investigate|ensure|grant|allow|give|let|put|bring|"
    r"return|pay|recogni[sz]e))\b)",
    re.IGNORECASE,
)
# "To see to it that .. and that ..": both clauses are asked for.
_ENSURING = re.compile(
    r"(?:ensur|guarante|assur|see to it|make sure|require|order|garant|asegur|assegur|assicur|vele[nr]|zele|"
    r"veille\w* à ce|"
    r"faire en sorte|faça com|fare in modo|disp(?:on|õ)|orden|exig|pretend)\w*\s+(?:that|que|qu['’]|che)\s",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:^\s*|[;,.:]\s+(?:\w{1,3}\s+)?|\s(?:(?:and|or|und|et|y|e|en|og)\s)?(?=\())\(?(\d{1,2})[.)]\s+(?=[^\W\d])"
)
_AS_WELL = re.compile(
    r"(\s+(?:as well as|oraz|sowie|ainsi que|así como|bem como|così come|а также|alsmede|jakož i)\s+)", re.IGNORECASE
)
_AND_THE = re.compile(  # Czech "a" and Polish "i" have no articles behind them
    r",?(\s+(?:and|und|et|y|e|en|og)\s+)(?:the|an|a|die|der|das|eine?|la|le|l['’]|les|el|"
    r"los|las|una?|il|lo|o|as?|os|het|de)\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\W*(?:[\w'’]+\s+){0,3}?(?:[ld]['’])?(?:\w+(?:ção|ções|ción|ciones|zione|zioni|tion|sion|são|sões|sión|siones|"
    r"m(?:i?ento|"
    r"ent)|ung|tur[ae]|"
    r"nia|ения|ение|ению|ации|ацию|отмены|ství|ání|ení|else|ing)|end|release|return|withdrawal|"
    r"closure|removal|repeal|review|apology|arrests?|trial|dismissal|talks|access|visits?|soltura|readmissão|"
    r"reintegr\w*|traslado|env[íi]o|pago|pagamento|levée|rientro|trasferimento|payment|inquiry|enquiry|halt|fin|fine|"
    r"fim|rilascio|ritiro|retrait|arrêt|abandon|Ende|intrekking|alto|cese|stop|"
    r"justice|justicia|justiça|giustizia|freedom|freiheit|liberté|libertà|libertad|liberdade)\b",
    re.IGNORECASE,
)
# "To order the release of A and the return of B".
_ORDERING = re.compile(
    r"(?:to )?(?:order|ordenar|ordonner|ordinare|anordnen|zarządzić|nařídit)\s(?!\w+\s(?:to|a|à|de|"
    r"di)\s)[^,;]+(?:,\s(?:who|qui|quien|che)\s.*)?$",
    re.IGNORECASE,
)
# German: two infinitives with "zu" that "und" joins.
_ZU = re.compile(
    r"(\bzu \w{2,20}|\b\w{1,20}zu\w{2,15}en),? und (?=.{3,120}?(?:\bzu \w|\b\w{1,20}zu\w{2,15}en))", re.IGNORECASE
)
# Without articles: two nouns of doing.
_AND_ACTION = re.compile(
    r",?(\s+(?:and|und|et|y|e|en|og|ve|и|i|a|oraz)\s+)(?=\w+(?:ния|ние|нию|ции|цию|ены|nia|nie|cia|cie|cji|cję|ní|"
    r"ção|ções|ción|ciones|zione|são|sión|tion|ung)\b|(?:libert|liberd|freiheit|freedom|justi[cç])|"
    r"(?:release|return|withdrawal|payment|halt|retrait|abandon|arrêt|paiement|pago|cese|reintegro|retiro|rilascio|"
    r"ritiro|"
    r"pagamento|Rücknahme|Freigabe|wypłat\w)\b)",
    re.IGNORECASE,
)
_SE_TEXT = r"(?:que\s+)?se\s+(?:les?\s+|lhes?\s+)?\w+(?:[ae]n?|[ae]m)\b"
_SE = re.compile(_SE_TEXT)
_AND_SE = re.compile(rf"(?:,\s+(?:[ye]\s+)?|\s+[ye]\s+)(?={_SE_TEXT})")
_AND_TO_BE = re.compile(r"(?<=\bto be )(\w+[^,;]*?),?\s+and\s+(?=[^,;]{3,80}\bto be \w)", re.IGNORECASE)
_RELATIVES = frozenset(["que", "che", "that"])  # which open a clause of their own as well
# What may open each of several demands, if it opened the first.
_NO_PLACE = r"(?!\s+(?:the|an?|his|her|their|its|all|any|another|court|prison|hospital)\b)"  # behind "to", where to
_OPENERS_TEXT = """
    that dass daß que che dat aby by żeby чтобы at qu' qu’ to à a de di d' d’ om å att do k para per por pour für pela
    pelo
    pelas pelos
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())


def numbered_in(told: str) -> list[str]:
    """Return what stands between numbers that count on: "1) to pay the wages; 2) to reopen the bakery"."""
    found: list[str] = []
    begin, count = 0, 0
    for match in _NUMBER.finditer(told):
        number = int(match[1])
        is_next = match[0][0] == ";" and number > LEAST_NUMBER  # behind an item with a number of its own
        if number == count + 1 or (count == 0 and (number == LEAST_NUMBER or is_next)):
            before = told[begin : match.start()]
            found += [before] if count or len(before.split()) > LEAST_HALF else []  # "they must (1) .."
            begin, count = match.end(), number
    return [part for part in (*found, told[begin:]) if part.strip(" :,;")]


def parts_of(told: str, opener: str = "") -> Iterator[str]:
    """Yield the demands that are joined; `opener` is the word that the first of them follows."""
    if len(numbered := numbered_in(told)) > 1:
        yield from (part.strip() for part in numbered)
        return
    if clauses := ended_by_clauses(told, opener.strip().lower()):
        yield from clauses
        return
    if not told:
        return
    if passives := _passives(told):
        yield from passives
        return
    for part in _split(_AND_TO_BE.sub(r"\1; ", _ZU.sub(r"\1; ", told))):
        for each in _opened_alike(part, opener.strip().lower()):
            yield from clauses_each(each, opener.strip().lower()) or _deeds(each, is_clause=is_passive(each, opener))


def _deeds(told: str, *, is_clause: bool) -> Iterator[str]:
    """Yield the parts that each name a deed; what is to be ordered, be it two things, is one."""
    if _ORDERING.match(told):
        yield told.strip()
        return
    for deed in series_in(told):
        yield from [deed.strip()] if is_clause else _halves(deed)


def _passives(told: str) -> list[str]:
    """Return the parts of a series of Spanish or Portuguese passives: "el pago .., que se pague .. y se cierre .."."""
    pieces = [piece.strip() for piece in _AND_SE.split(told)]
    is_series = len(pieces) > 2 or (len(pieces) > 1 and bool(_SE.match(told)))
    is_begun = bool(_SE.match(told)) or is_doing(told)
    return pieces if is_series and is_begun and all(len(piece.split()) > 2 for piece in pieces) else []


def _split(told: str) -> Iterator[str]:
    """Yield the parts that "and that" or "and to" joins, not those of a clause: "decrees that .. and that .."."""
    start = 0
    for match in _SPLIT.finditer(told):
        again = (told[match.end() :].split(maxsplit=1) or [""])[0].lower()
        is_other = ";" in match[0] or again not in _RELATIVES
        before = told[start : match.start()]
        is_clause = not is_other and re.search(rf"\w\s{again}\s", _ENSURING.sub("", before), re.IGNORECASE)
        if not is_clause:
            yield told[start : match.start()]
            start = match.end()
    yield told[start:]


def is_doing(told: str) -> bool:
    """Tell whether a noun of doing begins a demand: "the release of ..", "la retirada de ..", "ein Ende der .."."""
    return bool(_DOING.match(told) or standard_of(told[:40]))


def _opened_alike(told: str, opener: str) -> list[str]:
    """Return the parts that begin with the same opening word as the first: "to A, to B and to C"."""
    if opener not in _OPENERS:
        return [told]
    word = r"pel[oa]s?" if opener.startswith("pel") else re.escape(opener)
    again = word + (_NO_PLACE if opener == "to" else "") + (r"\s*" if opener[-1] in "'’" else r"\s+")
    is_series = re.search(rf"(?:,|,?\s+{_AND})\s+{again}(?=\w)", told, re.IGNORECASE)
    pieces = (
        re.split(rf"\s*(?:,\s*{_AND}|,|\s{_AND})\s+(?={again}\w)", told, flags=re.IGNORECASE) if is_series else [told]
    )
    return pieces if all(len(piece.split()) > 1 for piece in pieces) else [told]


def _halves(told: str) -> Iterator[str]:
    """Yield the demands that "and the" or "as well as" joins, where each asks for something of its own."""
    told = told.strip()
    matches = (match for pattern in (_AS_WELL, _AND_THE, _AND_ACTION) for match in pattern.finditer(told))
    for match in islice(matches, MOST_JOINED):
        first, second = told[: match.start()], told[match.end(1) :]
        if len(first.split()) >= LEAST_HALF and second and _is_apart(first, second):
            yield from _series(first)
            yield second
            return
    yield from _series(told)


def _series(told: str) -> list[str]:
    """Return the parts of a series of nouns of doing: "the release of A, the return of B"."""
    pieces = told.split(", ")
    return pieces if all(_DOING.match(piece) and len(piece.split()) > 1 for piece in pieces) else [told]


def _begins_alike(first: str, second: str) -> bool:
    """Tell whether two parts begin with the same two words: "the immediate release .. and the immediate return .."."""
    words = [re.findall(r"\w+", part.lower())[:4] for part in (first, second)]
    least = min(map(len, words))
    return least > 2 and any(len(word) > 5 for word in words[0][:2]) and words[0][:2] == words[1][:2]


def _is_apart(first: str, second: str) -> bool:
    """Tell whether two joined parts ask for something each: two standard demands, or two nouns of doing."""
    standards = standard_of(first), standard_of(second)
    if _begins_alike(first, second):
        return True
    return (all(standards) and standards[0] != standards[1]) or bool(_DOING.match(first) and _DOING.match(second))
