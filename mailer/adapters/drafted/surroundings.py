"""In which file will a draft stand? What it has to fit: the organisation, its languages, and ids that are taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.adapters.catalog.document import Document
from mailer.adapters.catalog.reading import parse_document

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog
    from mailer.adapters.templates import Templates


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a draft has to fit; without a file, nothing is known but what is shipped.

    `organisation` holds the lines of that block as they stand in the file, `languages` those of its mails, the
    fallback first. `barred` are addresses that no campaign may list, `own` those of the organisation, `lettered` the
    languages of the shipped letters.
    """

    organisation: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    taken: Collection[str] = frozenset()
    barred: tuple[str, ...] = ()
    lettered: Collection[str] = frozenset()
    own: Collection[str] = frozenset()


def surroundings_of(templates: Templates, file: tuple[str, Catalog] | None) -> Surroundings:
    """Return what a draft has to fit, from the text of a campaign file and what the catalogue made of it."""
    lettered = frozenset(name.split("/")[1].lower().replace("_", "-") for name in _letters(templates))
    if file is None:
        return Surroundings(lettered=lettered)
    text, catalog = file
    taken = frozenset(map(str, catalog.places))
    if catalog.organisation is None:
        return Surroundings(taken=taken, lettered=lettered)
    organisation, block = catalog.organisation, _block(text, "organisation")
    return Surroundings(
        organisation=block,
        languages=organisation.languages,
        taken=taken,
        barred=organisation.never_target,
        lettered=lettered,
        own={one.lower() for one in (organisation.from_address, organisation.reply_to, organisation.copies_address)},
    )


def _letters(templates: Templates) -> tuple[str, ...]:
    """Return the names of the protest letters that are shipped."""
    return templates.names("locale", "*/protest.yaml")


def _block(text: str, key: str) -> tuple[str, ...]:
    """Return the lines of a key at the top of a file, without empty ones at its end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    begins = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if begins is None:
        return ()
    ends = next((n for n in range(begins + 1, len(lines)) if not _belongs(lines[n])), len(lines))
    block = lines[begins:ends]
    while block and (not block[-1].strip() or block[-1].startswith("#")):
        block.pop()
    alone = parse_document(key, "\n".join(block).encode())  # it may need an anchor that stands elsewhere
    return tuple(block) if isinstance(alone, Document) else ()


def _belongs(line: str) -> bool:
    """Tell whether a line goes on with the key above it."""
    return not line.strip() or line[0] in " \t#"
