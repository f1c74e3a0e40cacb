"""How does one of our values become plain? Texts with their language, moments and places told in words.

Law: what leaves here is a string, number, boolean, tuple or mapping, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

from mailer.core.calendar import local_time, tell_moment
from mailer.core.revisions import Wording
from mailer.core.texts import LocalText

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tells values in one supporter's language and zone; `reads` are the languages in order of wish."""

    wording: Wording
    timezone: str
    reads: tuple[str, ...]

    def said(self, text: LocalText | None) -> Plain:
        """Return a text with its language, direction and paragraphs; None stays None.

        `foreign` tells that it is in another language than the mail, which then has to say so.
        """
        if text is None:
            return None
        language, words = text.best(*self.reads)
        return {
            "text": words.strip(),
            "language": language,
            "direction": direction(language),
            "foreign": language != self.wording.language,
            "paragraphs": tuple(" ".join(paragraph.split()) for paragraph in paragraphs(words)),
        }

    def moment(self, moment: datetime | None) -> Plain:
        """Return a moment by the supporter's clock, with the city of that clock; None stays None."""
        return None if moment is None else self.told(moment)

    def told(self, moment: datetime) -> Mapping[str, Plain]:
        """Return a moment by the supporter's clock, with the city of that clock."""
        return {"moment": tell_moment(moment, self.timezone, self.wording.calendar), "city": self.city(self.timezone)}

    def until(self, end: datetime | None) -> Plain:
        """Return an end as `told_end` does; None stays None."""
        return None if end is None else self.told_end(end)

    def told_end(self, end: datetime) -> Mapping[str, Plain]:
        """Return an end by the supporter's clock; midnight is 23:59 of the day that it ends, which nobody misreads."""
        midnight = local_time(end, self.timezone).time() == time()
        return self.told(end - timedelta(minutes=1) if midnight else end)

    def city(self, zone: str) -> str:
        """Return the city that an IANA zone is named after, in the supporter's language."""
        return self.wording.cities.get(zone) or zone.rpartition("/")[2].replace("_", " ") or "UTC"

    def isolated(self, number: str) -> str:
        """Return a number in groups so that they keep their order among words that are written from the right.

        Source: Unicode Standard Annex 9, 2.7 "explicit directional isolates".
        """
        return f"\u2066{number}\u2069" if number and self.wording.direction == "rtl" else number

    def country(self, code: str) -> str:
        """Return the name of a country (ISO 3166), the code itself if it has none."""
        return self.wording.countries.get(code, code)

    def language(self, tag: str) -> str:
        """Return the name of a language, its tag if it has none."""
        return self.wording.languages.get(tag) or self.wording.languages.get(tag.partition("-")[0], tag)


def direction(language: str) -> str:
    """Return "rtl" for languages that are written from the right, else "ltr"."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of `text`, which empty lines part."""
    parts = "\n".join(line.rstrip() for line in text.strip().splitlines()).split("\n\n")
    return tuple(part.strip("\n") for part in parts if part.strip())


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def web_address(url: str) -> str:
    """Return `url` if a browser opens it as a page, else nothing: no link in a mail runs a script."""
    return url if urlsplit(url).scheme in ("https", "http") else ""


def header_text(text: str) -> str:
    """Return `text` on one line and without what could start another header or an encoded word.

    Source: CVE-2024-6923, where "=?" in a subject becomes a header of its own when it is folded.
    """
    visible = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(visible.replace("=?", "= ?").split())[:_LONGEST_HEADER].rstrip()


_LONGEST_HEADER = 200
