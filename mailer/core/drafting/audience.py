"""Is the reader called upon, or for what readers do? Then no demand follows.

Law: told by the words right after a demanding one; in a letter hardly anybody but the office is spoken to.
"""

from __future__ import annotations

import re
from typing import Final

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence

_NEAR: Final = ("audience", "donate", "picket", "solidarity")
_READERS_DO: Final = ("send", "protest", "message", "donate", "solidarity", "copy")
# These are the office as often as the reader.
_BOTH_TEXT = "you all alle u vous people workers tutti todos todas wszystkich всех tous toutes tüm sie"
BOTH = frozenset(_BOTH_TEXT.split())
# Even in what looks like a letter these are the readers.
_READERS = ("reader", "lecteur", "lector", "lettor", "leitor", "leser", "lezer", "czyteln", "čtenář", "okur", "читател")
_TO_THE = frozenset(["ao", "à", "al", "all", "zum", "zur", "til", "do", "k", "to", "a", "per", "por", "для", "к"])
# These are called upon to act with those who ask, even in what is to be sent.
_GROUPS_TEXT = """
    organi supporters activists socialists comrades unions sympath kolleg genoss militant camarad compañer compagn
    companheir kamerad towarzysz soudruh kamerater yoldaş товарищ trabajadores lavoratori trabalhadores
"""
_GROUPS = tuple(_GROUPS_TEXT.split())
_ASKED_OF = re.compile(r"\s*,|\s+(?:to|auf|à|a|de|di|que|om|op|для|aby|żeby)\b", re.IGNORECASE)
MOST_CALLED = 10  # words of the groups that are called upon
_PLAIN = frozenset(["ask", "asking", "please"])
_MEMBERS = re.compile(
    r"(?:members?|mitglieder|membres|miembros|membri|membros|leden|członk\w+|členy|medlemmer) "
    r"(?:of|de|del|des|du|da|do|van|av|dell['’]|della)?\s*(?:the |el |la |le |het )?(?:\w+ )?"
    r"(?:congress|parlia|parle|parla|council|senat|house|assembl|board|cabinet|govern|bundestag|storting)",
    re.IGNORECASE,
)
_STATE = re.compile(r"\b(?:US|USA|UK|EU|UN|UNO|ONU|UE|AU)\b")
# Who acts together, and what they are called to, right behind a calling word: "on all students to", "to a strike".
_MOVEMENT = re.compile(
    r"[\s:]*(?:(?:on|upon|to|for|à|aux?|a|al|allo|alla|ai|agli|ao|aos|à|às|zu[mr]?|do|k|ke|till?|к|на|tot|op|o)\s+)?"
    r"(?:(?:an?|the|all|other|our|your|les|la|le|tou(?:s|tes) les|nos|vos|los|las|el|tod[oa]s l[oa]s|"
    r"un[ae]?|gli|i|"
    r"le|tutt[ie] (?:gli|i|le)|os|as|tod[oa]s [oa]s|die|alle|eine?n?|de|wszystkich|všechny|всех)\s+|l['’])*"
    r"(?:(?:one[- ]day|general|national|mass|global|nationale?|générale?|general|sciopero|hunger)\s+)*"
    r"(?:strike|walkout|boycott|rally|rallies|march|demonstration|vigil|days? of action|week of action|grève|"
    r"boycott?age|"
    r"rassemblement|journée|huelga|paro|boicot\w*|movilización|marcha|plantón|sciopero|boicottaggio|mobilitazione|"
    r"corteo|greve|paralisação|boicote|mobilização|streik|boykott|kundgebung|demonstration|staking|strajk\w*|"
    r"bojkot\w*|stávc\w*|забастовк\w*|бойкот\w*|citizens|public|population|people of|students|community|"
    r"(?<=your )(?:(?:own|local|football|sports?) )?(?:clubs?|librar(?:y|ies)|shops?|supermarkets?|schools?|church|"
    r"parish|"
    r"congregation|friends|famil(?:y|ies)|neighbours?|neighbors?|colleagues|workmates|classmates|branch|newspaper|"
    r"paper|college|relatives|contacts)|"
    r"members(?! of)|affiliates|branches|international community|civil society|churches|journalists|"
    r"civil servants|étudiant\w*|confrères|consœurs|citoyen\w*|"
    r"habitants|population|société civile|communauté|salarié\w*|travailleu\w*|organisations|associations|syndicats|"
    r"estudiantes|ciudadan\w*|población|sociedad civil|comunidad(?: nacional e| nacional y)? internacional|"
    r"organizaci\w*|herman[oa]s|pueblos?|sindicatos|personas|student[ie]|cittadin\w*|popolazione|società civile|"
    r"comunità internazionale|associazioni|organizzazioni|sindacati|strutture|estudantes|cidadã\w*|população|"
    r"sociedade civil|comunidade internacional|organizações|entidades|studierende\w*|bevölkerung|bürger\w*|"
    r"studenten|burgers|bevolking|studentów|obywateli|studenty|občany|студент\w*|граждан\w*)(?![\w'’-])",
    re.IGNORECASE,
)
# Only the reader is spoken to like this, outside a letter.
_FORMAL = frozenset(["you", "sie", "vous", "u", "le", "les", "vi", "lhe", "lhes", "вас"])
_INFORMAL_TEXT = "ti te ci euch dich dir os vosotros cię ciebie tobie tebe jou jullie тебя тебе deg dere"
_INFORMAL = frozenset(_INFORMAL_TEXT.split())


def is_for_readers(page: Page, mark: Mark, verb: int, past: int, *, is_letter: bool = False) -> bool:
    """Tell whether readers are called upon, or for what readers do; a letter hardly speaks to them.

    `verb` is the word that the demand begins with, and `past` the one after its last.
    """
    near = page.marks_between(mark.last + 1, min(past, mark.last + 4), *_NEAR)
    is_group = mark.kind == "calling" and _is_group(page, mark, verb)
    if is_letter:
        is_movement = is_group or (mark.kind == "calling" and _is_movement(page, mark, verb))
        return is_movement or any(page.words[one.first].text.startswith(_READERS) for one in near)
    if is_group or _is_whoever(page, mark, verb, past) or _is_to_reader(page, mark):
        return True
    if _is_joined(page, mark, verb) or _is_to_write(page, mark, verb, past):
        return True
    if mark.kind != "calling":
        return _is_passed_on(page, mark, past)
    is_sent = bool(page.marks_between(mark.last + 1, mark.last + 2, "send"))  # "prosím posílejte .."
    if page.words[mark.first].text in _PLAIN:
        return is_sent or bool(page.marks_between(verb, verb + 3, "about", *_READERS_DO))
    return is_sent or bool(page.marks_between(verb, min(past, verb + 2), *_READERS_DO))


def _is_group(page: Page, mark: Mark, verb: int) -> bool:
    """Tell whether a movement, or what one does together, is called upon or for right behind a word."""
    is_group = _MOVEMENT.match(page.text, page.words[mark.last].end)
    return bool(is_group) and not page.marks_between(mark.last + 1, verb, "office", "embassy")


def _is_movement(page: Page, mark: Mark, verb: int) -> bool:
    """Tell whether groups are called upon right before what is asked, and no office is: "we urge all unions to .."."""
    near = page.marks_between(mark.last + 1, max(verb, mark.last + 1 + MOST_CALLED), "audience")
    groups = [one for one in near if page.words[one.last].text.startswith(_GROUPS)]
    asked = [one for one in groups if _ASKED_OF.match(page.text, page.words[one.last].end)]
    return bool(asked) and not page.marks_between(mark.last + 1, asked[0].first, "office", "embassy")


def _is_joined(page: Page, mark: Mark, verb: int) -> bool:
    """Tell whether readers are to join in, and no office is, or for a sending is called: "apela ao envio de .."."""
    if page.marks_between(verb, verb + 1, "join") and not page.marks_between(mark.last + 1, verb, "office"):
        return True
    is_sending = bool(page.marks_between(mark.last + 1, mark.last + 3, "send"))
    return mark.kind == "calling" and is_sending and page.words[mark.last + 1].text in _TO_THE


def _is_whoever(page: Page, mark: Mark, verb: int, past: int) -> bool:
    """Tell whether those who are called upon are readers, or anybody who is to do what no office does."""
    cues = page.marks_between(mark.last + 1, min(past, mark.last + 4), *_NEAR)
    near = [one for one in cues if _is_near(page, mark, one)]
    if page.words[mark.last].text == "that":  # "we ask that no more money be paid out"
        near = [one for one in near if one.kind != "donate"]
    if not near or page.marks_between(mark.last + 1, mark.last + 3, "release"):
        return False
    if any(page.words[one.first].text not in BOTH for one in near):
        return True
    is_office = bool(page.marks_between(mark.last + 1, verb, "office", "embassy"))
    return mark.kind == "calling" and not is_office and not page.marks_between(verb, past, "deed", "release")


def _is_near(page: Page, mark: Mark, near: Mark) -> bool:
    """Tell whether a cue is said of who is asked, and no state stands between: "demanding the US help .."."""
    between = page.text[page.words[mark.last].end : page.words[near.first].start]
    return not _STATE.search(between) and not _MEMBERS.match(page.text, page.words[near.first].start)


def is_for_readers_before(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """Tell the same of what stands before a mark that ends its sentence, as in Turkish."""
    first = sentence.words[0]
    if page.words[mark.first].text in ("talebiyle", "zu", "te", "gefordert", "verlangt"):
        return False
    whom = page.marks_between(first, min(first + 3, mark.first), "audience")
    return bool(whom or page.marks_between(max(first, mark.first - 2), mark.first, "join", *_READERS_DO))


def _is_to_reader(page: Page, mark: Mark) -> bool:
    """Tell whether the reader is spoken to, in words that no office is spoken to: "we ask you", "ti chiediamo"."""
    after = page.words[mark.last + 1].text if mark.last + 1 < len(page.words) else ""
    before = [word.text for word in page.words[max(0, mark.first - 3) : mark.first + 1]]
    if after == "you" and page.words[mark.first].text in _PLAIN and "we" in before:
        return True
    return (after in _INFORMAL and after != "os") or (mark.first > 0 and page.words[mark.first - 1].text in _INFORMAL)


def _is_to_write(page: Page, mark: Mark, verb: int, past: int) -> bool:
    """Tell whether someone who is politely spoken to is to send a message: "wir bitten Sie, Briefe zu schicken"."""
    spoken = {word.text for word in page.words[mark.first : mark.last + 2]}
    if not spoken & _FORMAL:
        return False
    sends = page.marks_between(mark.last + 1, past, "send", "reading")
    is_sent = bool(sends and page.marks_between(mark.last + 1, past, "message"))
    return is_sent or bool(page.marks_between(verb, verb + 2, "send"))


def _is_passed_on(page: Page, mark: Mark, past: int) -> bool:
    """Tell whether "that messages be sent" follows: what the reader is to do."""
    first = mark.last + 1
    verb = page.marks_between(first, first + 1, "send")
    if verb and page.words[first].text not in ("direct", "address"):
        return True
    sends = page.marks_between(first, min(past, first + 5), "send")
    return bool(sends and page.marks_between(first, min(past, first + 7), "message"))
