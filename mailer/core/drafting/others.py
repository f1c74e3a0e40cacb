"""Does a sentence only tell what others want? "An expert calls for ..", "why did they demand ..", "do not ask for ..".

Law: told by who stands right before the asking word, and by how the sentence begins.
"""

from __future__ import annotations

import re

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.moods import THIRD
from mailer.core.drafting.page import Page, Sentence

# Whose wishes a page only reports: "an expert calls for ..", "the owner says readers demand ..".
_OUTSIDERS = re.compile(
    r"\b(?:experts?|rapporteurs?|editors?|bishops?|pope|diplomats?|observers?|analysts?|lawyers?|"
    r"prosecutors?|judges?|magistrates?|courts?|colonels?|generals?|commanders?|officials?|spokes\w+|politicians?|"
    r"senators?|employers?|management|owners?|landlords?|bosses|investors?|lenders?|creditors?|police|army|troops|"
    r"soldiers?|rebels?|militias?|settlers?|experten|bischof|staatsanw\w+|richter\w*|polizei|évêque|procureur|juges?|"
    r"patronat|obispo|fiscal|juez|jueces|patronal|vescovo|padrone|polizia|bispo|juiz|direção|officier|rechter)\s+"
    r"(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says?|said|claim(?:s|ed)?|alleg(?:es?|ed)|believes?|thinks?|reports?|reported|adds?|added)(?:\s+that)?\s+"
    r"(?!(?:we|i|our)\b)[^,;:.]{0,60}$",
    re.IGNORECASE,
)
_OUR_SIDE = re.compile(r"\b(?:our|we|members|union|strikers|famil(?:y|ies)|committee)\b", re.IGNORECASE)
_TURNED = re.compile(r"[:;]|\bbut\b|\binstead\b", re.IGNORECASE)
_ASKING_WHY = re.compile(
    r"(?:(?:why|when|where|how|what|who)\b.{0,40}?\s)?(?:do|does|did|will|would|should|have|has)\s(?!you\b)",
    re.IGNORECASE,
)
_DO_NOT_SAY = re.compile(
    r"(?:please )?(?:do not|don['’]t|never|avoid)\s+(?:writ|say|send|us|mention|ask|demand|quot)\w*\b", re.IGNORECASE
)


def is_of_others(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a sentence asks what others wanted, tells what somebody says of them, or what not to write."""
    told = page.told(sentence)
    before = page.text[sentence.start : page.span(mark)[0]]
    if (_DO_NOT_SAY.match(told) and not _TURNED.search(before)) or (told.endswith("?") and _ASKING_WHY.match(told)):
        return True
    asking = " ".join(word.text for word in page.words[mark.first : mark.last + 1])
    return asking in THIRD and not _OUR_SIDE.search(before) and bool(_OUTSIDERS.search(before) or _SAYS.search(before))
