"""Which words of an appeal are cues? The tables of all languages, matched together in one pass.

Law: an entry is one or a few words, each perhaps with an open end (`protest*`); how many entries there are costs
nothing, since a word is looked up and never tried against each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mailer.core.drafting.calls import CALL_CUES
from mailer.core.drafting.cues import ROLE_CUES
from mailer.core.drafting.deeds import DEED_CUES
from mailer.core.drafting.errands import ERRAND_CUES
from mailer.core.drafting.friends import FRIEND_CUES
from mailer.core.drafting.labels import LABELS
from mailer.core.drafting.mentions import MENTION_CUES
from mailer.core.drafting.offices import OFFICE_CUES
from mailer.core.drafting.readers import READER_CUES
from mailer.core.drafting.tidings import CASE_CUES
from mailer.core.drafting.warmth import WARMTH_CUES
from mailer.core.drafting.wishes import WISH_CUES

Table = Mapping[str, Mapping[str, str]]  # kind -> language -> entries parted by commas

_WIDEST_GAP = 3  # characters between two words of one entry: "c.c.", "e - mail"


class Word(NamedTuple):
    """A word of the text in lower case, and where it stands."""

    start: int
    end: int
    text: str


class Mark(NamedTuple):
    """A cue: its kind, and the indices of its first and last word."""

    kind: str
    first: int
    last: int


class Lexicon:
    """All cues, to be found by their first word or its beginning."""

    def __init__(self, *tables: Table) -> None:
        self._whole: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for kind, entry in _entries(tables):
            first, *rest = entry.split()
            held = self._begun if first.endswith("*") else self._whole
            held[first.rstrip("*")].append((kind, tuple(rest)))
        self._lengths = sorted({len(stem) for stem in self._begun})

    def marks(self, words: Sequence[Word]) -> Iterator[Mark]:
        """Yield the cues among the words, the longest one of each kind at each word."""
        for index, word in enumerate(words):
            longest: dict[str, int] = {}
            for kind, rest in self._candidates(word.text):
                last = _end_of(words, index, rest)
                if last >= 0:
                    longest[kind] = max(last, longest.get(kind, -1))
            for kind, last in longest.items():
                yield Mark(kind, index, last)

    def _candidates(self, word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the entries that may begin with a word."""
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._begun.get(word[:length], ())


def _entries(tables: Iterable[Table]) -> Iterator[tuple[str, str]]:
    """Yield each entry once with its kind."""
    seen = {
        (kind, " ".join(entry.split()))
        for table in tables
        for kind, languages in table.items()
        for entries in languages.values()
        for entry in entries.split(",")
        if entry.strip()
    }
    yield from sorted(seen)


def _end_of(words: Sequence[Word], index: int, rest: tuple[str, ...]) -> int:
    """Return the index of the last word of an entry that begins at `index`, or -1 where it does not go on."""
    for wanted in rest:
        index += 1
        if index >= len(words) or words[index].start - words[index - 1].end > _WIDEST_GAP:
            return -1
        text = words[index].text
        if not (text.startswith(wanted[:-1]) if wanted.endswith("*") else text == wanted):
            return -1
    return index


LEXICON = Lexicon(
    *(
        ROLE_CUES,
        WARMTH_CUES,
        MENTION_CUES,
        ERRAND_CUES,
        OFFICE_CUES,
        FRIEND_CUES,
        WISH_CUES,
        CALL_CUES,
        READER_CUES,
        CASE_CUES,
        LABELS,
        DEED_CUES,
    )
)
