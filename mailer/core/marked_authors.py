"""Who writes for a whole cohort? An author whose every text is a mark, and whose choices are those of one of them.

Law: what is decided by more than the choice of a text is noted, so that nobody joins the cohort who has it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mailer.core.authors import Author
from mailer.core.encodings import printable
from mailer.core.marks import Marks, Trait, Variant
from mailer.core.plain import Plain
from mailer.core.revisions import Calendar
from mailer.core.shown import Shown

_NOBODY = Author()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided by an author's number and is more than a text: one of `count`, or whether below `share`."""

    part: str
    count: int = 0
    share: float = 0.0

    def of(self, author: Author) -> int:
        """Return what an author has."""
        return author.pick(self.part, self.count) if self.count else author.falls_under(self.part, self.share)


@dataclass(frozen=True, slots=True)
class MarkedAuthor(Author):
    """Who stands for a cohort: every text is a mark, and every choice but of texts is made as by `own`, and noted."""

    own: Author = _NOBODY
    marks: Marks = field(default_factory=lambda: Marks(()))
    choices: dict[Choice, int] = field(default_factory=dict)

    @property
    def is_marked(self) -> bool:
        """Tell that the texts are marks."""
        return True

    def pick(self, part: str, count: int) -> int:
        """Return which of `count` possibilities the own author has."""
        return self._noted(Choice(part, count=count)) if count > 1 else 0

    def falls_under(self, part: str, share: float) -> bool:
        """Tell whether the own author is among a share of all."""
        return bool(self._noted(Choice(part, share=share)))

    def _noted(self, choice: Choice) -> int:
        """Return what the own author has, and note that it was asked for."""
        self.choices[choice] = choice.of(self.own)
        return self.choices[choice]

    def choose(self, part: str, count: int, text: Callable[[int], str]) -> str:
        """Return a mark for each line that differs; texts that are not alike in their lines are picked, not marked."""
        texts = [text(number).split("\n") for number in range(count)]
        if len({tuple(map(bool, lines)) for lines in texts}) > 1:
            return "\n".join(texts[self.pick(part, count)])
        return "\n".join(self._line(part, lines) for lines in zip(*texts, strict=True))

    def choose_moment(
        self, part: str, moments: Sequence[datetime], tell: Callable[[datetime], str]
    ) -> tuple[datetime, str]:
        """Return the first of `moments`, and a mark for the words of the one that is a supporter's."""
        return moments[0], self._line(part, tuple(map(tell, moments)))

    def _line(self, part: str, lines: tuple[str, ...]) -> str:
        """Return the line that all texts have in one place, or a mark for it."""
        return lines[0] if len(set(lines)) == 1 else self.marks.sign(Variant(part, tuple(map(printable, lines))))

    def joined(self, calendar: Calendar) -> str:
        """Return a mark for the day of joining."""
        return self.marks.sign(Trait.JOINED) if self.joined_on else ""

    def shown(self, view: Mapping[str, Plain]) -> Mapping[str, Plain]:
        """Return `view` with every text that holds a mark as one that can only be shown."""
        return {name: self._shown(value) for name, value in view.items()}

    def _shown(self, value: Any) -> Any:
        """Return a value of a view, to be shown only where it holds a mark."""
        if isinstance(value, str):
            return Shown(value) if self.marks.are_in(value) else value
        if isinstance(value, Mapping):
            return {name: self._shown(inner) for name, inner in value.items()}
        return tuple(map(self._shown, value)) if isinstance(value, Sequence) else value

    def longest(self, measure: Callable[[str], int], chooser: Author | None = None) -> Author:
        """Return who stands for the longest letter: as wide as for the own author, choosing as this one."""
        return self.own.longest(measure, chooser or self)


def marked(own: Author, marks: Marks) -> MarkedAuthor:
    """Return who stands for the cohort of `own`: it has the values that `own` has, each as a mark."""

    def sign(trait: Trait, value: str) -> str:
        return marks.sign(trait) if value else ""

    return MarkedAuthor(
        sign(Trait.NAME, own.name),
        sign(Trait.INITIALS, own.initials),
        sign(Trait.CITY, own.city),
        sign(Trait.ORGANISATION, own.organisation),
        own.joined_on,
        own.seed,
        own,
        marks,
    )
