"""Does a demand say what a standard demand says, is it a slogan, would its tone harm the case?

Law: told by words alone; where two standard demands could be meant, by the first in the table.
"""

from __future__ import annotations

import re
from typing import Final

from mailer.core.drafting.lexicon import LEXICON, Word

_STANDARD: Final[tuple[tuple[str, str], ...]] = (
    (
        "drop-charges",
        r"charges?\b.{0,60}\b(?:dropped|withdrawn)|drop(?:ping)?\b.{0,20}\bcharges|no charges|"
        r"anklage\w*\b.{0,40}(?:fallen|einstell)|abandon\w* des (?:poursuites|charges)|"
        r"retir\w+ (?:de )?(?:los )?cargos|ritir\w+ .{0,20}accuse|retirada .{0,20}acusaç|"
        r"aanklacht\w* .{0,30}(?:vallen|intrek)|wycofani\w+ .{0,20}(?:zarzut|oskarże)|"
        r"odrzuceni\w+ .{0,20}oskarże|"
        r"stažen\w* .{0,20}obvinění|снят\w+ .{0,20}обвинен|прекра\w+ .{0,20}уголовн|"
        r"frafall\w* .{0,20}(?:tiltal|siktel)|suçlama\w* .{0,20}düşür",
    ),
    (
        "reinstate",
        r"reinstat|wiedereinstell|réintégr|reincorpor|readmisi|readmiss|reintegr|reintegraç|"
        r"przywróceni\w+ do pracy|znovupřijet|восстанов\w+ на работе|восстанов\w+ .{0,20}уволен|"
        r"gjeninns|işe iade|weer in dienst",
    ),
    (
        "release",
        r"releas|\bfree\b|freedom for|freilass|freiheit für|libér(?:ation|er|ez)|libertad|"
        r"liber(?:ación|en|ar)\b|rilasci|liberazione|scarcera|libertação|libert(?:ar|em)\b|vrijla|"
        r"vrij te laten|uwolni|zwolnieni|"
        r"wypuszcz|propu[sš]|освобо|свобод[ау]\b|løslat|frigi|serbest bırak|tahliye|palaya",
    ),
    (
        "fair-trial",
        r"fair (?:and \w+ )?(?:trial|hearing)|faire[ns]? (?:prozess|verfahren)|procès équitable|"
        r"juicio justo|processo equo|equo processo|julgamento justo|eerlijk proces|uczciw\w+ proces|"
        r"spravedliv\w+ (?:proces|soud)|"
        r"справедлив\w+ суд|rettferdig rettergang|adil yargı",
    ),
    (
        "lawyer",
        r"\blawyers?\b|legal counsel|legal representation|anwalt|anwält|avocat|abogad|avvocat|"
        r"advogad|advoca|prawnik|adwokat|advokát|адвокат|advokat|avukat",
    ),
    (
        "medical-care",
        r"medical|medizinisch|médica|soins|médic[oa]|cure mediche|medische|medyczn|lekarsk|lékařsk|"
        r"медицинск|medisinsk|tıbbi",
    ),
    (
        "inquiry",
        r"\b(?:e|i)nquir(?:y|ies)\b|investigat|untersuch|enquête|investiga|indagin|inchiesta|"
        r"inquérito|onderzoek|śledztw|dochodzeni|vyšetř|расследова|gransk|etterforsk|soruştur",
    ),
    (
        "end-violence",
        r"(?:end|stop)\b.{0,40}\b(?:violence|harassment|attacks|repression|torture|threats|"
        r"persecution|intimidation)|ende der (?:gewalt|repression)|fin (?:des|de la|"
        r"aux) (?:violences|répression)|"
        r"(?:fin|cese) (?:de|a) .{0,20}(?:violencia|represión|amenazas)|fine (?:della|"
        r"delle) .{0,15}(?:violenz|repression)|fim d\w+ .{0,15}(?:violência|repressão)|"
        r"прекра\w+ .{0,30}(?:насили|преследован|репресс)|"
        r"zaprzesta\w+ .{0,20}(?:przemocy|represji)|konec .{0,15}násilí|slutt på .{0,15}(?:vold|"
        r"trakassering)|şiddet\w* son",
    ),
)
_STANDARDS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _STANDARD)
_SLOGAN = re.compile(
    r"^(?:full )?(?:support|solidarity|down with|long live|victory|for (?:a|the) (?:mass|workers|"
    r"socialis\w+|nationali[sz]ation|united|free)|no to|es lebe|nieder mit|hoch die|à bas|"
    r"vive\b|vivent|abajo|viva|vivan|¡?viva|abasso|evviva|abaixo|leve\b|weg met|niech żyje|precz|"
    r"ať žije|pryč s|долой|да здравствует|ned med|leve\b|yaşasın|kahrolsun|"
    r"solidarität mit|solidarité avec|solidaridad con|solidarietà|solidariedade)|"
    r"socialis[tm]\w*|workers['’] (?:control|party|government)|nationali[sz]ation|verstaatlichung|"
    r"nationalisation|nacionalización|nazionalizzazione|национализаци|социализм|revolution",
    re.IGNORECASE,
)


def standard_of(text: str) -> str:
    """Return the id of the standard demand that says the same, or nothing."""
    return next((name for name, pattern in _STANDARDS if pattern.search(text)), "")


def is_slogan(text: str) -> bool:
    """Tell whether a demand is of a programme rather than one that an office can fulfil."""
    return bool(_SLOGAN.search(text[:400]))


def harsh_words(text: str) -> tuple[str, ...]:
    """Return the words that would harm the case in a letter."""
    words = tuple(Word(match.start(), match.end(), match[0].lower()) for match in re.finditer(r"[^\W_]+", text))
    found = (
        " ".join(word.text for word in words[mark.first : mark.last + 1])
        for mark in LEXICON.marks(words)
        if mark.kind == "tone"
    )
    return tuple(dict.fromkeys(found))
