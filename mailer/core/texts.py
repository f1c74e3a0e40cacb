"""What do people read? Texts in one or more languages, and letters as segments that core fills by itself.

Law: a letter is data: nothing in it can run, loop or reach anything but the values that it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text that people read, in one or more languages; the first entry is the fallback.

    Languages are lower-case BCP 47 tags ("en", "ru").
    """

    by_language: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.by_language:
            raise ValueError("a text needs at least one language")

    def best(self, *languages: str) -> tuple[str, str]:
        """Return (language, text) for the first of `languages` that there is, else the fallback."""
        for language in languages:
            if language in self.by_language:
                return language, self.by_language[language]
        return next(iter(self.by_language.items()))

    def text(self, *languages: str) -> str:
        """Return the text alone, chosen as by `best`."""
        return self.best(*languages)[1]


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a letter's text: `text`, `value`, `list` or `if`.

    `text` holds literal words in `name`; `value` and `list` name what is put in (a list is numbered,
    one line each); `if` shows `then` when the named value is not empty, else `otherwise`.
    """

    kind: str
    name: str
    then: tuple[Segment, ...] = ()
    otherwise: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in ("text", "value", "list", "if"):
            raise ValueError(f"not a kind of segment: {self.kind!r}")


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The text of a letter in one language, with its variants.

    One of `subjects`, of `openings` and of `closings` is chosen per supporter and target; `body` never
    varies. Phone scripts have no subject, and `machine` is what to say to an answering machine. `forward` stands
    before a letter that an embassy is asked to pass on, `greeting` above one to a target without a salutation.
    """

    openings: tuple[Segments, ...]
    body: Segments
    closings: tuple[Segments, ...]
    subjects: tuple[Segments, ...] = ()
    machine: Segments = ()
    forward: Segments = ()
    greeting: str = ""


@dataclass(frozen=True, slots=True)
class LetterLibrary:
    """Letter templates as tone ("protest", "solidarity", "phone") -> language -> template."""

    templates: Mapping[str, Mapping[str, LetterTemplate]] = field(default_factory=dict)

    def languages(self, tone: str) -> tuple[str, ...]:
        """Return the languages that `tone` exists in."""
        return tuple(self.templates.get(tone, {}))

    def find(self, tone: str, language: str) -> LetterTemplate | None:
        """Return the template of `tone` in exactly `language`, or None."""
        return self.templates.get(tone, {}).get(language)
