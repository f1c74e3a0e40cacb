"""What stands on a letter that is printed or faxed? Sender, day, address or cover, subject, text, room to sign.

Law: of the sender it has what they typed for it, and where their safety forbids a name nothing at all.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from mailer.core.calendar import tell_day
from mailer.core.edits import line, may_sign, part_signature
from mailer.core.languages import same_language
from mailer.core.pack import Channel, PackItem
from mailer.core.plain import direction, lines, paragraphs
from mailer.core.revisions import Wording
from mailer.core.targets import ChannelKind

PaperKind: TypeAlias = Literal["post", "fax"]

_US_LETTER: Final = frozenset({"US", "CA"})
_MOST_LINES: Final = 8  # of a sender's address
_COMMAS: Final = dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), "، ") | dict.fromkeys(("ja", "zh"), "，")
_NUMBERED: Final = re.compile(r"(\d{1,3})[.)]\s+(\S.*)")
_ISOLATED: Final = re.compile("\u2068[^\u2069]*\u2069")
_BETWEEN: Final = " · "  # the lines of a sender where they stand in one, above the address


class Line(NamedTuple):
    """A line that may be in another script than the letter around it, and the direction in which it is read."""

    words: str
    direction: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a letter that stand together; with `numbers` they are a list, one number for each."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """What heads a fax: its title, and rows of a label and a value; the row whose value is None counts the pages."""

    title: str
    rows: tuple[tuple[str, Line | None], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter on paper; `sheet` is "a4" or "us-letter", `closing` begins with the name.

    `recipient` is what the window of an envelope shows, with `returns`, the sender on one line, above it. `page` tells
    "%(number)s" of "%(count)s" where there are several. A fax has its addressee and sender in `cover` instead.
    """

    kind: PaperKind
    language: str
    direction: str
    sheet: str
    sender: tuple[Line, ...]
    returns: Line | None
    dated: str
    recipient: tuple[Line, ...]
    subject: str
    body: tuple[Passage, ...]
    closing: tuple[Line, ...]
    page: str
    cover: Cover | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """What a supporter typed for the head of a letter, and the country whose paper they have (ISO 3166)."""

    address: str = ""
    place: str = ""
    sign: str = ""
    country: str = ""


def on_paper(item: PackItem, sender: Sender, today: date, wording: Wording, kind: PaperKind | None = None) -> Paper:
    """Return the letter as it is printed; `wording` is in the letter's language where there are words of it.

    Without a `kind` it goes by post where that still arrives, else by fax.
    """
    letter, signed = item.letter, sender if may_sign(item) else Sender()
    text, closing = part_signature(letter.body, signed.sign)
    head = tuple(line(each) for each in lines(signed.address))[:_MOST_LINES]
    own = wording if same_language(wording.language, letter.language) else None
    dated = _dated(today, line(signed.place), letter.language, own)
    kind, _ = kind or _kind(item), words_of(own)
    return Paper(
        kind=kind,
        language=letter.language,
        direction=direction(letter.language),
        sheet="us-letter" if sender.country in _US_LETTER else "a4",
        sender=_each(head),
        returns=as_line(_BETWEEN.join(head)) if _is_address(head) else None,
        dated=dated,
        recipient=_each(_recipient(item)),
        subject=letter.subject,
        body=passages(text),
        closing=_each(lines(closing)),
        page=_("Page %(number)s of %(count)s"),
        cover=_cover(item, next(iter(head), line(signed.sign)), dated, own) if kind == "fax" else None,
    )


def passages(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of a letter, each with the numbered lines in it as lists of their own."""
    return tuple(
        _passage(tuple(group), numbered)
        for paragraph in paragraphs(text)
        for numbered, group in groupby(paragraph.split("\n"), lambda each: _NUMBERED.match(each) is not None)
    )


def _passage(group: tuple[str, ...], numbered: bool) -> Passage:
    """Return lines that are all numbered, or all not."""
    if not numbered:
        return Passage(group)
    items = [match.groups() for each in group if (match := _NUMBERED.match(each))]
    return Passage(tuple(words for _, words in items), tuple(int(number) for number, _ in items))


def as_line(words: str) -> Line:
    """Return a line with its direction: that of its first letter that is not between isolates.

    Source: Unicode Annex 9, rules P2 and P3.
    """
    kinds = map(unicodedata.bidirectional, _ISOLATED.sub("", words))
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return Line(words, "ltr" if first == "L" else "rtl")


def _each(block: tuple[str, ...]) -> tuple[Line, ...]:
    """Return the lines of a block, each with its direction."""
    return tuple(map(as_line, block))


def _is_address(head: tuple[str, ...]) -> bool:
    """Tell whether a letter could come back to these lines: a name with a country alone has neither house nor code."""
    return len(head) > 1 and any(map(str.isdigit, "".join(head)))


def _dated(today: date, place: str, language: str, own: Wording | None) -> str:
    """Return place and day; the day in words of the letter's language, in digits where there are none.

    Where it is written from the right, the place stands between isolates (Unicode Annex 9): it may be in other letters.
    """
    day = tell_day(today, own.calendar, year=True) if own else today.isoformat()
    where = f"\u2068{place}\u2069" if place and direction(language) == "rtl" else place
    return _COMMAS.get(language.partition("-")[0], ", ").join(filter(None, [where, day]))


def _kind(item: PackItem) -> PaperKind:
    """Return the way of a letter that was not asked for by one: a fax only where no post arrives."""
    return "fax" if not _channel(item, ChannelKind.POST) and _channel(item, ChannelKind.FAX) else "post"


def _recipient(item: PackItem) -> tuple[str, ...]:
    """Return the address block: the postal one where post still arrives, below the name unless it has it."""
    post, name = _channel(item, ChannelKind.POST), _name(item)
    block = lines(post.value) if post else ()
    stands_there = any(re.match(rf"{re.escape(name)}(?!\w)", row, re.IGNORECASE) for row in block)
    return block if stands_there else (name, *block)


def _cover(item: PackItem, sender: str, dated: str, own: Wording | None) -> Cover:
    """Return what heads a fax, without the rows that have nothing to tell."""
    _, way = words_of(own), direction(item.letter.language)
    fax = _channel(item, ChannelKind.FAX)
    rows = (
        (_("To:"), as_line(_name(item))),
        (_("Fax number:"), as_line(fax.display or fax.value if fax else "")),
        (_("From:"), as_line(sender)),
        (_("Date:"), Line(dated, way)),
        (_("Pages:"), None),
        (_("Subject:"), Line(item.letter.subject, way)),
    )
    return Cover(_("Fax"), tuple((label, value) for label, value in rows if value is None or value.words))


def _name(item: PackItem) -> str:
    """Return whom the letter is for."""
    return item.mission_name or item.name


def _channel(item: PackItem, kind: ChannelKind) -> Channel | None:
    """Return the open channel of a kind, None if there is none."""
    return next((each for each in item.open_channels if each.kind is kind), None)


def words_of(wording: Wording | None) -> Callable[[str], str]:
    """Return what says a text of ours in a language; without one, or where it lacks the text, in English."""
    return _read(wording.catalogue).gettext if wording and wording.catalogue else str


@lru_cache(maxsize=32)
def _read(catalogue: bytes) -> gettext.GNUTranslations:
    """Return a catalogue to look texts up in, read once."""
    return gettext.GNUTranslations(BytesIO(catalogue))
