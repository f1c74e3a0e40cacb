"""Which part of a letter does a form take? Its approved blocks: what matters least is left out first.

Law: nothing is cut in a sentence; salutation, demands and signature stay, or the letter does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mailer.core.pack import WrittenLetter
from mailer.core.plain import paragraphs

# What stays while anything does, and what is left out: the higher number first.
_NEEDED: Final = 0
_STORY: Final = 1
_OPENING: Final = 2
_CLOSING: Final = 3


@dataclass(frozen=True, slots=True)
class Blocks:
    """A letter in one language, block by block, each filled or empty; `demands` are what its body asks for.

    A script for the telephone has what to say to a `machine`, beside it. `standard` is as of the letter.
    """

    language: str
    subject: str
    forward: str = ""
    greeting: str = ""
    opening: str = ""
    body: str = ""
    closing: str = ""
    signature: str = ""
    machine: str = ""
    demands: tuple[str, ...] = ()
    standard: bool = False

    @property
    def letter(self) -> WrittenLetter:
        """Return the whole letter."""
        parts = (self.forward, self.greeting, self.opening, self.body, self.closing, self.signature)
        return WrittenLetter(self.language, self.subject, "\n\n".join(filter(None, parts)), self.standard)

    @property
    def recording(self) -> WrittenLetter | None:
        """Return what to say to an answering machine, or None if nobody wrote it."""
        return WrittenLetter(self.language, "", self.machine, self.standard) if self.machine else None


def characters(text: str) -> int:
    """Return how long `text` is to the strictest form that is usual: UTF-16 units, and two for the end of a line.

    Browsers count units of UTF-16 and one for a line's end, but send two (CR and LF), which servers count.
    Source: HTML, 4.10.19.3 "the maxlength attribute" and 4.10.21.8 "normalizing newlines".
    """
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def fit(blocks: Blocks, room: int, longest: Blocks | None = None) -> WrittenLetter | None:
    """Return the letter in at most `room` characters, with as much as fits; None if its core alone is longer.

    What fits is decided by the `longest` letter of those that differ in their authors alone.
    """
    ranked = list(_parts(longest or blocks))
    measured = [text for _, text in ranked]
    kept = {place for place, (rank, _) in enumerate(ranked) if rank == _NEEDED}
    for _, place in sorted((rank, place) for place, (rank, _) in enumerate(ranked) if rank != _NEEDED):
        if characters(_joined(measured, kept | {place})) <= room:
            kept.add(place)
    if characters(_joined(measured, kept)) > room:
        return None
    return replace(blocks.letter, body=_joined([text for _, text in _parts(blocks)], kept))


def _joined(texts: list[str], kept: set[int]) -> str:
    """Return the texts that are kept, in their order; an empty one leaves no gap."""
    return "\n\n".join(text for place, text in enumerate(texts) if text and place in kept)


def _parts(blocks: Blocks) -> Iterator[tuple[int, str]]:
    """Yield every part of a letter with its rank, in the letter's order; a part may be empty."""
    yield from (
        (_NEEDED, blocks.forward),
        (_NEEDED, blocks.greeting),
        (_OPENING, blocks.opening),
        *_of_body(blocks),
        (_CLOSING, blocks.closing),
        (_NEEDED, blocks.signature),
    )


def _of_body(blocks: Blocks) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of the body: the demands, and a line that leads to them, are needed.

    A body that demands nothing stays whole.
    """
    texts = paragraphs(blocks.body)
    asks = [any(demand in text for demand in blocks.demands) for text in texts]
    for place, text in enumerate(texts):
        leads = text.endswith(":") and any(asks[place + 1 : place + 2])
        yield (_NEEDED if asks[place] or leads or not any(asks) else _STORY), text
