"""Is the sender of the mail that an appeal came in to get copies: "please let us have copies"?

Law: only where a copy is asked for by those who write, and they name no address for it there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailer.core.drafting.drafts import Found
from mailer.core.drafting.page import Page
from mailer.core.drafting.refusals import is_refused
from mailer.core.drafting.text import MOST_CHARACTERS

LONGEST_HEAD = 4000  # characters in which the fields of a mail stand
NOT_TOLD = "the sender of the mail: is the copy for this one?"

_FROM = re.compile(
    r"^[>|\s]{0,8}(?P<field>reply-to|antwort an|répondre à|responder a|from|von|de|da|van|od|fra|от|kimden|gönderen)"
    r" ?: ?[^\n@]{0,120}?(?P<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE | re.MULTILINE,
)
_REPLIES = frozenset({"reply-to", "antwort an", "répondre à", "responder a"})
_US_IN = re.compile(  # "Mettez-nous en copie", "copy us in"
    r"\b(?:copy (?:us|me)|(?:cc|bcc) (?:us|me)|(?:us|me) in (?:copy|cc|bcc)|(?:setzt|nehmt|setzen sie) (?:uns|"
    r"mich) [^.;@]{0,12}cc|"
    r"(?:setzt|nehmt) uns in kopie|uns in (?:kopie|cc)|nous (?:mettre )?en (?:copie|cc)|(?:póng|pong)\w+nos en copia|"
    r"(?:ponernos|ponednos|ponnos) en copia|metteteci in (?:copia|cc)|(?:ponham|coloquem|ponha)-?\s?nos em (?:cópia|"
    r"cc)|"
    r"zet ons in (?:cc|kopie)|(?:dodajcie|dodaj) nas (?:do|w) (?:kopii|dw)|dejte nás do kopie|sett oss på kopi|"
    r"(?:поставьте|ставьте) нас в копию|bizi (?:cc|kopya))\b(?![^.;]{0,60}@)",
    re.IGNORECASE,
)
# "Please copy appeals to the source if possible": below the alerts of one network of press freedom groups.
_SOURCE = re.compile(r"\b(?:copy|copies|cc)\b[^.;@]{0,40} (?:to|with|for) the source\b", re.IGNORECASE)
_WERE = re.compile(r"\b(?:were|was|been|have|wurden?|été|fueron|foram|zijn|werden)(?: \w+)? $", re.IGNORECASE)
_ABOVE = re.compile(  # whose address stands in the head
    r"\b(?:our address above|our above address|the above address|unsere (?:obige )?adresse(?: oben)?|obige adresse|"
    r"(?:notre|nos) adresses? ci-dessus|nuestra dirección (?:de )?arriba|dirección arriba indicada|"
    r"(?:nostro )?indirizzo (?:qui )?sopra|nosso endereço acima|endereço acima|ons adres hierboven|bovenstaand adres|"
    r"(?:nasz )?powyższy adres|výše uvedenou adresu|adressen over|наш адрес выше|вышеуказанный адрес|"
    r"yukarıdaki adres\w*)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(
    r"\b(?:to us|an uns|à nous|nous mettre|a nosotr[oa]s|a noi|a nós|para nós|aan ons|do nas|na nás|nám|til oss|"
    r"bize|нам)\b(?![^.;]{0,60}@)",
    re.IGNORECASE,
)


def sender_for_copies(page: Page, text: str, own: Sequence[str]) -> tuple[Found, ...]:
    """Return the sender that the fields of a mail tell, if copies are to go "to us" without an address there.

    Where no field tells it, it is the one address that nobody is called to write to: that of a head or a signature.
    """
    if (source := _SOURCE.search(page.text)) and (
        near := [one for one in own if page.text.find(one, source.end()) > 0]
    ):
        return (Found(near[0], NOT_TOLD),)
    fields = list(_FROM.finditer(text[: min(LONGEST_HEAD, MOST_CHARACTERS)]))
    if not (fields or len(set(own)) == 1) or not _wants_copies(page):
        return ()
    if not fields:
        return (Found(own[0], NOT_TOLD),)
    replies = [field for field in fields if field["field"].lower() in _REPLIES]
    return (Found((replies or fields)[-1]["mail"].rstrip("."), NOT_TOLD),)


def _wants_copies(page: Page) -> bool:
    """Tell whether a sentence asks for a copy to those who write, and has no address behind that."""
    for sentence in page.sentences:
        copies = page.marks_of(sentence, "copy")
        at = page.span(copies[0])[0] if copies else sentence.end
        if _US_IN.search(page.text, sentence.start, sentence.end):
            return True
        if copies and _ABOVE.search(page.text, at, sentence.end):
            return True
        is_told = bool(_WERE.search(page.text[sentence.start : at]))
        if copies and not is_told and _TO_US.search(page.text[: sentence.end], at) and not is_refused(page, sentence):
            return True
    return False
