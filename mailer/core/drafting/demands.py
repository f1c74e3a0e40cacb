"""What does the appeal demand? The items of its lists, and what its sentences ask; each thing once.

Law: a demand keeps the text's own grammar; what is asked of the reader is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from mailer.core.drafting.chants import Chants
from mailer.core.drafting.clauses import clauses_after
from mailer.core.drafting.cries import cried_for, fallback_wishes, heading_wish, quoted_cries, whole_wish
from mailer.core.drafting.drafts import Found, FoundDemand
from mailer.core.drafting.extent import bounded
from mailer.core.drafting.items import is_point, list_after
from mailer.core.drafting.joins import parts_of
from mailer.core.drafting.orders import plain_orders, ways_out
from mailer.core.drafting.other_pages import titles_in
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.prompts import labelled
from mailer.core.drafting.purposes import purpose_of
from mailer.core.drafting.refusals import is_over
from mailer.core.drafting.reported import reported_wishes
from mailer.core.drafting.spoken import spoken_in
from mailer.core.drafting.standards import is_slogan, standard_of

Is = Callable[[Sentence], bool]

MOST = 40
LONGEST = 400
SHORTEST = 6
ALIKE = 0.8  # of the words of two demands that say the same
WHOLE = 3  # items of a list outside the letter, which says them again in its own words
TOP = 3  # lines among which a heading stands

# Nothing is said of what is to be done.
_EMPTY = re.compile(
    r"(?:(?:ihn|ihnen|sie|ihm|hem|hen|haar) )?(?:zu (?:ersuchen|bitten|fordern)|aufzufordern|te (?:vragen|verzoeken))|"
    r"(?:to )?(?:act|intervene|help|do something|take action|agir|actuar|agire|atuar|handeln|handelen|działać|jednat|"
    r"handle)(?: (?:now|immediately|asap|at once|urgently|quickly|today|jetzt|sofort|immédiatement|ya|subito|já|nu|"
    r"teraz|hned))?",
    re.IGNORECASE,
)
_QUOTES = '"“„«'
_WRAPPED = re.compile(r"^[\"“„«]?\s?([^\"“”„«»]+?)[!.]?\s?[\"”“»]$")
_CLOSED = re.compile(r"[\"”“»]")
# ".., and" before the last item of a list.
_AND_LAST = re.compile(r"[,;]\s*(?:and|or|und|et|y|e|en|i|a|og|ve|и|oraz)$", re.IGNORECASE)
_ASIDE = re.compile(r"(?<=\w{3})\s+\([^()]{25,}\)$")  # what is told in brackets at the end
_EDGES = " \t\n;,.:·•-–—*"


def demands_of(page: Page, is_case: Is, has_address: Is, is_letter: Is) -> tuple[FoundDemand, ...]:
    """Return the demands in their order.

    `is_case` tells what belongs to the case and not to the page around it; in a letter the office is asked.
    """
    titles = frozenset(titles_in(page))
    sentences = [sentence for sentence in page.sentences if is_case(sentence) and sentence.start not in titles]
    if is_over(page, sentences):
        return ()
    chants, spoken = Chants(page, sentences), spoken_in(page)

    def is_said(sentence: Sentence) -> bool:
        return is_letter(sentence) or sentence.start in spoken

    listed: set[int] = set()
    found: list[tuple[int, str]] = []
    for index, sentence in enumerate(sentences):
        if sentence.start in listed:
            continue
        items = list_after(page, sentences, index, has_address) or chants.begun_at(index)
        if items:
            listed.update(start for start, _, _ in items)
            listed.update(each.start for each in sentences if any(start <= each.start < end for start, end, _ in items))
            found.extend((start, text) for start, _, text in items)
        elif not is_point(page, sentence):
            found.extend((sentence.start, text) for text in _of_sentence(page, sentence, is_said))
    found = [(start, _bare(text)) for start, text in found if not _EMPTY.fullmatch(text.strip(_EDGES))]
    found = _without_headings(page, _without_echoes(page, found, listed, is_letter), listed)
    found = _without_cries(page, found, listed)
    return _kept(sorted((*found, *_from_headings(page, sentences, found)), key=lambda one: one[0]))


def _bare(text: str) -> str:
    """Return a demand without the marks around it, and without a quote that is not closed."""
    text = _WRAPPED.sub(r"\1", text.strip())
    text = _AND_LAST.sub("", _ASIDE.sub("", text.strip(_EDGES)))
    return text[1:] if text[:1] in _QUOTES and not _CLOSED.search(text, 1) else text


def _without_headings(page: Page, found: Sequence[tuple[int, str]], listed: Set[int]) -> list[tuple[int, str]]:
    """Return the demands without those of the page's heading, where the text below it has some."""
    below = [(start, text) for start, text in found if start in listed or not _is_title(page, page.sentence_at(start))]
    return below or list(found)


def _without_cries(page: Page, found: Sequence[tuple[int, str]], listed: Set[int]) -> list[tuple[int, str]]:
    """Return the demands without cries ("Free the bakers!") that only say once more what a sentence asks."""
    cries = {start for start, _ in found if start not in listed and _is_cry(page, page.sentence_at(start))}
    said = {standard_of(text) for start, text in found if start not in cries} - {""}
    return [(start, text) for start, text in found if start not in cries or standard_of(text) not in said]


def _is_cry(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence is an imperative with an exclamation mark."""
    word = sentence.words[0]
    return page.text[sentence.end - 1] == "!" and bool(page.marks_between(word, word + 1, "imperative"))


def _is_title(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence is a heading at the top: a line of its own, without an end."""
    is_line = sentence.is_first and sentence.opens and page.text[sentence.end - 1] != ":"
    return is_line and not sentence.is_item and sentence.line - page.sentences[0].line < TOP


def _without_echoes(
    page: Page, found: Sequence[tuple[int, str]], listed: Set[int], is_letter: Is
) -> list[tuple[int, str]]:
    """Return the demands, none of a letter that only says once more what a list says."""
    outside = [text for start, text in found if start in listed and not is_letter(page.sentence_at(start))]
    said = {standard_of(text) for start, text in found if start in listed} - {""}
    return [
        (start, text)
        for start, text in found
        if start in listed
        or not is_letter(page.sentence_at(start))
        or (standard_of(text) not in said and len(outside) < WHOLE)
    ]


def _of_sentence(page: Page, sentence: Sentence, is_letter: Is) -> tuple[str, ...]:
    """Return what a sentence demands: after its demanding words, else as a whole where it tells what must be done."""
    clauses = tuple(labelled(page, sentence)) or tuple(clauses_after(page, sentence, is_letter=is_letter(sentence)))
    clauses = clauses or tuple(map(bounded, whole_wish(page, sentence, is_letter=is_letter(sentence))))
    return clauses or tuple(ways_out(page, sentence)) or tuple(parts_of(purpose_of(page, sentence, is_sure=True)))


def _from_headings(
    page: Page, sentences: Sequence[Sentence], found: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Return what is cried for ("Bread for Anna!"), and where nothing else asks: headings, "for the release of"."""
    more: list[tuple[int, str]] = []
    if not found:
        more = [(each.start, told) for each in sentences for told in plain_orders(page, each)]
    if not found and not more:
        more = [(each.start, told) for each in sentences if (told := heading_wish(page, each))]
    if not found and not more:
        more = [(each.start, told) for each in sentences for told in quoted_cries(page, each)]
    if not found and not more:
        wishes = ((each.start, tuple(fallback_wishes(page, each))) for each in sentences)
        start, texts = next((wish for wish in wishes if wish[1]), (0, ()))
        more += [(start, text) for text in texts]
    if not found and not more:
        purposes = ((each.start, purpose_of(page, each)) for each in sentences)
        start, whole = next((one for one in purposes if one[1]), (0, ""))
        more = [(start, part) for part in parts_of(whole)]
    if not found and not more:
        more = [(each.start, told) for each in sentences for told in reported_wishes(page, each)]
    return [*more, *((each.start, told) for each in sentences for told in cried_for(page, each))]


def _kept(found: Sequence[tuple[int, str]]) -> tuple[FoundDemand, ...]:
    """Return the demands; of two that say the same the fuller one, where the first of them stands."""
    kept: list[str] = []
    for _, told in found:
        text = " ".join(told.split())
        if not SHORTEST <= len(text) <= LONGEST:
            continue
        same = next((index for index, other in enumerate(kept) if _alike(text, other)), None)
        if same is not None:
            kept[same] = max(kept[same], text, key=len)
        elif len(kept) < MOST:
            kept.append(text)
    return tuple(FoundDemand(Found(text), is_slogan(text), standard_of(text)) for text in kept)


def _alike(one: str, other: str) -> bool:
    """Tell whether two demands are nearly the same words, or one holds the other."""
    one, other = one.lower(), other.lower()
    first, second = set(one.split()), set(other.split())
    return one in other or other in one or 2 * len(first & second) > ALIKE * (len(first) + len(second))
