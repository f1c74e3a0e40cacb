"""How many different texts does a letter have? Its approved blocks, as filled, and in how many ways they combine.

Law: names and demands are the same in every text, so that they never make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mailer.core.letters import PHONE, Choice, fill
from mailer.core.revisions import Revision
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.targets import Target, Tone
from mailer.core.texts import LetterLibrary, Segments
from mailer.core.writing import Values, Writing, letter_values

FEW: Final = 5  # with so many texts, two supporters in ten send the very same one
_SAMPLE: Final = Supporter(PublicId(b"variants"), Person("supporter@preview.example", "Example Supporter"))


@dataclass(frozen=True, slots=True)
class Variants:
    """A letter of a tone in one language: each of its approved blocks once, filled for a sample supporter.

    `is_own` tells the campaign's own letter from the shipped one. A script has what to say to a `machine`; a letter
    that goes through an embassy asks to `forward` it.
    """

    tone: str
    language: str
    is_own: bool
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    body: str
    closings: tuple[str, ...]
    machine: str = ""
    forward: str = ""

    @property
    def texts(self) -> int:
        """Return how many different texts result."""
        return max(1, len(self.subjects)) * max(1, len(self.openings)) * max(1, len(self.closings))

    @property
    def is_alike(self) -> bool:
        """Tell whether two supporters in ten, or more, would send the very same text."""
        return self.tone != PHONE and self.texts <= FEW


def variants_of(writing: Writing, tone: str, choice: Choice) -> Variants:
    """Return the blocks of a letter as `writing` fills them; what comes out alike is told once."""
    template = choice.template
    values = letter_values(writing, choice.language, spoken=tone == PHONE)
    return Variants(
        tone,
        choice.language,
        choice.library is writing.campaign.letters,
        subjects=_distinct(template.subjects, values),
        openings=_distinct(template.openings, values),
        body=fill(template.body, values),
        closings=_distinct(template.closings, values),
        machine=fill(template.machine, values),
        forward=fill(template.forward, values) if writing.target.via_embassy else "",
    )


def campaign_variants(revision: Revision) -> tuple[Variants, ...]:
    """Return every letter that the targets of a campaign can get, by tone and language, the campaign's own first."""
    return tuple(
        variants_of(Writing(revision, _SAMPLE, target), tone, choice)
        for tone, target in _asked(revision.campaign.targets)
        for choice in _choices(tone, revision.campaign.letters, revision.letters)
    )


def _asked(targets: Iterable[Target]) -> Iterator[tuple[str, Target]]:
    """Yield each tone that a campaign has letters of, with the first target of it."""
    listed = tuple(targets)
    for tone in Tone:
        yield from ((tone.value, target) for target in _first(listed, tone))
    rung = tuple(target for target in listed if target.phone or target.mission_of)
    yield from ((PHONE, target) for target in _first(rung, Tone.PROTEST))


def _first(targets: tuple[Target, ...], tone: Tone) -> tuple[Target, ...]:
    """Return the first target of a tone, if there is one; one that an embassy forwards to before the others."""
    return tuple(sorted((each for each in targets if each.tone is tone), key=lambda each: not each.via_embassy))[:1]


def _choices(tone: str, own: LetterLibrary, shipped: LetterLibrary) -> Iterator[Choice]:
    """Yield the letters of a tone: the campaign's own, then the shipped ones in the other languages."""
    for language in dict.fromkeys((*own.languages(tone), *shipped.languages(tone))):
        for library in (own, shipped):
            template = library.find(tone, language)
            if template is not None:
                yield Choice(template, language, library)
                break


def _distinct(blocks: tuple[Segments, ...], values: Values) -> tuple[str, ...]:
    """Return the filled blocks, each once."""
    return tuple(dict.fromkeys(fill(block, values) for block in blocks))
