"""In which order does somebody read languages? Tags with their plain language after each ("pt-br", "pt")."""

from __future__ import annotations

from typing import Final

# Languages in the Arabic script, which has a comma of its own.
_ARABIC_SCRIPT: Final = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})


def reading_order(*tags: str) -> tuple[str, ...]:
    """Return `tags` lower-case, each followed by its plain language, without empty or repeated ones."""
    lowered = (tag.lower() for tag in tags if tag)
    widened = (each for tag in lowered for each in (tag, tag.partition("-")[0]))
    return tuple(dict.fromkeys(widened))


def comma(language: str) -> str:
    """Return what parts the items of a list in `language`, with its space."""
    return "، " if language.partition("-")[0] in _ARABIC_SCRIPT else ", "


def colon(language: str) -> str:
    """Return the colon as `language` sets it: French with a space before it."""
    return "\u00a0:" if language.partition("-")[0] == "fr" else ":"


def same_language(one: str, other: str) -> bool:
    """Tell whether who reads `one` reads `other`: "en-gb" and "en" are one language here."""
    return one.partition("-")[0] == other.partition("-")[0]
