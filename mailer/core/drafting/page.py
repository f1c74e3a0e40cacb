"""How does the text of an appeal read? Its lines and sentences, its words, and the cues that stand among them.

Law: everything points into one cleaned text by offsets, and each word is looked at once: the time grows with the
size alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from mailer.core.drafting.lexicon import LEXICON, Lexicon, Mark, Word

LONGEST_HEADING = 90  # characters
LONGEST_SENTENCE = 3000  # what goes on longer is cut: so is the work for one

CHANNEL = re.compile(r"@|\d{3}[ .-]?\d{2}")  # what looks like an address or a number
_WORD = re.compile(r"[^\W_]+")
_ITEM = re.compile(
    r"[ \t]*(?!-{4})(?:[-–—*•·●▪◦‣■□☐☑✔✓✗✘✊→➔➜➤►▶▸⇒☎✉📞📧📠\ue000-\uf8ff]+[ \t]*|"
    r"(?:\.{3}|…)[ \t]+(?=[a-z])|\++[ \t]+(?!\d)|"
    r"\(\d{1,2}\)[ \t]+(?!\d)|"
    r"(?:\d{1,2}[.):]|\(?(?:[a-hA-H]|[ivx]{1,4})[.)])[ \t]+|\d{1,2}[.)]|\d{1,2} ?[-–][ \t]+(?=[^\W\d]{3}))(?=\S)"
)
# "A. Example", "B. C. Example, Minister": initials; "18. November": a day, not the eighteenth of a list
_INITIALS = re.compile(
    r"[ \t]*(?:[A-H]\.[ \t]*){1,3}(?!(?:The|No|All|An?)\b)[^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ][\w'’-]+)?"
    r"[ \t]*(?:,|\(|$)"
)
_MONTHS = (
    "januar|jänner|februar|feber|märz|mars|april|mai|juni|juli|august|september|oktober|november|dezember|desember|"
    "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince"
)
_DAY = re.compile(rf"[ \t]*\d{{1,2}}\. (?:{_MONTHS})\b", re.IGNORECASE)
_END = re.compile(r"[.!?…]+[\"”’»)\]]*[ \t]+(?=[\"“”„«‘¿¡(\[]?[^\W_a-zß-öø-ÿа-яё])")
_GERMAN_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")  # "am 12. Mai"
_CLOSES = ')]”»"’'
# After these a full stop ends no sentence.
_SHORT_TEXT = """
    atty engr brig maj capt sgt supt adv per pr prosp пер просп пл бул наб mr mrs ms dr prof sr sra st str ave av bd
    blvd rd no nr nº tel fax ph mob ext ul al pl ir ing lic c calle via p box hon rev gen col lt sen rep gov dep min
    pres cf etc ca bzw z b d h u a m jr inc ltd art par vol pp approx г ул д пр тел факс обл т е им р напр dhr mevr tzn
    np św gl nám ulice čp tlf telf sig jan feb mar apr jun jul mah cad sok cd gral cnel bldg apt edif fr bro msgr cllr
    ald att attn hd tic şti godz skr poczt pok jl jln gg kel kec kab blk bldgs ste rm flr twp jct hwy mt pk cres gdns
    tce pde esp pvt regd dt dist po pol ind urb edo mpio res cond qd bl sl ap loj lj esc izq dcha pta pza pzza fracc
    vda crta ctra imm bât appt rés chem rte sq zd strasse zi gew tst kv hr frk ks abp o l sw bp dz woj pow gm mudr judr
    phdr mvdr čj č nábř ev bul blv daire mh köyü şb vul wul vil prov reg н мкр корп стр кв б пгт дер пос aug sep sept
    oct nov dec abt cc bcc rod min km san tic kom tél téls teléf telef fono núm num dept depto apdo avda cra esq loc
    prol calz tfno
"""
_FIRM = re.compile(r"\s*(?:Ltd|Limited|Inc|KG|LLC|Pvt|SA|Lda|Ltda)\b")  # behind "Co."
_SHORT = frozenset(_SHORT_TEXT.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a line up to its end. `block` numbers the paragraphs; `words` are the first and past the last."""

    start: int
    end: int
    words: tuple[int, int]
    line: int
    block: int
    is_item: bool  # the first of a line that begins with a bullet or a number
    is_last: bool  # of its line
    opens: bool  # what it says holds for what follows: it ends with a colon or without an end
    is_first: bool = True  # of its line


@dataclass(frozen=True, slots=True)
class Page:
    """A cleaned text with its sentences, words and marks, each in their order."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...]
    _at: tuple[int, ...] = field(repr=False)

    def marks_of(self, sentence: Sentence, *kinds: str) -> tuple[Mark, ...]:
        """Return the marks that begin in a sentence; of all kinds where none is given."""
        return self.marks_between(*sentence.words, *kinds)

    def marks_between(self, first: int, past: int, *kinds: str) -> tuple[Mark, ...]:
        """Return the marks that begin at the words from `first` on, before `past`."""
        start, end = bisect_left(self._at, first), bisect_left(self._at, past)
        return tuple(mark for mark in self.marks[start:end] if not kinds or mark.kind in kinds)

    def has(self, sentence: Sentence, *kinds: str) -> bool:
        """Tell whether a sentence has a mark of one of these kinds."""
        return bool(self.marks_of(sentence, *kinds))

    def without(self, spans: Iterable[tuple[int, int]]) -> Page:
        """Return the page without the marks that stand within some stretches: a word in an address is no cue."""
        hidden = {index for start, end in spans for index in range(self.word_at(start), self.word_at(end))}
        marks = tuple(mark for mark in self.marks if mark.first not in hidden)
        return Page(self.text, self.words, self.sentences, marks, tuple(mark.first for mark in marks))

    def told(self, sentence: Sentence) -> str:
        """Return the words of a sentence as they stand."""
        return self.text[sentence.start : sentence.end]

    def span(self, mark: Mark) -> tuple[int, int]:
        """Return the offsets of a mark."""
        return self.words[mark.first].start, self.words[mark.last].end

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that begins at or after an offset."""
        return bisect_left(self.words, offset, key=lambda word: word.start)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that an offset stands in, else the one before it."""
        index = bisect_left(self.sentences, offset + 1, key=lambda sentence: sentence.start) - 1
        return self.sentences[max(0, index)]

    def sentence_above(self, sentence: Sentence) -> Sentence:
        """Return the sentence before another; the first of all is its own."""
        return self.sentence_at(max(0, sentence.start - 1))


def read_page(text: str, lexicon: Lexicon = LEXICON) -> Page:
    """Return a cleaned text with all that is seen at the first reading."""
    matches = _WORD.finditer(text)
    words = tuple(Word(match.start(), match.end(), match[0].replace("İ", "i").lower()) for match in matches)
    marks = tuple(lexicon.marks(words))
    starts = [word.start for word in words]
    sentences = tuple(_sentences(text, starts))
    return Page(text, words, sentences, marks, tuple(mark.first for mark in marks))


def item_start(line: str) -> int:
    """Return how long the bullet or number is that a line begins with; 0 where there is none."""
    match = _ITEM.match(line)
    return match.end() if match and not (_INITIALS.match(line) or begins_with_day(line)) else 0


def begins_with_day(line: str) -> bool:
    """Tell whether a line begins with a day of a month, as "18. November" does."""
    return bool(_DAY.match(line))


def _sentences(text: str, starts: list[int]) -> Iterator[Sentence]:
    """Yield the sentences of all lines."""
    block, offset, was_blank = 0, 0, False
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            was_blank = True
        else:
            block += was_blank
            was_blank = False
            yield from _of_line(line, offset, starts, (number, block))
        offset += len(line) + 1


def _of_line(line: str, offset: int, starts: list[int], place: tuple[int, int]) -> Iterator[Sentence]:
    """Yield the sentences of one line."""
    begin = item_start(line)
    bounds = list(_short_enough([begin, *(end for end in _ends(line) if end > begin), len(line)]))
    for index, (start, end) in enumerate(pairwise(bounds)):
        told = line[start:end]
        left = offset + start + len(told) - len(told.lstrip())
        right = offset + start + len(told.rstrip())
        words = bisect_left(starts, left), bisect_left(starts, right)
        is_last = end == len(line)
        opens = is_last and not told.rstrip().endswith((".", "!", "?", "…", ".”", '."', ".)"))
        yield Sentence(left, right, words, *place, begin > 0 and index == 0, is_last, opens, index == 0)


def _short_enough(bounds: list[int]) -> Iterator[int]:
    """Yield the bounds of sentences, with further ones where two are too far apart."""
    for start, end in pairwise(bounds):
        yield from range(start, end, LONGEST_SENTENCE) if end > start else [start]
    yield bounds[-1]


def _ends(line: str) -> Iterator[int]:
    """Yield where the sentences of a line end, its last one left out."""
    for match in _END.finditer(line):
        before = _last_word(line, match.start())
        is_date = before.isdigit() and bool(_GERMAN_MONTH.match(line, match.end()))
        is_short = (
            before in _SHORT
            or (before == "co" and bool(_FIRM.match(line, match.end())))
            or before.endswith("str")
            or (len(before) <= 1 and not before.isdigit() and line[match.start() - 1] not in _CLOSES)
        )
        if match[0][0] != "." or not (is_short or is_date):
            yield match.end()


def _last_word(line: str, end: int) -> str:
    """Return the letters right before an offset, in lower case."""
    start = end
    while start > max(0, end - 12) and line[start - 1].isalnum():
        start -= 1
    return line[start:end].lower()
