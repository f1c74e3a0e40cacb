"""In which form does a part of a demand name a deed? As a noun, an infinitive, a verb, or by "no": told by its words.

Law: the tables tell deeds; where they know none, the end of a word and what it governs do, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.core.drafting.lexicon import LEXICON, Word

MOST_BEFORE = 3  # words before the deed of a part: "an independent investigation"
MOST_NAMED = 5  # words before it behind an article: "the immediate and unconditional release"
MOST_SUBJECT = 9  # words before the deed of the first part: "that the government of X release .."
LONGEST_BEGIN = 80  # characters in which a deed stands
SHORTEST_VERB = 4  # letters

SLAVIC = re.compile(r"[ěščřžůďťňąćęłńśźżа-я]", re.IGNORECASE)
_SLAVIC_NOUN = re.compile(r"\w{3,}(?:nia|nie|niu|cia|cie|ciu|ení|ání|ění|ения|ение|ению|ания|ание|анию)$")
_NORDIC = re.compile(r"[åøæ]")  # whose "de" is an article
_ARTICLES_TEXT = """
    the a an all any their its his her this these every la le les l un une des el los las una unos todos todas il lo gli
    i o os as um uma der die das den dem des ein eine einen einer eines einem de het een sein ihre alle toate su sus
"""
_WHOSE = frozenset(["son", "sa", "ses", "leur", "leurs", "su", "sus", "suo", "sua", "seu"])
_ARTICLES = frozenset(_ARTICLES_TEXT.split())
_OBJECTS = _ARTICLES - {"der", "den", "dem"} | {"him", "them", "it", "us"}
# No pronouns, as "la" and "les" may be.
_SURE_TEXT = "the an all any their its his these every el un une una unos il der die das ein eine einen einer het"
_SURE_ARTICLES = frozenset(_SURE_TEXT.split())
# They stand before a verb and change nothing.
_SMALL_TEXT = """
    not no non ne ni se les las los le la lo li gli lui leur en y nous vous si s o zu immediately urgently promptly
    fully publicly also then finally to a à de di d om å at once never не немедленно срочно niezwłocznie
    natychmiast okamžitě neprodleně umiddelbart straks derhal acilen sofort umgehend unverzüglich immédiatement
    daher deshalb darum ferner that que che dass daß dat aby żeby чтобы at inmediatamente imediatamente immediatamente
    subito
"""
_SMALL = frozenset(_SMALL_TEXT.split())
# No verbs, though an article may follow them.
_NO_VERBS_TEXT = """
    para por con sobre entre contra durante desde hasta como pour avec dans chez contre entre depuis pendant après avant
    sans sous vers selon comme com sobre até como durante after from with under over into that which when where while
    then also both upon than like toward against about until since without within dopo come senza sotto tutti tutte
    todos todas toda todo tous toutes sur su gegen über unter nach ohne durch seit over voor tegen naar
"""
_NO_VERBS = frozenset(_NO_VERBS_TEXT.split())
_PARTICLES = frozenset(["at", "on", "up", "out", "off", "back", "away", "down", "into", "with", "to"])
# English verbs too short to be told by what they govern: "get Anna her insulin".
_LIGHT = frozenset(["get", "let", "give", "put", "bring"])
_NONE = frozenset(["no", "kein", "keine", "geen", "sem", "sin", "sans", "senza", "bez", "без", "ingen", "żadnych"])
_ADVERB = re.compile(r"\w{3,}(?:ly|mente|ement|amment)$")
# Whose infinitives have no end of their own.
_ENGLISH = frozenset(["the", "and", "of", "their", "with", "us", "our", "your", "all", "from"])
_INFINITIVE = re.compile(
    r"(?!ministe?r|premi|lugar|mujer|hogar|militar|popular|ouvrier|dernier|quartier|courrier|prisonnier|dossier|daher|"
    r"(?:all|unser|ihr|dies|ein|jed|imm|weit|unt|oth|eith|und|ov|aft|rath|togeth|whith|wheth|lawy|work|memb|numb)er\b|"
    r"(?:ret|requ|h|g|m|resp|adm)ire\b|requiere|quiere|(?:decl|prep|rep|amp|sep|comp|disp|p|sh)are\b|[mp]adre|severe|"
    r"(?:consid|tol|gen|alt|esp)ere\b|entire|fair\b)"
    r"\w{2,}(?:[aeiíê]r|are|(?<!a)ire|faire|(?:[dtvcnl]|gg|sc)ere|[aei]r(?:l[aeo]s?|se|lhes?|si|gli|ne)|dre|mettre|"
    r"battre|(?<!ос)(?<!лас)(?<!час)ть|вести|нести|йти|спасти|чь|ться|тись|ować|ić|yć|eć|nąć|nout)$"
)
# An infinitive behind these only says for what, or of what, the word before it is.
_FOR_WHAT = frozenset(["de", "para", "por", "a", "di", "da", "per", "à", "pour", "um", "to", "en", "d"])
_NOUN = re.compile(
    r"\w+(?:tion|sion|ment|ments|ance|ence|drawal|ción|ciones|sión|miento|mientos|ção|ções|são|mento|mentos|zione|"
    r"zioni|ung|ungen|gabe|nahme|kehr|bruch|zug|stopp|schutz|tritt|sura|lascio|tiro|aggio|anza|ança|encia|ência|"
    r"trait|keit|heit|freiheit|ise|tura|ture|dad|dade|tà|age|"
    r"nie|nia|niu|cie|cia|cji|cję|cja|twa|two|ní|ния|ние|нию|ции|цию|ства|ство|else|elser|ing|inga|fall|ens)$"
)
_ACTION = re.compile(
    r"\w{2,}(?:[^s]tion|[^s]sion|[^ao]ment|drawal|ación|ición|ución|ción|miento|ação|ição|ção|mento|zione|ung|turn|"
    r"essal|ersal|eibung|cja|cji|cję)$"
)
_OF_TEXT = "of to for into in von de du del da do di des der av van della dello dei delle dell degli das dos"
_OF = frozenset(_OF_TEXT.split())
_ONE = re.compile(r"\w+")

Span = tuple[int, int]  # the first word and the one past the last


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a demand, with the last word of each deed by its first.

    Its language has infinitives with an end of their own where `bends_infinitives`, as English has not.
    """

    words: tuple[Word, ...]
    deeds: dict[int, int]
    bends_infinitives: bool
    of: frozenset[str]

    def form(self, span: Span, most: int = MOST_BEFORE) -> str:
        """Return in which form a part names a deed: "noun", "infinitive", "verb", "doing", "none"; nothing for none.

        "light" is a verb like "get", which the parts of a series begin with only where the first one does.
        At most `most` words may stand before the deed, and something has to follow it.
        """
        begin = self._begin(span)
        if self.text(span[0]) in _NONE and span[0] + 1 < span[1]:
            return "none"
        if begin + 1 >= span[1]:
            return ""
        if self._is_infinitive(begin) or (self.text(begin) in _LIGHT and not self.bends_infinitives):
            return "infinitive" if self._is_infinitive(begin) else "light"
        if _SLAVIC_NOUN.match(self.text(begin)) or self._is_of_doing(span, begin):
            return "noun"
        if begin not in self.deeds and self._governs(begin, begin, span[1]):
            return "verb"
        indices = (index for index in range(begin, min(begin + most + 1, span[1])) if index in self.deeds)
        return next((form for index in indices if (form := self._form_at(index, begin, span, most))), "")

    def asks_by_infinitive(self, past: int) -> bool:
        """Tell whether an infinitive stands among the first words that says what is to be done: "se sirva ordenar"."""
        indices = range(min(MOST_SUBJECT, past))
        return any(self._is_infinitive(at) and (at == 0 or self.text(at - 1) not in _FOR_WHAT) for at in indices)

    def is_infinitive_before(self, past: int) -> bool:
        """Tell whether an infinitive stands anywhere before a word."""
        return any(self._is_infinitive(at) for at in range(past))

    def is_object(self, index: int) -> bool:
        """Tell whether an article or a preposition stands there."""
        return self.text(index) in _ARTICLES or self.text(index) in self.of or self.text(index) in _NO_VERBS

    def text(self, index: int) -> str:
        """Return a word, and nothing past the last."""
        return self.words[index].text if index < len(self.words) else ""

    def word_at(self, offset: int) -> int:
        """Return the index of the first word at or after an offset."""
        return next((index for index, word in enumerate(self.words) if word.start >= offset), len(self.words))

    def head(self) -> str:
        """Return the first word that is no small one."""
        return next((word.text for word in self.words if word.text not in _SMALL), "")

    def _begin(self, span: Span) -> int:
        """Return where a part begins behind its small words and adverbs."""
        begin = span[0]
        while begin < span[1] and (self.text(begin) in _SMALL or self._is_adverb(begin)):
            begin += 1
        return begin

    def _is_adverb(self, index: int) -> bool:
        """Tell whether a word is an adverb by its end, and no noun: "le paiement", "reinstatement of"."""
        is_named = (index > 0 and self.text(index - 1) in _ARTICLES) or self.text(index + 1) in self.of
        return bool(_ADVERB.match(self.text(index))) and not is_named

    def _form_at(self, index: int, begin: int, span: Span, most: int) -> str:
        """Return the form of the deed at a word, if it may be the deed of the part."""
        last = self.deeds[index]
        form = self._form_of(index, begin, span)
        if form == "noun":
            return form if index - begin <= MOST_BEFORE and (last + 1 < span[1] or index > begin) else ""
        return form if (index == begin or most == MOST_SUBJECT) and last + 1 < span[1] else ""

    def _form_of(self, index: int, begin: int, span: Span) -> str:
        """Return the form of a deed, by its end and by what stands around it."""
        text, last = self.text(index), self.deeds[index]
        after = self.text(last + 1) if last + 1 < span[1] else ""
        has_article = any(word.text in _ARTICLES for word in self.words[span[0] : begin + 1])
        is_named = bool(_NOUN.match(text)) or (index > 0 and self.text(index - 1) in _SURE_ARTICLES)
        if self._is_infinitive(index):
            return "infinitive"
        if not is_named and self._governs(index, last, span[1]):
            return "verb"
        if text.endswith("ing") and not has_article and after not in ("of", "av"):
            return "doing"
        is_of = after in self.of and last == index
        if _NOUN.match(text) or is_of or (has_article and index - span[0] <= MOST_BEFORE):
            return "noun"
        return "done" if text.endswith("ed") else "verb"

    def _is_infinitive(self, index: int) -> bool:
        """Tell whether a word has the end of an infinitive, in a language where that is one."""
        return self.bends_infinitives and bool(_INFINITIVE.match(self.text(index)))

    def _is_of_doing(self, span: Span, begin: int) -> bool:
        """Tell whether a part begins with a noun of doing: "la régularisation des ..", "unconditional recall of ..".

        Behind an article, or behind whose it is, nobody need say of what: "la presentación con vida".
        """
        if self.text(begin) in _WHOSE and _NOUN.match(self.text(begin + 1)):
            return True
        has_article = any(word.text in _ARTICLES for word in self.words[span[0] : begin + 1])
        head = begin + (self.text(begin) in _ARTICLES)
        if has_article and head + 1 < span[1] and _ACTION.match(self.text(head)):
            return True
        if self.text(begin) in self.of:  # "da transferência": whose what came before is
            return False
        for at in range(begin, min(begin + MOST_NAMED, span[1] - 1)):
            if self._is_named(at, has_article=has_article):
                return True
            if not has_article and (at in self.deeds or self.text(at) in _ARTICLES):
                return False
        return False

    def _is_named(self, index: int, *, has_article: bool) -> bool:
        """Tell whether a word is a noun of doing with what it is of: "recall of", behind an article "draft of"."""
        text, after = self.text(index), self.text(index + 1)
        if after not in self.of:
            return False
        is_of = after == "of" and not has_article and not self.bends_infinitives and text not in _NO_VERBS
        is_deed = index in self.deeds and after not in ("to", "for", "into", "in")
        return is_of or is_deed or bool(_ACTION.match(text) or (has_article and _NOUN.match(text)))

    def _governs(self, index: int, last: int, past: int) -> bool:
        """Tell whether a word has an object right behind it, as verbs have: "return the tools", "retire as queixas"."""
        text = self.text(index)
        if last > index and self.text(last) in _NO_VERBS:  # "vérité sur"
            return False
        is_plural = text.endswith("s") and not text.endswith("ss")
        if len(text) < SHORTEST_VERB or text in _NO_VERBS or is_plural:
            return False
        after, second = (self.text(at) if at < past else "" for at in (last + 1, last + 2))
        return after != "de" and (after in _OBJECTS or (after in _PARTICLES and second in _ARTICLES))


def phrase(told: str) -> Phrase:
    """Return the words of a demand with its deeds."""
    words = tuple(Word(match.start(), match.end(), match[0].lower()) for match in _ONE.finditer(told))
    deeds = {mark.first: mark.last for mark in LEXICON.marks(words) if mark.kind == "deed"}
    is_english = any(word.text in _ENGLISH for word in words)
    return Phrase(words, deeds, not is_english, _OF - {"de"} if _NORDIC.search(told) else _OF)


def names_deed(told: str) -> bool:
    """Tell whether words begin with a deed that somebody is to do: "el pago de los salarios", "retire as queixas"."""
    named = phrase(told[:LONGEST_BEGIN])
    form = named.form((0, len(named.words)))
    return form != "" and (form != "verb" or any(index <= MOST_BEFORE for index in named.deeds))
