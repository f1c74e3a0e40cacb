"""Where does a demand begin and end? Without the pronoun before it, and up to where the sentence turns away from it.

Law: told by punctuation and the small words of a language; nothing is put in.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import Page

LEAST_BEFORE = 3  # words that a demand has before what is cut off
LAST_WORDS = 2  # that tell to write letters: ".. brieven te schrijven"
MOST_GAP = 3  # words between messages and the verb that sends them
MOST_OPENING = 3  # words among which a reader's deed begins

# "that they release ..": who is to do it was named before; "that he be released" keeps its subject.
_PRONOUN = re.compile(
    r"(?:they|he|she|it|you)\s+(?!(?:be|is|are|not be|get|go|can|may|must|should|will|all|have|has)\b)"
    r"|(?:el[ea]s?|ell[ao]s|él|elles?|ils)\s+(?!(?:soi\w+|sea\w*|seja\w*|puissent|possam|puedan|ser)\b)"
    r"|[ln]['’](?:elle|il)s?\s+|(?:sie|er|es|zij|ze|hij)\s+(?=(?:die|das|den|alle|ihre|ihren|keine|eine|einen|de|"
    r"het|een|hun)\s)",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"(?:you|ihr|tu|vous|voi|jullie|ty|vy|dere|siz|вы)\s"
    r"|[^.;:]{0,60}\b(?:your|votre|vos|vuestr[oa]s?|vostr[oaie]|voss[ao]s?(?! exc)|eure[nmrs]?|jullie|wasz\w{0,4}|"
    r"vaš\w{0,4}|ваш\w{0,4})\s",
    re.IGNORECASE,
)
_SENDING = frozenset(["send", "message"])
# In which tone it is to be asked.
_TONE = re.compile(
    r"(?:\s*(?:,|and|but|und|aber|et|mais|y|pero|e|ma|mas|en|maar|i|ale|a|og|men|и|но)?\s*"
    r"(?:politely|respectfully|firmly|strongly|urgently|clearly|courteously|loudly|höflich|bestimmt|respektvoll|"
    r"nachdrücklich|dringend|eindringlich|poliment|"
    r"respectueusement|fermement|instamment|cortésmente|respetuosamente|firmemente|encarecidamente|rispettosamente|"
    r"cortesemente|fermamente|respeitosamente|educadamente|beleefd|vriendelijk|dringend|met klem|uprzejmie|grzecznie|"
    r"con (?:forza|fuerza|fermezza|firmeza)|com (?:força|veemência|firmeza)|avec (?:force|fermeté)|mit nachdruck|"
    r"inoltre|également|además|asimismo|igualmente|também|ainda|tevens|także|również|rovněž|dodatkowo|außerdem|ferner|"
    r"furthermore|также|stanowczo|zdvořile|slušně|důrazně|høflig|bestemt|вежливо|настоятельно|решительно|kibarca|"
    r"saygıyla)\b,?)+\s*",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"\s*\w{4,}(?:ment(?!\s+of\b)|mente|ly)\s+(?=(?:au|aux|à|al|a la|a los|alla|ai|ao|aos|às|of|that|que|che|la|"
    r"le|les|el|los|"
    r"il|o)\b)",
    re.IGNORECASE,
)
# What only tells more, or turns to the reader.
_TURNS = re.compile(
    r",\s+(?:that['’]s all|c['’]est tout|das ist alles|eso es todo|è tutto|é tudo|dat is alles|to wszystko|to je vše|"
    r"det er alt|это всё|hepsi bu)\b|"
    r":(?=\s)|\s*[»”]\s*,\s"
    r"|\s*\((?=(?:see|siehe|s\.|voir|véase|ver|vedi|zie|zob|viz|se|см|bkz)\b)"
    r"|\s[–—-]+\s(?=(?:and|und|et|y|e|en|i|a|og)?\s*(?:please|bitte|you|we|i|wir|ich|nous|je|nos|noi|nós|my|vi)\b)"
    r"|\.\s+\(|\s[–—-]+\s(?=(?:said|says|wrote|sagte|schrieb|a (?:dit|écrit)|dijo|escribió|ha detto|disse|escreveu|zei|"
    r"schreef|powiedział\w*|napisał\w*|řekl\w*|napsal\w*|sa|skrev|сказал\w*|написал\w*|dedi)\b)"
    r"|,\s+(?:said|says|sagte|erklärte|a (?:dit|déclaré)|dijo|informó|informaron|ha (?:detto|dichiarato)|disse|"
    r"informou|aldus|powiedział\w*|řekl\w*|uvedl\w*|sa|сказал\w*|сообщил\w*)\b",
    re.IGNORECASE,
)


# A new sentence behind a comma: ".., the next sitting is on ..", ".., les gendarmes ont ..".
_IS = (
    r"(?:is|are|was|were|has|have|had|will|ont|est|sont|était|avons|ha|han|son|sono|hanno|foram|têm|hat|haben|sind|ist|"
    r"heeft|zijn)"
)
_SPLICED = re.compile(
    r",\s+(?:(?:and|so|but)\s+)?(?:"
    r"(?:the|his|her|their|our|my|this|les|nos|leurs|sus|nuestr[oa]s|die|ihre|unsere|de|hun)\s"
    rf"(?:(?!(?:who|whose|which|that|qui|que|die|che)\s)[\w'’]+\s){{1,4}}?{_IS}\s"
    r"|(?:he|she|it|they|we|i|there)(?:['’](?:s|re|ve|ll|d)\b|"
    r"\s(?:is|are|was|were|has|have|had|will|do|did|can|thought|know|hope|want|need|\w+ed)\s))",
    re.IGNORECASE,
)
# What only comments: ".., whatever it is", ".., as we asked in May", ".. and hold you responsible".
_COMMENT = re.compile(
    r",\s+(?:whatever|whoever|no matter)\s|"
    r",\s+as\s+(?:the|we|he|she|they|it)\s(?:\w+\s){0,3}?(?:asked|requested|demanded|promised|said|wrote)\s|"
    r",?\s+(?:and|und|et|y|e|en)\s+(?:\w+\s)?(?:hold|ritengo\w*|ritien\w+|tenons|tiennent|tient|responsabiliz\w+|machen|"
    r"stellen)\s(?=.{0,60}(?:respons|accountable|verantwort|verantwoord))",
    re.IGNORECASE,
)
# Behind these a clause goes before the demand itself: "while the trial lasts, she be given ..".
_CLAUSE_FIRST = re.compile(
    r"\s*(?:that\s+)?(?:if|when|while|until|till|pending|as|after|before|once|where|unless|since|should|given|"
    r"although|though|because)\b",
    re.IGNORECASE,
)


# What is told of somebody after the name: "the release of Anna Baker, arrested on ..".
_TOLD_OF = re.compile(
    r"[A-ZÀ-ÖØ-ÞА-ЯŁŚŻŹČŘŠŽ][\w'’-]*(?P<end>,)\s+(?:reo|rea|who|whose|arrested|detained|jailed|imprisoned|sentenced|"
    r"held|"
    r"accused|charged|qui|dont|arrêt\w+|détenu\w*|emprisonn\w+|condamn\w+|inculp\w+|quien\w*|detenid\w+|encarcelad\w+|"
    r"condenad\w+|acusad\w+|arrestat\w+|detenut\w+|incarcerat\w+|condannat\w+|accusat\w+|pres[oa]s?|detid[oa]s?|"
    r"inhaftiert\w*|verhaftet\w*|verurteilt\w*|gearresteerd|opgesloten|veroordeeld|któr\w+|aresztowan\w+|skazan\w+|"
    r"kter\w+|zatčen\w+|uvězněn\w+|odsouzen\w+|arrestert\w*|fengsl\w+|котор\w+|арест\w+|задержан\w+|осужд\w+)\b"
)


# Behind the comma that ends a relative clause the demand itself goes on: "move Anna, who is ill, to a hospital".
_GOES_ON = re.compile(
    r"[^,;:.]{3,60},\s+(?!(?:and|und|et|y|e|en|i|a|og|ve|и|or|who|whose|arrest|detain|sentenc|accus|"
    r"charg)\w*\b)[a-zà-ÿа-я]"
)


def bounded(told: str) -> str:
    """Return a demand without the pronoun that it begins with, and without what follows its end."""
    pronoun = _PRONOUN.match(told)
    told = told[pronoun.end() :] if pronoun else told
    of_whom = _TOLD_OF.search(told)
    told = told[: of_whom.start("end")] if of_whom and not _GOES_ON.match(told, of_whom.end("end")) else told
    for turn in _TURNS.finditer(told):
        before = told[: turn.start()]
        if len(before.split()) >= LEAST_BEFORE:
            return before.rstrip(" ,;:")
    return told


def unspliced(told: str, *, is_clause: bool) -> str:
    """Return what is asked without a comment, or a new sentence that only a comma parts from it.

    In a clause behind a "that" a part with a verb of its own goes on with the demand.
    """
    patterns = (_COMMENT,) if is_clause or _CLAUSE_FIRST.match(told) else (_COMMENT, _SPLICED)
    for match in filter(None, (pattern.search(told) for pattern in patterns)):
        told = told[: match.start()] if len(told[: match.start()].split()) > 1 else told
    return told


def is_to_reader(told: str) -> bool:
    """Tell whether a demand outside a letter speaks to the reader: "you call now", "express your outrage"."""
    return bool(_YOURS.match(told))


def toneless(told: str) -> str:
    """Return what is asked without the tone in which it is to be asked: "politely but firmly"."""
    tone = _TONE.match(told) or _ADVERB.match(told)
    return told[tone.end() :] if tone else told


def _sends_messages(page: Page, first: int, past: int) -> bool:
    """Tell whether messages are to be sent in a stretch that no office's deed begins: ".. for sending letters to ..".

    At its end the verb may come last: "keine Briefe mehr zu schicken".
    """
    if page.marks_between(first, first + MOST_OPENING, "deed"):
        return False
    sends = page.marks_between(first, past, "send")
    after = any(page.marks_between(one.last + 1, min(past, one.last + 3), "message") for one in sends)
    last = any(one.last + 1 == past and page.marks_between(one.first - MOST_GAP, one.first, "message") for one in sends)
    return after or last


def is_of_readers(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch of the text is a reader's deed: "click here", "sich an den Minister wenden"."""
    first, past = page.word_at(start), page.word_at(end)
    if {mark.kind for mark in page.marks_between(max(first, past - LAST_WORDS), past, "send", "message")} == _SENDING:
        return True
    if _sends_messages(page, first, past):
        return True
    deeds = page.marks_between(first, past, "reading")
    return any(deed.first < first + MOST_OPENING or deed.last + 1 == past for deed in deeds)
