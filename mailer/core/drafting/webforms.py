"""Is a page one to write on: a form, where an office takes complaints, its own page on a network?

Law: the words before it say so, or its own address does; a page of those who ask is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from mailer.core.drafting.page import CHANNEL, Page, Sentence
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls

LONGEST_LEAD = 120  # characters before a page that tell what it is
LONGEST_HINT = 60  # characters behind it

_FORM = re.compile(r"contact|feedback|form\b|kontakt|write|message|reception|priem|obratn", re.IGNORECASE)
# A page that tells addresses is none to write on.
_DIRECTORY = re.compile(
    r"address|contact|adress|kontakt|coordonn|direccion|indirizz|contatt|endereço|contato|adres|iletişim|контакт|адрес",
    re.IGNORECASE,
)
_BARE_PAGE = frozenset({"web", "website"})  # names a page, and says nothing of what to do there
_VIA = re.compile(
    r"\b(?:via|through|über|par|por|tramite|attraverso|pel[oa]|através d[aeo]|przez|přes|через|gjennom):? *$",
    re.IGNORECASE,
)
# "You can write to the Mayor by clicking (on) ..."
_BY_CLICK = re.compile(
    r"\b(?:by clicking(?: on)?|(?:per|durch|mit) (?:einen )?klick auf|en cliquant sur|(?:haciendo|dando) clic en|"
    r"pulsando en|cliccando su|clicando (?:em|no|na)|door te klikken op|klikając(?: na| w)?|kliknutím na|"
    r"ved å (?:klikke|trykke) på|нажав(?: на)?|по ссылке):? *$",
    re.IGNORECASE,
)
_FORM_WORD = re.compile(  # "Beschwerdeformular", "klachtenformulier"
    r"\b\w{4,}(?:formulare?|formulier|skjema|blankett)\b[^.;]{0,60}$", re.IGNORECASE
)
# Where those who ask tell of themselves, or something else is done than to write.
_NO_FORM = re.compile(
    r"\b(?:join|events?|log your|sign[ -]?up|registration|anmeldeformular|inscription|inscripción|iscrizione|inscrição|"
    r"подпис\w+|etkinlik|downloads?|herunter\w+|télécharg\w+|descarg\w+|scarica\w*|baix[ae]\w*|descarreg\w+|downloaden|"
    r"pobra\w+|pobierz\w*|stáhn\w+|last ned|laste ned|скача\w+|indir\w*)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:our|follow us|videos?|share|unsere?n?|folgt|folge uns|mehr (?:über|zu|auf)|notre|nos|suivez|nuestr[ao]s?|"
    r"s[ií]gue\w*|nostr[aoie]|seguite\w*|seguici|nossas?|nossos?|sigam?|siga-nos|onze|ons|volg|nasz\w*|śledź\w*|"
    r"obserwuj\w*|naše|náš|sledujte|vår\w*|følg|наш\w*|видео|bizim?|takip|vidéo|vídeo|wideo)\b",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(r"/(?:events?|watch|groups|hashtag)\b|youtu\.?be|/share[r./?]", re.IGNORECASE)
_NETWORK = re.compile(
    r"^https?://(?:\w{1,3}\.|www\.)?(?:facebook|fb|twitter|x|instagram|linkedin|vk|tiktok|threads|trustpilot|"
    r"tripadvisor)"
    r"\.(?:com|net|example)/",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:their|its|them|compan(?:y|ies)\w*|brand|firm|ihre[rn]?|seine[rn]?|konzerns?|firma|leurs?|l['’]entreprise|"
    r"sus?|"
    r"empresa|marca|loro|azienda|marchio|suas?|deles|hun|bedrijf\w*|ich|firmy|jejich|jim|deres|selskapet\w*|их|"
    r"компани\w+|"
    r"şirket\w*|firman\w*)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"review|comment|kommentier|kommentar|bewert|\bavis\b|reseñ|opinion|recension|avalia|beoordel|\breactie|"
    r"bericht achter|recenz|komentarz|koment|opini|anmeldel|gästebuch|guest ?book|livre d['’]or|libro de visitas|"
    r"отзыв|комментар|yorum|\bpost on\b|\bwall\b|pinnwand",
    re.IGNORECASE,
)
_NETWORK_NAME = re.compile(
    r"\b(?:fb|facebook|twitter|insta(?:gram)?|linkedin|vk|tiktok)\b[^,;.\n]{0,15}$", re.IGNORECASE
)
_TAKES = re.compile(
    r"\b(?:takes|accepts|receives|can be reached online|nimmt|entgegen|reçoit|saisi[er]?|recibe|recoge|riceve|"
    r"accoglie|recebe|ontvangt|przyjmuje|přijímá|tar imot|принимает|alıyor|kabul)\b",
    re.IGNORECASE,
)
_DO_THERE = re.compile(
    r"\s?[(\[–—-]\s?(?:click|choose|select|fill|klick|wähl|ausfüll|cliqu|choisi|rempli|clic|haga|pulse|elij|rellen|"
    r"clicc|scegli|"
    r"compil|clicar|escolh|preench|klik|kies|vul |kliknij|wybierz|wypełn|klikn|vybert|vyplň|klikk|velg|fyll|нажм|выбер|"
    r"заполн|tıkla|seç|doldur)",
    re.IGNORECASE,
)


def is_form(page: Page, token: Token, *, is_told: bool) -> bool:
    """Tell whether a page is one to write on: the words before it say so, or its own address does."""
    sentence = page.sentence_at(token.start)
    first = page.word_at(max(sentence.start, token.start - 120))
    before = page.text[sentence.start : token.start]
    if _NO_FORM.search(before[-LONGEST_LEAD:]) or _NO_PAGE.search(token.value):
        return False
    marks = page.marks_between(first, page.word_at(token.start), "web")
    if any(is_told or page.words[mark.last].text not in _BARE_PAGE for mark in marks):
        return True
    if _OURS.search(before[-LONGEST_LEAD:]):
        return False
    return (
        (is_told and (_is_of_office(page, token, before) or _is_own_page(page, token, before)))
        or _is_on_the_way(page, sentence, before)
        or (is_told and bool(_VIA.search(before)) and bool(CHANNEL.search(before)))
        or _is_own_line(page, token)
        or (token.start == sentence.start and _is_only_way(page, sentence))
        or _is_first_step(page, sentence)
        or bool(_FORM.search(token.value.partition("://")[2]))
    )


def _is_on_the_way(page: Page, sentence: Sentence, before: str) -> bool:
    """Tell whether a page is how to reach somebody: "a klachtenformulier: ..", "protest via .."."""
    is_call = calls(page, sentence)
    is_via = bool(_VIA.search(before)) and (is_call or page.has(sentence, "message", "protest"))
    is_click = bool(_BY_CLICK.search(before)) and is_call and page.has(sentence, "office")
    return is_via or is_click or bool(_FORM_WORD.search(before))


def _is_of_office(page: Page, token: Token, before: str) -> bool:
    """Tell whether an office takes complaints there, or what is to be done on its page follows in brackets."""
    sentence = page.sentence_at(token.start)
    if not page.marks_between(sentence.words[0], page.word_at(token.start), "office", "embassy"):
        return False
    return bool(_TAKES.search(before) or _DO_THERE.match(page.text[token.end : token.end + LONGEST_HINT]))


def _is_own_page(page: Page, token: Token, before: str) -> bool:
    """Tell whether a page on a network is of those who are written to: "comment on their page"."""
    if page.has(page.sentence_at(token.start), "campaigners", "ally", "about"):
        return False
    if _REVIEW.search(before[-LONGEST_HINT:]) and (_NETWORK.match(token.value) or CHANNEL.search(before)):
        return True
    is_named = bool(_NETWORK_NAME.search(before)) and bool(CHANNEL.search(before))
    return bool(_NETWORK.match(token.value)) and (is_named or bool(_THEIRS.search(before)))


def _is_only_way(page: Page, sentence: Sentence) -> bool:
    """Tell whether a page stands alone below a sentence that opens it, of protest or of letters: "... here:"."""
    above = page.sentence_above(sentence)
    is_alone = sentence.is_first and sentence.is_last and above.line < sentence.line and above.is_last
    has_cue = page.has(above, "protest", "message", "send") or _is_next(page, sentence)
    is_list = bool(_DIRECTORY.search(page.told(above))) or page.has(above, "about", "contact", "donate", "footer")
    return is_alone and page.text[above.end - 1] in ":;" and has_cue and not is_list


def _is_next(page: Page, sentence: Sentence) -> bool:
    """Tell whether the sentence after a page asks to send something."""
    following = page.sentence_at(min(len(page.text) - 1, sentence.end + 3))
    return following.start > sentence.start and page.has(following, "send")


def _is_first_step(page: Page, sentence: Sentence) -> bool:
    """Tell whether a list of steps goes on with what is to be done on a page: "click", "fill in", "paste"."""
    at = bisect_right(page.sentences, sentence.start, key=lambda one: one.start)
    following = page.sentences[at : at + 2] if sentence.is_item else ()
    return any(step.is_item and page.has(step, "web") for step in following)


def _is_own_line(page: Page, token: Token) -> bool:
    """Tell whether a page stands on a line of its own after a label, in the middle of an office's block."""
    sentence = page.sentence_at(token.start)
    label = page.text[sentence.start : token.start].strip()
    is_label = label.endswith(":") and len(label) <= 20 and sentence.is_first and token.end >= sentence.end - 1
    return (
        is_label
        and "\n" in page.text[max(0, sentence.start - 1) : sentence.start]
        and page.text[sentence.start - 2 : sentence.start - 1] != "\n"
    )
